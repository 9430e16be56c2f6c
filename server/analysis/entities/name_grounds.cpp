#include "server/analysis/entities/name_grounds.hpp"

#include "server/analysis/lexicon/name_lists.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Confidence;

std::size_t placeOf(const std::vector<Word>& name, const Line& line) {
    const auto found = std::search(line.words.begin(), line.words.end(), name.begin(), name.end(),
                                   [](const Word& one, const Word& other) { return one.text == other.text; });
    return static_cast<std::size_t>(found - line.words.begin());
}

bool isCapital(const Line& line, std::size_t word) {
    const std::string_view rest = line.text.substr(static_cast<std::size_t>(line.words[word].begin));
    if (rest.size() > 1 && rest[0] == '\xC3') return static_cast<unsigned char>(rest[1]) < 0xA0;
    return !rest.empty() && rest[0] >= 'A' && rest[0] <= 'Z';
}

/// "g i r a r d": where the letters of the word begin; the line's length where they are not said.
std::size_t spellingOf(const std::string& word, const Line& line) {
    for (std::size_t at = 0; at + word.size() <= line.words.size(); ++at) {
        std::size_t same = 0;
        while (same < word.size() && line.words[at + same].text.size() == 1 &&
               line.words[at + same].text[0] == word[same])
            ++same;
        if (same == word.size()) return at;
    }
    return line.words.size();
}

Confidence byForm(std::string_view kind, const std::vector<Word>& name, bool isWritten) {
    const bool isLong = name.size() > 1;
    if (kind == "person") {
        const bool isKnown = isFirstName(name.front().text);
        if (isKnown && isLong && isWritten) return Confidence::Sure;
        return isKnown || isWritten ? Confidence::Likely : Confidence::Unsure;
    }
    if (kind == "company") {
        if (isLong && isWritten) return Confidence::Sure;
        return isWritten || (isLong && opensCompany(name.front().text)) ? Confidence::Likely
                                                                        : Confidence::Unsure;
    }
    return isWritten ? Confidence::Likely : Confidence::Unsure;
}

}  // namespace

Grounds groundsOfName(const Conversation& conversation, std::string_view kind, const std::string& name) {
    Grounds grounds;
    std::vector<Word> words = wordsOf(name);
    if (words.empty()) return {{}, {}, Confidence::Unsure};
    bool isWritten = false;
    bool isSpelled = false;
    for (const Line& line : conversation.lines) {
        const std::size_t at = placeOf(words, line);
        if (at < line.words.size()) {
            grounds.add(line.turn, spoken(line, at, at + words.size()));
            isWritten = isWritten || isCapital(line, at + words.size() - 1);
        }
        const std::string& last = words.back().text;
        if (last.size() < 3) continue;
        if (const std::size_t letters = spellingOf(last, line); letters < line.words.size()) {
            grounds.add(line.turn, spoken(line, letters, letters + last.size()));
            isSpelled = true;
        }
    }
    const bool isChecked = isSpelled || grounds.turns.size() > 1;
    grounds.confidence = byForm(kind, words, isWritten);
    if (isChecked && grounds.confidence == Confidence::Unsure) grounds.confidence = Confidence::Likely;
    if (isSpelled ||
        (isChecked && grounds.confidence == Confidence::Likely && (words.size() > 1 || isWritten)))
        grounds.confidence = Confidence::Sure;
    if (grounds.turns.empty()) grounds.confidence = Confidence::Unsure;
    return grounds;
}

}  // namespace ninja3cx::analysis
