#include "server/analysis/actions/action_wording.hpp"

#include "shared/protocol/analysis_kinds.hpp"

#include <array>

namespace ninja3cx::analysis {
namespace {

namespace action_kind = protocol::action_kind;

constexpr auto kWordings = std::to_array<ActionWording>({
    {action_kind::kResetPassword, "Mot de passe réinitialisé ou compte débloqué",
     "Réinitialiser le mot de passe ou débloquer le compte", "Password reset or account unlocked",
     "Reset the password or unlock the account"},
    {action_kind::kRemoteSession, "Prise en main à distance", "Prendre la main à distance",
     "Worked on the machine remotely", "Take control of the machine remotely"},
    {action_kind::kOnsiteVisit, "Passage d'un technicien sur site", "Envoyer un technicien sur site",
     "Technician on site", "Send a technician on site"},
    {action_kind::kCallback, "Client rappelé", "Rappeler", "Called back", "Call back"},
    {action_kind::kEscalate, "Transmis à l'équipe compétente", "Transmettre à l'équipe compétente",
     "Passed on to the right team", "Pass on to the right team"},
    {action_kind::kOrderHardware, "Matériel commandé", "Commander ou prêter le matériel", "Equipment ordered",
     "Order or lend the equipment"},
    {action_kind::kCreateAccount, "Compte ou droits d'accès mis en place",
     "Créer le compte ou les droits d'accès", "Account or access rights set up",
     "Create the account or the access rights"},
    {action_kind::kDisableAccount, "Accès coupés", "Couper les accès", "Access cut", "Cut the access"},
    {action_kind::kRestoreBackup, "Données restaurées", "Restaurer les données", "Data restored",
     "Restore the data"},
    {action_kind::kInstallSoftware, "Logiciel installé", "Installer le logiciel ou préparer le poste",
     "Software installed", "Install the software or prepare the machine"},
    {action_kind::kUpdateSoftware, "Réglage modifié", "Modifier le réglage", "Setting changed",
     "Change the setting"},
    {action_kind::kCheckLogs, "Journaux vérifiés", "Vérifier les journaux", "Logs checked", "Check the logs"},
    {action_kind::kSecurityScan, "Analyse de sécurité lancée", "Lancer une analyse de sécurité",
     "Security scan started", "Run a security scan"},
    {action_kind::kSendInformation, "Information donnée", "Envoyer l'information par e-mail",
     "Information given", "Send the information by e-mail"},
    {action_kind::kReboot, "Redémarrage effectué", "Redémarrer", "Restarted", "Restart"},
    {action_kind::kMonitor, "Surveillance faite", "Surveiller", "Monitored", "Keep an eye on it"},
    {action_kind::kOpenVendorCase, "Dossier ouvert chez le fournisseur",
     "Ouvrir un dossier chez le fournisseur", "Case opened with the vendor", "Open a case with the vendor"},
    {action_kind::kNone, "Rien à faire", "Rien à faire", "Nothing to do", "Nothing to do"},
});

}  // namespace

std::span<const ActionWording> actionWordings() {
    return kWordings;
}

}  // namespace ninja3cx::analysis
