#include "server/analysis/promises/denied_deeds.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* kind;
    const char* said;  // what the technician says, several turns by " / "
    const char* language = "fr";
};

// clang-format off
constexpr Row kDenied[] = {
    {"onsite_visit", "je ne peux pas vous envoyer un technicien avant jeudi"},
    {"onsite_visit", "je peux pas vous envoyer un technicien"},
    {"onsite_visit", "on m'a interdit de vous envoyer un technicien"},
    {"onsite_visit", "inutile d'envoyer un technicien sur site"},
    {"onsite_visit", "hors de question d'envoyer un technicien demain"},
    {"onsite_visit", "malheureusement on ne peut pas passer sur site aujourd'hui"},
    {"onsite_visit", "je ne vous envoie pas de technicien pour ça"},
    {"send_information", "je n'ai pas le droit de vous envoyer le devis"},
    {"send_information", "je ne vais pas vous envoyer le devis"},
    {"send_information", "je refuse de vous envoyer la procédure sans accord écrit"},
    {"send_information", "c'est pas à moi de vous envoyer le devis"},
    {"order_hardware", "on ne peut pas vous commander un nouvel écran"},
    {"order_hardware", "je n'ai pas pu commander le toner"},
    {"order_hardware", "pas besoin de vous commander un nouvel écran"},
    {"order_hardware", "on ne va pas commander un écran pour ça"},
    {"reset_password", "je n'ai pas le droit de réinitialiser votre mot de passe"},
    {"reset_password", "il m'est interdit de réinitialiser le mot de passe"},
    {"create_account", "je ne peux pas créer le compte sans la demande du responsable"},
    {"create_account", "impossible de créer le compte aujourd'hui"},
    {"reboot", "je ne peux pas redémarrer le serveur en pleine journée"},
    {"reboot", "on n'a pas le droit de redémarrer le serveur"},
    {"reboot", "pas la peine de redémarrer le serveur"},
    {"install_software", "je ne suis pas autorisé à installer le logiciel"},
    {"disable_account", "je ne peux pas désactiver le compte"},
    {"reset_password", "je n'ai pas réinitialisé le mot de passe"},
    {"reset_password", "i didn't reset the password", "en"},
    {"reboot", "je n'ai pas redémarré le serveur"},
    {"onsite_visit", "i can't send an engineer before thursday", "en"},
    {"onsite_visit", "we won't send an engineer for that", "en"},
    {"send_information", "i'm not allowed to send you the quote", "en"},
    {"order_hardware", "i can't order a new screen for you", "en"},
    {"reset_password", "i'm not allowed to reset your password", "en"},
    {"reboot", "no need to restart the server", "en"},
    {"create_account", "i'm not going to create the account without approval", "en"},
    {"install_software", "i can't install the software without a licence", "en"},
    {"reboot", "restarting the server during the day is out of the question", "en"},
};
constexpr Row kSaid[] = {
    {"reboot", "je ne peux pas redémarrer le serveur maintenant je le fais ce soir"},
    {"reboot", "je peux pas redémarrer le serveur maintenant / je le redémarre ce soir à vingt heures"},
    {"reboot", "pas de souci je redémarre le serveur"},
    {"reboot", "je n'ai pas trouvé la cause donc je redémarre le serveur"},
    {"reboot", "ça ne peut pas durer je redémarre le serveur"},
    {"reboot", "si ça ne marche pas je redémarre le serveur ce soir de toute façon je le redémarre"},
    {"send_information", "je ne manquerai pas de vous envoyer la procédure par mail"},
    {"send_information", "pas de souci je vous envoie la procédure par mail"},
    {"send_information", "je n'oublierai pas de vous envoyer le devis par mail"},
    {"send_information", "je ne peux pas vous l'expliquer au téléphone mais je vous envoie la procédure par mail"},
    {"send_information", "je ne tarderai pas à vous envoyer le devis par mail"},
    {"send_information", "je ne sais pas tout par coeur alors je vous envoie la procédure par mail"},
    {"send_information", "je peux pas vous envoyer le devis tout de suite je vous l'envoie demain par mail"},
    {"onsite_visit", "je ne peux pas le réparer à distance donc je vous envoie un technicien"},
    {"onsite_visit", "je ne peux pas vous envoyer un technicien aujourd'hui mais je vous envoie quelqu'un jeudi"},
    {"onsite_visit", "inutile de démonter je vous envoie un technicien demain"},
    {"onsite_visit", "pas besoin de l'apporter je vous envoie un technicien demain matin"},
    {"onsite_visit", "ne touchez à rien je vous envoie un technicien"},
    {"onsite_visit", "je ne peux pas vous envoyer un technicien aujourd'hui / par contre quelqu'un passe jeudi matin"},
    {"order_hardware", "je ne peux pas le réparer je vous commande un nouvel écran"},
    {"order_hardware", "pas de problème je vous commande un nouvel écran"},
    {"order_hardware", "ça ne vaut pas le coup de le réparer je vous commande un nouvel écran"},
    {"order_hardware", "on ne l'a pas en stock mais je le commande, un nouvel écran"},
    {"reset_password", "je ne vois pas d'erreur je réinitialise votre mot de passe"},
    {"reset_password", "pas d'inquiétude je réinitialise votre mot de passe"},
    {"reset_password", "vous n'avez pas le droit à l'erreur donc je réinitialise votre mot de passe"},
    {"create_account", "pas de souci je crée le compte"},
    {"create_account", "je ne peux pas créer le compte maintenant je le ferai demain"},
    {"install_software", "je n'ai pas besoin de vous je installe le logiciel à distance"},
    {"onsite_visit", "i can't fix it remotely so i'll send an engineer on site tomorrow", "en"},
    {"onsite_visit", "don't worry i'll send an engineer tomorrow", "en"},
    {"send_information", "i won't forget to send you the instructions by email", "en"},
    {"send_information", "no problem i'll email you the instructions", "en"},
    {"order_hardware", "it can't be repaired so i'll order a new screen", "en"},
    {"reset_password", "you can't log in so i've reset your password", "en"},
    {"reboot", "i can't restart the server right now so i'll restart the server tonight", "en"},
};
// clang-format on

