#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallStage;
using protocol::CallState;
using protocol::ChannelPositions;
using protocol::Recording;
using protocol::Speaker;

class HubAudio : public testing::Test {
protected:
    void SetUp() override {
        world.hub->onAgentOnline(kExtension);
        world.phone(CallState::Connected);
        callId = world.callId();
    }
    AudioGrant start() {
        const auto grant = world.hub->startAudio(kExtension, callId);
        EXPECT_TRUE(grant);
        world.settle();
        return *grant;
    }
    void endAudio(std::int64_t frames) {
        EXPECT_TRUE(world.hub->endAudio(kExtension, {callId, {frames, frames}}));
        world.settle();
    }
    World world;
    CallId callId;
};

TEST_F(HubAudio, SaysWhatTheAgentsComputerHasLost) {
    using Gaps = std::vector<protocol::AudioGap>;
    const auto endWith = [&](const Gaps& gaps) {
        const auto ended = world.hub->endAudio(kExtension, {callId, {4, 4}, gaps});
        world.settle();
        return ended;
    };
    world.sendAudio(start(), 4);
    ASSERT_TRUE(endWith({{100, 200}, {5'000, 9'000}}));
    EXPECT_EQ(world.call().gaps, (Gaps{{100, 200}, {5'000, 9'000}}));
    ASSERT_TRUE(endWith({{100, 200}, {5'000, 9'000}})) << "said again after a reconnect";
    ASSERT_TRUE(endWith({{8'000, 9'500}})) << "and by another program of the extension";
    endAudio(4);
    EXPECT_EQ(world.call().gaps, (Gaps{{100, 200}, {5'000, 9'500}}));
    for (const Gaps& wrong : {Gaps{{-1, 100}}, Gaps{{100, 100}}, Gaps{501, {0, 100}}})
        EXPECT_EQ(endWith(wrong).error().kind, ErrorKind::BadMessage);
    EXPECT_EQ(world.disk.calls.at(callId).gaps, world.call().gaps) << "the history has them too";
}

TEST_F(HubAudio, IsAcknowledgedOnceItIsOnDisk) {
    const AudioGrant grant = start();
    EXPECT_EQ(grant.next, ChannelPositions{});
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 0));
    EXPECT_EQ(world.hub->takeAck(callId), std::nullopt);
    world.settle();
    EXPECT_EQ(world.hub->takeAck(callId), (ChannelPositions{1, 0}));
    EXPECT_EQ(world.hub->takeAck(callId), std::nullopt);
    EXPECT_EQ(start().next, (ChannelPositions{1, 0}));
}

TEST_F(HubAudio, AGapIsRefusedNamingTheSequenceWantedAndRepeatsAreIgnored) {
    const AudioGrant grant = start();
    world.sendAudio(grant, 2);
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 1));
    const auto gap = world.sendFrame(grant, Speaker::Agent, 5);
    ASSERT_FALSE(gap);
    EXPECT_EQ(gap.error().kind, ErrorKind::BadMessage);
    EXPECT_NE(gap.error().detail.find("sequence 2"), std::string::npos) << gap.error().detail;
    world.settle();
    EXPECT_EQ(world.journalDisk[callId].size(), 4U);
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 2));
}

TEST_F(HubAudio, OfAnothersCallIsRefused) {
    const AudioGrant grant = start();
    const auto foreign = world.hub->startAudio(Extension{"202"}, callId);
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().kind, ErrorKind::NotFound) << "as if it did not exist";
    protocol::AudioFrame frame;
    frame.streamId = grant.streamId;
    frame.samples.assign(160, 1);
    const auto others = world.hub->onAudioFrame(Extension{"202"}, frame);
    ASSERT_FALSE(others);
    EXPECT_EQ(others.error().kind, ErrorKind::NotFound);
    EXPECT_EQ(others.error().detail.find(callId.value()), std::string::npos)
        << "an agent learns of its own calls only";
    ++frame.streamId;
    EXPECT_EQ(world.hub->onAudioFrame(kExtension, frame).error().kind, ErrorKind::NotFound);
    world.settle();
    EXPECT_TRUE(world.journalDisk.empty());
}

TEST_F(HubAudio, IsNotWantedBeforeTheCallIsAnswered) {
    world.clock.advance(10ms);
    world.phone(CallState::Ringing, "3cx/201/2");
    const auto grant = world.hub->startAudio(kExtension, world.callId());
    ASSERT_FALSE(grant);
    EXPECT_EQ(grant.error().kind, ErrorKind::Conflict) << "it may be answered yet";
}

TEST_F(HubAudio, ThatIsNotOnDiskYetIsAskedForAgain) {
    const AudioGrant grant = start();
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 0));
    EXPECT_EQ(start().next, ChannelPositions{}) << "the agent forgets all below this";
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 0));
    EXPECT_EQ(start().next, (ChannelPositions{1, 0}));
}

