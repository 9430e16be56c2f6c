#include "server/analysis/live/mood.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

using protocol::MoodTrend;
using protocol::Sentiment;

struct Row {
    const char* name;
    std::vector<MoodSign> signs;
    Sentiment mood;
    MoodTrend trend;
};
class MoodOf : public testing::TestWithParam<Row> {};
TEST_P(MoodOf, TheLastHalfMinute) {
    const Mood mood = moodAt(60'000, GetParam().signs);
    EXPECT_EQ(mood.mood, GetParam().mood);
    EXPECT_EQ(mood.trend, GetParam().trend);
}
const MoodSign kPlain{50'000, 0.1F, 0.1F};
INSTANTIATE_TEST_SUITE_P(
    Rows, MoodOf,
    testing::Values(
        Row{"Nobody", {}, Sentiment::Neutral, MoodTrend::Steady},
        Row{"Plain", {kPlain}, Sentiment::Neutral, MoodTrend::Steady},
        Row{"Unhappy", {{45'000, 0.9F, 0}, kPlain}, Sentiment::Negative, MoodTrend::Steady},
        Row{"Happy", {kPlain, {55'000, 0, 0.8F}}, Sentiment::Positive, MoodTrend::Steady},
        Row{"TheLastCountsMost",
            {{35'000, 0.7F, 0}, {58'000, 0, 0.9F}},
            Sentiment::Positive,
            MoodTrend::Steady},
        Row{"GettingWorse",
            {{20'000, 0.1F, 0.1F}, {50'000, 0.9F, 0}},
            Sentiment::Negative,
            MoodTrend::Falling},
        Row{"GettingBetter", {{20'000, 0.9F, 0}, {50'000, 0, 0.9F}}, Sentiment::Positive, MoodTrend::Rising},
        Row{"CalmedDown", {{20'000, 0.9F, 0}, kPlain}, Sentiment::Neutral, MoodTrend::Rising},
        Row{"StillUnhappy", {{20'000, 0.8F, 0}, {50'000, 0.9F, 0}}, Sentiment::Negative, MoodTrend::Steady},
        Row{"SilentSince", {{20'000, 0.9F, 0}}, Sentiment::Neutral, MoodTrend::Steady},

        Row{"BeforeThat", {{-1'000, 0.9F, 0}, {50'000, 0.9F, 0}}, Sentiment::Negative, MoodTrend::Steady}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis
