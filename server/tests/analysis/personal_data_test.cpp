#include "server/analysis/personal_data/personal_data.hpp"

#include "server/tests/analysis/call_files.hpp"
#include "server/tests/analysis/spoken_items.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

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
        {"mon mot de passe c'est Soleil42!", "mon mot de passe c'est [password]"},
        {"le code pin est 4 8 1 5", "le code pin est [password]"},
        {"4970 1012 3456 7890", "[card]"},
        {"c'est Soleil42 le mot de passe", "c'est [password] le mot de passe"},
        {"j'ai mis marmotte tiret 93 comme mot de passe", "j'ai mis [password] comme mot de passe"},
        {"le mot de passe provisoire est S majuscule o l e i l dièse quarante-deux",
         "le mot de passe provisoire est [password]"},
        {"the password is B as in bravo alpha kilo seven nine", "the password is [password]"},
        {"ma carte quarante katre vingt douze cette cents vin trois mille si cent dix huit zéro quatre",
         "ma carte [card]"},
        {"le douze mars mille neuf cent quatre-vingt c'est ma date de naissance",
         "le [birthdate] c'est ma date de naissance"},
        {"my date of birth is May the fourth nineteen oh five", "my date of birth is [birthdate]"},
        {"son numéro de sécu deux quatre-vingt-quatre zéro cinq alors quatre-vingt-huit cent cinquante-sept "
         "zéro "
         "zéro trois",
         "son numéro de sécu [ssn]"},
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
        "il me redemande mon mot de passe toutes les deux minutes",
        "votre mot de passe expire dans neuf jours",
        "your password will expire in nine days",
        "il faut une majuscule, un chiffre et douze caractères dans le mot de passe",
        "le mot de passe a changé en 2024",
        "le code erreur est 1603",
        "le code postal c'est 29200",
        "le code client est 40817",
        "the session code is 4 1 8 2 2 0 9 6 7",
        "la carte mère est une 5500123412341234567",
        "le ticket 53118 pour la carte bloquée",
        "j'attends depuis huit heures cinquante et une",
        "it's only five to nine",
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

TEST(PersonalData, IsFoundInTurnsThatTellItTogether) {
    struct Row {
        std::vector<std::string> lines;
        std::vector<std::pair<std::int32_t, std::string>> places;  // turn, text
    };
    const Row rows[] = {
        {{"A: le numéro de la carte ?", "C: quarante-neuf soixante-dix dix douze", "A: oui", "C: 3456 7890"},
         {{1, "quarante-neuf soixante-dix dix douze"}, {3, "3456 7890"}}},
        {{"A: votre date de naissance pour vérifier ?", "C: le 14 mars 1971", "A: 14 mars 1971, merci"},
         {{1, "14 mars 1971"}, {2, "14 mars 1971"}}},
        {{"A: je vous mets un mot de passe provisoire : Hermine, tiret, 4 7 2 1",
          "C: Hermine... tiret... 4721"},
         {{0, "Hermine, tiret, 4 7 2 1"}, {1, "Hermine... tiret... 4721"}}},
        {{"C: l'IBAN c'est FR76 3000 6000 0112 3456 7890 189", "A: donc 3000 6000 0112"},
         {{0, "FR76 3000 6000 0112 3456 7890 189"}, {1, "3000 6000 0112"}}},
    };
    for (const Row& row : rows) {
        std::vector<std::pair<std::int32_t, std::string>> places;
        for (const auto& data : found(row.lines)) places.emplace_back(data.turn, *data.text);
        EXPECT_EQ(places, row.places) << row.lines[0];
    }
}