TEST_F(HubAudio, OfACallThatIsOverCannotBePausedAndIsStillWanted) {
    world.sendAudio(start(), 2);
    world.phone(CallState::Ended);
    const auto paused = world.hub->pauseRecording(kExtension, {callId, true});
    ASSERT_FALSE(paused);
    EXPECT_EQ(paused.error().kind, ErrorKind::Conflict) << "not for good: the agent keeps its audio";
    world.sendAudio(start(), 4);
    endAudio(4);
    EXPECT_EQ(world.texts().size(), 8U);
}

TEST_F(HubAudio, ThatTheJournalCouldNotKeepIsSentAgain) {
    const AudioGrant grant = start();
    world.sendAudio(grant, 1);
    world.journal->fails = true;
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 1));
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 2));
    world.settle();
    world.journal->fails = false;
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 3)) << "it cannot know yet, and sends it again";
    const auto rewound = world.hub->takeRewind(world.callId());
    ASSERT_TRUE(rewound);
    EXPECT_EQ(rewound->next, (ChannelPositions{1, 1}));
    EXPECT_FALSE(world.hub->takeRewind(world.callId())) << "said once";
    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 3)) << "under way still";
    world.sendAudio(*rewound, 2);
    EXPECT_FALSE(world.sendFrame(grant, Speaker::Agent, 3)) << "now it knows";
    world.sendAudio(start(), 4);
    EXPECT_EQ(world.texts().size(), 8U);
}

TEST_F(HubAudio, IsSilencedWhileRecordingIsPausedAndThatIsAudited) {
    const AudioGrant grant = start();
    world.sendAudio(grant, 2);
    world.pass(200ms);
    EXPECT_TRUE(world.hub->pauseRecording(kExtension, {callId, true}));
    world.settle();
    EXPECT_EQ(world.call().recording, Recording::Paused);
    world.sendAudio(start(), 4);
    world.pass(200ms);
    EXPECT_TRUE(world.hub->pauseRecording(kExtension, {callId, false}));
    world.sendAudio(start(), 6);
    EXPECT_EQ(world.texts(),
              (std::vector<std::string>{"agent 0", "agent 100", "agent 400", "agent 500", "customer 0",
                                        "customer 100", "customer 400", "customer 500"}));
    EXPECT_TRUE(world.wasAudited("agent:201", "recording.pause"));
    EXPECT_TRUE(world.wasAudited("agent:201", "recording.resume"));
}

TEST_F(HubAudio, FromAfterTheHangUpIsCountedButSilenced) {
    const AudioGrant grant = start();
    world.clock.advance(10s);
    world.phone(CallState::Ended);
    protocol::AudioFrame frame;
    frame.streamId = grant.streamId;
    frame.samples.assign(1600, 7);
    frame.callClockMs = 9'000;
    ASSERT_TRUE(world.hub->onAudioFrame(kExtension, frame));
    frame.sequence = 1;
    frame.callClockMs = 15'000;
    ASSERT_TRUE(world.hub->onAudioFrame(kExtension, frame));
    world.settle();
    const auto& kept = world.journalDisk[callId];
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].samples, std::vector<std::int16_t>(1600, 7));
    EXPECT_EQ(kept[1].samples, std::vector<std::int16_t>(1600, 0));
}

TEST_F(HubAudio, FromAfterAnEstimatedEndIsKeptForAPersonToRead) {
    const AudioGrant grant = start();
    world.sendAudio(grant, 10);
    world.pass(60s);
    world.hub->onPhoneResync("3cx/", {});  // the call is gone, nobody saw when
    world.settle();
    EXPECT_TRUE(world.call().isEndEstimated);
    world.sendAudio(start(), 30);
    (void)world.hub->endAudio(kExtension, {world.callId(), {30, 30}});
    world.pass(5s);
    EXPECT_EQ(world.texts().size(), 60U);
    EXPECT_EQ(*world.call().endedAtMs - *world.call().answeredAtMs, 30 * kFrameMs);
    ASSERT_TRUE(world.draft());
    EXPECT_EQ(world.draft()->heldBecause, "endUnseen");
    EXPECT_FALSE(world.draft()->isAutomatic);
}

TEST_F(HubAudio, CompleteIsTranscribedAnalysedAndDeleted) {
    world.sendAudio(start(), 3);
    world.phone(CallState::Ended);
    EXPECT_EQ(world.call().stage, CallStage::Live);
    endAudio(3);
    EXPECT_EQ(world.call().stage, CallStage::Drafted);
    EXPECT_TRUE(world.call().isAudioComplete);
    EXPECT_TRUE(world.journalDisk.empty());
    EXPECT_EQ(world.texts().size(), 6U);
    ASSERT_EQ(world.analyser->inputs.size(), 1U);
    EXPECT_EQ(world.analyser->inputs.front().turns.size(), 6U);
    EXPECT_EQ(world.transcriber->misuse, 0);
}

