#include "server/analysis/entities/company_check.hpp"

#include "server/analysis/entities/names.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// By bars.
std::string joined(const std::vector<std::string>& values) {
    std::string all;
    for (const std::string& value : values) all += (all.empty() ? "" : "|") + value;
    return all;
}

struct Row {
    const char* name;
    const char* language;
    const char* told;
    const char* companies;
    const char* sites;
    const char* subject;
    const char* summary;  // its first sentence
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.told;
}

class Workplaces : public testing::TestWithParam<Row> {};
TEST_P(Workplaces, AreCompaniesOnlyWhereTheyAreCalledSo) {
    const Row& row = GetParam();
    const bool isEnglish = std::string_view{row.language} == "en";
    protocol::Analysis analysis = analyse(
        talk({"A: Support.", "C: " + std::string{row.told},
              isEnglish ? "A: I'll have a look." : "A: Je regarde.", isEnglish ? "C: Thanks." : "C: Merci."},
             row.language));
    EXPECT_EQ(joined(analysis.entities["company"]), row.companies);
    EXPECT_EQ(joined(analysis.entities["site"]), row.sites);
    EXPECT_EQ(analysis.subject, row.subject);
    EXPECT_THAT(analysis.summary, StartsWith(row.summary));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Workplaces,
    testing::Values(
        Row{"SoftwareThatCrashes", "fr", "Bonjour, Lise Arnoux, Excel plante depuis hier.", "", "",
            "Excel : plantages", "Lise Arnoux signale qu'Excel plante depuis hier."},
        Row{"SoftwareThatDoesNotWork", "fr", "Bonjour, Lise Arnoux, Teams ne marche plus.", "", "",
            "Teams : en panne", "Lise Arnoux signale que Teams ne marche plus."},
        Row{"SoftwareThatRefuses", "fr", "Bonjour, Lise Arnoux, Sage refuse de s'ouvrir.", "", "",
            "Sage : blocage", "Lise Arnoux signale que Sage refuse de s'ouvrir."},
        Row{"SoftwareInTwoWords", "fr", "Bonjour, Lise Arnoux, Chrome rame.", "", "", "Chrome : lenteurs",
            "Lise Arnoux signale : « Chrome rame »."},
        Row{"SoftwareWithAMessage", "fr", "Bonjour, Lise Arnoux, SAP me dit accès refusé.", "", "",
            "SAP : accès impossible", "Lise Arnoux signale que SAP lui dit accès refusé."},
        Row{"SoftwareOfNoList", "fr", "Bonjour, Lise Arnoux, Horizon ne marche plus depuis ce matin.", "", "",
            "Appel à qualifier : en panne", "Lise Arnoux signale : horizon ne marche plus depuis ce matin."},
        Row{"SoftwareAndItsModule", "fr", "Bonjour, Lise Arnoux, Sage Paie ne s'ouvre plus.", "", "",
            "Sage : ne démarre plus", "Lise Arnoux signale que Sage Paie ne s'ouvre plus."},
        Row{"SoftwarePrintedFrom", "fr", "Bonjour, Lise Arnoux, je ne peux plus imprimer depuis Chrome.", "",
            "", "Imprimante : utilisation impossible", "Lise Arnoux ne peut plus imprimer depuis Chrome."},
        Row{"AMake", "fr", "Bonjour, Lise Arnoux, Kyocera, l'imprimante est en panne.", "", "",
            "Imprimante Kyocera : en panne", "Lise Arnoux signale que Kyocera, l'imprimante est en panne."},
        Row{"DepartmentRh", "fr", "Bonjour, Lise Arnoux, RH, mon écran est noir.", "", "", "Écran noir",
            "Lise Arnoux signale que son écran est noir."},
        Row{"DepartmentDrh", "fr", "Bonjour, Lise Arnoux, DRH, mon écran est noir.", "", "", "Écran noir",
            "Lise Arnoux signale que son écran est noir."},
        Row{"DepartmentSav", "fr", "Bonjour, Lise Arnoux, SAV, mon écran est noir.", "", "", "Écran noir",
            "Lise Arnoux signale que son écran est noir."},
        Row{"DepartmentCompta", "fr", "Bonjour, Lise Arnoux, compta, mon écran est noir.", "", "",
            "Écran noir", "Lise Arnoux signale que son écran est noir."},
        Row{"DepartmentAccueil", "fr", "Bonjour, Lise Arnoux, accueil, mon écran est noir.", "", "",
            "Écran noir", "Lise Arnoux signale que son écran est noir."},
        Row{"DepartmentOfTwoWords", "fr", "Bonjour, Lise Arnoux, direction générale, mon écran est noir.", "",
            "", "Écran noir", "Lise Arnoux signale que son écran est noir."},
        Row{"DepartmentWithItsService", "fr", "Bonjour, Lise Arnoux du service achats, mon écran est noir.",
            "", "", "Écran noir", "Lise Arnoux signale que son écran est noir."},
        Row{"DepartmentThenChez", "fr",
            "Bonjour, Lise Arnoux, RH chez Transports Roussel, mon écran est noir.", "Transports Roussel", "",
            "Écran noir – Transports Roussel",
            "Lise Arnoux (Transports Roussel) signale que son écran est noir."},
        Row{"DepartmentThenDe", "fr",
            "Bonjour, Lise Arnoux, de la DSI de Transports Roussel, mon écran est noir.",
            "Transports Roussel", "", "Écran noir – Transports Roussel",
            "Lise Arnoux (Transports Roussel) signale que son écran est noir."},
        Row{"DepartmentThenSociete", "fr", "Bonjour, Lise Arnoux, SAV, société Bertin, mon écran est noir.",
            "Bertin", "", "Écran noir – Bertin", "Lise Arnoux (Bertin) signale que son écran est noir."},
        Row{"DepartmentOfNoListThenChez", "fr",
            "Bonjour, Lise Arnoux, Trésorerie, chez Bertin, mon écran est noir.", "Bertin", "",
            "Écran noir – Bertin", "Lise Arnoux (Bertin) signale que son écran est noir."},
        Row{"ATownAlone", "fr", "Bonjour, Lise Arnoux, de Brive, mon écran est noir.", "", "Brive",
            "Écran noir", "Lise Arnoux signale que son écran est noir."},
        Row{"ATownOfTwoWords", "fr", "Bonjour, Lise Arnoux, de Clermont-Ferrand, mon écran est noir.", "",
            "Clermont-Ferrand", "Écran noir", "Lise Arnoux signale que son écran est noir."},
        Row{"ATownBeforeTheCompany", "fr",
            "Bonjour, Lise Arnoux, Brive, Transports Roussel, mon écran est noir.", "Transports Roussel",
            "Brive", "Écran noir – Transports Roussel",
            "Lise Arnoux (Transports Roussel) signale que son écran est noir."},
        Row{"AShopOfATown", "fr", "Bonjour, Lise Arnoux, magasin de Brive, mon écran est noir.", "",
            "magasin de Brive", "Écran noir", "Lise Arnoux signale que son écran est noir."},
        Row{"SomebodyOnLeave", "fr", "Bonjour, Sonia Weber, Marie Tissot part en congé maternité lundi.", "",
            "", "Absence longue et remplacement",
            "Sonia Weber signale que Marie Tissot part en congé maternité lundi."},
        Row{"SomebodyElse", "fr", "Bonjour, Sonia Weber, Paul Henry, mon écran est noir.", "", "",
            "Écran noir", "Sonia Weber signale que son écran est noir."},
        Row{"AnAgencyOfATown", "fr", "Bonjour, Sonia Weber, agence de Dax, mon écran est noir.", "",
            "agence de Dax", "Écran noir", "Sonia Weber signale que son écran est noir."},
        Row{"AnAgencyOfATownWithItsArticle", "fr",
            "Bonjour, Sonia Weber, de l'agence de Dax, mon écran est noir.", "", "agence de Dax",
            "Écran noir", "Sonia Weber signale que son écran est noir."},
        Row{"StaysAFirstNamesFirm", "fr", "Bonjour, Sonia Weber, Martin Transports, mon écran est noir.",
            "Martin Transports", "", "Écran noir – Martin Transports",
            "Sonia Weber (Martin Transports) signale que son écran est noir."},
        Row{"StaysAnAgencyOfAName", "fr", "Bonjour, Sonia Weber, agence Brun, mon écran est noir.",
            "Agence Brun", "", "Écran noir – Agence Brun",
            "Sonia Weber (Agence Brun) signale que son écran est noir."},
        Row{"EnglishSomebodyWhoLeaves", "en", "Hello, Amy Hart, Jack Dunn is leaving on Friday.", "", "",
            "Call to be classified", "Amy Hart reports that Jack Dunn is leaving on Friday."},
        Row{"EnglishOfficeInAName", "en", "Hello, Amy Hart from Apex Office Supplies, my screen is black.",
            "Apex Office Supplies", "", "Black screen – Apex Office Supplies",
            "Amy Hart (Apex Office Supplies) reports that their screen is black."},
        Row{"LowerCaseUnknownFirstName", "fr", "bonjour armelle costa étude costa mon imprimante marche plus",
            "Étude Costa", "", "Imprimante : en panne – Étude Costa",
            "Armelle Costa (Étude Costa) signale que son imprimante ne marche plus."},
        Row{"LowerCaseOfAService", "fr",
            "bonjour cristelle aubry du service courrier l'affranchisseuse marche plus", "", "",
            "Appel à qualifier : en panne", "Cristelle Aubry signale que l'affranchisseuse ne marche plus."},
        Row{"LowerCaseDepartmentOfACompany", "fr",
            "bonjour lise arnoux rh chez transports roussel mon écran est noir", "Transports Roussel", "",
            "Écran noir – Transports Roussel",
            "Lise Arnoux (Transports Roussel) signale que son écran est noir."},
        Row{"LowerCaseSoftware", "fr", "bonjour lise arnoux sage plante depuis ce matin", "", "",
            "Sage : plantages", "Lise Arnoux signale que Sage plante depuis ce matin."},
        Row{"LowerCaseThing", "fr", "bonjour lise arnoux la badgeuse déconne depuis ce matin", "", "",
            "Appel à qualifier : problème signalé",
            "Lise Arnoux signale : la badgeuse déconne depuis ce matin."},
        Row{"AtTheTelephone", "fr",
            "oui bonjour Thomas Verdier à l'appareil euh je suis en télétravail et le VPN se connecte pas",
            "", "", "VPN : connexion impossible",
            "Thomas Verdier est en télétravail et le VPN ne se connecte pas."},
        Row{"EnglishSoftware", "en", "Hello, Amy Hart, Salesforce won't load.", "", "",
            "Salesforce: problem reported", "Amy Hart reports that Salesforce won't load."},
        Row{"EnglishExportedFrom", "en", "Hello, Amy Hart. I can't export from Salesforce.", "", "",
            "Salesforce: problem reported", "Amy Hart can't export from Salesforce."},
        Row{"EnglishPrintedFrom", "en", "Hello, Amy Hart. I can't print from Chrome.", "", "",
            "Chrome: problem reported", "Amy Hart can't print from Chrome."},
        Row{"EnglishReportFrom", "en", "Hello, Amy Hart. The report from Xero is blank.", "", "",
            "Xero: problem reported", "Amy Hart reports that the report from Xero is blank."},
        Row{"EnglishAccountsPackage", "en", "Hello, Amy Hart, QuickBooks won't open.", "", "",
            "QuickBooks: does not start", "Amy Hart reports that QuickBooks won't open."},
        Row{"EnglishHr", "en", "Hello, Amy Hart from HR, my screen is black.", "", "", "Black screen",
            "Amy Hart reports that their screen is black."},
        Row{"EnglishHrByCommas", "en", "Hello, Amy Hart, HR, my screen is black.", "", "", "Black screen",
            "Amy Hart reports that their screen is black."},
        Row{"EnglishProcurement", "en", "Hello, Amy Hart from IT procurement, my screen is black.", "", "",
            "Black screen", "Amy Hart reports that their screen is black."},
        Row{"EnglishHrAtACompany", "en", "Hello, Amy Hart, HR at Brightside Foods, my screen is black.",
            "Brightside Foods", "", "Black screen – Brightside Foods",
            "Amy Hart (Brightside Foods) reports that their screen is black."},
        Row{"EnglishTownsOffice", "en", "Hello, Amy Hart from the London office, my screen is black.", "",
            "London", "Black screen", "Amy Hart reports that their screen is black."},
        Row{"EnglishOfficeOfNoList", "en", "Hello, Amy Hart from the Thornbury office, my screen is black.",
            "", "Thornbury", "Black screen", "Amy Hart reports that their screen is black."},
        Row{"EnglishTown", "en", "Hello, Amy Hart from Leeds, my screen is black.", "", "Leeds",
            "Black screen", "Amy Hart reports that their screen is black."},
        Row{"EnglishLowerCaseMake", "en", "its tina marsh the hp laserjet is jammed again", "", "",
            "HP LaserJet: problem reported", "Tina Marsh reports that the HP LaserJet is jammed again."},
        Row{"EnglishLowerCaseThing", "en", "its tina marsh the franking machine is jammed again", "", "",
            "Workstation: problem reported", "Tina Marsh reports that the franking machine is jammed again."},
        Row{"StaysSageFemmes", "fr", "Bonjour, Lise Arnoux, de Sage Femmes Associées, mon écran est noir.",
            "Sage Femmes Associées", "", "Écran noir – Sage Femmes Associées",
            "Lise Arnoux (Sage Femmes Associées) signale que son écran est noir."},
        Row{"StaysOrangeMecanique", "fr",
            "Bonjour, Lise Arnoux de chez Orange Mécanique SARL, mon écran est noir.",
            "Orange Mécanique SARL", "", "Écran noir – Orange Mécanique SARL",
            "Lise Arnoux (Orange Mécanique SARL) signale que son écran est noir."},
        Row{"StaysRhConseil", "fr", "Bonjour, Lise Arnoux, société RH Conseil, mon écran est noir.",
            "RH Conseil", "", "Écran noir – RH Conseil",
            "Lise Arnoux (RH Conseil) signale que son écran est noir."},
        Row{"StaysRhConseilWithDe", "fr", "Bonjour, Lise Arnoux de RH Conseil, mon écran est noir.",
            "RH Conseil", "", "Écran noir – RH Conseil",
            "Lise Arnoux (RH Conseil) signale que son écran est noir."},
        Row{"StaysMairieDeBrive", "fr", "Bonjour, Lise Arnoux, mairie de Brive, mon écran est noir.",
            "Mairie de Brive", "", "Écran noir – Mairie de Brive",
            "Lise Arnoux (Mairie de Brive) signale que son écran est noir."},
        Row{"StaysFermeturesOuest", "fr", "Bonjour, Lise Arnoux, de Fermetures Ouest, mon écran est noir.",
            "Fermetures Ouest", "", "Écran noir – Fermetures Ouest",
            "Lise Arnoux (Fermetures Ouest) signale que son écran est noir."},
        Row{"StaysSocieteWithATownsName", "fr",
            "Bonjour, Lise Arnoux, de la société Nevers, mon écran est noir.", "Nevers", "",
            "Écran noir – Nevers", "Lise Arnoux (Nevers) signale que son écran est noir."},
        Row{"StaysOneWord", "fr", "Bonjour, Lise Arnoux, de Sogetra, mon écran est noir.", "Sogetra", "",
            "Écran noir – Sogetra", "Lise Arnoux (Sogetra) signale que son écran est noir."},
        Row{"StaysChromeHardware", "en", "Hello, Amy Hart from Chrome Hardware Ltd, my screen is black.",
            "Chrome Hardware Ltd", "", "Black screen – Chrome Hardware Ltd",
            "Amy Hart (Chrome Hardware Ltd) reports that their screen is black."},
        Row{"StaysLondonBridge", "en", "Hello, Amy Hart from London Bridge Solicitors, my screen is black.",
            "London Bridge Solicitors", "", "Black screen – London Bridge Solicitors",
            "Amy Hart (London Bridge Solicitors) reports that their screen is black."},
        Row{"StaysBrightside", "en", "Hello, Amy Hart at Brightside Foods, my screen is black.",
            "Brightside Foods", "", "Black screen – Brightside Foods",
            "Amy Hart (Brightside Foods) reports that their screen is black."},
        Row{"StaysLowerCaseChromeHardware", "en", "hello amy hart from chrome hardware my screen is black",
            "Chrome Hardware", "", "Black screen – Chrome Hardware",
            "Amy Hart (Chrome Hardware) reports that their screen is black."},
        Row{"StaysAtelierDuFaubourg", "fr",
            "Bonjour, Lise Arnoux, de l'Atelier du Faubourg, mon écran est noir.", "Atelier du Faubourg", "",
            "Écran noir – Atelier du Faubourg",
            "Lise Arnoux (Atelier du Faubourg) signale que son écran est noir."},
        Row{"StaysLowerCaseMuseum", "en",
            "hello leonie fairbrass the museum of rural trades my screen is black", "Museum of Rural Trades",
            "", "Black screen – Museum of Rural Trades",
            "Leonie Fairbrass (Museum of Rural Trades) reports that their screen is black."}),
    [](const testing::TestParamInfo<Row>& row) { return std::string{row.param.name}; });

