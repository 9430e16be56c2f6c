#include "server/analysis/model/pieces.hpp"

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace ninja3cx::analysis {
namespace {

enum class Kind : unsigned char { Word = 1, Pair, Said, Letters };

/// FNV-1a, its bits mixed once more: the vocabulary looks at the upper ones.
std::uint64_t keyOf(Kind kind, std::initializer_list<std::string_view> parts) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3ULL; };
    add(static_cast<unsigned char>(kind));
    for (const std::string_view part : parts) {
        for (const char c : part) add(static_cast<unsigned char>(c));
        add(0);
    }
    hash ^= hash >> 33U;
    hash *= 0xff51afd7ed558ccdULL;
    hash ^= hash >> 33U;
    return (hash & ~std::uint64_t{1}) | (kind == Kind::Letters ? 1U : 0U);
}

}  // namespace

std::vector<Piece> piecesOf(bool isAgent, std::span<const Word> words) {
    static constexpr std::array<std::size_t, 2> kLengths = {3, 4};
    const std::string_view speaker = isAgent ? "agent" : "customer";
    std::vector<Piece> pieces;
    pieces.reserve(12 * words.size());
    std::string padded;
    for (std::uint32_t at = 0; at < words.size(); ++at) {
        const std::string_view word = words[at].text;
        pieces.push_back({keyOf(Kind::Word, {word}), at, 1});
        pieces.push_back({keyOf(Kind::Said, {speaker, word}), at, 1});
        if (at + 1 < words.size()) pieces.push_back({keyOf(Kind::Pair, {word, words[at + 1].text}), at, 2});
        padded.assign(1, ' ').append(word).append(1, ' ');
        for (const std::size_t length : kLengths)
            for (std::size_t from = 0; from + length <= padded.size(); ++from)
                pieces.push_back(
                    {keyOf(Kind::Letters, {std::string_view{padded}.substr(from, length)}), at, 1});
    }
    return pieces;
}

}  // namespace ninja3cx::analysis
