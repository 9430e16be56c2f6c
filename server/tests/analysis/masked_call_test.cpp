#include "server/analysis/personal_data/masked_call.hpp"

#include "server/analysis/analyse.hpp"
#include "server/analysis/personal_data/personal_data.hpp"
#include "server/analysis/training/labelled_call.hpp"
#include "server/tests/analysis/call_files.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// Turns are separated by " | ".
std::vector<std::string> turnsOf(std::string_view written) {
    std::vector<std::string> turns;
    while (!written.empty()) {
        const std::size_t end = std::min(written.find(" | "), written.size());
        turns.emplace_back(written.substr(0, end));
        written.remove_prefix(std::min(end + 3, written.size()));
    }
    return turns;
}

struct Row {
    const char* language;
    const char* said;
    const char* masked;  // without who says it
};
std::string maskedOf(const Row& row) {
    const protocol::AnalysisInput call = talk(turnsOf(row.said), row.language);
    std::string all;
    for (const protocol::Turn& turn : maskedCall(call, findPersonalData(readConversation(call))).turns)
        all += (all.empty() ? "" : " | ") + turn.text;
    return all;
}
template <std::size_t n>
void expectMasked(const Row (&rows)[n]) {
    for (const Row& row : rows) EXPECT_EQ(maskedOf(row), row.masked);
}
/// Calls in which nothing is masked.
template <std::size_t n>
void expectOpen(const std::pair<const char*, const char*> (&rows)[n]) {
    for (const auto& [language, said] : rows) {
        const protocol::AnalysisInput call = talk(turnsOf(said), language);
        for (const auto& data : findPersonalData(readConversation(call)))
            ADD_FAILURE() << said << " -> " << *data.text;
    }
}

TEST(MaskedCall, ShowsNothingOfAnyPlaceWhateverTheirOrder) {
    using protocol::PersonalDataKind;
    const auto call = talk({"C: 0123456789", "A: abcdef"});
    const auto place = [](PersonalDataKind kind, std::int32_t turn, std::int32_t begin, std::int32_t end) {
        return protocol::PersonalData{kind, {}, {}, turn, begin, end};
    };
    const auto texts = [&](const std::vector<protocol::PersonalData>& places) {
        const auto masked = maskedCall(call, places);
        return masked.turns[0].text + " | " + masked.turns[1].text;
    };
    EXPECT_EQ(texts({}), "0123456789 | abcdef");
    EXPECT_EQ(texts({place(PersonalDataKind::Iban, 1, 4, 6), place(PersonalDataKind::Card, 0, 6, 8),
                     place(PersonalDataKind::Password, 0, 1, 3)}),
              "0[password]345[card]89 | abcd[iban]");
    EXPECT_EQ(texts({place(PersonalDataKind::Card, 0, 2, 6), place(PersonalDataKind::Password, 0, 4, 8),
                     place(PersonalDataKind::Password, 0, 3, 5)}),
              "01[card]89 | abcdef")
        << "of those that overlap all is masked";
    EXPECT_EQ(texts({place(PersonalDataKind::Card, -1, 0, 2), place(PersonalDataKind::Card, 2, 0, 2),
                     place(PersonalDataKind::Card, 0, -3, 2), place(PersonalDataKind::Card, 0, 12, 15),
                     place(PersonalDataKind::Card, 0, 5, 5), place(PersonalDataKind::Card, 1, 4, 90)}),
              "[card]23456789 | abcd[card]");
}