TEST(Workplace, OfADepartmentIsWhatFollowsIt) {
    const protocol::AnalysisInput input = talk({"C: Lise Arnoux, RH de Transports Roussel."});
    const Line line = readConversation(input).lines[0];
    const NamedWorkplace place = workplaceIn(line, 2, 6);
    EXPECT_EQ(place.kind, Workplace::Company);
    EXPECT_EQ(place.first, 4U);
    EXPECT_EQ(place.last, 6U);
    EXPECT_EQ(workplaceIn(line, 2, 3).kind, Workplace::None);
    EXPECT_EQ(workplaceIn(line, 4, 4).kind, Workplace::None);
}

TEST(Workplace, OfTheCallerIsHerEmployer) {
    protocol::Analysis analysis = analyse(talk(
        {"A: Bonjour, service informatique.",
         "C: Bonjour, Élodie Marchand, RH chez Transports Roussel. Nous avons un nouveau collaborateur qui "
         "arrive lundi prochain.",
         "A: D'accord, son nom ?", "C: Kevin Bastide. Il sera à l'exploitation.",
         "A: Très bien, je crée son compte vendredi.", "C: Parfait."}));
    EXPECT_THAT(analysis.entities["company"], ElementsAre("Transports Roussel"));
    EXPECT_EQ(analysis.subject, "Arrivée de Kevin Bastide – Transports Roussel");
    EXPECT_THAT(analysis.summary, StartsWith("Élodie Marchand (Transports Roussel) "));
}

