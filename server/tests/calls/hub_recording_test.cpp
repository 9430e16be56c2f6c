#include "server/tests/doubles/hub_world.hpp"
#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// Calls of which the PC heard nothing, and what the PBX recorded of them.
namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallState;
using protocol::DraftState;
using protocol::HeldReason;
using protocol::Speaker;

class HubRecording : public testing::Test {
protected:
    static HubOptions withRecordings() {
        HubOptions options;
        options.fetchesRecordings = true;
        return options;
    }
    /// On a desk phone: rings, is answered, ends; and the time in which audio may come is over.
    CallId deskPhoneCall(const std::string& key = "3cx/201/1") {
        world.phone(CallState::Ringing, key);
        world.phone(CallState::Connected, key);
        world.pass(20s);
        world.phone(CallState::Ended, key);
        world.pass(16s);
        return world.callId();
    }
    void feed(const CallId& callId, std::int64_t from, std::int64_t to) {
        for (std::int64_t i = from; i < to; ++i) {
            protocol::AudioFrame frame;
            frame.channel = Speaker::Customer;
            frame.sequence = static_cast<std::uint64_t>(i);
            frame.callClockMs = i * kFrameMs;
            frame.samples.assign(static_cast<std::size_t>(kFrameMs * 16), std::int16_t{100});
            world.hub->onRecordingFrame(callId, std::move(frame));
        }
        world.settle();
    }
    void takeAll(const CallId& callId, std::int64_t frames) {
        const auto begun = world.hub->beginRecording(callId);
        ASSERT_TRUE(begun) << begun.error().detail;
        feed(callId, begun->next.customer, frames);
        world.hub->endRecording(callId, {0, frames});
        world.settle();
    }
    bool isSilent(const CallId& callId) const {
        return std::ranges::any_of(world.hub->silentCalls(),
                                   [&](const SilentCall& call) { return call.callId == callId; });
    }
    World world{withRecordings()};
};