TEST(PersonalData, IsNotWhatIsNamedOtherwise) {
    const std::vector<std::string> calls[] = {
        {"C: mon mot de passe Microsoft 365 ne marche plus"},
        {"C: my Microsoft 365 password does not work"},
        {"C: c'est pour un mot de passe Office 365"},
        {"C: le mot de passe Sage 100 a expiré hier"},
        {"C: mot de passe Windows 11"},
        {"C: j'ai perdu le mot de passe, Windows 11 me le redemande"},
        {"C: mon mot de passe Microsoft trois cent soixante-cinq est refusé"},
        {"C: le mot de passe O365 est bloqué"},
        {"C: mon mot de passe Sage Paie 100 ne passe plus"},
        {"C: the password for Office 2019 is wrong"},
        {"C: le mot de passe du Dell Latitude 5540 est perdu"},
        {"A: quel mot de passe ?", "C: Sage 100"},
        {"C: my Windows Server 2022 password was changed"},
        {"C: the PIN pad terminal 4412 is broken"},
        {"C: the chip and PIN machine 4412 is broken"},
        {"C: mot de passe refusé, code erreur 0x800CCC0E"},
        {"C: le mot de passe ne passe pas, il affiche 0x800CCC0E"},
        {"C: mon mot de passe ne marche plus", "A: et c'est quoi ?", "C: 0x800CCC0E, c'est affiché"},
        {"C: le code article c'est AB 4512"},
        {"C: le mot de passe de la caisse, pour le code article AB4512, ne passe pas"},
        {"A: il me faut le code de prise en main", "C: 123 456", "A: et le numéro de série ?",
         "C: P F comme François, 1, 2, 3, 4, 5, 6"},
        {"C: le code de prise en main c'est 123 456, le numéro de série c'est P, F, 1, 2, 3, 4, 5, 6"},
        {"A: donnez-moi le code de prise en main", "C: S N comme Nicolas 1 2 3 4 5 6", "C: et 123 456"},
        {"C: mot de passe Ciel 2021 perdu"},
        {"C: quel mot de passe pour Business Central 365 ?"},
        {"C: mon mot de passe AutoCAD 2024 est refusé"},
        {"A: vous me donnez le code de prise en main ?", "C: 123 456", "A: c'est bon j'y suis",
         "A: et le numéro de série sous la machine ?", "C: alors C N D, 9, 4, 3, 2, F, T",
         "A: C N D 9 4 3 2 F T c'est noté"},
        {"C: un code par SMS pour Microsoft 365 mais rien, mon mot de passe Microsoft 365 marche",
         "A: le code ?", "C: 482 913", "A: je regarde", "C: 482 913 refusé"},
        {"C: le SIRET c'est le 732 829 320 00074"},
        {"A: votre numéro de SIRET ?", "C: 732 829 320 00074"},
        {"C: c'est le 732 829 320 00074"},
        {"C: ma carte est bien arrivée", "A: le SIRET ?", "C: alors 732 829 320 00074"},
        {"C: le SIREN 732 829 320 et l'IBAN je vous l'envoie"},
        {"C: pour le virement, le SIRET 732 829 320 00074"},
        {"C: l'IMEI du téléphone 35 693803 564380 9"},
        {"C: 356938035643809"},
        {"C: the IMEI is 490154203237518"},
        {"A: votre numéro de contrat ?", "C: 8356 2301 2383 6"},
        {"C: numéro de client 2011 5244 9390 9263"},
        {"C: la commande 4341 6721 1068 4038 n'est pas arrivée"},
        {"A: quel est le numéro de commande ?", "C: 4341 6721 1068 4038"},
        {"C: numéro de colis 979542205879158900"},
        {"C: le numéro de suivi c'est 7526018159083016619"},
        {"C: my order number is 4341 6721 1068 4038"},
        {"A: the tracking number please?", "C: 5945 8073 0215 78"},
        {"C: dossier 33982597919075"},
        {"A: vous avez le suivi ?", "C: oui 4341672110684038"},
        {"A: what's the pin pad serial?", "C: 4 4 1 2 0 9"},
        {"C: mot de passe refusé, le code erreur est 1603"},
        {"C: il y a écrit 8356 2301 2383 600"},
    };
    for (const auto& lines : calls) {
        const std::string language = lines[0].find(" the ") != std::string::npos ||
                                             lines[0].find("C: the ") == 0 || lines[0].find("C: my ") == 0
                                         ? "en"
                                         : "fr";
        for (const auto& data : found(lines, language))
            ADD_FAILURE() << lines[0] << " ... " << lines.back() << " -> " << *data.text;
        const std::string said = lines.back().substr(3);
        if (lines.size() == 1) {
            EXPECT_EQ(maskPersonalData(said, language), said);
        } else {
            EXPECT_EQ(maskPlaces(said, language, lines[lines.size() - 2].substr(3)).text, said);
        }
    }
}

