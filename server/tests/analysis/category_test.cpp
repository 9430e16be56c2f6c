#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Category;

struct Row {
    const char* said;
    protocol::Category category;
    const char* language = "fr";
};

TEST(Category, IsReadFromWhatTheCustomerReports) {
    const Row rows[] = {
        {"j'ai oublié mon mot de passe et mon compte est bloqué", AccountPassword},
        {"I'm locked out, it says my password has expired", AccountPassword, "en"},
        {"je ne reçois plus mes mails dans outlook", Email},
        {"the shared mailbox has gone from my Outlook", Email, "en"},
        {"le vpn se coupe toutes les dix minutes", NetworkVpn},
        {"on n'a plus internet depuis ce matin la box clignote", InternetWifi},
        {"l'imprimante fait un bourrage papier", PrinterScanner},
        {"the printer in reception keeps jamming", PrinterScanner, "en"},
        {"mon portable ne charge plus la batterie est morte", Hardware},
        {"j'ai un écran bleu trois fois par jour", WorkstationPerformance},
        {"le serveur ne répond plus du tout", ServerInfrastructure},
        {"sage affiche un message d'erreur au démarrage", SoftwareApplication},
        {"j'ai reçu un mail bizarre et j'ai cliqué sur le lien", SecurityIncident},
        {"j'ai supprimé un dossier par erreur vous pouvez le restaurer", BackupRestore},
        {"on ne reçoit plus les appels entrants sur le standard", Telephony},
        {"une nouvelle collègue commence lundi il lui faut un compte", OnboardingOffboarding},
        {"je voudrais un devis pour deux licences", ProcurementLicence},
        {"c'est juste une question quels sont vos horaires", InformationRequest},
        {"ah pardon je me suis trompé de numéro", OtherNonSupport},
    };
    for (const Row& row : rows)
        EXPECT_EQ(analyse(talk({"A: bonjour", std::string{"C: "} + row.said}, row.language)).category,
                  row.category)
            << row.said;
}

TEST(Category, TheCauseWinsOverTheFirstWords) {
    EXPECT_EQ(analyse(talk({"C: j'ai un problème de mails", "A: vous ne recevez plus",
                            "C: si c'est le photocopieur qui n'envoie plus le scan",
                            "A: c'est le copieur du couloir", "C: oui le copieur"}))
                  .category,
              PrinterScanner);
    EXPECT_EQ(analyse(talk({"C: Excel est cassé", "A: qu'est-ce qui est écrit", "C: produit non activé",
                            "A: c'est la licence qui a expiré"}))
                  .category,
              ProcurementLicence);
    EXPECT_EQ(
        analyse(talk({"C: j'ai besoin du mot de passe du wifi pour les visiteurs du wifi invité"})).category,
        InternetWifi);
}

TEST(Category, WhatFollowsAnotherQuestionWeighsLess) {
    EXPECT_EQ(analyse(talk({"C: le wifi marche mal", "A: je regarde la borne", "C: le wifi est revenu",
                            "A: avez-vous une autre question",
                            "C: est-ce que la sauvegarde de cette nuit est terminée",
                            "A: oui la sauvegarde est terminée"}))
                  .category,
              InternetWifi);
}

TEST(Category, ASecondProblemThatIsRaisedIsSecondary) {
    const auto analysis = analyse(
        talk({"A: Support, bonjour.", "C: Bonjour, l'imprimante fait un bourrage papier à chaque page.",
              "A: Je prends la main, la file est bloquée.", "C: Ah, elle imprime de nouveau.",
              "C: Et puis le VPN se coupe tout le temps, je n'arrive plus à me connecter au VPN.",
              "A: Je regarde le tunnel VPN, je transmets à l'équipe réseau.", "C: Merci."}));
    EXPECT_TRUE(analysis.category == PrinterScanner || analysis.category == NetworkVpn);
    ASSERT_TRUE(analysis.secondaryCategory);
    EXPECT_EQ(*analysis.secondaryCategory, analysis.category == PrinterScanner ? NetworkVpn : PrinterScanner);
    EXPECT_EQ(analysis.runnerUp, analysis.secondaryCategory);
}

struct SecondRow {
    const char* name;
    std::vector<std::string> lines;
    std::optional<protocol::Category> second;
    const char* language = "fr";
};
class SecondCategory : public testing::TestWithParam<SecondRow> {};

