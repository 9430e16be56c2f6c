#include "server/calls/masking.hpp"

#include "server/tests/calls/real_masking.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "shared/protocol/corrections.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls {
namespace {

using Corrections = std::vector<protocol::Correction>;
using Place = protocol::MaskedPlace;

TEST(Masking, LeavesCorrectionsAtTheirWords) {
    // "card 4970101234567890 Outlook and Nordconfort" becomes "card [card] Outlook and Nordconfort"
    const Corrections corrections{{22, 7, "outlouk"}, {34, 11, "nord confor"}};
    const Masked text{"card [card] Outlook and Nordconfort", {{5, 16, 6}}};
    EXPECT_EQ(masked(corrections, text, text), (Corrections{{12, 7, "outlouk"}, {24, 11, "nord confor"}}));
    EXPECT_EQ(masked(corrections, {"", {}}, {"", {}}), corrections) << "nothing was masked";
}

struct Row {
    const char* name;
    std::vector<Place> inText;
    std::vector<Place> asHeard;
    std::size_t kept;
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}
class MaskedCorrections : public testing::TestWithParam<Row> {};
TEST_P(MaskedCorrections, AreKeptOrLeftOut) {
    // Words of the text at 10 to 17 and at 20 to 25; heard at 10 to 20 and, three bytes later, at 23 to 25.
    const Corrections corrections{{10, 7, "0123456789"}, {20, 5, "01"}};
    EXPECT_EQ(masked(corrections, {"", GetParam().inText}, {"", GetParam().asHeard}).size(), GetParam().kept);
}
INSTANTIATE_TEST_SUITE_P(Rows, MaskedCorrections,
                         testing::Values(Row{"up to its beginning", {{5, 5, 6}}, {}, 2},
                                         Row{"into its beginning", {{5, 6, 6}}, {}, 1},
                                         Row{"from its last byte", {{16, 3, 6}}, {}, 1},
                                         Row{"from its end", {{17, 3, 6}}, {}, 2},
                                         Row{"within it", {{12, 2, 6}}, {}, 1},
                                         Row{"all around it", {{0, 99, 6}}, {}, 0},
                                         Row{"both", {{11, 1, 6}, {24, 1, 6}}, {}, 0},
                                         Row{"what was heard of the first", {}, {{19, 1, 6}}, 1},
                                         Row{"what was heard between", {}, {{20, 3, 6}}, 2},
                                         Row{"what was heard of the second", {}, {{24, 9, 6}}, 1}));

/// Word by word, as it is heard, each word stable when the next one is there.
TEST(Masking, NeverChangesWhatWasShownAsStable) {
    const RealMasking analyser;
    for (const std::string said : {
             "Un instant, la carte est la 35 62 18 06 71 40 82 39 voilà",
             "Un instant, la carte est la 49 35 62 18 06 71 40 82 39 voilà",
             "Ma carte est la 4970 18 06 24 51 33 18 voilà",
             "Mon carte est la 4970 09 06 24 51 33 18 voilà",
             "Alors ma carte c'est le 4970 1012 3456 7890 et voilà merci",
             "4970 1012 3456 7890 c'est ma carte",
             "Mon IBAN est FR76 3000 6000 0112 3456 7890 189 d'accord",
             "C'est le fr 76 3000 6000 0112 3456 7890 189 d'accord",
             "je suis né le 12 mars 1980 à Lyon",
             "le 12 mars 1980 c'est ma date de naissance",
             "mon mot de passe est Soleil2024 voilà",
             "le mot de passe c'est soleil majuscule deux mille vingt-quatre merci",
             "mon numéro de sécurité sociale est le 1 80 03 69 123 456 78 voilà",
             "le 1 80 03 69 123 456 78 c'est mon numéro de sécu",
             "la carte quarante-neuf soixante-dix dix douze trente-quatre cinquante-six quatre-vingt-dix",
             "mon mot de passe est Soleil2024 dans teamviewer",
             "my card is 4970 1012 3456 7890 thank you",
             "my password is Sunshine2024 okay",
             "mon numéro est le 06 71 40 45 12 merci de me rappeler au bureau",
             "ma carte 4970 1012 3456 7890 expire 12 27 et le cryptogramme c'est 123 voilà",
             "my card 4111 1111 1111 1111 expires oh nine twenty seven and the code on the back is 123 okay",
             "la clé bitlocker c'est 123456 234567 345678 456789 567890 678901 789012 890123 voilà",
             "the recovery key is one two three four five six two three four five six seven 345678 456789 "
             "567890 "
             "678901 789012 890123 okay",
             "la clé de licence c'est VK7JG NPHTM C97JM 9MPGT 3V66T merci",
             "the product key is VK7JG NPHTM C97JM 9MPGT 3V66T thanks",
             "l'ancien c'était Toulouse31 et le nouveau Bordeaux33 voilà",
             "the old one was Leeds19 and the new one Bristol22 okay",
             "le digicode c'est 4512B merci",
             "the door code is 45 12 B thanks",
             "mon mot de passe c'est P@ssw0rd! voilà",
             "il me met le code 0 x c 0 0 0 0 2 1 a quand je tape mon mot de passe",
         }) {
        std::vector<std::size_t> ends;
        for (std::size_t i = 0; i <= said.size(); ++i)
            if (i == said.size() || said[i] == ' ') ends.push_back(i);
        std::string shown;
        SaidSecrets secrets;
        for (std::size_t word = 1; word <= ends.size(); ++word) {
            protocol::Utterance heard;
            heard.isFinal = word == ends.size();
            heard.text = heard.isFinal ? said : said.substr(0, ends[word]);
            heard.stableBytes = static_cast<std::int32_t>(ends[word - 1]);
            mask(heard, analyser, "fr", "", secrets, shown);
            EXPECT_TRUE(heard.text.starts_with(shown)) << shown << " -> " << heard.text;
            EXPECT_GE(static_cast<std::size_t>(heard.stableBytes), shown.size()) << heard.text;
            shown = heard.text.substr(0, static_cast<std::size_t>(heard.stableBytes));
        }
    }
}

TEST(Masking, LeavesOrdinaryWordsStable) {
    const RealMasking analyser;
    protocol::Utterance heard;
    heard.text = "Bonjour, mon imprimante ne répond plus depuis hier et";
    heard.stableBytes = static_cast<std::int32_t>(heard.text.size()) - 3;
    SaidSecrets secrets;
    mask(heard, analyser, "fr", "", secrets);
    EXPECT_EQ(heard.stableBytes, static_cast<std::int32_t>(heard.text.size()) - 3);
}

TEST(Masking, KnowsWhatWasSaidEarlierInTheCall) {
    const RealMasking analyser;
    SaidSecrets secrets;
    const auto heard = [&](const char* text, bool isFinal) {
        protocol::Utterance utterance;
        utterance.text = text;
        utterance.isFinal = isFinal;
        utterance.stableBytes = static_cast<std::int32_t>(utterance.text.size());
        mask(utterance, analyser, "fr", "D'accord.", secrets);
        return utterance;
    };
    EXPECT_EQ(heard("donc Licorne77 c'est refusé", true).text, "donc Licorne77 c'est refusé");
    EXPECT_EQ(heard("mon mot de passe c'est Licorne77", true).text, "mon mot de passe c'est [password]");
    EXPECT_EQ(heard("donc Licorne77 c'est refusé", false).text, "donc [password] c'est refusé");
    EXPECT_EQ(heard("donc Licorne77 c'est refusé", true).text, "donc [password] c'est refusé");
}

TEST(Masking, ShowsNoBeginningOfWhatWasSaidEarlier) {
    const RealMasking analyser;
    SaidSecrets secrets;
    protocol::Utterance said;
    said.isFinal = true;
    said.text = "mon mot de passe c'est soleil quarante deux";
    mask(said, analyser, "fr", "", secrets);
    ASSERT_EQ(said.text, "mon mot de passe c'est [password]");
    protocol::Utterance open;
    open.text = "alors je tape soleil quarante";
    open.stableBytes = static_cast<std::int32_t>(open.text.size());
    mask(open, analyser, "fr", "", secrets);
    EXPECT_LE(open.stableBytes, static_cast<std::int32_t>(std::string{"alors je tape "}.size()));
}

TEST(Masking, SeesWhatTheUtteranceBeforeAnnounces) {
    const RealMasking analyser;
    protocol::Utterance heard;
    heard.isFinal = true;
    heard.text = "Soleil2024";
    SaidSecrets secrets;
    mask(heard, analyser, "fr", "Et quel est votre mot de passe ?", secrets);
    EXPECT_EQ(heard.text, "[password]");
}

protocol::Utterance turn(const char* id, const char* text) {
    protocol::Utterance made;
    made.utteranceId = UtteranceId{id};
    made.isFinal = true;
    made.revision = 4;
    made.text = text;
    made.stableBytes = static_cast<std::int32_t>(made.text.size());
    return made;
}

TEST(MaskFound, TakesOutWhatTheWholeCallShowed) {
    using enum protocol::PersonalDataKind;
    protocol::Analysis analysis;
    analysis.pii = {{Password, "hermine", "Hermine", 1, 7, 14},
                    {Password, "hermine", "Hermine", 1, 20, 27},
                    {Iban, "x", "x", 9, 0, 1},       // of no turn
                    {Card, "x", "x", 0, 15, 4'000},  // beyond the text
                    {Ssn, "x", "x", 1, 8, 12},       // within another
                    {Ssn, "x", "x", 2, 4, 8},        // of one secret, read twice
                    {Password, "x", "x", 2, 4, 14}};
    protocol::Utterance told = turn("b", "c'est  hermine oui, hermine");
    told.corrections = {{7, 7, "air mine"}, {15, 3, "ouïe"}};
    const auto changed =
        maskFound(analysis.pii, {turn("a", "ma carte [card]"), told, turn("c", "oui 1234 56789 merci")});
    ASSERT_EQ(changed.size(), 2u);
    EXPECT_EQ(changed[0].text, "c'est  [password] oui, [password]");
    EXPECT_EQ(changed[1].text, "oui [password] merci") << "nothing of the wider one is left";
    EXPECT_EQ(changed[0].revision, 5);
    EXPECT_EQ(changed[0].stableBytes, static_cast<std::int32_t>(changed[0].text.size()));
    const std::vector<protocol::Correction> kept = {{18, 3, "ouïe"}};
    EXPECT_EQ(changed[0].corrections, kept) << "what was heard of a secret goes with it";
    const std::vector<protocol::PersonalData> places = {{Card, std::nullopt, std::nullopt, 0, 9, 15},
                                                        {Password, std::nullopt, std::nullopt, 1, 7, 17},
                                                        {Password, std::nullopt, std::nullopt, 1, 23, 33},
                                                        {Password, std::nullopt, std::nullopt, 2, 4, 14}};
    EXPECT_EQ(analysis.pii, places) << "also what was masked when it was heard";
}

TEST(MaskFound, ChangesNothingTwice) {
    protocol::Analysis analysis;
    analysis.pii = {{protocol::PersonalDataKind::Password, "x", "x", 0, 0, 7}};
    const auto changed = maskFound(analysis.pii, {turn("a", "hermine")});
    ASSERT_EQ(changed.size(), 1u);
    protocol::Analysis again;
    EXPECT_TRUE(maskFound(again.pii, changed).empty());
    EXPECT_EQ(again.pii, analysis.pii);
}

class HubCorrections : public testing::Test {
protected:
    void SetUp() override { world.phone(protocol::CallState::Connected); }
    protocol::Utterance hear(const std::string& text, Corrections corrections, bool isFinal = true) {
        protocol::Utterance utterance;
        utterance.callId = world.callId();
        utterance.utteranceId = UtteranceId{"customer-0000100"};
        utterance.channel = protocol::Speaker::Customer;
        utterance.revision = 1;
        utterance.isFinal = isFinal;
        utterance.text = text;
        utterance.corrections = std::move(corrections);
        world.hub->onUtterance(std::move(utterance));
        world.settle();
        return world.events->all<protocol::UtteranceChanged>().back().utterance;
    }
    doubles::World world;
};

TEST_F(HubCorrections, AreStoredAndShownWithTheText) {
    const auto shown = hear("chez Nordconfort", {{5, 11, "nord confor"}});
    EXPECT_EQ(shown.corrections, (Corrections{{5, 11, "nord confor"}}));
    EXPECT_EQ(world.disk.utterances[world.callId()].begin()->second, shown);
    EXPECT_EQ(world.hub->snapshot(std::nullopt).utterances.back(), shown);
}

TEST_F(HubCorrections, StayTrueWhereTheTextIsMasked) {
    const auto shown = hear("carte 4970 1012 3456 7890 chez Nordconfort", {{31, 11, "nord confor"}});
    EXPECT_EQ(shown.text, "carte [card] chez Nordconfort");
    EXPECT_EQ(protocol::uncorrected(shown.text, *shown.corrections), "carte [card] chez nord confor");
}

TEST_F(HubCorrections, TellNothingOfWhatIsMasked) {
    const auto shown = hear("Nordconfort voilà", {{0, 11, "4970 1012 3456 7890"}});
    EXPECT_EQ(shown.text, "Nordconfort voilà");
    EXPECT_EQ(shown.corrections, std::nullopt);
}

TEST_F(HubCorrections, AreOfFinalTextsAlone) {
    EXPECT_EQ(hear("chez Nordconfort", {{5, 11, "nord confor"}}, false).corrections, std::nullopt);
}

TEST_F(HubCorrections, AreErasedWithTheWords) {
    hear("chez Nordconfort", {{5, 11, "nord confor"}});
    world.hub->onWordsErased({world.callId()});
    EXPECT_EQ(world.events->all<protocol::UtteranceChanged>().back().utterance.corrections, std::nullopt);
}

}  // namespace
}  // namespace ninja3cx::calls
