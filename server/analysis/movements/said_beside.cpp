#include "server/analysis/movements/said_beside.hpp"

#include "server/analysis/conversation/tokens.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostBetween = 5;  // words

bool isAt(const Line& line, std::size_t at, std::initializer_list<std::string_view> words) {
    return at < line.words.size() && isOneOf(line.words[at].text, words);
}

bool isDay(const Line& line, std::size_t at) {
    return isAt(line, at,
                {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "demain", "monday", "tuesday",
                 "wednesday", "thursday", "friday", "saturday", "tomorrow", "today"});
}

}  // namespace

bool isNoun(const Line& line, const MovementHit& hit) {
    if (isAt(line, hit.match.first, {"depart", "arrivee", "departure", "leaver", "leavers", "arrivant"}))
        return true;
    for (std::size_t at = hit.match.first; at < hit.match.last; ++at)
        if (isAt(line, at,
                 {"depart", "arrivee", "starter", "starters", "joiner", "hire", "premier", "dernier"}))
            return true;
    return false;
}

bool isSaidRightOf(const Line& line, std::size_t last, const MovementHit& hit) {
    // "Claire Fontaine, un départ …"
    const bool isOfName = isAt(line, hit.match.first, {"s"});
    if (last > hit.match.first || (isNoun(line, hit) && !isOfName) || hit.match.first - last > kMostBetween)
        return false;
    for (std::size_t at = last; at < hit.match.first; ++at) {
        if (line.isCutAfter(at - 1, kSentenceMarks)) return false;
        if (!isAt(line, at, {"il",  "elle", "qui",  "he",   "she",     "who",    "s",       "is",   "has",
                             "was", "will", "ll",   "be",   "a",       "va",     "vient",   "nous", "ne",
                             "n",   "est",  "sera", "doit", "aussi",   "also",   "just",    "only", "both",
                             "lui", "y",    "en",   "bien", "finally", "really", "actually"}))
            return false;
    }
    return !(hit.match.first > 0 && line.isCutAfter(hit.match.first - 1, kSentenceMarks));
}

bool isNamedRightBehind(const Line& line, const MovementHit& hit, std::size_t first) {
    if (!isNoun(line, hit) && !hit.namesBehind) return false;
    if (first < hit.match.last || first - hit.match.last > kMostBetween ||
        line.isCutAfter(hit.match.last - 1, kSentenceMarks))
        return false;
    for (std::size_t at = hit.match.last; at < first; ++at)
        if (line.isCutAfter(at, kSentenceMarks) ||
            (!isDay(line, at) &&
             !isAt(line, at,
                   {"de",     "d",        "du",  "of", "is",   "s",      "est",   "c",     "celui", "celle",
                    "for",    "called",   "on",  "ce", "this", "pour",   "notre", "our",   "qui",   "appelle",
                    "madame", "monsieur", "mme", "mr", "mrs",  "namely", "named", "nomme", "nommee"})))
            return false;
    return true;
}

bool isOfSomeone(const Line& line, const MovementHit& hit) {
    std::size_t at = hit.match.first;
    for (std::size_t skipped = 0; skipped < 4 && at > 0; ++skipped, --at)
        if (!isAt(line, at - 1,
                  {"qui", "who",  "is",  "s",     "will", "ll",    "be",  "va",   "doit", "of",  "them",
                   "us",  "nous", "eux", "elles", "d",    "entre", "des", "deux", "the",  "two", "est"}))
            break;
    if (at == 0) return false;
    // "l'un part", "un qui part"; not "une rupture conventionnelle"
    if (isAt(line, at - 1, {"un", "une"}))
        return at < hit.match.first || (at > 1 && isAt(line, at - 2, {"l"}));
    return isAt(line, at - 1, {"one", "other", "autre", "else", "someone", "somebody", "anybody", "certain"});
}

bool isToSayMore(const Line& line, std::size_t last) {
    constexpr std::size_t kNear = 4;
    for (std::size_t at = last; at < std::min(last + kNear, line.words.size()); ++at) {
        if (line.isCutAfter(at - 1)) return false;
        if (isAt(line, at, {"dira",     "dire",       "confirmera", "confirmer", "enverra",  "envoie",
                            "rappelle", "rappellera", "appellera",  "precisera", "preciser", "donnera",
                            "tell",     "confirm",    "call",       "email",     "let",      "said",
                            "says",     "asked",      "told",       "demande",   "dit",      "send"}))
            return true;
    }
    return false;
}

}  // namespace ninja3cx::analysis
