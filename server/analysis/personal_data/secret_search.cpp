#include "server/analysis/personal_data/secret_search.hpp"

#include "server/analysis/conversation/cue_index.hpp"
#include "server/analysis/lexicon/name_lists.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/secret_words.hpp"

#include <algorithm>
#include <array>
#include <span>

/// Where a secret is announced, before it or behind.
namespace ninja3cx::analysis {
namespace {

/// "le code parental c'est 4815": a code of a kind of its own.
bool isNamedCode(const Line& line, std::size_t at, std::size_t from) {
    if (at > from + 5 || isCut(line, at, ".?!;,")) return false;
    for (std::size_t i = at; i + 1 < line.words.size() && i <= from + 5 && !isCut(line, i, ".?!;,"); ++i)
        if (line.words[i].text == "est" || line.words[i].text == "is" || line.words[i].text == "says")
            return true;
    return false;
}

/// "ma date de naissance 140672"
bool isDateWord(std::string_view word) {
    return word == "naissance" || word == "mariage" || word == "anniversaire" || word == "birthday" ||
           word == "birth";
}

/// Behind these a number is an error's.
bool isFault(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"incorrect", "incorrecte", "refuse", "refusee", "expire", "bloque", "bloquee", "invalide", "invalid",
         "wrong", "expired", "locked", "faux", "fausse", "erreur", "error", "validez", "ticket", "dossier"});
    return isIn(kWords, word);
}

/// "en 2024", "depuis 1998", "à 8 heures", "septembre 2019": no secret starts behind these.
bool deniesNumber(std::string_view word) {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"en",     "depuis", "in",     "since", "a",       "at",      "de",    "of",
         "on",     "vers",   "avant",  "apres", "par",     "sur",     "dans",  "within",
         "every",  "toutes", "tous",   "les",   "numero",  "number",  "poste", "extension",
         "ticket", "au",     "evitez", "avoid", "version", "windows", "office"});
    return isIn(kWords, word) || monthNumber(word) != 0;
}

/// Where the question mark was not heard.
bool hasQuestionWord(const Line& line) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"quel", "quelle", "quels", "which", "what", "where"});
    return std::any_of(line.words.begin(), line.words.end(),
                       [](const Word& word) { return isIn(kWords, word.text); });
}

}  // namespace

std::optional<Candidate> SecretFinder::LineSearch::candidateFrom(std::size_t at) const {
    if (words_.isNamed(at)) return std::nullopt;
    if (!candidates_[at]) candidates_[at].emplace(candidateAt(line_, at));
    const std::optional<Candidate>& candidate = *candidates_[at];
    if (!candidate) return std::nullopt;
    for (std::size_t i = candidate->secret.first; i < candidate->secret.last; ++i)
        if (words_.isNamed(i)) return std::nullopt;
    return candidate;
}

std::string_view SecretFinder::LineSearch::wordBefore(std::size_t at) const {
    return at > 0 ? std::string_view{line_.words[at - 1].text} : std::string_view{};
}

bool SecretFinder::LineSearch::isSetTo(std::size_t at) const {
    if (wordBefore(at) != "a") return false;
    static constexpr auto kSets = std::to_array<std::string_view>(
        {"remets", "remis", "remettre", "mets", "mis", "met", "regle", "initialise"});
    for (std::size_t i = at; i > 0 && i + 10 > at && !isCut(line_, i - 1, ".?!;,"); --i)
        if (isIn(kSets, line_.words[i - 1].text)) return true;
    return false;
}

bool SecretFinder::LineSearch::isTypedIn(std::size_t at) const {
    if (wordBefore(at) != "in" || at < 2) return false;
    const std::string_view verb = line_.words[at - 2].text;
    return verb == "put" || verb == "type" || verb == "typed" || verb == "key" || verb == "keyed";
}

bool SecretFinder::LineSearch::isNumberDenied(std::size_t at) const {
    return deniesNumber(wordBefore(at));
}

bool SecretFinder::LineSearch::isDenied(const Candidate& candidate) const {
    const std::size_t at = candidate.secret.first;
    return isNumberDenied(at) && !isSetTo(at) && !isTypedIn(at);
}