TEST(CardDetails, AreMaskedBesideAndBehindACard) {
    expectMasked({
        {"fr", "C: ma carte 4970 1012 3456 7890 expire 12/27 cvv 123",
         "ma carte [card] expire [card] cvv [card]"},
        {"fr",
         "C: ma carte c'est 4970 1012 3456 7893, expire fin douze vingt-sept, le cryptogramme cent "
         "vingt-trois",
         "ma carte c'est [card], expire fin [card], le cryptogramme [card]"},
        {"fr", "C: carte bleue 4970 1012 3456 7893, zéro neuf vingt-huit, quatre cent quatre-vingt-deux",
         "carte bleue [card], [card], [card]"},
        {"fr",
         "A: le numéro de carte ? | C: 4970 1012 3456 7893 | A: elle expire quand ? | C: décembre 2027 | A: "
         "et les "
         "trois chiffres au dos ? | C: un deux trois",
         "le numéro de carte ? | [card] | elle expire quand ? | [card] | et les trois chiffres au dos ? | "
         "[card]"},
        {"fr", "C: carte 4970 1012 3456 7893, expire le 31/12/2027", "carte [card], expire le [card]"},
        {"fr", "C: 4970 1012 3456 7893 | A: et la date ? | C: 12 27", "[card] | et la date ? | [card]"},
        {"en", "C: 4111 1111 1111 1111 | A: and the date? | C: it's oh nine 28",
         "[card] | and the date? | it's [card]"},
        {"fr", "C: c'est [card] | A: la date d'expiration ? | C: attendez | C: douze vingt-huit",
         "c'est [card] | la date d'expiration ? | attendez | [card]"},
        {"en", "C: my card is 4111 1111 1111 1111 expiry 12/27 cvv 123",
         "my card is [card] expiry [card] cvv [card]"},
        {"en",
         "C: it's a visa, 4111 1111 1111 1111, expires oh nine twenty seven, security code is one two three",
         "it's a visa, [card], expires [card], security code is [card]"},
        {"en",
         "C: 4111 1111 1111 1111 | A: and the expiry date? | C: September 2027 | A: and the three digits on "
         "the "
         "back? | C: four five six, sorry, four five seven",
         "[card] | and the expiry date? | [card] | and the three digits on the back? | [card], sorry, "
         "[card]"},
    });
}

TEST(MaskedCall, ShowsThatACardIsOneThoughAPasswordWasAskedFor) {
    expectMasked({
        {"fr",
         "A: il me faut la carte et le mot de passe | C: carte bleue | C: le mot de passe c'est Tulipe58",
         "il me faut la carte et le mot de passe | carte bleue | le mot de passe c'est [password]"},
        {"fr", "A: votre mot de passe ? | C: carte bleue | A: pardon ? | C: Printemps2026",
         "votre mot de passe ? | carte bleue | pardon ? | [password]"},
        {"fr", "C: le mot de passe c'est carte bleue 42", "le mot de passe c'est [password]"},
        {"fr", "C: je paie par carte bleue | A: et ? | C: et le mot de passe c'est Bleue2026",
         "je paie par carte bleue | et ? | et le mot de passe c'est [password]"},
        {"fr", "C: le mot de passe c'est Bleue2026 | A: bleue, d'accord",
         "le mot de passe c'est [password] | [password], d'accord"},
        {"fr", "A: quel est le mot de passe ? | C: lune bleue", "quel est le mot de passe ? | [password]"},
    });
}

TEST(CardDetails, AreNoneOfOtherThingsNorWithoutACard) {
    expectOpen({
        {"fr", "C: la licence expire 12/27 et le contrat aussi"},
        {"fr", "C: le certificat expire fin douze vingt-sept"},
        {"fr", "C: ma carte expire 12/27, je n'arrive plus à payer"},
        {"en", "C: the card ending 4242 expires 12/27"},
        {"en", "C: my licence expires 12/27"},
    });
    expectMasked({
        {"fr", "C: ma carte 4970101234567893 | A: et votre licence ? | C: elle expire en mars 2027",
         "ma carte [card] | et votre licence ? | elle expire en mars 2027"},
        {"fr", "A: numéro ? | C: 4970 1012 3456 7893 | A: et la commande expire quand ? | C: le 12/27",
         "numéro ? | [card] | et la commande expire quand ? | le 12/27"},
        {"en", "C: card 4111 1111 1111 1111, 10 25 High Street", "card [card], 10 25 High Street"},
        {"fr", "C: ma carte 4970101234567893 a été débitée 127 fois",
         "ma carte [card] a été débitée 127 fois"},
        {"en", "C: my card 4111 1111 1111 1111 | A: and when does your contract expire? | C: December 2027",
         "my card [card] | and when does your contract expire? | December 2027"},
    });
}