TEST(PersonalData, IsFoundWhateverIsNamedBesideIt) {
    using enum protocol::PersonalDataKind;
    struct Row {
        std::vector<std::string> lines;
        protocol::PersonalDataKind kind;
        std::string text;
    };
    const Row rows[] = {
        {{"C: mon mot de passe Microsoft 365 c'est Soleil 42"}, Password, "Soleil 42"},
        {{"C: le mot de passe Sage 100 est Marmotte 88"}, Password, "Marmotte 88"},
        {{"C: my Windows 11 password is Sunshine 42"}, Password, "Sunshine 42"},
        {{"A: et le mot de passe ?", "C: Safari 22"}, Password, "Safari 22"},
        {{"C: mon mot de passe c'est Firefox 2024"}, Password, "Firefox 2024"},
        {{"C: le code PIN du Samsung 4815"}, Password, "4815"},
        {{"C: erreur 1326, mon mot de passe c'est Soleil 42"}, Password, "Soleil 42"},
        {{"C: l'identifiant est accueil, le code Xk7pQ2"}, Password, "Xk7pQ2"},
        {{"C: depuis hier soleil2024 mot de passe"}, Password, "soleil2024"},
        {{"C: la secrétaire utilise marmotte2024 comme mot de passe"}, Password, "marmotte2024"},
        {{"C: \"rouge soleil2024\", c'est le mot de passe"}, Password, "rouge soleil2024"},
        {{"C: j'utilise papillon 42 mot de passe"}, Password, "papillon 42"},
        {{"C: mon mot de passe c'est Office2024"}, Password, "Office2024"},
        {{"A: votre mot de passe ?", "C: Windows2024"}, Password, "Windows2024"},
        {{"A: votre mot de passe ?", "A: et votre ticket est le 4512", "A: alors Xk7pQ2"},
         Password,
         "Xk7pQ2"},
        {{"C: le code pin du terminal c'est 4412"}, Password, "4412"},
        {{"C: le mot de passe wifi est le numéro de série, 5CD2147K9"}, Password, "série, 5CD2147K9"},
        {{"C: le mot de passe est Serveur 12"}, Password, "Serveur 12"},
        {{"C: c'est papillon2024 mot de passe"}, Password, "papillon2024"},
        {{"C: c'est hier soleil2024 le mot de passe"}, Password, "hier soleil2024"},
        {{"C: numéro de commande 48213, la carte c'est 4111 1111 1111 1111"}, Card, "4111 1111 1111 1111"},
        {{"C: la carte pour la commande c'est 4111 1111 1111 1112"}, Card, "4111 1111 1111 1112"},
        {{"A: votre carte, pour le contrat ?", "C: 4970 1012 3456 7890"}, Card, "4970 1012 3456 7890"},
        {{"A: et le client ?", "C: il a donné 4111 1111 1111 1111"}, Card, "4111 1111 1111 1111"},
        {{"C: 3782 822463 10005"}, Card, "3782 822463 10005"},
        {{"C: 3056 930902 5904"}, Card, "3056 930902 5904"},
        {{"C: le SIRET 732 829 320 00074 et ma carte bancaire 4111 1111 1111 1111"},
         Card,
         "4111 1111 1111 1111"},
        {{"C: ma carte c'est le 4970 1012 3456 789"}, Card, "4970 1012 3456 789"},
    };
    for (const Row& row : rows) {
        const auto pii = found(row.lines, row.lines[0].find(" my ") != std::string::npos ? "en" : "fr");
        EXPECT_EQ(pii.size(), 1u) << row.lines[0] << " ... " << row.text;
        if (pii.empty()) continue;
        EXPECT_EQ(pii[0].kind, row.kind) << row.lines[0];
        EXPECT_EQ(*pii[0].text, row.text);
    }
}

TEST(PersonalData, ASayingThatOnlySoundsLikeASecretIsNone) {
    const std::vector<std::string> calls[] = {
        {"A: je vous envoie un code par SMS pour changer le mot de passe", "C: oui", "C: c'est 39 04 11"},
        {"C: mon mot de passe est refusé", "A: votre matricule ?", "C: quarante-quatre zéro sept"},
        {"C: the password is fine", "A: read me the number on your screen please",
         "C: two one seven four four zero"},
        {"C: j'ai oublié mon mot de passe", "A: c'est fait", "C: il tourne, quarante... quatre-vingts..."},
        {"C: la carte de paiement 4111 1111 1111 1111 est refusée",
         "A: les quatre derniers chiffres, c'est 1111 ?"},
    };
    for (const auto& lines : calls) {
        const auto pii = found(lines, lines[0].find("the ") != std::string::npos ? "en" : "fr");
        for (const auto& data : pii) EXPECT_EQ(data.kind, protocol::PersonalDataKind::Card) << *data.text;
        EXPECT_LE(pii.size(), lines[0].find("4111") != std::string::npos ? 1u : 0u) << lines[0];
    }
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
        const protocol::MaskedText masked = maskPlaces(text, "fr");
        EXPECT_EQ(masked.text, maskPersonalData(text, "fr"));
        // The rest of the text, and the names in the places, are the masked text.
        std::string rebuilt;
        std::size_t from = 0;
        for (const protocol::MaskedPlace& place : masked.places) {
            ASSERT_GE(place.at, from);
            rebuilt += text.substr(from, place.at - from);
            rebuilt += masked.text.substr(rebuilt.size(), place.replacedBy);
            from = place.at + place.length;
        }
        EXPECT_EQ(rebuilt + text.substr(from), masked.text);
    }
}

