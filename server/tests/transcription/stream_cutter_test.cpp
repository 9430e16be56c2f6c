#include "server/transcription/stream_cutter.hpp"

#include "shared/audio/audio_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace ninja3cx::transcription {
namespace {

std::vector<std::int16_t> sampleChannel(std::size_t channel) {
    const auto call = audio::readAudioFile("samples/calls/01-vpn-panne.flac");
    return call ? call->channels[channel] : std::vector<std::int16_t>{};
}

/// Fed in pieces of `sizes`, in turn, each with its right clock.
std::vector<Segment> cut(const std::vector<std::int16_t>& samples, const std::vector<std::size_t>& sizes) {
    StreamCutter cutter{makeEnergyDetector()};
    std::vector<Segment> segments;
    std::size_t at = 0;
    for (std::size_t turn = 0; at < samples.size(); ++turn) {
        const std::size_t count = std::min(sizes[turn % sizes.size()], samples.size() - at);
        cutter.feed(static_cast<std::int64_t>(at / 16), std::span{samples}.subspan(at, count), segments);
        at += count;
    }
    cutter.finish(segments);
    return segments;
}

TEST(StreamCutter, CutsTheSameWhateverTheSizeOfThePieces) {
    const auto samples = sampleChannel(1);
    ASSERT_FALSE(samples.empty());
    const auto whole = cut(samples, {samples.size()});
    EXPECT_GT(whole.size(), 5U);
    for (const auto& sizes : std::vector<std::vector<std::size_t>>{
             {320}, {16}, {512}, {1600}, {16'000}, {16, 32, 48, 320, 4800}}) {
        EXPECT_EQ(cut(samples, sizes), whole);
    }
}

TEST(StreamCutter, StartsAnUtteranceJustBeforeATurnOfTheSampleCall) {
    const auto segments = cut(sampleChannel(0), {320});
    for (const std::int64_t turnMs : {600, 12'490, 18'540, 24'890, 35'600, 39'340, 45'990, 56'170}) {
        const auto found = std::find_if(segments.begin(), segments.end(), [&](const Segment& segment) {
            return segment.start / 16 <= turnMs && segment.start / 16 >= turnMs - 350;
        });
        EXPECT_NE(found, segments.end()) << "turn at " << turnMs << " ms";
    }
}

TEST(StreamCutter, LeavesOutWhatAnotherProgramRepeats) {
    const auto samples = sampleChannel(1);
    constexpr std::size_t kFrame = 1'600;
    const auto fed = [&](bool isTakenOver) {
        StreamCutter cutter{makeEnergyDetector()};
        std::vector<Segment> segments;
        const auto feed = [&](std::size_t from, std::size_t to) {
            for (std::size_t at = from; at + kFrame <= to; at += kFrame)
                cutter.feed(static_cast<std::int64_t>(at / 16), std::span{samples}.subspan(at, kFrame),
                            segments);
        };
        feed(0, std::size_t{20} * 16'000);
        if (isTakenOver)  // the other program is five seconds behind
            feed(std::size_t{15} * 16'000, std::size_t{20} * 16'000);
        feed(std::size_t{20} * 16'000, std::size_t{40} * 16'000);
        cutter.finish(segments);
        return segments;
    };
    EXPECT_EQ(fed(true), fed(false));
}

TEST(StreamCutter, TakesAGapInTheClockForSilence) {
    const auto samples = sampleChannel(1);
    const auto speech = std::span{samples}.subspan(5 * 16'000, 4 * 16'000);
    std::vector<std::int16_t> padded(speech.begin(), speech.end());
    padded.resize(padded.size() + 3 * 16'000, 0);
    padded.insert(padded.end(), speech.begin(), speech.end());

    StreamCutter cutter{makeEnergyDetector()};
    std::vector<Segment> segments;
    cutter.feed(0, speech, segments);
    cutter.feed(7'000, speech, segments);
    cutter.finish(segments);
    EXPECT_EQ(segments, cut(padded, {320}));
}

TEST(StreamCutter, PassesAnHourOfSilenceAtOnceAndKeepsTheClock) {
    const auto samples = sampleChannel(1);
    const auto speech = std::span{samples}.subspan(5 * 16'000, 3 * 16'000 + 8'000);
    StreamCutter cutter{makeEnergyDetector()};
    std::vector<Segment> segments;
    cutter.feed(0, speech, segments);
    const std::int64_t hourMs = 3'600'000 + 7;
    cutter.feed(hourMs, speech, segments);
    EXPECT_EQ(cutter.position(), (hourMs + 3'500) * 16);
    cutter.finish(segments);
    ASSERT_EQ(segments.size(), 2U);
    EXPECT_NEAR(static_cast<double>(segments[1].start - segments[0].start) / 16, static_cast<double>(hourMs),
                64);
}

TEST(StreamCutter, IgnoresTheRoundingOfAClock) {
    const auto samples = sampleChannel(1);
    StreamCutter exact{makeEnergyDetector()};
    StreamCutter rounded{makeEnergyDetector()};
    std::vector<Segment> wanted;
    std::vector<Segment> segments;
    for (std::size_t at = 0, turn = 0; at + 320 <= samples.size(); at += 320, ++turn) {
        const auto clock = static_cast<std::int64_t>(at / 16);
        exact.feed(clock, std::span{samples}.subspan(at, 320), wanted);
        rounded.feed(clock + static_cast<std::int64_t>(turn % 7) - 3, std::span{samples}.subspan(at, 320),
                     segments);
    }
    EXPECT_EQ(segments, wanted);
}

TEST(StreamCutter, SurvivesAClockFromNowhere) {
    StreamCutter cutter{makeEnergyDetector()};
    std::vector<Segment> segments;
    const std::vector<std::int16_t> samples(320, 20);
    cutter.feed(std::numeric_limits<std::int64_t>::min(), samples, segments);
    cutter.feed(std::numeric_limits<std::int64_t>::max(), samples, segments);
    cutter.feed(0, samples, segments);
    cutter.finish(segments);
    EXPECT_TRUE(segments.empty());
}

}  // namespace
}  // namespace ninja3cx::transcription