TEST(WrittenSecrets, AreMaskedWithTheirSigns) {
    expectMasked({
        {"fr", "C: mon mot de passe c'est P@ssw0rd!", "mon mot de passe c'est [password]"},
        {"fr", "A: le mot de passe est @dmin2024.", "le mot de passe est [password]."},
        {"fr", "A: le mot de passe : $oleil#42", "le mot de passe : [password]"},
        {"fr", "A: mot de passe=Soleil_42", "mot de passe=[password]"},
        {"fr", "A: votre mot de passe provisoire est Bien-venue_2025!",
         "votre mot de passe provisoire est [password]"},
        {"fr", "A: c'est quoi le mot de passe ? | C: P@ssw0rd!", "c'est quoi le mot de passe ? | [password]"},
        {"fr", "C: le mot de passe c'est « Été_2024* », voilà",
         "le mot de passe c'est « [password] », voilà"},
        {"en", "C: my password is P@ssw0rd!", "my password is [password]"},
        {"en", "A: the password is #Summer_24#, yes", "the password is [password], yes"},
        {"en", "A: your new password is Wel.come+99", "your new password is [password]"},
        {"en", "A: what's the password? | C: $unny-D4y!", "what's the password? | [password]"},
    });
    expectOpen({
        {"fr", "C: j'ai ouvert Dossier_Client_2024.docx sans mot de passe"},
        {"fr", "C: le mot de passe de compta@exemple.fr a expiré, identifiant : compta@exemple.fr"},
        {"fr", "C: mon mot de passe ne marche plus !!!"},
        {"fr", "C: le mot de passe de AT&T-Mobile est perdu"},
        {"fr", "C: le mot de passe pour https://portail.exemple.fr/login?id=42"},
        {"fr", "A: votre mot de passe ? | C: je me connecte avec compta@exemple.fr"},
        {"fr", "C: le mot de passe du partage \\\\srv-compta\\paie_2024 ne marche pas"},
        {"en", "C: the password for the account R&D2024 has expired"},
        {"en", "A: and your password? | C: I sign in with j.harper@example.com"},
    });
}

TEST(Passwords, OldAndNewAreMaskedBoth) {
    expectMasked({
        {"fr", "C: l'ancien c'était Toulouse31 et le nouveau Bordeaux33",
         "l'ancien c'était [password] et le nouveau [password]"},
        {"fr",
         "A: et votre mot de passe ? | C: l'ancien c'était toulouse trente et un et le nouveau bordeaux "
         "trente-trois",
         "et votre mot de passe ? | l'ancien c'était [password] et le nouveau [password]"},
        {"fr", "A: et votre mot de passe ? | C: l'ancien c'était Marguerite et le nouveau Coquelicot",
         "et votre mot de passe ? | l'ancien c'était [password] et le nouveau [password]"},
        {"en", "C: the old one was Leeds19 and the new one Bristol22",
         "the old one was [password] and the new one [password]"},
        {"en",
         "A: what's your password? | C: the old one was leeds nineteen and the new one is bristol twenty two",
         "what's your password? | the old one was [password] and the new one is [password]"},
    });
    expectOpen({
        {"fr", "C: l'ancien c'était Poste31 et le nouveau Poste33"},
        {"fr", "C: l'ancien serveur s'appelait Toulouse31 et le nouveau Bordeaux33"},
        {"fr", "C: on avait l'ancien Latitude5540 et le nouveau Latitude7450"},
        {"en", "C: the old printer was Canon55 and the new one Brother22"},
    });
}

