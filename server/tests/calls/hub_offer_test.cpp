#include "server/calls/draft_maker.hpp"
#include "server/calls/outbox_text.hpp"
#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// An open ticket for a comment, an earlier draft to go on with: offered, and taken up by a person alone.
namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::DeliveryState;
using protocol::DraftState;
using protocol::OfferKind;
using Death = FakeStore::Death;

OpenTicket openTicket(std::int64_t id, const std::string& uid = "5b0c8c52") {
    OpenTicket ticket;
    ticket.ticketId = TicketId{id};
    ticket.organizationId = 7;
    ticket.requesterUid = uid;
    ticket.subject = "VPN lent";
    ticket.status = "Ouvert";
    return ticket;
}

/// Two calls of the same customer, the first of which still waits in the inbox.
struct TwoCalls {
    explicit TwoCalls(World& world) : world(world) {
        first = draftIdFor(world.wholeCall());
        world.pass(1min);
        second = draftIdFor(world.wholeCall(3, "3cx/201/2"));
    }
    World& world;
    DraftId first{""};
    DraftId second{""};
};

class HubOffer : public testing::Test {
protected:
    protocol::Draft draft(const DraftId& draftId) const { return world.disk.drafts.at(draftId); }
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
    Result<void> goOnWith(const DraftId& draftId, const std::optional<DraftId>& earlier) {
        protocol::DraftFields fields = draft(draftId).fields;
        fields.continues = earlier;
        return edit(draftId, fields);
    }
    /// A look at NinjaOne shows the ticket in this block of statuses.
    void turns(TicketId ticketId, std::int64_t parentId) {
        protocol::TicketProgress progress;
        progress.parentId = parentId;
        world.hub->onProgress(ticketId, progress);
        world.settle();
    }
    const std::vector<protocol::FieldProblem> kNoComment{{"commentOn", "inactive"}};
    World world;
};

TEST_F(HubOffer, AnOpenTicketOfTheCallerIsOfferedAndNotTaken) {
    world.desk->openTickets = {openTicket(12), openTicket(13, "aa11")};
    world.hub->onAgentOnline(kExtension);
    const DraftId id = draftIdFor(world.wholeCall());
    ASSERT_TRUE(draft(id).offers);
    ASSERT_EQ(draft(id).offers->size(), 1U);
    EXPECT_EQ(draft(id).offers->front().ticketId, TicketId{12});
    EXPECT_TRUE(draft(id).offers->front().isSameTopic);
    EXPECT_EQ(draft(id).fields.commentOn, std::nullopt);
    world.shownDraft();
    world.pass(16s);
    EXPECT_EQ(draft(id).state, DraftState::Confirmed) << "an offer holds nothing up";
    EXPECT_EQ(world.disk.outbox.at(id).fields.commentOn, std::nullopt);
}

TEST_F(HubOffer, ACommentIsTakenUpAmongTheOffersAlone) {
    world.desk->openTickets = {openTicket(12)};
    world.hub->onAgentOnline(kExtension);
    const DraftId id = draftIdFor(world.wholeCall());
    protocol::DraftFields fields = draft(id).fields;
    fields.commentOn = TicketId{13};
    const auto refused = edit(id, fields);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::BadMessage);
    EXPECT_TRUE(refused.error().detail.starts_with("commentOn: ")) << refused.error().detail;
    fields.commentOn = TicketId{12};
    ASSERT_TRUE(edit(id, fields));
    world.desk->openTickets.clear();  // closed meanwhile: the delivery will tell
    fields = draft(id).fields;
    fields.subject = "VPN, encore";
    ASSERT_TRUE(edit(id, fields));
    EXPECT_EQ(draft(id).offers->size(), 1U) << "what is taken up stays in sight";
    ASSERT_TRUE(confirm(id));
    EXPECT_EQ(world.disk.outbox.at(id).fields.commentOn, TicketId{12});
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.comment"));
}

