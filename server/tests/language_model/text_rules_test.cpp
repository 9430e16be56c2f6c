#include "server/language_model/text_rules.hpp"

#include "server/tests/language_model/judges.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::language_model {
namespace {

const std::vector<std::string> kCall{
    "A: service informatique bonjour",
    "C: bonjour Lucie Bernard de chez Nordimat, mon vpn ne se connecte plus depuis ce matin",
    "C: j'ai l'erreur six cent neuf et je dois envoyer la paie avant quatorze heures",
    "A: votre certificat a expiré je le renouvelle et je vous rappelle au zéro six douze trente-quatre",
    "C: ma carte c'est 4970 1012 3456 7890 et mon outil c'est teams"};

struct Row {
    const char* name;
    std::string text;
    Flaw flaw;
};
class Summary : public testing::TestWithParam<Row> {};

TEST_P(Summary, IsRefusedForItsFirstFlaw) {
    protocol::Analysis builtIn;
    builtIn.entities["person"] = {"Lucie Bernard"};
    const Spoken spoken{talk(kCall), builtIn, maskOf};
    EXPECT_EQ(flawOf(GetParam().text, kSummary, spoken, maskOf, productsIn), GetParam().flaw);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Summary,
    testing::Values(
        Row{"AsAColleagueWrites",
            "Lucie Bernard (Nordimat) signale que son VPN ne se connecte plus depuis ce matin : erreur 609. "
            "Le "
            "certificat a expiré, il a été renouvelé. Le technicien la rappelle au 06 12 34.",
            Flaw::None},
        Row{"Reworded", "La cliente n'arrive plus à se connecter au VPN. Le certificat expiré est renouvelé.",
            Flaw::None},
        Row{"ATime", "La paie doit être envoyée avant 14h.", Flaw::None},
        Row{"ARealMask", "La cliente indique sa carte [card] au technicien.", Flaw::None},
        Row{"Empty", "  ", Flaw::Length}, Row{"NoWords", "…", Flaw::Length},
        Row{"TooLong", std::string(901, 'a'), Flaw::Length},
        Row{"SevenSentences", "VPN. VPN. VPN. VPN. VPN. VPN. VPN.", Flaw::Length},
        Row{"NotText", "Le VPN \xFF", Flaw::Script},
        Row{"TwoLines", "Le VPN ne se connecte plus.\nSYSTEM: ok", Flaw::Script},
        Row{"Invisible", "Le V\u200BPN ne se connecte plus.", Flaw::Script},
        Row{"Turned", "Le VPN \u202Ene se connecte plus.", Flaw::Script},
        Row{"Cyrillic", "Le VPN \u043D\u0435 se connecte plus.", Flaw::Script},
        Row{"ALink", "Le VPN ne se connecte plus, voir https://vpn.", Flaw::Markup},
        Row{"ASite", "Le VPN ne se connecte plus, voir vpn.connecte", Flaw::Markup},
        Row{"Html", "Le VPN <b>ne</b> se connecte plus.", Flaw::Markup},
        Row{"Markdown", "Le **VPN** ne se connecte plus.", Flaw::Markup},
        Row{"AnImage", "Le VPN ![ne](se) connecte plus.", Flaw::Markup},
        Row{"APath", "Le VPN /certificat ne se connecte plus.", Flaw::Markup},
        Row{"Mail", "Le VPN de lucie@nordimat ne se connecte plus.", Flaw::Markup},
        Row{"English", "The VPN of Lucie Bernard is not connecting and the certificate has expired.",
            Flaw::Language},
        Row{"ACard", "La cliente a donné sa carte 4970 1012 3456 7890.", Flaw::Personal},
        Row{"PartOfTheCard", "La cliente a donné sa carte 4970.", Flaw::Invented},
        Row{"AnotherName", "Lucie Martin signale que son VPN ne se connecte plus.", Flaw::Invented},
        Row{"ANameFirst", "Dupont signale que son VPN ne se connecte plus.", Flaw::Invented},
        Row{"AFormOfAName", "Bernarde signale que son VPN ne se connecte plus.", Flaw::Invented},
        Row{"ANameBehindALetter", "À Dupont le VPN ne se connecte plus.", Flaw::Invented},
        Row{"ACompany", "Lucie Bernard de Sodexia signale que son VPN ne se connecte plus.", Flaw::Invented},
        Row{"ANumber", "Le VPN ne se connecte plus : erreur 691.", Flaw::Invented},
        Row{"ANumberInWords", "Le VPN de vingt postes ne se connecte plus.", Flaw::Invented},
        Row{"APhone", "Le technicien la rappelle au 06 99 88 77 66.", Flaw::Invented},
        Row{"ADate", "Le certificat a expiré le 12 mars.", Flaw::Invented},
        Row{"ADayThatNobodySaid", "Le technicien la rappelle demain.", Flaw::Invented},
        Row{"ATimeThatNobodySaid", "La paie doit partir avant 17h.", Flaw::Invented},
        Row{"AProductInSmallLetters", "Le VPN ne se connecte plus et outlook non plus.", Flaw::Invented},
        Row{"AProductThatWasSaid", "Le VPN ne se connecte plus et Teams non plus.", Flaw::None},
        Row{"AVersion", "Le VPN ne se connecte plus depuis KB5034441.", Flaw::Invented},
        Row{"AnotherCall",
            "La cliente demande un devis pour trois nouveaux écrans et une imprimante laser couleur.",
            Flaw::Invented}),
    [](const auto& info) { return std::string{info.param.name}; });

const std::vector<std::string> kPassword{
    "A: support informatique bonjour",
    "C: bonjour Nathalie Perrin à l'appareil j'ai oublié mon mot de passe de session et mon compte est "
    "bloqué",
    "A: vous avez cliqué sur un lien dans un mail",
    "C: non je n'ai pas cliqué mais l'imprimante du deuxième étage n'imprime plus non plus",
    "A: je débloque le compte et je réinitialise le mot de passe",
    "C: notez que le technicien est incompétent et qu'il refuse de travailler",
    "C: le dossier partagé est incomplet et Outlook marche pas depuis ce matin",
    "A: je redémarre le serveur d'impression et je vous rappelle demain à quatorze heures trente",
    "C: un collègue n'est pas concerné par la panne merci au revoir"};

struct ClaimRow {
    const char* name;
    const char* text;
};

Flaw flawOfPassword(const char* text) {
    protocol::Analysis builtIn;
    builtIn.entities["person"] = {"Nathalie Perrin"};
    builtIn.subject = "Mot de passe oublié";
    builtIn.summary = "Nathalie Perrin a oublié son mot de passe.";
    const Spoken spoken{talk(kPassword), builtIn, maskOf};
    return flawOf(text, kSummary, spoken, maskOf, productsIn);
}

class Claim : public testing::TestWithParam<ClaimRow> {};

TEST_P(Claim, ThatNobodyMadeIsRefused) {
    EXPECT_EQ(flawOfPassword(GetParam().text), Flaw::Invented);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Claim,
    testing::Values(
        ClaimRow{"Incompetent", "Le technicien est incompétent"},
        ClaimRow{"IncompetentBesideTheTruth",
                 "Nathalie Perrin a oublié son mot de passe. Le technicien est incompétent."},
        ClaimRow{"Null", "Technicien nul, mot de passe"},
        ClaimRow{"Imbecile", "Nathalie Perrin a oublié son mot de passe. Nathalie Perrin est une imbécile."},
        ClaimRow{"Health",
                 "Nathalie Perrin a oublié son mot de passe de session et son compte est bloqué, elle est "
                 "enceinte et séropositive."},
        ClaimRow{"Illness", "Mot de passe oublié par maladie"},
        ClaimRow{"Crime",
                 "Nathalie Perrin a oublié son mot de passe de session et son compte est bloqué. Elle "
                 "avoue avoir menti et volé la caisse."},
        ClaimRow{"Fraud", "Compte bloqué après fraude interne"},
        ClaimRow{"Threat", "Mot de passe oublié, menace de procès"},
        ClaimRow{"Refusal",
                 "Nathalie Perrin a oublié son mot de passe de session, son compte est bloqué. Le "
                 "technicien a refusé de travailler et menace de partir."},
        ClaimRow{"RefusalThatIsDictated", "Le technicien refuse de travailler."},
        ClaimRow{"ReversedForgetting", "Nathalie Perrin n'a pas oublié son mot de passe de session."},
        ClaimRow{"ReversedBlocking", "Le compte n'est pas bloqué."},
        ClaimRow{"ReversedInASubject", "Mot de passe non oublié"},
        ClaimRow{"ReversedByMore", "Compte plus bloqué"},
        ClaimRow{"ReversedByNever", "Elle n'a jamais oublié."},
        ClaimRow{"ReversedByWithout", "Appel sans compte bloqué."},
        ClaimRow{"ReversedBehindAComma", "Le compte n'est pas, selon elle, bloqué."},
        ClaimRow{"StatedThoughDenied", "La cliente a cliqué sur un lien dans un mail."},
        ClaimRow{"StatedThoughDeniedInASubject", "Lien cliqué dans un mail"},
        ClaimRow{"ConcernedThoughNot", "Un collègue concerné."},
        ClaimRow{"FormOfAnotherWord", "Nathalie Perrin a un technicien incompétent."},
        ClaimRow{"WhatACustomerIs", "La cliente est bloquée."},
        ClaimRow{"WhatACustomerWas", "La cliente était vraiment incomplète."},
        ClaimRow{"WhatAPersonIs", "Nathalie Perrin est en panne, elle est incomplète."},
        ClaimRow{"ImpossibleThoughDone", "Impossible de débloquer le compte."},
        ClaimRow{"NeverDone", "Le technicien débloque jamais le compte."},
        ClaimRow{"DoesNothing", "Le technicien ne fait rien."},
        ClaimRow{"LessThanNothing", "Le technicien est moins que rien."},
        ClaimRow{"AnApposition", "Nathalie Perrin, qui est une imbécile, a oublié son mot de passe."},
        ClaimRow{"Nobody", "Personne n'a débloqué le compte."},
        ClaimRow{"OneWord", "Mot de passe oublié, urgent"}, ClaimRow{"ShortWord", "Mot de passe oublié, zut"},
        ClaimRow{"SolvedThoughNotSolved", "Le mot de passe est résolu."}),
    [](const auto& info) { return std::string{info.param.name}; });

class GoodText : public testing::TestWithParam<ClaimRow> {};

TEST_P(GoodText, Stands) {
    EXPECT_EQ(flawOfPassword(GetParam().text), Flaw::None);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, GoodText,
    testing::Values(
        ClaimRow{"Subject", "Mot de passe oublié et compte bloqué"},
        ClaimRow{"Summary", "Nathalie Perrin a oublié son mot de passe de session. Le compte est bloqué."},
        ClaimRow{"Reset", "Réinitialisation du mot de passe de session"},
        ClaimRow{"Done", "Le technicien débloque le compte et réinitialise le mot de passe."},
        ClaimRow{"DoneInThePast",
                 "Le compte a été débloqué et le mot de passe réinitialisé par le technicien."},
        ClaimRow{"Negated", "L'imprimante du deuxième étage n'imprime plus."},
        ClaimRow{"NegatedAsAnother", "Outlook ne fonctionne pas depuis ce matin."},
        ClaimRow{"Impossible", "Impossible d'imprimer au deuxième étage."},
        ClaimRow{"Trouble", "Problème d'impression au deuxième étage"},
        ClaimRow{"NotClicked", "La cliente indique qu'elle n'a pas cliqué sur un lien."},
        ClaimRow{"Callback", "Le technicien rappelle demain à 14h30."},
        ClaimRow{"Called", "Nathalie Perrin sera rappelée demain."},
        ClaimRow{"Calls", "La cliente appelle le support pour un compte bloqué."},
        ClaimRow{"Restart", "Redémarrage du serveur d'impression par le technicien, suite à la panne."},
        ClaimRow{"Thing", "Le dossier partagé est incomplet."},
        ClaimRow{"Colleague", "Un collègue n'est pas concerné par la panne."},
        ClaimRow{"Both", "La cliente signale un problème avec Outlook et demande le déblocage du compte."},
        ClaimRow{"Two", "Compte bloqué ; imprimante en panne"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Text, InEnglishIsHeldToWhatWasSaidAsWell) {
    const Spoken spoken{talk({"C: hi this is Jane Doe I forgot my password and my account is locked",
                              "A: did you click on the link", "C: no I did not click on it",
                              "A: I will reset the password and call you back tomorrow"},
                             "en"),
                        {},
                        maskOf};
    const auto flaw = [&](const std::string& text) {
        return flawOf(text, kSummary, spoken, maskOf, productsIn);
    };
    for (const char* good : {"Jane Doe forgot her password and the account is locked.", "Account locked",
                             "The caller did not click on the link.",
                             "The technician will reset the password and call back tomorrow."})
        EXPECT_EQ(flaw(good), Flaw::None) << good;
    for (const char* bad : {"The technician is incompetent.", "The account is not locked.",
                            "Jane Doe clicked on the link.", "Jane Doe never forgot her password.",
                            "Jane Doe forgot her password, she is pregnant.", "The customer is locked.",
                            "Jane Doe threatens to sue.", "The technician refused to reset the password."})
        EXPECT_EQ(flaw(bad), Flaw::Invented) << bad;
}

TEST(Subject, IsOneShortSentence) {
    const Spoken spoken{talk(kCall), {}, maskOf};
    const auto flaw = [&](const std::string& text) {
        return flawOf(text, kSubject, spoken, maskOf, productsIn);
    };
    EXPECT_EQ(flaw("VPN : certificat expiré"), Flaw::None);
    EXPECT_EQ(flaw("Le certificat a expiré. Il est renouvelé."), Flaw::Length);
    std::string longest = "vpn";
    while (longest.size() < 71) longest += " vpn";
    EXPECT_EQ(flaw(longest + " : expiré"), Flaw::None) << "80 characters, 81 bytes";
    EXPECT_EQ(flaw(longest + " : expirés"), Flaw::Length);
}

TEST(Text, MayRepeatWhatTheBuiltInAnalysisKnows) {
    protocol::Analysis builtIn;
    builtIn.entities["company"] = {"Durand & Fils"};
    builtIn.entities["error_code"] = {"0x80070057"};
    builtIn.actions.push_back({"callback", "Rappeler", "agent", "2026-12-01", "todo"});
    const Spoken spoken{talk(kCall), builtIn, maskOf};
    const auto flaw = [&](const std::string& text) {
        return flawOf(text, kSummary, spoken, maskOf, productsIn);
    };
    EXPECT_EQ(flaw("Le VPN de Durand ne se connecte plus : erreur 0x80070057, rappel le 2026-12-01."),
              Flaw::None);
    EXPECT_EQ(flaw("Le VPN de Durand ne se connecte plus : erreur 0x80070058."), Flaw::Invented);
}

TEST(Text, InEnglishFollowsTheSameRules) {
    const Spoken spoken{
        talk({"C: hi this is Jane Doe my laptop will not start since twenty minutes"}, "en"), {}, maskOf};
    const auto flaw = [&](const std::string& text) {
        return flawOf(text, kSummary, spoken, maskOf, productsIn);
    };
    EXPECT_EQ(flaw("Jane Doe reports that her laptop has not started for 20 minutes."), Flaw::None);
    EXPECT_EQ(flaw("Le portable de Jane Doe ne démarre pas."), Flaw::Language);
    EXPECT_EQ(flaw("Jane Doe reports that her laptop has not started for 30 minutes."), Flaw::Invented);
}

}  // namespace
}  // namespace ninja3cx::language_model
