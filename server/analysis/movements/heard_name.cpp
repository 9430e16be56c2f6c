#include "server/analysis/movements/heard_name.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/conversation/written.hpp"
#include "server/analysis/lexicon/name_lists.hpp"

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kMostBetween = 4;  // words between a name and what is said of it

bool isCapital(const Line& line, std::size_t at) {
    const auto begin = static_cast<std::size_t>(line.words[at].begin);
    const auto first = static_cast<unsigned char>(line.text[begin]);
    if (first >= 'A' && first <= 'Z') return true;
    return first == 0xC3 && begin + 1 < line.text.size() &&
           static_cast<unsigned char>(line.text[begin + 1]) <= 0x9E;
}

bool isTime(std::string_view word) {
    return isOneOf(word, {"hier",      "demain",  "lundi",     "mardi",    "mercredi", "jeudi",
                          "vendredi",  "samedi",  "dimanche",  "bientot",  "today",    "tomorrow",
                          "monday",    "tuesday", "wednesday", "thursday", "friday",   "saturday",
                          "yesterday", "last",    "next",      "this",     "ce",       "cette",
                          "mais",      "and",     "but",       "because",  "puis"});
}

bool isName(const Line& line, std::size_t at) {
    if (at + 1 >= line.words.size()) return false;
    const std::string_view first = line.words[at].text;
    const std::string_view last = line.words[at + 1].text;
    if (first.size() < 2 || last.size() < 3 || isCommonWord(first) || isCommonWord(last) || isTime(last) ||
        isTime(first))
        return false;
    return (isCapital(line, at) && isCapital(line, at + 1)) || isFirstName(first);
}

}  // namespace

std::string nameHeardBefore(const Line& line, const Phrase::Match& match) {
    std::size_t end = match.first;
    for (std::size_t skipped = 0; skipped < kMostBetween && end > 0; ++skipped) {
        if (!isOneOf(line.words[end - 1].text,
                     {"il",    "elle", "qui",  "he",  "she", "who",  "s",   "has",   "is",
                      "was",   "just", "will", "ne",  "n",   "nous", "a",   "ete",   "va",
                      "vient", "de",   "have", "son", "sa",  "his",  "her", "their", "est"}))
            break;
        --end;
    }
    if (end < 2) return {};
    // "madame Cornu qui est partie"
    const std::string_view title = line.words[end - 2].text;
    if (isOneOf(title, {"madame", "mme", "monsieur"}) && isCapital(line, end - 1))
        return (title == "monsieur" ? "M. " : "Mme ") + writtenName(line, end - 1, end);
    return isName(line, end - 2) ? writtenName(line, end - 2, end) : std::string{};
}

std::string nameHeardBehind(const Line& line, const Phrase::Match& match) {
    std::size_t begin = match.last;
    for (std::size_t skipped = 0; skipped < kMostBetween && begin < line.words.size(); ++skipped) {
        if (!isTime(line.words[begin].text) &&
            !isOneOf(line.words[begin].text,
                     {"de", "d", "madame", "monsieur", "our", "notre", "l", "c", "est", "is", "s", "appelle",
                      "called", "commence", "arrive", "starts", "starting", "il", "elle"}))
            break;
        ++begin;
    }
    return isName(line, begin) ? writtenName(line, begin, begin + 2) : std::string{};
}

std::string nameHeardIn(const Line& line, const std::string& notThis) {
    for (std::size_t at = 0; at + 1 < line.words.size(); ++at) {
        if (!isName(line, at)) continue;
        std::string name = writtenName(line, at, at + 2);
        if (folded(name) != folded(notThis)) return name;
        ++at;
    }
    return {};
}

}  // namespace ninja3cx::analysis
