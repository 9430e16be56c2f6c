#include "server/analysis/summary/wording.hpp"

#include "server/analysis/actions/due_date.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/summary/reported.hpp"
#include "server/tests/analysis/call_files.hpp"
#include "server/tests/analysis/talk.hpp"
#include "shared/core/text.hpp"

#include <gmock/gmock.h>

#include <cstdio>
#include <random>
#include <regex>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using ::testing::HasSubstr;
using ::testing::Not;

struct Texts {
    std::string subject;
    std::string summary;
};
/// The texts of a call whose category and actions are known.
Texts textsOf(const std::vector<std::string>& lines, Category category, const std::string& language = "fr",
              bool isResolved = false, std::vector<FoundAction> actions = {}) {
    const protocol::AnalysisInput input = talk(lines, language);
    const Conversation conversation = readConversation(input);
    CategoryFinding finding;
    finding.main.value = category;
    finding.main.confidence = protocol::Confidence::Sure;
    const Names names = findNames(conversation);
    const std::vector<Movement> movements = movementsIn(conversation, names);
    const Findings findings{conversation, finding, names, movements, actions, protocol::Sentiment::Neutral,
                            isResolved};
    return {subjectOf(findings).text, summaryOf(findings).text};
}

struct Golden {
    const char* name;
    std::vector<std::string> lines;
    Category category;
    const char* language;
    const char* subject;
    const char* summary;
};
class WordingGolden : public testing::TestWithParam<Golden> {};

TEST_P(WordingGolden, ReadsAsAColleagueWouldWriteIt) {
    const Golden& golden = GetParam();
    const Texts texts = textsOf(golden.lines, golden.category, golden.language);
    EXPECT_EQ(texts.subject, golden.subject);
    EXPECT_EQ(texts.summary, golden.summary);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, WordingGolden,
    testing::Values(
        Golden{"FirstPersonBecomesTheCaller",
               {"A: Assistance, bonjour.", "C: Bonjour, Claire Fontaine du Cabinet Moreau.",
                "C: Je n'arrive plus à ouvrir mon Outlook, il me redemande mon mot de passe."},
               Category::Email,
               "fr",
               "Outlook redemande le mot de passe – Cabinet Moreau",
               "Claire Fontaine (Cabinet Moreau) n'arrive plus à ouvrir son Outlook, il lui redemande son "
               "mot de "
               "passe. Reste ouvert."},
        Golden{"RecogniserNoiseIsCleaned",
               {"A: support bonjour", "C: euh oui bonjour paul girard de la societe garage dumas",
                "C: euh voila le le telephone de l accueil il marche plus depuis ce matin"},
               Category::Telephony,
               "fr",
               "Téléphone : en panne – Garage Dumas",
               "Paul Girard (Garage Dumas) signale que le téléphone de l'accueil ne marche plus depuis ce "
               "matin. "
               "Reste ouvert."},
        Golden{"WeBecomesThey",
               {"A: Bonjour.", "C: Bonjour Madame, Martine Aubertin.",
                "C: Depuis neuf heures, nous ne recevons plus aucun mail dans nos boîtes."},
               Category::Email,
               "fr",
               "E-mails non reçus",
               "Martine Aubertin signale que depuis neuf heures, ils ne reçoivent plus aucun mail dans leurs "
               "boîtes. "
               "Reste ouvert."},
        Golden{"AWomanIsShe",
               {"A: Bonjour.", "C: Bonjour, Sophie Lambert.",
                "C: Le poste se fige quand je lance le logiciel et je dois tout éteindre."},
               Category::WorkstationPerformance,
               "fr",
               "Poste qui se fige",
               "Sophie Lambert signale que le poste se fige quand elle lance le logiciel et elle doit tout "
               "éteindre. "
               "Reste ouvert."},
        Golden{"WhatCannotBeTurnedIsNamed",
               {"A: Bonjour.", "C: Bonjour, c'est Camille Perrin.",
                "C: Votre antivirus me l'a bloqué et je vous le renvoie."},
               Category::SoftwareApplication,
               "fr",
               "Logiciel : blocage",
               "Camille Perrin signale un problème (logiciel : blocage). Reste ouvert."},
        Golden{"WhyTheyCall",
               {"A: Bonjour.", "C: Bonjour, Bruno Lemaire.",
                "C: Je vous appelle pour commander du toner pour l'imprimante du premier."},
               Category::PrinterScanner,
               "fr",
               "Toner à commander",
               "Bruno Lemaire appelle pour commander du toner pour l'imprimante du premier. Reste ouvert."},
        Golden{"AFindingOfTheTechnician",
               {"A: Bonjour.", "C: Bonjour, Bruno Lemaire.", "C: On n'a plus internet depuis hier soir.",
                "A: Alors la ligne est coupée côté opérateur."},
               Category::InternetWifi,
               "fr",
               "Coupure internet",
               "Bruno Lemaire signale qu'on n'a plus internet depuis hier soir. Constat : la ligne est "
               "coupée côté "
               "opérateur. Reste ouvert."},
        Golden{"SalesCall",
               {"A: Support bonjour.",
                "C: Bonjour, Jordan Pasquier, je voulais vous présenter nos panneaux solaires."},
               Category::OtherNonSupport,
               "fr",
               "Démarchage commercial",
               "Jordan Pasquier appelle pour une offre commerciale. Aucun ticket n'est nécessaire."},
        Golden{"EnglishFirstPerson",
               {"A: Support, hello.", "C: Hi, it's Priya Nair from Larkfield Architects.",
                "C: I can't sign in to my laptop, it says my account is locked."},
               Category::AccountPassword,
               "en",
               "Account locked – Larkfield Architects",
               "Priya Nair (Larkfield Architects) can't sign in to their laptop, it says their account is "
               "locked. "
               "Still open."},
        Golden{"EnglishReport",
               {"A: Support, hello.", "C: Hello, Dean Okafor here.",
                "C: So the VPN keeps dropping every ten minutes."},
               Category::NetworkVpn,
               "en",
               "VPN keeps dropping",
               "Dean Okafor reports that the VPN keeps dropping every ten minutes. Still open."},
        Golden{"EnglishQuestion",
               {"A: Support, hello.", "C: Hello, Frances Whitlow.", "C: Are you open on Boxing Day?"},
               Category::InformationRequest,
               "en",
               "Question about opening hours",
               "Frances Whitlow asks: “Are you open on Boxing Day?”. Still open."}),
    [](const auto& info) { return std::string{info.param.name}; });

