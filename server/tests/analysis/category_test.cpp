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
