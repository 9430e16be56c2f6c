#include "server/transcription/spelling.hpp"

#include "server/transcription/common_words.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_set>
#include <utility>
#include <vector>

namespace ninja3cx::transcription {
namespace {

constexpr bool isVowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}
constexpr bool isSoftener(char c) {
    return c == 'e' || c == 'i' || c == 'y';
}

std::unordered_set<std::string_view> setOf(std::string_view list) {
    std::unordered_set<std::string_view> words;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find_first_of(" \n"), list.size());
        words.insert(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return words;
}

bool isListed(std::string_view letters) {
    static const auto kWords = setOf(kCommonWords);
    return kWords.contains(letters) || isLinkWord(letters);
}

struct Sound {
    std::string_view written;
    std::string_view key;
};
/// Tried in this order; the longest first.
constexpr auto kSounds = std::to_array<Sound>({
    {"eaux", "o"}, {"chr", "kr"}, {"chl", "kl"}, {"eau", "o"}, {"sch", "$"}, {"oeu", "e"}, {"au", "o"},
    {"ph", "f"},   {"ch", "$"},   {"sh", "$"},   {"th", "t"},  {"qu", "k"},  {"ck", "k"},  {"gn", "n"},
    {"ou", "u"},   {"oo", "u"},   {"oi", "ua"},  {"oy", "ua"}, {"ai", "e"},  {"ei", "e"},  {"ay", "e"},
    {"ey", "e"},   {"ae", "e"},   {"eu", "e"},   {"oe", "e"},  {"q", "k"},   {"x", "ks"},  {"z", "s"},
    {"w", "v"},    {"y", "i"},    {"h", ""},
});

/// The vowels before an "n" or "m" that is not spoken.
constexpr auto kNasals = std::to_array<Sound>({
    {"ain", "in"},
    {"ein", "in"},
    {"aim", "in"},
    {"in", "in"},
    {"im", "in"},
    {"yn", "in"},
    {"ym", "in"},
    {"en", "an"},
    {"em", "an"},
    {"an", "an"},
    {"am", "an"},
    {"on", "on"},
    {"om", "on"},
});

/// What is not heard at the end: "nordconfort", "poste", "portes".
std::string_view withoutSilentEnd(std::string_view word) {
    constexpr std::size_t kShortest = 4;
    if (word.size() >= kShortest && (word.back() == 's' || word.back() == 'x')) word.remove_suffix(1);
    if (word.size() >= kShortest && word.back() == 'e') {
        word.remove_suffix(1);
    } else if (word.size() >= kShortest && (word.back() == 't' || word.back() == 'd')) {
        word.remove_suffix(1);
    }
    return word;
}

}  // namespace

std::string soundOf(std::string_view letters) {
    const std::string_view word = withoutSilentEnd(letters);
    std::string key;
    const auto add = [&key](std::string_view sounds) {
        for (const char sound : sounds)
            if (key.empty() || key.back() != sound) key += sound;
    };
    for (std::size_t at = 0; at < word.size();) {
        const std::string_view rest = word.substr(at);
        const auto writtenHere = [&rest](const Sound& sound) { return rest.starts_with(sound.written); };
        const auto nasal = std::ranges::find_if(kNasals, writtenHere);
        if (nasal != kNasals.end()) {
            const std::size_t end = at + nasal->written.size();
            const char after = end < letters.size() ? letters[end] : '\0';  // a silent "e" too
            if (!isVowel(after) && after != 'n' && after != 'm') {
                add(nasal->key);
                at += nasal->written.size();
                continue;
            }
        }
        const char next = rest.size() > 1 ? rest[1] : '\0';
        if (rest[0] == 'c' && next != 'h' && next != 'k') {
            add(isSoftener(next) ? "s" : "k");
            ++at;
        } else if (rest[0] == 'g' && next != 'n') {
            const bool isHardened = next == 'u' && rest.size() > 2 && isSoftener(rest[2]);
            add(isSoftener(next) ? "j" : "g");
            at += isHardened ? 2 : 1;
        } else if (const auto sound = std::ranges::find_if(kSounds, writtenHere); sound != kSounds.end()) {
            add(sound->key);
            at += sound->written.size();
        } else {
            add(rest.substr(0, 1));
            ++at;
        }
    }
    return key;
}

std::size_t lettersApart(std::string_view one, std::string_view other, std::size_t limit) {
    if (one.size() > other.size()) std::swap(one, other);
    if (other.size() - one.size() > limit) return limit + 1;
    std::vector<std::size_t> row(one.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t y = 1; y <= other.size(); ++y) {
        std::size_t diagonal = row[0];
        row[0] = y;
        for (std::size_t x = 1; x <= one.size(); ++x) {
            const std::size_t replaced = diagonal + (one[x - 1] == other[y - 1] ? 0 : 1);
            diagonal = row[x];
            row[x] = std::min({replaced, row[x] + 1, row[x - 1] + 1});
        }
        if (*std::ranges::min_element(row) > limit) return limit + 1;
    }
    return std::min(row.back(), limit + 1);
}

bool isLinkWord(std::string_view letters) {
    static const auto kWords = setOf(kLinkWords);
    return kWords.contains(letters);
}

bool isCommonWord(std::string_view letters) {
    if (isListed(letters)) return true;
    constexpr auto kEndings = std::to_array<std::string_view>(
        {"s",   "x",     "e", "es", "ee",   "ees",   "er",     "ez",     "ent",  "ant",   "ants",   "ait",
         "ais", "aient", "a", "ai", "ons",  "ions",  "iez",    "era",    "erai", "erait", "erez",   "eront",
         "ing", "ed",    "d", "ly", "ment", "ement", "eur",    "eurs",   "euse", "ation", "ations", "u",
         "ue",  "us",    "i", "ie", "is",   "it",    "issait", "issent", "aux",  "le"});
    constexpr std::size_t kShortestStem = 3;
    return std::ranges::any_of(kEndings, [letters](std::string_view ending) {
        if (!letters.ends_with(ending) || letters.size() - ending.size() < kShortestStem) return false;
        const std::string stem{letters.substr(0, letters.size() - ending.size())};
        return std::ranges::any_of(
            std::to_array<std::string_view>({"", "e", "er", "re", "ir", "r", "al"}),
            [&stem](std::string_view base) { return isListed(stem + std::string{base}); });
    });
}

}  // namespace ninja3cx::transcription
