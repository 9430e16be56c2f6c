#include "server/analysis/lexicon/subject_words.hpp"

#include <array>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Category;
using enum SubjectPart;

// clang-format off
constexpr std::string_view kEntered = "clique*|clicked|click|ai ~ saisi*|a ~ saisi*|ai ~ tape*|a ~ tape*|ai ~ donne*|a ~ donne*|ai ~ rentre*|ai ~ mis|a ~ mis|ai ~ rempli|entered|enter|typed|type|gave|give|put|rien saisi*|rien tape*|rien donne*";
constexpr std::string_view kNoToner = "plus de toner|plus de cartouche*|plus d encre|plus ~ toner|toner* ~ vide*|cartouche* ~ vide*|encre ~ vide*|toner* ~ faible|toner ~ bas|encre ~ faible|manque ~ toner|manque ~ cartouche|manque ~ encre|manque d encre|bout de toner|fin de toner|toner* ~ epuise*|toner* ~ remplac*|toner* ~ change*|remplac* ~ toner*|change* ~ toner*|change* ~ cartouche*|command* ~ toner*|command* ~ cartouche*|command* ~ encre|toner* ~ command*|cartouche* ~ command*|faut ~ toner*|faut ~ cartouche*|faudrait ~ toner*|faudrait ~ cartouche*|besoin ~ toner*|besoin ~ cartouche*|envoyer ~ toner*|envoyer ~ cartouche*|livr* ~ toner*|reste ~ toner*|stock ~ toner*|out of toner|out of ink|toner* ~ empty|cartridge* ~ empty|toner* ~ low|low on toner|low on ink|ink ~ low|order* ~ toner*|order* ~ cartridge*|need* ~ toner*|need* ~ cartridge*|need* ~ ink|replace ~ toner|replace ~ cartridge|change ~ toner|get ~ toner|get ~ cartridge*|get ~ cyan|more toner|new toner|new cartridge*|no toner|last ~ toner|last ~ cartridge";
constexpr std::string_view kWrongNumber = "faux numero|mauvais numero|wrong number|erreur de numero|trompe* de numero|trompe* ~ numero|pas le bon numero|faites erreur|fait erreur|c est pas ~ pizza";
constexpr auto kTerms = std::to_array<SubjectTerm>({
    // -- account_password
    {Whole, AccountPassword, "compte ~ verrouill*|compte ~ bloque|session ~ bloquee|session ~ verrouill*|suis verrouille|verrouille mon compte|account ~ locked|saying ~ locked|says ~ locked|it s locked|is locked|locked out|locked me out|locked my account|debloque ~ compte|debloque ~ session|unlock ~ account", "Compte verrouillé", "Account locked", "verrouill*|bloque*|locked|unlock|debloque*"},
    {Whole, AccountPassword, "change ~ telephone|nouveau telephone|ancien telephone|new phone|old phone|phone is changed|changed my phone|perdu ~ telephone", "Double authentification à réenrôler après un changement de téléphone", "MFA to set up again after a change of phone"},
    {Whole, AccountPassword, "authenticator|double authentification|m f a|mfa|code par sms|two factor|code ~ sur ~ telephone|code ~ telephone", "Double authentification bloquée", "MFA sign-in fails"},
    {Whole, AccountPassword, "mot de passe ~ expire*|password ~ expired|passe a expire|compte expire", "Mot de passe expiré", "Password expired"},
    {Whole, AccountPassword, "oublie ~ code|code pin|le pin|forgot* ~ pin|remember ~ digits|windows hello", "Code PIN oublié", "PIN forgotten"},
    {Whole, AccountPassword, "oublie ~ mot de passe|mot de passe oublie|sais plus ~ mot de passe|rappelle plus|souviens plus|retrouve plus ~ mot de passe|forgot* ~ password|remember ~ password|oublie", "Mot de passe oublié", "Password forgotten", "oublie*|sais plus|rappelle plus|souviens plus|retrouve plus|forgot*|remember"},
    {Whole, AccountPassword, "mot de passe ~ refuse|refuse ~ mot de passe|mot de passe ~ incorrect|passe ~ pas bon|veut pas ~ mot de passe|prend pas ~ mot de passe|password ~ wrong|won t take ~ password|password ~ not working|says ~ incorrect|identifiant* ~ incorrect*", "Mot de passe refusé", "Password refused"},
    {Whole, AccountPassword, "code ~ wifi|code ~ wi fi|mettre sur le wifi|mettre sur le wi fi|connecter au wifi|connecter au wi fi|mot de passe ~ wifi|mot de passe ~ wi fi|wifi code|wi fi code|wifi password|wi fi password|on the wifi|on the wi fi|onto the wifi|onto the wi fi", "Accès au Wi-Fi", "Wi-Fi access"},
    {Whole, AccountPassword, "mot de passe|reinitialis*|password", "Mot de passe à réinitialiser", "Password to reset"},
    // -- email
    {Whole, Email, "redemande ~ mot de passe|demande ~ mot de passe|demande ~ passe|asking ~ password|asks ~ password|asking ~ pass word|petite fenetre|fenetre ~ revien*|little window|wee box", "Outlook redemande le mot de passe", "Outlook keeps asking for the password"},
    {Whole, Email, "boite ~ pleine|boite ~ saturee|boite aux lettres ~ saturee|quota|mailbox ~ full|inbox ~ full", "Boîte mail pleine", "Mailbox full"},
    {Whole, Email, "delegation|editor ~ calendar|acces ~ agenda|acces ~ calendrier|access ~ calendar|partage ~ agenda|see ~ calendar|into ~ diary|into ~ calendar", "Accès au calendrier d'un collègue", "Calendar delegation"},
    {Whole, Email, "envoye ~ tout le monde|envoye ~ mauvais*|trompe ~ destinataire|mauvais destinataire|parti chez|partie chez|envoye a tous|tous les magasins|wrong person|wrong people|wrong mark|to everyone|complete* ~ seul*|a complete|filled in ~ wrong|recall ~ message|rappeler ~ message|rappeler ~ mail|boulette", "E-mail envoyé au mauvais destinataire", "E-mail sent to the wrong people"},
    {Whole, Email, "liste de diffusion|liste de distribution|distribution list|mailing list", "Liste de diffusion à corriger", "Distribution list to correct"},
    {Whole, Email, "indesirable*|spam|courrier indesirable|junk", "E-mails classés en indésirables", "E-mail goes to junk"},
    {Whole, Email, "recois plus|recoit plus|recevons plus|recois pas|recoit pas|recu ~ aucun mail|plus de mail*|arrivent plus|not receiving|not getting ~ email*|stopped receiving|no emails", "E-mails non reçus", "E-mail not received"},
    {Whole, Email, "me revien*|reviennent|non remis*|ecrivent|ecrire a|rejete*|undeliver*|bounc*|comes back", "E-mails rejetés", "E-mail rejected"},
    {Whole, Email, "partent pas|part pas|partent plus|boite d envoi|envoie pas|envoie plus|peux plus envoyer|arrive pas a envoyer|outbox|won t send|can t send|not sending|stuck", "E-mails qui ne partent pas", "E-mail not sent"},
    {Whole, Email, "signature", "Signature des e-mails", "E-mail signature"},
    {Whole, Email, "disparu* ~ mail*|mail* ~ disparu*|dossier ~ disparu|retrouve plus ~ mail*|missing email*", "E-mails introuvables", "E-mail missing"},
    {Thing, Email, "boite partagee|boites partagees|boite commune|shared mailbox|shared inbox", "Boîte partagée", "Shared mailbox"},
    {Thing, Email, "calendrier|agenda|calendar|diary", "Calendrier Outlook", "Outlook calendar"},
    {Thing, Email, "outlook|out look|aoutlook", "Outlook", "Outlook"},
    {Thing, Email, "boite mail|messagerie|boite aux lettres|mailbox|inbox", "Boîte mail", "Mailbox"},
    // -- network_vpn
    {Whole, NetworkVpn, "certificat ~ expire*|certificat ~ valide|certificat ~ vpn|certificate ~ expired|expired certificate|certificate ~ valid", "Certificat VPN expiré", "VPN certificate expired"},
    {Whole, NetworkVpn, "acces ~ vpn ~ prestataire|prestataire ~ vpn|prestataire ~ acces|prestataire|automaticien|ouvrir ~ vpn|rentrer sur ~ reseau|sous traitant|contractor ~ vpn|vpn ~ contractor|acces ~ prestataire", "Accès VPN pour un prestataire", "VPN access for a contractor"},
    {Whole, NetworkVpn, "vpn ~ coupe*|vpn ~ deconnecte*|deconnecte ~ toutes|vpn keeps|vpn ~ drop*|tunnel ~ coupe*|keeps dropping|drops ~ every", "VPN qui se coupe", "VPN keeps dropping"},
    {Whole, NetworkVpn, "lien ~ siege|liaison|inter sites|intersites|tunnel|site to site|link ~ office", "Lien entre sites coupé", "Link between sites down"},
    {Whole, NetworkVpn, "prise reseau|prise murale|wall socket|network socket|prise ~ mur", "Prise réseau sans connexion", "Network socket dead"},
    {Whole, NetworkVpn, "switch|switchs|switches|suitche|commutateur", "Commutateur réseau en panne", "Network switch down"},
    {Whole, NetworkVpn, "hotel|hotspot", "VPN bloqué par le Wi-Fi d'un hôtel", "VPN blocked on a guest Wi-Fi"},
    {Thing, NetworkVpn, "globalprotect|global protect", "VPN GlobalProtect", "GlobalProtect VPN"},
    {Thing, NetworkVpn, "forticlient|forti client", "VPN FortiClient", "FortiClient VPN"},
    {Thing, NetworkVpn, "openvpn|open vpn|open v p n", "OpenVPN", "OpenVPN"},
    {Thing, NetworkVpn, "anyconnect|any connect", "VPN AnyConnect", "AnyConnect VPN"},
    {Thing, NetworkVpn, "vpn|v p n", "VPN", "VPN"},
    {Thing, NetworkVpn, "pare feu|fortigate|firewall", "Pare-feu", "Firewall"},
    {Thing, NetworkVpn, "cable reseau|cable ethernet|network cable", "Câble réseau", "Network cable"},
    {Thing, NetworkVpn, "teletravail|depuis chez moi|from home|working from home", "Accès à distance", "Remote access"},
    // -- internet_wifi
    {Whole, InternetWifi, "wifi ~ visiteur*|wi fi ~ visiteur*|wifi invite*|wi fi invite*|code ~ wifi|code ~ wi fi|guest wifi|guest wi fi|mot de passe ~ wifi|mot de passe ~ wi fi|wifi ~ guest*|wifi password|wi fi password|wireless ~ code|wifi code|wi fi code|wireless ~ guest*|invites|visiteurs|stagiaires|seminaire|guests|visitors", "Accès au Wi-Fi visiteurs", "Guest Wi-Fi access"},
    {Whole, InternetWifi, "site ~ bloque|page ~ bloque*|filtrage|acces ~ refuse ~ site|categorie|blocked ~ site|site ~ blocked|web filter|website ~ blocked", "Site web bloqué par le filtrage", "Website blocked by the filter"},
    {Whole, InternetWifi, "wifi ~ lent|wi fi ~ lent|wifi ~ rame|wifi ~ coupe*|wi fi ~ coupe*|wifi ~ saute|wifi keeps|wi fi keeps|wifi ~ drops|wi fi ~ drops", "Wi-Fi instable", "Wi-Fi unstable"},
    {Whole, InternetWifi, "plus internet|plus d internet|pas internet|pas d internet|internet ~ coupe*|coupure ~ internet|internet ~ down|no internet|lost internet|internet ~ gone|internet ~ out|plus de connexion|plus de reseau|plus de fibre|box ~ rouge|box ~ clignote", "Coupure internet", "Internet down"},
    {Whole, InternetWifi, "debit|internet ~ lent*|connexion ~ lente|slow internet|internet ~ slow|internet ~ rame", "Connexion internet lente", "Slow internet"},
    {Thing, InternetWifi, "wifi|wi fi|oui fi|ouifi|wireless", "Wi-Fi", "Wi-Fi"},
    {Thing, InternetWifi, "la box|livebox|routeur|router|modem", "Routeur", "Router"},
    {Thing, InternetWifi, "fibre|broadband|internet", "Accès internet", "Internet access"},
    // -- printer_scanner
    {Whole, PrinterScanner, "sort* ~ blanc*|pages blanches|feuilles blanches|etiquettes ~ blanches|tickets ~ blancs|blank|nothing on it", "Impressions toutes blanches", "Blank prints"},
    {Whole, PrinterScanner, kNoToner, "Toner à commander", "Toner to order"},
    {Whole, PrinterScanner, "bourrage*|papier coince|mange ~ feuilles|paper jam*|jamm*|chews|bloque ~ papier", "Bourrage papier", "Paper jam"},
    {Whole, PrinterScanner, "scan* ~ mail|scan* ~ messagerie|numeris* ~ mail|scan to mail|scan to email|scan ~ email|envoyer ~ scan*|envoi ~ scan*|envoie ~ scan*|pieces numerisees|scans ~ arrivent|copieur ~ envoie|photocopieur ~ envoie", "Envoi des scans par e-mail en échec", "Scan to e-mail fails"},
    {Whole, PrinterScanner, "scan* ~ dossier|scan* ~ arriv*|numeris* ~ dossier|scan to folder|scans ~ folder", "Envoi des scans vers le dossier en échec", "Scan to folder fails"},
    {Thing, PrinterScanner, "toner*|cartouche*|encre|cartridge*|ink|cyan", "Toner", "Toner", {}, SubjectId::Toner},
    {Thing, PrinterScanner, "imprimante* ~ etiquettes|etiqueteuse|zebra|imprimante etiquette*|label printer|labels", "Imprimante à étiquettes", "Label printer"},
    {Thing, PrinterScanner, "imprimante ~ tickets|imprimante ticket*|imprimante ~ caisse|receipt printer|imprimante ~ cuisine", "Imprimante à tickets", "Receipt printer"},
    {Thing, PrinterScanner, "copieur*|photocopieu*|multifonction*|copier|photocopier", "Copieur", "Copier"},
    {Thing, PrinterScanner, "traceur|plotter", "Traceur", "Plotter"},
    {Thing, PrinterScanner, "imprimante*|imprimer|imprime|imprim*|printer*|printing", "Imprimante", "Printer"},
    {Thing, PrinterScanner, "scanner*|scanneur|scan|numeris*", "Scanner", "Scanner"},
    // -- hardware
    {Whole, Hardware, "batterie ~ gonfle*|gonfle*|swollen|bulg*|lifted|puffed", "Batterie gonflée", "Swollen battery"},
    {Whole, Hardware, "ecran ~ casse|ecran ~ fele|ecran ~ fissure|ecran ~ brise|fait tomber|est tombe|dalle|cracked|screen ~ broken|broken screen|dropped", "Écran cassé", "Broken screen"},
    {Whole, Hardware, "renverse|cafe|spilled|spilt|coffee", "Liquide renversé sur le poste", "Liquid spilt on the machine"},
    {Whole, Hardware, "bips|bip|beep*", "Poste qui ne démarre plus, bips au démarrage", "Machine does not start, beeps"},
    {Whole, Hardware, "charge plus|charge pas|chargeur|won t charge|not charging|isn t charging|charger", "Portable qui ne charge plus", "Laptop does not charge"},
    {Whole, Hardware, "demarre plus|s allume plus|s allume pas|demarre pas|plus rien ~ allume|won t turn on|won t start|won t boot|doesn t turn on|dead as|completely dead|not turning on", "Poste qui ne démarre plus", "Machine does not start"},
    {Whole, Hardware, "station d accueil|dock|docking|station ~ accueil", "Station d'accueil défaillante", "Docking station fails"},
    {Whole, Hardware, "deuxieme ecran|second ecran|second screen|second monitor|deux ecrans", "Deuxième écran non détecté", "Second screen not detected"},
    {Whole, Hardware, "ecran ~ noir|pas de signal|screen ~ black|no signal|monitor ~ black", "Écran noir", "Black screen"},
    {Thing, Hardware, "casque|micro casque|headset", "Casque", "Headset"},
    {Thing, Hardware, "clavier|keyboard", "Clavier", "Keyboard"},
    {Thing, Hardware, "souris|mouse", "Souris", "Mouse"},
    {Thing, Hardware, "webcam|camera", "Caméra", "Camera"},
    {Thing, Hardware, "batterie|battery", "Batterie", "Battery"},
    {Thing, Hardware, "ventilateur|fan", "Ventilateur", "Fan"},
    {Thing, Hardware, "douchette|lecteur ~ codes barres|barcode", "Douchette", "Barcode scanner"},
    {Thing, Hardware, "tablette|tablet|ipad", "Tablette", "Tablet"},
    {Thing, Hardware, "ecran*|moniteur|screen|monitor", "Écran", "Screen"},
    {Thing, Hardware, "portable|laptop|notebook", "Portable", "Laptop"},
    {Thing, Hardware, "pc|ordinateur|poste|tour|computer|machine", "Poste", "Workstation"},
    // -- workstation_performance
    {Whole, WorkstationPerformance, "ecran bleu|ecrans bleus|blue screen*", "Écran bleu", "Blue screen"},
    {Whole, WorkstationPerformance, "disque ~ plein|plus de place|espace ~ insuffisant|plein a|disk ~ full|full disk|out of space|disk space|drive ~ full|plus d espace", "Disque plein", "Disk full"},
    {Whole, WorkstationPerformance, "redemarre tout seul|redemarre ~ seul|eteint tout seul|s eteint|restarts by itself|restarts itself|reboots by itself|shuts down|turns itself off", "Poste qui redémarre tout seul", "Machine restarts by itself"},
    {Whole, WorkstationPerformance, "fige*|se gele|gele*|freez*|frozen|hangs|locks up|bloque ~ quelques|sablier", "Poste qui se fige", "Machine freezes"},
    {Whole, WorkstationPerformance, "minutes ~ demarrer|temps ~ demarrer|met ~ demarrer|demarrage|takes ~ start|to start up|boot", "Poste lent au démarrage", "Machine slow to start"},
    {Whole, WorkstationPerformance, "lent*|rame*|ramer|rampe|slow*|sluggish|crawl*|mouline|treacle|takes ~ minute*|minutes pour", "Poste très lent", "Slow machine"},
    // -- server_infrastructure
    {Whole, ServerInfrastructure, "bureau a distance|t s e|tse|rds|remote desktop|terminal server|ejecte* ~ bureau|citrix", "Bureau à distance indisponible", "Remote desktop down"},
    {Whole, ServerInfrastructure, "coupure ~ courant|coupure ~ electri*|coupure edf|coupe le courant|travaux ~ electri*|power cut|power ~ off|enedis|electricite", "Coupure de courant : arrêt des serveurs", "Power cut: shutdown of the servers"},
    {Whole, ServerInfrastructure, "clim|climatisation|degres|surchauffe|chaud*|air con*|overheat*|degrees|oven", "Salle serveur en surchauffe", "Server room overheating"},
    {Whole, ServerInfrastructure, "onduleur|ups", "Onduleur en alarme", "UPS alarm"},
    {Whole, ServerInfrastructure, "certificat ~ expire*|certificat ~ securite|certificate ~ expired|expired certificate|certificat ~ valide", "Certificat expiré", "Certificate expired"},
    {Whole, ServerInfrastructure, "lecteurs reseau|lecteur reseau|dossiers partages|lecteur ~ disparu|network drive*|shared drive*|le commun|lecteurs", "Dossiers partagés inaccessibles", "Shared drives unavailable"},
    {Whole, ServerInfrastructure, "disque ~ nas|disque ~ remplac*|disque ~ change*|reconstruction|rebuild*|disque ~ raid|raid|alerte disque|degraded|volume ~ degrade", "Alerte disque", "Disk alert"},
    {Thing, ServerInfrastructure, "nas|synology|qnap", "NAS", "NAS"},
    {Thing, ServerInfrastructure, "machine virtuelle|hyperviseur|vmware|esx*|hyper v|virtual machine|hypervisor|host", "Hyperviseur", "Hypervisor"},
    {Thing, ServerInfrastructure, "serveur* ~ fichiers|file server", "Serveur de fichiers", "File server"},
    {Thing, ServerInfrastructure, "serveur*|server*", "Serveur", "Server"},
    // -- software_application
    {Whole, SoftwareApplication, "macros|macro", "Macros Excel bloquées", "Excel macros blocked"},
    {Whole, SoftwareApplication, "lecteur de carte|carte ~ lue|carte vitale|carte cps|card reader", "Carte non lue par le logiciel", "Card not read by the application"},
    // -- security_incident
    {Whole, SecurityIncident, "ranconlogiciel|rancongiciel|rancon*|ransom*|fichiers ~ changer ~ nom|fichiers ~ chiffres|extension bizarre|drole de fin|point locked|encrypted|cryptes", "Rançongiciel suspecté", "Suspected ransomware", {}, SubjectId::Ransomware},
    {Whole, SecurityIncident, "vole*|on me l a pris|pris mon sac|pris ~ sac|pris ~ telephone|pris ~ ordinateur|bag ~ taken|vitre|sac ~ arrache|stolen|snatched|nicked|cambriol*|broke in|burglar*", "Vol d'un appareil", "Stolen device"},
    {Whole, SecurityIncident, "perdu ~ portable|perdu ~ telephone|perdu ~ tablette|oublie ~ train|oublie ~ taxi|perdu ~ ordinateur|lost ~ laptop|lost ~ phone|left ~ train|left ~ taxi|perdu ~ sac|lost ~ tablet|retrouve pas ~ telephone|perdu ~ cle", "Perte d'un appareil", "Lost device"},
    {Whole, SecurityIncident, "fausse page|mot de passe ~ tape|mon mot de passe microsoft|page microsoft|page de connexion|demande ~ mot de passe|demande ~ identifi*|tape ~ mot de passe|donne ~ mot de passe|saisi ~ mot de passe|mis ~ mot de passe|rentre ~ mot de passe|entre ~ mot de passe|typed ~ password|gave ~ password|entered ~ password|put ~ password|sign in to microsoft|fake page|mot de passe ~ a quelqu un", "Hameçonnage : mot de passe saisi sur une fausse page", "Phishing: password given on a fake page", kEntered},
    {Whole, SecurityIncident, "cle usb|cle u s b|usb stick|usb key|memory stick", "Clé USB suspecte", "Suspicious USB stick"},
    {Whole, SecurityIncident, "antivirus|anti virus|quarantaine|quarantine*|defender|cadre rouge", "Alerte antivirus", "Antivirus alert"},
    {Whole, SecurityIncident, "pris la main|prend la main|faux support|faux technicien|numero ~ microsoft|support microsoft|teamviewer|took control|remote control|fake support|pretend* ~ microsoft|windows ~ infecte", "Arnaque au faux support", "Fake support scam"},
    {Whole, SecurityIncident, "qr code|code carre|square code|q r", "Hameçonnage par QR code", "Phishing by QR code"},
    {Whole, SecurityIncident, "rib|virement*|changement ~ iban|bank details|iban|coordonnees bancaires|gift card*|cartes cadeaux", "Tentative de fraude au virement", "Payment fraud attempt"},
    {Whole, SecurityIncident, "en mon nom|a mon nom|envoie ~ spam|de ma part|ma boite ~ envoie|clients ~ appellent|my name|from my address|sending ~ spam|mailbox ~ sending|pirate*|hacked", "Boîte mail piratée", "Hijacked mailbox"},
    {Whole, SecurityIncident, "ai clique|a clique|clique dessus|clicked|ouvert la piece|opened ~ attachment", "Lien suspect cliqué", "Suspicious link clicked", "clique*|clicked|click|ai ~ ouvert|opened|open"},
    {Whole, SecurityIncident, "mail ~ bizarre|mail ~ suspect|message ~ bizarre|message ~ suspect|mail ~ louche|suspicious|odd email|strange email|hameconnage|phishing|fishing|faux mail|arnaque|scam|cliquer sur|bouton|email|mail|message", "E-mail suspect signalé", "Suspicious e-mail reported"},
    // -- backup_restore
    {Whole, BackupRestore, "preuve ~ restauration|test ~ restauration|assurance*|assureur|audit*|questionnaire|justificatif*|attestation|frequence des sauvegardes|copies held|insurer|evidence|certificate of", "Justificatifs de sauvegarde demandés", "Evidence of the backups requested"},
    {Whole, BackupRestore, "sauvegarde ~ echou*|sauvegarde* ~ echec|sauvegarde ~ rouge|sauvegarde ~ marche|echec ~ sauvegarde|travail ~ echec|backup* ~ fail*|failed backup|snapshot|derniere sauvegarde|rapport ~ sauvegarde|backup ~ red", "Sauvegarde en échec", "Backup failing"},
    {Whole, BackupRestore, "version ~ precedente|version ~ hier|ancienne version|version d avant|enregistre par dessus|ecrase*|previous version|earlier version|overwr*|saved over", "Fichier écrasé : version précédente à restaurer", "File overwritten: previous version to restore"},
    {Whole, BackupRestore, "dossier ~ disparu|dossier ~ vide|supprime* ~ dossier|efface* ~ dossier|deleted ~ folder|folder ~ gone|folder ~ empty|folder ~ missing|dossier ~ supprime|dossier", "Dossier à restaurer", "Folder to restore"},
    {Whole, BackupRestore, "mail* ~ supprime*|supprime ~ mail*|deleted ~ email*", "E-mails supprimés à restaurer", "Deleted e-mail to restore"},
    {Whole, BackupRestore, "fichier*|supprime*|efface*|file|files|deleted|tableau|document*|plan|spreadsheet|photos", "Fichier à restaurer", "File to restore"},
    // -- telephony
    {Whole, Telephony, "muet*|aucun appel|plus d appel*|peut nous appeler|peut plus appeler|peut plus nous|croix rouge|affichent enregistrement|affiche enregistrement|combines affichent|plus de telephone|plus de tonalite|telephones ~ morts|standard ~ panne|no dial tone|phones ~ down|phones ~ dead|can t call|nobody can ~ call|plus de ligne|appels entrants", "Téléphonie coupée", "Phones down"},
    {Whole, Telephony, "message d accueil|message ~ repondeur|message ~ fermeture|pre decroche|greeting|voix ~ repond|auto attendant|closed message", "Message d'accueil téléphonique à modifier", "Phone greeting to change"},
    {Whole, Telephony, "code ~ messagerie|code confidentiel|voicemail pin|messagerie vocale ~ code|voicemail ~ code", "Code de la messagerie vocale", "Voicemail PIN"},
    {Thing, Telephony, "messagerie vocale|repondeur|voicemail", "Messagerie vocale", "Voicemail"},
    {Whole, Telephony, "tombe* ~ messagerie|tombe* ~ repondeur|tombe* sur ~ messagerie|directement ~ messagerie|straight to voicemail|goes to voicemail|go to voicemail|going to voicemail", "Appels qui arrivent sur la messagerie", "Calls go to voicemail"},
    {Whole, Telephony, "renvoi*|renvoy*|forward*|bascul*|tombe* sur ~ portable|tombe* sur ~ mobile|going to ~ mobile|divert*|changement d heure|night mode|out of hours|horaires ~ standard", "Renvoi d'appel à corriger", "Call forwarding to correct"},
    {Whole, Telephony, "echo|entendons revenir|entend revenir|echoes|echoing", "Écho pendant les appels", "Echo on calls"},
    {Whole, Telephony, "entend pas|entend plus|entendent pas|entendent plus|entend mal|hache*|robot|gresill*|coupe la voix|can t hear|cannot hear|crackl*|choppy|voice ~ breaks|ventilateur|entend rien|voice ~ dropping|dropping out|drops out|voice ~ drops|one way", "Mauvaise qualité des appels", "Poor call quality"},
    {Whole, Telephony, "raccroche tout seul|se coupe*|coupe au bout|appels ~ coupent|calls ~ drop*|cuts off|gets cut off|cut off|bout de ~ secondes|demi minute", "Appels qui se coupent", "Calls cut off"},
    {Thing, Telephony, "transfer*", "Transfert d'appel", "Call transfer"},
    {Whole, Telephony, "file d attente|groupe d appel*|sonne* ~ plus|sonne* ~ pas|ring group|queue|doesn t ring|not ringing", "Poste qui ne sonne pas", "Phone does not ring"},
    {Thing, Telephony, "casque|headset", "Casque", "Headset"},
    {Thing, Telephony, "softphone|3cx|trois cx|application ~ telephone", "Application 3CX", "3CX app"},
    {Thing, Telephony, "standard|switchboard", "Standard téléphonique", "Switchboard"},
    {Thing, Telephony, "sans fil|dect|cordless", "Téléphone sans fil", "Cordless phone"},
    {Thing, Telephony, "telephone*|poste|phone*|handset*", "Téléphone", "Phone"},
    // -- onboarding_offboarding
    {Whole, OnboardingOffboarding, "licencie*|effet immediat|mise a pied|couper ~ acces|coupe* ~ acces|acces ~ morts|terminated|fired|let go|dismiss*|cut ~ access|immediate effect|parking lot", "Départ immédiat : accès à couper", "Immediate departure: access to cut", {}, SubjectId::DepartureNow},
    {Whole, OnboardingOffboarding, "conge maternite|conge parental|arret maladie|longue absence|maternity|parental leave|sick leave|conge ~ remplac*|me remplace|le remplace|la remplace|remplace pendant|remplacement de|covering|come back|retour ~ conge|sabbatique", "Absence longue et remplacement", "Long absence and cover"},
    {Whole, OnboardingOffboarding, "quitte|s en va|depart|part a la retraite|retraite|dernier jour|demission*|fin de contrat|leaving|leaves|last day|leaver|retir*|resign*|je m arrete|licencie*|couper ~ acces|coupe* ~ acces|terminated|fired|let go|dismiss*|cut ~ access", "Départ", "Leaver", {}, SubjectId::Departure},
    {Whole, OnboardingOffboarding, "arrive*|nouveau|nouvelle|embauche*|recrut*|commence*|stagiaire|alternant*|interimaire*|new starter|joins|joining|starts|started|starting|new hire|new colleague|intern|prend son poste|debut*", "Arrivée", "New starter", {}, SubjectId::Arrival},
    // -- procurement_licence
    {Whole, ProcurementLicence, "facture* ~ deux fois|deux factures|double facture|preleve*|charged twice|billed twice|charged us twice|billed us twice|charged me twice|billed me twice|facture* ~ double|doublon|duplicate invoice*|renouvele* ~ resili*|resilie*|facture ~ pas normal|j ai resilie|overcharged|avoir ~ facture", "Facturation contestée", "Billing dispute"},
    {Whole, ProcurementLicence, "licence* ~ expire*|abonnement ~ expire|essai est termine|produit non active|licen* ~ expired|subscription ~ expired|trial ~ expired|not activated|non active", "Licence expirée", "Licence expired"},
    {Whole, ProcurementLicence, "nombre ~ licence*|plus de licence*|pas de licence|licences ~ utilis*|nombre d utilisateurs|maximum ~ atteint|jeton*|no licen*|out of licen*|number of licen*|too many users|licences ~ used", "Nombre de licences insuffisant", "Not enough licences"},
    {Whole, ProcurementLicence, "livraison|livre*|recu ~ commande|carton|bon de commande|ou en est ~ commande|where ~ order|delivery|delivered|arrived ~ two|missing ~ order", "Suivi d'une commande", "Order to chase"},
    {Whole, ProcurementLicence, "renouvel*|reconduit|renew*|echeance|nom de domaine|domain", "Renouvellement", "Renewal"},
    {Whole, ProcurementLicence, "devis|prix|tarif*|combien|quote|price|cost*|how much", "Demande de devis", "Quote requested"},
    {Whole, ProcurementLicence, "facture de|la facture|ma facture|notre facture|cette facture|invoice|the bill|our bill|my bill|this bill", "Question sur une facture", "Question about an invoice"},
    {Whole, ProcurementLicence, "licence*|license*|abonnement*|subscription", "Demande de licence", "Licence requested"},
    {Whole, ProcurementLicence, "command*|achet*|acheter|order*|buy|purchase", "Commande de matériel", "Equipment to order"},
    // -- information_request
    {Whole, InformationRequest, "chatgpt|intelligence artificielle|copilot|chat gpt|on a le droit|autoris*|are we allowed|allowed to|policy", "Question sur une règle d'usage", "Question about a rule of use"},
    {Whole, InformationRequest, "facture|releve|regularisation|invoice|bill|euros|montant", "Question sur une facture", "Question about an invoice"},
    {Whole, InformationRequest, "horaire*|etes ouvert*|ouvert le|ouverts le|joignable*|etes ferme*|ferme le|fermes le|astreinte|jour ferie|bank holiday|opening hours|open on|week end|are you open|permanence", "Question sur les horaires du support", "Question about opening hours"},
    {Whole, InformationRequest, "contrat|compris dans|couvert|inclus|contract|covered|included", "Question sur le contrat", "Question about the contract"},
    {Whole, InformationRequest, "ticket|mon dossier|notre dossier|dossier ~ cours|dossier ~ avance|ou en est|suivi|where are we|update on", "Question sur un dossier en cours", "Question about a pending ticket"},
    {Whole, InformationRequest, "delai*|combien de temps|how long", "Question sur les délais", "Question about lead times"},
    {Whole, InformationRequest, "partag* ~ ecran|partag* ~ fichier|partag* ~ dossier|meme tableau|tout le monde remplit|share ~ file|share ~ folder|share ~ screen", "Question : partager un document", "How to share a document"},
    {Whole, InformationRequest, "comment on|comment je|comment faire|comment est ce|how do i|how do we|how can i|how do you", "Question d'utilisation", "How-to question"},
    // -- other_non_support
    {Whole, OtherNonSupport, kWrongNumber, "Faux numéro", "Wrong number", {}, SubjectId::WrongNumber},
    {Whole, OtherNonSupport, "panneaux|contrats d electricite|commercial*|une offre|nos offres|notre offre|offre de|offre speciale|offre ~ interess*|partenariat|demarch*|photovolta*|presenter ~ solution|interlocuteur|responsable des achats|qui s occupe de vos|energie|marketing|sales|offer|recrutement*|candidat*|profils|not selling|minute chat|free trial|no obligation|pre selected|reaching out|your business|proposition|sondage|enquete|survey|propos* ~ mutuelle|offre* ~ mutuelle|mutuelle ~ offre*|tarif* ~ mutuelle|mutuelle ~ tarif*|partenaire ~ mutuelle|mutuelle ~ partenaire|rendez vous ~ mutuelle|mutuelle ~ rendez vous|publicit*", "Démarchage commercial", "Sales call", {}, SubjectId::SalesCall},
    {Whole, OtherNonSupport, "me suis trompe*|vous ~ trompe*|suis trompe*|pas chez|isn t ~ this|got the wrong|wrong one|wrong place|etes bien le|etes bien la|etes bien l|suis bien chez|suis bien a la|suis bien au|pharmacie|pizza*|dentiste|dentist|pharmacy", "Faux numéro", "Wrong number", {}, SubjectId::WrongNumber},
    {Whole, OtherNonSupport, "remercier|dire merci|un grand merci|merci pour tout|partir a la retraite|voeux|bonne annee|anniversaire|to thank|say thank*|thank you for everything|say goodbye|dire au revoir|retiring|retraite|chocolats|say hello|dire bonjour", "Appel de courtoisie", "Courtesy call", {}, SubjectId::CourtesyCall},
    // -- what goes wrong with any of them
    {Trouble, std::nullopt, "demarre plus|demarre pas|s allume plus|s allume pas|won t start|won t turn on|doesn t start|won t open|s ouvre plus|s ouvre pas|ouvre plus|se lance pas|se lance plus", "ne démarre plus", "does not start"},
    {Trouble, std::nullopt, "imprime plus|imprime pas|n imprime|sort plus|sort rien|rien ~ sort|sortent pas|won t print|not printing|doesn t print|nothing comes out|prints nothing", "n'imprime plus", "does not print"},
    {Trouble, std::nullopt, "sort* ~ blanc*|pages blanches|feuilles blanches|traces|taches|bavures|trop clair|baveux|rayures|print* ~ blank|come* out blank|coming out blank|blank sheet*|blank paper|smudg*|faded|streaks|lignes noires", "mauvaise qualité d'impression", "poor print quality"},
    {Trouble, std::nullopt, "plante*|se ferme|se fermer|quitte tout seul|crash*|closes itself|shuts itself|closes on", "plantages", "crashes"},
    {Trouble, std::nullopt, "deconnecte*|se coupe*|coupe toutes|coupures|lache*|decroche*|drops|dropping|disconnects|cuts out|saute*", "se déconnecte", "keeps disconnecting"},
    {Trouble, std::nullopt, "fige*|gele*|freez*|frozen|hangs|ne repond pas|ne repond plus|repond plus|repond pas|not responding|unresponsive", "ne répond plus", "not responding"},
    {Trouble, std::nullopt, "toutes les ~ minutes|every ~ minutes", "se déconnecte", "keeps disconnecting"},
    {Trouble, std::nullopt, "envoie plus|envoie pas|envoyer|won t send|can t send", "envoi impossible", "cannot send"},
    {Trouble, std::nullopt, "lent*|rame*|ramer|mouline|slow*|ages|treacle|takes half a minute|takes ~ minutes|minutes pour ouvrir|sluggish|eternit*", "lenteurs", "slow"},
    {Trouble, std::nullopt, "mise a jour|mises a jour|update*|upgrade|nouvelle version|migration", "problème après une mise à jour", "problem after an update"},
    {Trouble, std::nullopt, "plus acces|pas acces|acces refuse|accede plus|accede pas|acceder|rentrer dedans|access denied|no access|can t access|can t get into|get into|can t get in", "accès impossible", "no access"},
    {Trouble, std::nullopt, "connecte plus|connecte pas|pas ~ me connecter|plus ~ me connecter|pour me connecter|se connecter|impossible de ~ connecter|connexion impossible|echec de connexion|can t connect|won t connect|not connecting|can t log|can t sign|connects but|couldn t connect|unable to connect|trying to connect|fails to connect|sits there connecting", "connexion impossible", "cannot connect"},
    {Trouble, std::nullopt, "enregistre plus|enregistre pas|enregistrer|won t save|can t save|doesn t save|sauver", "enregistrement impossible", "cannot save"},
    {Trouble, std::nullopt, "synchronis*|sync*", "synchronisation en échec", "sync fails"},
    {Trouble, std::nullopt, "calcul*|total*|montant* ~ faux|faux|formule*|wrong total|formula*|chiffres", "résultats faux", "wrong results"},
    {Trouble, std::nullopt, "voit plus|vois plus|disparu*|apparait plus|apparait pas|introuvable|trouve plus|disappeared|vanished|missing|is gone|has gone|are gone|s gone from|all gone|can t find|can t see", "introuvable", "missing"},
    {Trouble, std::nullopt, "erreur*|error*|message ~ rouge|code d erreur", "message d'erreur", "error message"},
    {Trouble, std::nullopt, "clignot*|voyant*|lumiere rouge|blinking|flashing|red light", "voyant d'alerte", "warning light"},
    {Trouble, std::nullopt, "casse*|abime*|broken|snapped|cracked|fichu*|mort*|hs|dead", "hors service", "broken"},
    {Trouble, std::nullopt, "bruit*|gratte|siffle|noise|noisy|rattl*", "bruit anormal", "unusual noise"},
    {Trouble, std::nullopt, "detecte*|reconnai*|reconnu*|recognis*|recogniz*|not detected|pick up|picks up", "non reconnu par le poste", "not recognised"},
    {Trouble, std::nullopt, "marche plus|marche pas|fonctionne plus|fonctionne pas|en panne|marche toujours pas|marchent plus|marchent pas|veut plus|veut pas|fait plus rien|not working|stopped working|doesn t work|won t work|isn t working|down|playing up|down again", "en panne", "not working"},
    {Trouble, std::nullopt, "bloque*|refuse*|coince*|blocked|stuck|refus*", "blocage", "blocked"},
    {Trouble, std::nullopt, "passe mal|capte mal|capte pas|capte plus|capte rien|accroche plus|accroche pas|poor signal|weak signal|no bars", "mauvaise réception", "poor signal"},
    {Trouble, std::nullopt, "inaccessible*|injoignable*|joindre ~ serveur|unreachable|can t reach|cannot reach|won t come up", "inaccessible", "unreachable"},
    {Trouble, std::nullopt, "redemarre en boucle|redemarre tout seul|redemarre sans arret|redemarre sans cesse|reboots itself|keeps rebooting|keeps restarting|restarts itself", "redémarrages intempestifs", "keeps restarting"},
    {Trouble, std::nullopt, "s etei*|s eteindre|switches off|switches itself off|turns itself off|turns off|shuts down|powers off", "s'éteint", "switches off"},
    {Trouble, std::nullopt, "bipe*|sonne toutes|chirp*|beep*", "bips d'alerte", "beeping"},
    {Trouble, std::nullopt, "est sature*|saturation|disque ~ plein|drive ~ full|disk ~ full|storage ~ full|almost full|nearly full", "saturation", "full"},
    {Trouble, std::nullopt, "licence expir*|licences expir*|est expire*|a expire|perime*|has expired|is expired|it s expired|licence expired", "expiration", "expired"},
    {Trouble, std::nullopt, "demande le badge|demande un badge|demande ~ badge", "demande un badge", "asks for a badge"},
    {Trouble, std::nullopt, "demande ~ code|demande ~ pin|asks for ~ code|asking for ~ code|wants ~ code", "demande un code", "asks for a code"},
    {Trouble, std::nullopt, "demande ~ mot de passe|redemande ~ mot de passe|asks for ~ password|asking for ~ password|keeps asking", "demande un mot de passe", "asks for a password"},
    {Trouble, std::nullopt, "install*", "installation demandée", "installation requested"},
    {Trouble, std::nullopt, "demenag*|moving office*|moving desk*|relocat*", "déménagement", "move"},
    {Trouble, std::nullopt, "a remplacer|remplacer|remplacement|replace|replacement|swap", "remplacement demandé", "replacement requested"},
    {Trouble, std::nullopt, "ajouter|rajouter|ajout|to add|add ~ to", "ajout demandé", "addition requested"},
    {Trouble, std::nullopt, "configurer|parametrer|configuration|parametrage|set up|setting up", "configuration demandée", "set-up requested"},
    {Trouble, std::nullopt, "comment on fait|comment faire|comment je fais|comment on|comment je|how do i|how do we|how to", "question d'utilisation", "how to use it"},
    {Trouble, SoftwareApplication, "imprim*|print*", "impression en échec", "printing fails"},
    {Trouble, std::nullopt, "je voudrais|il me faudrait|il me faut|j ai besoin|j aurais besoin|il nous faut|on aurait besoin|i need|i d like|could i have|can i get|we need", "demande", "request"},
    {Trouble, std::nullopt, "peut plus|peux plus|pouvons plus|arrive plus a|arrivons plus a|plus moyen|impossible de|unable to|can t use|can t do|can t work", "utilisation impossible", "cannot be used"},
});
// clang-format on

