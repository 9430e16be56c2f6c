#include "server/analysis/conversation/written.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

constexpr std::array<std::string_view, 14> kSmall = {"de", "du", "des", "d",  "la", "le",  "les",
                                                     "l",  "et", "and", "of", "en", "the", "a"};

std::size_t characterCount(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string capitalised(std::string text) {
    if (text.empty()) return text;
    const auto first = static_cast<unsigned char>(text[0]);
    if (first >= 'a' && first <= 'z') {
        text[0] = static_cast<char>(first - 'a' + 'A');
    } else if (first == 0xC3 && text.size() > 1) {
        const auto second = static_cast<unsigned char>(text[1]);
        if (second >= 0xA0 && second <= 0xBE) text[1] = static_cast<char>(second - 0x20);
    }
    return text;
}

std::string uncapitalised(std::string text) {
    if (text.size() < 2) return text;
    const auto second = static_cast<unsigned char>(text[1]);
    if (static_cast<unsigned char>(text[0]) == 0xC3 && second >= 0x80 && second <= 0x9E)
        text[1] = static_cast<char>(second + 0x20);
    const bool isAcronym = text[1] >= 'A' && text[1] <= 'Z';
    if (!isAcronym && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

std::string writtenName(const Line& line, std::size_t first, std::size_t last) {
    std::string name;
    for (std::size_t i = first; i < last; ++i) {
        const auto begin = static_cast<std::size_t>(line.words[i].begin);
        const auto end = static_cast<std::size_t>(line.words[i].end);
        if (i > first) {
            const auto before = static_cast<std::size_t>(line.words[i - 1].end);
            const std::string_view gap = line.text.substr(before, begin - before);
            name += gap == "-" || gap == "'" || gap == "\u2019" ? gap : " ";
        }
        const bool isSmall =
            i > first && std::find(kSmall.begin(), kSmall.end(), line.words[i].text) != kSmall.end();
        std::string word{line.text.substr(begin, end - begin)};
        name += isSmall ? word : capitalised(std::move(word));
    }
    return name;
}

std::string shortened(const std::string& text, std::size_t characters) {
    if (characterCount(text) <= characters) return text;
    std::string cut;
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size() && count + 1 < characters; ++count) {
        std::size_t bytes = 1;
        while (at + bytes < text.size() && (static_cast<unsigned char>(text[at + bytes]) & 0xC0) == 0x80)
            ++bytes;
        cut += text.substr(at, bytes);
        at += bytes;
    }
    if (const std::size_t space = cut.rfind(' '); space != std::string::npos && space > cut.size() / 2)
        cut.resize(space);
    while (!cut.empty() && std::string_view{" ,;:-"}.find(cut.back()) != std::string_view::npos)
        cut.pop_back();
    return cut + "\u2026";
}

}  // namespace ninja3cx::analysis
