#include "server/analysis/movements/movement_cues.hpp"

#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>
#include <initializer_list>

namespace ninja3cx::analysis {
namespace {

// -- leaving

const CueList& plainLeaving() {
    static const CueList kCues{// French
                               {"nous quitt*"},
                               {"quit* la societe"},
                               {"quit* l entreprise"},
                               {"quit* la boite"},
                               {"quit* le cabinet"},
                               {"quit* l association"},
                               {"quit* la maison"},
                               {"quit* l agence"},
                               {"quit* l etude"},
                               {"quit* la mairie"},
                               {"quit* le groupe"},
                               {"quit* l equipe"},
                               {"quit* la clinique"},
                               {"quit* l etablissement"},
                               {"quit* son poste"},
                               {"quit* ses fonctions"},
                               {"licencie*"},
                               {"licenciement*"},
                               {"mis a pied"},
                               {"mise a pied"},
                               {"mettre a pied"},
                               {"mis dehors"},
                               {"mise dehors"},
                               {"mettre dehors"},
                               {"mis a la porte"},
                               {"mise a la porte"},
                               {"a ete vire"},
                               {"a ete viree"},
                               {"on a vire"},
                               {"est vire"},
                               {"est viree"},
                               {"etre vire"},
                               {"etre viree"},
                               {"vient de virer"},
                               {"ete remercie"},
                               {"ete remerciee"},
                               {"l a remercie"},
                               {"l a remerciee"},
                               {"ete renvoye"},
                               {"ete renvoyee"},
                               {"d etre renvoye"},
                               {"d etre renvoyee"},
                               {"demission*"},
                               {"part a la retraite"},
                               {"par a la retraite"},
                               {"pars a la retraite"},
                               {"part a la pension"},
                               {"part en retraite"},
                               {"pars en retraite"},
                               {"parti a la retraite"},
                               {"partie a la retraite"},
                               {"partir a la retraite"},
                               {"partir en retraite"},
                               {"partira a la retraite"},
                               {"parti en retraite"},
                               {"partie en retraite"},
                               {"prend sa retraite"},
                               {"prends ma retraite"},
                               {"depart ~ retraite"},
                               {"depart de l entreprise"},
                               {"depart d un salarie"},
                               {"depart d une salariee"},
                               {"depart d un collegue"},
                               {"depart d une collegue"},
                               {"depart d un collaborateur"},
                               {"depart d une collaboratrice"},
                               {"un depart a"},
                               {"un depart de"},
                               {"son depart"},
                               {"mon depart"},
                               {"leur depart"},
                               {"pour un depart"},
                               {"depart de madame"},
                               {"depart de monsieur"},
                               {"depart de mme"},
                               {"fin de contrat"},
                               {"fin de son contrat"},
                               {"fin de cdd"},
                               {"fin de son cdd"},
                               {"fin de stage"},
                               {"fin de son stage"},
                               {"fin d alternance"},
                               {"fin de son alternance"},
                               {"fin de mission"},
                               {"fin de sa mission"},
                               {"fin d interim"},
                               {"contrat ~ se termine"},
                               {"contrat ~ s arrete"},
                               {"contrat ~ prend fin"},
                               {"contrat ~ s acheve"},
                               {"contrat ~ est fini"},
                               {"contrat ~ est termine"},
                               {"contrat n est pas renouvele"},
                               {"contrat ~ pas ete renouvele"},
                               {"cdd ~ se termine"},
                               {"cdd ~ s arrete"},
                               {"stage ~ se termine"},
                               {"stage ~ est fini"},
                               {"stage ~ est termine"},
                               {"stage ~ s arrete"},
                               {"alternance ~ se termine"},
                               {"mission ~ se termine"},
                               {"fini son stage"},
                               {"finit son stage"},
                               {"termine son stage"},
                               {"fini son contrat"},
                               {"finit son contrat"},
                               {"termine son contrat"},
                               {"fini sa mission"},
                               {"finit sa mission"},
                               {"termine sa mission"},
                               {"fini son alternance"},
                               {"finit son alternance"},
                               {"termine son alternance"},
                               {"fini son apprentissage"},
                               {"finit son apprentissage"},
                               {"fini son cdd"},
                               {"finit son cdd"},
                               {"rupture conventionnelle"},
                               {"rupture de ~ periode d essai"},
                               {"rompu sa periode d essai"},
                               {"fin a sa periode d essai"},
                               {"son dernier jour"},
                               {"mon dernier jour"},
                               {"dernier jour chez nous"},
                               {"dernier jour de travail"},
                               {"fait plus partie"},
                               {"font plus partie"},
                               {"travaille plus chez"},
                               {"travaille plus ici"},
                               {"travaille plus pour nous"},
                               {"travaille plus avec nous"},
                               {"travaille plus dans"},
                               {"marche plus pour nous"},
                               {"n est plus chez nous"},
                               {"n est plus dans la societe"},
                               {"n est plus dans l entreprise"},
                               {"n est plus parmi nous"},
                               {"n est plus des notres"},
                               {"n est plus salarie*"},
                               {"plus dans les effectifs"},
                               {"sort* des effectifs"},
                               {"parti de la societe"},
                               {"partie de la societe"},
                               {"parti de l entreprise"},
                               {"partie de l entreprise"},
                               {"parti de chez nous"},
                               {"partie de chez nous"},
                               {"parti definitivement"},
                               {"partie definitivement"},
                               {"parti a la concurrence"},
                               {"partie a la concurrence"},
                               {"parti chez un concurrent"},
                               {"partie chez un concurrent"},
                               {"abandon de poste"},
                               {"nous a quitt*"},
                               {"a pose sa demission"},
                               {"rompu son contrat"},
                               {"fin de preavis"},
                               {"bosse plus"},
                               {"est plus chez"},
                               {"est plus la depuis"},
                               {"est plus avec nous"},
                               {"est plus parmi nous"},
                               {"est plus employe*"},
                               {"est plus en poste"},
                               {"est plus des notres"},
                               {"plus dans la boite"},
                               {"plus dans la societe"},
                               {"plus dans l entreprise"},
                               {"se separe de"},
                               {"se separer de"},
                               {"separons de"},
                               {"separe d un"},
                               {"separe d une"},
                               {"mis fin au contrat"},
                               {"mettre fin au contrat"},
                               {"met fin au contrat"},
                               {"fin a son contrat"},
                               {"mis fin a ~ collaboration"},
                               {"fin a sa mission"},
                               {"fin a son stage"},
                               {"trouve autre chose"},
                               {"trouve un autre poste"},
                               {"trouve un autre travail"},
                               {"trouve un travail ailleurs"},
                               {"ne reviendra plus"},
                               {"ne reviendra pas"},
                               {"rendu son badge"},
                               {"rendu son materiel"},
                               {"solde de tout compte"},
                               {"pot de depart"},
                               {"n a plus rien a faire"},
                               {"termine chez nous"},
                               {"dernier jour dans la societe"},
                               {"dernier jour chez"},
                               // English
                               {"leaving us"},
                               {"leaves us"},
                               {"left us"},
                               {"leav* the company"},
                               {"left the company"},
                               {"leav* the business"},
                               {"left the business"},
                               {"leav* the firm"},
                               {"left the firm"},
                               {"leav* the practice"},
                               {"left the practice"},
                               {"leav* the team"},
                               {"leav* the school"},
                               {"left the school"},
                               {"leaver"},
                               {"leavers"},
                               {"last day with us"},
                               {"his last day"},
                               {"her last day"},
                               {"their last day"},
                               {"my last day"},
                               {"s last day"},
                               {"last working day"},
                               {"no longer works"},
                               {"no longer work here"},
                               {"no longer with us"},
                               {"no longer with the"},
                               {"no longer employed"},
                               {"not with us any*"},
                               {"doesn t work here any*"},
                               {"doesn t work for us any*"},
                               {"resign*"},
                               {"handed in his notice"},
                               {"handed in her notice"},
                               {"handed in their notice"},
                               {"handed his notice"},
                               {"handed her notice"},
                               {"gave ~ notice"},
                               {"given ~ notice"},
                               {"working his notice"},
                               {"working her notice"},
                               {"is retiring"},
                               {"s retiring"},
                               {"retires"},
                               {"has retired"},
                               {"s retired"},
                               {"going to retire"},
                               {"m retiring"},
                               {"was fired"},
                               {"been fired"},
                               {"just fired"},
                               {"ve fired"},
                               {"got fired"},
                               {"we fired"},
                               {"been let go"},
                               {"was let go"},
                               {"were let go"},
                               {"ve let ~ go"},
                               {"letting ~ go"},
                               {"just let ~ go"},
                               {"let ~ go this morning"},
                               {"let ~ go today"},
                               {"dismissed"},
                               {"been terminated"},
                               {"was terminated"},
                               {"ve terminated"},
                               {"terminated ~ employ*"},
                               {"been sacked"},
                               {"was sacked"},
                               {"just sacked"},
                               {"ve sacked"},
                               {"made redundant"},
                               {"laid off"},
                               {"walked out of the building"},
                               {"been walked out"},
                               {"contract ~ ends"},
                               {"contract is ending"},
                               {"contract s ending"},
                               {"contract ended"},
                               {"contract finishes"},
                               {"contract has finished"},
                               {"contract is up"},
                               {"contract s up"},
                               {"end of ~ contract"},
                               {"end of ~ internship"},
                               {"finished ~ internship"},
                               {"internship ended"},
                               {"internship is over"},
                               {"internship s over"},
                               {"internship ends"},
                               {"placement ends"},
                               {"finished ~ placement"},
                               {"departure of"},
                               {"his departure"},
                               {"her departure"},
                               {"offboard*"},
                               {"has quit"},
                               {"quit this"},
                               {"quit today"},
                               {"quit yesterday"},
                               {"quit last"},
                               {"just quit"},
                               {"quit without"},
                               {"into retirement"},
                               {"enjoy ~ retirement"},
                               {"taking retirement"},
                               {"takes retirement"},
                               {"early retirement"},
                               {"take retirement"},
                               {"isn t with us"},
                               {"is not with us"},
                               {"aren t with us"},
                               {"no longer here"},
                               {"isn t here any*"},
                               {"not here any*"},
                               {"not working here any*"},
                               {"not working for us any*"},
                               {"isn t working for us"},
                               {"doesn t work here now"},
                               {"dismiss"},
                               {"dismissing"},
                               {"had to let ~ go"},
                               {"to let ~ go"},
                               {"having to let"},
                               {"sacking"},
                               {"s moving on"},
                               {"is moving on"},
                               {"are moving on"},
                               {"moves on"},
                               {"final day"},
                               {"last shift"},
                               {"got another job"},
                               {"found another job"},
                               {"got a new job"},
                               {"taken another job"},
                               {"new job elsewhere"},
                               {"parting ways"},
                               {"parted ways"},
                               {"parted company"},
                               {"won t be coming back"},
                               {"isn t coming back"},
                               {"not coming back to work"},
                               {"finished with us"},
                               {"finishes with us"},
                               {"finishing with us"},
                               {"exit interview"},
                               {"leaving date"},
                               {"leaving do"},
                               {"last working day"}};
    return kCues;
}
/// Of laptops, trains and colleagues at lunch too.
const CueList& vagueLeaving() {
    static const CueList kCues{
        {"pars"},         {"m leaving"},  {"est parti"},  {"est partie"},    {"sont partis"},
        {"sont parties"}, {"part"},       {"partent"},    {"partira"},       {"va partir"},
        {"doit partir"},  {"s en va"},    {"s en ira"},   {"va s en aller"}, {"s en est alle"},
        {"quitte"},       {"quittera"},   {"va quitter"}, {"a quitte"},      {"s arrete"},
        {"arrete"},       {"finit"},      {"depart"},     {"is leaving"},    {"s leaving"},
        {"are leaving"},  {"re leaving"}, {"leaves"},     {"will leave"},    {"ll be leaving"},
        {"has left"},     {"s left"},     {"left"},       {"is going"},      {"s finishing"},
        {"is finishing"}, {"finishes"},   {"finished"},   {"finishing"},     {"is off on"},
        {"walked out"},   {"s gone"},     {"has gone"}};
    return kCues;
}

// -- arriving

const CueList& plainArriving() {
    static const CueList kCues{{"nouveau collegue"},
                               {"nouvelle collegue"},
                               {"nouveau collabora*"},
                               {"nouvelle collabora*"},
                               {"nouveau salarie"},
                               {"nouvelle salariee"},
                               {"nouvel employe"},
                               {"nouvelle employee"},
                               {"nouveau stagiaire"},
                               {"nouvelle stagiaire"},
                               {"nouvel alternant"},
                               {"nouvelle alternante"},
                               {"nouvel apprenti"},
                               {"nouvelle apprentie"},
                               {"nouvelle recrue"},
                               {"nouveau commercial"},
                               {"nouvelle commerciale"},
                               {"nouvelle assistante"},
                               {"nouvel assistant"},
                               {"nouveau comptable"},
                               {"nouvelle comptable"},
                               {"nouvelle secretaire"},
                               {"nouveau directeur"},
                               {"nouvelle directrice"},
                               {"nouveau responsable"},
                               {"nouvelle responsable"},
                               {"nouvel arrivant"},
                               {"nouvelle arrivante"},
                               {"nouvelle personne"},
                               {"nouveau magasinier"},
                               {"nouvelle infirmiere"},
                               {"nouvel infirmier"},
                               {"nouveaux arrivants"},
                               {"nouveaux collegues"},
                               {"nouveau vendeur"},
                               {"nouvelle vendeuse"},
                               {"nouveau chauffeur"},
                               {"nouvelle receptionniste"},
                               {"embauche*"},
                               {"recrute"},
                               {"prend son poste"},
                               {"prendra son poste"},
                               {"prend ses fonctions"},
                               {"prise de poste"},
                               {"prendra ses fonctions"},
                               {"rejoint l equipe"},
                               {"nous rejoint"},
                               {"nous rejoindra"},
                               {"rejoindra l equipe"},
                               {"arrivee d un"},
                               {"arrivee d une"},
                               {"arrivee de madame"},
                               {"arrivee de monsieur"},
                               {"son arrivee"},
                               {"rejoint la societe"},
                               {"integre l equipe"},
                               {"remplacant"},
                               {"remplacante"},
                               {"successeur"},
                               {"la remplace"},
                               {"le remplace"},
                               {"la remplacera"},
                               {"le remplacera"},
                               {"va le remplacer"},
                               {"va la remplacer"},
                               {"prend la suite"},
                               {"prend sa place"},
                               {"reprend son poste a lui"},
                               {"prendra sa place"},
                               {"remplace par"},
                               {"remplacee par"},
                               {"lui succede*"},
                               {"accueille un"},
                               {"accueille une"},
                               {"accueillons un"},
                               {"accueillons une"},
                               {"accueillir un"},
                               {"accueillir une"},
                               {"un nouveau qui"},
                               {"une nouvelle qui"},
                               {"quelqu un qui commence"},
                               {"quelqu un qui arrive"},
                               {"quelqu un de nouveau"},
                               {"prend le poste de"},
                               {"reprend le poste de"},
                               {"un remplacant"},
                               {"une remplacante"},
                               {"une arrivee a"},
                               {"une arrivee de"},
                               {"un arrivant"},
                               {"new starter*"},
                               {"new joiner*"},
                               {"new hire*"},
                               {"new colleague*"},
                               {"new employee*"},
                               {"new intern"},
                               {"new apprentice"},
                               {"new recruit"},
                               {"new receptionist"},
                               {"new accountant"},
                               {"new manager"},
                               {"new nurse"},
                               {"new assistant"},
                               {"new person"},
                               {"new guy"},
                               {"new girl"},
                               {"new lady"},
                               {"joins us"},
                               {"joining us"},
                               {"joining the team"},
                               {"joins the team"},
                               {"joining the company"},
                               {"starts with us"},
                               {"starting with us"},
                               {"hired"},
                               {"his replacement is"},
                               {"her replacement is"},
                               {"his replacement s"},
                               {"her replacement s"},
                               {"his replacement starts"},
                               {"her replacement starts"},
                               {"his successor"},
                               {"her successor"},
                               {"replaced by"},
                               {"replacing her"},
                               {"replacing him"},
                               {"taking over from"},
                               {"takes over from"},
                               {"taking his place"},
                               {"taking her place"},
                               {"taking over his"},
                               {"takes over his"},
                               {"takes over her"},
                               {"will take over from"},
                               {"replaces him"},
                               {"replaces her"},
                               {"covering for him"},
                               {"someone new"},
                               {"onboard*"},
                               {"taking on a"},
                               {"takes on a"},
                               {"taking someone on"},
                               {"somebody new"},
                               {"stepping into his"},
                               {"stepping into her"},
                               {"a new member of staff"},
                               {"new team member"},
                               {"taking over her"},
                               {"her replacement"},
                               {"his replacement"}};
    return kCues;
}
const CueList& vagueArriving() {
    static const CueList kCues{{"arrive"},         {"arrivera"},    {"arrivent"},     {"va arriver"},
                               {"commence"},       {"commencera"},  {"debute"},       {"debutera"},
                               {"demarre"},        {"arrivee"},     {"rejoint"},      {"rejoindra"},
                               {"est arrive"},     {"est arrivee"}, {"remplace"},     {"starts"},
                               {"is starting"},    {"s starting"},  {"will start"},   {"started"},
                               {"ll be starting"}, {"joins"},       {"is joining"},   {"s joining"},
                               {"joined"},         {"starting"},    {"remplacera"},   {"va remplacer"},
                               {"arriving"},       {"arrives"},     {"is replacing"}, {"s replacing"},
                               {"will replace"},   {"replaces"},    {"to replace"},   {"pour remplacer"}};
    return kCues;
}

// -- changing

const CueList& changing() {
    static const CueList kCues{{"change de service"},
                               {"changer de service"},
                               {"change de poste"},
                               {"changer de poste"},
                               {"changement de service"},
                               {"changement de poste"},
                               {"change d equipe"},
                               {"change d agence"},
                               {"changement d equipe"},
                               {"change de departement"},
                               {"change de site"},
                               {"changera de service"},
                               {"passe au service"},
                               {"passe du service"},
                               {"passera au service"},
                               {"passe a la compta*"},
                               {"passe au commercial"},
                               {"passe aux achats"},
                               {"est mute"},
                               {"est mutee"},
                               {"sera mute"},
                               {"sera mutee"},
                               {"ete mute"},
                               {"ete mutee"},
                               {"mutation"},
                               {"rejoint le service"},
                               {"change de fonction"},
                               {"est promu*"},
                               {"quitte le service ~ pour"},
                               {"quitte la compta* ~ pour"},
                               {"devient responsable"},
                               {"bascule au service"},
                               {"chang* department*"},
                               {"changing department*"},
                               {"chang* team*"},
                               {"changing team*"},
                               {"chang* role*"},
                               {"moving to the ~ team"},
                               {"moving to the ~ department"},
                               {"moves to the ~ team"},
                               {"moves to the ~ department"},
                               {"moving from ~ to"},
                               {"moved to the ~ team"},
                               {"moved to the ~ department"},
                               {"moving over to"},
                               {"transferring to"},
                               {"been promoted"},
                               {"moving department*"},
                               {"moves from ~ to"},
                               {"switching team*"},
                               {"moving into"},
                               {"moving to finance"},
                               {"moving to sales"},
                               {"moving to accounts"}};
    return kCues;
}

// -- coming back

const CueList& comingBack() {
    static const CueList kCues{{"revient de conge*"},
                               {"revient de son conge"},
                               {"revient de maternite"},
                               {"revient de son arret"},
                               {"revient d arret"},
                               {"revient d un arret"},
                               {"retour de conge*"},
                               {"retour de maternite"},
                               {"retour de son conge"},
                               {"retour d arret"},
                               {"retour de son arret"},
                               {"retour d un conge"},
                               {"de retour parmi nous"},
                               {"de retour chez nous"},
                               {"est de retour"},
                               {"sera de retour"},
                               {"reprend le travail"},
                               {"reprend son travail"},
                               {"reprendra le travail"},
                               {"a repris le travail"},
                               {"revient travailler"},
                               {"revient parmi nous"},
                               {"revient chez nous"},
                               {"reviendra chez nous"},
                               {"revient dans l equipe"},
                               {"reembauch*"},
                               {"rembauch*"},
                               {"re embauch*"},
                               {"l a repris"},
                               {"l a reprise"},
                               {"reintegr*"},
                               {"rentre de conge*"},
                               {"retour de conge maternite"},
                               {"reprend apres"},
                               {"reprend lundi"},
                               {"reprend mardi"},
                               {"reprend mercredi"},
                               {"reprend jeudi"},
                               {"reprend vendredi"},
                               {"reprend demain"},
                               {"back from maternity"},
                               {"back from parental"},
                               {"back from sick"},
                               {"back from her leave"},
                               {"back from his leave"},
                               {"back from leave"},
                               {"coming back to us"},
                               {"comes back to us"},
                               {"coming back to work"},
                               {"comes back to work"},
                               {"coming back from ~ leave"},
                               {"comes back from ~ leave"},
                               {"back to work"},
                               {"return* from ~ leave"},
                               {"returning to work"},
                               {"return* to us"},
                               {"rehir*"},
                               {"re hir*"},
                               {"wants to ~ come back"},
                               {"she s back"},
                               {"rejoins us"},
                               {"rentre de ~ conge*"},
                               {"revient de ~ conge*"},
                               {"retour de ~ conge*"},
                               {"revient d ~ arret"},
                               {"rentre d ~ arret"},
                               {"rentre de ~ arret"},
                               {"retour d ~ arret"},
                               {"fin de son conge"},
                               {"fin de son arret"},
                               {"rejoining"},
                               {"rejoined"},
                               {"came back to us"},
                               {"came back to work"},
                               {"came back from ~ leave"},
                               {"has come back"},
                               {"reprend son poste"},
                               {"revient chez"},
                               {"back with us"},
                               {"hired back"},
                               {"hired ~ back"},
                               {"taken ~ back on"},
                               {"taking ~ back on"},
                               {"coming back on"},
                               {"come back on"}};
    return kCues;
}

bool isAt(const Line& line, std::size_t at, std::initializer_list<std::string_view> words) {
    return at < line.words.size() && isOneOf(line.words[at].text, words);
}

/// "parti déjeuner", "part en vacances", "left his laptop", "leaves it on": it is no farewell.
bool goesSomewhere(const Line& line, std::size_t last) {
    if (isAt(line, last,
             {"dejeuner", "manger",  "chercher", "faire", "voir",    "livrer", "prendre", "fumer",
              "dormir",   "bientot", "courir",   "au",    "du",      "dans",   "sur",     "sous",
              "chez",     "avec",    "aux",      "boire", "his",     "her",    "my",      "the",
              "it",       "a",       "their",    "your",  "for",     "some",   "home",    "early",
              "work",     "to",      "behind",   "me",    "him",     "work",   "lunch",   "out",
              "off",      "you",     "pas",      "plus",  "down",    "wrong",  "missing", "through",
              "dead",     "blank",   "up",       "that",  "outlook", "click",  "an",      "l",
              "mes",      "ses",     "messages", "page",  "windows", "teams",  "de",      "apres",
              "et",       "tout",    "toujours", "side",  "hand",    "over"})) {
        // "chez un concurrent" is plain; "avec le portable" follows many a farewell.
        return !isAt(line, last, {"avec", "apres", "et", "off", "tout", "plus"});
    }
    constexpr std::size_t kNear = 3;
    for (std::size_t at = last; at < std::min(last + kNear, line.words.size()); ++at)
        if (isAt(line, at,
                 {"vacances",   "conge",      "conges",    "deplacement", "formation",    "reunion",
                  "reparation", "pause",      "tournee",   "production",  "intervention", "rtt",
                  "week",       "rendez",     "holiday",   "vacation",    "leave",        "lunch",
                  "meeting",    "maternite",  "maternity", "seminaire",   "arret",        "clientele",
                  "impression", "conference", "training",  "voyage"}))
            return true;
    return false;
}

/// What a thing or the help desk does: "le technicien arrive", "l'écran est arrivé", "the PC starts".
bool isOfThing(const Line& line, std::size_t first) {
    for (std::size_t back = 1; back <= 4 && back <= first; ++back) {
        const std::string_view word = line.words[first - back].text;
        if (isStaffWord(word) || isOneOf(word, {"madame", "monsieur", "il", "elle", "he", "she"}))
            return false;
        if (isOneOf(word, {"technicien", "technicienne", "engineer",   "technician", "colis",     "livraison",
                           "commande",   "mail",         "mails",      "message",    "messages",  "camion",
                           "train",      "portable",     "ordinateur", "poste",      "pc",        "ecran",
                           "laptop",     "screen",       "computer",   "parcel",     "order",     "delivery",
                           "courrier",   "imprimante",   "printer",    "serveur",    "server",    "logiciel",
                           "session",    "application",  "app",        "toner",      "telephone", "phone",
                           "facture",    "appel",        "appels"}))
            return true;
    }
    return false;
}

/// "j'arrive", "il n'arrive pas à", "son contrat arrive à terme".
bool reaches(const Line& line, const Phrase::Match& match) {
    if (!isAt(line, match.last - 1, {"arrive", "arrivent", "arrivera"})) return false;
    return isAt(line, match.last, {"a", "pas", "plus", "jamais", "au"}) ||
           (match.first > 0 && isAt(line, match.first - 1, {"j", "n", "ca", "y"}));
}

/// "quitte sa session", "démarre son PC", "starts her laptop": done to a thing.
bool isDoneToThing(const Line& line, const Phrase::Match& match) {
    if (!isAt(line, match.last - 1,
              {"quitte", "quittent", "quitter", "quittera", "demarre", "commence", "debute", "starts",
               "started", "starting", "leaves", "leaving", "left"}))
        return false;
    constexpr std::size_t kNear = 4;  // "sa session", "the new laptop"
    for (std::size_t at = match.last; at < std::min(match.last + kNear, line.words.size()); ++at) {
        if (at > match.last && line.isCutAfter(at - 1)) return false;
        if (isAt(line, at,
                 {"session",  "sessions", "application", "appli",      "logiciel", "programme", "fenetre",
                  "fichier",  "document", "excel",       "word",       "outlook",  "teams",     "sage",
                  "windows",  "pc",       "ordinateur",  "portable",   "machine",  "tableur",   "mode",
                  "computer", "laptop",   "password",    "screen",     "document", "file",      "app",
                  "program",  "phone",    "bureau",      "navigateur", "browser",  "onglet",    "macro",
                  "reunion",  "meeting",  "appel",       "call",       "page",     "ecran",     "menu"}))
            return true;
        if (!isAt(line, at, {"sa",  "son", "ses",   "la", "le",    "l",   "les",     "ma",      "mon",
                             "mes", "d",   "une",   "un", "cette", "du",  "a",       "an",      "his",
                             "her", "the", "their", "my", "up",    "new", "nouveau", "nouvelle"}))
            return false;
    }
    return false;
}

/// "fin du mois" ends no contract, "le camion est parti", "gare de départ".
bool isOtherDeparture(const Line& line, const Phrase::Match& match) {
    const bool isNoun = isAt(line, match.first, {"depart"}) || isAt(line, match.last - 1, {"depart"});
    if (!isNoun) return false;
    if (match.first > 0 && isAt(line, match.first - 1, {"au", "de", "du"}) &&
        !(match.first > 1 && isAt(line, match.first - 2,
                                  {"suite", "cause", "date", "jour", "formulaire", "cas", "moment", "lors",
                                   "parle", "agit", "propos", "sujet", "pot", "procedure"})))
        return true;
    for (std::size_t at = match.last; at < std::min(match.last + 4, line.words.size()); ++at)
        if (isAt(line, at,
                 {"camion", "camions", "train", "courrier", "colis", "livraison", "livraisons", "commande",
                  "vacances", "conge", "conges", "bus", "course", "chantier", "ligne", "fibre", "usine"}))
            return true;
    return false;
}

/// "l'appel est renvoyé vers", "my call was terminated": of no person.
bool isOfCall(const Line& line, const Phrase::Match& match) {
    for (std::size_t back = 1; back <= 5 && back <= match.first; ++back)
        if (isAt(line, match.first - back,
                 {"appel", "appels",  "call",    "calls",   "session",      "process",  "connection",
                  "mail",  "mails",   "colis",   "message", "messages",     "pop",      "alert",
                  "popup", "ligne",   "produit", "warning", "notification", "courrier", "service",
                  "task",  "licence", "license", "support", "contract"}))
            return !isAt(line, match.first - back, {"contract", "service"});
    return false;
}

/// "je quitte la société", "my last day"; but "j'ai licencié" is of another, and "j'ai un départ".
bool isOfSpeaker(const Line& line, const Phrase::Match& match) {
    if (isAt(line, match.first, {"mon", "my", "pars", "prends", "m"})) return true;
    if (match.first == 0 ||
        isAt(line, match.first, {"un", "une", "depart", "new", "fired", "hired", "dismissed"}))
        return false;
    if (isAt(line, match.first - 1, {"je", "i"})) return true;
    if (match.first < 2 || !isAt(line, match.first - 2, {"je", "j", "i"})) return false;
    const std::string_view verb = line.words[match.first].text;
    const bool isOwnPast = verb.starts_with("demission") || verb.starts_with("resign");
    return isAt(line, match.first - 1, {"vais", "am"}) ||
           (isOwnPast && isAt(line, match.first - 1, {"ai", "ve"}));
}

/// "il ne part pas", "n'est pas parti", "he isn't leaving", "no longer" is no denial.
bool isDenied(const Line& line, const Phrase::Match& match) {
    for (std::size_t at = match.first > 3 ? match.first - 3 : 0; at < match.first; ++at)
        if (isAt(line, at, {"pas", "jamais", "not", "isn", "aren", "wasn", "never", "hasn", "didn", "won"}))
            return true;
    const bool isOwnDenial = isAt(line, match.last - 1, {"partie", "chez", "ici", "nous", "us"});
    return !isOwnDenial && isAt(line, match.last, {"pas", "jamais"});
}

void read(const Line& line, const CueList& cues, Direction direction, bool isPlain,
          std::vector<MovementHit>& hits) {
    for (const CueList::Hit& hit : cues.all(line)) {
        if (isDenied(line, hit.match)) continue;
        if (direction == Direction::Leaves &&
            (isOtherDeparture(line, hit.match) || isOfCall(line, hit.match)))
            continue;
        if (!isPlain && direction == Direction::Leaves &&
            (goesSomewhere(line, hit.match.last) || isOfThing(line, hit.match.first)) &&
            !isAt(line, hit.match.first, {"depart"}))
            continue;
        if (isOtherSense(line, hit.match)) continue;
        if (direction == Direction::Arrives && isOfThing(line, hit.match.first)) continue;
        // "remplacé par" is said of the other one.
        if (!isPlain && isAt(line, hit.match.last, {"par", "by"})) continue;
        const bool isReplacement = isAt(line, hit.match.last - 1, {"replacement"});
        if (isReplacement && isAt(line, hit.match.last,
                                  {"laptop", "phone", "pc", "screen", "battery", "dock", "charger", "mouse",
                                   "keyboard", "headset", "computer", "monitor"}))
            continue;
        const std::string_view lastWord = line.words[hit.match.last - 1].text;
        const bool namesBehind =
            isOneOf(lastWord, {"de", "par", "by", "of", "depart", "arrivee", "madame", "monsieur",
                               "remplacant", "remplacante", "contrat", "stage"}) ||
            (direction == Direction::Arrives && isPlain);
        hits.push_back({direction, hit.match, isOfSpeaker(line, hit.match), isPlain, namesBehind});
    }
}

}  // namespace

bool isStaffWord(std::string_view word) {
    for (const std::string_view stem :
         {"collegue",   "collabora",     "salarie",     "employe",      "stagiaire",  "alternant",
          "apprenti",   "interimaire",   "commercial",  "comptable",    "secretaire", "assistant",
          "directeur",  "directrice",    "responsable", "gestionnaire", "vendeu",     "ouvrier",
          "chauffeur",  "infirmier",     "medecin",     "associe",      "avocat",     "clerc",
          "magasinier", "receptionnist", "caissier",    "ingenieur",    "remplacant", "conduct",
          "preparat",   "colleague",     "starter",     "intern",       "apprentice", "accountant",
          "nurse",      "trainee",       "contractor",  "clerk",        "manager"})
        if (word.starts_with(stem) && !word.starts_with("internet") && !word.starts_with("interne"))
            return true;
    return isOneOf(word, {"personne", "gars",   "dame",    "jeune",    "chef",     "temp",     "guy",
                          "lady",     "girl",   "someone", "somebody", "cdd",      "benevole", "cadre",
                          "rep",      "driver", "quelqu",  "fille",    "monsieur", "madame",   "mme"});
}

std::vector<MovementHit> movementHitsIn(const Line& line) {
    std::vector<MovementHit> hits;
    read(line, plainLeaving(), Direction::Leaves, true, hits);
    read(line, vagueLeaving(), Direction::Leaves, false, hits);
    read(line, plainArriving(), Direction::Arrives, true, hits);
    read(line, vagueArriving(), Direction::Arrives, false, hits);
    read(line, changing(), Direction::ChangesPost, true, hits);
    read(line, comingBack(), Direction::ComesBack, true, hits);
    // "une nouvelle clerc"
    for (std::size_t at = 0; at + 1 < line.words.size(); ++at)
        if (isAt(line, at, {"nouveau", "nouvelle", "nouvel"}) && isStaffWord(line.words[at + 1].text))
            hits.push_back({Direction::Arrives, {at, at + 2}, false, true, true});
    std::ranges::stable_sort(hits, {}, [](const MovementHit& hit) { return hit.match.first; });
    return hits;
}

bool isOtherSense(const Line& line, const Phrase::Match& match) {
    return reaches(line, match) || isDoneToThing(line, match);
}

bool isAwayForLong(const Line& line) {
    static const CueList kAway{
        {"conge mater*"}, {"conge parental"}, {"conge paternite"}, {"arret maladie"}, {"arret de travail"},
        {"arret long"},   {"longue absence"}, {"maternite"},       {"maternity"},     {"parental leave"},
        {"sick leave"},   {"sabbati*"},       {"long term sick"},  {"having a baby"}, {"conge sans solde"}};
    return kAway.first(line).has_value();
}

std::optional<Phrase::Match> takenBackIn(const Line& line) {
    static const CueList kTakenBack{{"desactiv* ~ par erreur"},
                                    {"coup* ~ par erreur"},
                                    {"ferme* ~ par erreur"},
                                    {"supprim* ~ par erreur"},
                                    {"bloqu* ~ par erreur"},
                                    {"par erreur ~ compte"},
                                    {"par erreur ~ acces"},
                                    {"ne part plus"},
                                    {"ne part pas"},
                                    {"n est pas parti*"},
                                    {"part pas"},
                                    {"finalement il reste"},
                                    {"finalement elle reste"},
                                    {"reste finalement"},
                                    {"reste avec nous"},
                                    {"reste chez nous"},
                                    {"depart ~ annule"},
                                    {"n est jamais parti*"},
                                    {"trompe* de personne"},
                                    {"pas la bonne personne"},
                                    {"disabled ~ by mistake"},
                                    {"closed ~ by mistake"},
                                    {"cut ~ by mistake"},
                                    {"blocked ~ by mistake"},
                                    {"disabled ~ in error"},
                                    {"isn t leaving"},
                                    {"not leaving"},
                                    {"wrong person"},
                                    {"hasn t left"},
                                    {"staying after all"},
                                    {"staying with us"},
                                    {"didn t leave"},
                                    {"removed ~ by mistake"},
                                    {"taken as a leaver"},
                                    {"not the one leaving"},
                                    {"not the leaver"},
                                    {"it was a mistake"},
                                    {"it s a mistake"},
                                    {"c est une erreur"},
                                    {"c etait une erreur"},
                                    {"pas lui qui part"},
                                    {"pas elle qui part"},
                                    {"pas lui qui quitte"},
                                    {"pas elle qui quitte"},
                                    {"n a pas quitte"},
                                    {"desactiv* a tort"},
                                    {"coup* a tort"}};
    if (const auto hit = kTakenBack.first(line)) return hit->match;
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
