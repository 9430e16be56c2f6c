#include "server/analysis/model/vocabulary.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace ninja3cx::analysis {
namespace {

TEST(Vocabulary, FindsWhatItKnows) {
    const Vocabulary vocabulary{{2, 9, 0x8000000000000001ULL, 0xFFFFFFFFFFFFFFFEULL}};
    EXPECT_EQ(vocabulary.find(2), 0u);
    EXPECT_EQ(vocabulary.find(9), 1u);
    EXPECT_EQ(vocabulary.find(0x8000000000000001ULL), 2u);
    EXPECT_EQ(vocabulary.find(0xFFFFFFFFFFFFFFFEULL), 3u);
    EXPECT_FALSE(vocabulary.find(3));
    EXPECT_FALSE(vocabulary.find(0));
    EXPECT_FALSE(Vocabulary{}.find(2));
}

TEST(Counts, OfTurnsAddUpToThoseOfTheCall) {
    const Vocabulary vocabulary{{2, 4, 6}};
    Counts call = countsOf(vocabulary, std::vector<Piece>{{4, 0, 1}, {2, 0, 1}, {4, 1, 1}, {8, 1, 1}});
    EXPECT_EQ(call, (Counts{{0, 1}, {1, 2}}));
    addTo(call, {{1, 1}, {2, 1}});
    addTo(call, {});
    EXPECT_EQ(call, (Counts{{0, 1}, {1, 3}, {2, 1}}));
}

TEST(Weigh, WordsAndLettersEachHaveLengthOne) {
    const Vocabulary vocabulary{{2, 3, 4}};  // 3 is odd: letters
    const std::vector<float> rarity = {1, 5, 2};
    const Vector vector = weigh(vocabulary, {{0, 3}, {1, 1}, {2, 1}}, rarity);
    ASSERT_EQ(vector.size(), 3u);
    EXPECT_FLOAT_EQ(vector[1].value, 1);
    EXPECT_FLOAT_EQ(std::hypot(vector[0].value, vector[2].value), 1);
    EXPECT_FLOAT_EQ(vector[0].value / vector[2].value, (1 + std::log(3.0F)) / 2);
    EXPECT_THAT(weigh(vocabulary, {}, rarity), testing::IsEmpty());
}

}  // namespace
}  // namespace ninja3cx::analysis
