#include "server/calls/draft_maker.hpp"
#include "server/calls/outbox_text.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// A call that goes on in a later one's ticket: until that is made it may part from it, and comes back.
namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallStage;
using protocol::DeliveryDecision;
using protocol::DeliveryState;
using protocol::DraftState;
using Death = FakeStore::Death;

class HubJoined : public testing::Test {
protected:
    void SetUp() override {
        protocol::Contact paul;
        paul.uid = "aa11";
        paul.name = "Paul Petit";
        paul.organizationId = 9;
        paul.organizationName = "Autre SA";
        world.directory.people.push_back(paul);
        paul.uid = "bb22";
        paul.name = "Zoé Petit";
        paul.organizationId = 7;
        world.directory.people.push_back(paul);
        first = draftIdFor(world.wholeCall());
        world.pass(1min);
        second = draftIdFor(world.wholeCall(3, "3cx/201/2"));
        protocol::DraftFields fields = draft(second).fields;
        fields.summary = "Le certificat.";
        fields.continues = first;
        ASSERT_TRUE(edit(second, fields));
    }
    protocol::Draft draft(const DraftId& draftId) const { return world.disk.drafts.at(draftId); }
    CallStage stageOf(const DraftId& draftId) const {
        return world.disk.calls.at(draft(draftId).callId).stage;
    }
    OutboxEntry entry() const { return world.disk.outbox.at(second); }
    Result<void> edit(const DraftId& draftId, const protocol::DraftFields& fields) {
        const auto outcome = world.hub->editDraft("agent:201", {draftId, draft(draftId).revision, fields});
        world.settle();
        return outcome;
    }
    Result<void> confirm(const DraftId& draftId) {
        const auto outcome = world.hub->confirmDraft("agent:201", {draftId, draft(draftId).revision});
        world.settle();
        return outcome;
    }
    void confirmAs(DeliveryState outcome) {
        world.desk->outcome = outcome;
        world.desk->problemCode = outcome == DeliveryState::Rejected ? "fieldRefused" : "";
        ASSERT_TRUE(confirm(second));
        world.desk->outcome.reset();
        ASSERT_EQ(draft(second).delivery.state, outcome);
    }
    void giveUp() {
        (void)world.hub->decideDelivery("agent:201", {second, DeliveryDecision::GiveUp, std::nullopt});
        world.settle();
    }
    Result<void> drop() {
        protocol::DraftFields fields = draft(second).fields;
        fields.continues.reset();
        return edit(second, fields);
    }
    void expectIsBack(const std::string& where = "") const {
        const protocol::Draft back = draft(first);
        EXPECT_EQ(back.state, DraftState::Inbox) << where;
        EXPECT_EQ(back.heldBecause, "returned") << where;
        EXPECT_EQ(back.discardReason, "") << where;
        EXPECT_EQ(back.countdownLeftMs, 0) << where;
        EXPECT_FALSE(back.isAutomatic) << where;
        EXPECT_EQ(back.delivery.state, DeliveryState::Unknown) << where;
        EXPECT_EQ(stageOf(first), CallStage::Drafted) << where;
        const auto shown = world.hub->snapshot(kExtension).drafts;
        const auto found = std::ranges::find(shown, first, &protocol::Draft::draftId);
        ASSERT_NE(found, shown.end()) << where;
        EXPECT_EQ(found->state, DraftState::Inbox) << where;
    }
    void expectWaitsInTheOther(const std::string& where = "") const {
        EXPECT_EQ(draft(first).state, DraftState::Discarded) << where;
        EXPECT_EQ(stageOf(first), CallStage::Drafted) << where;
    }
    void expectSaysNothingOfTheFirst(const OutboxEntry& sent) const {
        EXPECT_EQ(sent.joined.value_or(std::vector<JoinedCall>{}), std::vector<JoinedCall>{});
        EXPECT_EQ(bodyToSend(sent).find("Appel précédent"), std::string::npos);
        EXPECT_EQ(bodyToSend(sent).find("Le VPN ne se connecte plus."), std::string::npos);
        EXPECT_EQ(referenceLine(sent), "Ref: " + sent.marker);
        EXPECT_EQ(std::ranges::count(noteToSend(sent), '['), 6) << noteToSend(sent);
    }
    World world;
    DraftId first{""};
    DraftId second{""};
};

