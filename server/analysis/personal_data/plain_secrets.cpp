#include "server/analysis/personal_data/plain_secrets.hpp"

#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/product_list.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace ninja3cx::analysis {
namespace {

/// "le mot de passe c'est compliqué", "the password is fine": what is said of a password rather than the
/// password.
constexpr auto kOrdinary = std::to_array<std::string_view>({
    "complique", "simple",   "facile",     "difficile",    "long",     "longue",     "court",    "courte",
    "perdu",     "perdue",   "inconnu",    "vide",         "mort",     "morte",      "double",   "partout",
    "pareil",    "commun",   "different",  "fini",         "super",    "penible",    "dommage",  "cache",
    "public",    "prive",    "nulle",      "nul",          "urgent",   "dur",        "chiant",   "galere",
    "fou",       "rate",     "fichu",      "cuit",         "foutu",    "parti",      "perime",   "mauvais",
    "mauvaise",  "importe",  "aucun",      "aucune",       "celui",    "celle",      "ceux",     "sur",
    "sure",      "sensible", "connu",      "revenu",       "erreur",   "mieux",      "pire",     "fine",
    "gone",      "dead",     "short",      "strong",       "weak",     "easy",       "hard",     "missing",
    "blank",     "empty",    "ready",      "safe",         "secure",   "valid",      "hidden",   "broken",
    "important", "written",  "stuck",      "case",         "rubbish",  "awful",      "none",     "unknown",
    "true",      "trompeur", "evident",    "enregistre",   "lequel",   "laquelle",   "lesquels", "which",
    "false",     "whatever", "tricky",     "nonsense",     "better",   "worse",      "set",      "synced",
    "fixed",     "sorted",   "done",       "windows",      "lost",     "secret",     "personal", "private",
    "pro",       "perso",    "ancien",     "le",           "la",       "sorti",      "dedans",   "compris",
    "pris",      "genial",   "top",        "unique",       "possible", "impossible", "dehors",   "ferme",
    "ouvert",    "attente",  "panne",      "cours",        "question", "probleme",   "problem",  "souci",
    "bizarre",   "drole",    "logique",    "normale",      "vrai",     "actif",      "active",   "demain",
    "effectif",  "pret",     "prete",      "operationnel", "valide",   "tomorrow",   "shortly",  "later",
    "bientot",   "live",     "tranquille",
});
/// Of the form of a participle or an adjective: "refusé", "obligatoire", "expired", "working".
bool looksOrdinary(const Line& line, std::size_t at) {
    const std::string_view word = line.words[at].text;
    if (isIn(kOrdinary, word) || isCommonWord(word)) return true;
    if (startsUpper(line, at) && at > 0) return false;
    const std::string_view raw = rawWord(line, at);
    for (const std::string_view ending : {"é", "ée", "és", "ées"})
        if (raw.ends_with(ending)) return true;
    for (const std::string_view ending :
         {"able", "ables", "ible", "ibles", "ique", "oire", "ement", "eux", "ing", "ed", "ant", "ir", "ez"})
        if (word.size() >= ending.size() + 3 && word.ends_with(ending)) return true;
    return false;
}

bool isLetterWord(std::string_view word) {
    return word.size() == 1 && hasLetter(word);
}
/// "it's all lower case", "tout en minuscules", in the words behind.
bool saysCase(const Line& line, std::size_t from) {
    const std::size_t end = std::min(line.words.size(), from + 6);
    for (std::size_t i = from; i < end; ++i)
        if (isCase(line.words[i].text) || (i > from && formAt(line, i) > 0)) return true;
    return false;
}

bool isNewWord(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"provisoire", "temporaire", "temporary", "default", "nouveau", "new", "initial", "depart", "defaut",
         "use", "uses", "utilise", "utilisons"});
    return isIn(kWords, word);
}

}  // namespace

bool isProduct(std::string_view word) {
    static const std::vector<std::string_view> kFirstWords = [] {
        std::vector<std::string_view> words;
        for (const Product& product : products())
            words.push_back(product.phrase.substr(0, product.phrase.find(' ')));
        std::sort(words.begin(), words.end());
        return words;
    }();
    return std::binary_search(kFirstWords.begin(), kFirstWords.end(), word);
}

