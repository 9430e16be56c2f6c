#include "server/telephony/recording_hunt.hpp"

#include "server/telephony/recording_frames.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;
using protocol::Speaker;

constexpr std::int64_t kEnd = 1'768'208'400'000;
constexpr std::int64_t kMinute = 60'000;

struct StepRow {
    const char* name;
    std::optional<std::int64_t> lastLook;  // since the end of the call, like now
    std::int64_t now;
    HuntStep expected;
    bool wasAnswered = true;
};
class RecordingHunt : public testing::TestWithParam<StepRow> {};

TEST_P(RecordingHunt, LooksWhenItIsTime) {
    const StepRow& row = GetParam();
    const auto last = row.lastLook ? std::optional{kEnd + *row.lastLook} : std::nullopt;
    EXPECT_EQ(nextHuntStep(kEnd, {last, row.wasAnswered}, kEnd + row.now, 15min), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RecordingHunt,
    testing::Values(StepRow{"TooSoon", {}, 4'999, HuntStep::Wait},
                    StepRow{"First", {}, 5'000, HuntStep::Look},
                    StepRow{"ShortestPause", 5'000, 14'999, HuntStep::Wait},
                    StepRow{"Second", 5'000, 15'000, HuntStep::Look},
                    StepRow{"GrowingPause", kMinute, 90'000 - 1, HuntStep::Wait},
                    StepRow{"AfterAGrowingPause", kMinute, 90'000, HuntStep::Look},
                    StepRow{"LongestPause", 8 * kMinute, 10 * kMinute - 1, HuntStep::Wait},
                    StepRow{"AfterTheLongestPause", 8 * kMinute, 10 * kMinute, HuntStep::Look},
                    StepRow{"LastLookAtTheLimit", 14 * kMinute, 15 * kMinute, HuntStep::Look},
                    StepRow{"Over", 15 * kMinute, 15 * kMinute, HuntStep::GiveUp},
                    StepRow{"LastLookWithoutAnswer", 15 * kMinute, 16 * kMinute, HuntStep::Wait, false},
                    StepRow{"AnotherAfterIt", 15 * kMinute, 17 * kMinute, HuntStep::Look, false},
                    StepRow{"OnceAfterALongRestart", {}, 600 * kMinute, HuntStep::Look},
                    StepRow{"NotTwiceAfterALongRestart", 600 * kMinute, 600 * kMinute, HuntStep::GiveUp}),
    [](const auto& info) { return info.param.name; });

calls::SilentCall callOf(const std::string& id, std::int64_t answeredAtMs,
                         const std::string& number = "+33142345678", const std::string& extension = "201") {
    return {CallId{id}, Extension{extension}, number, answeredAtMs, answeredAtMs + kMinute};
}
XapiRecording inbound(std::int64_t id, std::int64_t startMs, const std::string& from = "0142345678",
                      const std::string& to = "201") {
    return {id, startMs, "10001", from, to, to};
}

struct MatchRow {
    const char* name;
    std::vector<calls::SilentCall> calls;
    std::vector<XapiRecording> recordings;
    std::vector<std::pair<std::string, std::int64_t>> expected;
    std::int64_t skewMs = 0;
};
class RecordingMatch : public testing::TestWithParam<MatchRow> {};

TEST_P(RecordingMatch, IsOfTheSameExtensionNumberAndTime) {
    const MatchRow& row = GetParam();
    std::vector<std::pair<std::string, std::int64_t>> found;
    for (const auto& [callId, recording] : matchRecordings(row.calls, row.recordings, {99}, row.skewMs))
        found.emplace_back(callId.value(), recording.id);
    EXPECT_EQ(found, row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RecordingMatch,
    testing::Values(
        MatchRow{"Inbound", {callOf("a", kEnd)}, {inbound(1, kEnd + 400)}, {{"a", 1}}},
        MatchRow{"Outbound",
                 {callOf("a", kEnd)},
                 {XapiRecording{1, kEnd, "201", "201", "10001", "0142345678"}},
                 {{"a", 1}}},
        MatchRow{"HalfAMinuteEarly", {callOf("a", kEnd)}, {inbound(1, kEnd - 30'000)}, {{"a", 1}}},
        MatchRow{"TooEarly", {callOf("a", kEnd)}, {inbound(1, kEnd - 30'001)}, {}},
        MatchRow{"TooLate", {callOf("a", kEnd)}, {inbound(1, kEnd + 30'001)}, {}},
        MatchRow{"OtherExtension", {callOf("a", kEnd)}, {inbound(1, kEnd, "0142345678", "202")}, {}},
        MatchRow{"OtherNumber", {callOf("a", kEnd)}, {inbound(1, kEnd, "0142345679")}, {}},
        MatchRow{"TakenBefore", {callOf("a", kEnd)}, {inbound(99, kEnd)}, {}},
        MatchRow{"WithheldOnBothSides", {callOf("a", kEnd, "anonymous")}, {inbound(1, kEnd, "")}, {{"a", 1}}},
        MatchRow{"WithheldOnOneSide", {callOf("a", kEnd, "")}, {inbound(1, kEnd)}, {}},
        MatchRow{"Internal",
                 {callOf("a", kEnd, "205")},
                 {XapiRecording{1, kEnd, "205", "205", "201", "201"}},
                 {{"a", 1}}},
        MatchRow{"InternalIsNoTail", {callOf("a", kEnd, "205")}, {inbound(1, kEnd, "0142345205")}, {}},
        MatchRow{"NearestOfTwo",
                 {callOf("a", kEnd)},
                 {inbound(1, kEnd + 20'000), inbound(2, kEnd + 1'000)},
                 {{"a", 2}}},
        MatchRow{"TwoCallsOfOneCaller",
                 {callOf("a", kEnd), callOf("b", kEnd + 25'000)},
                 {inbound(1, kEnd + 1'000), inbound(2, kEnd + 25'500)},
                 {{"b", 2}, {"a", 1}}},
        MatchRow{"OneRecordingOfTwoCalls",
                 {callOf("a", kEnd), callOf("b", kEnd + 25'000)},
                 {inbound(2, kEnd + 25'500)},
                 {{"b", 2}}},
        MatchRow{"PbxClockAhead", {callOf("a", kEnd)}, {inbound(1, kEnd + 90'000)}, {{"a", 1}}, 90'000}),
    [](const auto& info) { return info.param.name; });

audio::Pcm pcmOf(std::vector<std::vector<std::int16_t>> channels) {
    return audio::Pcm{std::move(channels)};
}
std::vector<std::int16_t> tone(std::size_t samples, std::int16_t value) {
    return std::vector<std::int16_t>(samples, value);
}

TEST(RecordingFrames, OfOneChannelAreTheCustomers) {
    const RecordingFrames frames{pcmOf({tone(3'300, 7)}), true};
    EXPECT_EQ(frames.total(), (protocol::ChannelPositions{0, 3}));
    const auto second = frames.after({0, 1});
    ASSERT_TRUE(second);
    EXPECT_EQ(second->channel, Speaker::Customer);
    EXPECT_EQ(second->sequence, 1U);
    EXPECT_EQ(second->callClockMs, 100);
    EXPECT_EQ(second->samples, tone(1'600, 7));
    EXPECT_EQ(frames.after({0, 2})->samples.size(), 100U);
    EXPECT_FALSE(frames.after({0, 3}));
}

TEST(RecordingFrames, OfTwoChannelsComeInTurnTheCallersFirst) {
    const audio::Pcm pcm = pcmOf({tone(3'200, 1), tone(3'200, 2)});
    for (const bool hasExtensionCalled : {false, true}) {
        const RecordingFrames frames{pcm, hasExtensionCalled};
        EXPECT_EQ(frames.total(), (protocol::ChannelPositions{2, 2}));
        const auto first = frames.after({0, 0});
        EXPECT_EQ(first->channel, Speaker::Agent);
        EXPECT_EQ(first->samples.front(), hasExtensionCalled ? 1 : 2);
        EXPECT_EQ(frames.after({1, 0})->channel, Speaker::Customer);
        EXPECT_EQ(frames.after({1, 1})->channel, Speaker::Agent);
        EXPECT_EQ(frames.after({2, 1})->channel, Speaker::Customer);
        EXPECT_FALSE(frames.after({2, 2}));
    }
}

TEST(RecordingFrames, OfTwoChannelsAlikeAreOneVoice) {
    const RecordingFrames frames{pcmOf({tone(1'600, 1), tone(1'600, 1)}), false};
    EXPECT_EQ(frames.total(), (protocol::ChannelPositions{0, 1}));
}

TEST(RecordingFrames, OfNothingAreNone) {
    EXPECT_EQ((RecordingFrames{pcmOf({}), false}.total()), (protocol::ChannelPositions{}));
    EXPECT_FALSE((RecordingFrames{pcmOf({tone(0, 0)}), false}.after({})));
}

}  // namespace
}  // namespace ninja3cx::telephony
