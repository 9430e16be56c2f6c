#include "server/analysis/actions/action_wording.hpp"

#include <array>

namespace ninja3cx::analysis {
namespace {

constexpr auto kWordings = std::to_array<ActionWording>({
    {"reset_password", "Mot de passe réinitialisé ou compte débloqué",
     "Réinitialiser le mot de passe ou débloquer le compte", "Password reset or account unlocked",
     "Reset the password or unlock the account"},
    {"remote_session", "Prise en main à distance", "Prendre la main à distance",
     "Worked on the machine remotely", "Take control of the machine remotely"},
    {"onsite_visit", "Passage d'un technicien sur site", "Envoyer un technicien sur site",
     "Technician on site", "Send a technician on site"},
    {"callback", "Client rappelé", "Rappeler", "Called back", "Call back"},
    {"escalate", "Transmis à l'équipe compétente", "Transmettre à l'équipe compétente",
     "Passed on to the right team", "Pass on to the right team"},
    {"order_hardware", "Matériel commandé", "Commander ou prêter le matériel", "Equipment ordered",
     "Order or lend the equipment"},
    {"create_account", "Compte ou droits d'accès mis en place", "Créer le compte ou les droits d'accès",
     "Account or access rights set up", "Create the account or the access rights"},
    {"disable_account", "Accès coupés", "Couper les accès", "Access cut", "Cut the access"},
    {"restore_backup", "Données restaurées", "Restaurer les données", "Data restored", "Restore the data"},
    {"install_software", "Logiciel installé", "Installer le logiciel ou préparer le poste",
     "Software installed", "Install the software or prepare the machine"},
    {"update_software", "Réglage modifié", "Modifier le réglage", "Setting changed", "Change the setting"},
    {"check_logs", "Journaux vérifiés", "Vérifier les journaux", "Logs checked", "Check the logs"},
    {"security_scan", "Analyse de sécurité lancée", "Lancer une analyse de sécurité", "Security scan started",
     "Run a security scan"},
    {"send_information", "Information donnée", "Envoyer l'information par e-mail", "Information given",
     "Send the information by e-mail"},
    {"reboot", "Redémarrage effectué", "Redémarrer", "Restarted", "Restart"},
    {"monitor", "Surveillance faite", "Surveiller", "Monitored", "Keep an eye on it"},
    {"open_vendor_case", "Dossier ouvert chez le fournisseur", "Ouvrir un dossier chez le fournisseur",
     "Case opened with the vendor", "Open a case with the vendor"},
    {"none", "Rien à faire", "Rien à faire", "Nothing to do", "Nothing to do"},
});

}  // namespace

std::span<const ActionWording> actionWordings() {
    return kWordings;
}

}  // namespace ninja3cx::analysis
