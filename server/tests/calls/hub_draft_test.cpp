#include "server/calls/draft_maker.hpp"
#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallStage;
using protocol::CallState;
using protocol::DeliveryState;
using protocol::DraftState;

class HubDraft : public testing::Test {
protected:
    void makeDraft() {
        world.hub->onAgentOnline(kExtension);
        world.wholeCall();
        ASSERT_TRUE(world.draft());
    }
    protocol::Draft draft() const { return *world.draft(); }
    Result<void> confirm() {
        const auto outcome = world.hub->confirmDraft("agent:201", {draft().draftId, draft().revision});
        world.settle();
        return outcome;
    }
    Result<void> edit(const protocol::DraftFields& fields, std::int32_t revision) {
        const auto outcome = world.hub->editDraft("agent:201", {draft().draftId, revision, fields});
        world.settle();
        return outcome;
    }
    World world;
};

TEST_F(HubDraft, TheCountdownStartsWhenThePopupIsShownAndEndsInATicket) {
    makeDraft();
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_TRUE(draft().isAutomatic);
    EXPECT_EQ(draft().countdownLeftMs, 15'000);
    world.pass(5s);
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
    world.pass(14s);
    EXPECT_EQ(draft().state, DraftState::Counting);
    EXPECT_EQ(world.hub->snapshot(kExtension).drafts.front().countdownLeftMs, 1'000);
    EXPECT_TRUE(world.tickets.empty());
    world.pass(1s);
    EXPECT_EQ(draft().state, DraftState::Confirmed);
    EXPECT_EQ(draft().delivery.state, DeliveryState::Created);
    EXPECT_EQ(world.tickets.size(), 1U);
    EXPECT_TRUE(world.wasAudited("server", "draft.confirm"));
    EXPECT_EQ(world.call().stage, CallStage::Closed);
    EXPECT_EQ(world.hub->status().createdToday, 1);
}

TEST_F(HubDraft, AfterTheRetentionTimeItsTicketCarriesNoTranscript) {
    makeDraft();
    ASSERT_TRUE(world.draft()->fields.includesTranscript);
    const auto subject = draft().fields.subject;
    world.hub->onWordsErased({world.callId()});
    world.settle();
    for (const auto& utterance : world.hub->snapshot(std::nullopt).utterances) EXPECT_EQ(utterance.text, "");
    ASSERT_TRUE(confirm());
    EXPECT_EQ(draft().fields.subject, subject);
    ASSERT_EQ(world.disk.outbox.size(), 1U);
    EXPECT_EQ(world.disk.outbox.begin()->second.transcriptNote, "");
}

TEST_F(HubDraft, WhatPeopleDoToADraftIsInTheTrailUnderTheirNames) {
    makeDraft();
    world.shownDraft();
    EXPECT_FALSE(world.wasAudited("server", "draft.edit"));
    auto fields = draft().fields;
    fields.subject = "Imprimante du hall";
    const auto edited = world.hub->editDraft("supervisor:key-1", {draft().draftId, draft().revision, fields});
    ASSERT_TRUE(edited) << edited.error().detail;
    ASSERT_TRUE(world.hub->pauseDraft(kExtension, {draft().draftId, false}));
    ASSERT_TRUE(world.hub->pauseDraft(kExtension, {draft().draftId, true}));
    ASSERT_TRUE(world.hub->postponeDraft("agent:201", draft().draftId));
    world.settle();
    EXPECT_TRUE(world.wasAudited("supervisor:key-1", "draft.edit"));
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.resume"));
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.pause"));
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.postpone"));
}

TEST_F(HubDraft, AnEditPausesTheCountdownAndKeepsBothVersions) {
    makeDraft();
    world.shownDraft();
    world.pass(5s);
    protocol::DraftFields fields = draft().fields;
    fields.subject = "VPN : certificat expiré";
    EXPECT_TRUE(edit(fields, draft().revision));
    EXPECT_EQ(draft().state, DraftState::Paused);
    EXPECT_EQ(draft().countdownLeftMs, 10'000);
    world.pass(60s);
    EXPECT_EQ(draft().state, DraftState::Paused);
    EXPECT_TRUE(world.hub->pauseDraft(kExtension, {draft().draftId, false}));
    world.pass(10s);
    EXPECT_EQ(draft().state, DraftState::Confirmed);
    EXPECT_EQ(draft().generated.subject, "VPN en panne");
    EXPECT_EQ(world.disk.outbox.at(draft().draftId).fields.subject, "VPN : certificat expiré");
}

TEST_F(HubDraft, AnEditOfTheCategoryTakesTheCustomCategoryAway) {
    world.analyser->answer.category = protocol::Category::SoftwareApplication;
    world.analyser->answer.customCategory = "erp_sage";
    makeDraft();
    protocol::DraftFields fields = draft().fields;
    ASSERT_EQ(fields.customCategory, "erp_sage");
    fields.subject = "Sage en panne";
    EXPECT_TRUE(edit(fields, draft().revision));
    EXPECT_EQ(draft().fields.customCategory, "erp_sage");
    fields.category = protocol::Category::Hardware;
    EXPECT_TRUE(edit(fields, draft().revision));
    EXPECT_FALSE(draft().fields.customCategory);
    EXPECT_EQ(draft().generated.customCategory, "erp_sage");
}

TEST_F(HubDraft, AnEditOnAnOlderVersionIsAConflict) {
    makeDraft();
    const std::int32_t revision = draft().revision;
    protocol::DraftFields fields = draft().fields;
    fields.subject = "un";
    EXPECT_TRUE(edit(fields, revision));
    fields.subject = "deux";
    const auto late = edit(fields, revision);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(draft().fields.subject, "un");
    const auto stale = world.hub->confirmDraft("agent:201", {draft().draftId, revision});
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().kind, ErrorKind::Conflict);
    EXPECT_FALSE(edit(fields, draft().revision + 1));
}

TEST_F(HubDraft, ShowingThePopupIsNoConflictForWhoReadIt) {
    makeDraft();
    const std::int32_t revision = draft().revision;
    world.shownDraft();
    EXPECT_TRUE(world.hub->confirmDraft("agent:201", {draft().draftId, revision}));
}

TEST_F(HubDraft, IsJudgedAnewWhenNinjaOneSaysSomethingElse) {
    makeDraft();
    const protocol::Draft before = world.shownDraft();
    ASSERT_TRUE(before.isAutomatic);
    const auto learns = [&] {
        world.hub->onNinjaNews();
        world.settle();
        return draft();
    };
    EXPECT_EQ(learns(), before) << "no news, no event";
    world.directory.people.front().isActive = false;
    const protocol::Draft held = learns();
    EXPECT_EQ(held.problems, (std::vector<protocol::FieldProblem>{{"requesterUid", "inactive"}}));
    EXPECT_FALSE(held.isAutomatic);
    EXPECT_EQ(held.heldBecause, "fieldsMissing");
    EXPECT_EQ(held.revision, before.revision + 1);
    EXPECT_EQ(held.state, DraftState::Counting) << "and goes to the inbox at zero";
    world.directory.people.front().isActive = true;
    world.desk->problems = {{"status", "unknown"}};
    EXPECT_EQ(learns().problems, world.desk->problems);
    world.desk->problems.clear();
    const protocol::Draft good = learns();
    EXPECT_TRUE(good.problems.empty());
    EXPECT_TRUE(good.isAutomatic);
    world.pass(16s);
    EXPECT_EQ(draft().state, DraftState::Confirmed);
}

TEST_F(HubDraft, WithADeviceThatIsGoneIsNoTicket) {
    world.directory.devices = {{41, "PC-CLAIRE", 7, 2, false, true, {}}, {42, "NAS", 7, 2, false, false, {}}};
    makeDraft();
    protocol::DraftFields fields = draft().fields;
    fields.deviceId = 42;
    ASSERT_TRUE(edit(fields, draft().revision));
    const auto problemsAfter = [&](std::vector<protocol::Device> devices) {
        world.directory.devices = std::move(devices);
        world.hub->onNinjaNews();
        world.settle();
        return draft().problems;
    };
    const std::vector<protocol::FieldProblem> isUnknown{{"deviceId", "unknown"}};
    EXPECT_TRUE(problemsAfter({}).empty()) << "the directory knows no devices at all";
    EXPECT_EQ(problemsAfter({{41, "PC-CLAIRE", 7, 2, false, true, {}}}), isUnknown);
    EXPECT_EQ(problemsAfter({{42, "NAS", 9, 3, false, false, {}}}), isUnknown) << "it is another customer's";
    EXPECT_TRUE(problemsAfter({{42, "NAS", 7, 2, false, false, {}}}).empty());
}

TEST_F(HubDraft, ADoubleClickMakesOneTicket) {
    makeDraft();
    const protocol::DraftConfirm click{draft().draftId, draft().revision};
    EXPECT_TRUE(world.hub->confirmDraft("agent:201", click));
    EXPECT_TRUE(world.hub->confirmDraft("agent:201", click));
    world.settle();
    EXPECT_TRUE(world.hub->confirmDraft("agent:201", click));
    world.settle();
    EXPECT_EQ(world.disk.outboxWrites.at(draft().draftId), 1);
    EXPECT_EQ(world.desk->delivered.size(), 1U);
}

TEST_F(HubDraft, WithoutTheRequiredFieldsItIsRefusedNamingThem) {
    world.directory.known.clear();
    makeDraft();
    world.shownDraft();
    const auto refused = confirm();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Rejected);
    EXPECT_NE(refused.error().detail.find("organizationId"), std::string::npos);
    EXPECT_NE(refused.error().detail.find("requesterUid"), std::string::npos);
    EXPECT_EQ(draft().problems.size(), 2U);
    EXPECT_EQ(draft().state, DraftState::Paused);
    EXPECT_TRUE(world.disk.outbox.empty());

    protocol::DraftFields fields = draft().fields;
    fields.organizationId = 7;
    fields.requesterUid = "5b0c8c52";
    EXPECT_TRUE(edit(fields, draft().revision));
    EXPECT_TRUE(draft().problems.empty());
    EXPECT_TRUE(confirm());
    EXPECT_EQ(world.tickets.size(), 1U);
}

struct HeldRow {
    const char* name;
    void (*arrange)(World&);
    const char* reason;
};
class HeldDraft : public testing::TestWithParam<HeldRow> {};

TEST_P(HeldDraft, GoesToTheInboxAtZero) {
    HubOptions options;
    World sample{options};
    GetParam().arrange(sample);
    World world{sample.options};
    world.directory = sample.directory;
    world.analyser->answer = sample.analyser->answer;
    world.analyser->fails = sample.analyser->fails;
    world.transcriber->says = sample.transcriber->says;
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    ASSERT_TRUE(world.draft());
    EXPECT_FALSE(world.draft()->isAutomatic);
    EXPECT_EQ(world.draft()->heldBecause, GetParam().reason);
    world.shownDraft();
    world.pass(20s);
    EXPECT_EQ(world.draft()->state, DraftState::Inbox);
    EXPECT_EQ(world.draft()->heldBecause, GetParam().reason);
    EXPECT_TRUE(world.disk.outbox.empty());
    EXPECT_EQ(world.hub->status().waitingDrafts, 1);
}

protocol::CallerMatch matchOf(protocol::CallerMatchState state) {
    protocol::CallerMatch match = oneContact();
    match.state = state;
    return match;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, HeldDraft,
    testing::Values(
        HeldRow{"SilentMode", [](World& world) { world.options.draftsOnly = true; }, "draftsOnly"},
        HeldRow{"AutoOff", [](World& world) { world.options.createsAutomatically = false; }, "autoOff"},
        HeldRow{"NoTicket", [](World& world) { world.analyser->answer.ticketWarranted = false; },
                "ticketNotWarranted"},
        HeldRow{"NoWords", [](World& world) { world.transcriber->says = "..."; }, "noText"},
        HeldRow{"Unknown", [](World& world) { world.directory.known.clear(); }, "requesterUnknown"},
        HeldRow{"Several",
                [](World& world) {
                    world.directory.known[kCustomer] = matchOf(protocol::CallerMatchState::Several);
                },
                "requesterAmbiguous"},
        HeldRow{"Stale",
                [](World& world) {
                    world.directory.known[kCustomer] = matchOf(protocol::CallerMatchState::Stale);
                },
                "directoryStale"},
        HeldRow{"FailedAnalysis", [](World& world) { world.analyser->fails = true; }, "analysisFailed"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(HubDraft, WithoutAnAgentProgramItWaitsInTheInbox) {
    world.wholeCall();
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_EQ(draft().heldBecause, "agentAway");
    EXPECT_EQ(draft().countdownLeftMs, 0);
    world.hub->onAgentOnline(kExtension);
    world.shownDraft();
    world.pass(60s);
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_TRUE(confirm());
}

TEST_F(HubDraft, AnAgentThatLeavesWhileItCountsPutsItIntoTheInbox) {
    makeDraft();
    world.shownDraft();
    world.hub->onAgentOnline(kExtension);
    world.hub->onAgentOffline(kExtension);
    EXPECT_EQ(draft().state, DraftState::Counting);  // its other connection is still there
    world.hub->onAgentOffline(kExtension);
    world.pass(60s);
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_EQ(draft().heldBecause, "agentAway");
    EXPECT_TRUE(world.disk.outbox.empty());
}

TEST_F(HubDraft, ABlipOfTheNetworkInterruptsTheCountdownAndDoesNotEndIt) {
    makeDraft();
    world.shownDraft();
    world.pass(5s);
    world.hub->onAgentOffline(kExtension);
    world.pass(1s);
    EXPECT_EQ(draft().state, DraftState::Inbox);  // waiting for its popup
    EXPECT_EQ(draft().countdownLeftMs, 10'000);
    EXPECT_TRUE(draft().isAutomatic);
    world.hub->onAgentOnline(kExtension);
    world.pass(12s);
    EXPECT_TRUE(world.disk.outbox.empty());  // the popup is not there yet
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
    world.pass(9s);
    EXPECT_EQ(draft().state, DraftState::Counting);
    world.pass(1s);
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST_F(HubDraft, ACountdownDoesNotReachZeroWhileTheAgentIsOutOfReach) {
    makeDraft();
    world.shownDraft();
    world.pass(14s);
    world.clock.advance(1s);  // zero and the loss of the link in one tick
    world.hub->onAgentOffline(kExtension);
    world.pass(9s);
    EXPECT_TRUE(world.disk.outbox.empty());
    world.hub->onAgentOnline(kExtension);
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
    EXPECT_EQ(draft().countdownLeftMs, 1'000);  // nobody was heard in the last second
    world.pass(900ms);
    EXPECT_TRUE(world.disk.outbox.empty());
    world.pass(100ms);
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST_F(HubDraft, ACountdownStandsStillWhileItsAgentIsNotHeard) {
    makeDraft();
    world.shownDraft();
    world.pass(10s);
    EXPECT_TRUE(world.hub->isCounting(kExtension));
    world.isAgentHeard = false;  // a link that died without a word
    world.pass(2900ms);
    EXPECT_EQ(draft().state, DraftState::Counting);
    world.pass(100ms);
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_EQ(draft().countdownLeftMs, 5'000);
    EXPECT_FALSE(world.hub->isCounting(kExtension));
    world.pass(20s);
    EXPECT_TRUE(world.disk.outbox.empty());
    world.isAgentHeard = true;
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
    world.pass(4900ms);
    EXPECT_TRUE(world.disk.outbox.empty());
    world.pass(100ms);
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST_F(HubDraft, ACountdownIsNotOverBecauseTheServerStoodStill) {
    makeDraft();
    world.shownDraft();
    world.pass(10s);
    world.clock.advance(60s);
    world.hub->tick();
    world.settle();
    EXPECT_EQ(draft().state, DraftState::Inbox) << "what the faces show is not true any more";
    EXPECT_EQ(draft().countdownLeftMs, 5'000);
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
    world.pass(4900ms);
    EXPECT_TRUE(world.disk.outbox.empty());
    world.pass(100ms);
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST_F(HubDraft, AMessageThatComesBeforeTheFirstTickAfterAStandStillFindsTheTimeThatWasLeft) {
    makeDraft();
    world.shownDraft();
    world.pass(10s);
    world.clock.advance(60s);
    ASSERT_TRUE(world.hub->pauseDraft(kExtension, {draft().draftId, true}));
    world.settle();
    EXPECT_EQ(draft().state, DraftState::Paused);
    EXPECT_EQ(draft().countdownLeftMs, 5'000);
    world.pass(1s);
    EXPECT_EQ(draft().state, DraftState::Paused);
}

TEST_F(HubDraft, APopupIsStillAwaitedWhenTheServerStoodStill) {
    makeDraft();
    world.pass(1s);
    world.clock.advance(60s);
    world.hub->tick();
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
}

TEST_F(HubDraft, EveryBlipHasItsOwnPatience) {
    makeDraft();
    world.shownDraft();
    for (int i = 0; i < 3; ++i) {
        world.hub->onAgentOffline(kExtension);
        world.pass(9s);
        world.hub->onAgentOnline(kExtension);
        EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
        world.pass(1s);
    }
    EXPECT_EQ(world.hub->snapshot(kExtension).drafts.front().countdownLeftMs, 12'000);
}

TEST_F(HubDraft, APausedPopupOutlivesABlipButNotItsAgent) {
    makeDraft();
    world.shownDraft();
    EXPECT_TRUE(edit(draft().fields, draft().revision));
    world.hub->onAgentOffline(kExtension);
    world.pass(9s);
    EXPECT_EQ(draft().state, DraftState::Paused);
    world.hub->onAgentOnline(kExtension);
    world.pass(60s);
    EXPECT_EQ(draft().state, DraftState::Paused);
    world.hub->onAgentOffline(kExtension);
    world.pass(10s);
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_EQ(draft().heldBecause, "agentAway");
}

TEST_F(HubDraft, ACallThatEndsDuringABlipStillGetsItsCountdown) {
    world.hub->onAgentOnline(kExtension);
    world.hub->onAgentOffline(kExtension);
    world.wholeCall();
    EXPECT_EQ(draft().countdownLeftMs, 15'000);
    world.hub->onAgentOnline(kExtension);
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
}

TEST_F(HubDraft, APopupThatIsNeverShownPutsItIntoTheInbox) {
    makeDraft();
    world.pass(31s);
    EXPECT_EQ(draft().heldBecause, "popupNotShown");
    EXPECT_EQ(world.shownDraft().state, DraftState::Inbox);
}

TEST_F(HubDraft, LaterMeansTheInbox) {
    makeDraft();
    EXPECT_EQ(world.hub->status().waitingDrafts, 0);  // its popup is about to show
    world.shownDraft();
    EXPECT_EQ(world.hub->status().waitingDrafts, 0);
    EXPECT_TRUE(world.hub->postponeDraft("agent:201", draft().draftId));
    world.pass(60s);
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_EQ(draft().heldBecause, "postponed");
    EXPECT_EQ(world.hub->status().waitingDrafts, 1);
}

TEST_F(HubDraft, DiscardingNeedsAReasonAndIsAudited) {
    makeDraft();
    EXPECT_FALSE(world.hub->discardDraft("agent:201", {draft().draftId, "  "}));
    EXPECT_TRUE(world.hub->discardDraft("agent:201", {draft().draftId, "faux numéro"}));
    world.settle();
    EXPECT_EQ(draft().state, DraftState::Discarded);
    EXPECT_EQ(draft().discardReason, "faux numéro");
    EXPECT_EQ(world.call().stage, CallStage::Closed);
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.discard"));
    const auto late = confirm();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::Conflict);
    EXPECT_TRUE(world.disk.outbox.empty());
}

TEST_F(HubDraft, AfterTheConfirmationNothingButTheDeliveryChangesIt) {
    makeDraft();
    world.desk->outcome = DeliveryState::Unconfirmed;
    EXPECT_TRUE(confirm());
    EXPECT_FALSE(edit(draft().fields, draft().revision));
    EXPECT_FALSE(world.hub->postponeDraft("agent:201", draft().draftId));
    EXPECT_FALSE(world.hub->discardDraft("agent:201", {draft().draftId, "non"}));
    EXPECT_TRUE(draft().discardReason.empty());
    EXPECT_EQ(world.hub->status().unsettledTickets, 1);
    EXPECT_EQ(world.call().stage, CallStage::Drafted);

    using protocol::DeliveryDecision;
    const DraftId id = draft().draftId;
    EXPECT_FALSE(world.hub->decideDelivery("agent:201", {id, DeliveryDecision::AlreadyThere, std::nullopt}));
    protocol::Delivery doubtful = draft().delivery;
    doubtful.problemCode = "inDoubt";
    doubtful.ticketsInDoubt = {TicketId{12}};
    world.hub->onDelivery(id, doubtful);
    EXPECT_TRUE(world.hub->decideDelivery("agent:201", {id, DeliveryDecision::SendAgain, std::nullopt}));
    EXPECT_FALSE(world.hub->decideDelivery("agent:201", {id, DeliveryDecision::SendAgain, std::nullopt}));
    world.settle();
    EXPECT_EQ(world.desk->decisions.size(), 1U);
    EXPECT_EQ(draft().delivery.problemCode, "") << "what was decided on is said no more";
    EXPECT_FALSE(draft().delivery.ticketsInDoubt);
    EXPECT_TRUE(world.wasAudited("agent:201", "delivery.decide"));

    protocol::Delivery created;
    created.state = DeliveryState::Created;
    created.ticketId = TicketId{7};
    world.hub->onDelivery(id, created);
    world.settle();
    EXPECT_EQ(world.call().stage, CallStage::Closed);
}

TEST_F(HubDraft, GivingADeliveryUpSettlesTheCall) {
    makeDraft();
    world.desk->outcome = DeliveryState::Rejected;
    EXPECT_TRUE(confirm());
    EXPECT_TRUE(world.hub->decideDelivery(
        "agent:201", {draft().draftId, protocol::DeliveryDecision::GiveUp, std::nullopt}));
    world.settle();
    EXPECT_EQ(world.call().stage, CallStage::Closed);
    EXPECT_EQ(world.hub->status().unsettledTickets, 0);
}

TEST_F(HubDraft, ASlowAnalysisOpensTheDraftWithWhatThereIs) {
    world.analyser->isSlow = true;
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    EXPECT_FALSE(world.draft());
    world.pass(3s);
    ASSERT_TRUE(world.draft());
    EXPECT_EQ(draft().heldBecause, "analysisPending");
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
    world.pass(10s);
    world.analyser->isSlow = false;
    world.settle();
    EXPECT_EQ(draft().fields.subject, "VPN en panne");
    EXPECT_TRUE(draft().isAutomatic);
    EXPECT_EQ(draft().countdownLeftMs, 15'000);
    EXPECT_EQ(world.disk.analyses.size(), 1U);
}

TEST_F(HubDraft, ASlowAnalysisDoesNotOverwriteWhatSomebodyWrote) {
    world.analyser->isSlow = true;
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    world.pass(3s);
    protocol::DraftFields fields = draft().fields;
    fields.subject = "de ma main";
    EXPECT_TRUE(edit(fields, draft().revision));
    world.analyser->isSlow = false;
    world.settle();
    EXPECT_EQ(draft().fields.subject, "de ma main");
    EXPECT_EQ(world.disk.analyses.size(), 1U);
}

TEST_F(HubDraft, AFailedAnalysisLosesNeitherDraftNorTranscript) {
    world.analyser->fails = true;
    makeDraft();
    EXPECT_TRUE(draft().fields.subject.empty());
    EXPECT_EQ(world.texts().size(), 6U);
    protocol::DraftFields fields = draft().fields;
    fields.subject = "à la main";
    EXPECT_TRUE(edit(fields, draft().revision));
    EXPECT_TRUE(confirm());
    EXPECT_NE(world.disk.outbox.at(draft().draftId).transcriptNote.find("Client : customer 100"),
              std::string::npos);
}

TEST_F(HubDraft, ACountdownDoesNotRunThroughARestart) {
    makeDraft();
    world.shownDraft();
    world.pass(10s);
    world.restart();
    EXPECT_EQ(draft().state, DraftState::Inbox);
    EXPECT_EQ(draft().countdownLeftMs, 15'000);
    world.hub->onAgentOnline(kExtension);
    world.pass(10s);
    EXPECT_TRUE(world.disk.outbox.empty());
    EXPECT_EQ(world.shownDraft().state, DraftState::Counting);
    world.pass(15s);
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST_F(HubDraft, IsInTheFirstSnapshotAfterARestartHoweverSlowTheStoreIs) {
    makeDraft();
    ASSERT_EQ(world.shownDraft().state, DraftState::Counting);
    FakeStore slow{world.disk};
    CallHub next{world.options,
                 {world.clock, slow, *world.journal, *world.transcriber, *world.analyser, world.directory,
                  *world.desk, *world.events}};
    (void)next.restore(world.disk.openWork(), {});
    const protocol::Snapshot snapshot = next.snapshot(kExtension);
    ASSERT_EQ(snapshot.calls.size(), 1U);
    ASSERT_EQ(snapshot.drafts.size(), 1U);
    EXPECT_EQ(snapshot.drafts.front().state, DraftState::Inbox) << "nobody sees it count";
    EXPECT_GT(snapshot.drafts.front().revision, draft().revision);
    ASSERT_EQ(snapshot.agents.size(), 1U);
    EXPECT_EQ(slow.commits, 0);
    while (slow.run()) {
    }
    EXPECT_EQ(draft(), snapshot.drafts.front());
}

TEST_F(HubDraft, WhatABlipLeftOfACountdownSurvivesARestart) {
    makeDraft();
    world.shownDraft();
    world.pass(5s);
    world.hub->onAgentOffline(kExtension);
    world.settle();
    world.restart();
    world.pass(20s);
    world.hub->onAgentOnline(kExtension);
    EXPECT_EQ(world.shownDraft().countdownLeftMs, 10'000);
    world.pass(10s);
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST_F(HubDraft, WhatABlipLeftGoesToTheInboxWhenNobodyComesBackAfterARestart) {
    makeDraft();
    world.shownDraft();
    world.hub->onAgentOffline(kExtension);
    world.settle();
    world.restart();
    world.pass(31s);
    EXPECT_EQ(draft().countdownLeftMs, 0);
    EXPECT_EQ(draft().heldBecause, "popupNotShown");
    EXPECT_TRUE(world.disk.outbox.empty());
}

TEST_F(HubDraft, APausedPopupWaitsForItsAgentAfterARestart) {
    makeDraft();
    world.shownDraft();
    EXPECT_TRUE(edit(draft().fields, draft().revision));
    world.restart();
    world.pass(20s);
    EXPECT_EQ(draft().state, DraftState::Paused);
    World left{world.options};
    left.clock = world.clock;
    left.disk = world.disk;
    left.restart();
    world.hub->onAgentOnline(kExtension);
    world.pass(20s);
    EXPECT_EQ(draft().state, DraftState::Paused);
    left.pass(31s);
    EXPECT_EQ(left.draft()->state, DraftState::Inbox);
    EXPECT_EQ(left.draft()->heldBecause, "agentAway");
}

TEST_F(HubDraft, WhatIsInTheOutboxIsDeliveredAfterARestart) {
    makeDraft();
    world.desk->outcome = DeliveryState::Waiting;
    EXPECT_TRUE(confirm());
    EXPECT_TRUE(world.tickets.empty());
    world.restart();
    EXPECT_EQ(world.tickets.size(), 1U);
    EXPECT_EQ(draft().delivery.state, DeliveryState::Created);
    EXPECT_EQ(world.disk.outboxWrites.at(draft().draftId), 1);
}

TEST_F(HubDraft, WhatBecameOfItsTicketIsKeptOverARestartWhileTheNoteIsUnderWay) {
    makeDraft();
    const DraftId id = draft().draftId;
    world.desk->outcome = DeliveryState::Waiting;
    ASSERT_TRUE(confirm());
    protocol::Delivery made;
    made.state = DeliveryState::Waiting;
    made.ticketId = TicketId{4711};
    world.hub->onDelivery(id, made);
    protocol::TicketProgress progress;
    progress.parentId = 2000;
    progress.status = "Ouvert";
    world.hub->onProgress(TicketId{4711}, progress);
    world.settle();
    ASSERT_EQ(world.draft()->delivery.progress, progress);
    made.nextAttemptAtMs = 5;  // stored in the entry alone
    world.disk.outbox.at(id).delivery = made;
    world.restart();
    EXPECT_EQ(world.disk.drafts.at(id).delivery.progress, progress);
}

TEST_F(HubDraft, WhatIsOlderThanARestoredBackupIsLookedUpBeforeItIsSent) {
    makeDraft();
    world.shownDraft();
    world.pass(5s);
    ASSERT_EQ(draft().state, DraftState::Counting);
    // It was confirmed then; a day later the backup made here comes back.
    world.clock.advance(24h);
    world.disk.restoredAtMs = toEpochMs(world.clock.now());
    world.restart();
    world.hub->onAgentOnline(kExtension);
    world.shownDraft();
    world.pass(16s);
    ASSERT_EQ(draft().state, DraftState::Confirmed);
    ASSERT_EQ(world.desk->delivered.size(), 1U);
    const OutboxEntry old = world.desk->delivered.front();
    EXPECT_EQ(old.delivery.state, DeliveryState::Unknown);
    EXPECT_EQ(old.step, "");
    EXPECT_LE(old.createdAtMs, world.call().startedAtMs) << "the look-up would not reach the first ticket";

    world.phone(CallState::Connected, "3cx/201/2");
    world.phone(CallState::Ended, "3cx/201/2");
    world.pass(20s);
    ASSERT_TRUE(world.draft());
    ASSERT_TRUE(confirm());
    ASSERT_EQ(world.desk->delivered.size(), 2U);
    EXPECT_EQ(world.desk->delivered.back().delivery.state, DeliveryState::Queued) << "it began afterwards";
}

/// Made while the clock was a day ahead. Restoring the backup marks what is dated after it.
class DatedAfterTheRestore : public HubDraft {
protected:
    OutboxEntry sentAfter(std::chrono::hours restoredFor) {
        makeDraft();
        world.disk.restoredAtMs = toEpochMs(world.clock.now());
        world.disk.calls.at(world.callId()).startedAtMs += 86'400'000;
        world.disk.drafts.at(draft().draftId).delivery.state = DeliveryState::Unknown;
        world.clock.advance(restoredFor);
        world.restart();
        EXPECT_TRUE(confirm());
        EXPECT_EQ(world.desk->delivered.size(), 1U);
        return world.desk->delivered.empty() ? OutboxEntry{} : world.desk->delivered.front();
    }
};

TEST_F(DatedAfterTheRestore, ACallIsLookedUpAmongAllTickets) {
    const OutboxEntry sent = sentAfter(1h);
    EXPECT_EQ(sent.delivery.state, DeliveryState::Unknown);
    EXPECT_EQ(sent.createdAtMs, 1) << "its own date would pass its ticket by";
}

TEST_F(DatedAfterTheRestore, ACallIsLookedUpAmongAllTicketsAlsoOnceThatDateIsPast) {
    const OutboxEntry sent = sentAfter(48h);
    EXPECT_EQ(sent.delivery.state, DeliveryState::Unknown);
    EXPECT_EQ(sent.createdAtMs, 1);
}

/// A created ticket whose call has left the live view.
class SettledTicket : public HubDraft {
protected:
    void makeOne() {
        makeDraft();
        ASSERT_TRUE(confirm());
        ASSERT_EQ(draft().delivery.state, DeliveryState::Created);
        world.pass(62s);
        ASSERT_TRUE(world.hub->snapshot(std::nullopt).calls.empty());
    }
    std::vector<protocol::Draft> onBoards() const { return world.hub->snapshot(std::nullopt).drafts; }
    std::vector<protocol::Draft> onAgent() const { return world.hub->snapshot(kExtension).drafts; }
    const protocol::TicketProgress resolved{5000, 5000, "Résolu", false, 12'000, 13'000};
};

TEST_F(SettledTicket, StaysOnTheBoardsAloneWithWhatBecomesOfIt) {
    makeOne();
    ASSERT_EQ(onBoards().size(), 1U);
    EXPECT_TRUE(onAgent().empty());
    world.hub->onProgress(*draft().delivery.ticketId, resolved);
    world.settle();
    EXPECT_EQ(onBoards().at(0).delivery.progress, resolved);
    EXPECT_TRUE(onAgent().empty());
    EXPECT_EQ(world.hub->status().createdToday, 1);
}

TEST_F(SettledTicket, LeavesTheBoardsAfterHours) {
    makeOne();
    world.clock.advance(7h);
    world.pass(200ms);
    EXPECT_EQ(onBoards().size(), 1U);
    world.clock.advance(1h);
    world.pass(200ms);
    EXPECT_TRUE(onBoards().empty());
}

TEST_F(SettledTicket, LeavesTheBoardsWithItsWords) {
    makeOne();
    world.hub->onWordsErased({world.callId()});
    world.settle();
    EXPECT_TRUE(onBoards().empty());
}

TEST_F(SettledTicket, IsBackOnTheBoardsAfterARestartUnlessItIsOld) {
    makeOne();
    OpenWork work;
    work.recent = {draft(), draft(), draft()};
    work.recent[1].draftId = DraftId{"draft-older"};
    work.recent[1].callId = CallId{"call-older"};
    work.recent[1].changedAtMs -= 1'000;
    work.recent[2].draftId = DraftId{"draft-old"};
    work.recent[2].changedAtMs -= 9 * 3'600'000;
    World next;
    next.hub->restore(work, {}, {});
    next.settle();
    EXPECT_EQ(next.hub->snapshot(std::nullopt).drafts.size(), 2U);
    EXPECT_TRUE(next.hub->snapshot(kExtension).drafts.empty());
}

TEST_F(SettledTicket, OfManyTheBoardsKeepTheLatest) {
    makeOne();
    OpenWork work;
    for (int i = 0; i < 40; ++i) {
        protocol::Draft one = draft();
        one.draftId = DraftId{"draft-" + std::to_string(i)};
        one.callId = CallId{"call-" + std::to_string(i)};
        one.changedAtMs -= i;
        work.recent.push_back(one);
    }
    World next;
    next.hub->restore(work, {}, {});
    next.settle();
    const auto kept = next.hub->snapshot(std::nullopt).drafts;
    ASSERT_EQ(kept.size(), 30U);
    for (const auto& one : kept) EXPECT_GE(one.changedAtMs, draft().changedAtMs - 29);
}

TEST_F(HubDraft, TheOutboxEntryHoldsWhatTheTicketNeeds) {
    makeDraft();
    EXPECT_TRUE(confirm());
    const OutboxEntry& entry = world.disk.outbox.at(draft().draftId);
    EXPECT_EQ(entry.marker, markerFor(world.callId()));
    EXPECT_TRUE(entry.description.ends_with("\n\nRef: " + entry.marker)) << entry.description;
    EXPECT_EQ(entry.extension, kExtension);
    EXPECT_NE(entry.transcriptNote.find("[00:00] Technicien : agent 0"), std::string::npos);
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.confirm"));
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