TEST_F(HubAudio, TheServerWaitsForFramesThatWereAnnounced) {
    const AudioGrant grant = start();
    world.sendAudio(grant, 2);
    world.phone(CallState::Ended);
    endAudio(4);
    EXPECT_EQ(world.call().stage, CallStage::Live);
    world.sendAudio(start(), 4);
    EXPECT_EQ(world.call().stage, CallStage::Drafted);
    EXPECT_FALSE(world.sendFrame(grant, Speaker::Agent, 4));
}

TEST_F(HubAudio, OfAnAgentThatIsAwayIsWaitedForButNotForEver) {
    world.sendAudio(start(), 2);
    world.hub->onAgentOffline(kExtension);
    world.phone(CallState::Ended);
    world.pass(14s);
    EXPECT_EQ(world.call().stage, CallStage::Live);
    world.pass(2s);
    EXPECT_EQ(world.call().stage, CallStage::Drafted);
    EXPECT_FALSE(world.call().isAudioComplete);
    EXPECT_FALSE(world.journalDisk.empty());
    EXPECT_EQ(world.draft()->heldBecause, "agentAway");
}

TEST_F(HubAudio, LateAudioImprovesADraftThatNobodyTouched) {
    world.sendAudio(start(), 2);
    world.hub->onAgentOffline(kExtension);
    world.phone(CallState::Ended);
    world.pass(16s);
    world.hub->onAgentOnline(kExtension);
    world.analyser->answer.subject = "VPN en panne depuis hier";
    world.sendAudio(start(), 5);
    endAudio(5);
    EXPECT_EQ(world.texts().size(), 10U);
    EXPECT_EQ(world.disk.drafts.size(), 1U);
    EXPECT_EQ(world.draft()->fields.subject, "VPN en panne depuis hier");
    EXPECT_TRUE(world.call().isAudioComplete);
    EXPECT_TRUE(world.journalDisk.empty());
    EXPECT_EQ(world.transcriber->misuse, 0);
}

TEST_F(HubAudio, LateAudioAfterTheTicketOnlyCompletesTheTranscript) {
    world.sendAudio(start(), 2);
    world.phone(CallState::Ended);
    world.pass(16s);
    const protocol::Draft draft = *world.draft();
    EXPECT_TRUE(world.hub->confirmDraft("agent:201", {draft.draftId, draft.revision}));
    world.settle();
    EXPECT_EQ(world.call().stage, CallStage::Closed);
    world.pass(70s);
    world.sendAudio(start(), 4);
    endAudio(4);
    EXPECT_EQ(world.texts().size(), 8U);
    EXPECT_EQ(world.analyser->inputs.size(), 1U);
    EXPECT_EQ(world.tickets.size(), 1U);
    EXPECT_TRUE(world.journalDisk.empty());
}

class LateAudio : public HubAudio {
protected:
    /// Two frames of four came; the ticket is made, and the call has left the board.
    void closeWithHalfOfTheAudio() {
        world.sendAudio(start(), 2);
        world.phone(CallState::Ended);
        world.pass(16s);
        const protocol::Draft draft = *world.draft();
        EXPECT_TRUE(world.hub->confirmDraft("agent:201", {draft.draftId, draft.revision}));
        world.settle();
        world.pass(70s);
        EXPECT_EQ(world.call().stage, CallStage::Closed);
    }
    /// The agent program is back, with the rest in its spool.
    void sendTheRest() {
        world.hub->onAgentOnline(kExtension);
        const auto grant = world.hub->startAudio(kExtension, callId);
        if (!grant) return;
        world.sendAudio(*grant, 4);
        (void)world.hub->endAudio(kExtension, {callId, {4, 4}});
        world.settle();
    }
    void expectAllIsTextAndNothingTwice(const std::string& where) {
        EXPECT_EQ(world.texts().size(), 8U) << where;
        EXPECT_EQ(world.disk.utteranceRewrites, 0) << where;
        EXPECT_TRUE(world.call().isAudioComplete) << where;
        EXPECT_TRUE(world.journalDisk.empty()) << where;
        EXPECT_EQ(world.disk.drafts.size(), 1U) << where;
        EXPECT_EQ(world.tickets.size(), 1U) << where;
        EXPECT_EQ(world.call().stage, CallStage::Closed) << where;
        EXPECT_EQ(world.transcriber->misuse, 0) << where;
    }
};

