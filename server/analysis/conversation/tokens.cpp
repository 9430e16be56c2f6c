#include "server/analysis/conversation/tokens.hpp"

#include "server/analysis/words/words.hpp"

#include <cctype>

namespace ninja3cx::analysis {
namespace {

/// What stands between two words, without what was hesitated there.
std::string gapOf(std::string_view between) {
    const bool hasLetters = std::any_of(between.begin(), between.end(),
                                        [](char c) { return std::isalnum(static_cast<unsigned char>(c)); });
    if (!hasLetters && between.size() <= 8) {
        if (between.find("...") != std::string_view::npos) return ", ";
        return std::string{between};
    }
    return between.find(',') != std::string_view::npos ? ", " : " ";
}

}  // namespace

Tokens tokensOf(std::string_view text) {
    Tokens tokens;
    std::size_t written = 0;
    for (const Word& word : wordsOf(text)) {
        const auto begin = static_cast<std::size_t>(word.begin);
        const auto end = static_cast<std::size_t>(word.end);
        tokens.push_back({tokens.empty() ? std::string{} : gapOf(text.substr(written, begin - written)),
                          std::string{text.substr(begin, end - begin)}, word.text});
        written = end;
    }
    // A sign that belongs to the last word: "98 %", a closing quotation mark.
    if (!tokens.empty()) {
        const std::string_view rest = text.substr(written);
        const std::size_t last = rest.find_last_not_of(" ,;:.!?-\n");
        if (rest.size() <= 8 && last != std::string_view::npos)
            tokens.back().written += rest.substr(0, last + 1);
    }
    return tokens;
}

std::string textOf(const Tokens& tokens) {
    std::string text;
    for (const Token& token : tokens) {
        if (!text.empty()) text += token.gap;
        text += token.written;
    }
    return text;
}

bool is(const Tokens& tokens, std::size_t at, std::string_view phrase) {
    for (;; ++at) {
        const std::size_t space = phrase.find(' ');
        if (at >= tokens.size() || tokens[at].plain != phrase.substr(0, space)) return false;
        if (space == std::string_view::npos) return true;
        phrase.remove_prefix(space + 1);
    }
}

std::size_t lengthOf(std::string_view phrase) {
    return 1 + static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' '));
}

std::size_t anyOf(const Tokens& tokens, std::size_t at, std::initializer_list<std::string_view> phrases) {
    for (const std::string_view phrase : phrases)
        if (is(tokens, at, phrase)) return lengthOf(phrase);
    return 0;
}

void erase(Tokens& tokens, std::size_t first, std::size_t count) {
    const std::string gap = first < tokens.size() ? tokens[first].gap : std::string{};
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                 tokens.begin() + static_cast<std::ptrdiff_t>(std::min(tokens.size(), first + count)));
    if (first < tokens.size() && first > 0) {
        // What stood before the piece, unless both are commas or only one is a sign.
        if (tokens[first].gap == "'" || tokens[first].gap == " ") tokens[first].gap = gap == "'" ? " " : gap;
    }
    if (first == 0 && !tokens.empty()) tokens[0].gap.clear();
}

bool startsWithVowel(std::string_view plain) {
    return !plain.empty() && std::string_view{"aeiouyh"}.find(plain[0]) != std::string_view::npos;
}

bool isCut(std::string_view gap) {
    return gap.find_first_of(",;:.!?") != std::string_view::npos || gap.find('-') == 1;
}

}  // namespace ninja3cx::analysis