TEST(Workplace, IsNobodyWhoLeaves) {
    protocol::Analysis analysis =
        analyse(talk({"A: Support bonjour.", "C: Bonjour, Sonia Weber, Paul Henry nous quitte vendredi.",
                      "A: D'accord, je ferme son compte vendredi.", "C: Merci."}));
    EXPECT_THAT(analysis.entities["company"], ElementsAre());
    EXPECT_THAT(analysis.entities["person"], ElementsAre("Sonia Weber", "Paul Henry"));
    EXPECT_EQ(analysis.subject, "Départ de Paul Henry");
}

TEST(Workplace, MayBeSoftwareToo) {
    protocol::Analysis analysis =
        analyse(talk({"A: Support.", "C: Bonjour, Lise Arnoux, SAP me dit accès refusé."}));
    EXPECT_THAT(analysis.entities["software"], ElementsAre("SAP"));
    EXPECT_THAT(analysis.entities["company"], ElementsAre());
}

std::string callerOf(const std::vector<std::string>& lines, const std::string& language = "fr") {
    const protocol::AnalysisInput input = talk(lines, language);
    return findNames(readConversation(input)).customer;
}

TEST(CallerBehindATitle, IsNotTheDoctorWhoIsAskedFor) {
    EXPECT_EQ(callerOf({"A: Support.", "C: Bonjour, je suis bien chez le docteur Lemaire ?"}), "");
    EXPECT_EQ(callerOf({"A: Support.", "C: Bonjour, je voudrais parler au docteur Lemaire."}), "");
    EXPECT_EQ(callerOf({"A: Support.", "C: Bonjour, vous êtes bien le docteur Lemaire ?"}), "");
    EXPECT_EQ(callerOf({"A: Support.", "C: Bonjour, je suis le docteur Lemaire."}), "Lemaire");
    const protocol::Analysis analysis = analyse(talk(
        {"A: Support informatique, bonjour.", "C: Bonjour monsieur, je suis bien chez le docteur Lemaire ?",
         "A: Non madame, ici c'est un service informatique.",
         "C: Oh pardon, j'ai dû faire une erreur de numéro. Excusez-moi."}));
    EXPECT_EQ(analysis.subject, "Faux numéro");
    EXPECT_THAT(analysis.summary, Not(HasSubstr("Lemaire")));
}