TEST(ToldKeys, OfDisksAndProductsAreMasked) {
    expectMasked({
        {"fr", "A: la clé BitLocker c'est 123456 234567 345678 456789 567890 678901 789012 890123",
         "la clé BitLocker c'est [password]"},
        {"fr", "A: notez : 123456-234567-345678-456789-567890-678901-789012-890123", "notez : [password]"},
        {"fr",
         "A: la clé de récupération, c'est 123456 | C: oui | A: 234567 | C: oui | A: trois quatre cinq six "
         "sept "
         "huit, quatre cinq six sept huit neuf",
         "la clé de récupération, c'est [password] | oui | [password] | oui | [password]"},
        {"fr", "A: la clé de licence VK7JG | C: oui | A: NPHTM | C: oui | A: C97JM",
         "la clé de licence [password] | oui | [password] | oui | [password]"},
        {"fr", "C: la clé de licence c'est VK7JG-NPHTM-C97JM-9MPGT-3V66T",
         "la clé de licence c'est [password]"},
        {"fr",
         "A: donnez-moi la clé de produit | C: V K 7 J G, N P H T M, C 9 7 J M, 9 M P G T, 3 V 6 6 T, "
         "voilà",
         "donnez-moi la clé de produit | [password], voilà"},
        {"en",
         "A: the recovery key is one two three four five six, two three four five six seven, three four five "
         "six "
         "seven eight, four five six seven eight nine, five six seven eight nine zero, six seven eight nine "
         "zero "
         "one, seven eight nine zero one two, eight nine zero one two three",
         "the recovery key is [password]"},
        {"en", "A: read me the licence key | C: VK7JG NPHTM C97JM 9MPGT 3V66T",
         "read me the licence key | [password]"},
        {"en",
         "C: the product key is V for Victor K 7 J G dash N P H T M dash C 9 7 J M dash 9 M P G T dash 3 V 6 "
         "6 T",
         "the product key is [password]"},
    });
    expectOpen({
        {"fr", "C: bitlocker me demande une clé de 48 chiffres"},
        {"fr", "C: bitlocker demande la clé, mon ticket c'est le 123456"},
        {"fr", "C: bitlocker est actif sur les postes 123456 et 234567"},
        {"fr", "C: BitLocker affiche l'identifiant de clé 5F3A2B1C"},
        {"fr", "A: la clé bitlocker ? | C: rappelez-moi au 06 24 51 33 18"},
        {"fr", "A: la clé de licence ? | C: le poste c'est PCABC 12345"},
        {"fr", "C: le numéro de licence c'est 12345"},
        {"en", "C: the key ID is 1A2B3C4D, it asks for the recovery key"},
        {"en", "C: the product key ends in 3V66T"},
        {"en", "C: the licence key is on the box, the laptop is a LAT 5540"},
    });
}

TEST(DoorCodes, AreMasked) {
    expectMasked({
        {"fr", "C: le digicode c'est 4512B", "le digicode c'est [password]"},
        {"fr", "A: vous avez un code en bas ? | C: oui le digicode 78B45",
         "vous avez un code en bas ? | oui le digicode [password]"},
        {"fr", "C: le digicode c'est deux mille vingt-quatre", "le digicode c'est [password]"},
        {"fr", "C: le code de la porte c'est quarante-cinq douze", "le code de la porte c'est [password]"},
        {"fr", "C: le code pour entrer dans l'immeuble c'est 4512",
         "le code pour entrer dans l'immeuble c'est [password]"},
        {"en", "C: to get into the building it's 4512 hash", "to get into the building it's [password]"},
        {"fr", "C: le code du portail c'est 2580", "le code du portail c'est [password]"},
        {"fr", "C: le code d'entrée c'est 4 5 1 2", "le code d'entrée c'est [password]"},
        {"en", "C: the door code is 4512", "the door code is [password]"},
        {"en", "A: what's the building code? | C: 45B12", "what's the building code? | [password]"},
        {"en", "A: what's the alarm code? | C: it's nine four one two",
         "what's the alarm code? | it's [password]"},
        {"en", "C: the entrance code is A4512", "the entrance code is [password]"},
    });
    expectOpen({
        {"fr", "C: le digicode ne marche plus depuis 2024"},
        {"fr", "A: quel étage ? | C: 3B, le digicode est cassé"},
        {"fr", "C: le code d'entrée dans l'ERP c'est CLI0045"},
        {"en", "C: the door code has 4 digits"},
        {"en", "C: the alarm code went off at 2024"},
    });
}