TEST_F(HubJoined, TheFirstCallIsKeptApartAndFoundByItsOwnMarker) {
    confirmAs(DeliveryState::Waiting);
    const std::string marker = markerFor(draft(first).callId);
    EXPECT_EQ(entry().description.find("Le VPN ne se connecte plus."), std::string::npos);
    ASSERT_TRUE(entry().joined);
    ASSERT_EQ(entry().joined->size(), 1U);
    EXPECT_EQ(entry().joined->front().callId, draft(first).callId);
    EXPECT_EQ(referenceLine(entry()), "Ref: " + entry().marker + ", " + marker);
}

TEST_F(HubJoined, TheFirstCallIsSettledOnceTheTicketIsMade) {
    confirmAs(DeliveryState::Waiting);
    expectWaitsInTheOther();
    EXPECT_EQ(world.hub->status().waitingDrafts, 0);
    protocol::Delivery made;
    made.state = DeliveryState::Created;
    made.ticketId = TicketId{77};
    world.hub->onDelivery(second, made);
    world.settle();
    EXPECT_EQ(draft(first).state, DraftState::Discarded);
    EXPECT_EQ(stageOf(first), CallStage::Closed);
    EXPECT_EQ(stageOf(second), CallStage::Closed);
}

TEST_F(HubJoined, TheFirstCallIsSettledAlsoWhereTheTicketIsMadeAfterARestart) {
    confirmAs(DeliveryState::Waiting);
    expectWaitsInTheOther();
    world.restart();
    EXPECT_EQ(draft(second).delivery.state, DeliveryState::Created);
    EXPECT_EQ(std::ranges::count(noteToSend(world.desk->delivered.back()), '['), 12);
    EXPECT_EQ(stageOf(first), CallStage::Closed);
}

TEST_F(HubJoined, TheFirstCallComesBackWhenTheTicketIsGivenUp) {
    confirmAs(DeliveryState::Rejected);
    world.restart();
    expectWaitsInTheOther();
    EXPECT_TRUE(world.desk->delivered.empty());
    giveUp();
    expectIsBack();
    EXPECT_EQ(stageOf(second), CallStage::Closed);
    EXPECT_TRUE(world.wasAudited("server", "draft.reopen"));
    EXPECT_EQ(world.hub->status().waitingDrafts, 1);
    world.restart();
    expectIsBack();
    ASSERT_TRUE(confirm(first));
    EXPECT_TRUE(world.tickets.contains(markerFor(draft(first).callId)));
    EXPECT_EQ(stageOf(first), CallStage::Closed);
}

TEST_F(HubJoined, WhatWasGivenUpWithATicketHasTheFirstCallInIt) {
    confirmAs(DeliveryState::Rejected);
    protocol::Delivery left;
    left.state = DeliveryState::Rejected;
    left.problemCode = wordOf(protocol::DeliveryProblem::GivenUp);
    left.ticketId = TicketId{77};
    world.hub->onDelivery(second, left);
    world.settle();
    EXPECT_EQ(draft(first).state, DraftState::Discarded);
    EXPECT_EQ(stageOf(first), CallStage::Closed);
}

TEST_F(HubJoined, BothEarlierCallsOfThreeComeBack) {
    world.pass(1min);
    const DraftId third = draftIdFor(world.wholeCall(3, "3cx/201/3"));
    protocol::DraftFields fields = draft(third).fields;
    fields.continues = second;
    ASSERT_TRUE(edit(third, fields));
    world.desk->outcome = DeliveryState::Rejected;
    world.desk->problemCode = "refused";
    ASSERT_TRUE(confirm(third));
    EXPECT_EQ(draft(second).state, DraftState::Discarded);
    ASSERT_TRUE(world.hub->decideDelivery("agent:201", {third, DeliveryDecision::GiveUp, std::nullopt}));
    world.settle();
    expectIsBack();
    EXPECT_EQ(draft(second).state, DraftState::Inbox);
    EXPECT_EQ(draft(second).fields.continues, std::nullopt) << "each is looked up by itself";
    EXPECT_TRUE(draft(second).problems.empty());
    EXPECT_EQ(draft(third).state, DraftState::Confirmed);
}

TEST_F(HubJoined, ARefusedTicketIsLeftAndTheFirstCallIsBackAtOnce) {
    confirmAs(DeliveryState::Rejected);
    world.restart();
    ASSERT_TRUE(draft(second).offers) << "what it goes on with is in sight";
    ASSERT_TRUE(drop());
    expectIsBack();
    EXPECT_EQ(draft(second).fields.continues, std::nullopt);
    EXPECT_FALSE(draft(second).offers) << "it is not to be joined again";
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.reopen"));
    world.restart();
    expectIsBack();
    ASSERT_TRUE(confirm(second));
    ASSERT_EQ(world.desk->amended.size(), 1U);
    expectSaysNothingOfTheFirst(world.desk->amended.front());
    EXPECT_EQ(draft(second).delivery.state, DeliveryState::Created);
    expectIsBack();
    ASSERT_TRUE(confirm(first));
    EXPECT_EQ(world.tickets.size(), 2U);
}