bool SecretFinder::LineSearch::hasLogin() const {
    return std::any_of(line_.words.begin(), line_.words.end(), [](const Word& word) {
        return word.text == "identifiant" || word.text == "login" || word.text == "username";
    });
}

bool SecretFinder::LineSearch::isGood(const Candidate& candidate, bool isClose, bool isCode) const {
    const Secret& secret = candidate.secret;
    // "le code de prise en main, P F 3 2": worthless once it is used.
    if (isCode && here_.passing && !here_.pin && !candidate.isDescription && !hasLogin()) return false;
    if (candidate.strength == Strength::Described) return isClose || candidate.isCertain;
    if (isDenied(candidate) || candidate.isCount || !isClose) return false;
    if (candidate.strength == Strength::WordsThenDigits) return !isCode || secret.value.size() >= 5;
    if (candidate.strength != Strength::Digits || secret.value.size() > 12) return false;
    // A bare "code" of many digits is an error's.
    if (isCode && (secret.value.size() < 4 || secret.value.size() > 6)) return false;
    if (secret.value.size() == 10 && secret.value[0] == '0') return false;  // a telephone
    if (here_.passing) return here_.pin;
    // What this line announces itself counts more than what was spoken of before.
    return here_.pin || here_.password || !before_.passing;
}

bool SecretFinder::LineSearch::isAlone(const Secret& secret) const {
    for (std::size_t at = secret.first; at > 0 && !isCut(line_, at - 1, ".?!:;,"); --at)
        if (!isLeadIn(line_.words[at - 1].text) || secret.first - at > 7) return false;
    return secret.last >= size_ || isCut(line_, secret.last - 1, ".,?!;") ||
           isStop(line_.words[secret.last].text);
}

bool SecretFinder::LineSearch::isOfOther() const {
    if (here_.password || here_.pin || here_.code) return false;
    const bool isOfPassing =
        (here_.passing || before_.passing) && !before_.password && !before_.pin && !before_.wifiKey;
    return recent_.isOtherAsked || isOfPassing;
}

bool SecretFinder::LineSearch::isAnswer(const Candidate& candidate) const {
    const Secret& secret = candidate.secret;
    if (!candidate.isDescription && isOfOther()) return false;
    // "what's the error" - "e four x two"
    const Line* asking = index_ > 0 ? &finder_.conversation_.lines[index_ - 1] : nullptr;
    if (candidate.isInTurn && asking && asking->speaker != line_.speaker &&
        (asking->isQuestion || hasQuestionWord(*asking))) {
        const Topic& topic = finder_.topics_[index_ - 1];
        if (!topic.password && !topic.pin && !topic.code) return false;
    }
    if (candidate.isInTurn)
        return (before_.password || before_.pin || before_.code) && !isDenied(candidate) && isAlone(secret);
    if (candidate.strength == Strength::Described) return candidate.isCertain;
    if (isDenied(candidate) || candidate.isCount || !isAlone(secret)) return false;
    if (candidate.strength == Strength::WordsThenDigits)
        return before_.password || before_.pin || before_.code;
    if (candidate.strength != Strength::Digits || here_.passing) return false;
    // "our account number with you is 1002938", "le compte 512000"
    static const CueList kOtherNumbers{{"account number"},     {"customer number"},   {"client number"},
                                       {"numero de compte"},   {"numero de client"},  {"numero client"},
                                       {"contract number"},    {"numero de contrat"}, {"order number"},
                                       {"numero de commande"}, {"invoice number"},    {"numero de facture"}};
    const bool isOfAccount = wordBefore(secret.first) == "compte" || wordBefore(secret.first) == "account";
    if (isOfAccount || (!here_.password && !here_.pin && kOtherNumbers.first(line_))) return false;
    // "ce sera provisoirement 2 7 0 0"
    static constexpr auto kSetting = std::to_array<std::string_view>(
        {"sera", "provisoirement", "temporairement", "mettez", "tapez", "be", "type", "enter"});
    const bool isSet = recent_.isLately && !before_.passing && isIn(kSetting, wordBefore(secret.first));
    return ((recent_.isNumberWanted && !recent_.isOtherWanted) || isSet) &&
           secret.value.size() >= (before_.pin ? 3U : 4U) && secret.value.size() <= 8;
}