TEST(ErrorCodes, AreNoSecrets) {
    expectOpen({
        {"fr", "C: l'installation plante avec le code 1603"},
        {"en", "C: the installer exits with code 1603"},
        {"fr", "C: il me met le code 0 x c 0 0 0 0 2 1 a"},
        {"fr", "C: il me met le code zéro x c zéro zéro zéro zéro deux un a"},
        {"fr", "C: le code d'erreur c'est zéro x c zéro zéro zéro zéro deux un a"},
        {"fr", "C: le code 0xc0000022 s'affiche"},
        {"fr", "C: il me met le code c 0 0 0 0 2 1 a"},
        {"fr", "C: après le mot de passe il me met le code 0 x c 0 0 0 0 2 1 a"},
        {"fr", "A: quel code ? | C: 0 x c 0 0 0 0 2 1 a"},
        {"en", "C: it gives me the code 0 x c 0 0 0 0 2 1 a"},
        {"en", "C: the code is zero x c zero zero zero zero two one a"},
        {"en", "C: the password fails with code 0 x 8 0 0 7 0 0 0 5"},
        {"en", "A: what's the code? | C: oh x c oh oh oh oh two one a"},
    });
    expectMasked({
        {"fr", "C: mon code de messagerie c'est 80078007", "mon code de messagerie c'est [password]"},
        {"en", "C: my pin is 8004 1234", "my pin is [password]"},
        {"fr", "C: le code d'erreur zéro x c zéro zéro zéro zéro un zéro un et le PIN c'est 4815",
         "le code d'erreur zéro x c zéro zéro zéro zéro un zéro un et le PIN c'est [password]"},
        {"en", "C: error zero x eight zero zero seven zero zero zero five, the pin is 4815",
         "error zero x eight zero zero seven zero zero zero five, the pin is [password]"},
    });
}

/// The texts are written from the masked call; a second search in them would find what the whole call shows to be none.
TEST(TicketTexts, KeepAOneTimeCodeThatTheCallShowsToBeNoSecret) {
    const std::pair<const char*, const char*> rows[] = {
        {"fr",
         "A: support bonjour, je vous ai envoyé un SMS | C: bonjour, le code c'est 482913 et Outlook le "
         "refuse | "
         "A: je vous rappelle demain | C: merci"},
        {"en",
         "A: support, hello, did you get the text message? | C: hello, the code is 482913 and Outlook "
         "refuses it | "
         "A: I'll call you back tomorrow | C: thanks"},
    };
    for (const auto& [language, said] : rows) {
        const auto analysis = analyse(talk(turnsOf(said), language));
        EXPECT_TRUE(analysis.pii.empty()) << said;
        EXPECT_NE(analysis.summary.find("482913"), std::string::npos) << analysis.summary;
    }
}

TEST(TicketTexts, OfNoTrainingCallShowWhatIsMaskedInIt) {
    std::size_t shown = 0;
    for (const auto& entry : std::filesystem::directory_iterator{"training/analysis"}) {
        if (entry.path().extension() != ".txt") continue;
        const auto calls =
            training::readLabelledCalls(readFile(entry.path().string()), entry.path().string());
        ASSERT_TRUE(calls) << calls.error().detail;
        for (const training::LabelledCall& call : *calls) {
            protocol::AnalysisInput input;
            input.language = call.language;
            for (const training::LabelledTurn& turn : call.turns)
                input.turns.push_back(
                    {turn.isAgent ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, turn.text});
            const auto analysis = analyse(input);
            for (const auto& data : analysis.pii) {
                ++shown;
                for (const std::string& text : {analysis.subject, analysis.summary}) {
                    EXPECT_EQ(text.find(*data.text), std::string::npos) << call.id << ": " << text;
                    EXPECT_EQ(text.find(*data.value), std::string::npos) << call.id << ": " << text;
                }
            }
        }
    }
    EXPECT_GE(shown, 50u);
}

}  // namespace
}  // namespace ninja3cx::analysis