TEST(CallerInLowerCase, IsToldByWhereHeWorks) {
    EXPECT_EQ(callerOf({"C: armelle costa étude costa à rodez j ai eu un mail"}), "Armelle Costa");
    EXPECT_EQ(callerOf({"C: bonjour cristelle aubry du service courrier euh le scan sur la canon"}),
              "Cristelle Aubry");
    EXPECT_EQ(callerOf({"C: bonjour maître bouchareb cabinet bouchareb et associés"}), "Bouchareb");
    EXPECT_EQ(callerOf({"C: bonjour imprimante bloquée du service courrier"}), "");
}

TEST(CompanyOfEverydayWords, IsNamedWhole) {
    struct NamedRow {
        const char* said;
        const char* companies;
    };
    const NamedRow rows[] = {
        {"Bonjour, Sophie Martin de chez Alu 2000, mon imprimante ne marche plus.", "Alu 2000"},
        {"Bonjour, Sophie Martin, Alu 2000, mon imprimante ne marche plus.", "Alu 2000"},
        {"Bonjour, Sophie Martin, comptable chez Optic 2000, mon imprimante ne marche plus.", "Optic 2000"},
        {"Bonjour, Sophie Martin de chez Optique 21, mon écran est noir.", "Optique 21"},
        {"Bonjour, Sophie Martin de chez Accueil et Partage, mon imprimante ne marche plus.",
         "Accueil et Partage"},
        {"Bonjour, Sophie Martin, Accueil et Partage, mon imprimante ne marche plus.", "Accueil et Partage"},
        {"Bonjour, Sophie Martin de la société Accueil et Partage, mon écran est noir.",
         "Accueil et Partage"},
        {"Bonjour, Sophie Martin de chez La Poste, mon imprimante ne marche plus.", "La Poste"},
        {"Bonjour, Sophie Martin, La Poste, mon imprimante ne marche plus.", "La Poste"},
        {"Bonjour, Sophie Martin, comptable chez La Poste, mon imprimante ne marche plus.", "La Poste"},
        {"Bonjour, Sophie Martin de chez Le Relais, mon imprimante ne marche plus.", "Le Relais"},
        // Nobody's name.
        {"Bonjour, Sophie Martin de chez Alu, 2000 pages sont bloquées.", "Alu"},
        {"Bonjour, Sophie Martin de chez Alu 2 fois par jour ça coupe.", "Alu"},
        {"Bonjour, Sophie Martin, la poste ne livre plus mon écran.", ""},
        {"Bonjour, Sophie Martin. La Compta ne marche plus.", ""},
        {"Bonjour, Sophie Martin, Accueil et Logistique, mon écran est noir.", ""},
        {"Bonjour, Sophie Martin, La Compta, mon écran est noir.", ""},
        {"Bonjour, Sophie Martin, accueil et partage de fichiers en panne.", ""},
        {"Bonjour, Sophie Martin de La Rochelle, mon écran est noir.", ""},
        {"Bonjour, Sophie Martin. Le Wifi et Excel ne marchent plus.", ""},
    };
    for (const NamedRow& row : rows) {
        protocol::Analysis analysis =
            analyse(talk({"A: Support.", std::string{"C: "} + row.said, "A: Je regarde.", "C: Merci."}));
        EXPECT_EQ(joined(analysis.entities["company"]), row.companies) << row.said;
    }
}

