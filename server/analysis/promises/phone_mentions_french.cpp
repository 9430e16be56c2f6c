#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/promises/phone_words.hpp"

namespace ninja3cx::analysis {
namespace {

bool isArticle(std::string_view word) {
    return isOneOf(word, {"le", "la", "les", "l", "mon", "ma", "mes", "votre", "vos", "notre", "nos", "ce",
                          "cette", "un", "une"});
}
/// "je vous rappelle le matin", not "… le principe".
bool isTime(std::string_view word) {
    return isOneOf(word, {"matin",  "matinee",  "soir",      "soiree",   "midi",      "semaine",    "lundi",
                          "mardi",  "mercredi", "jeudi",     "vendredi", "samedi",    "dimanche",   "mois",
                          "jour",   "journee",  "lendemain", "apres",    "plus",      "premier",    "un",
                          "deux",   "trois",    "quatre",    "cinq",     "six",       "sept",       "huit",
                          "neuf",   "dix",      "onze",      "douze",    "quinze",    "vingt",      "trente",
                          "quart",  "demi",     "fin",       "debut",    "prochaine", "prochaines", "courant",
                          "numero", "ligne",    "portable",  "heures",   "minutes",   "fois",       "instant",
                          "minute", "heure"}) ||
           (!word.empty() && word[0] >= '0' && word[0] <= '9');
}

bool isVerb(const Place& place) {
    const std::string_view word = place.word();
    // "pour le téléphone je vous envoie …": the thing.
    if (word == "telephone" && isArticle(place.before(1)) && place.before(1) != "l") return false;
    if (word.starts_with("rappel")) return word != "rappel" && word != "rappels";
    return isOneOf(word,
                   {"appelle", "appellerai", "appellera", "appeler", "appelez", "appellent", "telephoner",
                    "retelephoner", "telephone", "telephonerai", "telephonera", "retelephone", "recontacte",
                    "recontacterai", "recontactera", "recontacter", "recontactons", "recontactent"});
}

bool isAdverb(std::string_view word) {
    return isOneOf(word, {"juste", "simplement", "quand", "meme", "egalement", "aussi", "donc"});
}

bool isDenied(const Place& place) {
    return (isOneOf(place.after(1), {"pas", "plus", "jamais"}) &&
            !isOneOf(place.after(2), {"avant", "plus", "tard"})) ||
           place.hasBefore(5, {"personne", "jamais", "inutile", "besoin", "peine"}) ||
           (place.hasBefore(3, {"ne", "n"}) && isOneOf(place.after(1), {"pas", "plus", "jamais", "point"}));
}

/// "je vous rappelle juste que …"
bool isReminder(const Place& place) {
    if (!place.word().starts_with("rappel") || place.word().ends_with("er")) return false;
    std::size_t next = 1;
    while (isAdverb(place.after(next))) ++next;
    return isOneOf(place.after(next), {"que", "qu"});
}

/// "je rappelle Orange", "j'appelle mon collègue"
bool isOfName(const Place& place) {
    const bool isName =
        !place.after(1).empty() && !isTime(place.after(1)) &&
        !isOneOf(place.after(1), {"demain", "dans", "des",     "avant", "vers", "a",       "en",
                                  "quand",  "tout", "bientot", "cet",   "ce",   "ensuite", "pour",
                                  "sur",    "si",   "et",      "votre", "vous", "lundi",   "mardi"});
    // A lost "vous" must not make one of them: the sentence goes on with another deed.
    const bool isAlone =
        place.after(2).empty() || isOneOf(place.after(2), {"et", "puis", "de", "pour", "collegue"});
    return isOneOf(place.before(1), {"je", "j", "on"}) && isName && isAlone;
}

}  // namespace

const PhoneCues& frenchPhoneCues() {
    static const PhoneCues kCues{
        .phoning = {{"rappel*"},
                    {"appel*"},
                    {"telephon*"},
                    {"retelephon*"},
                    {"recontact*"},
                    {"contact*"},
                    {"revien* vers"},
                    {"au courant"},
                    {"des nouvelles"},
                    {"coup de fil"},
                    {"joindre"},
                    {"joint"}},
        .testing = {{"appelle ~ pour tester"},
                    {"appelle ~ pour essayer"},
                    {"appelle ~ pour un essai"},
                    {"appelle ~ pour un test"},
                    {"appelle ~ pour faire un test"},
                    {"appelle ~ pour faire un essai"},
                    {"appelle ~ pour verifier"},
                    {"appelle ~ pour voir si"},
                    {"vous appelle dessus"},
                    {"l appelle ~ maintenant"},
                    {"vous appelle ~ maintenant"},
                    {"vous appelle la"},
                    {"vous appelle tout de suite"},
                    {"l appelle"}},
        .reminding = {{"vous rappelez"},
                      {"vous rappeler que"},
                      {"ca vous rappelle"},
                      {"vous rappelle quelque chose"}},
        .leftToCustomer = {{"rappelez"}, {"rappelle moi"}, {"vous nous rappel*"}, {"vous me rappel*"}},
        .byCustomer = {{"je ~ rappelle"},
                       {"je ~ rappellerai"},
                       {"on vous rappelle*"},
                       {"nous vous rappel*"},
                       {"il vous rappel*"},
                       {"elle vous rappel*"},
                       {"il vous appelle*"},
                       {"elle vous appelle*"},
                       {"vous appellera"},
                       {"vous rappellera"},
                       {"va vous appeler"},
                       {"va vous rappeler"}},
        .doubting = {{"si j ai le temps"},
                     {"si je peux"},
                     {"si je trouve"},
                     {"si possible"},
                     {"rappelle peut etre"},
                     {"je vais peut etre"},
                     {"peut etre que je vous"},
                     {"garantis rien"},
                     {"garantis pas"},
                     {"promets rien"},
                     {"promets pas"},
                     {"sans garantie"},
                     {"rien garantir"},
                     {"rien promettre"}}};
    return kCues;
}

std::optional<Phoning> frenchPhoning(const Place& place) {
    if (!isVerb(place)) return std::nullopt;
    const std::string_view verb = place.word();
    const bool isAgain = verb.starts_with("rappel");
    if (isReminder(place)) return Phoning::Reminder;
    if (isDenied(place)) return Phoning::Denied;
    // "rappelez-nous", "vous nous rappelez": the customer does. "L'éditeur me rappelle": neither side does.
    if (isOneOf(verb, {"rappelez", "appelez", "rappelleriez", "rappellerez"})) return Phoning::LeftToCustomer;
    if (isOneOf(place.before(1), {"me", "m", "nous"})) return Phoning::ToOthers;
    const bool isYou = place.hasBefore(2, {"vous"});
    // "comme je vous le rappelle"
    if (isAgain && place.before(1) == "le") return isYou ? Phoning::Reminder : Phoning::ToOthers;
    std::size_t next = 1;
    while (isAdverb(place.after(next))) ++next;
    const bool isObject = isArticle(place.after(next)) && !isTime(place.after(next + 1));
    if (isObject && isYou && isAgain) return Phoning::Reminder;  // "je vous rappelle la règle"
    if (isYou) return Phoning::Promised;
    if (isObject || isOfName(place)) return Phoning::ToOthers;
    return Phoning::Unclear;
}

}  // namespace ninja3cx::analysis