TEST_F(HubJoined, ACallThatIsBackIsLookedUpBeforeItIsSentForTheOthersTicketMayHaveBeenMade) {
    int round = 0;
    for (const bool isGivenUp : {true, false})
        for (const bool isRestarted : {true, false}) {
            const std::string where =
                std::string{isGivenUp ? "given up" : "left"} + (isRestarted ? ", restarted" : "");
            world.pass(1h);
            const std::string key = std::to_string(++round);
            first = draftIdFor(world.wholeCall(3, "a" + key));
            world.pass(1min);
            second = draftIdFor(world.wholeCall(3, "b" + key));
            protocol::DraftFields fields = draft(second).fields;
            fields.continues = first;
            ASSERT_TRUE(edit(second, fields));
            confirmAs(DeliveryState::Rejected);
            if (isGivenUp)
                giveUp();
            else
                ASSERT_TRUE(drop());
            expectIsBack(where);
            EXPECT_EQ(world.hub->status().waitingDrafts, 3) << where << ": and those of the start";
            EXPECT_EQ(world.hub->status().unsettledTickets, isGivenUp ? 0 : 1) << where << ": the other's";
            world.pass(5min);
            if (isRestarted) world.restart();
            expectIsBack(where);
            world.desk->delivered.clear();
            ASSERT_TRUE(confirm(first));
            ASSERT_EQ(world.desk->delivered.size(), 1U) << where;
            const OutboxEntry sent = world.desk->delivered.front();
            EXPECT_EQ(sent.delivery.state, DeliveryState::Unknown) << where;
            EXPECT_EQ(sent.step, "") << where;
            EXPECT_EQ(sent.createdAtMs, world.disk.calls.at(sent.callId).startedAtMs) << where;
            EXPECT_EQ(draft(first).delivery.state, DeliveryState::Created) << where;
            giveUp();
        }
}

TEST_F(HubJoined, ACallThatIsBackGoesOnInNoOtherDraft) {
    confirmAs(DeliveryState::Rejected);
    ASSERT_TRUE(drop());
    world.pass(1min);
    const DraftId third = draftIdFor(world.wholeCall(3, "3cx/201/3"));
    for (const protocol::TicketOffer& offer :
         draft(third).offers.value_or(std::vector<protocol::TicketOffer>{}))
        EXPECT_NE(offer.draftId, first);
    protocol::DraftFields fields = draft(third).fields;
    fields.continues = first;
    EXPECT_FALSE(edit(third, fields));
}

TEST_F(HubJoined, ACallThatIsBackTakesUpNoOtherDraft) {
    ASSERT_TRUE(drop());
    world.pass(1min);
    const DraftId third = draftIdFor(world.wholeCall(3, "3cx/201/3"));
    protocol::DraftFields fields = draft(third).fields;
    fields.continues = second;
    ASSERT_TRUE(edit(third, fields));
    world.desk->outcome = DeliveryState::Rejected;
    ASSERT_TRUE(confirm(third));
    world.desk->outcome.reset();
    ASSERT_TRUE(world.hub->decideDelivery("agent:201", {third, DeliveryDecision::GiveUp, std::nullopt}));
    world.settle();
    ASSERT_EQ(draft(second).state, DraftState::Inbox);
    EXPECT_FALSE(draft(second).offers) << "its own ticket may be found, without a word of the first call";
    fields = draft(second).fields;
    fields.continues = first;
    EXPECT_FALSE(edit(second, fields));
    ASSERT_TRUE(confirm(second));
    EXPECT_EQ(draft(second).delivery.state, DeliveryState::Created);
    EXPECT_EQ(draft(first).state, DraftState::Inbox);
    EXPECT_EQ(stageOf(first), CallStage::Drafted);
}

TEST_F(HubJoined, NothingIsJoinedToWhatWasSent) {
    confirmAs(DeliveryState::Rejected);
    ASSERT_TRUE(drop());
    protocol::DraftFields fields = draft(second).fields;
    fields.continues = first;
    const auto refused = edit(second, fields);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::BadMessage);
    EXPECT_TRUE(refused.error().detail.starts_with("continues: ")) << refused.error().detail;
}

