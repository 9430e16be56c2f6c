#include "server/app/replay.hpp"

#include "server/journal/journal_files.hpp"
#include "server/journal/journal_record.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "server/tests/scratch.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <tuple>

namespace ninja3cx::app {
namespace {

using protocol::CallStage;

TEST(JournalsAtAStart, AreReadUnlessAllOfThemIsTextAndTheCallIsPast) {
    using enum JournalUse;
    using Row = std::tuple<CallStage, bool /* isAudioComplete */, bool /* isText */, JournalUse>;
    for (const auto& [stage, isComplete, isText, wanted] : {
             Row{CallStage::Live, false, false, Restore},
             Row{CallStage::Live, false, true, Restore},
             Row{CallStage::Live, true, true, Restore},
             Row{CallStage::Transcribing, true, false, Restore},
             Row{CallStage::Transcribing, true, true, Restore},
             Row{CallStage::Analysing, true, true, Restore},
             Row{CallStage::Drafted, true, false, Restore},
             Row{CallStage::Drafted, true, true, StayKept},
             Row{CallStage::Drafted, false, true, Restore},
             Row{CallStage::Closed, true, false, Restore},
             Row{CallStage::Closed, true, true, StayKept},
             Row{CallStage::Closed, false, true, Restore},
         }) {
        protocol::Call call;
        call.stage = stage;
        call.isAudioComplete = isComplete;
        call.recording = protocol::Recording::Active;
        EXPECT_EQ(journalUse(&call, isText), wanted)
            << static_cast<int>(stage) << " complete " << isComplete << " text " << isText;
        EXPECT_EQ(isReplayedFirst(call), stage == CallStage::Live || stage == CallStage::Transcribing);
        call.recording = protocol::Recording::Blocked;  // the hub erases it
        EXPECT_EQ(journalUse(&call, isText), Restore);
    }
    EXPECT_EQ(journalUse(nullptr, true), StayKept);
    EXPECT_EQ(journalUse(nullptr, false), Restore) << "the words were erased: so is the audio";
}

TEST(JournalsAtAStart, OfCallsThatGoOnAreReadBeforeThoseOfPastOnes) {
    const CallId past{"call-1"};
    const CallId live{"call-2"};
    const CallId longPast{"call-3"};
    const CallId waiting{"call-4"};
    const std::set<CallId> first{live, waiting, CallId{"call-without-audio"}};
    EXPECT_EQ(replayOrder({past, live, longPast, waiting}, first),
              (std::vector{live, waiting, past, longPast}));
    EXPECT_EQ(replayOrder({past, longPast}, {}), (std::vector{past, longPast}));
}

TEST(JournalsAtAStart, AreReadToWhereTheyEndedThenAlthoughTheyGrow) {
    using protocol::Speaker;
    constexpr std::int64_t kFrames = 120;  // more than are read at a time
    const test::Scratch scratch;
    calls::doubles::World before;
    before.phone(protocol::CallState::Ringing);
    before.phone(protocol::CallState::Connected);
    const CallId callId = before.callId();
    std::filesystem::create_directories(scratch.path() / callId.value());
    const auto append = [&](Speaker channel, std::int64_t from, std::int64_t to) {
        std::ofstream file{journal::journalFile(scratch.path(), callId, channel),
                           std::ios::binary | std::ios::app};
        for (std::int64_t i = from; i < to; ++i) {
            protocol::AudioFrame frame;
            frame.channel = channel;
            frame.sequence = static_cast<std::uint64_t>(i);
            frame.callClockMs = i * 100;
            frame.samples.assign(1'600, std::int16_t{0});
            const auto record = journal::encodeRecord(frame);
            file.write(reinterpret_cast<const char*>(record.data()),
                       static_cast<std::streamsize>(record.size()));
        }
    };
    append(Speaker::Agent, 0, kFrames);
    append(Speaker::Customer, 0, kFrames - 1);

    calls::doubles::World world;
    const JournalEnds ends{{callId, {kFrames, kFrames - 1}}};
    auto calls = world.hub->restore(before.disk.openWork(), ends);
    ASSERT_EQ(calls, std::vector{callId});
    std::ostringstream told;
    const auto log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(told));
    bool hasGrown = false;
    const auto backlogBytes = [&]() -> std::size_t {
        if (hasGrown) return 0;
        append(Speaker::Agent, kFrames, kFrames + 5);
        append(Speaker::Customer, kFrames - 1, kFrames + 5);
        hasGrown = true;
        return 0;
    };
    boost::asio::io_context context;
    boost::asio::co_spawn(context,
                          replayJournals(scratch.path(), calls, {}, ends, *world.hub, backlogBytes, log),
                          boost::asio::detached);
    context.run();
    EXPECT_TRUE(hasGrown);
    std::vector<std::int64_t> once;
    for (std::int64_t i = 0; i < kFrames; ++i) once.push_back(i * 100);
    EXPECT_EQ(world.transcriber->fed[Speaker::Agent], once);
    once.pop_back();
    EXPECT_EQ(world.transcriber->fed[Speaker::Customer], once);
    EXPECT_NE(told.str().find(" 239 frames read"), std::string::npos) << told.str();
}

}  // namespace
}  // namespace ninja3cx::app
