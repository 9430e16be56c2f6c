#include "server/analysis/movements/movement_cues.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/movements/movement_lists.hpp"

#include <algorithm>
#include <initializer_list>

namespace ninja3cx::analysis {
namespace {

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
        if (isAt(line, at,
                 {"pas", "jamais", "not", "isn", "aren", "wasn", "never", "hasn", "didn", "won", "isnt",
                  "arent", "wasnt", "hasnt", "didnt", "wont"}))
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