TEST_F(HubJoined, ARefusedTicketOfAnotherCallerPartsFromTheFirstCall) {
    for (const char* uid : {"aa11", "bb22"}) {
        world.pass(1min);
        if (std::string{uid} == "bb22") {
            first = draftIdFor(world.wholeCall(3, "3cx/201/8"));
            world.pass(1min);
            second = draftIdFor(world.wholeCall(3, "3cx/201/9"));
            protocol::DraftFields joined = draft(second).fields;
            joined.summary = "Le certificat.";
            joined.continues = first;
            ASSERT_TRUE(edit(second, joined));
        }
        confirmAs(DeliveryState::Rejected);
        protocol::DraftFields fields = draft(second).fields;
        fields.requesterUid = uid;
        fields.organizationId = std::nullopt;
        ASSERT_TRUE(edit(second, fields));
        EXPECT_EQ(draft(second).fields.continues, std::nullopt) << uid;
        expectIsBack(uid);
        world.desk->amended.clear();
        ASSERT_TRUE(confirm(second));
        ASSERT_EQ(world.desk->amended.size(), 1U);
        expectSaysNothingOfTheFirst(world.desk->amended.front());
    }
}

TEST_F(HubJoined, AFirstCallThatNobodyCouldNameGoesOnWithWhoeverCalled) {
    protocol::DraftFields fields = draft(first).fields;
    fields.requesterUid.reset();
    ASSERT_TRUE(edit(first, fields));
    confirmAs(DeliveryState::Rejected);
    fields = draft(second).fields;
    fields.requesterUid = "bb22";
    ASSERT_TRUE(edit(second, fields));
    EXPECT_EQ(draft(second).fields.continues, first) << "the same number, of one organisation";
    ASSERT_TRUE(confirm(second));
    const OutboxEntry& sent = world.desk->amended.front();
    ASSERT_TRUE(sent.joined);
    ASSERT_EQ(sent.joined->size(), 1U);
    EXPECT_NE(sent.joined->front().description.find("Appelant : Zoé Petit"), std::string::npos)
        << sent.joined->front().description;
}

TEST_F(HubJoined, ATextThatBecomesPublicLosesTheFirstCallsSummary) {
    confirmAs(DeliveryState::Rejected);
    world.restart();
    protocol::DraftFields fields = draft(second).fields;
    fields.isPublic = true;
    ASSERT_TRUE(edit(second, fields));
    ASSERT_TRUE(confirm(second));
    const std::string body = bodyToSend(world.desk->amended.front());
    EXPECT_NE(body.find("\n\nAppel précédent, même dossier\nAppelant : "), std::string::npos) << body;
    EXPECT_EQ(body.find("Le VPN ne se connecte plus."), std::string::npos) << body;
}

TEST_F(HubJoined, ACallThatPartedIsNotBroughtBackOnceMore) {
    confirmAs(DeliveryState::Rejected);
    ASSERT_TRUE(drop());
    ASSERT_TRUE(world.hub->discardDraft("agent:201", {first, "non"}));
    world.settle();
    for (int start = 0; start < 2; ++start) {
        EXPECT_EQ(draft(first).state, DraftState::Discarded);
        EXPECT_EQ(stageOf(first), CallStage::Closed);
        world.restart();
    }
    giveUp();
    EXPECT_EQ(draft(first).state, DraftState::Discarded);
    EXPECT_EQ(draft(first).discardReason, "non");
}

TEST_F(HubJoined, ATicketThatIsThereAlreadyTakesNothingOfACallThatParted) {
    confirmAs(DeliveryState::Rejected);
    ASSERT_TRUE(drop());
    expectIsBack();
    ASSERT_TRUE(
        world.hub->decideDelivery("agent:201", {second, DeliveryDecision::AlreadyThere, TicketId{88}}));
    world.settle();
    ASSERT_EQ(world.desk->decidedAbout.size(), 1U);
    ASSERT_TRUE(world.desk->decidedAbout.front());
    expectSaysNothingOfTheFirst(*world.desk->decidedAbout.front());
    EXPECT_TRUE(world.desk->amended.empty());
    expectIsBack();
}

TEST_F(HubJoined, AnErasedCallIsNeitherSentNorShown) {
    confirmAs(DeliveryState::Rejected);
    ASSERT_TRUE(draft(second).offers);
    EXPECT_NE(draft(second).offers->front().subject, "");
    world.hub->onWordsErased({draft(first).callId});
    world.settle();
    for (const protocol::TicketOffer& offer :
         draft(second).offers.value_or(std::vector<protocol::TicketOffer>{}))
        EXPECT_EQ(offer.subject, "");
    ASSERT_TRUE(confirm(second));
    const OutboxEntry& sent = world.desk->amended.front();
    EXPECT_EQ(bodyToSend(sent).find("Appel précédent"), std::string::npos);
    EXPECT_EQ(std::ranges::count(noteToSend(sent), '['), 6) << noteToSend(sent);
    ASSERT_TRUE(sent.joined);
    ASSERT_EQ(sent.joined->size(), 1U) << "that it goes on there is no word of it";
    EXPECT_EQ(sent.joined->front().description + sent.joined->front().transcript, "");
    EXPECT_EQ(stageOf(first), CallStage::Closed) << "it is settled with the ticket";
}