TEST_P(SecondCategory, IsAProblemOfItsOwn) {
    const protocol::Analysis analysis = analyse(talk(GetParam().lines, GetParam().language));
    EXPECT_EQ(analysis.secondaryCategory, GetParam().second);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, SecondCategory,
    testing::Values(
        SecondRow{
            "TantQueJeVousTiens",
            {"A: support bonjour", "C: bonjour je n'ai plus de vpn depuis ce matin",
             "A: je relance le tunnel", "C: ça y est c'est revenu",
             "C: tant que je vous tiens l'imprimante du couloir sort des pages blanches elle ne marche plus",
             "A: je note aussi", "C: merci au revoir"},
            PrinterScanner},
        SecondRow{"EtSinon",
                  {"A: support bonjour", "C: bonjour l'imprimante fait un bourrage papier",
                   "A: ouvrez le capot", "C: c'est bon elle imprime",
                   "C: et sinon outlook ne reçoit plus mes mails", "A: je regarde la boite", "C: merci"},
                  Email},
        SecondRow{
            "WhileIHaveYou",
            {"A: support hello", "C: hello my vpn won't connect", "A: try it again now", "C: yes it's up",
             "C: while i've got you the printer in the hall is jammed and won't print",
             "A: i'll note that too", "C: thanks bye"},
            PrinterScanner,
            "en"},
        SecondRow{"AnotherThingThoughItWeighsMore",
                  {"A: support hello", "C: hello the printer keeps jamming", "A: open the cover",
                   "C: it prints now", "C: another thing my outlook doesn't get any email",
                   "A: i'll look at the mailbox", "C: thanks"},
                  Email,
                  "en"},
        SecondRow{"APasswordGivenAway",
                  {"A: support bonjour", "C: bonjour j'ai cliqué sur un lien et j'ai tapé mon mot de passe",
                   "A: je ferme les sessions", "C: merci"},
                  AccountPassword},
        SecondRow{"AnEnglishPasswordGivenAway",
                  {"A: support hello", "C: hi i clicked a phishing link and typed in my password",
                   "A: i'll end the sessions", "C: thanks"},
                  AccountPassword,
                  "en"},
        SecondRow{
            "AMailToTheWrongPerson",
            {"A: support bonjour", "C: bonjour j'ai envoyé un mail avec outlook au mauvais destinataire",
             "C: il y avait les salaires de tout le monde", "A: je regarde si on peut rappeler le mail",
             "C: merci"},
            SecurityIncident},
        SecondRow{
            "AMailToTheWrongPersonInEnglish",
            {"A: support hello", "C: hello i sent an email from outlook to the wrong person",
             "C: it had everyone's salaries in it", "A: i'll see if we can recall that email", "C: thanks"},
            SecurityIncident,
            "en"},
        SecondRow{"APhoneIsOnlyMentioned",
                  {"A: support bonjour", "C: bonjour je n'ai plus de vpn depuis ce matin",
                   "A: vous avez un téléphone sous la main", "C: oui mon téléphone portable il est là",
                   "A: lisez moi le code", "C: ça y est c'est connecté merci"},
                  std::nullopt},
        SecondRow{"APhoneIsOnlyMentionedInEnglish",
                  {"A: support hello", "C: hello my vpn won't connect", "A: do you have your phone with you",
                   "C: yes i have my phone here", "A: read me the code", "C: it's connected thank you"},
                  std::nullopt,
                  "en"},
        SecondRow{
            "NothingElse",
            {"A: support bonjour", "C: bonjour l'imprimante fait un bourrage papier", "A: ouvrez le capot",
             "C: c'est bon elle imprime", "A: autre chose", "C: non merci c'est tout"},
            std::nullopt}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Category, OneProblemHasARunnerUpAndNoSecondary) {
    const auto analysis =
        analyse(talk({"A: Support, bonjour.", "C: Bonjour, l'imprimante fait un bourrage papier.",
                      "A: Ouvrez le capot.", "C: C'est bon, elle imprime."}));
    EXPECT_EQ(analysis.category, PrinterScanner);
    EXPECT_TRUE(analysis.runnerUp);
    EXPECT_FALSE(analysis.secondaryCategory);
}

TEST(Category, HasEvidenceWithTurns) {
    const auto analysis = analyse(talk({"A: bonjour", "C: le vpn ne marche plus"}));
    ASSERT_FALSE(analysis.evidence.empty());
    EXPECT_EQ(analysis.evidence[0].field, "category");
    EXPECT_EQ(analysis.evidence[0].turns, std::vector<std::int32_t>{1});
    EXPECT_NE(analysis.evidence[0].cue.find("vpn"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::analysis
