#include "server/transcription/text_guard.hpp"

#include "server/transcription/film_phrases.hpp"
#include "server/transcription/words.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

namespace ninja3cx::transcription {
namespace {

constexpr double kRepetitive = 2.4;

/// Plain letters, words apart by one blank: "Sous-titres réalisés" -> "sous titres realises".
std::string plain(std::string_view text) {
    std::string out;
    for (const WordPlace word : wordsIn(text)) {
        if (!out.empty()) out += ' ';
        out += plainLetters(word.of(text));
    }
    return out;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += text.empty() ? word : " " + word;
    return text;
}

/// A run of equal groups of `group` words from word `first` on.
struct Loop {
    std::size_t first;
    std::size_t group;
    std::size_t times;
};

std::optional<Loop> findLoop(const std::vector<std::string>& words) {
    for (std::size_t group = 1; group <= words.size() / 3; ++group) {
        const std::size_t enough = group == 1 ? 5 : group == 2 ? 4 : 3;  // "oui oui oui oui" is speech
        for (std::size_t first = 0; first + group * enough <= words.size(); ++first) {
            std::size_t same = 0;
            while (first + same + group < words.size() && words[first + same] == words[first + same + group])
                ++same;
            const std::size_t times = same / group + 1;
            if (times >= enough) return Loop{first, group, times};
        }
    }
    return std::nullopt;
}

/// A run of equal letters or groups of letters within a word, e.g. "hahahahahaha"; "hahaha" and a row of digits are
/// speech. In bytes of the word.
std::optional<Loop> findLetterLoop(std::string_view word) {
    const auto isLetterStart = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t group = 1; group <= word.size() / 5; ++group) {
        const std::size_t enough = group == 1 ? 8 : 5;
        for (std::size_t first = 0; first + group * enough <= word.size(); ++first) {
            if (!isLetterStart(word[first]) || isDigit(word[first])) continue;
            std::size_t same = 0;
            while (first + same + group < word.size() && word[first + same] == word[first + same + group])
                ++same;
            const std::size_t times = same / group + 1;
            if (times >= enough) return Loop{first, group, times};
        }
    }
    return std::nullopt;
}

std::string withoutLetterLoops(std::string word) {
    while (const auto loop = findLetterLoop(word))
        word.erase(loop->first + loop->group, (loop->times - 1) * loop->group);
    return word;
}

bool hasLetterLoop(const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(),
                       [](const std::string& word) { return findLetterLoop(word).has_value(); });
}

/// Length and place of the longest piece before `at` with which the text goes on at `at`.
std::pair<std::size_t, std::size_t> longestMatch(std::string_view text, std::size_t at) {
    constexpr std::size_t kLongest = 258;
    std::size_t length = 0;
    std::size_t distance = 0;
    for (std::size_t from = at; from-- > 0;) {
        std::size_t same = 0;
        while (same < kLongest && at + same < text.size() && text[from + same] == text[at + same]) ++same;
        if (same > length) {
            length = same;
            distance = at - from;
        }
    }
    return {length, distance};
}

/// Bits that Deflate spends beside the code, for a length or a distance.
std::size_t extraBits(std::size_t value, int coded) {
    const int bits = static_cast<int>(std::bit_width(value)) - coded;
    return static_cast<std::size_t>(std::max(bits, 0));
}

std::vector<std::string_view> sentences(std::string_view text) {
    std::vector<std::string_view> all;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isEnd = text[i] == '.' || text[i] == '!' || text[i] == '?' || text[i] == '\n';
        if (!isEnd || (i + 1 < text.size() && text[i + 1] != ' ' && text[i] != '\n')) continue;
        all.push_back(text.substr(start, i + 1 - start));
        start = i + 1;
    }
    all.push_back(text.substr(start));
    return all;
}

}  // namespace

std::string tidy(std::string_view raw) {
    const std::string text = toValidUtf8(raw);
    std::string kept;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '[' || (text[i] == '(' && i == text.find_first_not_of(" \t\r\n"))) {
            const std::size_t close = text.find(text[i] == '[' ? ']' : ')', i);
            if (close != std::string::npos) {
                i = close + 1;
                continue;
            }
        }
        bool isNote = false;
        for (const std::string_view note : {"♪", "♫", "\xEF\xBF\xBD"}) {
            if (std::string_view{text}.substr(i).starts_with(note)) {
                i += note.size();
                isNote = true;
                break;
            }
        }
        if (!isNote) kept += text[i++];
    }
    return join(split(kept));
}

bool isHallucination(std::string_view text) {
    bool isInvented = false;
    bool isSaid = false;
    for (const std::string_view sentence : sentences(text)) {
        const std::string words = plain(sentence);
        if (words.empty()) continue;
        if (isOfAFilm(words)) {
            isInvented = true;
        } else if (!isOfAFilmOrACall(words)) {
            return false;
        } else {
            isSaid = true;
        }
    }
    return isInvented || !isSaid;
}

bool isDoubtful(std::string_view text) {
    bool isSaid = false;
    for (const std::string_view sentence : sentences(text)) {
        const std::string words = plain(sentence);
        if (words.empty()) continue;
        if (!isOfAFilmOrACall(words)) return false;
        isSaid = true;
    }
    return isSaid;
}

double compressionRatio(std::string_view text) {
    // The length of a Deflate block with its fixed codes, which short texts get, in a zlib stream.
    constexpr std::size_t kFrameBits = 6 * 8 + 3 + 7;
    std::size_t bits = kFrameBits;
    for (std::size_t at = 0; at < text.size();) {
        const auto [length, distance] = longestMatch(text, at);
        if (length < 3) {
            bits += static_cast<unsigned char>(text[at]) < 144 ? 8 : 9;
            ++at;
            continue;
        }
        const std::size_t lengthCode = length < 115 ? 7 : 8;
        bits += lengthCode + (length < 258 ? extraBits(length - 3, 3) : 0) + 5 + extraBits(distance - 1, 2);
        at += length;
    }
    return static_cast<double>(text.size()) / static_cast<double>((bits + 7) / 8);
}

bool isLooping(std::string_view text) {
    const std::vector<std::string> compared = split(plain(text));
    return findLoop(compared).has_value() || hasLetterLoop(compared) || compressionRatio(text) > kRepetitive;
}

std::string withoutLoop(std::string_view text) {
    std::vector<std::string> words = split(text);
    for (auto& word : words) word = withoutLetterLoops(std::move(word));
    for (;;) {
        std::vector<std::string> compared;
        for (const auto& word : words) compared.push_back(plain(word));
        const auto loop = findLoop(compared);
        if (!loop) break;
        const auto from = words.begin() + static_cast<std::ptrdiff_t>(loop->first + loop->group);
        words.erase(from, from + static_cast<std::ptrdiff_t>((loop->times - 1) * loop->group));
    }
    while (words.size() > 1 && compressionRatio(join(words)) > kRepetitive) words.pop_back();
    return join(words);
}

}  // namespace ninja3cx::transcription
