#include "server/analysis/conversation/cue_index.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <tuple>
#include <vector>

namespace ninja3cx::analysis {
namespace {

using Places = std::vector<std::tuple<std::uint32_t, std::size_t, std::size_t>>;

Places placesIn(const CueIndex& index, std::uint32_t groups, std::string_view text) {
    const std::vector<Word> words = wordsOf(text);
    Places all;
    for (const CueIndex::Place& place : index.placesOf(groups, words))
        all.emplace_back(place.group, place.match.first, place.match.last);
    return all;
}

TEST(CueIndex, TellsWhereItsPhrasesStand) {
    static constexpr auto kCodes = std::to_array<std::string_view>({"code", "code ~ porte", "port*"});
    static constexpr auto kKeys = std::to_array<std::string_view>({"la cle"});
    const CueIndex index{{1, kCodes}, {4, kKeys}};
    constexpr std::string_view kText = "le code de la porte et la cle, le code";
    EXPECT_EQ(placesIn(index, 1U << 1U, kText), (Places{{1, 1, 2}, {1, 1, 5}, {1, 4, 5}, {1, 9, 10}}));
    EXPECT_EQ(placesIn(index, 1U << 4U, kText), (Places{{4, 6, 8}}));
    EXPECT_TRUE(placesIn(index, 1U << 2U, kText).empty());
    const auto words = wordsOf(kText);
    EXPECT_EQ(index.groupsIn(words), 1U << 1U | 1U << 4U);
}

TEST(CueIndex, FindsContractionsWithoutTheirApostrophe) {
    static constexpr auto kCues = std::to_array<std::string_view>({"i m sorry", "won t print"});
    const CueIndex index{{0, kCues}};
    EXPECT_EQ(placesIn(index, 1, "im sorry it wont print"), (Places{{0, 0, 2}, {0, 3, 5}}));
    EXPECT_EQ(placesIn(index, 1, "i'm sorry it won't print"), (Places{{0, 0, 3}, {0, 4, 7}}));
    EXPECT_TRUE(placesIn(index, 1, "imprint sorry").empty());
}

}  // namespace
}  // namespace ninja3cx::analysis