void SecretFinder::LineSearch::findBehind() {
    std::size_t next = 0;
    for (const SecretCue& cue : cues_) {
        // "mot de passe incorrect, code 1326"
        if (cue.isCode && cue.first > 0 && isFault(line_.words[cue.first - 1].text)) continue;
        std::size_t at = std::max(cue.last, next);
        const std::size_t limit = std::min(size_, cue.last + 14);
        bool isClose = true;
        bool isFaulty = false;
        bool isPointed = false;  // "le code c'est …"
        for (; at < limit; ++at) {
            if (words_.isNamed(at)) continue;
            const std::string& word = line_.words[at].text;
            const auto candidate = candidateFrom(at);
            isPointed =
                isPointed || (at < cue.last + 6 && (word == "est" || word == "is" || word == "etait"));
            // "elle est écrite en dessous, c'est 3F9A 22C1"
            if (!isClose && !cue.isCode && candidate && candidate->strength == Strength::Described &&
                at > 1 &&
                ((wordBefore(at) == "est" && line_.words[at - 2].text == "c") ||
                 (wordBefore(at) == "s" && line_.words[at - 2].text == "it")))
                isClose = true;
            // "c'est ma date de mariage, 12 06 98"
            if (!isClose && isPointed && !isFaulty && !cue.isCode && candidate &&
                candidate->strength != Strength::None &&
                // "and the model is l four t two"
                !(candidate->isInTurn && at > 1 && !isLeadIn(line_.words[at - 2].text)) &&
                (wordBefore(at) == "is" ||
                 (wordBefore(at) == "le" && at > 1 && line_.words[at - 2].text == "est") ||
                 wordBefore(at) == "est" || isDateWord(wordBefore(at))) &&
                isCut(line_, candidate->secret.last - 1, ".,;?!"))
                isClose = true;
            if (!isClose && isPointed && !cue.isCode && candidate && candidate->strength != Strength::None &&
                isCut(line_, at - 1, ",:") && isCut(line_, candidate->secret.last - 1, ".,;?!"))
                isClose = true;
            if (candidate && candidate->strength != Strength::None &&
                isGood(*candidate, isClose, cue.isCode)) {
                take(candidate->secret);
                next = candidate->secret.last;
                break;
            }
            // A word that is no part of a secret ends the close reach.
            if (!isLeadIn(word))
                isClose = isClose && candidate && candidate->strength == Strength::None && at < cue.last + 2;
            if (cue.isCode && ((!isLeadIn(word) && !isNamedCode(line_, at, cue.last)) || at > cue.last + 7))
                break;
            if (cue.isCode && (word == "est" || word == "is" || word == "says")) isClose = true;
            isFaulty = isFaulty || isFault(word);
            if (isFault(word)) isClose = false;
            if (isCut(line_, at, ".?!") && at + 1 < size_) isClose = true;
        }
    }
}

bool SecretFinder::LineSearch::isMixedWord(std::size_t at) const {
    const std::string_view word = line_.words[at].text;
    return word.size() >= 6 && hasDigit(word) &&
           std::count_if(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }) >= 3;
}

bool SecretFinder::LineSearch::isQuoted(std::size_t at) const {
    const auto from = at > 0 ? static_cast<std::size_t>(line_.words[at - 1].end) : 0;
    const auto gap = line_.text.substr(from, static_cast<std::size_t>(line_.words[at].begin) - from);
    for (const std::string_view quote : {"\"", "\u00AB", "\u201C"})
        if (gap.find(quote) != std::string_view::npos) return true;
    return false;
}