struct UsualThing {
    std::string_view french;
    std::string_view english;
};
constexpr std::array<UsualThing, 16> kUsualThings = {{
    {"Compte", "Account"},
    {"Messagerie", "E-mail"},
    {"Réseau", "Network"},
    {"Internet", "Internet"},
    {"Imprimante", "Printer"},
    {"Poste", "Workstation"},
    {"Poste", "Workstation"},
    {"Serveur", "Server"},
    {"Logiciel", "Application"},
    {"Incident de sécurité", "Security incident"},
    {"Sauvegarde", "Backup"},
    {"Téléphonie", "Telephony"},
    {"Mouvement de personnel", "Staff change"},
    {"Achat", "Purchase"},
    {"Demande d'information", "Request for information"},
    {"Appel hors support", "Call outside support"},
}};

}  // namespace

std::span<const SubjectTerm> subjectTerms() {
    return kTerms;
}

std::string_view usualThing(protocol::Category category, bool isEnglish) {
    const UsualThing& thing = kUsualThings[static_cast<std::size_t>(category)];
    return isEnglish ? thing.english : thing.french;
}

std::string_view usualThingPhrases(protocol::Category category) {
    switch (category) {
        case Email:
            return "mail*|email*|e mail*|courriel*|messagerie*|boite*|outlook|inbox|mailbox*|calend*|"
                   "agenda*|diary|message*|envoi*|envoy*|send*|sent";
        case PrinterScanner:
            return "imprim*|print*|copieu*|copier*|photocopi*|scan*|numeris*|toner*|encre|ink|papier*|"
                   "paper|page*|feuille*|bac|bourrage*|jam*|cartouche*|cartridge*|etiquette*|label*|"
                   "traceur|plotter";
        case Hardware:
        case WorkstationPerformance:
            return "pc|ordinateur*|poste*|tour|unite|session|windows|bureau|computer*|machine*|portable*|"
                   "laptop*|lap top|mac|workstation|desktop|disque*|ram|memoire";
        case NetworkVpn:
            return "reseau*|network*|vpn|v p n|connex*|connect*|lecteur*|drive*|lan|switch*|cable*|"
                   "prise*|wifi|ethernet|share*|partag*|serveur*|server*|ping*|pare feu|firewall|"
                   "remote|a distance|teletravail";
        case SoftwareApplication:
            return "logiciel*|application*|appli|applis|software|app|apps|programme*|program*|site*|"
                   "portail|fichier*|file*|tableau*|spreadsheet*|tableur|base|plugin|macro*|menu*|"
                   "onglet*|module*";
        case ServerInfrastructure:
            return "serveur*|server*|nas|srv|machine virtuelle|vm|hyperviseur*|hypervisor*|baie|"
                   "onduleur*|ups";
        default:
            return {};
    }
}

std::string_view unsaidThing(protocol::Category category, bool isEnglish) {
    switch (category) {
        case PrinterScanner:
            return isEnglish ? "Printing" : "Impression";
        case Hardware:
            return isEnglish ? "Hardware" : "Matériel";
        case ServerInfrastructure:
            return "Infrastructure";
        default:
            return usualThing(category, isEnglish);
    }
}

}  // namespace ninja3cx::analysis