/// The dates of birth that a call of that year has, in ISO form.
std::vector<std::string> birthdatesIn(const std::string& said, const std::optional<std::string>& startedAt,
                                      const std::string& language) {
    protocol::AnalysisInput input = talk({"C: " + said}, language);
    input.startedAt = startedAt;
    std::vector<std::string> isos;
    for (const protocol::PersonalData& data : findPersonalData(readConversation(input)))
        if (data.kind == protocol::PersonalDataKind::Birthdate) isos.push_back(data.value.value_or(""));
    return isos;
}

TEST(Birthdates, AreReadByTheYearOfTheCall) {
    using Isos = std::vector<std::string>;
    const std::string french = "elle est née le 3 mars 2031";
    const std::string english = "she was born on the 3rd of March 2031";
    EXPECT_EQ(birthdatesIn(french, "2048-05-04T10:00:00+02:00", "fr"), Isos{"2031-03-03"});
    EXPECT_EQ(birthdatesIn(english, "2048-05-04T10:00:00+01:00", "en"), Isos{"2031-03-03"});
    for (const auto& [said, language] : {std::pair{french, "fr"}, {english, "en"}})
        for (const std::string& iso : birthdatesIn(said, "2026-05-04T10:00:00+02:00", language))
            EXPECT_NE(iso.substr(0, 4), "2031") << "nobody is born in years";
    EXPECT_EQ(birthdatesIn("né le 3 mars 35", "2048-05-04T10:00:00+02:00", "fr"), Isos{"2035-03-03"});
    EXPECT_EQ(birthdatesIn("né le 3 mars 35", "2026-05-04T10:00:00+02:00", "fr"), Isos{"1935-03-03"});
    EXPECT_EQ(birthdatesIn("born on the 3rd of March 35", "2026-05-04T10:00:00+01:00", "en"),
              Isos{"1935-03-03"});
}

TEST(Birthdates, AreThoseOfThisYearWhereTheCallDoesNotSay) {
    for (const auto& startedAt : {std::optional<std::string>{}, std::optional<std::string>{"soon"}})
        EXPECT_EQ(birthdatesIn("je suis né le 12 mai 1984", startedAt, "fr"),
                  std::vector<std::string>{"1984-05-12"});
    EXPECT_GE(readConversation({}).year, 2026);
}

TEST(MaskedPlaces, KnowTheUtteranceBefore) {
    EXPECT_EQ(maskPlaces("Soleil 42", "fr").text, "Soleil 42");
    EXPECT_EQ(maskPlaces("Soleil 42", "fr", "votre mot de passe ?").text, "[password]");
    EXPECT_EQ(maskPlaces("le 14 mars 2011", "fr", "sa date de naissance ?").text, "le [birthdate]");
    EXPECT_EQ(maskPlaces("3456 7890 voilà", "fr", "ma carte c'est le 4970 1012").text, "[card] voilà");
    EXPECT_EQ(maskPlaces("3456 7890 voilà", "fr", "ma commande c'est le 4970 1012").text, "3456 7890 voilà");
    const protocol::MaskedText masked = maskPlaces("alors c'est Soleil 42", "fr", "votre mot de passe ?");
    EXPECT_EQ(masked.places, (std::vector<protocol::MaskedPlace>{{12, 9, 10}}));
}

TEST(MaskedPlaces, AreThoseOfTheTextWhateverItsDigits) {
    EXPECT_EQ(maskPlaces("ma carte c'est ４９７０ １０１２ ３４５６ ７８９３ voilà", "fr").text,
              "ma carte c'est [card] voilà");
    EXPECT_EQ(maskPlaces("my card is ٤١١١ ١١١١ ١١١١ ١١١١", "en").text, "my card is [card]");
    EXPECT_EQ(maskPlaces("l'IBAN c'est ＦＲ７６３０００６００００１１２３４５６７８９０１８９", "fr").text,
              "l'IBAN c'est [iban]");
    EXPECT_EQ(maskPlaces("le ticket ４８２１３７", "fr").text, "le ticket ４８２１３７");
    const protocol::MaskedText masked = maskPlaces("é ４１１１１１１１１１１１１１１１ ok", "en");
    EXPECT_EQ(masked.places, (std::vector<protocol::MaskedPlace>{{3, 48, 6}}));
}

