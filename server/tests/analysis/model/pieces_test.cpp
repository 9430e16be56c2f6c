#include "server/analysis/model/pieces.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

namespace ninja3cx::analysis {
namespace {

std::set<std::uint64_t> keysOf(bool isAgent, std::string_view text) {
    std::set<std::uint64_t> keys;
    for (const Piece& piece : piecesOf(isAgent, wordsOf(text))) keys.insert(piece.key);
    return keys;
}

std::size_t shared(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
    return static_cast<std::size_t>(
        std::count_if(a.begin(), a.end(), [&](std::uint64_t key) { return b.contains(key); }));
}

TEST(Pieces, AccentsCaseAndPunctuationDoNotMatter) {
    EXPECT_EQ(keysOf(false, "L'imprimante est bloquée : rien ne sort !"),
              keysOf(false, "l imprimante EST bloquee rien ne sort"));
}

TEST(Pieces, HesitationsAreNotHeard) {
    EXPECT_EQ(keysOf(false, "euh le VPN, euh, ne monte plus"), keysOf(false, "le vpn ne monte plus"));
}

TEST(Pieces, AMisspeltWordSharesItsLetters) {
    const auto right = keysOf(false, "imprimante");
    const auto wrong = keysOf(false, "imprimente");
    EXPECT_GE(shared(right, wrong), 8u);
    EXPECT_LT(shared(right, wrong), right.size());
}

TEST(Pieces, WhoSpeaksIsAPieceOfItsOwn) {
    const auto agent = keysOf(true, "je vous rappelle");
    const auto customer = keysOf(false, "je vous rappelle");
    EXPECT_EQ(agent.size(), customer.size());
    EXPECT_EQ(agent.size() - shared(agent, customer), 3u);
}

TEST(Pieces, NameTheirWords) {
    const auto pieces = piecesOf(true, wordsOf("le VPN"));
    EXPECT_TRUE(std::any_of(pieces.begin(), pieces.end(),
                            [](const Piece& piece) { return piece.firstWord == 0 && piece.wordCount == 2; }));
    for (const Piece& piece : pieces) EXPECT_LE(piece.firstWord + piece.wordCount, 2u);
}

TEST(Pieces, NothingSaidHasNone) {
    EXPECT_THAT(piecesOf(true, {}), testing::IsEmpty());
    EXPECT_THAT(piecesOf(false, wordsOf("... ?! –")), testing::IsEmpty());
}

TEST(Pieces, AnyBytesAreTaken) {
    std::mt19937 random{5};
    for (int round = 0; round < 300; ++round) {
        std::string text;
        for (unsigned i = 0; i < random() % 60; ++i) text += static_cast<char>(random());
        const auto words = wordsOf(text);
        for (const Piece& piece : piecesOf(round % 2 == 0, words))
            EXPECT_LE(piece.firstWord + piece.wordCount, words.size());
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