struct SubjectRow {
    const char* name;
    std::vector<std::string> lines;
    const char* unsaid;
    const char* language = "fr";
};
class SubjectThing : public testing::TestWithParam<SubjectRow> {};
TEST_P(SubjectThing, IsNoneThatNobodySaid) {
    EXPECT_THAT(analyse(talk(GetParam().lines, GetParam().language)).subject,
                Not(HasSubstr(GetParam().unsaid)));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, SubjectThing,
    testing::Values(
        SubjectRow{"NoServerForAComputer",
                   {"A: Support.", "C: Mon ordinateur est en panne, personne ne vient.",
                    "A: Je relance le technicien.", "C: Bon."},
                   "Serveur"},
        SubjectRow{"NoSoftwareForATeam",
                   {"C: Hi, I've been refused on the, the remote access since I moved teams.",
                    "A: I've put your new group in, try again.", "C: Okay, thank you, bye."},
                   "Teams",
                   "en"},
        SubjectRow{"NoServerForEverything", {"C: Plus rien ne marche, on est tous bloqués !"}, "Serveur"},
        SubjectRow{"NoServerInEnglish",
                   {"C: Nothing's working, nobody can do anything, it's really urgent!"},
                   "Server",
                   "en"},
        SubjectRow{
            "NoEmailForAnExport",
            {"A: Support, hello.", "C: Hello, Amy Hart. I can't export from Salesforce.", "A: Let me look."},
            "E-mail",
            "en"}),
    [](const testing::TestParamInfo<SubjectRow>& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
