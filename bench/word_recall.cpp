#include "bench/word_recall.hpp"

#include "server/transcription/words.hpp"

#include <algorithm>

namespace ninja3cx::bench {

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> found;
    for (const transcription::WordPlace word : transcription::wordsIn(text))
        found.push_back(transcription::lowerLetters(word.of(text)));
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