TEST_F(HubOffer, ACallThatTurnsOutToBeInAnotherTicketIsNoCommentAnyMore) {
    world.desk->openTickets = {openTicket(12)};
    world.hub->onAgentOnline(kExtension);
    const DraftId id = draftIdFor(world.wholeCall());
    protocol::DraftFields fields = draft(id).fields;
    fields.commentOn = TicketId{12};
    ASSERT_TRUE(edit(id, fields));
    ASSERT_TRUE(confirm(id));
    EXPECT_EQ(draft(id).delivery.ticketId, TicketId{4711}) << "made by an earlier attempt";
    EXPECT_EQ(draft(id).fields.commentOn, std::nullopt);
}

TEST_F(HubOffer, AnOfferGoesWithItsRequester) {
    protocol::Contact paul;
    paul.uid = "aa11";
    paul.name = "Paul Petit";
    paul.organizationId = 9;
    world.directory.people.push_back(paul);
    OpenTicket his = openTicket(13, "aa11");
    his.organizationId = 9;
    world.desk->openTickets = {openTicket(12), his};
    world.hub->onAgentOnline(kExtension);
    const DraftId id = draftIdFor(world.wholeCall());
    protocol::DraftFields fields = draft(id).fields;
    fields.commentOn = TicketId{12};
    ASSERT_TRUE(edit(id, fields));
    fields = draft(id).fields;
    fields.requesterUid = "aa11";
    fields.organizationId = 9;
    ASSERT_TRUE(edit(id, fields));
    EXPECT_EQ(draft(id).fields.commentOn, std::nullopt);
    ASSERT_TRUE(draft(id).offers);
    EXPECT_EQ(draft(id).offers->front().ticketId, TicketId{13});
    fields = draft(id).fields;
    fields.commentOn = TicketId{12};
    EXPECT_FALSE(edit(id, fields)) << "another customer's ticket";
}

TEST_F(HubOffer, TheTicketOfAnEarlierCallIsOfferedUntilItIsResolvedAlsoAfterARestart) {
    world.hub->onAgentOnline(kExtension);
    const DraftId first = draftIdFor(world.wholeCall());
    ASSERT_TRUE(confirm(first));
    world.restart();
    world.pass(1min);
    const DraftId second = draftIdFor(world.wholeCall(3, "3cx/201/2"));
    ASSERT_TRUE(draft(second).offers);
    EXPECT_EQ(draft(second).offers->front().kind, OfferKind::Comment);
    EXPECT_EQ(draft(second).offers->front().ticketId, TicketId{4711});
    turns(TicketId{4711}, 6000);
    EXPECT_FALSE(draft(second).offers);
}

TEST_F(HubOffer, LeavesAWaitingDraftWithItsTicketAndComesBackWithIt) {
    world.hub->onAgentOnline(kExtension);
    ASSERT_TRUE(confirm(draftIdFor(world.wholeCall())));
    world.pass(1min);
    const DraftId id = draftIdFor(world.wholeCall(3, "3cx/201/2"));
    ASSERT_TRUE(draft(id).offers);
    const std::int32_t revision = draft(id).revision;
    turns(TicketId{4711}, 5000);
    EXPECT_FALSE(draft(id).offers);
    EXPECT_EQ(draft(id).revision, revision + 1);
    turns(TicketId{4711}, 6000);
    EXPECT_EQ(draft(id).revision, revision + 1) << "nothing new to it";
    turns(TicketId{4711}, 2000);
    ASSERT_TRUE(draft(id).offers);
    EXPECT_EQ(draft(id).offers->front().ticketId, TicketId{4711});
}

