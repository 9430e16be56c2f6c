#include "server/analysis/conversation/cue_index.hpp"
#include "server/analysis/lexicon/number_names.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/plain_secrets.hpp"
#include "server/analysis/personal_data/secret_search.hpp"
#include "server/analysis/personal_data/secret_words.hpp"
#include "server/analysis/personal_data/written_secrets.hpp"

#include <algorithm>
#include <array>

/// Secrets that their form gives away, or the thing that they open.
namespace ninja3cx::analysis {

void SecretFinder::LineSearch::findChosen() {
    for (std::size_t at = 0; at < size_; ++at)
        if (looksChosen(line_, at,
                        here_.password || (index_ > 0 && finder_.topics_[index_ - 1].password) ||
                            isTriedWith(at) || isConfirmed(at)) ||
            isWifiKey(at)) {
            const auto candidate = candidateFrom(at);
            take(candidate && candidate->strength != Strength::None
                     ? candidate->secret
                     : Secret{line_.words[at].text, at, at + 1});
        }
    // "I'll reset it to Walnut dash 40"
    for (std::size_t at = 2; at < size_; ++at) {
        const std::string_view verb =
            at > 2 ? std::string_view{line_.words[at - 3].text} : std::string_view{};
        if (wordBefore(at) != "to" || line_.words[at - 2].text != "it" ||
            (verb != "set" && verb != "reset" && verb != "changed" && verb != "change"))
            continue;
        const auto candidate = candidateFrom(at);
        if (candidate && candidate->strength == Strength::Described && candidate->isCertain)
            take(candidate->secret);
    }
}

bool SecretFinder::LineSearch::isTriedWith(std::size_t at) const {
    static constexpr auto kVerbs =
        std::to_array<std::string_view>({"essayez", "essaye", "connectez", "connecte", "reconnectez",
                                         "entrez", "try", "log", "sign", "logon"});
    if (wordBefore(at) != "avec" && wordBefore(at) != "with") return false;
    if (isRenamed(line_.words[at].text)) return false;
    for (std::size_t i = at - 1; i > 0 && i + 6 > at && !isCut(line_, i - 1, ".?!;"); --i)
        if (isIn(kVerbs, line_.words[i - 1].text)) return true;
    return false;
}

bool SecretFinder::LineSearch::isWifiKey(std::size_t at) const {
    static constexpr auto kNaming =
        std::to_array<std::string_view>({"appelle", "reseau", "ssid", "nomme", "called", "named", "name",
                                         "nom", "network", "connecte", "connected"});
    static constexpr auto kBefore = std::to_array<std::string_view>({"est", "is", "s", "wifi", "fi"});
    if (!isMixedWord(at) || !startsUpper(line_, at) || !isIn(kBefore, wordBefore(at))) return false;
    const std::string_view word = line_.words[at].text;
    for (const std::string_view box : {"livebox", "freebox", "bbox", "sfr", "neufbox", "bt", "sky", "virgin"})
        if (word.starts_with(box)) return false;
    bool isWifi = false;
    for (std::size_t i = 0; i < at; ++i) {
        const std::string_view before = line_.words[i].text;
        if (isIn(kNaming, before)) return false;
        isWifi = isWifi || before == "wifi" || (before == "fi" && i > 0 && line_.words[i - 1].text == "wi");
    }
    return isWifi && !isRenamed(word);
}

bool SecretFinder::LineSearch::isConfirmed(std::size_t at) const {
    const auto& lines = finder_.conversation_.lines;
    if (index_ + 1 >= lines.size() || lines[index_ + 1].words.size() > 7) return false;
    const bool isAsked = finder_.topics_[index_ + 1].password && lines[index_ + 1].isQuestion;
    return isAsked && (size_ <= 3 || wordBefore(at) == "from" || wordBefore(at) == "to");
}

void SecretFinder::LineSearch::findOldAndNew() {
    static constexpr auto kOld = std::to_array<std::string_view>({"ancien", "ancienne", "old", "previous"});
    static constexpr auto kNew = std::to_array<std::string_view>({"nouveau", "nouvelle", "new"});
    const auto has = [&](const auto& words) {
        return std::any_of(line_.words.begin(), line_.words.end(),
                           [&](const Word& word) { return isIn(words, word.text); });
    };
    if (!has(kOld) || !has(kNew)) return;
    for (const Word& word : line_.words)
        if (isRenamed(word.text)) return;
    std::vector<std::size_t> chosen;
    for (std::size_t at = 0; at < size_; ++at)
        if (looksChosen(line_, at, true)) chosen.push_back(at);
    if (!here_.password && chosen.size() == 2)
        for (const std::size_t at : chosen) take(Secret{line_.words[at].text, at, at + 1});
    if (!before_.password && !recent_.isLately) return;
    static constexpr auto kBetween =
        std::to_array<std::string_view>({"c", "est", "etait", "one", "was", "is", "s", "it"});
    for (std::size_t at = 0; at < size_; ++at) {
        if (!isIn(kOld, line_.words[at].text) && !isIn(kNew, line_.words[at].text)) continue;
        std::size_t from = at + 1;
        while (from < size_ && isIn(kBetween, line_.words[from].text)) ++from;
        if (from >= size_ || words_.isTaken(from)) continue;
        const auto candidate = candidateFrom(from);
        if (candidate && candidate->strength >= Strength::WordsThenDigits)
            take(candidate->secret);
        else if (const auto plain = plainAt(line_, from, false))
            take(plain->secret);
    }
}

bool SecretFinder::LineSearch::isRenamed(std::string_view word) {
    static constexpr auto kThings = std::to_array<std::string_view>(
        {"poste",    "pc",         "serveur",   "server",  "imprimante", "printer",    "telephone",
         "phone",    "numero",     "number",    "version", "computer",   "ordinateur", "machine",
         "site",     "bureau",     "salle",     "room",    "nom",        "name",       "adresse",
         "address",  "mail",       "email",     "dossier", "folder",     "logiciel",   "software",
         "modele",   "model",      "domaine",   "domain",  "reseau",     "network",    "laptop",
         "portable", "tablette",   "tablet",    "ecran",   "screen",     "switch",     "routeur",
         "router",   "box",        "licence",   "license", "contrat",    "contract",   "compte",
         "account",  "client",     "customer",  "fichier", "file",       "base",       "database",
         "agence",   "agency",     "magasin",   "shop",    "filiale",    "branch",     "equipe",
         "team",     "collegue",   "colleague", "patron",  "boss",       "directeur",  "manager",
         "badge",    "identifiant"});
    const std::size_t digit = word.find_first_of("0123456789");
    const std::string_view name = word.substr(0, digit);
    return isIn(kThings, name) || (digit != std::string_view::npos && isProduct(name));
}

void SecretFinder::LineSearch::findWritten() {
    static constexpr auto kNames = std::to_array<std::string_view>(
        {"identifiant", "login",   "utilisateur", "user",    "username", "compte", "account",
         "nom",         "name",    "serveur",     "server",  "dossier",  "folder", "fichier",
         "file",        "partage", "share",       "session", "poste",    "pc",     "machine",
         "reseau",      "network", "ssid",        "societe", "company"});
    if (!here_.password && !before_.password && !recent_.isLately) return;
    for (std::size_t at = 0; at < size_; ++at) {
        const std::size_t last = afterWritten(line_, at);
        if (last == at) continue;
        bool isName = false;
        for (std::size_t i = at; i > 0 && i + 3 > at && !isCut(line_, i - 1, ".?!;,"); --i)
            isName = isName || isIn(kNames, line_.words[i - 1].text);
        const Secret secret{std::string{rawWord(line_, at)}, at, last};
        if (!isName) take(secret);
        at = last - 1;
    }
}

void SecretFinder::LineSearch::findDoorCode() {
    // Programs have an entry as well, but no digits open it: "le code d'entrée dans l'ERP c'est CLI0045".
    static constexpr auto kEntries = std::to_array<std::string_view>({"code d entree", "code de l entree"});
    static const CueIndex kDoors{{0, doorCodeNames()}, {0, kEntries}};
    const auto takeFrom = [&](std::size_t from) {
        for (std::size_t at = from; at < size_ && at <= from + 6; ++at) {
            const std::string_view word = line_.words[at].text;
            const auto digits = candidateFrom(at);
            if (digits && digits->strength == Strength::Digits && !isDenied(*digits) &&
                digits->secret.value.size() >= 4 && digits->secret.value.size() <= 8 &&
                isFree(digits->secret) && !digits->isCount) {
                take(digits->secret);
                return;
            }
            // "le digicode c'est deux mille vingt-quatre"
            const auto number = numberAt(line_.words, at);
            const bool isCount = number && number->digits.size() == 4 && !isNumberDenied(at);
            const std::size_t last = isCount ? number->last : at + 1;
            if (isCount || (isDoorCode(word) && !isNumberDenied(at))) {
                const Secret secret{isCount ? number->digits : std::string{word}, at, last};
                const bool isCounted = last < size_ && isUnit(line_.words[last].text);
                const bool goesOn = digits && digits->secret.last > last;
                if (!isCounted && !goesOn) take(secret);
                return;
            }
            if (!isLeadIn(word)) return;
        }
    };
    for (const CueIndex::Place& door : kDoors.placesOf(1, line_.words)) takeFrom(door.match.last);
    if (index_ == 0) return;
    const Line& asking = finder_.conversation_.lines[index_ - 1];
    if (asking.speaker != line_.speaker && size_ <= 8 && kDoors.groupsIn(asking.words) != 0) takeFrom(0);
}

void SecretFinder::LineSearch::findSet() {
    if (here_.password) {
        static const CueList kSets{{"mets"},      {"mettre"}, {"mis"}, {"met"}, {"mettez"},
                                   {"set it to"}, {"c est"},  {"put"}, {"it s"}};
        for (const CueList::Hit& hit : kSets.all(line_)) {
            const std::size_t at = hit.match.last;
            if (at >= size_ || words_.isTaken(at) || !startsUpper(line_, at)) continue;
            const auto candidate = candidateFrom(at);
            if (candidate && !candidate->startsWithNumber &&
                (candidate->strength == Strength::WordsThenDigits ||
                 (candidate->strength == Strength::Described && candidate->isCertain)))
                take(candidate->secret);
        }
    }
}

void SecretFinder::LineSearch::findDialled() {
    if ((here_.lock || before_.lock) || here_.pin || before_.pin) {
        static const CueList kDials{{"je fais le"}, {"je fais"}, {"vous faites"}, {"faites le"}, {"fais le"},
                                    {"tapez"},      {"je tape"}, {"composez"},    {"compose"},   {"mettez"},
                                    {"je mets"},    {"i do"},    {"i press"},     {"i dial"},    {"press"},
                                    {"dial"},       {"enter"},   {"type"},        {"i put"},     {"avec"},
                                    {"with"},       {"avec le"}, {"code"},        {"i type"}};
        for (const CueList::Hit& hit : kDials.all(line_)) {
            const std::size_t at = hit.match.last;
            if (at >= size_ || words_.isTaken(at)) continue;
            const auto candidate = candidateFrom(at);
            if (!candidate || candidate->isCount) continue;
            if (candidate->strength != Strength::Digits &&
                (candidate->strength != Strength::Described || !candidate->startsWithNumber))
                continue;
            if (candidate->secret.value.size() >= 4 && candidate->secret.value.size() <= 8 && !here_.passing)
                take(candidate->secret);
        }
    }
    // "pour l'alarme c'est 7710"
    if (here_.lock && !here_.passing && !here_.otherNumber)
        for (std::size_t at = 2; at < size_; ++at) {
            const bool isTold = (wordBefore(at) == "est" && line_.words[at - 2].text == "c") ||
                                (wordBefore(at) == "s" && line_.words[at - 2].text == "it") ||
                                wordBefore(at) == "still" || wordBefore(at) == "toujours";
            if (!isTold || words_.isTaken(at)) continue;
            const auto candidate = candidateFrom(at);
            const bool isDialled =
                candidate && (candidate->strength == Strength::Digits ||
                              (candidate->strength == Strength::Described && candidate->startsWithNumber));
            if (isDialled && !candidate->isCount && candidate->secret.value.size() >= 4 &&
                candidate->secret.value.size() <= 6 && isCut(line_, candidate->secret.last - 1, ".,;?!"))
                take(candidate->secret);
        }
}

}  // namespace ninja3cx::analysis
