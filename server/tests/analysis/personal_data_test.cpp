#include "server/analysis/personal_data.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ninja3cx::analysis {
namespace {

std::vector<protocol::PersonalData> found(const std::vector<std::string>& lines,
                                          const std::string& language = "fr") {
    return analyse(talk(lines, language)).pii;
}

TEST(PersonalData, IsMaskedInOneUtterance) {
    const std::pair<const char*, const char*> rows[] = {
        {"ma carte c'est 4111 1111 1111 1111 voilà", "ma carte c'est [card] voilà"},
        {"cinquante-deux zéro zéro quatre-vingt-deux quatre-vingt-deux quatre-vingt-deux quatre-vingt-deux "
         "quatre-vingt-deux dix",
         "[card]"},
        {"l'IBAN est FR14 2004 1010 0505 0001 3M02 606.", "l'IBAN est [iban]."},
        {"GB82 WEST 1234 5698 7654 32", "[iban]"},
        {"f r quatorze vingt zéro quatre dix dix zéro cinq zéro cinq zéro zéro zéro un trois m zéro deux six "
         "zéro six",
         "[iban]"},
        {"mon numéro de sécurité sociale c'est le 2 84 05 88 157 003 12",
         "mon numéro de sécurité sociale c'est le [ssn]"},
        {"my national insurance number is QQ 12 34 56 C", "my national insurance number is [ssn]"},
        {"elle est née le quatorze mars deux mille un", "elle est née le [birthdate]"},
        {"date de naissance 03/12/1984", "date de naissance [birthdate]"},
        {"born on the third of May 1990", "born on the [birthdate]"},
        {"C'était Printemps2025, si ça vous aide.", "C'était [password], si ça vous aide."},
        {"mon mot de passe c'est Soleil42!", "mon mot de passe c'est [password]!"},
        {"le code pin est 4 8 1 5", "le code pin est [password]"},
    };
    for (const auto& [said, masked] : rows) EXPECT_EQ(maskPersonalData(said, "fr"), masked);
}

TEST(PersonalData, LookAlikesStay) {
    const char* rows[] = {
        "mon numéro est le 06 24 51 33 18",
        "zéro cinq trente-six quarante-neuf zéro sept douze",
        "les quatre derniers chiffres de la carte sont 4242",
        "le code reçu par SMS c'est 39 04 11",
        "l'identifiant TeamViewer est 123 456 789",
        "votre ticket porte le numéro 42 17",
        "le numéro de série est le 35 62 18",
        "je réinitialise votre mot de passe et je débloque votre compte",
        "le mot de passe est expiré depuis hier",
        "mon mot de passe ne marche plus",
        "on est douze et on ouvre à neuf heures",
        "on ferme du 3 août au 21 août 2026",
        "c'est un Dell Latitude 5440 sous Windows 11",
    };
    for (const char* said : rows) EXPECT_EQ(maskPersonalData(said, "fr"), said);
}

TEST(PersonalData, APasswordAnnouncedByTheOtherIsFound) {
    const auto pii = found({"A: le mot de passe du wifi", "C: oui",
                            "A: alors c'est bleu visiteur tout en minuscules tiret 2026"});
    ASSERT_EQ(pii.size(), 1u);
    EXPECT_EQ(pii[0].kind, protocol::PersonalDataKind::Password);
    EXPECT_EQ(pii[0].turn, 2);
    EXPECT_EQ(*pii[0].text, "bleu visiteur tout en minuscules tiret 2026");
}

TEST(PersonalData, TheRangeIsTheTextsBytes) {
    const auto input = talk({"C: née le 14 mars 2001"});
    const auto pii = analyse(input).pii;
    ASSERT_EQ(pii.size(), 1u);
    EXPECT_EQ(input.turns[0].text.substr(static_cast<std::size_t>(pii[0].begin),
                                         static_cast<std::size_t>(pii[0].end - pii[0].begin)),
              "14 mars 2001");
    EXPECT_EQ(*pii[0].value, "2001-03-14");
}

TEST(PersonalData, NeverReachesSubjectSummaryOrEntities) {
    const auto analysis =
        analyse(talk({"C: Bonjour, Paul Girard, ma carte 4111 1111 1111 1111 ne marche plus sur le site",
                      "A: ne me donnez pas votre carte", "C: mon mot de passe c'est Soleil2024"}));
    ASSERT_EQ(analysis.pii.size(), 2u);
    std::string all = analysis.subject + analysis.summary;
    for (const auto& [kind, values] : analysis.entities)
        for (const std::string& value : values) all += value;
    EXPECT_EQ(all.find("4111"), std::string::npos);
    EXPECT_EQ(all.find("Soleil"), std::string::npos);
    for (const auto& data : withoutValues(analysis).pii) EXPECT_FALSE(data.text || data.value);
}

TEST(PersonalData, MaskingTwiceChangesNothingMore) {
    static constexpr const char* kPieces[] = {"mot de passe",
                                              "c'est",
                                              "4111",
                                              "1111",
                                              "carte",
                                              "iban",
                                              "fr",
                                              "née le",
                                              "mars",
                                              "2001",
                                              "Soleil2024",
                                              "tiret",
                                              "zéro",
                                              "quatre-vingt",
                                              "dix",
                                              "[card]",
                                              "[password]",
                                              "code pin",
                                              "né",
                                              "QQ",
                                              "C",
                                              "!",
                                              ",",
                                              ".",
                                              "majuscule",
                                              "arobase",
                                              "securité sociale",
                                              "2",
                                              "84",
                                              "05"};
    std::mt19937 random{7};
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = 0; i < 14; ++i) text += std::string{kPieces[random() % std::size(kPieces)]} + " ";
        const std::string once = maskPersonalData(text, "fr");
        EXPECT_EQ(maskPersonalData(once, "fr"), once) << text;
    }
}

TEST(MaskedPlaces, SayWhatStoodWhere) {
    for (const std::string text :
         {"carte 4111 1111 1111 1111, puis", "mon mot de passe est Soleil42 et ma carte 4111 1111 1111 1111",
          "rien à cacher", "4111 1111 1111 1111 5500 0000 0000 0004 né le 3 mai 1980"}) {
        const MaskedText masked = maskPlaces(text, "fr");
        EXPECT_EQ(masked.text, maskPersonalData(text, "fr"));
        // The rest of the text, and the names in the places, are the masked text.
        std::string rebuilt;
        std::size_t from = 0;
        for (const MaskedPlace& place : masked.places) {
            ASSERT_GE(place.at, from);
            rebuilt += text.substr(from, place.at - from);
            rebuilt += masked.text.substr(rebuilt.size(), place.replacedBy);
            from = place.at + place.length;
        }
        EXPECT_EQ(rebuilt + text.substr(from), masked.text);
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
