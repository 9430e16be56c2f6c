#include "server/telephony/recording_fetch.hpp"

#include "server/telephony/recording_frames.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "server/tests/telephony/fake_xapi.hpp"
#include "shared/audio/wav.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <array>
#include <ctime>
#include <sstream>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;
using calls::doubles::kCustomer;
using calls::doubles::kExtension;
using calls::doubles::World;
using protocol::CallState;

const std::string kList = "/xapi/v1/Recordings";
const std::string kFile = "/xapi/v1/Recordings/Pbx.DownloadRecording(recId=7)";

std::string wavOf(std::vector<std::vector<std::int16_t>> channels) {
    const auto bytes = audio::encodeWav(audio::Pcm{std::move(channels)});
    return {bytes.begin(), bytes.end()};
}

class RecordingFetchWithFakes : public testing::Test {
protected:
    RecordingFetchWithFakes() {
        make();
        world.alsoTicks = [this] {
            fetch->tick();
            context.restart();
            context.poll();
        };
    }
    static calls::HubOptions withRecordings() {
        calls::HubOptions options;
        options.fetchesRecordings = true;
        return options;
    }
    void make() {
        fetch = std::make_unique<RecordingFetch>(
            context.get_executor(), context.get_executor(), RecordingFetchOptions{}, xapi.asker(),
            RecordingFetch::Ports{*world.hub, world.clock, [this] { return backlogBytes; }, log});
    }
    /// The process dies and comes back.
    void restart() {
        fetch->stop();
        context.restart();
        context.poll();
        fetch.reset();
        world.restart();
        make();
    }
    void deskPhoneCall(const std::string& key = "3cx/201/1") {
        world.phone(CallState::Ringing, key);
        world.phone(CallState::Connected, key);
        answeredAt = world.clock.now();
        world.pass(10s);
        world.phone(CallState::Ended, key);
    }
    /// In the list of recordings, of the last call.
    void appears(std::chrono::milliseconds after = 300ms) {
        xapi.tells(kList, R"({"value":[{"Id":7,"StartTime":")" + toIso8601(answeredAt + after) +
                              R"(","FromDn":"10001","FromCallerNumber":")" + kCustomer +
                              R"(","ToDn":"201","ToCallerNumber":"201"}]})");
    }
    void passUntilJournalled() {
        for (int i = 0; i < 3'000 && world.journalDisk.empty(); ++i) world.pass(100ms);
        ASSERT_FALSE(world.journalDisk.empty());
    }
    void passAll() { world.pass(20min); }
    bool wasSaid(const std::string& words) const { return said.str().find(words) != std::string::npos; }

    boost::asio::io_context context{1};
    World world{withRecordings()};
    FakeXapi xapi;
    std::ostringstream said;
    std::shared_ptr<spdlog::logger> log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(said));
    std::size_t backlogBytes = 0;
    SystemTime answeredAt{};
    std::unique_ptr<RecordingFetch> fetch;
};

TEST_F(RecordingFetchWithFakes, TurnsWhatThePbxRecordedIntoText) {
    xapi.tells(kList, R"({"value":[]})");
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(4'800, 100)}));
    deskPhoneCall();
    world.pass(1min);
    EXPECT_GT(xapi.asked(kList), 1) << "it was looked for and not there yet";
    EXPECT_TRUE(world.texts().empty());
    appears();
    world.pass(2min);
    EXPECT_EQ(world.texts(), (std::vector<std::string>{"customer 0", "customer 100", "customer 200"}));
    EXPECT_EQ(world.call().isFromRecording, true);
    EXPECT_TRUE(world.call().isAudioComplete);
    EXPECT_TRUE(world.wasAudited("server", "recording.fetch"));
    EXPECT_TRUE(world.journalDisk.empty());
    const int asked = xapi.asked(kList);
    passAll();
    EXPECT_EQ(xapi.asked(kList), asked) << "nothing is looked for any more";
    EXPECT_EQ(xapi.asked(kFile), 1);
}

TEST_F(RecordingFetchWithFakes, TakesBothChannelsWhereThereAreTwo) {
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(1'600, 100), std::vector<std::int16_t>(1'600, 200)}));
    deskPhoneCall();
    appears();
    world.pass(1min);
    EXPECT_EQ(world.texts().size(), 2U);
    EXPECT_TRUE(world.call().isAudioComplete);
}