std::optional<PlainSecret> plainAt(const Line& line, std::size_t at, bool isPhrase) {
    static constexpr auto kInner = std::to_array<std::string_view>(
        {"le",  "la", "les", "de", "du",  "des", "sur", "sous", "dans", "et", "au", "aux", "a",    "un",
         "une", "d",  "l",   "en", "the", "and", "on",  "in",   "of",   "an", "to", "for", "under"});
    static constexpr auto kTails = std::to_array<std::string_view>(
        {"voila", "merci",  "hein", "comme", "tout", "toute", "avec",    "with",  "all",  "as",
         "right", "please", "okay", "ok",    "for",  "pour",  "et",      "and",   "en",   "si",
         "mais",  "parce",  "car",  "puis",  "if",   "but",   "because", "until", "then", "jusqu"});
    PlainSecret plain;
    Secret& secret = plain.secret;
    secret.first = at;
    std::string value;
    std::size_t letters = 0;
    std::size_t telling = 0;
    bool isEnded = false;
    std::size_t i = at;
    for (; i < line.words.size() && i < at + 8;) {
        if (i > at && isCut(line, i - 1, ".?!;:,")) {
            isEnded = true;
            break;
        }
        const std::string_view word = line.words[i].text;
        if (i > at && (formAt(line, i) > 0 || isCase(word))) {
            plain.hasForm = isEnded = true;
            break;
        }
        const auto number = numberAt(line.words, i);
        const bool isInner = isIn(kInner, word);
        if (isInner && isIn(kTails, word) && !isPhrase && plain.words > 0 &&
            (i + 1 >= line.words.size() || isStop(line.words[i + 1].text))) {
            isEnded = true;
            break;
        }
        if (isInner) {
            if (i == at && !isPhrase) return std::nullopt;
            value += rawWord(line, i);
            ++i;
            continue;
        }
        if (i > at && isIn(kTails, word)) {
            isEnded = true;
            break;
        }
        if (number) {
            if (isUnit(number->last < line.words.size() ? line.words[number->last].text : ""))
                return std::nullopt;
            value += number->digits;
            i = number->last;
        } else {
            if (word == "[]" || (isStop(word) && !isPhrase) || isLetterWord(word) || signOf(word) != nullptr)
                return std::nullopt;
            if (plain.words == 0 && !isPhrase && looksOrdinary(line, i)) return std::nullopt;
            telling += isStop(word) ? 0U : 1U;
            value += rawWord(line, i);
            letters += word.size();
            ++i;
        }
        ++plain.words;
        secret.last = i;
        secret.value = value;
    }
    if (i >= line.words.size()) isEnded = true;
    if (!isEnded || letters < 3 || plain.words == 0 || plain.words > 5) return std::nullopt;
    if (telling == 0 || (isPhrase && telling < 2)) return std::nullopt;
    // "is version one hundred and two"
    if (isNumberedThing(line.words[at].text) && hasDigit(value)) return std::nullopt;
    if (plain.words == 1 && isProduct(line.words[at].text)) return std::nullopt;
    if (plain.words == 2 && isPaymentCard(line.words[at].text, line.words[at + 1].text)) return std::nullopt;
    if (!plain.hasForm && secret.last < line.words.size())
        plain.hasForm = formAt(line, secret.last) > 0 || saysCase(line, secret.last);
    plain.isUpper = at > 0 && startsUpper(line, at);
    return plain;
}

std::vector<Copula> copulasAfter(const Line& line, std::size_t from) {
    std::vector<Copula> found;
    const auto word = [&](std::size_t at) {
        return at < line.words.size() ? std::string_view{line.words[at].text} : std::string_view{};
    };
    const auto behind = [&](std::size_t at) {
        static constexpr auto kSkipped = std::to_array<std::string_view>(
            {"alors", "donc", "maintenant", "now", "so", "just", "simplement", "desormais", "toujours",
             "still", "always", "currently", "vraiment", "really", "literally", "juste", "bien"});
        while (isIn(kSkipped, word(at))) ++at;
        return at;
    };
    // "mot de passe par défaut admin"
    std::size_t plain = from;
    while (isNewWord(word(plain)) || (word(plain) == "par" && word(plain + 1) == "defaut")) ++plain;
    if (plain > from) found.push_back({plain, false});
    for (std::size_t at = from; at < line.words.size() && at < from + 9; ++at) {
        if (at > from && isCut(line, at - 1, ".?!;")) break;
        if (at > 0 && isCut(line, at - 1, ":")) found.push_back({behind(at), true});
        if (word(at) == "c" && (word(at + 1) == "est" || word(at + 1) == "etait"))
            found.push_back({behind(at++ + 2), true});
        else if (word(at) == "ses" || word(at) == "sait" || word(at) == "sera")
            found.push_back({behind(at + 1), true});
        else if (word(at) == "est" || word(at) == "etait" || word(at) == "is" || word(at) == "was" ||
                 (at == from && word(at) == "s"))  // "the password's Sunrise"
            found.push_back({behind(at + 1), false});
    }
    return found;
}

bool saysNew(const Line& line, std::size_t first, std::size_t last) {
    for (std::size_t i = first > 3 ? first - 3 : 0; i < last; ++i)
        if (isNewWord(line.words[i].text)) return true;
    return false;
}

}  // namespace ninja3cx::analysis
