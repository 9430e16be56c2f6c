#include "server/analysis/lexicon/action_nouns.hpp"

#include "server/analysis/words/words.hpp"

#include <array>

namespace ninja3cx::analysis {
namespace {

constexpr std::uint32_t kBox = kOrdered | kRestarted | kFitted;
constexpr std::uint32_t kPiece = kOrdered | kFitted;
constexpr std::uint32_t kComputer = kOrdered | kRestarted | kPrepared | kScanned;

// clang-format off
constexpr auto kNouns = std::to_array<ActionNoun>({
    // -- devices and their parts
    {"serveur* d impression|print server*", "serveur d'impression", 'm', "print server", kRestarted | kChecked | kWatched},
    {"serveur* de fichiers|file server*", "serveur de fichiers", 'm', "file server", kRestarted | kChecked | kWatched},
    {"service de telephonie|telephony service", "service de téléphonie", 'm', "telephony service", kRestarted},
    {"service web|web service", "service web", 'm', "web service", kRestarted},
    {"service d impression|spouleur|spooler|print service", "service d'impression", 'm', "print service", kRestarted},
    {"tunnel vpn|tunnel", "tunnel", 'm', "tunnel", kRestarted | kWatched | kChecked},
    {"imprimante* a etiquettes|imprimante* etiquettes|label printer*", "imprimante à étiquettes", 'f', "label printer", kBox},
    {"imprimante* a tickets|imprimante* tickets|receipt printer*", "imprimante à tickets", 'f', "receipt printer", kBox},
    {"imprimante|imprimantes|printer|printers", "imprimante", 'f', "printer", kBox},
    {"copieur|copieurs|photocopieur|photocopieuse|copier|photocopier", "copieur", 'm', "copier", kRestarted},
    {"toner|toners", "toner", 'm', "toner", kOrdered},
    {"cartouche|cartouches|cartridge|cartridges", "cartouche", 'f', "cartridge", kOrdered},
    {"station* d accueil|docking station*|dock", "station d'accueil", 'f', "docking station", kBox},
    {"deuxieme ecran|second ecran|second screen|second monitor", "deuxième écran", 'm', "second screen", kOrdered},
    {"ecran|ecrans|moniteur|moniteurs|screen|screens|monitor|monitors", "écran", 'm', "screen", kPiece},
    {"dalle|screen panel", "dalle", 'f', "screen panel", kPiece},
    {"pc portable*|ordinateur* portable*|portable|portables|laptop|laptops", "portable", 'm', "laptop", kComputer},
    {"clavier|claviers|keyboard|keyboards", "clavier", 'm', "keyboard", kOrdered},
    {"souris|mouse|mice", "souris", 'f', "mouse", kOrdered},
    {"casque|casques|micro casque*|headset|headsets", "casque", 'm', "headset", kOrdered},
    {"chargeur|chargeurs|charger|chargers", "chargeur", 'm', "charger", kOrdered},
    {"bloc* d alimentation|bloc* alim*|power supply", "bloc d'alimentation", 'm', "power supply", kPiece},
    {"batterie|batteries|battery", "batterie", 'f', "battery", kPiece},
    {"barrette|barrettes|memory stick*|memory module*|sticks of ram", "barrette mémoire", 'f', "memory module", kPiece},
    {"disque* dur*|disque|disques|hard drive*|hard disk*|solid state drive*|disk|disks", "disque", 'm', "disk", kOrdered | kFitted | kWatched | kChecked},
    {"ventilateur|ventilateurs", "ventilateur", 'm', "fan", kPiece},
    {"webcam|webcams", "webcam", 'f', "webcam", kOrdered},
    {"douchette|douchettes|barcode scanner*|barcode reader*", "douchette", 'f', "barcode scanner", kOrdered},
    {"lecteur* de carte*|card reader*", "lecteur de carte", 'm', "card reader", kOrdered},
    {"tablette|tablettes|tablet|tablets|ipad|ipads", "tablette", 'f', "tablet", kComputer},
    {"switch|switchs|commutateur|commutateurs|switches", "switch", 'm', "switch", kBox | kChecked},
    {"routeur 4g|routeur quatre g|routeur 4 g|4g router|4 g router|four g router", "routeur 4G", 'm', "4G router", kOrdered},
    {"routeur|routeurs|router|routers", "routeur", 'm', "router", kBox | kChecked},
    {"la box|une box|votre box|livebox", "box", 'f', "router", kRestarted | kChecked},
    {"borne wifi|borne wi fi|bornes wifi|borne|bornes|access point*", "borne Wi-Fi", 'f', "access point", kBox | kChecked},
    {"onduleur|onduleurs|ups", "onduleur", 'm', "UPS", kOrdered | kFitted | kWatched | kChecked},
    {"pare feu|parefeu|fortigate|firewall", "pare-feu", 'm', "firewall", kRestarted | kChecked},
    {"nas|synology|qnap", "NAS", 'm', "NAS", kRestarted | kChecked | kWatched},
    {"hyperviseur|hyperviseurs|hypervisor", "hyperviseur", 'm', "hypervisor", kRestarted | kChecked},
    {"machine* virtuelle*|virtual machine*", "machine virtuelle", 'f', "virtual machine", kRestarted | kRestored},
    {"telephone* sans fil|cordless phone*", "téléphone sans fil", 'm', "cordless phone", kOrdered},
    {"telephone fixe|telephone de bureau|desk phone*", "téléphone fixe", 'm', "desk phone", kOrdered | kRestarted},
    {"poste* telephonique*", "poste téléphonique", 'm', "desk phone", kOrdered | kRestarted},
    {"boitier cpl", "boîtier CPL", 'm', "powerline adapter", kOrdered},
    {"cable reseau|network cable", "câble réseau", 'm', "network cable", kOrdered},
    {"prise reseau|prise murale|network socket|wall socket", "prise réseau", 'f', "network socket", kFitted},
    {"antenne|antennes|antenna", "antenne", 'f', "antenna", kPiece},
    {"ordinateur|ordinateurs|loan machine|computer|computers|pc|poste|postes", "poste", 'm', "computer", kRestarted | kPrepared | kScanned | kOrdered},
    {"serveur|serveurs|server|servers", "serveur", 'm', "server", kRestarted | kScanned | kWatched | kChecked},
    {"cle usb|cle u s b|usb stick|usb key", "clé USB", 'f', "USB stick", kScanned | kOrdered},
    // -- what is sent
    {"mode* d emploi|notice|user guide|user manual|how to guide", "mode d'emploi", 'm', "user guide", kSent},
    {"marche a suivre", "marche à suivre", 'f', "procedure", kSent},
    {"checklist", "check-list", 'f', "checklist", kSent},
    {"procedure|procedures", "procédure", 'f', "procedure", kSent},
    {"bon de commande|order form|purchase order", "bon de commande", 'm', "order form", kSent},
    {"bon de livraison|delivery note", "bon de livraison", 'm', "delivery note", kSent},
    {"devis|quote|quotes|quotation", "devis", 'm', "quote", kSent},
    {"facture|factures|invoice|invoices", "facture", 'f', "invoice", kSent},
    {"lien|liens|link", "lien", 'm', "link", kSent},
    {"compte rendu|comte rendu", "compte rendu", 'm', "report", kSent},
    {"rapport|rapports|report|reports", "rapport", 'm', "report", kSent},
    {"avoir par|un avoir|credit note", "avoir", 'm', "credit note", kSent},
    {"attestation|attestations", "attestation", 'f', "attestation", kSent},
    {"certificat de|certificate of", "certificat", 'm', "certificate", kSent},
    {"fiche|fiches|one pager|cheat sheet|the sheet|a sheet", "fiche", 'f', "sheet", kSent},
    {"formulaire|formulaires|form", "formulaire", 'm', "form", kSent},
    {"recapitulatif|recap|written summary", "récapitulatif", 'm', "summary", kSent},
    {"releve|releves", "relevé", 'm', "statement", kSent},
    {"charte", "charte", 'f', "charter", kSent},
    {"identifiants|login details|sign in details|log in details|credentials|logins", "identifiants", 'p', "log-in details", kSent},
    {"etiquette de retour|return label", "étiquette de retour", 'f', "return label", kSent},
    {"contrat|contract", "contrat", 'm', "contract", kSent},
    {"capture d ecran|captures d ecran|screenshot*", "capture d'écran", 'f', "screenshot", kSent},
    {"liste|list", "liste", 'f', "list", kSent},
    {"tarif|tarifs|price list", "tarif", 'm', "price list", kSent},
    // -- what is restored
    {"dossier|dossiers|folder|folders", "dossier", 'm', "folder", kRestored},
    {"fichier|fichiers|file|files", "fichier", 'm', "file", kRestored},
    {"tableau|spreadsheet", "tableau", 'm', "spreadsheet", kRestored},
    {"base de donnees|la base|database", "base de données", 'f', "database", kRestored},
    {"mails|messages|e mails|emails", "e-mails", 'p', "e-mails", kRestored},
    {"boite mail|votre boite|sa boite|la boite|mailbox", "boîte mail", 'f', "mailbox", kRestored | kWatched},
    {"version precedente|version d hier|ancienne version|previous version|earlier version", "version précédente", 'f', "previous version", kRestored},
    // -- what is looked at
    {"sauvegarde|sauvegardes|backup|backups", "sauvegarde", 'f', "backup", kWatched | kChecked},
    {"connexions recentes|dernieres connexions|historique des connexions|journal des connexions|sign in log*|sign ins|sign in history", "connexions récentes", 'p', "recent sign-ins", kChecked},
    {"les copies|points de sauvegarde|cliches|snapshot|snapshots", "copies de sauvegarde", 'p', "backup copies", kChecked},
    {"licences|licenses", "licences", 'p', "licences", kChecked},
    {"trunk|trunks|trunk sip|trunks sip|sip trunk", "trunk SIP", 'm', "SIP trunk", kChecked | kRestarted},
    {"ipbx|pbx|le standard|votre standard|switchboard", "standard", 'm', "phone system", kChecked | kRestarted},
    {"filtrage web|filtrage|web filter", "filtrage web", 'm', "web filter", kChecked},
    {"votre session", "session", 'f', "session", kChecked},
    {"votre contrat|your contract", "contrat", 'm', "contract", kChecked},
    {"temperature|temperatures", "température", 'f', "temperature", kWatched},
    {"la charge", "charge", 'f', "load", kWatched | kChecked},
    {"la ligne|the line|votre ligne|your line", "ligne", 'f', "line", kWatched | kChecked},
    {"le lien|votre lien", "lien", 'm', "link", kWatched | kChecked},
    {"votre compte|son compte|your account|her account|his account", "compte", 'm', "account", kWatched | kChecked},
    {"plantages|crashes", "plantages", 'p', "crashes", kWatched},
    {"trace des envois|trace des messages|suivi des messages|message trace|mail trace", "suivi des messages", 'm', "message trace", kChecked},
    {"filtre anti spam|filtre antispam|spam filter|mail filter|mail gateway", "filtre anti-spam", 'm', "spam filter", kChecked},
    {"quarantaine|quarantine", "quarantaine", 'f', "quarantine", kChecked},
    {"rapports de plantage|crash reports", "rapports de plantage", 'p', "crash reports", kChecked},
    {"rapport de qualite|qualite des appels|quality report|call quality", "qualité des appels", 'f', "call quality", kChecked},
    // -- what is set
    {"profil outlook|outlook profile", "profil Outlook", 'm', "Outlook profile", kSet},
    {"renvoi d appel|renvoi|renvois|call forward*|forwarding|divert", "renvoi d'appel", 'm', "call forwarding", kSet},
    {"message d accueil|annonce d accueil|pre decroche|greeting", "message d'accueil", 'm', "greeting", kSet},
    {"signature", "signature", 'f', "signature", kSet},
    {"pilote|pilotes|driver|drivers", "pilote", 'm', "driver", kSet | kInstalled},
    {"quota", "quota", 'm', "quota", kSet},
    {"liste blanche|whitelist|allow list|allowed list", "liste blanche", 'f', "allow list", kSet},
    {"reponse automatique|reponses automatiques|out of office|auto reply", "réponse automatique", 'f', "automatic reply", kSet},
    {"liste de diffusion|liste de distribution|distribution list|mailing list", "liste de diffusion", 'f', "distribution list", kSet},
    {"acceleration materielle|hardware acceleration", "accélération matérielle", 'f', "hardware acceleration", kSet},
    {"cle de licence|cle de produit|licence key|product key|license key", "clé de licence", 'f', "licence key", kSet | kInstalled | kSent},
    {"certificat|certificats|certificate", "certificat", 'm', "certificate", kSet | kInstalled | kChecked},
    {"regle du pare feu|firewall rule", "règle du pare-feu", 'f', "firewall rule", kSet},
    {"file d attente", "file d'attente", 'f', "queue", kSet},
    {"fuseau horaire|time zone", "fuseau horaire", 'm', "time zone", kSet},
    {"programmes au demarrage|programmes du demarrage|startup programs|start up programs", "programmes au démarrage", 'p', "start-up programs", kSet},
    // -- what is installed
    {"client vpn|vpn client", "client VPN", 'm', "VPN client", kInstalled},
    {"antivirus|anti virus", "antivirus", 'm', "antivirus", kInstalled | kChecked},
    {"nouvelle version|new version|latest version", "nouvelle version", 'f', "new version", kInstalled},
});

constexpr auto kTeams = std::to_array<ActionTeam>({
    {"responsable securite|security manager|security lead", "au responsable sécurité", "to the security manager"},
    {"equipe securite|cellule securite|cellule de securite|service securite|equipe de securite|security team|security people|security desk|la securite|to security|security will|security ll", "à l'équipe sécurité", "to the security team"},
    {"ingenieur* reseau*|equipe reseau*|equipe des reseaux|network team|network engineer*|network people|networks team|service reseau|pole reseau", "à l'équipe réseau", "to the network team"},
    {"ingenieur* systeme*|equipe systeme*|equipe serveur*|equipe infra*|systems team|server team|infrastructure team|systems engineer*|servers team", "à l'équipe serveurs", "to the server team"},
    {"equipe messagerie|email team|e mail team|mail team|messaging team", "à l'équipe messagerie", "to the e-mail team"},
    {"equipe telephonie|equipe telecom*|service telephonie|telephony team|telecoms team|phone team|voice team", "à l'équipe téléphonie", "to the telephony team"},
    {"delegue a la protection des donnees|delegue protection des donnees|referent donnees|data protection person|data protection officer", "au délégué à la protection des données", "to the data protection officer"},
    {"equipe de crise|crisis team|incident team|equipe incident*", "à l'équipe de crise", "to the incident team"},
    {"print team|equipe impression*", "à l'équipe impression", "to the print team"},
    {"equipe sauvegarde*|backup team", "à l'équipe sauvegardes", "to the backup team"},
    {"equipe developpement|developpeur*|equipe de developpement|developers|development team|dev team", "aux développeurs", "to the developers"},
    {"niveau 2|niveau deux|second line|second level|level two|level 2|tier two|tier 2", "au niveau 2", "to second line"},
    {"niveau 3|niveau trois|third line|level three|level 3|tier three|tier 3", "au niveau 3", "to third line"},
    {"la facturation|service facturation|la compta|la comptabilite|notre comptabilite|service comptab*|accounts team|billing|accounts department|to accounts|our accounts", "à la facturation", "to billing"},
    {"service achat*|aux achats|les achats|equipe achats|purchasing|procurement", "au service achats", "to purchasing"},
    {"service contrat*|contracts team", "au service contrats", "to the contracts team"},
    {"service commercial|equipe commerciale|le commerce|au commerce|au commercial|notre commercial|sales team|to sales|account manager", "au service commercial", "to sales"},
    {"equipe desktop|equipe poste*|desktop team", "à l'équipe postes de travail", "to the desktop team"},
    {"astreinte|on call engineer|on call team", "à l'astreinte", "to the on-call team"},
    {"mon responsable|ma responsable|my manager", "au responsable", "to the manager"},
    {"a la direction|to management", "à la direction", "to management"},
    {"a l editeur|to the publisher|software vendor", "à l'éditeur", "to the software vendor"},
    {"a l operateur|to the carrier|to the provider", "à l'opérateur", "to the operator"},
});

constexpr auto kVendors = std::to_array<ActionVendor>({
    {"orange", "Orange", true}, {"sfr", "SFR", true}, {"s f r", "SFR", true}, {"bouygues", "Bouygues", true},
    {"ovh", "OVH", true}, {"o v h", "OVH", true}, {"openreach", "Openreach", true}, {"open reach", "Openreach", true},
    {"virgin media", "Virgin Media", true}, {"b t", "BT", true}, {"bt", "BT", true}, {"vodafone", "Vodafone", true}, {"eir", "Eir", true},
    {"proximus", "Proximus", true}, {"swisscom", "Swisscom", true}, {"completel", "Completel", true},
    {"comcast", "Comcast", true}, {"verizon", "Verizon", true},
    {"microsoft", "Microsoft"}, {"adobe", "Adobe"}, {"autodesk", "Autodesk"}, {"auto desk", "Autodesk"},
    {"sage", "Sage"}, {"cegid", "Cegid"}, {"ebp", "EBP"}, {"silae", "Silae"}, {"divalto", "Divalto"},
    {"dell", "Dell"}, {"lenovo", "Lenovo"}, {"hp", "HP"}, {"h p", "HP"}, {"ricoh", "Ricoh"}, {"canon", "Canon"},
    {"konica", "Konica Minolta"}, {"xerox", "Xerox"}, {"kyocera", "Kyocera"}, {"zebra", "Zebra"},
    {"toshiba", "Toshiba"}, {"epson", "Epson"}, {"brother", "Brother"}, {"lexmark", "Lexmark"}, {"cisco", "Cisco"},
    {"synology", "Synology"}, {"fortinet", "Fortinet"}, {"sophos", "Sophos"}, {"veeam", "Veeam"},
    {"index education", "Index Éducation"}, {"doctolib", "Doctolib"}, {"dentally", "Dentally"}, {"apple", "Apple"},
});
// clang-format on

bool opensWithVowel(std::string_view french) {
    const std::string plain = folded(french);
    return !plain.empty() && std::string_view{"aeiou"}.find(plain[0]) != std::string_view::npos;
}

/// Its first word takes the mark: "barrettes mémoire".
std::string frenchPlural(const ActionNoun& noun) {
    if (noun.gender == 'p') return std::string{noun.french};
    const std::size_t space = noun.french.find(' ');
    std::string first{noun.french.substr(0, space)};
    const char last = first.back();
    if (noun.french == "tableau")
        first += "x";
    else if (noun.french == "version précédente")
        return "versions précédentes";
    else if (noun.french == "machine virtuelle")
        return "machines virtuelles";
    else if (last != 's' && last != 'x' && (last < 'A' || last > 'Z') && noun.french != "deuxième écran")
        first += "s";
    return space == std::string_view::npos ? first : first + std::string{noun.french.substr(space)};
}

}  // namespace

std::span<const ActionNoun> actionNouns() {
    return kNouns;
}
std::span<const ActionTeam> actionTeams() {
    return kTeams;
}
std::span<const ActionVendor> actionVendors() {
    return kVendors;
}

std::string withLe(const ActionNoun& noun, bool isPlural) {
    if (isPlural || noun.gender == 'p') return "les " + frenchPlural(noun);
    if (opensWithVowel(noun.french)) return "l'" + std::string{noun.french};
    return (noun.gender == 'f' ? "la " : "le ") + std::string{noun.french};
}

std::string withDu(const ActionNoun& noun, bool isPlural) {
    if (isPlural || noun.gender == 'p') return "des " + frenchPlural(noun);
    if (opensWithVowel(noun.french)) return "de l'" + std::string{noun.french};
    return (noun.gender == 'f' ? "de la " : "du ") + std::string{noun.french};
}

std::string withUn(const ActionNoun& noun, bool isPlural) {
    if (isPlural || noun.gender == 'p') return "des " + frenchPlural(noun);
    return (noun.gender == 'f' ? "une " : "un ") + std::string{noun.french};
}

std::string withDe(std::string_view name) {
    const bool isElided = opensWithVowel(name) && !name.starts_with("One");
    return (isElided ? "d'" : "de ") + std::string{name};
}

std::string inEnglish(const ActionNoun& noun, bool isPlural) {
    std::string text{noun.english};
    if (!isPlural || noun.gender == 'p') return text;
    if (text == "mouse") return "mice";
    const char last = text.back();
    if (text.ends_with("ch") || text.ends_with('x')) return text + "es";
    if (last == 'y') return text.substr(0, text.size() - 1) + "ies";
    return last == 's' ? text : text + "s";
}

}  // namespace ninja3cx::analysis
