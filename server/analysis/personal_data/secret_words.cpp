#include "server/analysis/personal_data/secret_words.hpp"

#include "server/analysis/conversation/phrases.hpp"

#include <span>
#include <vector>

namespace ninja3cx::analysis {
namespace {

constexpr auto kSigns = std::to_array<SignWord>({
    {"tiret", "-"},         {"tirets", "-"},      {"diese", "#"},         {"hash", "#"},
    {"hashtag", "#"},       {"underscore", "_"},  {"dash", "-"},          {"hyphen", "-"},
    {"etoile", "*", true},  {"asterisque", "*"},  {"asterisk", "*"},      {"star", "*", true},
    {"exclamation", "!"},   {"arobase", "@"},     {"arrobase", "@"},      {"arobas", "@"},
    {"dollar", "$"},        {"slash", "/"},       {"antislash", "\\"},    {"backslash", "\\"},
    {"point", ".", true},   {"stop", ".", true},  {"dot", ".", true},     {"pourcent", "%", true},
    {"plus", "+", true},    {"esperluette", "&"}, {"ampersand", "&"},     {"interrogation", "?"},
    {"egal", "=", true},    {"at", "@", true},    {"percent", "%", true}, {"parenthese", "("},
    {"virgule", ",", true},
});
/// Words that say how a secret is written: that there is one.
constexpr auto kCases = std::to_array<std::string_view>({
    "majuscule",
    "majuscules",
    "minuscule",
    "minuscules",
    "capital",
    "capitals",
    "capitale",
    "capitales",
    "uppercase",
    "lowercase",
    "upper",
    "lower",
    "caps",
    "majuscul",
});
/// Words that join the parts of a description.
constexpr auto kJoints = std::to_array<std::string_view>({
    "tout",    "toute",  "tous",   "en",      "attache",  "colle",    "avec",      "un",    "une",
    "le",      "la",     "a",      "fin",     "au",       "debut",    "d",         "puis",  "et",
    "and",     "then",   "with",   "the",     "end",      "all",      "case",      "comme", "numbers",
    "numbers", "letter", "number", "chiffre", "chiffres", "lettre",   "lettres",   "mark",  "sign",
    "accent",  "sans",   "espace", "grand",   "petit",    "big",      "full",      "small", "as",
    "in",      "for",    "like",   "bas",     "milieu",   "premiere", "first",     "an",    "ensuite",
    "then",    "one",    "word",   "mot",     "seul",     "apres",    "question",  "point", "of",
    "du",      "de",     "l",      "n",       "letters",  "digits",   "beginning", "start",
});

/// Words of everyday talk: a secret does not begin or go on with them.
constexpr std::string_view kStops =
    " at suivi suivie followed office microsoft google apple teams si je j vous ca pour hein ok merci voila "
    "parce que qu qui mais donc alors on il elle ils elles c ce "
    "est "
    "oui non attendez i you it that so but if okay yes no please quand ensuite maintenant bon because pas [] "
    "votre vos mon ma mes bien ne nous tu me m te se s y was is be will would can could do does did have has "
    "had "
    "ai as avez avons ont etait sera serait sont suis etes ete etre avoir fait faire va vais vont allez "
    "aller "
    "faut peut peux pouvez marche marchait fonctionne passe passer expire expires expired expiree expirer "
    "requis "
    "requise demande demandent demander redemande refuse refusee refuser refused rejected accepte accepter "
    "incorrect "
    "incorrecte "
    "invalide invalid wrong right faux fausse bonne juste meme same again encore toujours jamais never "
    "always "
    "depuis dans sur sous par chez vers entre from to into on of by my your his her their our this these "
    "those "
    "when what which who how why where there here now just only also too very really well then than "
    "quel quelle quels comment pourquoi combien tres trop plus moins aussi deja peu beaucoup "
    "cette cet ces leur leurs son sa ses notre nos des les aux lui eux moi toi "
    "change changer changez changed change changing oublie oublier forgot forgotten forget reset "
    "reinitialise reinitialiser reinitialisation bloque bloquee verrouille verrouillee locked unlock "
    "deverrouille "
    "tape tapez taper type typed typing mets met mettre mettez mis put saisi saisir saisissez entre entrez "
    "entrer enter "
    "entered note notez noter write donne donnez donner give gave given dit dire dites say said voici "
    "provisoire temporaire temporary initial default actuel current nouveau nouvelle nouveaux new ancien "
    "ancienne old "
    "session windows compte account ordinateur computer pc poste messagerie mail boite outlook wifi wi fi "
    "reseau network "
    "habituel usual normal standard personnel administrateur admin utilisateur user "
    "marque ecrit affiche message page ecran screen fenetre box mot mots code codes password pin "
    "minutes minute fois heures heure jours jour semaine semaines mois ans an "
    "days day hours hour weeks week months month times time "
    "monsieur madame bonjour hello hi thanks thank rien nothing quelque chose something anything tout le "
    "monde "
    "autre autres other another quelqu someone everyone personne parfait super perfect great good nickel "
    "euh ben bah ah oh eh um well yeah yep nope accord d'accord ouais donc voyez regardez look see "
    "essaye essayer essayez essai try tried try essais tentative redemarre redemarrer connecte connecter "
    "got get gets getting let me going go goes went come comes doesn don didn isn wasn t ll ve re won "
    "exactement exact exactly correct attention normalement probablement peut-etre maybe "
    "apparemment visiblement toutes tous quelques chaque plusieurs every each some any few many much "
    "car puisque lorsque comme tant pendant avant until before after since about around over "
    "up down out off back left still even ever yet first last next "
    "its itll im ive id thats youll youve theyll dont doesnt cant wont hang hold wait attend attends faites "
    "fais "
    "fasse tourne monte remis remets envoie envoyer evitez eviter avoid janvier fevrier mars avril mai juin "
    "juillet "
    "aout septembre octobre novembre decembre january february march april june july august september "
    "october "
    "november december lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday "
    "friday saturday sunday trouve trouver trouvez appelle appeler appelez signe appuyez press click cliquez "
    "composer composez composes caractere caracteres character characters needs need provisoirement "
    "temporairement environ presque "
    "ticket numero number poste extension numeros numbers says shows ";

/// How a word is written, said behind it: "tout attaché", "all one word", "with a three instead of the e".
constexpr auto kForms = std::to_array<std::string_view>({
    "tout attache",
    "tout colle",
    "tout ensemble",
    "en un mot",
    "en un seul mot",
    "tout en un mot",
    "sans espace*",
    "au singulier",
    "au pluriel",
    "en petit*",
    "tout en petit*",
    "deux fois",
    "all one word",
    "in one word",
    "one word",
    "all together",
    "no space*",
    "no capital*",
    "no caps",
    "small letters",
    "all small letters",
    "all in small letters",
    "all small",
    "all in small",
    "in small",
    "joined up",
    "a la place d*",
    "instead of",
    "avec un ~ a la place",
    "avec deux",
    "with two",
    "with a ~ instead",
    "with an ~ instead of the",
    "with a ~ instead of the",
    "with an ~ instead",
    "tout simplement",
});

}  // namespace

bool isStop(std::string_view word) {
    static const std::vector<std::string_view> kSorted = [] {
        std::vector<std::string_view> words;
        for (std::size_t at = 1; at < kStops.size();) {
            const std::size_t end = kStops.find(' ', at);
            words.push_back(kStops.substr(at, end - at));
            at = end + 1;
        }
        std::sort(words.begin(), words.end());
        return words;
    }();
    return std::binary_search(kSorted.begin(), kSorted.end(), word);
}

const SignWord* signOf(std::string_view word) {
    const auto found =
        std::find_if(kSigns.begin(), kSigns.end(), [&](const SignWord& sign) { return sign.word == word; });
    return found == kSigns.end() ? nullptr : &*found;
}

bool hasDigit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool hasLetter(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string_view gapAfter(const Line& line, std::size_t at) {
    if (at + 1 >= line.words.size()) return line.text.substr(static_cast<std::size_t>(line.words[at].end));
    const auto from = static_cast<std::size_t>(line.words[at].end);
    const auto to = static_cast<std::size_t>(line.words[at + 1].begin);
    return line.text.substr(from, to - from);
}
bool isCut(const Line& line, std::size_t before, std::string_view marks) {
    if (before + 1 >= line.words.size()) return true;
    const std::string_view gap = gapAfter(line, before);
    const std::size_t mark = gap.find_first_of(marks);
    return mark != std::string_view::npos && gap.size() > mark + 1;
}
std::string_view rawWord(const Line& line, std::size_t at) {
    const auto from = static_cast<std::size_t>(line.words[at].begin);
    return line.text.substr(from, static_cast<std::size_t>(line.words[at].end) - from);
}

std::size_t formAt(const Line& line, std::size_t at) {
    static const std::vector<Phrase> kPhrases(kForms.begin(), kForms.end());
    const auto words =
        std::span<const Word>{line.words}.subspan(at, std::min<std::size_t>(7, line.words.size() - at));
    std::size_t longest = 0;
    for (const Phrase& phrase : kPhrases)
        if (const auto match = phrase.find(words); match && match->first == 0) {
            const bool isOfLetter = match->last < words.size() && words[match->last].text.size() == 1 &&
                                    words[match->last - 1].text == "the";
            longest = std::max(longest, match->last + (isOfLetter ? 1 : 0));
        }
    return longest;
}
bool isUpperLetter(const Line& line, std::size_t at) {
    const std::string_view raw = rawWord(line, at);
    return raw.size() == 1 && raw[0] >= 'A' && raw[0] <= 'Z';
}
bool startsUpper(const Line& line, std::size_t at) {
    const std::string_view raw = rawWord(line, at);
    const auto at0 = static_cast<unsigned char>(raw[0]);
    // "É": the capitals of Latin-1 in UTF-8.
    return (at0 >= 'A' && at0 <= 'Z') ||
           (at0 == 0xC3 && raw.size() > 1 && static_cast<unsigned char>(raw[1]) < 0x9F);
}
bool isPaymentCard(std::string_view word, std::string_view behind) {
    if (word == "carte") return behind == "bleue" || behind == "bancaire";
    return behind == "card" && (word == "credit" || word == "debit" || word == "bank");
}
bool isCase(std::string_view word) {
    return isIn(kCases, word);
}
bool isJoint(std::string_view word) {
    return isIn(kJoints, word);
}
bool isWeakPassword(std::string_view word) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"bonjour", "hello", "azerty", "qwerty", "password", "admin",
                                         "bienvenue", "welcome", "motdepasse", "coucou", "letmein"});
    return isIn(kWords, word);
}
bool isNumberedThing(std::string_view word) {
    static constexpr auto kNouns = std::to_array<std::string_view>(
        {"dossier", "facture", "commande", "devis",    "client",    "bon",     "ligne",    "salle",
         "chambre", "etage",   "quai",     "article",  "etiquette", "invoice", "order",    "room",
         "floor",   "line",    "file",     "case",     "page",      "version", "release",  "demande",
         "agence",  "site",    "magasin",  "bureau",   "porte",     "serie",   "incident", "lot",
         "erreur",  "error",   "attempt",  "tentative"});
    return isIn(kNouns, word);
}
bool isLeadIn(std::string_view word) {
    return isStop(word) || isJoint(word) || word == "le" || word == "la" || word == "alors";
}

bool tellsFaultCode(const Line& line) {
    static constexpr auto kFaults = std::to_array<std::string_view>(
        {"failed",   "fails",   "fail",    "failure", "error",    "erreur",    "echec",      "echoue",
         "refuse",   "refusee", "denied",  "says",    "shows",    "dit",       "affiche",    "timeout",
         "rejected", "rejete",  "rejetee", "invalid", "invalide", "incorrect", "incorrecte", "wrong"});
    static constexpr auto kOf =
        std::to_array<std::string_view>({"le", "mon", "votre", "ton", "un", "du", "ce", "son", "the", "my",
                                         "your", "a", "this", "his", "her"});
    bool isFaulty = false;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        if (line.words[at].text != "code") continue;
        if (at > 0 && isIn(kOf, line.words[at - 1].text)) return false;
        bool isOfFault = false;
        for (std::size_t before = at; before > 0 && before + 5 > at && !isCut(line, before - 1, ".?!;");
             --before)
            isOfFault = isOfFault || isIn(kFaults, line.words[before - 1].text);
        if (!isOfFault) return false;
        isFaulty = true;
    }
    return isFaulty;
}

}  // namespace ninja3cx::analysis
