#include "server/analysis/conversation/phrases.hpp"

#include "server/analysis/conversation/contractions.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ninja3cx::analysis {
namespace {

constexpr std::size_t kGapWords = 3;

/// "le mail dont je parle"; "i dont know", "the phones dont ring" have an English word shortly before.
bool isFrenchDont(std::span<const Word> words, std::size_t at) {
    constexpr std::size_t kNear = 3;
    if (words[at].text != "dont") return false;
    for (std::size_t back = 1; back <= kNear && back <= at; ++back)
        if (isOneOf(
                words[at - back].text,
                {"i",   "we",   "you",   "they", "it",  "who", "people", "the",  "these", "those", "my",
                 "our", "your", "their", "and",  "but", "so",  "please", "just", "why",   "this",  "that"}))
            return false;
    return true;
}

}  // namespace

Phrase::Phrase(std::string_view written) {
    while (!written.empty()) {
        const std::size_t space = written.find(' ');
        std::string_view word = written.substr(0, space);
        if (word == "~")
            parts_.push_back({{}, false, true});
        else if (word.ends_with('*'))
            parts_.push_back({word.substr(0, word.size() - 1), true, false});
        else if (!word.empty())
            parts_.push_back({word, false, false});
        if (space == std::string_view::npos) break;
        written.remove_prefix(space + 1);
    }
    for (std::size_t at = 0; at + 1 < parts_.size(); ++at) {
        const Part& next = parts_[at + 1];
        if (parts_[at].isGap || parts_[at].isPrefix || next.isGap || next.isPrefix) continue;
        std::string whole = std::string{parts_[at].text} + std::string{next.text};
        if (contractedHead(whole) == parts_[at].text.size()) parts_[at].contracted = std::move(whole);
    }
}

bool Phrase::mayBeginWith(std::string_view word) const {
    if (parts_.empty()) return false;
    return parts_[0].isSameAs(word) || (!word.empty() && contractedBeginning() == word);
}

std::optional<std::size_t> Phrase::matchAt(std::span<const Word> words, std::size_t at,
                                           std::size_t part) const {
    if (part == parts_.size()) return at;
    if (parts_[part].isGap) {
        for (std::size_t skipped = 0; skipped <= kGapWords && at + skipped <= words.size(); ++skipped)
            if (auto end = matchAt(words, at + skipped, part + 1)) return end;
        return std::nullopt;
    }
    if (at >= words.size()) return std::nullopt;
    if (parts_[part].isSameAs(words[at].text)) return matchAt(words, at + 1, part + 1);
    const bool isContracted = !parts_[part].contracted.empty() && words[at].text == parts_[part].contracted &&
                              !isFrenchDont(words, at);
    return isContracted ? matchAt(words, at + 1, part + 2) : std::nullopt;
}

std::optional<Phrase::Match> Phrase::find(std::span<const Word> words, std::size_t from) const {
    if (parts_.empty()) return std::nullopt;
    // Most words fail by their first letter.
    const char first = parts_[0].isGap || parts_[0].text.empty() ? '\0' : parts_[0].text[0];
    for (std::size_t at = from; at < words.size(); ++at) {
        if (first != '\0' && words[at].text[0] != first) continue;
        if (auto end = matchAt(words, at, 0)) return Match{at, *end};
    }
    return std::nullopt;
}

bool isNegated(std::span<const Word> words, const Phrase::Match& match) {
    static constexpr std::array<std::string_view, 15> kBefore = {
        "pas",   "aucun",   "aucune", "jamais", "sans", "ni",   "no",    "not",
        "never", "without", "isn",    "doesn",  "don",  "isnt", "doesnt"};
    static constexpr std::array<std::string_view, 4> kAfter = {"pas", "plus", "jamais", "not"};
    const std::size_t from = match.first > 2 ? match.first - 2 : 0;
    for (std::size_t i = from; i < match.first; ++i)
        if (std::find(kBefore.begin(), kBefore.end(), words[i].text) != kBefore.end()) return true;
    for (std::size_t i = match.last; i < std::min(match.last + 2, words.size()); ++i)
        if (std::find(kAfter.begin(), kAfter.end(), words[i].text) != kAfter.end()) return true;
    return false;
}

}  // namespace ninja3cx::analysis
