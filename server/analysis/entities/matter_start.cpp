#include "server/analysis/entities/matter_start.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/number_lexicon.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/lexicon/subject_words.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string>

namespace ninja3cx::analysis {
namespace {

std::string_view wordAt(const NameReading& reading, std::size_t at) {
    return at < reading.size() ? std::string_view{reading.word(at)} : std::string_view{};
}

/// Things that calls are about and that the subjects do not name.
constexpr std::string_view kMoreThings[] = {
    "caisse",     "sauvegarde", "telephonie",  "terminal",  "tpe",      "balance",  "borne",
    "badge",      "badgeuse",   "pointeuse",   "onduleur",  "disque",   "fichier",  "dossier",
    "programme",  "appli",      "application", "antivirus", "session",  "ligne",    "alarme",
    "projecteur", "boite",      "cable",       "mail",      "label",    "email",    "backup",
    "till",       "projector",  "app",         "website",   "intranet", "database", "drive"};

/// The nouns of things, in the singular.
const std::set<std::string, std::less<>>& things() {
    static const auto kThings = [] {
        std::set<std::string, std::less<>> all{std::begin(kMoreThings), std::end(kMoreThings)};
        for (const SubjectTerm& term : subjectTerms()) {
            if (term.part != SubjectPart::Thing) continue;
            // "imprimer*|scanner*|lecteur ~ codes barres": of a phrase the first word alone may be anything.
            std::string_view rest = term.phrase;
            while (!rest.empty()) {
                const std::size_t bar = std::min(rest.find('|'), rest.size());
                const std::vector<Word> words = wordsOf(rest.substr(0, bar));
                if (words.size() == 1) all.insert(words[0].text);
                rest.remove_prefix(std::min(bar + 1, rest.size()));
            }
        }
        return all;
    }();
    return kThings;
}

std::string singular(std::string_view word) {
    return std::string{word.ends_with('s') ? word.substr(0, word.size() - 1) : word};
}

bool isThing(std::string_view word) {
    return word != "tour" && (things().contains(word) || things().contains(singular(word)));
}

/// Products whose name is a surname or a company's word as well.
bool isWordToo(std::string_view product) {
    return isOneOf(product, {"sage",   "edge",    "canon",    "brother", "sharp",    "dell",  "zebra",
                             "oki",    "zoom",    "slack",    "notion",  "latitude", "clio",  "entra",
                             "eset",   "planner", "dynamics", "premier", "aruba",    "azure", "publisher",
                             "citrix", "toshiba", "apc",      "hp",      "sap",      "acer"});
}

/// One past the product that is named at `at`; `at` where none is.
std::size_t productEnd(const NameReading& reading, std::size_t at) {
    std::size_t end = at;
    const auto words = std::span{reading.line().words}.subspan(at);
    for (const CompiledProduct& compiled : compiledProducts()) {
        if (reading.word(at)[0] != compiled.product->phrase[0]) continue;
        if (const auto match = compiled.phrase.find(words.subspan(0, std::min<std::size_t>(words.size(), 5)));
            match && match->first == 0)
            end = std::max(end, at + match->last);
    }
    return end;
}

/// "sage ne s'ouvre plus", "sage paie plante", "outlook".
bool beginsProduct(const NameReading& reading, std::size_t at) {
    const std::size_t end = productEnd(reading, at);
    if (end == at) return false;
    if (end > at + 1 || !isWordToo(reading.word(at))) return true;
    return isPredicate(wordAt(reading, end)) || isPredicate(wordAt(reading, end + 1));
}

/// A predicate within a few words, and no comma before it: "la borne wifi ne répond plus". "a" is "à" as often: "groupe
/// scolaire la providence a thouarcé".
bool hasPredicateFrom(const NameReading& reading, std::size_t at) {
    constexpr std::size_t kMostWords = 3;
    for (std::size_t next = at; next < std::min(reading.size(), at + kMostWords); ++next) {
        const std::string& word = reading.word(next);
        // "la providence on est …": the verb is of the next subject.
        if (isOneOf(word, {"je", "j", "on", "nous", "vous", "il", "elle", "ils", "c", "ca", "y", "qui", "mon",
                           "ma", "mes", "notre", "nos"}))
            return false;
        if (word != "a" && isPredicate(word)) return true;
        if (reading.isCutAfter(next)) return false;
    }
    return false;
}

}  // namespace

bool isPredicate(std::string_view word) {
    return isOneOf(
        word,
        {"ne",         "n",        "me",      "m",        "se",        "s",         "est",     "sont",
         "a",          "ont",      "plante",  "plantent", "rame",      "rament",    "refuse",  "bloque",
         "marche",     "marchent", "affiche", "dit",      "demande",   "redemande", "veut",    "tourne",
         "fonctionne", "reste",    "met",     "fait",     "font",      "sort",      "sortent", "imprime",
         "bourre",     "clignote", "bipe",    "coupe",    "redemarre", "repond",    "tombe",   "lache",
         "deconne",    "mouline",  "hs",      "ko",       "won",       "wont",      "doesn",   "doesnt",
         "isn",        "isnt",     "aren",    "arent",    "is",        "are",       "has",     "have",
         "hasn",       "hasnt",    "keeps",   "keep",     "says",      "can",       "cannot",  "cant",
         "will",       "was",      "were",    "crashes",  "crashed",   "freezes",   "froze",   "hangs",
         "stopped",    "asks",     "shows",   "just",     "went",      "needs"});
}

bool beginsMatter(const NameReading& reading, std::size_t at) {
    if (reading.isCased() || at + 1 >= reading.size()) return false;
    const std::string_view word = reading.word(at);
    const std::string_view next = reading.word(at + 1);
    if (isOneOf(word, {"rien", "aucun", "aucune", "plusieurs", "certains", "concernant", "quelqu", "cest",
                       "ya", "ils", "toutes", "jarrive", "nothing", "none", "several", "something", "every"}))
        return true;
    if (beginsProduct(reading, at)) return true;
    // "label printer is …", "scanner en panne"
    if (isThing(word))
        return isPredicate(next) || next == "en" || (isThing(next) && hasPredicateFrom(reading, at + 2));
    if (!isOneOf(word, {"la", "le", "les", "l", "des"}) || reading.isCutAfter(at)) return false;
    // "croix", "grand": the names of places have them.
    const bool isOfPlace =
        isOneOf(next, {"bas", "haut", "vieux", "grand", "bonne", "nouvelle", "croix", "tour", "place",
                       "ferme", "ciel", "feu", "rive", "point", "carre", "main"});
    if (isOfPlace || opensCompany(next) || isNumberWord(next)) return false;
    if (isThing(next)) return true;
    if (word == "des")
        return isOneOf(next,
                       {"lenteurs", "coupures", "problemes", "soucis", "erreurs", "bugs", "ralentissements"});
    if (isMatterWord(std::string{next}) || isMatterWord(singular(next))) return true;
    // "garage le goff ne …", "jean le goff" are names, "durand la plieuse est …", "garage renard le pont ne …" a machine.
    const bool mayBeSurname =
        word == "le" && (at == 0 || opensCompany(reading.word(at - 1)) || isFirstName(reading.word(at - 1)));
    return !mayBeSurname && hasPredicateFrom(reading, at + 2);
}

bool beginsMatterAtOnce(const NameReading& reading, std::size_t at) {
    return !reading.isCased() && at + 2 < reading.size() &&
           isOneOf(reading.word(at), {"la", "le", "les", "l"}) && isThing(reading.word(at + 1)) &&
           hasPredicateFrom(reading, at + 2);
}

}  // namespace ninja3cx::analysis
