#include "server/analysis/actions/action_text.hpp"
#include "server/analysis/lexicon/action_nouns.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* name;
    const char* kind;
    bool isDone;
    std::vector<std::string> lines;  // the action rests on the last of the technician's
    const char* text;
    const char* language = "fr";
};

std::string textOf(const Row& row) {
    const protocol::AnalysisInput input = talk(row.lines, row.language);
    const Conversation conversation = readConversation(input);
    std::vector<std::int32_t> turns;
    for (std::size_t i = 0; i < row.lines.size(); ++i)
        if (row.lines[i].starts_with('A')) turns = {static_cast<std::int32_t>(i)};
    const Names names = findNames(conversation);
    return actionText(row.kind, row.isDone, turns, conversation, names, movementsIn(conversation, names));
}

class ActionTexts : public testing::TestWithParam<Row> {};
TEST_P(ActionTexts, NameWhatTheyAreAbout) {
    EXPECT_EQ(textOf(GetParam()), GetParam().text);
}

constexpr bool kDone = true;
constexpr bool kTodo = false;

// clang-format off
INSTANTIATE_TEST_SUITE_P(
    Named, ActionTexts,
    testing::Values(
        Row{"TonerWithItsColourAndPrinter", "order_hardware", kTodo, {"C: La HP LaserJet n'a plus d'encre.", "A: Je vous commande un toner noir."}, "Commander un toner noir (HP LaserJet)"},
        Row{"TheColourWasSaidBefore", "order_hardware", kTodo, {"C: Il n'y a plus de toner noir.", "A: D'accord, je vous en commande un."}, "Commander un toner noir"},
        Row{"OfTwoColoursNone", "order_hardware", kTodo, {"C: Il n'y a plus de noir ni de jaune.", "A: Je vous commande un toner."}, "Commander un toner"},
        Row{"OfTwoPrintersNone", "order_hardware", kTodo, {"C: La HP LaserJet et la Ricoh sont vides.", "A: Je vous commande un toner noir."}, "Commander un toner noir"},
        Row{"AlreadyOrdered", "order_hardware", kDone, {"A: J'ai commandé, enfin je commande un disque identique, livré demain."}, "Commande d'un disque"},
        Row{"SeveralOfThem", "order_hardware", kTodo, {"A: je commande deux écrans aujourd'hui"}, "Commander des écrans"},
        Row{"SeveralWereOrdered", "order_hardware", kDone, {"A: je commande les batteries neuves"}, "Commande de batteries"},
        Row{"ALoan", "order_hardware", kTodo, {"A: Il vous laissera un portable de prêt."}, "Prêter un portable"},
        Row{"LentIsALoan", "order_hardware", kTodo, {"A: en attendant je vous prête un portable"}, "Prêter un portable"},
        Row{"WhatIsSentIsProvided", "order_hardware", kTodo, {"A: je vous envoie un chargeur neuf"}, "Fournir un chargeur"},
        Row{"OneOfWhatWasSpokenOf", "order_hardware", kTodo, {"C: C'est la souris qui est morte.", "A: Je vous en envoie une."}, "Fournir une souris"},
        Row{"NotTheThingItIsFor", "order_hardware", kTodo, {"A: Je commande la pièce pour l'imprimante."}, "Commander ou prêter le matériel"},
        Row{"NotTheCustomersOwn", "order_hardware", kTodo, {"A: Vous m'envoyez votre portable et je commande ce qu'il faut."}, "Commander ou prêter le matériel"},
        Row{"NotWhatIsDenied", "order_hardware", kTodo, {"A: Je ne commande pas de toner, vous en avez."}, "Commander ou prêter le matériel"},
        Row{"NotWhatIsOnlySpokenOf", "order_hardware", kTodo, {"C: Mon écran est noir.", "A: Je vous prépare ça pour demain."}, "Commander ou prêter le matériel"},
        Row{"OfTwoThingsTheOneOfItsGender", "order_hardware", kTodo, {"C: Le clavier et la souris sont morts.", "A: Je vous en commande une."}, "Commander une souris"},
        Row{"OneOfTwoThingsIsNotGuessed", "order_hardware", kTodo, {"C: Le clavier et le casque sont morts.", "A: Je vous en commande un."}, "Commander ou prêter le matériel"},
        Row{"AQuoteByMail", "send_information", kTodo, {"A: Je vous adresse le devis par courriel."}, "Envoyer le devis par e-mail"},
        Row{"AQuoteThatWasSent", "send_information", kDone, {"A: Je vous envoie le rapport Veeam du mois, voilà, c'est parti."}, "Envoi du rapport"},
        Row{"TheProcedure", "send_information", kTodo, {"A: je vous envoie la procédure avec les horaires"}, "Envoyer la procédure"},
        Row{"TwoInOneBreath", "send_information", kTodo, {"A: je vous envoie la procédure écrite et le devis jeudi"}, "Envoyer la procédure et le devis"},
        Row{"TheLogInDetails", "send_information", kTodo, {"A: Je vous envoie les identifiants par mail le 30."}, "Envoyer les identifiants par e-mail"},
        Row{"WordOfIt", "send_information", kTodo, {"A: vous aurez un mail quand c'est nettoyé"}, "Confirmer par e-mail"},
        Row{"NotWhatTheCustomerSends", "send_information", kTodo, {"A: Vous m'envoyez la facture et je regarde."}, "Envoyer l'information par e-mail"},
        Row{"NotWhoElseConfirms", "send_information", kTodo, {"A: il faut que votre proviseur confirme par mail"}, "Envoyer l'information par e-mail"},
        Row{"TheNetworkTeam", "escalate", kTodo, {"A: Je transmets à l'équipe réseau."}, "Transmettre à l'équipe réseau"},
        Row{"TheSecurityTeamHasIt", "escalate", kDone, {"A: J'ai passé le dossier à notre cellule sécurité."}, "Transmis à l'équipe sécurité"},
        Row{"TheNextLevel", "escalate", kDone, {"A: je le passe au niveau trois avec la trace"}, "Transmis au niveau 3"},
        Row{"TheTeamTakesIt", "escalate", kTodo, {"A: L'équipe messagerie prend le relais demain."}, "Transmettre à l'équipe messagerie"},
        Row{"NotTheCustomersTeam", "escalate", kTodo, {"A: Je transmets, et votre équipe sécurité décidera."}, "Transmettre à l'équipe compétente"},
        Row{"NotTheCustomersDirection", "escalate", kTodo, {"A: J'adresse et je transmets à la direction informatique de la mairie."}, "Transmettre à l'équipe compétente"},
        Row{"AColleagueIsNoTeam", "escalate", kTodo, {"A: je passe le dossier à ma collègue Sandrine"}, "Transmettre à l'équipe compétente"},
        Row{"ThePrintServer", "reboot", kDone, {"A: Je redémarre le serveur d'impression."}, "Redémarrage du serveur d'impression"},
        Row{"WhatItStandsFor", "reboot", kTodo, {"A: le serveur est figé je le redémarre ce soir"}, "Redémarrer le serveur"},
        Row{"NotAThingOfAnotherGender", "reboot", kDone, {"A: le serveur va bien je la redémarre"}, "Redémarrage effectué"},
        Row{"NothingIsSaid", "reboot", kDone, {"A: Je redémarre. Patientez."}, "Redémarrage effectué"},
        Row{"OutlookAgain", "install_software", kTodo, {"A: Je réinstalle Outlook demain matin."}, "Réinstaller Outlook"},
        Row{"ElidedBeforeAVowel", "install_software", kDone, {"A: Voilà, j'installe Office sur le poste."}, "Installation d'Office"},
        Row{"NotTheProductOfAnotherSentence", "install_software", kTodo, {"A: Je l'installe demain. Outlook marche bien."}, "Installer le logiciel ou préparer le poste"},
        Row{"TheLaptopIsPrepared", "install_software", kTodo, {"A: Je crée le compte et je prépare un portable pour lundi."}, "Préparer le portable"},
        Row{"AccountBesideIt", "create_account", kTodo, {"A: Je crée le compte et je prépare un portable pour lundi."}, "Créer le compte"},
        Row{"TheNewcomer", "create_account", kTodo, {"A: Bonjour.", "C: Bonjour, Claire Fontaine. Nous accueillons Amélie Perrin lundi.", "A: Je crée le compte pour lundi."}, "Créer le compte d'Amélie Perrin"},
        Row{"NotTheCallersName", "create_account", kTodo, {"A: Bonjour.", "C: Bonjour, Claire Fontaine.", "A: Je crée le compte pour lundi."}, "Créer le compte"},
        Row{"TheLeaver", "disable_account", kDone, {"A: Bonjour.", "C: Bonjour, Claire Fontaine. Julien Perrin quitte la société.", "A: Son compte est désactivé, ses sessions sont fermées."}, "Compte de Julien Perrin désactivé et sessions fermées"},
        Row{"TheCallersOwnAccountHasNoName", "disable_account", kDone, {"C: Bonjour, Claire Fontaine. Julien Perrin est là.", "A: Je bloque votre compte."}, "Compte désactivé"},
        Row{"AWipe", "disable_account", kDone, {"A: J'envoie l'ordre d'effacement."}, "Effacement de l'appareil lancé"},
        Row{"UnlockedOnly", "reset_password", kDone, {"A: Voilà, il est débloqué."}, "Compte débloqué"},
        Row{"UnlockedWithANewPassword", "reset_password", kDone, {"A: Je déverrouille et je vous mets un mot de passe provisoire."}, "Compte débloqué et mot de passe réinitialisé"},
        Row{"SecondFactor", "reset_password", kTodo, {"A: Je réinitialise votre double authentification demain."}, "Réinitialiser la double authentification"},
        Row{"EitherWhereNoneIsSaid", "reset_password", kDone, {"A: C'est fait, essayez."}, "Mot de passe réinitialisé ou compte débloqué"},
        Row{"TheOperator", "open_vendor_case", kTodo, {"C: On est chez Orange.", "A: Je signale le défaut à l'opérateur."}, "Ouvrir un dossier chez l'opérateur (Orange)"},
        Row{"TheOperatorWithoutAName", "open_vendor_case", kDone, {"A: J'ouvre un incident chez l'opérateur."}, "Dossier ouvert chez l'opérateur"},
        Row{"TheEditorByName", "open_vendor_case", kDone, {"A: J'ai ouvert un dossier chez Sage."}, "Dossier ouvert chez Sage"},
        Row{"TheFolder", "restore_backup", kDone, {"A: Je restaure le dossier entier à sa place."}, "Restauration du dossier"},
        Row{"NotWhereItIsPut", "restore_backup", kDone, {"A: Je vous le remets dans un dossier à côté."}, "Données restaurées"},
        Row{"ScanOfTheComputer", "security_scan", kTodo, {"A: On passe votre poste à l'analyse complète ce soir."}, "Lancer une analyse de sécurité du poste"},
        Row{"WatchedServers", "monitor", kTodo, {"A: je garde un œil sur les serveurs cette nuit"}, "Surveiller les serveurs"},
        Row{"LookedAtFirewall", "check_logs", kDone, {"A: Je regarde le pare-feu... il répond."}, "Vérification du pare-feu"},
        Row{"SenderBlocked", "update_software", kDone, {"A: Très bien, je bloque l'expéditeur."}, "Expéditeur bloqué"},
        Row{"SettingOfTheSignature", "update_software", kTodo, {"A: Je modifie la signature demain."}, "Modifier le réglage (signature)"},
        Row{"UpdateOfTheDriver", "update_software", kDone, {"A: J'ai mis à jour le pilote graphique."}, "Mise à jour du pilote"},
        Row{"MaskedDataIsNoObject", "reset_password", kDone, {"A: Le [password], voilà."}, "Mot de passe réinitialisé ou compte débloqué"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    NamedInEnglish, ActionTexts,
    testing::Values(
        Row{"ABattery", "order_hardware", kDone, {"A: I've ordered the battery just now."}, "Ordered a battery", "en"},
        Row{"ALoanLaptop", "order_hardware", kTodo, {"A: I'll send you a loan laptop tomorrow."}, "Provide a loan laptop", "en"},
        Row{"AQuoteInItsArticle", "send_information", kTodo, {"A: I'll send you a quote for the fifth seat."}, "Send the quote", "en"},
        Row{"ALoanMachine", "order_hardware", kDone, {"A: I'm sending you a loan machine by courier."}, "Arranged a loan computer", "en"},
        Row{"TheFirstOfTwoTeams", "escalate", kTodo, {"A: je transmets à notre équipe messagerie et quelqu'un de la sécurité vous rappelle"}, "Transmettre à l'équipe messagerie"},
        Row{"NothingOrdered", "order_hardware", kTodo, {"A: I'll have one ordered today."}, "Order or lend the equipment", "en"},
        Row{"Quotes", "send_information", kTodo, {"A: I'll send both quotes over by Friday."}, "Send the quotes", "en"},
        Row{"NotSentByUs", "send_information", kTodo, {"A: Could you send me the invoice?"}, "Send the information by e-mail", "en"},
        Row{"SecondLine", "escalate", kTodo, {"A: I'll pass it to second line."}, "Pass on to second line", "en"},
        Row{"Purchasing", "escalate", kDone, {"A: I've passed it to our purchasing desk as urgent."}, "Passed on to purchasing", "en"},
        Row{"PrintService", "reboot", kDone, {"A: I'm restarting the print service now."}, "Restarted the print service", "en"},
        Row{"NoDevice", "reboot", kTodo, {"A: I'll restart it at seven."}, "Restart", "en"},
        Row{"Photoshop", "install_software", kTodo, {"A: and i'll put photoshop on it ready"}, "Install Photoshop", "en"},
        Row{"Starter", "create_account", kTodo, {"A: Hello.", "C: Hello, it's Beatrix Holm. Siobhan Keeley starts Monday.", "A: I'll create the account for Monday."}, "Create the account of Siobhan Keeley", "en"},
        Row{"Unlocked", "reset_password", kDone, {"A: I've unlocked it. Try now."}, "Account unlocked", "en"},
        Row{"Openreach", "open_vendor_case", kDone, {"A: I've logged it with Openreach."}, "Case opened with the operator (Openreach)", "en"},
        Row{"TheLaptop", "security_scan", kTodo, {"A: And we'll scan your laptop tonight."}, "Run a security scan of the laptop", "en"},
        Row{"TheDisk", "monitor", kTodo, {"A: I'll keep an eye on the second disk."}, "Monitor the disk", "en"},
        Row{"TheRouter", "check_logs", kDone, {"A: let me look at your router"}, "Checked the router", "en"}),
    [](const auto& info) { return std::string{info.param.name}; });
// clang-format on

TEST(ActionNouns, HaveTheirArticles) {
    for (const ActionNoun& noun : actionNouns()) {
        const std::string name{noun.french};
        EXPECT_FALSE(noun.french.empty() || noun.english.empty());
        EXPECT_NE(noun.uses, 0U) << name;
        EXPECT_TRUE(noun.gender == 'm' || noun.gender == 'f' || noun.gender == 'p') << name;
        EXPECT_LE(withDu(noun, true).size() + 45, 80U) << name;
    }
    const ActionNoun screen{"", "écran", 'm', "screen", kOrdered};
    EXPECT_EQ(withLe(screen, false), "l'écran");
    EXPECT_EQ(withDu(screen, false), "de l'écran");
    EXPECT_EQ(withUn(screen, true), "des écrans");
    const ActionNoun battery{"", "batterie", 'f', "battery", kOrdered};
    EXPECT_EQ(withDu(battery, false), "de la batterie");
    EXPECT_EQ(inEnglish(battery, true), "batteries");
    EXPECT_EQ(withDe("Outlook"), "d'Outlook");
    EXPECT_EQ(withDe("OneDrive"), "de OneDrive");
    EXPECT_EQ(withDe("Teams"), "de Teams");
}

}  // namespace
}  // namespace ninja3cx::analysis
