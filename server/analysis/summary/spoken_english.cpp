#include "server/analysis/summary/spoken.hpp"
#include "server/analysis/summary/third_person.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

std::string_view plainAt(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() ? std::string_view{tokens[at].plain} : std::string_view{};
}

bool isDeterminer(std::string_view plain) {
    return isOneOf(plain, {"the", "my", "our", "a", "an", "their", "his", "her", "this", "that", "these"});
}

/// Verbs that the subject of a new clause has behind it.
bool isPlainVerb(std::string_view plain) {
    return isOneOf(plain, {"is", "are", "was", "were", "has", "won", "isn", "aren", "keeps", "says", "doesn",
                           "wasn", "hasn", "don", "can", "cannot", "stopped", "goes", "shows"});
}

/// A clause goes on behind it, or hangs on it.
bool leadsOn(std::string_view plain) {
    return plain.ends_with("ing") ||
           isOneOf(
               plain,
               {"that",  "when",   "if",    "because", "cos",   "and",     "but",   "so",      "as",
                "since", "where",  "what",  "how",     "who",   "which",   "while", "until",   "than",
                "think", "says",   "said",  "say",     "guess", "know",    "hope",  "to",      "with",
                "for",   "of",     "on",    "in",      "at",    "from",    "about", "like",    "all",
                "or",    "then",   "is",    "are",     "was",   "were",    "do",    "does",    "did",
                "can",   "could",  "would", "not",     "me",    "us",      "you",   "them",    "by",
                "into",  "over",   "after", "before",  "s",     "see",     "sees",  "tell",    "tells",
                "told",  "shows",  "show",  "just",    "now",   "whether", "every", "time",    "thing",
                "way",   "the",    "a",     "my",      "i",     "we",      "they",  "it",      "keeps",
                "has",   "have",   "had",   "get",     "got",   "need",    "want",  "make",    "makes",
                "lost",  "sure",   "why",   "t",       "m",     "re",      "ve",    "even",    "though",
                "wish",  "except", "no",    "yes",     "next",  "lets",    "let",   "through", "without"});
}

/// "the printer it keeps jamming" has one subject.
bool isDoubled(const Tokens& tokens, std::size_t begin, std::size_t at) {
    constexpr std::size_t kMost = 4;
    if (!isOneOf(tokens[at].plain, {"it", "they"}) || !isPlainVerb(plainAt(tokens, at + 1))) return false;
    const bool isName = at == begin + 1 && opensProduct(tokens[begin].written);
    if (!isName && (at < begin + 2 || at > begin + kMost || !isDeterminer(tokens[begin].plain))) return false;
    return std::none_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                        tokens.begin() + static_cast<std::ptrdiff_t>(at),
                        [](const Token& token) { return isPlainVerb(token.plain) || token.plain == "s"; });
}

/// "it's", "they're", "there's": "the file they sent" is no clause of its own.
bool isNewSubject(const Tokens& tokens, std::size_t at) {
    const std::string_view word = tokens[at].plain;
    if (isOneOf(word, {"can", "could"})) return plainAt(tokens, at + 1) == "you";
    if (isOneOf(word, {"it", "there"}))
        return plainAt(tokens, at + 1) == "s" || isPlainVerb(plainAt(tokens, at + 1));
    if (isOneOf(word, {"they", "we"})) return plainAt(tokens, at + 1) == "re";
    return word == "i" && plainAt(tokens, at + 1) == "m";
}

bool isNamedSubject(const Tokens& tokens, std::size_t at) {
    if (!isOneOf(tokens[at].plain, {"the", "my", "our"})) return false;
    // "forgotten my password i can't …": the verb is of the next subject.
    const bool isOfNext = isOneOf(plainAt(tokens, at + 2), {"i", "we", "you"});
    return isPlainVerb(plainAt(tokens, at + 2)) || (!isOfNext && isPlainVerb(plainAt(tokens, at + 3)));
}

}  // namespace

void writeSpokenEnglish(Tokens& tokens) {
    std::size_t begin = 0;
    for (std::size_t at = 1; at < tokens.size(); ++at) {
        if (isDoubled(tokens, begin, at)) {
            erase(tokens, at, 1);
            tokens[at].gap = " ";
            continue;
        }
        if (isCut(tokens[at].gap)) {
            begin = at;
            continue;
        }
        const std::string_view before = tokens[at - 1].plain;
        const bool isFree = tokens[at].gap == " " && at >= begin + 3 && !leadsOn(before);
        if (!isFree || (!isNewSubject(tokens, at) && !isNamedSubject(tokens, at))) continue;
        tokens[at].gap = ", ";
        begin = at;
    }
}

void writeSpoken(Tokens& tokens, bool isEnglish) {
    if (isEnglish)
        writeSpokenEnglish(tokens);
    else
        writeSpokenFrench(tokens);
}

}  // namespace ninja3cx::analysis