TEST_F(HubOffer, ThatIsTakenUpHoldsTheDraftWhileItsTicketIsClosed) {
    world.hub->onAgentOnline(kExtension);
    ASSERT_TRUE(confirm(draftIdFor(world.wholeCall())));
    world.pass(1min);
    const DraftId id = draftIdFor(world.wholeCall(3, "3cx/201/2"));
    world.shownDraft();
    protocol::DraftFields fields = draft(id).fields;
    fields.commentOn = TicketId{4711};
    ASSERT_TRUE(edit(id, fields));
    ASSERT_TRUE(world.hub->pauseDraft(kExtension, {id, false}));
    world.settle();
    ASSERT_TRUE(draft(id).isAutomatic);
    turns(TicketId{4711}, 5000);
    EXPECT_EQ(draft(id).problems, kNoComment);
    EXPECT_FALSE(draft(id).isAutomatic);
    EXPECT_EQ(draft(id).heldBecause, "fieldsMissing");
    ASSERT_TRUE(draft(id).offers) << "what is taken up stays in sight";
    world.pass(16s);
    EXPECT_EQ(draft(id).state, DraftState::Inbox);
    EXPECT_FALSE(world.disk.outbox.contains(id));
    EXPECT_FALSE(confirm(id));
    turns(TicketId{4711}, 2000);
    EXPECT_TRUE(draft(id).problems.empty());
    ASSERT_TRUE(confirm(id));
    EXPECT_EQ(world.disk.outbox.at(id).fields.commentOn, TicketId{4711});
}

TEST_F(HubOffer, OfAColleaguesTicketIsClosedWhenTheTicketDeskSaysSo) {
    world.desk->openTickets = {openTicket(12), openTicket(14)};
    world.hub->onAgentOnline(kExtension);
    const DraftId id = draftIdFor(world.wholeCall());
    protocol::DraftFields fields = draft(id).fields;
    fields.commentOn = TicketId{12};
    ASSERT_TRUE(edit(id, fields));
    world.desk->openTickets.clear();
    world.hub->onNinjaNews();
    world.settle();
    ASSERT_TRUE(draft(id).offers);
    EXPECT_EQ(draft(id).offers->size(), 1U) << "the other one is gone";
    EXPECT_TRUE(draft(id).problems.empty()) << "not seen is not closed";
    world.desk->closedTickets = {TicketId{12}};
    world.hub->onNinjaNews();
    world.settle();
    EXPECT_EQ(draft(id).problems, kNoComment);
    fields = draft(id).fields;
    fields.commentOn.reset();
    ASSERT_TRUE(edit(id, fields));
    EXPECT_TRUE(draft(id).problems.empty());
    EXPECT_FALSE(draft(id).offers);
}