TEST_F(HubRecording, IsWantedOfACallOnADeskPhone) {
    const CallId callId = deskPhoneCall();
    const auto silent = world.hub->silentCalls();
    ASSERT_EQ(silent.size(), 1U);
    EXPECT_EQ(silent[0].callId, callId);
    EXPECT_EQ(silent[0].extension, kExtension);
    EXPECT_EQ(silent[0].remoteNumber, kCustomer);
    EXPECT_EQ(silent[0].endedAtMs - silent[0].answeredAtMs, 20'000);
}

TEST_F(HubRecording, IsNotWantedBeforeTheAgentProgramHasHadItsTime) {
    world.phone(CallState::Connected);
    EXPECT_TRUE(world.hub->silentCalls().empty()) << "it goes on";
    world.phone(CallState::Ended);
    EXPECT_TRUE(world.hub->silentCalls().empty());
    world.pass(16s);
    EXPECT_EQ(world.hub->silentCalls().size(), 1U);
}

TEST_F(HubRecording, IsNotWantedOfACallWithAudioOrAMissedOne) {
    world.hub->onAgentOnline(kExtension);
    (void)world.wholeCall();
    world.phone(CallState::Ringing, "3cx/201/2");
    world.phone(CallState::Ended, "3cx/201/2");
    world.pass(20s);
    EXPECT_TRUE(world.hub->silentCalls().empty());
}

TEST_F(HubRecording, IsWantedWhereTheAgentProgramHadNothingToSend) {
    world.hub->onAgentOnline(kExtension);
    world.phone(CallState::Connected);
    const CallId callId = world.callId();
    ASSERT_TRUE(world.hub->startAudio(kExtension, callId));
    world.phone(CallState::Ended);
    ASSERT_TRUE(world.hub->endAudio(kExtension, {callId, {0, 0}}));
    world.pass(16s);
    EXPECT_TRUE(isSilent(callId));
    takeAll(callId, 3);
    EXPECT_EQ(world.texts().size(), 3U);
}

TEST_F(HubRecording, WaitsForAProgramThatLostItsLinkDuringTheCall) {
    world.hub->onAgentOnline(kExtension);
    world.phone(CallState::Connected);
    const CallId callId = world.callId();
    world.pass(5s);
    world.hub->onAgentOffline(kExtension);
    world.pass(5s);
    world.phone(CallState::Ended);
    world.pass(60s);
    EXPECT_FALSE(isSilent(callId)) << "it has what it heard on its disk";
    world.pass(5min);
    EXPECT_TRUE(isSilent(callId));
}

TEST_F(HubRecording, OfABlockedCallIsNeverWanted) {
    HubOptions options = withRecordings();
    options.doNotRecord.push_back({kCustomer, "", "", ""});
    World other{options};
    other.phone(CallState::Connected);
    other.phone(CallState::Ended);
    other.pass(20s);
    EXPECT_TRUE(other.hub->silentCalls().empty());
    EXPECT_FALSE(other.hub->beginRecording(other.callId()));
}

TEST_F(HubRecording, IsNotWantedOnceTheCallerTurnsOutToBeListed) {
    HubOptions options = withRecordings();
    options.doNotRecord.push_back({"", "Exemple SARL", "", ""});
    World other{options};
    other.directory.known.clear();
    other.phone(CallState::Connected);
    other.phone(CallState::Ended);
    other.pass(20s);
    EXPECT_EQ(other.hub->silentCalls().size(), 1U);
    other.directory.known[kCustomer] = oneContact();
    EXPECT_TRUE(other.hub->silentCalls().empty());
    EXPECT_FALSE(other.hub->beginRecording(other.callId()));
}

TEST_F(HubRecording, OfACallThatSomebodyPausedIsNotWanted) {
    world.hub->onAgentOnline(kExtension);
    world.phone(CallState::Connected);
    const CallId callId = world.callId();
    ASSERT_TRUE(world.hub->pauseRecording(kExtension, {callId, true}));
    ASSERT_TRUE(world.hub->pauseRecording(kExtension, {callId, false}));
    world.phone(CallState::Ended);
    world.pass(20s);
    EXPECT_FALSE(isSilent(callId));
}

TEST_F(HubRecording, IsNotAskedForForEver) {
    const CallId callId = deskPhoneCall();
    world.pass(16min);
    EXPECT_TRUE(isSilent(callId)) << "there may be a last look";
    world.pass(10min);
    EXPECT_FALSE(isSilent(callId));
    world.restart();
    world.pass(16s);
    EXPECT_TRUE(isSilent(callId)) << "nobody could look while the server was away";
}

TEST_F(HubRecording, IsNotWantedWhereItIsOff) {
    World off;
    off.phone(CallState::Connected);
    off.phone(CallState::Ended);
    off.pass(20s);
    EXPECT_TRUE(off.hub->silentCalls().empty());
}

TEST_F(HubRecording, BecomesTextAndADraftThatAPersonDecides) {
    const CallId callId = deskPhoneCall();
    ASSERT_TRUE(world.draft());
    EXPECT_EQ(world.draft()->heldBecause, protocol::wordOf(HeldReason::NoText));
    world.hub->noteRecordingFetch(callId);
    takeAll(callId, 3);
    EXPECT_EQ(world.texts(), (std::vector<std::string>{"customer 0", "customer 100", "customer 200"}));
    EXPECT_EQ(world.call().isFromRecording, true);
    EXPECT_TRUE(world.call().isAudioComplete);
    EXPECT_EQ(world.call().lagMs, 0);
    EXPECT_TRUE(world.wasAudited("server", "recording.fetch"));
    EXPECT_TRUE(world.journalDisk.empty()) << "deleted once it is text";
    EXPECT_FALSE(isSilent(callId));
    const auto draft = world.draft();
    EXPECT_EQ(draft->heldBecause, protocol::wordOf(HeldReason::FromRecording));
    EXPECT_FALSE(draft->isAutomatic);
    EXPECT_EQ(draft->state, DraftState::Inbox);
    world.hub->onAgentOnline(kExtension);
    world.pass(60s);
    EXPECT_TRUE(world.tickets.empty()) << "never by itself";
}

TEST_F(HubRecording, SaysInTheTicketThatTheSpeakersAreNotSure) {
    const CallId callId = deskPhoneCall();
    takeAll(callId, 2);
    const auto draft = world.draft();
    ASSERT_TRUE(world.hub->confirmDraft("supervisor:key-1", {draft->draftId, draft->revision}));
    world.settle();
    ASSERT_EQ(world.desk->delivered.size(), 1U);
    const OutboxEntry& entry = world.desk->delivered[0];
    EXPECT_NE(entry.description.find("D'après l'enregistrement, interlocuteurs incertains"),
              std::string::npos);
    EXPECT_NE(entry.transcriptNote.find("[00:00] customer 0"), std::string::npos) << entry.transcriptNote;
    EXPECT_EQ(entry.transcriptNote.find("Client"), std::string::npos);
}

TEST_F(HubRecording, IsNotMixedWithWhatTheProgramBringsLater) {
    const CallId callId = deskPhoneCall();
    ASSERT_TRUE(world.hub->beginRecording(callId));
    feed(callId, 0, 2);
    world.hub->onAgentOnline(kExtension);
    const auto refused = world.hub->startAudio(kExtension, callId);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict) << "the program keeps what it has";
    feed(callId, 2, 3);
    world.hub->endRecording(callId, {0, 3});
    world.settle();
    EXPECT_TRUE(world.hub->isAudioComplete(callId)) << "the program is told that the text is there";
    EXPECT_EQ(world.texts().size(), 3U);
}