TEST_F(HubJoined, ACallWhoseWordsAreErasedComesBackAsWell) {
    confirmAs(DeliveryState::Rejected);
    world.hub->onWordsErased({draft(first).callId});
    world.settle();
    giveUp();
    expectIsBack();
}

TEST_F(HubJoined, OfACallThatIsErasedNothingComesBack) {
    confirmAs(DeliveryState::Rejected);
    world.hub->onCallsErased({draft(first).callId});
    world.settle();
    giveUp();
    EXPECT_EQ(draft(first).state, DraftState::Discarded);
    EXPECT_FALSE(world.wasAudited("server", "draft.reopen"));
}

TEST_F(HubJoined, AMergedTextOfAnEarlierVersionIsKeptAndMadeAnewForAnotherCustomer) {
    confirmAs(DeliveryState::Rejected);
    OutboxEntry& stored = world.disk.outbox.at(second);
    stored.description = bodyToSend(stored) + "\n\nRef: " + stored.marker;
    stored.transcriptNote = noteToSend(stored);
    stored.joined.reset();
    world.disk.calls.at(draft(first).callId).stage = CallStage::Closed;
    world.restart();
    world.desk->outcome = DeliveryState::Rejected;
    world.desk->problemCode = "fieldRefused";
    ASSERT_TRUE(edit(second, draft(second).fields));
    ASSERT_TRUE(confirm(second));
    EXPECT_NE(bodyToSend(world.desk->amended.front()).find("Le VPN ne se connecte plus."), std::string::npos);
    EXPECT_EQ(std::ranges::count(noteToSend(world.desk->amended.front()), '['), 12);
    world.desk->outcome.reset();
    protocol::DraftFields fields = draft(second).fields;
    fields.requesterUid = "aa11";
    fields.organizationId = 9;
    ASSERT_TRUE(edit(second, fields));
    ASSERT_TRUE(confirm(second));
    expectSaysNothingOfTheFirst(world.desk->amended.back());
    EXPECT_EQ(draft(first).state, DraftState::Discarded);
}

/// The disk as it is after the n-th commit of what `act` does, and a restart.
class HubJoinedCrash : public HubJoined {};

TEST_F(HubJoinedCrash, AtAnyCommitOfGivingUpNoCallIsLost) {
    for (const Death death : {Death::BeforeStoring, Death::AfterStoring})
        for (int n = 0; n < 2; ++n) {
            const std::string where = "crash at commit " + std::to_string(n);
            if (n > 0 || death == Death::AfterStoring) {
                world.pass(15min);
                first = draftIdFor(world.wholeCall(3, "a" + std::to_string(n) + std::to_string(int(death))));
                world.pass(1min);
                second = draftIdFor(world.wholeCall(3, "b" + std::to_string(n) + std::to_string(int(death))));
                protocol::DraftFields fields = draft(second).fields;
                fields.continues = first;
                ASSERT_TRUE(edit(second, fields));
            }
            confirmAs(DeliveryState::Rejected);
            world.store->crashAfter(n, death);
            giveUp();
            ASSERT_TRUE(world.store->isDead()) << where;
            world.restart();
            if (draft(second).delivery.problemCode != "givenUp") {
                ASSERT_EQ(n, 0) << where;
                expectWaitsInTheOther(where);
                giveUp();
            }
            EXPECT_EQ(draft(second).delivery.problemCode, "givenUp") << where;
            EXPECT_EQ(stageOf(second), CallStage::Closed) << where;
            expectIsBack(where);
        }
}

TEST_F(HubJoinedCrash, AtAnyCommitOfAnEditEitherBothOrNothingHaveParted) {
    confirmAs(DeliveryState::Rejected);
    for (const Death death : {Death::BeforeStoring, Death::AfterStoring}) {
        world.store->crashAfter(0, death);
        ASSERT_TRUE(drop());
        ASSERT_TRUE(world.store->isDead());
        world.restart();
        if (death == Death::BeforeStoring) {
            expectWaitsInTheOther();
            EXPECT_EQ(draft(second).fields.continues, first);
        } else {
            expectIsBack();
            EXPECT_EQ(draft(second).fields.continues, std::nullopt);
        }
    }
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
