#include "server/analysis/words/words.hpp"

#include "shared/core/text.hpp"
#include "shared/protocol/masks.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <optional>

namespace ninja3cx::analysis {
namespace {

constexpr std::array<std::string_view, 12> kHesitations = {"euh", "heu", "euhm", "hum", "hmm", "um",
                                                           "uh",  "erm", "hein", "mmh", "bah", "hm"};

struct Folded {
    std::string_view letters;  // empty: a separator
    std::size_t bytes;
};

constexpr std::string_view kAscii = "0123456789abcdefghijklmnopqrstuvwxyz";

std::string_view foldedAscii(char c) {
    const std::size_t found = kAscii.find(lowered(c));
    return found == std::string_view::npos ? std::string_view{} : kAscii.substr(found, 1);
}

/// "４" and "٤" are read as "4", "Ａ" as "a".
std::string_view foldedWide(UChar32 c) {
    if (const std::int32_t digit = u_charDigitValue(c); digit >= 0)
        return kAscii.substr(static_cast<std::size_t>(digit), 1);
    constexpr UChar32 kFirstWide = 0xFF01;  // "！"; they stand in the order of ASCII
    constexpr UChar32 kLastWide = 0xFF5E;
    return c >= kFirstWide && c <= kLastWide ? foldedAscii(static_cast<char>(c - kFirstWide + '!'))
                                             : std::string_view{};
}

Folded foldAt(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) return {foldedAscii(text[at]), 1};
    if (at + 1 >= text.size()) return {{}, 1};
    const auto next = static_cast<unsigned char>(text[at + 1]);
    if (byte == 0xC3 && next >= 0x80 && next <= 0xBF) return {plainLetter(next), 2};
    if (byte == 0xC5 && (next == 0x92 || next == 0x93)) return {"oe", 2};
    std::size_t bytes = 1;
    while (at + bytes < text.size() && (static_cast<unsigned char>(text[at + bytes]) & 0xC0) == 0x80) ++bytes;
    constexpr std::size_t kLongest = 4;  // bytes of a character
    const std::string_view rest = text.substr(at, std::min(bytes, kLongest));
    const auto length = static_cast<std::int32_t>(rest.size());
    return {foldedWide(icu::UnicodeString::fromUTF8({rest.data(), length}).char32At(0)), bytes};
}

std::size_t maskBytesAt(std::string_view text) {
    const auto kind = protocol::maskAt(text);
    return kind ? protocol::maskName(*kind).size() : 0;
}

}  // namespace

std::vector<Word> wordsOf(std::string_view text) {
    std::vector<Word> words;
    Word current;
    const auto finish = [&] {
        if (!current.text.empty() &&
            std::find(kHesitations.begin(), kHesitations.end(), current.text) == kHesitations.end())
            words.push_back(current);
        current.text.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t mask = text[at] == '[' ? maskBytesAt(text.substr(at)) : 0) {
            finish();
            words.push_back({"[]", static_cast<std::int32_t>(at), static_cast<std::int32_t>(at + mask)});
            at += mask;
            continue;
        }
        const Folded folded = foldAt(text, at);
        if (folded.letters.empty()) {
            finish();
        } else {
            if (current.text.empty()) current.begin = static_cast<std::int32_t>(at);
            current.text += folded.letters;
            current.end = static_cast<std::int32_t>(at + folded.bytes);
        }
        at += folded.bytes;
    }
    finish();
    return words;
}

std::string folded(std::string_view text) {
    std::string out;
    for (const Word& word : wordsOf(text)) {
        if (!out.empty()) out += ' ';
        out += word.text;
    }
    return out;
}

}  // namespace ninja3cx::analysis