TEST_F(RecordingFetchWithFakes, AsksNothingWithoutSuchACall) {
    world.hub->onAgentOnline(kExtension);
    (void)world.wholeCall();
    passAll();
    EXPECT_TRUE(xapi.questions.empty());
}

TEST_F(RecordingFetchWithFakes, GivesUpAtTheLimit) {
    xapi.tells(kList, R"({"value":[]})");
    deskPhoneCall();
    passAll();
    const int asked = xapi.asked(kList);
    EXPECT_GT(asked, 8);
    EXPECT_LT(asked, 25) << "the pauses grow";
    EXPECT_TRUE(wasSaid("3CX has no recording of it"));
    appears();
    passAll();
    EXPECT_EQ(xapi.asked(kList), asked);
    EXPECT_TRUE(world.texts().empty());
}

TEST_F(RecordingFetchWithFakes, LooksAgainWhereTheLastLookWasNotAnswered) {
    xapi.refuses(kList, 503);
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(4'800, 100)}));
    deskPhoneCall();
    world.pass(17min);  // the limit is 15
    EXPECT_FALSE(wasSaid("3CX has no recording of it")) << "nobody said so";
    appears();
    passAll();
    EXPECT_FALSE(world.texts().empty());
}

TEST_F(RecordingFetchWithFakes, SurvivesARestart) {
    xapi.tells(kList, R"({"value":[]})");
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(1'600, 100)}));
    deskPhoneCall();
    world.pass(1min);
    restart();
    appears();
    world.pass(2min);
    EXPECT_EQ(world.texts().size(), 1U);
}

TEST_F(RecordingFetchWithFakes, GoesOnAfterARestartInTheMiddle) {
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(std::size_t{1'600} * 500, 100)}));
    deskPhoneCall();
    appears();
    passUntilJournalled();
    ASSERT_LT(world.journalDisk.begin()->second.size(), 500U) << "it is handed over piece by piece";
    restart();
    world.pass(2min);
    EXPECT_EQ(world.texts().size(), 500U);
    EXPECT_TRUE(world.call().isAudioComplete);
    EXPECT_EQ(xapi.asked(kFile), 2);
}

TEST_F(RecordingFetchWithFakes, GivesWayToCallsThatGoOn) {
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(1'600, 100)}));
    deskPhoneCall();
    appears();
    backlogBytes = 100U << 20;
    passAll();
    EXPECT_TRUE(world.texts().empty());
    backlogBytes = 0;
    world.pass(1s);
    EXPECT_EQ(world.texts().size(), 1U);
}

TEST_F(RecordingFetchWithFakes, TriesADownloadThatFailsAgain) {
    xapi.refuses(kFile, 500);
    deskPhoneCall();
    appears();
    world.pass(1min);
    EXPECT_GT(xapi.asked(kFile), 1);
    EXPECT_TRUE(wasSaid("3CX answered 500")) << said.str();
    EXPECT_FALSE(world.call().isFromRecording.value_or(false));
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(1'600, 100)}));
    world.pass(2min);
    EXPECT_EQ(world.texts().size(), 1U);
}

TEST_F(RecordingFetchWithFakes, LeavesAFileThatIsNoSound) {
    xapi.tells(kFile, "%PDF-1.7 not a recording");
    deskPhoneCall();
    appears();
    passAll();
    EXPECT_EQ(xapi.asked(kFile), 1) << "it would be the same again";
    EXPECT_TRUE(wasSaid("recording 7")) << said.str();
    EXPECT_TRUE(wasSaid("its recording cannot be read"));
    EXPECT_TRUE(world.wasAudited("server", "recording.unreadable"));
    EXPECT_EQ(world.call().isFromRecording, std::nullopt);
}

TEST_F(RecordingFetchWithFakes, TriesAgainWhereSomethingElseCameThanTheFile) {
    net::HttpResponse page{200, {}, "<html>log in</html>"};
    page.headers.set("Content-Type", "text/html");
    for (const net::HttpResponse& answer : {net::HttpResponse{200, {}, ""}, page}) {
        xapi.answers[kFile] = answer;
        xapi.counts.clear();
        deskPhoneCall(answer.body.empty() ? "3cx/201/1" : "3cx/201/2");
        appears();
        passAll();
        EXPECT_EQ(xapi.asked(kFile), 5);
        EXPECT_FALSE(world.wasAudited("server", "recording.unreadable"));
    }
}

/// Few bytes may be hours of sound: what counts is what comes out of the file.
TEST_F(RecordingFetchWithFakes, LeavesSoundThatIsMuchLongerThanTheCall) {
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(std::size_t{16'000} * 311, 100)}));
    deskPhoneCall();
    appears();
    passAll();
    EXPECT_TRUE(wasSaid("is longer than 310 s")) << said.str();
    EXPECT_TRUE(world.texts().empty());
}

TEST_F(RecordingFetchWithFakes, LeavesAFileOfMoreThanTwoChannels) {
    const std::vector<std::int16_t> channel(1'600, 100);
    xapi.tells(kFile, wavOf({channel, channel, channel}));
    deskPhoneCall();
    appears();
    passAll();
    EXPECT_TRUE(wasSaid("has 3 channels; at most 2 are read")) << said.str();
    EXPECT_TRUE(world.texts().empty());
}

TEST(RecordingLimits, FollowTheCall) {
    calls::SilentCall call;
    call.answeredAtMs = 1'000;
    call.endedAtMs = 61'500;
    EXPECT_EQ(recordingLimits(call).maxDuration, 361s);
    EXPECT_EQ(recordingLimits(call).maxChannels, 2);
    call.endedAtMs = 0;
    EXPECT_EQ(recordingLimits(call).maxDuration, 300s) << "the clock was set back";
    call.endedAtMs = call.answeredAtMs + std::int64_t{9} * 3'600'000;
    EXPECT_EQ(recordingLimits(call).maxDuration, 4h);
}

TEST_F(RecordingFetchWithFakes, SaysOnceThatItMayNotRead) {
    xapi.refuses(kList, 403);
    deskPhoneCall();
    passAll();
    const std::string text = said.str();
    const std::size_t at = text.find("does not let this API client read recordings");
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(text.find("does not let this API client read recordings", at + 1), std::string::npos);
}

TEST_F(RecordingFetchWithFakes, KnowsHowFarThePbxClockIsAhead) {
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(1'600, 100)}));
    deskPhoneCall();
    appears(2min);
    world.pass(1min);
    EXPECT_TRUE(world.texts().empty()) << "another call's, by the clocks";
    deskPhoneCall("3cx/201/2");
    appears(2min);
    while (world.clock.now() < answeredAt + 24s) world.pass(100ms);
    // As the PBX's clock shows it when it answers, to the second.
    xapi.answers[kList].headers.set("Date", "Thu, 01 Jan 1970 00:00:00 GMT");
    const auto ahead = world.clock.now() + 2min;
    const std::time_t seconds = std::chrono::system_clock::to_time_t(ahead);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> date{};
    std::strftime(date.data(), date.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    xapi.answers[kList].headers.set("Date", date.data());
    world.pass(15s);
    EXPECT_EQ(world.texts().size(), 1U);
}

TEST_F(RecordingFetchWithFakes, OfACallThatIsErasedMeanwhileIsLetGo) {
    xapi.tells(kFile, wavOf({std::vector<std::int16_t>(std::size_t{1'600} * 500, 100)}));
    deskPhoneCall();
    appears();
    passUntilJournalled();
    world.hub->onWordsErased({world.callId()});
    const int decoded = world.transcriber->decoded;
    world.pass(5min);
    EXPECT_LT(decoded, 500);
    EXPECT_EQ(xapi.asked(kFile), 1);
}

}  // namespace
}  // namespace ninja3cx::telephony