protocol::Analysis analysisOf(const Row& row) {
    const bool isEnglish = std::string_view{row.language} == "en";
    std::vector<std::string> turns{isEnglish ? "A: hello support" : "A: bonjour support",
                                   isEnglish
                                       ? "C: hi my computer shows an odd message when it starts"
                                       : "C: bonjour mon poste affiche un message bizarre au démarrage"};
    std::string_view said = row.said;
    for (std::size_t cut = 0; cut != std::string_view::npos;) {
        cut = said.find(" / ");
        turns.push_back("A: " + std::string{said.substr(0, cut)});
        if (cut != std::string_view::npos) said.remove_prefix(cut + 3);
        turns.emplace_back(isEnglish ? "C: okay thanks" : "C: d'accord merci");
    }
    turns.emplace_back(isEnglish ? "A: have a good day" : "A: bonne journée");
    return analyse(talk(turns, row.language));
}
bool hasAction(const Row& row) {
    return std::ranges::any_of(analysisOf(row).actions,
                               [&](const auto& action) { return action.kind == row.kind; });
}

TEST(DeniedDeeds, AreNoActions) {
    EXPECT_GE(std::size(kDenied), 30U);
    for (const Row& row : kDenied) EXPECT_FALSE(hasAction(row)) << row.kind << ": " << row.said;
}
TEST(DeniedDeeds, LeaveWhatIsDoneOrPromised) {
    EXPECT_GE(std::size(kSaid), 30U);
    for (const Row& row : kSaid) EXPECT_TRUE(hasAction(row)) << row.kind << ": " << row.said;
}

/// Each word that is denied in capitals.
std::string deniedIn(const std::string& said) {
    const protocol::AnalysisInput input = talk({said}, "");
    const Conversation conversation = readConversation(input);
    const Line& line = conversation.lines[0];
    const std::vector<bool> denied = deniedDeedWords(line);
    std::string marked;
    for (std::size_t at = 0; at < denied.size(); ++at) {
        marked += at > 0 ? " " : "";
        for (const char letter : line.words[at].text)
            marked +=
                denied[at] && letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return marked;
}
TEST(DeniedDeeds, ReachToTheEndOfTheirClause) {
    EXPECT_EQ(deniedIn("A: bon je ne peux pas passer demain mais je passe jeudi"),
              "bon JE NE PEUX PAS PASSER DEMAIN mais je passe jeudi");
    EXPECT_EQ(deniedIn("A: i can't do it now i'll do it tonight"), "I CAN T DO IT NOW i ll do it tonight");
    EXPECT_EQ(deniedIn("A: je ne manquerai pas de vous envoyer le devis"),
              "je ne manquerai pas de vous envoyer le devis");
    EXPECT_EQ(deniedIn("A: vous ne pouvez pas imprimer"), "vous ne pouvez pas imprimer");
    EXPECT_EQ(deniedIn("C: je ne peux pas imprimer"), "je ne peux pas imprimer");
}

}  // namespace
}  // namespace ninja3cx::analysis
