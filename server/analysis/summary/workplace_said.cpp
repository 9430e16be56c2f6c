#include "server/analysis/summary/workplace_said.hpp"

#include "server/analysis/lexicon/places_of_work.hpp"

#include <string>

namespace ninja3cx::analysis {
namespace {

bool isJoint(std::string_view plain) {
    return isOneOf(plain, {"de", "du", "des", "d", "chez", "from", "at", "in", "of", "au", "aux", "a"});
}
bool isArticle(std::string_view plain) {
    return isOneOf(plain, {"la", "le", "les", "l", "the", "our"});
}
bool isCutAt(const Tokens& tokens, std::size_t at) {
    return at >= tokens.size() || isCut(tokens[at].gap);
}

/// What a speaker begins with when he comes to the matter.
bool beginsAnew(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() &&
           isOneOf(tokens[at].plain,
                   {"je",  "j",   "on",    "nous", "mon", "ma",   "mes", "notre", "nos", "le",
                    "la",  "les", "l",     "il",   "y",   "c",    "ca",  "i",     "we",  "my",
                    "our", "the", "there", "it",   "its", "j ai", "un",  "une"});
}

/// "compta", "le service courrier", "the London office", "site de Brive": the words of a department, a town, a site.
bool isWorkplace(const Tokens& tokens, std::size_t first, std::size_t last) {
    if (first == last) return false;
    const bool isSite =
        isOneOf(tokens[first].plain, {"site", "agence", "magasin", "depot", "usine", "bureau"});
    if (isSite || isSiteNoun(tokens[last - 1].plain)) return true;
    std::string all;
    bool isDepartment = true;
    for (std::size_t at = first; at < last; ++at) {
        const std::string& plain = tokens[at].plain;
        all += (all.empty() ? "" : " ") + plain;
        isDepartment = isDepartment && (isDepartmentWord(plain) || isJoint(plain) || isArticle(plain));
    }
    return isDepartment || isTown(all);
}

std::size_t afterLead(const Tokens& tokens, std::size_t at) {
    while (at < tokens.size() && (isJoint(tokens[at].plain) || isArticle(tokens[at].plain))) ++at;
    return at;
}

}  // namespace

std::size_t afterWorkplace(const Tokens& tokens, std::size_t from) {
    constexpr std::size_t kMostWords = 6;
    if (const std::size_t own =
            anyOf(tokens, from, {"a l appareil", "au telephone", "au bout du fil", "speaking"}))
        from += own;
    const std::size_t first = afterLead(tokens, from);
    if (first >= tokens.size()) return from;
    std::size_t end = first;
    while (end < tokens.size() && end < from + kMostWords && (end == first || !isCutAt(tokens, end))) ++end;
    if (isCutAt(tokens, end) && isWorkplace(tokens, first, end)) return end;
    // "cristelle aubry du service courrier l'affranchisseuse …", where a recogniser wrote no comma.
    const bool isJoined = first > from && isJoint(tokens[from].plain);
    if (!isJoined) return from;
    end = first;
    while (end < tokens.size() && isDepartmentWord(tokens[end].plain)) ++end;
    if (end == first + 1 && tokens[first].plain == "service" && end < tokens.size()) ++end;
    // "from the harbour office i need …"
    if (end == first && first + 1 < tokens.size() && isSiteNoun(tokens[first + 1].plain)) end = first + 2;
    return end > first && beginsAnew(tokens, end) ? end : from;
}

}  // namespace ninja3cx::analysis
