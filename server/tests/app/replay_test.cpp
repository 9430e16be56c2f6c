#include "server/app/replay.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace ninja3cx::app