TEST_F(LateAudio, OfAClosedCallIsTakenAfterARestart) {
    closeWithHalfOfTheAudio();
    world.restart();
    EXPECT_TRUE(world.hub->snapshot(std::nullopt).calls.empty()) << "it does not return to the board";
    EXPECT_EQ(start().next, (ChannelPositions{2, 2}));
    sendTheRest();
    EXPECT_EQ(world.hub->takeAck(callId), (ChannelPositions{4, 4})) << "the agent's spool is freed";
    expectAllIsTextAndNothingTwice("after one restart");
    EXPECT_TRUE(world.hub->snapshot(std::nullopt).utterances.empty());
}

TEST_F(LateAudio, OfAClosedCallOutlivesACrashAtAnyCommit) {
    closeWithHalfOfTheAudio();
    const auto disk = world.disk;
    const auto journal = world.journalDisk;
    const auto death = FakeStore::Death::BeforeStoring;
    for (int commits = 0; commits < 8; ++commits) {
        world.disk = disk;
        world.journalDisk = journal;
        world.restart();
        world.store->crashAfter(commits, death);
        sendTheRest();
        world.restart();
        sendTheRest();
        expectAllIsTextAndNothingTwice("crash at commit " + std::to_string(commits));
    }
}

TEST_F(LateAudio, IsNoLongerWantedADayLaterWhateverRestartsThereWere) {
    closeWithHalfOfTheAudio();
    world.clock.advance(12h);
    world.restart();
    EXPECT_TRUE(world.hub->owns(kExtension, callId));
    world.clock.advance(12h);
    world.pass(100ms);
    EXPECT_FALSE(world.hub->owns(kExtension, callId));
    EXPECT_TRUE(world.journalDisk.empty());
    world.restart();
    world.pass(100ms);
    EXPECT_FALSE(world.hub->owns(kExtension, callId));
}

TEST_F(LateAudio, AfterARestartRefreshesADraftThatWaitsForReview) {
    world.sendAudio(start(), 2);
    world.hub->onAgentOffline(kExtension);
    world.phone(CallState::Ended);
    world.pass(26s);
    EXPECT_EQ(world.draft()->heldBecause, "agentAway");
    world.restart();
    world.analyser->answer.subject = "VPN en panne depuis hier";
    sendTheRest();
    EXPECT_EQ(world.disk.drafts.size(), 1U);
    EXPECT_EQ(world.draft()->fields.subject, "VPN en panne depuis hier");
    EXPECT_EQ(world.texts().size(), 8U);
    EXPECT_TRUE(world.journalDisk.empty());
}

TEST_F(HubAudio, AudioThatNeverCameIsGivenUpAndItsJournalDeleted) {
    world.sendAudio(start(), 2);
    world.phone(CallState::Ended);
    world.pass(16s);
    EXPECT_TRUE(world.hub->discardDraft("agent:201", {world.draft()->draftId, "faux numéro"}));
    world.pass(61s);
    EXPECT_FALSE(world.journalDisk.empty());
    world.clock.advance(24h);
    world.pass(1s);
    EXPECT_TRUE(world.journalDisk.empty());
}

TEST_F(HubAudio, APersonsDataIsMaskedBeforeItIsStoredOrShown) {
    world.transcriber->says = "ma carte 4970 1012 3456 7890 voilà";
    world.sendAudio(start(), 1);
    for (const std::string& text : world.texts()) EXPECT_EQ(text, "ma carte [card] voilà");
    for (const auto& event : world.events->all<protocol::UtteranceChanged>())
        EXPECT_EQ(event.utterance.text, "ma carte [card] voilà");
}

TEST_F(HubAudio, AnEmptyFinalTextWithdrawsAPartialAndIsNotKept) {
    protocol::Utterance heard;
    heard.callId = callId;
    heard.utteranceId = UtteranceId{"agent-0000000"};
    heard.text = "hmm";
    heard.revision = 1;
    world.hub->onUtterance(heard);
    heard.revision = 2;
    heard.text = "";
    heard.isFinal = true;
    world.hub->onUtterance(heard);
    world.settle();
    const auto events = world.events->all<protocol::UtteranceChanged>();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_TRUE(events.back().utterance.isFinal);
    EXPECT_EQ(events.back().utterance.text, "");
    EXPECT_EQ(world.texts(), std::vector<std::string>{});
}

TEST_F(HubAudio, AFinalTextIsNeverReplacedAndPartialsGrow) {
    protocol::Utterance heard;
    heard.callId = callId;
    heard.utteranceId = UtteranceId{"agent-0000000"};
    heard.text = "bon";
    heard.revision = 2;
    world.hub->onUtterance(heard);
    heard.revision = 1;
    heard.text = "b";
    world.hub->onUtterance(heard);
    heard.revision = 3;
    heard.text = "bonjour";
    heard.isFinal = true;
    world.hub->onUtterance(heard);
    heard.revision = 4;
    heard.text = "bonsoir";
    world.hub->onUtterance(heard);
    world.settle();
    std::vector<std::string> shown;
    for (const auto& event : world.events->all<protocol::UtteranceChanged>())
        shown.push_back(event.utterance.text);
    EXPECT_EQ(shown, (std::vector<std::string>{"bon", "bonjour"}));
    EXPECT_EQ(world.texts(), std::vector<std::string>{"bonjour"});
}

