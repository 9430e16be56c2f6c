#include "bench/word_recall.hpp"

#include <algorithm>

namespace ninja3cx::bench {

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> found;
    std::string word;
    const auto end = [&] {
        if (!word.empty()) found.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word += static_cast<char>(c);
        } else if (c >= 'A' && c <= 'Z') {
            word += static_cast<char>(c - 'A' + 'a');
        } else if (c == 0xC3) {  // U+00C0 … U+00FF: the accented letters of French
            word += static_cast<char>(c);
            word += static_cast<char>(next >= 0x80 && next <= 0x9E ? next + 0x20 : next);
            ++i;
        } else if (c == 0xC5 && (next == 0x92 || next == 0x93)) {
            word += "oe";
            ++i;
        } else {
            end();
        }
    }
    end();
    return found;
}

std::size_t commonWords(const std::vector<std::string>& reference, const std::vector<std::string>& heard) {
    std::vector<std::size_t> row(heard.size() + 1, 0);
    for (const auto& word : reference) {
        std::size_t diagonal = 0;
        for (std::size_t i = 1; i < row.size(); ++i) {
            const std::size_t above = row[i];
            row[i] = word == heard[i - 1] ? diagonal + 1 : std::max(above, row[i - 1]);
            diagonal = above;
        }
    }
    return row.back();
}

}  // namespace ninja3cx::bench
