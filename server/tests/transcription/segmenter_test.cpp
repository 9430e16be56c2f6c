#include "server/transcription/segmenter.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <random>
#include <string>

namespace ninja3cx::transcription {
namespace {

constexpr auto kWindowMs = 32;

/// Windows of one kind.
struct Stretch {
    int windows;
    float voice;
    std::int16_t level = 1000;
};

struct Cut {
    std::int64_t startMs;
    std::int64_t endMs;
    bool operator==(const Cut&) const = default;
};
void PrintTo(const Cut& cut, std::ostream* out) {
    *out << cut.startMs << "…" << cut.endMs;
}

std::vector<Segment> segmentsOf(const std::vector<Stretch>& stretches, SegmenterOptions options = {}) {
    Segmenter segmenter{options};
    std::vector<Segment> segments;
    std::array<std::int16_t, kWindow> window{};
    for (const auto& stretch : stretches) {
        window.fill(stretch.level);
        for (int i = 0; i < stretch.windows; ++i) {
            if (auto segment = segmenter.push(window, stretch.voice)) segments.push_back(std::move(*segment));
        }
    }
    if (auto segment = segmenter.finish()) segments.push_back(std::move(*segment));
    return segments;
}

struct Row {
    const char* name;
    std::vector<Stretch> sound;
    std::vector<Cut> cuts;
};
class Cuts : public testing::TestWithParam<Row> {};
TEST_P(Cuts, AreWhereSpeechIs) {
    std::vector<Cut> cuts;
    for (const auto& segment : segmentsOf(GetParam().sound))
        cuts.push_back({segment.start / 16, segment.end() / 16});
    EXPECT_EQ(cuts, GetParam().cuts);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Cuts,
    testing::Values(
        Row{"SilenceGivesNothing", {{1000, 0.0F}}, {}},
        Row{"SpeechKeepsALittleBeforeAndAfter", {{50, 0.0F}, {50, 0.9F}, {50, 0.0F}}, {{1400, 3400}}},
        Row{"AClickIsNoSpeech", {{50, 0.0F}, {1, 0.9F}, {50, 0.0F}}, {}},
        Row{"SpeechFromTheFirstSampleOn", {{30, 0.9F}, {50, 0.0F}}, {{0, 1160}}},
        Row{"AShortPauseDoesNotDivide", {{30, 0.9F}, {10, 0.0F}, {30, 0.9F}, {50, 0.0F}}, {{0, 2440}}},
        Row{"ALongPauseDivides", {{30, 0.9F}, {31, 0.0F}, {30, 0.9F}, {50, 0.0F}}, {{0, 1160}, {1752, 3112}}},
        Row{"NothingIsSaidTwice",
            {{30, 0.9F}, {16, 0.0F}, {30, 0.9F}, {50, 0.0F}},
            {{0, 1160}, {1272, 2632}}},
        Row{"DoubtKeepsSpeechOpenButDoesNotStartIt",
            {{30, 0.4F}, {30, 0.9F}, {30, 0.4F}, {50, 0.0F}},
            {{760, 3080}}},
        Row{"AfterSixSecondsAShorterPauseDivides",
            {{200, 0.9F}, {9, 0.0F}, {30, 0.9F}, {50, 0.0F}},
            {{0, 6600}, {6600, 7848}}},
        Row{"TheEndOfTheCallEndsIt", {{30, 0.9F}}, {{0, 960}}},
        Row{"EndlessSpeechIsCutAtItsQuietestPoint",
            {{300, 0.9F, 1000}, {3, 0.9F, 10}, {150, 0.9F, 1000}, {50, 0.0F}},
            {{0, 9648}, {9648, 14696}}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Segmenter, WaitsLongerInALongUtteranceTooWhereItIsToldTo) {
    using namespace std::chrono_literals;
    const std::vector<Stretch> sound{{200, 0.9F}, {20, 0.0F}, {30, 0.9F}, {50, 0.0F}};
    EXPECT_EQ(segmentsOf(sound).size(), 2U);
    EXPECT_EQ(segmentsOf(sound, {.endSilence = 2s}).size(), 1U) << "640 ms of silence are less than half";
}

TEST(Segmenter, KeepsEverySampleOfSpeechInPlace) {
    Segmenter segmenter;
    std::vector<Segment> segments;
    std::array<std::int16_t, kWindow> window{};
    for (std::size_t i = 0; i < 400; ++i) {
        for (std::size_t k = 0; k < kWindow; ++k)
            window[k] = static_cast<std::int16_t>((i * kWindow + k) % 30'000);
        const bool speaks = (i / 40) % 2 == 1;
        if (auto segment = segmenter.push(window, speaks ? 0.9F : 0.1F))
            segments.push_back(std::move(*segment));
    }
    if (auto segment = segmenter.finish()) segments.push_back(std::move(*segment));
    ASSERT_EQ(segments.size(), 5U);
    for (const auto& segment : segments) {
        for (std::size_t k = 0; k < segment.samples.size(); ++k) {
            ASSERT_EQ(segment.samples[k], (segment.start + static_cast<std::int64_t>(k)) % 30'000);
        }
    }
}

TEST(Segmenter, CutsNoUtteranceShorterThanItSays) {
    std::mt19937 random{5};
    for (int run = 0; run < 60; ++run) {
        SegmenterOptions options;
        options.maxLength = std::chrono::milliseconds{3'000 + 77 * run};
        Segmenter segmenter{options};
        const std::int64_t earliest = earliestCut(options).count() * 16;
        std::array<std::int16_t, kWindow> window{};
        std::size_t cuts = 0;
        for (int i = 0; i < 1'000; ++i) {
            window.fill(static_cast<std::int16_t>(random() % 3'000 + (i % 100 == 0 ? 0 : 500)));
            const auto segment = segmenter.push(window, 0.9F);
            if (!segment) continue;
            ++cuts;
            EXPECT_TRUE(segment->goesOn);
            EXPECT_GE(segment->end() - segment->start, earliest);
        }
        EXPECT_GT(cuts, 3U);
    }
}

TEST(Segmenter, CountsSkippedSilence) {
    Segmenter segmenter;
    segmenter.skip(1000 * static_cast<std::int64_t>(kWindow));
    const std::array<std::int16_t, kWindow> window{};
    for (int i = 0; i < 10; ++i) ASSERT_FALSE(segmenter.push(window, 0.9F));
    const auto segment = segmenter.finish();
    ASSERT_TRUE(segment);
    EXPECT_EQ(segment->start / 16, 1000 * kWindowMs);
}

}  // namespace
}  // namespace ninja3cx::transcription