struct ReportRow {
    const char* said;
    const char* told;  // "-": not to be turned
};
class Report : public testing::TestWithParam<ReportRow> {};
TEST_P(Report, IsInTheThirdPerson) {
    const protocol::AnalysisInput input = talk({std::string{"C: "} + GetParam().said});
    const Conversation conversation = readConversation(input);
    const auto clauses = clausesOf(conversation.lines[0], {}, false);
    ASSERT_FALSE(clauses.empty());
    const auto told = reported(clauses[0], "X", Gender::Unknown, false);
    EXPECT_EQ(told ? told->text : "-", GetParam().told);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Report,
    testing::Values(
        ReportRow{"J'ai oublié mon mot de passe.", "X a oublié son mot de passe."},
        ReportRow{"J'arrive pas à me connecter.", "X n'arrive pas à se connecter."},
        ReportRow{"Je ne vois plus mes dossiers.", "X ne voit plus ses dossiers."},
        ReportRow{"J'avais un message rouge.", "X avait un message rouge."},
        ReportRow{"Je prends la suite de Corinne.", "X prend la suite de Corinne."},
        ReportRow{"j ai supprimer le dossier des plans", "X a supprimé le dossier des plans."},
        ReportRow{"Je ne suis pas connecté au réseau.", "X n'est pas connecté au réseau."},
        ReportRow{"Je me suis trompé de fichier.", "X s'est trompé de fichier."},
        ReportRow{"Ce matin nous n'allons plus sur le serveur.",
                  "X signale que ce matin ils ne vont plus sur le serveur."},
        ReportRow{"Mon écran est noir.", "X signale que son écran est noir."},
        ReportRow{"Mon compte Windows est verrouillé.", "X signale que son compte Windows est verrouillé."},
        ReportRow{"On entend bien les clients mais eux nous entendent haché.", "-"},
        ReportRow{"On m'a volé mon sac.", "X signale qu'on lui a volé son sac."},
        ReportRow{"Nos téléphones ne marchent plus.", "X signale que leurs téléphones ne marchent plus."},
        ReportRow{"Plus rien ne s'imprime ici.", "X signale que plus rien ne s'imprime ici."},
        ReportRow{"Il y a un bip dans la salle.", "X signale qu'il y a un bip dans la salle."},
        ReportRow{"le le poste c'est c'est éteint", "X signale que le poste, c'est éteint."},
        ReportRow{"il y a une fenêtre sur les, euh, sur les deux écrans",
                  "X signale qu'il y a une fenêtre sur les deux écrans."},
        ReportRow{"Mon numéro est le 06 39 98 11 11.", "X signale que son numéro est le 06 39 98 11 11."},
        ReportRow{"Le poste est le 01 99 00 00 12.", "X signale que le poste est le 01 99 00 00 12."},
        ReportRow{"La référence du poste est 2 2 1 1.", "X signale que la référence du poste est 2 2 1 1."},
        ReportRow{"Le PC 11 11 ne démarre plus.", "X signale que le PC 11 11 ne démarre plus."},
        ReportRow{"L'agence 33 33 n'a plus internet.", "X signale que l'agence 33 33 n'a plus internet."},
        ReportRow{"Le poste quatre quatre un un ne démarre plus.",
                  "X signale que le poste quatre quatre un un ne démarre plus."},
        ReportRow{"Le copieur affiche erreur k e e deux zéro un.",
                  "X signale que le copieur affiche erreur k e e deux zéro un."},
        ReportRow{"j'ai un un message rouge à l'écran", "X a un message rouge à l'écran."},
        ReportRow{"Rappelez-moi au 01 99 00 00 12, mon écran est noir.", "-"},
        ReportRow{"Nous nous sommes fait pirater la messagerie.",
                  "X signale qu'ils se sont fait pirater la messagerie."},
        ReportRow{"Je n'ai toujours pas reçu mon clavier.", "X n'a toujours pas reçu son clavier."},
        ReportRow{"J'en ai ras le bol, Outlook plante tout le temps, c'est inadmissible !",
                  "X signale qu'Outlook plante tout le temps."},
        ReportRow{"Vous me l'aviez déjà réparé.", "-"}, ReportRow{"Ils nous ont prévenus hier.", "-"}),
    [](const auto& info) { return "Row" + std::to_string(info.index); });

FoundAction todo(const std::string& kind, const std::string& text, const std::string& due,
                 const std::string& spoken = {}) {
    FoundAction found;
    found.action = {kind, text, "agent", due, "todo"};
    found.confidence = protocol::Confidence::Likely;
    if (!spoken.empty()) found.action.dueSpoken = spoken;
    return found;
}

TEST(Wording, DatesStillSayTheSameNextWeek) {
    const std::vector<std::string> lines = {"C: Bonjour, Bruno Lemaire.",
                                            "C: Mon écran est cassé depuis hier."};
    const auto summary = [&](std::vector<FoundAction> actions, const std::string& language = "fr") {
        return textsOf(lines, Category::Hardware, language, false, std::move(actions)).summary;
    };
    EXPECT_THAT(summary({todo("callback", "Rappeler", "2026-12-01", "demain matin")}),
                HasSubstr("À faire : rappeler le client (mardi 1er décembre au matin)."));
    EXPECT_THAT(summary({todo("callback", "Rappeler", "2026-12-03T14:30", "jeudi à 14 h 30")}),
                HasSubstr("(jeudi 3 décembre à 14 h 30)"));
    EXPECT_THAT(summary({todo("order_hardware", "Commander la dalle", "après accord")}),
                HasSubstr("commander la dalle (après accord)"));
    EXPECT_THAT(summary({todo("order_hardware", "Commander la dalle", "2026-12-01", "demain"),
                         todo("callback", "Rappeler", "2026-12-01", "demain")}),
                HasSubstr("À faire : commander la dalle et rappeler le client (mardi 1er décembre)."));
    FoundAction byColleague = todo("escalate", "Transmettre au niveau 2", "2026-12-01", "demain");
    byColleague.action.owner = "Sandrine";
    EXPECT_THAT(summary({byColleague}), HasSubstr("transmettre au niveau 2 (Sandrine, mardi 1er décembre)"));
    EXPECT_THAT(summary({todo("callback", "Call back", "2026-12-01", "tomorrow afternoon")}, "en"),
                HasSubstr("To do: call the customer back (Tuesday 1 December, in the afternoon)."));
}

TEST(Wording, ActionsThatNameSomethingAreListed) {
    const std::vector<std::string> lines = {"C: Bonjour, Bruno Lemaire.",
                                            "C: Mon écran est cassé depuis hier."};
    FoundAction opened = todo("open_vendor_case", "Ouvrir un dossier chez l'opérateur (Orange)", "demain");
    FoundAction done = todo("reset_password", "Compte débloqué et mot de passe réinitialisé", "");
    FoundAction passedOn = todo("escalate", "Transmis à l'équipe réseau", "");
    for (FoundAction* action : {&done, &passedOn}) {
        action->action.status = "done";
        action->action.due.reset();
    }
    const std::string summary =
        textsOf(lines, Category::Hardware, "fr", false, {done, passedOn, opened}).summary;
    EXPECT_THAT(summary, HasSubstr("Fait : compte débloqué et mot de passe réinitialisé, et transmis à "
                                   "l'équipe réseau. À faire : ouvrir un dossier chez l'opérateur (Orange, "
                                   "demain)."));
}

TEST(Wording, EnglishNumbersAreNoStutter) {
    const Texts texts =
        textsOf({"C: The printer shows error 6 6 0 0 and stops."}, Category::PrinterScanner, "en");
    EXPECT_THAT(texts.summary, HasSubstr("error 6 6 0 0 and stops"));
}

TEST(Wording, WhatIsUnsureIsNoFact) {
    const protocol::AnalysisInput input = talk({"C: Bonjour, Bruno Lemaire.", "C: Mon écran est noir."});
    const Conversation conversation = readConversation(input);
    CategoryFinding finding;
    finding.main.value = Category::Hardware;
    const Names names = findNames(conversation);
    std::vector<FoundAction> actions{todo("remote_session", "Prendre la main à distance", "demain"),
                                     todo("order_hardware", "Commander l'écran", "demain")};
    actions[0].confidence = protocol::Confidence::Unsure;
    const std::vector<Movement> movements;
    Findings findings{conversation, finding, names, movements, actions, protocol::Sentiment::Positive, true};
    EXPECT_EQ(summaryOf(findings).text,
              "Bruno Lemaire signale que son écran est noir. À faire : commander l'écran (demain). Résolu "
              "pendant l'appel ; le client est satisfait.");
    findings.sentimentConfidence = findings.resolvedConfidence = protocol::Confidence::Unsure;
    EXPECT_EQ(summaryOf(findings).text,
              "Bruno Lemaire signale que son écran est noir. À faire : commander l'écran (demain).");
    actions.clear();
    EXPECT_EQ(summaryOf(findings).text, "Bruno Lemaire signale que son écran est noir. Issue à confirmer.");
}

