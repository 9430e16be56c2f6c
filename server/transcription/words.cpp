#include "server/transcription/words.hpp"

#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::transcription {
namespace {

constexpr bool isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool isLigatureOe(unsigned char first, unsigned char second) {
    return first == 0xC5 && (second == 0x92 || second == 0x93);
}

unsigned char byteAt(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

/// Bytes of the letter or digit at `at`; 0: none is there. Beyond ASCII all is a letter, of any alphabet, but the signs
/// of U+0080 to U+00BF, × and ÷, U+2000 to U+2BFF (marks, arrows, notes), U+3000 to U+303F (marks of Chinese), U+FE00 to
/// U+FE3F and from U+FF00 on (the same in other widths), and pictures.
std::size_t letterBytes(std::string_view text, std::size_t at) {
    const unsigned char first = byteAt(text, at);
    if (first < 0x80) return isAsciiLetter(text[at]) || isDigit(text[at]) ? 1 : 0;
    if (first == 0xC2) return 0;
    const unsigned char second = byteAt(text, at + 1);
    if (first == 0xC3 && (second == 0x97 || second == 0xB7)) return 0;
    if (first == 0xE2 && second >= 0x80 && second <= 0xAF) return 0;
    if (first == 0xE3 && second == 0x80) return 0;
    if (first == 0xEF && (second == 0xB8 || second >= 0xBC)) return 0;
    if (first == 0xF0 && second == 0x9F) return 0;
    std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    length = std::min(length, text.size() - at);
    for (std::size_t i = 1; i < length; ++i)
        if ((byteAt(text, at + i) & 0xC0) != 0x80) return i;  // no UTF-8: what follows stands for itself
    return length;
}

}  // namespace

std::vector<WordPlace> wordsIn(std::string_view text) {
    std::vector<WordPlace> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t bytes = letterBytes(text, at);
        if (bytes == 0) {
            const unsigned char first = byteAt(text, at);
            at += first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0x80 ? 2 : 1;
            continue;
        }
        if (words.empty() || words.back().end() != at)
            words.push_back({at, bytes});
        else
            words.back().length += bytes;
        at += bytes;
    }
    return words;
}

std::string lowerLetters(std::string_view text) {
    std::string lower;
    lower.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const unsigned char byte = byteAt(text, at);
        const unsigned char next = byteAt(text, at + 1);
        if (byte == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97) {
            lower += text[at];
            lower += static_cast<char>(next + 0x20);
            ++at;
        } else if (isLigatureOe(byte, next)) {
            lower += "oe";
            ++at;
        } else {
            lower += lowered(text[at]);
        }
    }
    return lower;
}

}  // namespace ninja3cx::transcription