TEST_F(HubRecording, GoesOnAfterARestartWhereItStood) {
    const CallId callId = deskPhoneCall();
    ASSERT_TRUE(world.hub->beginRecording(callId));
    feed(callId, 0, 2);
    world.restart();
    EXPECT_EQ(world.call().isFromRecording, true);
    EXPECT_FALSE(isSilent(callId)) << "agent programs are about to come back";
    world.pass(16s);
    ASSERT_TRUE(isSilent(callId));
    const auto again = world.hub->beginRecording(callId);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->next, (protocol::ChannelPositions{0, 2}));
    feed(callId, 0, 4);  // what is there already is not taken twice
    world.hub->endRecording(callId, {0, 4});
    world.settle();
    EXPECT_EQ(world.texts().size(), 4U);
    EXPECT_TRUE(world.call().isAudioComplete);
    EXPECT_EQ(world.draft()->heldBecause, protocol::wordOf(HeldReason::FromRecording));
}

TEST_F(HubRecording, IsStillWantedAfterARestartThatCameFirst) {
    const CallId callId = deskPhoneCall();
    world.restart();
    world.pass(16s);
    EXPECT_TRUE(isSilent(callId));
    takeAll(callId, 1);
    EXPECT_EQ(world.texts().size(), 1U);
    world.restart();
    world.pass(16s);
    EXPECT_FALSE(isSilent(callId)) << "once is enough";
}

TEST_F(HubRecording, IsNotEndedWhileItWaitsForItsTurn) {
    const CallId callId = deskPhoneCall();
    ASSERT_TRUE(world.hub->beginRecording(callId));
    feed(callId, 0, 2);
    world.pass(60s);
    EXPECT_FALSE(world.call().isAudioComplete);
    EXPECT_EQ(world.transcriber->opened, 1) << "the same stream goes on";
    feed(callId, 2, 3);
    world.hub->endRecording(callId, {0, 3});
    world.settle();
    EXPECT_EQ(world.transcriber->opened, 1);
    EXPECT_EQ(world.texts().size(), 3U);
}

TEST_F(HubRecording, OfErasedWordsDoesNotComeBack) {
    const CallId callId = deskPhoneCall();
    ASSERT_TRUE(world.hub->beginRecording(callId));
    feed(callId, 0, 1);
    world.hub->onWordsErased({callId});
    EXPECT_EQ(world.hub->recordingProgress(callId), std::nullopt);
    feed(callId, 1, 3);
    EXPECT_FALSE(isSilent(callId));
    EXPECT_EQ(world.transcriber->decoded, 1);
}

TEST_F(HubRecording, ThatTheJournalDoesNotTakeIsHandedOverAgain) {
    const CallId callId = deskPhoneCall();
    ASSERT_TRUE(world.hub->beginRecording(callId));
    world.journal->fails = true;
    feed(callId, 0, 2);
    EXPECT_EQ(world.hub->recordingProgress(callId)->next, (protocol::ChannelPositions{0, 0}));
    world.journal->fails = false;
    feed(callId, 0, 2);
    EXPECT_EQ(world.hub->recordingProgress(callId)->durable, (protocol::ChannelPositions{0, 2}));
    world.hub->endRecording(callId, {0, 2});
    world.settle();
    EXPECT_EQ(world.texts().size(), 2U);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