TEST_F(HubAudio, ARestartReplaysTheJournalAndDecodesNothingTwice) {
    world.sendAudio(start(), 3);
    world.restart();
    EXPECT_EQ(world.transcriber->opened, 2);
    EXPECT_EQ(world.transcriber->decoded, 0);
    world.hub->onAgentOnline(kExtension);
    EXPECT_EQ(start().next, (ChannelPositions{3, 3}));
    world.sendAudio(start(), 5);
    EXPECT_EQ(world.transcriber->decoded, 4);
    EXPECT_EQ(world.texts().size(), 10U);
    EXPECT_EQ(world.disk.utteranceRewrites, 0);
}

TEST_F(HubAudio, AudioThatArrivesDuringAReplayFollowsIt) {
    world.sendAudio(start(), 2);
    const auto journalled = world.journalDisk.at(callId);
    auto work = world.disk.openWork();
    for (auto& open : work.calls) open.utterances.clear();
    World late;  // with the agent back before the replay ends
    (void)late.hub->restore(work, {{callId, {2, 2}}});
    late.hub->onAgentOnline(kExtension);
    const auto grant = late.hub->startAudio(kExtension, callId);
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->next, (ChannelPositions{2, 2}));
    late.sendAudio(*grant, 3);
    EXPECT_EQ(late.transcriber->decoded, 0);
    EXPECT_EQ(late.hub->replayEnd(callId), (ChannelPositions{3, 3}));
    for (const auto& frame : journalled) late.hub->onAudioReplayed(callId, frame);
    EXPECT_EQ(late.transcriber->decoded, 4);
    for (const auto& frame : late.journalDisk.at(callId)) late.hub->onAudioReplayed(callId, frame);
    late.hub->onReplayDone(callId);
    EXPECT_EQ(late.hub->replayEnd(callId), std::nullopt);
    EXPECT_EQ(late.transcriber->decoded, 6);
}

TEST_F(HubAudio, AudioThatArrivesDuringAReplayIsHeldByTheDiskAlone) {
    world.sendAudio(start(), 1);
    World late;
    ASSERT_EQ(late.hub->restore(world.disk.openWork(), {{callId, {1, 1}}}), std::vector{callId});
    const auto grant = late.hub->startAudio(kExtension, callId);
    late.sendAudio(*grant, 600);
    EXPECT_EQ(late.hub->takeAck(callId), (ChannelPositions{600, 600}));
    EXPECT_EQ(late.hub->replayEnd(callId), (ChannelPositions{600, 600}));
    EXPECT_TRUE(late.transcriber->fed.empty());
}

TEST_F(HubAudio, AJournalThatCouldNotBeReadWhollyStaysForTheNextStart) {
    world.sendAudio(start(), 3);
    world.clock.advance(10s);
    world.phone(CallState::Ended);
    auto work = world.disk.openWork();
    for (auto& open : work.calls) {  // all had come, and nothing of it was text yet
        open.call.stage = CallStage::Transcribing;
        open.call.isAudioComplete = true;
        open.utterances.clear();
    }
    const auto journalled = world.journalDisk.at(callId);

    World ill;
    ASSERT_EQ(ill.hub->restore(work, {{callId, {3, 3}}}), std::vector{callId});
    for (const auto& frame : journalled)
        if (frame.channel == Speaker::Agent || frame.sequence == 0) ill.hub->onAudioReplayed(callId, frame);
    ill.hub->onReplayDone(callId);
    ill.hub->onAgentOnline(kExtension);
    ill.sendAudio(*ill.hub->startAudio(kExtension, callId), 5);  // text behind the hole would hide it
    ill.pass(60s);
    EXPECT_EQ(ill.call().stage, CallStage::Drafted) << "with the text that there is";
    EXPECT_EQ(ill.disk.utterances.at(callId).size(), 4U);
    EXPECT_TRUE(ill.journal->removed.empty());

    World well;
    well.disk = ill.disk;
    ASSERT_EQ(well.hub->restore(ill.disk.openWork(), {{callId, {5, 5}}}), std::vector{callId});
    for (const auto& frame : journalled) well.hub->onAudioReplayed(callId, frame);
    for (const auto& frame : ill.journalDisk.at(callId)) well.hub->onAudioReplayed(callId, frame);
    well.hub->onReplayDone(callId);
    well.settle();
    EXPECT_EQ(well.disk.utterances.at(callId).size(), 10U);
    EXPECT_EQ(well.disk.utteranceRewrites, 0);
    well.pass(60s);
    EXPECT_EQ(well.journal->removed, std::vector{callId});
}