TEST_F(HubOffer, ASecondCallGoesOnWithTheFirstOnesDraftInOneTicket) {
    TwoCalls calls{world};
    ASSERT_TRUE(draft(calls.second).offers);
    ASSERT_EQ(draft(calls.second).offers->size(), 1U);
    EXPECT_EQ(draft(calls.second).offers->front().kind, OfferKind::Continue);
    EXPECT_EQ(draft(calls.second).offers->front().draftId, calls.first);
    EXPECT_FALSE(draft(calls.first).offers);
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    EXPECT_EQ(draft(calls.first).state, DraftState::Inbox) << "nothing happens before it is confirmed";
    ASSERT_TRUE(confirm(calls.second));

    EXPECT_EQ(draft(calls.first).state, DraftState::Discarded);
    EXPECT_EQ(draft(calls.first).continuedIn, calls.second);
    EXPECT_EQ(world.disk.calls.at(draft(calls.first).callId).stage, protocol::CallStage::Closed);
    ASSERT_EQ(world.disk.outbox.size(), 1U);
    const OutboxEntry& entry = world.disk.outbox.at(calls.second);
    EXPECT_EQ(entry.marker, markerFor(draft(calls.second).callId));
    EXPECT_NE(bodyToSend(entry).find(
                  "\n\nAppel précédent, même dossier\nLe VPN ne se connecte plus.\n\nAppelant : "),
              std::string::npos)
        << bodyToSend(entry);
    const std::string note = noteToSend(entry);
    const auto headOfFirst = note.find("\n\nAppel du ");
    ASSERT_NE(headOfFirst, std::string::npos) << note;
    EXPECT_NE(note.find("\n\nAppel du ", headOfFirst + 1), std::string::npos);
    EXPECT_EQ(std::ranges::count(note, '['), 12);
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.continue"));
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST_F(HubOffer, AFirstDraftThatWasSettledMeanwhileIsAConflictAndItsTicketIsOffered) {
    TwoCalls calls{world};
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    ASSERT_TRUE(confirm(calls.first));
    EXPECT_EQ(draft(calls.second).problems,
              (std::vector<protocol::FieldProblem>{{"continues", "notAllowed"}}));
    const auto conflict = confirm(calls.second);
    ASSERT_FALSE(conflict);
    EXPECT_EQ(conflict.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(draft(calls.second).state, DraftState::Inbox);
    EXPECT_EQ(draft(calls.second).fields.continues, std::nullopt);
    EXPECT_TRUE(draft(calls.second).problems.empty());
    ASSERT_TRUE(draft(calls.second).offers);
    ASSERT_EQ(draft(calls.second).offers->size(), 1U);
    EXPECT_EQ(draft(calls.second).offers->front().kind, OfferKind::Comment);
    EXPECT_EQ(draft(calls.second).offers->front().ticketId, TicketId{4711});
    EXPECT_FALSE(world.disk.outbox.contains(calls.second));
}

TEST_F(HubOffer, AFirstDraftThatWasDiscardedIsOfferedNoMore) {
    TwoCalls calls{world};
    ASSERT_TRUE(world.hub->discardDraft("agent:201", {calls.first, "non"}));
    world.settle();
    EXPECT_FALSE(draft(calls.second).offers);
    const auto refused = goOnWith(calls.second, calls.first);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::BadMessage);
}

TEST_F(HubOffer, IsLeftAgain) {
    TwoCalls calls{world};
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    ASSERT_TRUE(goOnWith(calls.second, std::nullopt));
    ASSERT_TRUE(confirm(calls.second));
    EXPECT_EQ(draft(calls.first).state, DraftState::Inbox);
    EXPECT_EQ(bodyToSend(world.disk.outbox.at(calls.second)).find("Appel précédent"), std::string::npos);
}

TEST_F(HubOffer, ThreeCallsInARowMakeOneTicket) {
    TwoCalls calls{world};
    world.pass(1min);
    const DraftId third = draftIdFor(world.wholeCall(3, "3cx/201/3"));
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    ASSERT_TRUE(goOnWith(third, calls.second));
    ASSERT_TRUE(confirm(third));
    EXPECT_EQ(draft(calls.first).state, DraftState::Discarded);
    EXPECT_EQ(draft(calls.second).state, DraftState::Discarded);
    EXPECT_EQ(std::ranges::count(noteToSend(world.disk.outbox.at(third)), '['), 18);
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST_F(HubOffer, AFirstCallThatTurnsOutToBeAnotherPersonsIsLeft) {
    protocol::Contact paul;
    paul.uid = "aa11";
    paul.name = "Paul Petit";
    paul.organizationId = 7;
    world.directory.people.push_back(paul);
    TwoCalls calls{world};
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    protocol::DraftFields fields = draft(calls.first).fields;
    fields.requesterUid = "aa11";
    ASSERT_TRUE(edit(calls.first, fields));
    const auto conflict = confirm(calls.second);
    ASSERT_FALSE(conflict);
    EXPECT_EQ(conflict.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(draft(calls.first).state, DraftState::Inbox);
    EXPECT_FALSE(draft(calls.second).offers);
    ASSERT_TRUE(confirm(calls.second));
    EXPECT_EQ(bodyToSend(world.disk.outbox.at(calls.second)).find("Appel précédent"), std::string::npos);
}

TEST_F(HubOffer, ACallBetweenTwoOfAnotherPersonBringsNobodyElsesWords) {
    protocol::Contact paul;
    paul.uid = "aa11";
    paul.name = "Paul Petit";
    paul.organizationId = 7;
    world.directory.people.push_back(paul);
    TwoCalls calls{world};
    world.pass(1min);
    const DraftId third = draftIdFor(world.wholeCall(3, "3cx/201/3"));
    protocol::DraftFields fields = draft(calls.first).fields;
    fields.requesterUid = "aa11";
    ASSERT_TRUE(edit(calls.first, fields));
    fields = draft(calls.second).fields;  // nobody knows who that was
    fields.requesterUid.reset();
    ASSERT_TRUE(edit(calls.second, fields));
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    ASSERT_TRUE(goOnWith(third, calls.second));
    ASSERT_TRUE(confirm(third));
    EXPECT_EQ(draft(calls.second).state, DraftState::Discarded);
    EXPECT_EQ(draft(calls.first).state, DraftState::Inbox);
    EXPECT_EQ(std::ranges::count(noteToSend(world.disk.outbox.at(third)), '['), 12);
}

TEST_F(HubOffer, AnotherExtensionsDraftIsNotOffered) {
    world.wholeCall();
    world.pass(1min);
    world.phone(protocol::CallState::Connected, "3cx/202/1", kCustomer, protocol::Direction::Inbound,
                Extension{"202"});
    world.phone(protocol::CallState::Ended, "3cx/202/1", kCustomer, protocol::Direction::Inbound,
                Extension{"202"});
    world.pass(20s);
    ASSERT_TRUE(world.draft());
    EXPECT_EQ(world.draft()->extension, Extension{"202"});
    EXPECT_FALSE(world.draft()->offers);
}

TEST_F(HubOffer, WhatIsOlderThanARestoredBackupIsNotGoneOnWith) {
    world.wholeCall();
    world.clock.advance(1min);
    world.disk.restoredAtMs = toEpochMs(world.clock.now());
    world.restart();
    world.pass(1min);
    const DraftId second = draftIdFor(world.wholeCall(3, "3cx/201/2"));
    EXPECT_FALSE(draft(second).offers) << "it may be a ticket that the store does not know of";
}

TEST_F(HubOffer, WhatIsOlderThanARestoredBackupTakesUpNoOtherDraft) {
    TwoCalls calls{world};
    ASSERT_TRUE(draft(calls.second).offers);
    world.clock.advance(1min);
    world.disk.restoredAtMs = toEpochMs(world.clock.now());
    world.restart();
    EXPECT_FALSE(draft(calls.second).offers) << "in the ticket that is found for it is no word of the first";
    EXPECT_FALSE(goOnWith(calls.second, calls.first));
    ASSERT_TRUE(confirm(calls.second));
    EXPECT_EQ(draft(calls.second).delivery.state, DeliveryState::Created);
    EXPECT_EQ(draft(calls.first).state, DraftState::Inbox);
}

TEST_F(HubOffer, WhatTookUpAnotherDraftBeforeTheRestoredBackupLeavesIt) {
    TwoCalls calls{world};
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    world.clock.advance(1min);
    world.disk.restoredAtMs = toEpochMs(world.clock.now());
    world.restart();
    ASSERT_TRUE(draft(calls.second).offers) << "what was chosen is in sight";
    const auto conflict = confirm(calls.second);
    ASSERT_FALSE(conflict) << "for the technician to look at once more";
    EXPECT_EQ(conflict.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(draft(calls.second).fields.continues, std::nullopt);
    EXPECT_FALSE(draft(calls.second).offers);
    ASSERT_TRUE(confirm(calls.second));
    EXPECT_EQ(draft(calls.first).state, DraftState::Inbox);
}

TEST_F(HubOffer, AMendedTicketStillSpeaksOfBothCallsAfterARestart) {
    TwoCalls calls{world};
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    world.desk->outcome = DeliveryState::Rejected;
    world.desk->problemCode = "fieldRefused";
    ASSERT_TRUE(confirm(calls.second));
    const OutboxEntry refused = world.disk.outbox.at(calls.second);
    world.restart();
    protocol::DraftFields fields = draft(calls.second).fields;
    fields.summary = "Le certificat a expiré.";
    ASSERT_TRUE(edit(calls.second, fields));
    ASSERT_TRUE(confirm(calls.second));
    ASSERT_EQ(world.desk->amended.size(), 1U);
    const OutboxEntry& mended = world.desk->amended.front();
    EXPECT_EQ(noteToSend(mended), noteToSend(refused));
    EXPECT_EQ(mended.joined, refused.joined);
    EXPECT_TRUE(bodyToSend(mended).starts_with("Le certificat a expiré.\n\nAppelant : "));
    EXPECT_NE(bodyToSend(mended).find("\n\nAppel précédent, même dossier\nLe VPN ne se connecte plus."),
              std::string::npos)
        << bodyToSend(mended);
}

TEST_F(HubOffer, TheNoteOfBothCallsComesBackWhenItIsWantedAgain) {
    TwoCalls calls{world};
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    world.desk->outcome = DeliveryState::Rejected;
    world.desk->problemCode = "fieldRefused";
    ASSERT_TRUE(confirm(calls.second));
    const std::string whole = noteToSend(world.disk.outbox.at(calls.second));
    const auto sendWith = [&](bool includesTranscript) {
        protocol::DraftFields fields = draft(calls.second).fields;
        fields.includesTranscript = includesTranscript;
        ASSERT_TRUE(edit(calls.second, fields));
        ASSERT_TRUE(confirm(calls.second));
    };
    sendWith(false);
    EXPECT_FALSE(hasNote(world.disk.outbox.at(calls.second)));
    world.restart();
    world.desk->outcome = DeliveryState::Rejected;
    world.desk->problemCode = "fieldRefused";
    sendWith(true);
    EXPECT_EQ(noteToSend(world.disk.outbox.at(calls.second)), whole);
    EXPECT_FALSE(world.disk.outbox.at(calls.second).unwantedNote);
}

TEST_F(HubOffer, ATicketIsNotOfferedByWordsThatAreErased) {
    const CallId first = world.wholeCall();
    world.pass(1min);
    ASSERT_TRUE(confirm(draftIdFor(first)));
    const DraftId waiting = draftIdFor(world.wholeCall(3, "3cx/201/2"));
    ASSERT_TRUE(draft(waiting).offers);
    world.pass(1min);
    world.hub->onWordsErased({first});
    world.settle();
    EXPECT_FALSE(draft(waiting).offers);
    const protocol::Draft next = draft(draftIdFor(world.wholeCall(3, "3cx/201/3")));
    ASSERT_TRUE(next.offers);
    for (const protocol::TicketOffer& offer : *next.offers) EXPECT_EQ(offer.kind, OfferKind::Continue);
}

TEST_F(HubOffer, NewsAreReadIntoManyDraftsAFewAtATime) {
    constexpr std::size_t kDrafts = 400;
    world.wholeCall();
    ASSERT_TRUE(world.hub->postponeDraft("agent:201", world.draft()->draftId));
    world.settle();
    const protocol::Call call = world.call();
    const protocol::Draft waiting = *world.draft();
    for (std::size_t i = 1; i < kDrafts; ++i) {
        protocol::Call other = call;
        other.callId = CallId{"call-other-" + std::to_string(i)};
        protocol::Draft its = waiting;
        its.callId = other.callId;
        its.draftId = draftIdFor(other.callId);
        world.disk.calls.emplace(other.callId, other);
        world.disk.phoneKeys.emplace(other.callId, "");
        world.disk.drafts.emplace(its.draftId, its);
    }
    world.restart();
    world.desk->problems = {{"status", "unknown"}};
    const auto judged = [&] {
        world.settle();
        return static_cast<std::size_t>(std::ranges::count_if(world.disk.drafts, [&](const auto& item) {
            return item.second.problems == world.desk->problems;
        }));
    };
    world.hub->onNinjaNews();
    std::size_t before = judged();
    EXPECT_GT(before, 0U);
    EXPECT_LT(before, kDrafts / 4);
    for (int tick = 0; tick < 20; ++tick) {
        world.hub->tick();
        world.hub->onNinjaNews();  // all are to be judged once more: those that were not yet, first
        const std::size_t now = judged();
        EXPECT_LT(now - before, kDrafts / 4);
        before = now;
    }
    EXPECT_EQ(before, kDrafts);
}

TEST_F(HubOffer, ATicketIsOfferedForAMonth) {
    const DraftId first = draftIdFor(world.wholeCall());
    ASSERT_TRUE(confirm(first));
    world.clock.advance(std::chrono::hours{29 * 24});
    world.pass(1min);
    EXPECT_TRUE(draft(draftIdFor(world.wholeCall(3, "3cx/201/2"))).offers);
    world.clock.advance(std::chrono::hours{2 * 24});
    world.pass(1min);
    EXPECT_FALSE(draft(draftIdFor(world.wholeCall(3, "3cx/201/3"))).offers);
}

TEST_F(HubOffer, TwoDraftsCannotGoOnWithEachOther) {
    TwoCalls calls{world};
    ASSERT_TRUE(goOnWith(calls.second, calls.first));
    const auto refused = goOnWith(calls.first, calls.second);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::BadMessage);
    world.disk.drafts.at(calls.first).fields.continues = calls.second;  // by whatever mishap
    world.restart();
    ASSERT_TRUE(confirm(calls.second));
    EXPECT_EQ(world.disk.outbox.size(), 1U);
    EXPECT_EQ(draft(calls.first).state, DraftState::Discarded);
    EXPECT_EQ(std::ranges::count(noteToSend(world.disk.outbox.at(calls.second)), '['), 12);
}

TEST(HubOfferCrash, AtAnyCommitBothCallsAreInOneTicket) {
    const auto goOn = [](World& world, const TwoCalls& calls) {
        const auto isDead = [&] { return world.store->isDead(); };
        const auto draft = [&] { return world.disk.drafts.at(calls.second); };
        if (draft().state == DraftState::Confirmed) return;
        protocol::DraftFields fields = draft().fields;
        fields.continues = calls.first;
        (void)world.hub->editDraft("agent:201", {calls.second, draft().revision, fields});
        world.settle();
        if (isDead()) return;
        (void)world.hub->confirmDraft("agent:201", {calls.second, draft().revision});
        world.settle();
    };
    int commits = 0;
    {
        World unharmed;
        const TwoCalls calls{unharmed};
        const int before = unharmed.store->commits;
        goOn(unharmed, calls);
        commits = unharmed.store->commits - before;
        ASSERT_GT(commits, 2);
    }
    for (const Death death : {Death::BeforeStoring, Death::AfterStoring})
        for (int n = 0; n < commits; ++n) {
            const std::string where = "crash at commit " + std::to_string(n);
            World world;
            const TwoCalls calls{world};
            world.store->crashAfter(n, death);
            goOn(world, calls);
            ASSERT_TRUE(world.store->isDead()) << where;
            const bool isGone = world.disk.drafts.at(calls.first).state == DraftState::Discarded;
            EXPECT_EQ(isGone, world.disk.outbox.contains(calls.second)) << where;
            world.restart();
            goOn(world, calls);
            world.settle();
            EXPECT_EQ(world.disk.drafts.at(calls.first).state, DraftState::Discarded) << where;
            EXPECT_EQ(world.disk.outbox.size(), 1U) << where;
            EXPECT_EQ(world.tickets.size(), 1U) << where;
            EXPECT_EQ(world.disk.outboxWrites.at(calls.second), 1) << where;
            EXPECT_EQ(std::ranges::count(noteToSend(world.disk.outbox.at(calls.second)), '['), 12) << where;
            for (const auto& [callId, call] : world.disk.calls)
                EXPECT_EQ(call.stage, protocol::CallStage::Closed) << where;
        }
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