TEST(MaskedPlaces, OfAHugeUtteranceAreFound) {
    for (const std::string piece :
         {"4111 1111 1111 1111 ", "le mot de passe tiret ", "1 2 3 4 5 6 7 ", "1", "\xC3"}) {
        std::string text;
        while (text.size() < 300'000) text += piece;
        const std::string once = maskPersonalData(text, "fr");
        EXPECT_LE(once.size(), text.size());
    }
}

/// The calls of a file of training/analysis, without their labels.
std::vector<protocol::AnalysisInput> readTextCalls(const std::string& path) {
    std::vector<protocol::AnalysisInput> calls;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(": ");
        if (line.starts_with("@ ")) {
            calls.emplace_back();
            calls.back().id = line.substr(2, 6);
            calls.back().language = line.substr(9, 2);
        } else if (!calls.empty() && colon != std::string::npos) {
            const auto speaker = line[0] == 'A' ? protocol::Speaker::Agent : protocol::Speaker::Customer;
            calls.back().turns.push_back({speaker, 0, 0, line.substr(colon + 2)});
        }
    }
    return calls;
}

/// The calls' own labels; the training calls have none, so what is found there was read and judged.
TEST(PersonalData, IsHardlyEverFoundWhereNoneIs) {
    int extras = 0;
    for (int n = 1; n <= 30; ++n) {
        char path[64];
        std::snprintf(path, sizeof path, "tests/eval/analysis/dev/ana-d%03d.json", n);
        const auto value = readJsonFile(path);
        const auto input = json::decode<protocol::AnalysisInput>(value);
        ASSERT_TRUE(input) << path;
        const auto& labels = value.at("labels").at("pii").as_array();
        std::size_t recalled = 0;
        const auto pii = analyse(*input).pii;
        for (const auto& label : labels)
            recalled += std::any_of(pii.begin(), pii.end(), [&](const auto& data) {
                return isRecalled(label.at("text").as_string().c_str(), label.at("value").as_string().c_str(),
                                  data);
            });
        EXPECT_EQ(recalled, labels.size()) << path;
        for (const auto& data : pii)
            extras += std::none_of(labels.begin(), labels.end(), [&](const auto& label) {
                return isRecalled(label.at("text").as_string().c_str(), label.at("value").as_string().c_str(),
                                  data);
            });
    }
    EXPECT_LE(extras, 0);

    // Secrets and dates that are said in these calls.
    const std::set<std::string> told{
        "ena008", "ena051", "enb001", "enb013", "enb026", "enb032", "enc021", "enf005", "enf027", "fra001",
        "fra020", "fra028", "fra033", "frb002", "frb028", "frb036", "frb043", "frb056", "frc012", "frc020",
        "frc026", "frc033", "frc042", "frc048", "frd004", "frd008", "frd028", "fre011", "fre019", "frg012",
        "frg028", "frh001", "frh039", "frh046", "frh047", "fri017", "fri018", "fri029", "frj002", "frj009",
        "frj047", "frj052", "frj066", "frl007", "frl025", "frl040", "frl046", "frl086"};
    std::size_t calls = 0;
    std::string wrong;
    std::set<std::string> foundIn;
    for (const auto& entry : std::filesystem::directory_iterator{"training/analysis"}) {
        if (entry.path().extension() != ".txt" || entry.path().filename() == "dev.txt") continue;
        for (const protocol::AnalysisInput& call : readTextCalls(entry.path().string())) {
            ++calls;
            for (const auto& data : findPersonalData(readConversation(call)))
                if (told.contains(call.id))
                    foundIn.insert(call.id);
                else
                    wrong += call.id + ": " + *data.text + "\n";
        }
    }
    EXPECT_GE(calls, 900u);
    EXPECT_EQ(foundIn, told);
    EXPECT_LE(static_cast<std::size_t>(std::count(wrong.begin(), wrong.end(), '\n')), calls / 40) << wrong;
}

TEST(PersonalData, ALetterThatTellsTheCaseIsNoneOfThePassword) {
    for (const auto& [said, value] : {
             std::pair{"mon mot de passe c'est Printemps2026, P majuscule, et un point d'exclamation",
                       "Printemps2026!"},
             std::pair{"mon mot de passe c'est printemps 2026 P majuscule point d'exclamation",
                       "Printemps2026!"},
             std::pair{"mon mot de passe c'est Soleil45, P majuscule", "Soleil45P"},
             std::pair{"my password is Summer2026, capital S", "Summer2026"},
         }) {
        const auto input = talk({std::string{"C: "} + said});
        const auto found = findPersonalData(readConversation(input));
        ASSERT_EQ(found.size(), 1U) << said;
        EXPECT_EQ(found[0].value, value) << said;
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
