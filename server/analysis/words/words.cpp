#include "server/analysis/words/words.hpp"

#include "shared/core/text.hpp"
#include "shared/protocol/masks.hpp"

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

Folded foldAt(std::string_view text, std::size_t at) {
    static constexpr std::string_view kAscii = "0123456789abcdefghijklmnopqrstuvwxyz";
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
        const std::size_t found = kAscii.find(lowered(text[at]));
        return {found == std::string_view::npos ? std::string_view{} : kAscii.substr(found, 1), 1};
    }
    if (at + 1 >= text.size()) return {{}, 1};
    const auto next = static_cast<unsigned char>(text[at + 1]);
    if (byte == 0xC3 && next >= 0x80 && next <= 0xBF) return {plainLetter(next), 2};
    if (byte == 0xC5 && (next == 0x92 || next == 0x93)) return {"oe", 2};
    std::size_t bytes = 1;
    while (at + bytes < text.size() && (static_cast<unsigned char>(text[at + bytes]) & 0xC0) == 0x80) ++bytes;
    return {{}, bytes};
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
