#pragma once

#include "server/transcription/words.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Whether some words that were heard are a name that is known. Pure.
namespace ninja3cx::transcription {

/// Letters of a sound that proves something, and of a word that may sound otherwise than it should.
inline constexpr std::size_t kShortestSound = 4;
inline constexpr std::size_t kShortestMisspelled = 8;

struct NameWord {
    WordPlace place;
    std::string letters;  // plain
    bool isCommon = false;
    bool isLink = false;
    bool isElided =
        false;  // nothing but an apostrophe, ' or ’, stands between it and the word before: "d'Oise"
};
std::vector<NameWord> readWords(std::string_view text);

/// How many they are where "d'Oise" is one.
std::size_t countSpoken(std::span<const NameWord> words);

/// Their letters.
std::string joined(std::span<const NameWord> words, std::string_view between = "");

enum class NameSource { Configured, Organization, Person };

struct KnownName {
    std::string written;
    std::vector<NameWord> words;
    std::string letters;  // of all words
    NameSource source{};
};

/// "les canons" are not the make Canon, Martine is not Martin.
bool isFormOf(std::string_view heard, std::string_view meant);

/// How far what was heard is from a name: 0 not at all, 1 in how it is written, 2 in a sound; none: it is not meant.
/// `letters`: all of what was heard.
std::optional<int> distanceTo(const KnownName& name, std::span<const NameWord> heard,
                              std::string_view letters);

}  // namespace ninja3cx::transcription