TEST_F(HubAudio, AJournalThatCouldNotBeReadIsNotForgottenWhereTheServerDiesDuringTheAnalysis) {
    world.sendAudio(start(), 3);
    auto work = world.disk.openWork();
    for (auto& open : work.calls) {
        open.call.state = CallState::Ended;
        open.call.stage = CallStage::Analysing;
        open.call.isAudioComplete = true;
        std::erase_if(open.utterances, [](const auto& heard) { return heard.startMs > 0; });
    }
    World well;
    ASSERT_EQ(well.hub->restore(work, {{callId, {3, 3}}}), std::vector{callId});
    well.settle();
    EXPECT_TRUE(well.journal->removed.empty());
    for (const auto& frame : world.journalDisk.at(callId)) well.hub->onAudioReplayed(callId, frame);
    well.hub->onReplayDone(callId);
    well.settle();
    EXPECT_EQ(well.transcriber->decoded, 4);
    EXPECT_EQ(well.call().stage, CallStage::Drafted);
    EXPECT_EQ(well.journal->removed, std::vector{callId});
}

TEST_F(HubAudio, WhatWaitsForItsReplayIsShownAsLag) {
    world.sendAudio(start(), 100);
    World late;
    late.clock.advance(world.clock.now() - late.clock.now() + 15s);
    ASSERT_EQ(late.hub->restore(world.disk.openWork(), {{callId, {100, 100}}}), std::vector{callId});
    late.hub->onAgentOnline(kExtension);
    late.pass(5s);
    const std::int64_t before = late.hub->status().lagMs;
    EXPECT_GE(before, 20'000);
    EXPECT_EQ(late.events->all<protocol::CallChanged>().back().call.lagMs, before);
    for (const auto& frame : world.journalDisk.at(callId)) late.hub->onAudioReplayed(callId, frame);
    late.pass(200ms);
    EXPECT_LE(late.hub->status().lagMs, before - 9'000);
}

TEST_F(HubAudio, ACallThatEndsDuringItsReplayIsFinishedBehindItsLastFrame) {
    world.sendAudio(start(), 2);
    auto frames = world.journalDisk.at(callId);
    World late;
    ASSERT_EQ(late.hub->restore(world.disk.openWork(), {{callId, {2, 2}}}), std::vector{callId});
    const auto grant = late.hub->startAudio(kExtension, callId);
    late.hub->onAudioReplayed(callId, frames.front());
    late.clock.advance(10s);
    late.sendAudio(*grant, 5);
    late.phone(CallState::Ended);
    EXPECT_TRUE(late.hub->endAudio(kExtension, {callId, {5, 5}}));
    late.pass(60s);  // longer than audio is waited for
    EXPECT_EQ(late.call().stage, CallStage::Live);
    EXPECT_TRUE(late.journal->removed.empty());
    const auto& sent = late.journalDisk.at(callId);
    frames.insert(frames.end(), sent.begin(), sent.end());
    for (const auto& frame : frames) late.hub->onAudioReplayed(callId, frame);
    late.hub->onReplayDone(callId);
    late.settle();
    const std::vector<std::int64_t> once{0, 100, 200, 300, 400};
    EXPECT_EQ(late.transcriber->fed[Speaker::Agent], once);
    EXPECT_EQ(late.transcriber->fed[Speaker::Customer], once);
    EXPECT_EQ(late.transcriber->misuse, 0);
    EXPECT_EQ(late.call().stage, CallStage::Drafted);
    EXPECT_TRUE(late.call().isAudioComplete);
    EXPECT_EQ(late.journal->removed, std::vector{callId});
}

TEST_F(HubAudio, WhatComesToADraftedCallDuringItsReplayIsWaitedForAndRead) {
    world.sendAudio(start(), 2);
    world.hub->onAgentOffline(kExtension);
    world.clock.advance(10s);
    world.phone(CallState::Ended);
    world.pass(16s);
    ASSERT_EQ(world.call().stage, CallStage::Drafted);
    auto frames = world.journalDisk.at(callId);
    World late;
    late.disk = world.disk;
    ASSERT_EQ(late.hub->restore(world.disk.openWork(), {{callId, {2, 2}}}), std::vector{callId});
    late.clock.advance(60s);
    const auto grant = late.hub->startAudio(kExtension, callId);
    late.sendAudio(*grant, 4);
    EXPECT_TRUE(late.hub->endAudio(kExtension, {callId, {4, 4}}));
    const auto& sent = late.journalDisk.at(callId);
    frames.insert(frames.end(), sent.begin(), sent.end());
    for (const auto& frame : frames) late.hub->onAudioReplayed(callId, frame);
    EXPECT_FALSE(late.call().isAudioComplete);
    late.hub->onReplayDone(callId);
    late.settle();
    EXPECT_EQ(late.disk.utterances.at(callId).size(), 8U);
    EXPECT_EQ(late.disk.utteranceRewrites, 0);
    EXPECT_EQ(late.transcriber->misuse, 0);
    ASSERT_EQ(late.analyser->inputs.size(), 1U);
    EXPECT_TRUE(late.call().isAudioComplete);
    EXPECT_EQ(late.journal->removed, std::vector{callId});
}

TEST_F(HubAudio, WhatTheJournalGetsWhileItIsReplayedIsHeardOnceAndInItsPlace) {
    world.sendAudio(start(), 3);
    const auto work = world.disk.openWork();
    auto journalled = world.journalDisk.at(callId);
    World late;
    ASSERT_EQ(late.hub->restore(work, {{callId, {3, 2}}}), std::vector{callId});
    late.hub->onAgentOnline(kExtension);
    const auto grant = late.hub->startAudio(kExtension, callId);
    ASSERT_TRUE(grant);
    ASSERT_EQ(grant->next, (ChannelPositions{3, 2}));
    for (const auto& frame : journalled)
        if (frame.sequence == 0) late.hub->onAudioReplayed(callId, frame);
    late.sendAudio(*grant, 5);  // into the files that are being read
    for (const auto& frame : journalled)
        if (frame.sequence != 0) late.hub->onAudioReplayed(callId, frame);
    for (const auto& frame : late.journalDisk.at(callId)) late.hub->onAudioReplayed(callId, frame);
    late.hub->onReplayDone(callId);
    late.sendAudio({grant->streamId, {5, 5}}, 6);
    const std::vector<std::int64_t> once{0, 100, 200, 300, 400, 500};
    EXPECT_EQ(late.transcriber->fed[Speaker::Agent], once);
    EXPECT_EQ(late.transcriber->fed[Speaker::Customer], once);
}

TEST_F(HubAudio, AnUtteranceThatTheGraceCutIsCompletedAfterARestart) {
    world.sendAudio(start(), 5);
    const auto journalled = world.journalDisk.at(callId);
    world.hub->onAgentOffline(kExtension);
    world.phone(CallState::Ended);
    world.pass(16s);
    ASSERT_EQ(world.call().stage, CallStage::Drafted);
    auto work = world.disk.openWork();
    for (auto& open : work.calls) {  // of the five frames' text only this was on disk when the server died
        std::erase_if(open.utterances, [](const auto& heard) { return heard.startMs > 100; });
        for (auto& heard : open.utterances)
            if (heard.startMs == 100) heard.endMs = 250;
    }
    World late;
    EXPECT_EQ(late.hub->restore(work, {{callId, {5, 5}}}), std::vector{callId});
    for (const auto& frame : journalled) late.hub->onAudioReplayed(callId, frame);
    late.hub->onReplayDone(callId);
    late.settle();
    std::set<std::string> heard;
    for (const auto& event : late.events->all<protocol::UtteranceChanged>())
        if (event.utterance.channel == Speaker::Agent) heard.insert(event.utterance.text);
    EXPECT_EQ(heard, (std::set<std::string>{"agent 0", "agent 100", "agent 250", "agent 300", "agent 400"}));
}

TEST_F(HubAudio, BothChannelsOfALateCallAreReplayedFromTheSameTimeAndNothingKnownIsSaidAgain) {
    for (const bool isTextWhole : {true, false}) {
        World one;
        one.phone(CallState::Ringing);
        one.phone(CallState::Connected);
        one.sendAudio(*one.hub->startAudio(kExtension, one.callId()), 400);
        one.pass(40s);
        const auto journalled = one.journalDisk.at(one.callId());
        one.hub->onAgentOffline(kExtension);
        one.phone(CallState::Ended);
        one.pass(16s);
        ASSERT_EQ(one.call().stage, CallStage::Drafted);
        auto work = one.disk.openWork();
        for (auto& open : work.calls)  // the customer spoke last, and the agent may have said a word after it
            std::erase_if(open.utterances, [](const auto& heard) {
                return heard.channel == Speaker::Agent && heard.startMs >= 32'000;
            });
        World late;
        const CallId id = one.callId();
        ASSERT_EQ(late.hub->restore(work, {{id, {400, 400}}}), std::vector{id});
        for (auto frame : journalled) {
            const bool isSilent = frame.channel == Speaker::Agent && frame.callClockMs >= 32'000 &&
                                  (isTextWhole || frame.callClockMs != 39'900);
            if (isSilent) frame.samples.assign(frame.samples.size(), std::int16_t{0});
            late.hub->onAudioReplayed(id, std::move(frame));
        }
        late.hub->onReplayDone(id);
        late.settle();
        for (const Speaker channel : {Speaker::Agent, Speaker::Customer}) {
            EXPECT_EQ(late.transcriber->fed[channel].front(), 2'000);
            EXPECT_EQ(late.transcriber->fed[channel].size(), 380U);
        }
        EXPECT_EQ(late.transcriber->decoded, isTextWhole ? 0 : 1);
    }
}

TEST_F(HubAudio, JournalsOfFinishedCallsAreRemovedAtStart) {
    World fresh;
    EXPECT_TRUE(fresh.hub->restore({}, {{CallId{"call-gone"}, {5, 5}}}).empty());
    EXPECT_EQ(fresh.journal->erased, std::vector<CallId>{CallId{"call-gone"}});
}

TEST_F(HubAudio, IsTranscribedWithTheNamesOfThoseWhomTheCallIsWith) {
    world.sendAudio(start(), 1);
    ASSERT_EQ(world.transcriber->streams.size(), 2U);
    for (const Transcriber::Stream& stream : world.transcriber->streams) {
        EXPECT_EQ(stream.language, "fr");
        EXPECT_EQ(stream.promptWords, (std::vector<std::string>{"Claire Martin", "Exemple SARL"}));
    }
}

TEST(HubLanguages, OfAnExtensionAreItsOwn) {
    HubOptions options;
    options.languages[kExtension.value()] = {"en", "en"};
    World world{options};
    (void)world.wholeCall(1);
    ASSERT_FALSE(world.transcriber->streams.empty());
    for (const Transcriber::Stream& stream : world.transcriber->streams) EXPECT_EQ(stream.language, "en");
    for (const std::string& language : world.analyser->languages)
        EXPECT_EQ(language, "en") << "of the masking";
    ASSERT_FALSE(world.analyser->inputs.empty());
    EXPECT_EQ(world.analyser->inputs.back().language, "en");
}

TEST_F(HubAudio, EveryFaceIsToldThatTheDiskTakesNoAudioAndThatItIsOver) {
    const auto told = [&] {
        return world.events->all<protocol::SystemChanged>().back().system.storageProblem;
    };
    world.hub->onStorage(protocol::StorageProblem::AudioNotStored);
    EXPECT_EQ(told(), "audioNotStored");
    EXPECT_EQ(world.hub->snapshot(kExtension).system.storageProblem, "audioNotStored");
    EXPECT_EQ(world.hub->snapshot(std::nullopt).system.storageProblem, "audioNotStored");
    const std::size_t events = world.events->events.size();
    world.hub->onStorage(protocol::StorageProblem::AudioNotStored);
    EXPECT_EQ(world.events->events.size(), events) << "once";
    world.hub->onStorage(std::nullopt);
    EXPECT_EQ(told(), std::nullopt);
}

TEST_F(HubAudio, EveryFaceIsToldThatTheDatabaseIsNotWrittenWhileTextWaitsForThat) {
    const auto toldOf = [&](bool toBoards) {
        std::vector<std::string> words;
        for (const auto& [audience, event] : world.events->events)
            if (const auto* changed = std::get_if<protocol::SystemChanged>(&event);
                changed && audience.includesBoards == toBoards)
                words.push_back(changed->system.storageProblem.value_or("none"));
        return words;
    };
    const auto grant = start();
    world.events->events.clear();
    world.store->failures = 1'000'000;
    world.sendAudio(grant, 3);  // its texts cannot be stored
    world.hub->onStorage(protocol::StorageProblem::DatabaseNotWritten);
    world.pass(2s);
    EXPECT_TRUE(world.events->all<protocol::UtteranceChanged>().empty());
    for (const bool toBoards : {true, false})
        EXPECT_EQ(toldOf(toBoards), std::vector<std::string>{"databaseNotWritten"});
    EXPECT_EQ(world.hub->snapshot(std::nullopt).system.storageProblem, "databaseNotWritten");

    world.hub->onPbxLink(protocol::LinkState::Failed);
    EXPECT_EQ(world.hub->snapshot(std::nullopt).system.pbx, protocol::LinkState::Failed)
        << "is not stored anyway";
    world.events->events.clear();
    world.store->failures = 0;
    world.hub->onStorage(std::nullopt);
    world.pass(2s);
    EXPECT_FALSE(world.events->all<protocol::UtteranceChanged>().empty());
    for (const bool toBoards : {true, false}) {
        const auto words = toldOf(toBoards);
        ASSERT_FALSE(words.empty());
        EXPECT_TRUE(std::ranges::all_of(words, [](const auto& word) { return word == "none"; }))
            << "what had waited does not say again what is over";
    }
    const auto shown = world.events->all<protocol::SystemChanged>();
    EXPECT_EQ(shown.back().system.pbx, protocol::LinkState::Failed);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