bool SecretFinder::LineSearch::isOrdinaryLead(std::size_t at) const {
    static constexpr auto kTelling =
        std::to_array<std::string_view>({"c", "be", "ses", "mis", "mets", "mettez", "met", "put", "note",
                                         "notez", "tapez", "tape", "dit", "marque", "ecrit"});
    const std::string_view word = line_.words[at].text;
    if (word.size() < 2 || hasDigit(word) || isCase(word) || signOf(word) != nullptr ||
        startsUpper(line_, at) || numberAt(line_.words, at))
        return false;
    if (isCopula(wordBefore(at)) || isIn(kTelling, wordBefore(at))) return false;
    if (isQuoted(at)) return false;
    static constexpr auto kUsing = std::to_array<std::string_view>(
        {"utilise", "utilisait", "utilisent", "use", "uses", "used", "using"});
    if (isCommonWord(word) || isIn(kUsing, word)) return true;
    for (std::size_t next = at + 1; next < std::min(size_, at + 4) && !isCut(line_, next - 1, ".?!;:,");
         ++next)
        if (isMixedWord(next)) return true;
    return false;
}

void SecretFinder::LineSearch::findBefore() {
    for (const SecretCue& cue : cues_) {
        if (cue.first == 0) continue;
        std::size_t end = cue.first;
        while (end > 0 && cue.first - end < 5 && isLeadIn(line_.words[end - 1].text) &&
               !numberAt(line_.words, end - 1))
            --end;
        if (end == 0) continue;
        std::size_t behindOrdinary = size_;
        for (std::size_t at = end > 24 ? end - 24 : 0; at < end; ++at) {
            if (words_.isTaken(at)) continue;
            const bool isStart = at == 0 || isLeadIn(line_.words[at - 1].text) ||
                                 isCut(line_, at - 1, ".?!,;:") || isMixedWord(at) || at == behindOrdinary;
            if (!isStart) continue;
            if (isOrdinaryLead(at)) {
                behindOrdinary = at + 1;
                continue;
            }
            const auto candidate = candidateFrom(at);
            if (!candidate || candidate->secret.last + 1 < end || candidate->secret.last > cue.first)
                continue;
            if (candidate->strength == Strength::None || !isGood(*candidate, true, cue.isCode)) continue;
            // "le réseau s'appelle …, et le code c'est …"
            const auto link =
                std::span{line_.words}.subspan(candidate->secret.last, cue.first - candidate->secret.last);
            if (std::any_of(link.begin(), link.end(),
                            [](const Word& word) { return word.text == "et" || word.text == "and"; }))
                continue;
            take(candidate->secret);
            break;
        }
    }
}

void SecretFinder::LineSearch::findAnnouncedBefore() {
    if (before_.password || before_.pin || before_.code || recent_.isLately || recent_.isLongAgo ||
        here_.account) {
        static constexpr auto kPhrases = std::to_array<std::string_view>(
            {"c est", "c etait", "s est",   "ses",       "sera",      "voici",  "voila",
             "mis",   "mets",    "mettez",  "tapez",     "saisissez", "it s",   "it is",
             "is",    "was",     "type",    "set it to", "will be",   "put",    "notez",
             "so",    "alors",   "donc",    "oui",       "yes",       "to",     "essayez",
             "use",   "make it", "made it", "call it",   "utilisez",  "prenez", "try"});
        static const CueIndex kReveals{{0, kPhrases}};
        std::vector<bool> isStart(size_ + 1, false);
        if (size_ > 0) isStart[0] = true;
        for (const CueIndex::Place& place : kReveals.placesOf(1, line_.words))
            isStart[place.match.last] = true;
        bool isOpening = true;
        for (std::size_t at = 0; at < size_; ++at) {
            const bool isBegin = isOpening || isStart[at] || (at > 0 && isCut(line_, at - 1, ".?!:"));
            isOpening = isBegin && isLeadIn(line_.words[at].text);
            if (!isBegin || words_.isTaken(at)) continue;
            const auto candidate = candidateFrom(at);
            if (!candidate || candidate->strength == Strength::None) continue;
            const bool isMeant = before_.password || before_.pin || before_.code || recent_.isLately
                                     ? isAnswer(*candidate)
                                     : candidate->strength == Strength::Described && candidate->isDescription;
            if (!isMeant) continue;
            take(candidate->secret);
            at = candidate->secret.last - 1;
        }
    }
}

}  // namespace ninja3cx::analysis