struct OffRow {
    const char* name;
    std::vector<std::string> lines;
    protocol::Confidence confidence;
    const char* subject;
    const char* summary;
};
class OffSupport : public testing::TestWithParam<OffRow> {};
TEST_P(OffSupport, IsSaidOnlyWhereItIsPlain) {
    const protocol::AnalysisInput input = talk(GetParam().lines);
    const Conversation conversation = readConversation(input);
    CategoryFinding finding;
    finding.main.value = Category::OtherNonSupport;
    finding.main.confidence = GetParam().confidence;
    finding.runnerUp = Category::WorkstationPerformance;
    const Names names = findNames(conversation);
    const std::vector<FoundAction> actions;
    const std::vector<Movement> movements;
    const Findings findings{conversation, finding, names, movements, actions, protocol::Sentiment::Neutral};
    EXPECT_EQ(subjectOf(findings).text, GetParam().subject);
    EXPECT_EQ(summaryOf(findings).text, GetParam().summary);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, OffSupport,
    testing::Values(
        OffRow{"AnUnsureOneIsToldLikeAnyCall",
               {"C: Bonjour, le badge d'entrée ne marche plus.", "A: C'est noté.", "C: Merci, au revoir."},
               protocol::Confidence::Unsure,
               "Appel à qualifier : en panne",
               "Le client signale que le badge d'entrée ne marche plus. Reste ouvert."},
        OffRow{"ThanksAreNoCourtesyCall",
               {"C: Bonjour, plus aucun poste ne démarre ici.", "A: J'arrive.", "C: Merci."},
               protocol::Confidence::Likely,
               "Appel à qualifier",
               "Le client signale que plus aucun poste ne démarre ici. Reste ouvert."},
        OffRow{
            "APharmacyIsAWrongNumber",
            {"C: Allô, c'est la pharmacie ?", "A: Non, ici le support.", "C: Excusez-moi, merci, au revoir."},
            protocol::Confidence::Likely,
            "Faux numéro",
            "Le client s'est trompé de numéro. Aucun ticket n'est nécessaire."},
        OffRow{"OneWhoAsksWhoThisIsHasAWrongNumber",
               {"C: Bonjour, vous êtes bien le garage du port ?", "A: Non.", "C: Merci, au revoir."},
               protocol::Confidence::Sure,
               "Faux numéro",
               "Le client s'est trompé de numéro. Aucun ticket n'est nécessaire."},
        OffRow{"WhomTheyMeantToCallIsNoCompanyOfOurs",
               {"C: Bonjour, vous êtes bien le garage Renault ?", "A: Non, c'est le support.", "C: Pardon."},
               protocol::Confidence::Sure,
               "Faux numéro",
               "Le client s'est trompé de numéro. Aucun ticket n'est nécessaire."},
        OffRow{"AMistakeIsAWrongNumber",
               {"C: Ah pardon, je me suis trompé, merci.", "A: Je vous en prie."},
               protocol::Confidence::Sure,
               "Faux numéro",
               "Le client s'est trompé de numéro. Aucun ticket n'est nécessaire."},
        OffRow{"ThePlainWordsNeedNoCategory",
               {"C: Allô, le cabinet dentaire ?", "A: Vous faites erreur, ici le support."},
               protocol::Confidence::Unsure,
               "Faux numéro",
               "Le client s'est trompé de numéro. Aucun ticket n'est nécessaire."},
        OffRow{"ARecruiterHasTheRightNumber",
               {"C: Bonjour, vous êtes bien la personne qui s'occupe des recrutements ?"},
               protocol::Confidence::Sure,
               "Démarchage commercial",
               "Le client appelle pour une offre commerciale. Aucun ticket n'est nécessaire."},
        OffRow{"ATenderIsNoOffer",
               {"C: Je dois déposer un appel d'offres et mon poste rame."},
               protocol::Confidence::Likely,
               "Poste très lent",
               "Le client doit déposer un appel d'offres et son poste rame. Reste ouvert."},
        OffRow{"WhoCallsToThankIsCourteous",
               {"C: Je voulais vous remercier pour hier."},
               protocol::Confidence::Sure,
               "Appel de courtoisie",
               "Le client appelle par courtoisie, sans demande technique. Aucun ticket n'est nécessaire."}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Wording, WhatASubjectSaysIsKnownByItsId) {
    const auto idOf = [](const char* said, Category category, const std::string& language) {
        const protocol::AnalysisInput input = talk({said}, language);
        const Conversation conversation = readConversation(input);
        CategoryFinding finding;
        finding.main.value = category;
        finding.main.confidence = protocol::Confidence::Sure;
        const std::vector<FoundAction> actions;
        const Names names = findNames(conversation);
        const std::vector<Movement> movements = movementsIn(conversation, names);
        return subjectOf({conversation, finding, names, movements, actions}).id;
    };
    const auto off = Category::OtherNonSupport;
    EXPECT_EQ(idOf("C: Pardon, je me suis trompé de numéro.", off, "fr"), SubjectId::WrongNumber);
    EXPECT_EQ(idOf("C: Sorry, wrong number.", off, "en"), SubjectId::WrongNumber);
    EXPECT_EQ(idOf("C: I have a special offer on solar panels.", off, "en"), SubjectId::SalesCall);
    EXPECT_EQ(idOf("C: Je voulais vous remercier pour hier.", off, "fr"), SubjectId::CourtesyCall);
    // A company's name begins as a sales call's subject does.
    EXPECT_EQ(idOf("C: Sales can't print.", Category::PrinterScanner, "en"), SubjectId::Other);
}

TEST(Wording, ADepartureIsImmediateOnlyWhereSaid) {
    const auto subjectIn = [](const char* said, const std::string& language) {
        return textsOf({said}, Category::OnboardingOffboarding, language).subject;
    };
    EXPECT_EQ(
        subjectIn("C: bonjour c'est pour le départ de mathilde roussel le quinze janvier il faudra couper "
                  "ses accès",
                  "fr"),
        "Départ de Mathilde Roussel");
    EXPECT_EQ(subjectIn("C: Une collègue part vendredi, il faudra couper ses accès vendredi soir.", "fr"),
              "Départ : compte et matériel");
    EXPECT_EQ(subjectIn("C: Il faut couper ses accès tout de suite.", "fr"),
              "Départ immédiat : accès à couper");
    EXPECT_EQ(subjectIn("C: hi emma clarke leaves on the fifteenth please cut her access then", "en"),
              "Departure of Emma Clarke");
    EXPECT_THAT(
        textsOf({"C: hi tom baker is leaving us on the fifteenth of january can you close his account"},
                Category::OnboardingOffboarding, "en")
            .summary,
        HasSubstr("Tom Baker is leaving"));
    EXPECT_EQ(textsOf({"C: On l'a mis dehors.", "A: Je coupe ses accès ?", "C: Tout de suite."},
                      Category::OnboardingOffboarding)
                  .subject,
              "Départ immédiat : accès à couper");
    EXPECT_EQ(subjectIn("C: Please cut his access right now.", "en"), "Immediate departure: access to cut");
    EXPECT_EQ(subjectIn("C: He was fired, we need his account closed.", "en"),
              "Immediate departure: access to cut");
}

TEST(Wording, RepeatedDigitsStay) {
    const auto summaryIn = [](const char* said, const std::string& language) {
        return textsOf({said, "A: ok"}, Category::Telephony, language).summary;
    };
    EXPECT_THAT(summaryIn("C: my phone is broken call nine oh oh one two three", "en"),
                HasSubstr("nine oh oh one two three"));
    EXPECT_THAT(summaryIn("C: my phone is broken it's double four double four", "en"),
                HasSubstr("double four double four"));
    EXPECT_THAT(summaryIn("C: mon téléphone est en panne c'est le poste zéro zéro sept", "fr"),
                HasSubstr("zéro zéro sept"));
}

TEST(Wording, AMutuelleIsNoSalesCall) {
    const auto off = Category::OtherNonSupport;
    EXPECT_THAT(textsOf({"C: Bonjour, mon numéro est refusé par le portail de la mutuelle."}, off).summary,
                Not(HasSubstr("offre commerciale")));
    EXPECT_THAT(textsOf({"C: Je vous propose une mutuelle pour vos salariés."}, off).summary,
                HasSubstr("offre commerciale"));
    EXPECT_THAT(textsOf({"C: I'd like to offer your business a health plan."}, off, "en").subject,
                HasSubstr("Sales call"));
}

TEST(Wording, ASalesCallInEnglish) {
    const Texts texts =
        textsOf({"C: Hello, I have a special offer on solar panels."}, Category::OtherNonSupport, "en");
    EXPECT_EQ(texts.subject, "Sales call");
    EXPECT_EQ(texts.summary, "The customer called to sell something. No ticket is needed.");
}

struct SubjectRow {
    const char* name;
    std::vector<std::string> lines;
    Category category;
    const char* subject;
    const char* language = "fr";
};
class Subject : public testing::TestWithParam<SubjectRow> {};
TEST_P(Subject, ClaimsOnlyWhatWasSaid) {
    const SubjectRow& row = GetParam();
    EXPECT_EQ(textsOf(row.lines, row.category, row.language).subject, row.subject);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Subject,
    testing::Values(
        SubjectRow{"NotClicked",
                   {"C: J'ai reçu un mail bizarre qui demande mon mot de passe, je n'ai pas cliqué."},
                   Category::SecurityIncident,
                   "E-mail suspect signalé"},
        SubjectRow{"NothingEntered",
                   {"C: Un mail m'a envoyé sur une fausse page, je n'ai rien saisi."},
                   Category::SecurityIncident,
                   "E-mail suspect signalé"},
        SubjectRow{"Entered",
                   {"C: J'ai cliqué et j'ai saisi mon mot de passe sur une fausse page."},
                   Category::SecurityIncident,
                   "Hameçonnage : mot de passe saisi sur une fausse page"},
        SubjectRow{"DeniedOfAnotherAndDone",
                   {"C: Je sais pas trop, j'ai cliqué dessus."},
                   Category::SecurityIncident,
                   "Lien suspect cliqué"},
        SubjectRow{"NotClickedInEnglish",
                   {"C: A suspicious email came in.", "C: No, I didn't click on anything."},
                   Category::SecurityIncident,
                   "Suspicious e-mail reported",
                   "en"},
        SubjectRow{"SwitchedOffIsNoNetworkSwitch",
                   {"C: Hello, Simon Fairley.", "A: I'll switch off her access."},
                   Category::NetworkVpn,
                   "Network: problem reported",
                   "en"},
        SubjectRow{"ACodeOfTheWifiIsNoReset",
                   {"C: Bonjour, Gwenaël Pichon, le portable ne veut pas se mettre sur le wifi du site.",
                    "A: Il vous demande un mot de passe ?", "C: Oui."},
                   Category::AccountPassword,
                   "Accès au Wi-Fi"},
        SubjectRow{"ANetworkSwitchIs",
                   {"C: There's a cabinet with a switch, it is dead."},
                   Category::NetworkVpn,
                   "Network switch down",
                   "en"},
        SubjectRow{"CrashesAreNoDisconnections",
                   {"C: Outlook plante toutes les cinq minutes."},
                   Category::Email,
                   "Outlook : plantages"},
        SubjectRow{"DroppingEveryTenMinutesIs",
                   {"C: Le VPN lâche toutes les dix minutes."},
                   Category::NetworkVpn,
                   "VPN : se déconnecte"},
        SubjectRow{"ATonerThatLeaksIsNotToBeOrdered",
                   {"C: Le toner fuit dans l'imprimante du premier."},
                   Category::PrinterScanner,
                   "Toner : problème signalé"},
        SubjectRow{"WhatIsPraisedIsNotMeant",
                   {"C: Le devis sort tout blanc.", "A: Et sur Word ?", "C: Word marche très bien."},
                   Category::SoftwareApplication,
                   "Logiciel : mauvaise qualité d'impression"},
        SubjectRow{"WhatIsRuledOutIsNotMeant",
                   {"C: C'est pas le clavier, c'est la souris qui marche plus."},
                   Category::Hardware,
                   "Souris : en panne"},
        SubjectRow{"WhatIsRuledOutInEnglish",
                   {"C: It's not the keyboard, the mouse stopped working."},
                   Category::Hardware,
                   "Mouse: not working",
                   "en"},
        SubjectRow{"NotToPrintIsStillThePrinter",
                   {"C: Je n'arrive pas à imprimer sur le copieur, il est inaccessible."},
                   Category::PrinterScanner,
                   "Copieur : inaccessible"},
        SubjectRow{"WhatTheTechnicianAsksIsNoIncident",
                   {"C: Someone stole my laptop last night.", "A: Was it encrypted?", "C: I think so."},
                   Category::SecurityIncident,
                   "Security incident",
                   "en"},
        SubjectRow{"TheVerbOfTheComplaint",
                   {"C: Le serveur de fichiers redémarre en boucle."},
                   Category::ServerInfrastructure,
                   "Serveur de fichiers : redémarrages intempestifs"},
        SubjectRow{"TheVerbOfTheComplaintInEnglish",
                   {"C: My screen keeps turning off, it turns itself off."},
                   Category::Hardware,
                   "Screen: switches off",
                   "en"},
        SubjectRow{"TheWiFiThatHardlyReaches",
                   {"C: Le Wi-Fi passe mal dans la salle du fond."},
                   Category::InternetWifi,
                   "Wi-Fi : mauvaise réception"},
        SubjectRow{"ARequestIsNamed",
                   {"C: Je voudrais faire ajouter un disque au serveur de fichiers."},
                   Category::ServerInfrastructure,
                   "Serveur de fichiers : ajout demandé"},
        SubjectRow{"AFewPlainWordsOfTheCustomer",
                   {"C: Bonjour.", "C: Le tiroir ne marche jamais du premier coup, erreur."},
                   Category::SoftwareApplication,
                   "Logiciel : message d'erreur"},
        SubjectRow{"NothingBetterIsSaid",
                   {"C: Bonjour, il y a un souci."},
                   Category::BackupRestore,
                   "Sauvegarde : problème signalé"},
        SubjectRow{"AnEmptyTonerIs",
                   {"C: Il n'y a presque plus de toner dans la Kyocera."},
                   Category::PrinterScanner,
                   "Toner à commander (Kyocera)"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Wording, TonerThatIsOrderedIsToBeOrdered) {
    const Texts texts = textsOf({"C: Le copieur dit noir faible, c'est l'encre."}, Category::PrinterScanner,
                                "fr", false, {todo("order_hardware", "Commander le toner", "demain")});
    EXPECT_EQ(texts.subject, "Toner à commander");
}

struct ProblemRow {
    const char* name;
    std::vector<std::string> lines;
    Category category;
    const char* summary;  // its first sentence
};
class Problem : public testing::TestWithParam<ProblemRow> {};
TEST_P(Problem, IsWhatTheyCallFor) {
    EXPECT_THAT(textsOf(GetParam().lines, GetParam().category).summary,
                ::testing::StartsWith(GetParam().summary));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Problem,
    testing::Values(
        ProblemRow{"NotTheNumberThatWasAskedFor",
                   {"C: Bonjour, Antoine Girard.", "A: Votre numéro ?",
                    "C: C'est le zéro six trente-neuf quatre-vingt-dix-huit zéro un vingt-trois.",
                    "A: Et votre adresse ?", "C: a point girard arobase moreau point fr.", "A: Je note.",
                    "A: Que se passe-t-il ?", "C: Excel plante quand je l'ouvre.", "A: Je regarde.",
                    "C: Merci.", "A: Je vous rappelle."},
                   Category::SoftwareApplication,
                   "Antoine Girard signale qu'Excel plante"},
        ProblemRow{"AContrastIsToldWhole",
                   {"C: Bonjour, Hassan Benali. On entend bien les clients mais eux nous entendent haché.",
                    "A: Je regarde.", "C: Merci."},
                   Category::Telephony,
                   "Hassan Benali signale : « On entend bien les clients mais eux nous entendent haché »."},
        ProblemRow{"ANewcomerIsNotSkipped",
                   {"C: Bonjour, on a une nouvelle collaboratrice, Nadia Cherif, qui arrive lundi."},
                   Category::OnboardingOffboarding,
                   "Le client signale qu'on a une nouvelle collaboratrice, Nadia Cherif, qui arrive lundi."},
        ProblemRow{"WhereTheyWorkIsSkippedWithoutCommas",
                   {"C: bonjour c est nathalie de la mairie on a plus internet ce matin"},
                   Category::InternetWifi,
                   "Nathalie signale qu'on n'a plus internet ce matin."},
        ProblemRow{
            "ASurnameThatIsAWord",
            {"C: Bonjour, Valérie Petit, boulangerie Petit à Dinan.", "C: La caisse est bloquée ce matin."},
            Category::SoftwareApplication,
            "Valérie Petit (Boulangerie Petit) signale que la caisse est bloquée ce matin."},
        ProblemRow{"NotHowAngryTheyAre",
                   {"C: Là j'en ai vraiment ras le bol, Outlook plante sans arrêt, je suis furieux !"},
                   Category::Email,
                   "Le client signale qu'Outlook plante sans arrêt."},
        ProblemRow{"TheDirectorIsNotTheCaller",
                   {"C: Bonjour, c'est l'accueil.",
                    "C: Monsieur Lebrun, Jacques Lebrun, notre directeur, ne peut plus ouvrir ses mails."},
                   Category::Email,
                   "Le client signale que monsieur Lebrun, Jacques Lebrun, leur directeur, ne peut plus"},
        ProblemRow{"ACallOfTheHelpDesk",
                   {"A: Bonjour, je vous rappelle au sujet de la restauration.",
                    "A: La reconstruction du disque prend encore six heures.", "C: D'accord."},
                   Category::BackupRestore,
                   "Le support rappelle le client"},
        ProblemRow{"APromiseToComeBackIsNoCallOfTheHelpDesk",
                   {"A: Support bonjour.", "C: Bonjour, mon VPN coupe tout le temps.",
                    "A: J'étudie les journaux et je reviens vers vous par mail.", "C: Merci."},
                   Category::NetworkVpn,
                   "Le client signale que son VPN coupe tout le temps."},
        ProblemRow{"NotTheNumberAlone",
                   {"A: Votre SIREN ?", "C: C'est le 732 829 320.", "A: Merci."},
                   Category::InformationRequest,
                   "Le client appelle au sujet de : demande d'information."},
        ProblemRow{"WhatHangsOnItComesBeforeALight",
                   {"C: Bonjour, on n'a plus internet du tout dans toute l'agence.", "A: Et la box ?",
                    "C: Il y a un voyant rouge qui clignote."},
                   Category::InternetWifi,
                   "Le client signale qu'on n'a plus internet du tout dans toute l'agence."},
        ProblemRow{"NotWhatTheyTakeBack",
                   {"C: le lapin non pardon l'appli de paie affiche une erreur depuis ce matin"},
                   Category::SoftwareApplication,
                   "Le client signale que l'appli de paie affiche une erreur depuis ce matin."},
        ProblemRow{"NotWhatTheyDoNotCallFor",
                   {"C: je ne vous rappelle pas pour le copieur ça c'est réglé je vous appelle parce que ma "
                    "souris est morte"},
                   Category::Hardware,
                   "Le client signale que sa souris est morte."},
        ProblemRow{"NotTheAddressBeforeIt",
                   {"C: mon adresse c'est p point martin arobase ormes point fr et je reçois plus rien"},
                   Category::Email,
                   "Le client ne reçoit plus rien."},
        ProblemRow{"WhatTheyAskFor",
                   {"C: Pouvez-vous réinitialiser le code de mon téléphone ?"},
                   Category::AccountPassword,
                   "Le client demande de réinitialiser le code de son téléphone."},
        ProblemRow{"NamesHaveTheirCapitals",
                   {"C: ma collègue maud le floch arrive pas à se connecter"},
                   Category::AccountPassword,
                   "Le client signale que sa collègue Maud Le Floch n'arrive pas à se connecter."},
        ProblemRow{"AFirstNameAlone",
                   {"C: Bonjour, c'est Martine des ressources humaines.", "C: Le copieur ne marche plus."},
                   Category::PrinterScanner,
                   "Martine signale que le copieur ne marche plus."}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Wording, TheProblemInEnglish) {
    const auto first = [](const std::vector<std::string>& lines, Category category) {
        return textsOf(lines, category, "en").summary;
    };
    using ::testing::StartsWith;
    EXPECT_THAT(
        first({"C: could someone reset the mfa for our new starter joanna"}, Category::AccountPassword),
        StartsWith("The customer asks to reset the mfa for their new starter Joanna."));
    EXPECT_THAT(
        first({"C: great and the whole office lost the internet this morning"}, Category::InternetWifi),
        StartsWith("The customer reports that the whole office lost the internet this morning."));
    EXPECT_THAT(
        first({"C: my email is j dot smith at north dash lake dot co dot uk and i can't open the inbox"},
              Category::Email),
        StartsWith("The customer can't open the inbox."));
    EXPECT_THAT(first({"C: Two things really, the scanners won't connect since this morning.",
                       "C: The lights are blinking."},
                      Category::NetworkVpn),
                StartsWith("The customer reports that the scanners won't connect since this morning."));
}

TEST(Wording, TheCompanysOwnCategoryIsTheThing) {
    SiteRules rules;
    rules.categories.push_back(
        {"loom", "Métier à tisser", "Loom", Category::SoftwareApplication, {"tissage"}});
    EXPECT_EQ(analyse(talk({"C: Bonjour, le tissage ne marche plus."}), rules).subject,
              "Métier à tisser : en panne");
    rules.categories[0].phrases = {"weaving"};
    EXPECT_EQ(analyse(talk({"C: Hello, the weaving is not working."}, "en"), rules).subject,
              "Loom: not working");
}

TEST(Wording, PersonalDataNeverStandsInIt) {
    for (const char* secret :
         {"C: mon mot de passe c'est Tournesol42", "C: ma carte c'est le 4970 1012 3456 7890",
          "C: je suis née le 12 mars 1974, mon mot de passe est Tournesol42"}) {
        const auto analysis =
            analyse(talk({"C: Bonjour, Sophie Lambert, j'ai oublié mon mot de passe", secret}));
        for (const char* value : {"Tournesol42", "4970", "7890", "12 mars"})
            EXPECT_THAT(analysis.subject + analysis.summary, Not(HasSubstr(value))) << secret;
    }
}

std::size_t charactersOf(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

/// What holds for the texts of any call.
void expectGoodTexts(const protocol::Analysis& analysis, bool isEnglish, const std::string& name) {
    EXPECT_FALSE(analysis.subject.empty()) << name;
    EXPECT_LE(charactersOf(analysis.subject), 80U) << name << ": " << analysis.subject;
    EXPECT_TRUE(isUtf8(analysis.subject + analysis.summary)) << name;
    EXPECT_THAT(analysis.summary, ::testing::EndsWith(".")) << name;
    static const std::regex kNoise{
        "\\b(euh|heu|hum|bonjour|bonsoir|hello|hiya|good morning)\\b|\\.\\.|  | ,|,,|\\( |\\(\\)",
        std::regex::icase};
    EXPECT_FALSE(std::regex_search(analysis.subject, kNoise)) << name << ": " << analysis.subject;
    EXPECT_FALSE(std::regex_search(analysis.summary, kNoise)) << name << ": " << analysis.summary;
    // Outside quotations nobody speaks for himself.
    std::string told = std::regex_replace(analysis.summary, std::regex{"«[^»]*»|“[^”]*”|\"[^\"]*\""}, "");
    static const std::regex kFirstFr{"(^|[ '])(je|j'|mon|ma|mes|moi|vous|votre|vos)[ ']"};
    static const std::regex kFirstEn{"\\b(I|my|me|you|your)\\b"};
    EXPECT_FALSE(std::regex_search(told, isEnglish ? kFirstEn : kFirstFr))
        << name << ": " << analysis.summary;
    static const std::regex kEnglish{
        "Resolved in the call|Outcome to be confirmed|Still open|To do: |No ticket is needed"};
    static const std::regex kFrench{
        "Résolu pendant l'appel|Issue à confirmer|Reste ouvert|À faire : |Aucun ticket"};
    EXPECT_TRUE(std::regex_search(analysis.summary, isEnglish ? kEnglish : kFrench))
        << name << ": " << analysis.summary;
    EXPECT_FALSE(std::regex_search(analysis.summary, isEnglish ? kFrench : kEnglish)) << name;
    EXPECT_LE(charactersOf(analysis.summary), 900U) << name;
}

TEST(Wording, TheTextsOfTheFirstThirtyCallsAreWellFormed) {
    for (int n = 1; n <= 30; ++n) {
        char path[64];
        std::snprintf(path, sizeof path, "tests/eval/analysis/dev/ana-d%03d.json", n);
        auto input = json::decode<protocol::AnalysisInput>(readJsonFile(path));
        ASSERT_TRUE(input) << path;
        input->startedAt = "2026-11-30T10:05:00+01:00";
        expectGoodTexts(analyse(*input), input->language == "en", path);
    }
}

TEST(Wording, TheTextsOfTrainingCallsAreWellFormed) {
    for (const char* file : {"training/analysis/fra.txt", "training/analysis/ena.txt"}) {
        std::ifstream lines{file};
        ASSERT_TRUE(lines) << file;
        protocol::AnalysisInput input;
        const auto finish = [&] {
            if (!input.turns.empty()) expectGoodTexts(analyse(input), input.language == "en", input.id);
            input = {};
        };
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("@ ")) {
                finish();
                input.id = line.substr(2, 6);
                input.language = line.substr(9, 2);
            } else if (line.starts_with('A') || line.starts_with('C')) {
                const std::size_t text = line.find(": ");
                input.turns.push_back(
                    {line[0] == 'A' ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0,
                     line.substr(text + 2)});
            }
        }
        finish();
    }
}

TEST(Wording, AnyWordsAreTold) {
    static constexpr const char* kWords[] = {
        "je",   "j'ai", "me",       "m'a",  "nous",    "avons",     "recevons", "mon", "ma", "vous",
        "que",  "qu'",  "et",       "mais", "la",      "y",         "a",        "«",   "»",  "\"",
        "chez", "moi",  "n'arrive", "plus", "outlook", "c'est",     "il",       "on",  "sa", "euh",
        ",",    ".",    "?",        "...",  "bonjour", "Claire",    "I",        "I'm", "my", "we",
        "our",  "you",  "they",     "was",  "its",     "pass word", "...Oui",   "98 %"};
    std::mt19937 random{3};
    for (int round = 0; round < 4000; ++round) {
        std::string sentence = "C: ";
        for (unsigned i = 0; i < 3 + random() % 30; ++i)
            sentence += std::string{kWords[random() % std::size(kWords)]} + " ";
        const bool isEnglish = round % 2 == 0;
        const protocol::AnalysisInput input = talk({sentence});
        const Conversation conversation = readConversation(input);
        for (const Clause& clause : clausesOf(conversation.lines[0], {}, isEnglish)) {
            const auto told =
                reported(clause, "X", round % 3 == 0 ? Gender::Unknown : Gender::Woman, isEnglish);
            if (told) {
                ASSERT_TRUE(isUtf8(told->text)) << sentence;
            }
            ASSERT_TRUE(isUtf8(quoted(clause, "X", isEnglish))) << sentence;
        }
    }
}

TEST(Wording, CapitalsFollowAccents) {
    EXPECT_EQ(uncapitalised("Écran cassé"), "écran cassé");
    EXPECT_EQ(uncapitalised("VPN coupé"), "VPN coupé");
    EXPECT_EQ(capitalised("écran"), "Écran");
}

TEST(WhyTheyCall, IsToldWhateverTheCallOpensWith) {
    for (const char* opening :
         {"encore moi, ", "c'est encore moi parce que ", "désolé de vous déranger, ",
          "toujours le même problème, ", "c'est pour vous dire que ", "figurez-vous que ",
          "je me permets de vous appeler parce que ", "on m'a dit de vous appeler, ", "ça recommence, ",
          "j'ai l'impression que ", "je ne sais pas ce qui se passe, ", "pouvez-vous m'aider, ",
          "voilà mon souci, "}) {
        const auto analysis = analyse(
            talk({"A: Support, bonjour.",
                  std::string{"C: Bonjour, "} + opening + "mon imprimante ne marche plus depuis ce matin.",
                  "A: D'accord, je regarde.", "C: Merci, au revoir."}));
        EXPECT_TRUE(analysis.summary.starts_with(
            "Le client signale que son imprimante ne marche plus depuis ce matin."))
            << opening << ": " << analysis.summary;
    }
}

TEST(WhyTheyCall, IsToldSinceWhen) {
    const auto summaryOf = [](const char* said) {
        return analyse(talk({"A: Support, bonjour.", std::string{"C: Bonjour, "} + said,
                             "A: D'accord, je regarde.", "C: Merci, au revoir."}))
            .summary;
    };
    EXPECT_TRUE(summaryOf("ça fait trois jours que mon imprimante ne marche plus.")
                    .starts_with("Le client signale que ça fait trois jours que son imprimante ne marche "
                                 "plus."));
    // What it is was not said.
    EXPECT_EQ(summaryOf("ça fait trois jours que c'est bloqué.").find("que c'est"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::analysis
