#include "server/calls/said_secrets.hpp"

#include "server/calls/masking.hpp"
#include "server/tests/calls/shown_calls.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ninja3cx::calls {
namespace {

/// "mon mot de passe c'est Licorne77" with its last `length` bytes masked.
Masked endMasked(const std::string& text, std::size_t length, const std::string& mask) {
    const std::size_t at = text.size() - length;
    return {text.substr(0, at) + mask, {{at, length, mask.size()}}};
}

SaidSecrets after(const std::string& before, const std::string& secret,
                  const std::string& mask = "[password]") {
    SaidSecrets said;
    said.learn(before + secret, endMasked(before + secret, secret.size(), mask), protocol::Speaker::Customer);
    return said;
}

std::string again(const SaidSecrets& said, const std::string& text) {
    return said.maskAgain(text, {text}).text;
}

struct Row {
    const char* name;
    const char* secret;
    const char* text;
    const char* masked;
};
class SaidAgain : public testing::TestWithParam<Row> {};
TEST_P(SaidAgain, IsMasked) {
    const SaidSecrets said = after("alors c'est ", GetParam().secret);
    EXPECT_EQ(again(said, GetParam().text), GetParam().masked);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, SaidAgain,
    testing::Values(
        Row{"Whole", "Licorne77", "donc Licorne77 est refusé", "donc [password] est refusé"},
        Row{"InAnyCase", "Licorne77", "so it's LICORNE77.", "so it's [password]."},
        Row{"WithoutAccents", "Été2024", "ete2024 oui", "[password] oui"},
        Row{"InWords", "soleil quarante-deux", "j'ai tapé soleil quarante deux", "j'ai tapé [password]"},
        Row{"Twice", "Licorne77", "Licorne77 ou licorne77", "[password] ou [password]"},
        Row{"DigitsInARow", "4970 1012 3456 7890", "je relis 4970 1012 et la suite",
            "je relis [password] et la suite"},
        Row{"DigitsInOtherGroups", "4970 1012 3456 7890", "c'est 49 70 10 12 oui", "c'est [password] oui"},
        Row{"FewDigitsAreEveryday", "4970 1012 3456 7890", "erreur 4970 au poste 7890",
            "erreur 4970 au poste 7890"},
        Row{"CutIntoWords", "Licorne77", "donc licorne 77 ou Licorne-77", "donc [password] ou [password]"},
        Row{"PutTogether", "48 21", "le 4821 alors", "le [password] alors"},
        Row{"GreetingIsEveryday", "bonjour", "bonjour monsieur", "bonjour monsieur"},
        Row{"MaskIsNoWord", "password1", "le [password] et [password]", "le [password] et [password]"},
        Row{"NorIsItsName", "password", "le [password] est refusé", "le [password] est refusé"},
        Row{"FourWords", "quatre neuf sept zéro un zéro", "neuf sept zéro un voilà", "[password] voilà"},
        Row{"FewWordsAreEveryday", "quatre neuf sept zéro un zéro", "à neuf heures un jour",
            "à neuf heures un jour"},
        Row{"ShortWordIsEveryday", "chat", "le chat est là", "le chat est là"},
        Row{"PartOfAWordIsNot", "Licorne77", "licorne778 existe", "licorne778 existe"}),
    [](const auto& row) { return row.param.name; });

TEST(SaidSecrets, KeepTheMaskOfTheirKind) {
    const SaidSecrets said = after("ma carte c'est le ", "4970101234567890", "[card]");
    EXPECT_EQ(again(said, "4970101234567890 donc"), "[card] donc");
}

/// Each piece, the technician's behind "A: ", is masked whole; what is in brackets is not masked.
SaidSecrets afterPieces(const std::vector<std::string>& pieces) {
    SaidSecrets said;
    for (const std::string& piece : pieces) {
        const auto channel =
            piece.starts_with("A: ") ? protocol::Speaker::Agent : protocol::Speaker::Customer;
        const std::string text = piece.substr(3);
        const bool isTalk = text.starts_with('(');
        said.learn(text, isTalk ? Masked{text} : endMasked(text, text.size(), "[password]"), channel);
    }
    return said;
}

struct PiecesRow {
    const char* name;
    std::vector<std::string> pieces;
    const char* text;
    const char* masked;
};
class SaidInPieces : public testing::TestWithParam<PiecesRow> {};
TEST_P(SaidInPieces, IsMaskedWhenItIsSaidWhole) {
    EXPECT_EQ(again(afterPieces(GetParam().pieces), GetParam().text), GetParam().masked);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, SaidInPieces,
    testing::Values(
        PiecesRow{"Letters", {"C: m a r", "A: (oui)", "C: g o t"}, "donc margot", "donc [password]"},
        PiecesRow{"Spelled", {"C: m a r", "A: (oui)", "C: g o t"}, "m a r g o t", "[password]"},
        PiecesRow{"OneByOne",
                  {"C: b", "C: o", "C: n", "A: (oui)", "C: n", "C: e", "C: t"},
                  "le bonnet",
                  "le [password]"},
        PiecesRow{
            "ReadBack", {"C: m a r", "A: m a r", "C: g o t", "A: g o t"}, "donc margot", "donc [password]"},
        PiecesRow{
            "LettersReadBack", {"C: m", "A: m", "C: a", "A: a", "C: i n"}, "donc main", "donc [password]"},
        PiecesRow{"WithAPartReadBack",
                  {"C: m a r", "C: g o t", "A: m a r", "C: 77"},
                  "donc margot",
                  "donc [password]"},
        PiecesRow{"Digits", {"C: 4970", "A: (oui)", "C: 1012"}, "je relis 49701012", "je relis [password]"},
        PiecesRow{"LongAfterwards",
                  {"C: m a r", "A: (un)", "A: (deux)", "A: (trois)", "A: (quatre)", "A: (cinq)", "A: (six)",
                   "A: (sept)", "C: g o t"},
                  "donc margot",
                  "donc margot"},
        PiecesRow{"OthersAreEveryday", {"C: m a r", "C: g o t"}, "la marge", "la marge"}),
    [](const auto& row) { return row.param.name; });

TEST(SaidSecrets, OfTwoKindsMakeNoneTogether) {
    SaidSecrets said;
    said.learn("m a r", endMasked("m a r", 5, "[password]"), protocol::Speaker::Customer);
    said.learn("4970", endMasked("4970", 4, "[card]"), protocol::Speaker::Customer);
    EXPECT_EQ(again(said, "mar4970"), "mar4970");
}

TEST(SaidSecrets, ToldInPiecesAreMaskedInTheCall) {
    const Texts shown = live({"A: épelez-moi votre mot de passe", "C: b", "A: oui", "C: o", "C: n", "C: n",
                              "C: e", "C: t", "A: merci c'est tout", "A: donc bonnet"},
                             "fr");
    EXPECT_EQ(shown.back(), "donc [password]");
}

TEST(SaidSecrets, LeaveWhatIsMaskedAlready) {
    const SaidSecrets said = after("c'est ", "Licorne77");
    const std::string text = "Licorne77 puis Licorne77";
    const Masked twice = said.maskAgain(text, {"[password] puis Licorne77", {{0, 9, 10}}});
    EXPECT_EQ(twice.text, "[password] puis [password]");
    EXPECT_EQ(twice.places, (std::vector<protocol::MaskedPlace>{{0, 9, 10}, {15, 9, 10}}));
}

TEST(SaidSecrets, TellWhereOneMayHaveBegun) {
    const SaidSecrets said = after("c'est ", "soleil quarante-deux");
    EXPECT_EQ(said.beginsAt("alors soleil"), 6U);
    EXPECT_EQ(said.beginsAt("alors soleil quarante"), 6U);
    EXPECT_EQ(said.beginsAt("alors voilà"), std::string{"alors voilà"}.size());
}

TEST(SaidSecrets, AreForgotten) {
    SaidSecrets said = after("c'est ", "Licorne77");
    said.forget();
    EXPECT_EQ(again(said, "Licorne77"), "Licorne77");
}

TEST(SaidSecrets, MaskWhatWasSaidBeforeThem) {
    const SaidSecrets said = after("c'est ", "Licorne77");
    protocol::Utterance early;
    early.text = "Licorne77 ne marche pas";
    early.revision = 3;
    protocol::Utterance other;
    other.text = "je regarde";
    const auto changed = maskRepeated(said, {early, other});
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].text, "[password] ne marche pas");
    EXPECT_EQ(changed[0].revision, 4);
}

TEST(SaidSecrets, MaskWhatWasHeardBeforeThem) {
    const SaidSecrets said = after("c'est ", "Licorne77");
    protocol::Utterance corrected;
    corrected.text = "chez Likorn avec Outlook";
    corrected.corrections = {{5, 6, "licorne 77"}, {17, 7, "outlouk"}};
    const auto changed = maskRepeated(said, {corrected});
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].text, corrected.text);
    EXPECT_EQ(changed[0].corrections, (std::vector<protocol::Correction>{{17, 7, "outlouk"}}));
    EXPECT_TRUE(maskRepeated(said, changed).empty());
}

}  // namespace
}  // namespace ninja3cx::calls
