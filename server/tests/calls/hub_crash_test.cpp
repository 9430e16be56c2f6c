#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

#include <set>

/// The server dies at every single commit, before or after it reached the disk, and comes back. PBX and agent
/// program then do what theirs do: say again what is, send what the server lacks, show the popup, click.
namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallState;
using protocol::DraftState;
using Death = FakeStore::Death;

constexpr std::int64_t kFrames = 4;

enum class Ending { Confirmed, DoubleClick, CountdownOver, BothAtOnce };

void confirm(World& world) {
    const auto draft = world.draft();
    if (draft) (void)world.hub->confirmDraft("agent:201", {draft->draftId, draft->revision});
}

void endDraft(World& world, Ending ending) {
    switch (ending) {
        case Ending::Confirmed:
            confirm(world);
            break;
        case Ending::DoubleClick:
            confirm(world);
            confirm(world);
            break;
        case Ending::CountdownOver:
            world.pass(16s);
            break;
        case Ending::BothAtOnce:
            world.settle();
            world.clock.advance(15s);
            confirm(world);
            world.hub->tick();
            confirm(world);
            break;
    }
    world.settle();
}

/// Runs until the end or until the store dies. Every step may be repeated after a restart.
void liveThrough(World& world, Ending ending) {
    const auto isClosed = [&] {
        return !world.disk.calls.empty() && world.call().stage == protocol::CallStage::Closed;
    };
    const auto isDead = [&] { return world.store->isDead(); };
    if (isClosed()) return;
    world.hub->onAgentOnline(kExtension);
    const bool isOver = !world.disk.calls.empty() && world.call().endedAtMs;
    if (!isOver) {
        world.phone(CallState::Ringing);
        world.phone(CallState::Connected);
        if (isDead()) return;
    }
    const CallId callId = world.callId();
    if (auto grant = world.hub->startAudio(kExtension, callId); grant && !isOver) {
        world.sendAudio(*grant, kFrames / 2);
        if (isDead()) return;
    }
    world.phone(CallState::Ended);
    if (isDead()) return;
    if (auto grant = world.hub->startAudio(kExtension, callId)) {
        world.sendAudio(*grant, kFrames);
        (void)world.hub->endAudio(kExtension, {callId, {kFrames, kFrames}});
        world.settle();
        if (isDead()) return;
    }
    if (!world.draft()) return;
    if (world.shownDraft(); isDead()) return;
    endDraft(world, ending);
}

void expectOneOfEverything(const World& world, const std::string& where) {
    EXPECT_EQ(world.disk.calls.size(), 1U) << where;
    EXPECT_EQ(world.disk.drafts.size(), 1U) << where;
    EXPECT_EQ(world.disk.outbox.size(), 1U) << where;
    for (const auto& [draftId, writes] : world.disk.outboxWrites) EXPECT_EQ(writes, 1) << where;
    EXPECT_EQ(world.tickets.size(), 1U) << where;
    ASSERT_TRUE(world.draft()) << where;
    EXPECT_EQ(world.draft()->delivery.state, protocol::DeliveryState::Created) << where;
    EXPECT_EQ(world.draft()->delivery.ticketId, TicketId{4711}) << where;
    EXPECT_EQ(world.texts().size(), 2U * kFrames) << where;
    EXPECT_EQ(world.disk.utteranceRewrites, 0) << where;
    EXPECT_EQ(world.call().stage, protocol::CallStage::Closed) << where;
    EXPECT_TRUE(world.journalDisk.empty()) << where;
    EXPECT_EQ(world.transcriber->misuse, 0) << where;
}

struct Row {
    const char* name;
    Ending ending;
    Death death;
};

class HubCrash : public testing::TestWithParam<Row> {};

TEST_P(HubCrash, AtAnyCommitLeavesOneDraftAndOneTicket) {
    int commits = 0;
    {
        World unharmed;
        liveThrough(unharmed, GetParam().ending);
        expectOneOfEverything(unharmed, "unharmed");
        commits = unharmed.store->commits;
        ASSERT_GT(commits, 8);
    }
    for (int n = 0; n < commits; ++n) {
        const std::string where = "crash at commit " + std::to_string(n);
        World world;
        world.store->crashAfter(n, GetParam().death);
        liveThrough(world, GetParam().ending);
        ASSERT_TRUE(world.store->isDead()) << where;
        world.restart();
        liveThrough(world, GetParam().ending);
        if (world.draft() && world.draft()->state == DraftState::Inbox) confirm(world);
        world.settle();
        expectOneOfEverything(world, where);
    }
}

TEST_P(HubCrash, TwiceInARowLeavesOneDraftAndOneTicket) {
    for (int first = 0; first < 12; ++first)
        for (int second = 0; second < 6; ++second) {
            const std::string where = "crash at " + std::to_string(first) + " then " + std::to_string(second);
            World world;
            world.store->crashAfter(first, GetParam().death);
            liveThrough(world, GetParam().ending);
            world.restart();
            world.store->crashAfter(second, GetParam().death);
            liveThrough(world, GetParam().ending);
            world.restart();
            liveThrough(world, GetParam().ending);
            world.settle();
            if (world.draft() && world.draft()->state == DraftState::Inbox) confirm(world);
            world.settle();
            expectOneOfEverything(world, where);
        }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, HubCrash,
    testing::Values(Row{"ConfirmedNotStored", Ending::Confirmed, Death::BeforeStoring},
                    Row{"ConfirmedStored", Ending::Confirmed, Death::AfterStoring},
                    Row{"DoubleClickNotStored", Ending::DoubleClick, Death::BeforeStoring},
                    Row{"DoubleClickStored", Ending::DoubleClick, Death::AfterStoring},
                    Row{"CountdownNotStored", Ending::CountdownOver, Death::BeforeStoring},
                    Row{"CountdownStored", Ending::CountdownOver, Death::AfterStoring},
                    Row{"BothAtOnceNotStored", Ending::BothAtOnce, Death::BeforeStoring},
                    Row{"BothAtOnceStored", Ending::BothAtOnce, Death::AfterStoring}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(HubLostJournal, AnEndedCallIsAnalysedFromTheTextThatThereIs) {
    World world;
    world.wholeCall();
    const std::vector<std::string> texts = world.texts();
    ASSERT_TRUE(world.call().isAudioComplete);
    protocol::Call& stored = world.disk.calls.at(world.callId());
    stored.stage = protocol::CallStage::Transcribing;  // as if it had died there
    world.disk.drafts.clear();
    world.lostJournals.insert(world.callId());
    world.restart();
    EXPECT_EQ(world.call().stage, protocol::CallStage::Drafted);
    EXPECT_FALSE(world.call().isAudioComplete);
    EXPECT_EQ(world.texts(), texts);
    ASSERT_TRUE(world.draft());
}

TEST(HubLostJournal, ACallThatGoesOnTakesAudioAndEnds) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.phone(CallState::Ringing);
    world.phone(CallState::Connected);
    world.sendAudio(world.hub->startAudio(kExtension, world.callId()).value(), kFrames);
    world.lostJournals.insert(world.callId());
    world.restart();
    EXPECT_EQ(world.call().stage, protocol::CallStage::Live);
    world.hub->onAgentOnline(kExtension);
    const auto grant = world.hub->startAudio(kExtension, world.callId());
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->next, protocol::ChannelPositions{});
    world.phone(CallState::Ended);
    world.pass(world.options.audioGrace + 1s);
    EXPECT_EQ(world.call().stage, protocol::CallStage::Drafted);
    EXPECT_FALSE(world.call().isAudioComplete);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
