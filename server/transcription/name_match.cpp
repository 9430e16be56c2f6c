#include "server/transcription/name_match.hpp"

#include "server/transcription/spelling.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kLongestMisspelled = 40;
constexpr std::size_t kShortestJoined = 8;  // letters of a name that common words may make up: "télé santé"

std::string digitsOf(std::string_view letters) {
    std::string digits;
    std::ranges::copy_if(letters, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

/// Of a word that does not sound like the name: only a long one, and by little.
bool isMisspelled(std::string_view heard, std::string_view meant) {
    const std::size_t letters = std::min(heard.size(), meant.size());
    if (letters < kShortestMisspelled || letters > kLongestMisspelled || heard[0] != meant[0]) return false;
    const std::size_t limit = letters >= 12 ? 2 : 1;
    return lettersApart(heard, meant, limit) <= limit;
}

/// Sounds the same, and is not spelled altogether otherwise.
bool isSameSound(std::string_view heard, std::string_view meant) {
    const std::string sound = soundOf(heard);
    if (sound.size() < kShortestSound || sound != soundOf(meant)) return false;
    const std::size_t limit = std::max(heard.size(), meant.size()) / 2;
    return lettersApart(heard, meant, limit) <= limit;
}

/// Word for word: each that differs must be a misspelling by itself. "cabinet marin" is no "Cabinet Martin".
std::optional<int> wordsApart(const KnownName& name, std::span<const NameWord> heard) {
    int apart = 0;
    for (std::size_t i = 0; i < heard.size(); ++i) {
        const NameWord& word = heard[i];
        const std::string& meant = name.words[i].letters;
        if (word.letters == meant) continue;
        if (word.isCommon || isFormOf(word.letters, meant)) return std::nullopt;
        if (isSameSound(word.letters, meant)) {
            apart = std::max(apart, 1);
        } else if (name.source != NameSource::Person && isMisspelled(word.letters, meant)) {
            apart = 2;
        } else {
            return std::nullopt;
        }
    }
    return apart;
}

/// The same where one word was heard as several, or several as one.
std::optional<int> runsApart(const KnownName& name, std::span<const NameWord> heard,
                             std::string_view letters) {
    if (name.source == NameSource::Person) return std::nullopt;
    const bool isAllCommon = std::ranges::all_of(heard, &NameWord::isCommon);
    const bool hasLink = std::ranges::any_of(heard, &NameWord::isLink);
    if (letters == name.letters) {
        const bool isLong = !isAllCommon || name.letters.size() >= kShortestJoined;
        // "du moulin" is no Dumoulin and "belle ville" no Belleville, but "ninja one" is NinjaOne.
        const bool isFree = !hasLink || name.words.size() > 1 || (!isAllCommon && !heard.front().isLink);
        return isLong && isFree ? std::optional{0} : std::nullopt;
    }
    const bool hasLetter =
        std::ranges::any_of(heard, [](const NameWord& word) { return word.letters.size() == 1; });
    if (isAllCommon || hasLink || hasLetter || isFormOf(letters, name.letters)) return std::nullopt;
    if (isSameSound(letters, name.letters)) return 1;
    if (isMisspelled(letters, name.letters)) return 2;
    return std::nullopt;
}

}  // namespace

std::vector<NameWord> readWords(std::string_view text) {
    std::vector<NameWord> words;
    for (const WordPlace place : wordsIn(text)) {
        NameWord word{place, plainLetters(place.of(text))};
        word.isCommon = isCommonWord(word.letters);
        word.isLink = isLinkWord(word.letters);
        if (!words.empty()) {
            const std::size_t end = words.back().place.end();
            const std::string_view between = text.substr(end, place.at - end);
            word.isElided = between == "'" || between == "’";
        }
        words.push_back(std::move(word));
    }
    return words;
}

std::size_t countSpoken(std::span<const NameWord> words) {
    if (words.empty()) return 0;
    const auto elided = std::ranges::count_if(words.subspan(1), &NameWord::isElided);
    return words.size() - static_cast<std::size_t>(elided);
}

std::string joined(std::span<const NameWord> words, std::string_view between) {
    std::string letters;
    for (const NameWord& word : words)
        letters += (letters.empty() ? std::string_view{} : between), letters += word.letters;
    return letters;
}

bool isFormOf(std::string_view heard, std::string_view meant) {
    if (!heard.starts_with(meant)) return false;
    const std::string_view ending = heard.substr(meant.size());
    return ending == "s" || ending == "x" || ending == "e" || ending == "es";
}

std::optional<int> distanceTo(const KnownName& name, std::span<const NameWord> heard,
                              std::string_view letters) {
    if (digitsOf(letters) != digitsOf(name.letters)) return std::nullopt;
    return heard.size() == name.words.size() ? wordsApart(name, heard) : runsApart(name, heard, letters);
}

}  // namespace ninja3cx::transcription
