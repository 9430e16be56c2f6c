#include "server/calls/draft_maker.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>

/// What a technician can do about a ticket that NinjaOne refused.
namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::DeliveryDecision;
using protocol::DeliveryState;
using protocol::DraftState;
using Death = FakeStore::Death;

void confirmDraft(World& world) {
    (void)world.hub->confirmDraft("agent:201", {world.draft()->draftId, world.draft()->revision});
    world.settle();
}

void refuse(World& world) {
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    world.desk->outcome = DeliveryState::Rejected;
    world.desk->problemCode = "fieldRefused";
    world.desk->field = "severity";
    confirmDraft(world);
    world.desk->outcome.reset();
}

class HubMend : public testing::Test {
protected:
    void SetUp() override {
        refuse(world);
        ASSERT_EQ(draft().delivery.state, DeliveryState::Rejected);
        ASSERT_EQ(draft().delivery.field, "severity");
    }
    protocol::Draft draft() const { return *world.draft(); }
    Result<void> edit(const protocol::DraftFields& fields, std::int32_t revision) {
        const auto outcome = world.hub->editDraft("agent:201", {draft().draftId, revision, fields});
        world.settle();
        return outcome;
    }
    Result<void> confirm(std::int32_t revision) {
        const auto outcome = world.hub->confirmDraft("agent:201", {draft().draftId, revision});
        world.settle();
        return outcome;
    }
    protocol::DraftFields mended() const {
        protocol::DraftFields fields = draft().fields;
        fields.subject = "VPN : certificat expiré";
        fields.summary = "Le certificat a expiré.";
        fields.severity = protocol::Severity::Minor;
        return fields;
    }
    World world;
};

TEST_F(HubMend, ARefusedTicketIsEditedAndSentOnceMoreUnderTheSameMark) {
    const OutboxEntry before = world.disk.outbox.at(draft().draftId);
    ASSERT_TRUE(edit(mended(), draft().revision));
    EXPECT_EQ(draft().state, DraftState::Confirmed);
    EXPECT_EQ(draft().delivery.state, DeliveryState::Rejected) << "an edit sends nothing";
    EXPECT_EQ(draft().fields.severity, protocol::Severity::Minor);
    EXPECT_EQ(draft().heldBecause, "");
    EXPECT_TRUE(world.desk->amended.empty());
    ASSERT_TRUE(confirm(draft().revision));
    ASSERT_EQ(world.desk->amended.size(), 1U);
    const OutboxEntry& entry = world.desk->amended.front();
    EXPECT_EQ(entry.draftId, before.draftId);
    EXPECT_EQ(entry.marker, before.marker);
    EXPECT_EQ(entry.createdAtMs, before.createdAtMs);
    EXPECT_EQ(entry.transcriptNote, before.transcriptNote);
    EXPECT_EQ(entry.fields, draft().fields);
    EXPECT_TRUE(entry.description.starts_with("Le certificat a expiré.\n\nAppelant : ")) << entry.description;
    EXPECT_TRUE(entry.description.ends_with("\n\nRef: " + entry.marker));
    EXPECT_EQ(draft().delivery.state, DeliveryState::Created);
    EXPECT_EQ(world.tickets.size(), 1U);
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.edit"));
    EXPECT_TRUE(world.wasAudited("agent:201", "draft.amend"));
}

TEST_F(HubMend, AgainSendsWhatTheDraftSaysNow) {
    ASSERT_TRUE(edit(mended(), draft().revision));
    ASSERT_TRUE(
        world.hub->decideDelivery("agent:201", {draft().draftId, DeliveryDecision::SendAgain, std::nullopt}));
    EXPECT_FALSE(
        world.hub->decideDelivery("agent:201", {draft().draftId, DeliveryDecision::SendAgain, std::nullopt}))
        << "a second click finds nothing to decide";
    world.settle();
    ASSERT_EQ(world.desk->amended.size(), 1U);
    EXPECT_EQ(world.desk->amended.front().fields.subject, "VPN : certificat expiré");
    EXPECT_TRUE(world.desk->decisions.empty());
}

TEST_F(HubMend, WhatIsThereAlreadyIsComparedWithWhatTheDraftSaysNow) {
    const OutboxEntry before = world.disk.outbox.at(draft().draftId);
    protocol::DraftFields fields = mended();
    fields.includesTranscript = false;
    ASSERT_TRUE(edit(fields, draft().revision));
    ASSERT_TRUE(world.hub->decideDelivery("agent:201",
                                          {draft().draftId, DeliveryDecision::AlreadyThere, TicketId{88}}));
    world.settle();
    ASSERT_EQ(world.desk->decidedAbout.size(), 1U);
    const auto present = world.desk->decidedAbout.front();
    ASSERT_TRUE(present);
    EXPECT_EQ(present->fields, draft().fields);
    EXPECT_TRUE(present->description.starts_with("Le certificat a expiré.\n\nAppelant : "))
        << present->description;
    EXPECT_EQ(present->transcriptNote, "");
    EXPECT_EQ(present->unwantedNote, before.transcriptNote);
    EXPECT_EQ(world.disk.outbox.at(draft().draftId), before) << "the ticket desk stores it";
    EXPECT_EQ(draft().delivery.state, DeliveryState::Unknown);
    EXPECT_EQ(draft().delivery.problemCode, "comparing");
    EXPECT_TRUE(world.desk->amended.empty());
}

TEST_F(HubMend, ADecisionThatDidNotReachTheTicketDeskSendsNothingAfterARestart) {
    const OutboxEntry before = world.disk.outbox.at(draft().draftId);
    ASSERT_TRUE(edit(mended(), draft().revision));
    world.store->crashAfter(0, Death::AfterStoring);
    ASSERT_TRUE(world.hub->decideDelivery("agent:201",
                                          {draft().draftId, DeliveryDecision::AlreadyThere, TicketId{88}}));
    world.settle();
    ASSERT_TRUE(world.store->isDead());
    world.restart();
    EXPECT_EQ(draft().delivery, before.delivery) << "it is back as refused";
    EXPECT_EQ(draft().fields.subject, "VPN : certificat expiré");
    EXPECT_TRUE(world.desk->delivered.empty());
    EXPECT_TRUE(world.desk->amended.empty());
    EXPECT_TRUE(world.tickets.empty());
    ASSERT_TRUE(confirm(draft().revision));
    EXPECT_EQ(world.desk->amended.back().fields.subject, "VPN : certificat expiré");
}

TEST_F(HubMend, AnOldClickDoesNotSendItAgain) {
    const auto late = confirm(1);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::Conflict);
    EXPECT_TRUE(world.desk->amended.empty());
    ASSERT_TRUE(confirm(draft().revision));
    ASSERT_TRUE(confirm(draft().revision)) << "a double click";
    EXPECT_EQ(world.desk->amended.size(), 1U);
}

TEST_F(HubMend, ItIsNotSentWhileItLacksAField) {
    protocol::DraftFields fields = mended();
    fields.subject.clear();
    ASSERT_TRUE(edit(fields, draft().revision));
    const auto refused = confirm(draft().revision);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Rejected);
    EXPECT_FALSE(
        world.hub->decideDelivery("agent:201", {draft().draftId, DeliveryDecision::SendAgain, std::nullopt}));
    EXPECT_TRUE(world.desk->amended.empty());
    EXPECT_EQ(draft().state, DraftState::Confirmed);
}

TEST_F(HubMend, TheOrganisationOfTheDescriptionFollowsTheRequester) {
    protocol::Contact paul;
    paul.uid = "aa11";
    paul.name = "Paul Petit";
    paul.organizationId = 9;
    paul.organizationName = "Autre SA";
    world.directory.people.push_back(paul);
    protocol::DraftFields fields = draft().fields;
    fields.requesterUid = "aa11";
    fields.organizationId = 9;
    fields.includesTranscript = false;
    ASSERT_TRUE(edit(fields, draft().revision));
    ASSERT_TRUE(confirm(draft().revision));
    const OutboxEntry& entry = world.desk->amended.front();
    EXPECT_NE(entry.description.find("\nOrganisation : Autre SA\n"), std::string::npos) << entry.description;
    EXPECT_EQ(entry.description.find("Exemple SARL"), std::string::npos);
    EXPECT_EQ(entry.transcriptNote, "");
}

TEST_F(HubMend, WhatMayExistThereIsNotEdited) {
    for (const char* problem : {"forbidden", "userContextRequired", "givenUp", "noteRefused"}) {
        World other;
        other.hub->onAgentOnline(kExtension);
        other.wholeCall();
        other.desk->outcome = DeliveryState::Rejected;
        other.desk->problemCode = problem;
        confirmDraft(other);
        const auto edited = other.hub->editDraft(
            "agent:201", {other.draft()->draftId, other.draft()->revision, other.draft()->fields});
        ASSERT_FALSE(edited) << problem;
        EXPECT_EQ(edited.error().kind, ErrorKind::Conflict) << problem;
    }
}

TEST_F(HubMend, DiscardingAndPostponingAreStillTooLate) {
    EXPECT_FALSE(world.hub->discardDraft("agent:201", {draft().draftId, "non"}));
    EXPECT_FALSE(world.hub->postponeDraft("agent:201", draft().draftId));
    EXPECT_TRUE(draft().discardReason.empty());
}

TEST_F(HubMend, AnEditSurvivesARestartAndSendsNothing) {
    ASSERT_TRUE(edit(mended(), draft().revision));
    world.restart();
    EXPECT_TRUE(world.desk->amended.empty());
    EXPECT_TRUE(world.desk->delivered.empty());
    EXPECT_EQ(draft().fields.subject, "VPN : certificat expiré");
    EXPECT_EQ(draft().delivery.state, DeliveryState::Rejected);
    ASSERT_TRUE(confirm(draft().revision));
    ASSERT_EQ(world.desk->amended.size(), 1U);
    EXPECT_NE(world.desk->amended.front().transcriptNote, "");
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST(HubMendCrash, AtAnyCommitLeavesOneTicketThatSaysWhatWasMended) {
    const auto mendAndSend = [](World& world) {
        const auto isDead = [&] { return world.store->isDead(); };
        if (world.draft()->delivery.state != DeliveryState::Rejected) return;
        protocol::DraftFields fields = world.draft()->fields;
        fields.subject = "VPN : certificat expiré";
        (void)world.hub->editDraft("agent:201", {world.draft()->draftId, world.draft()->revision, fields});
        world.settle();
        if (!isDead()) confirmDraft(world);
    };
    for (const Death death : {Death::BeforeStoring, Death::AfterStoring})
        for (int n = 0; n < 3; ++n) {
            const std::string where = "crash at commit " + std::to_string(n);
            World world;
            refuse(world);
            world.store->crashAfter(n, death);
            mendAndSend(world);
            world.restart();
            mendAndSend(world);
            world.settle();
            EXPECT_EQ(world.draft()->delivery.state, DeliveryState::Created) << where;
            EXPECT_EQ(world.tickets.size(), 1U) << where;
            EXPECT_EQ(world.disk.outbox.size(), 1U) << where;
            EXPECT_EQ(world.disk.outbox.begin()->second.fields.subject, "VPN : certificat expiré") << where;
            EXPECT_EQ(world.disk.outboxWrites.begin()->second, 1) << where;
        }
}

void editOnly(World& world) {
    protocol::DraftFields fields = world.draft()->fields;
    fields.subject = "VPN : certificat expiré";
    ASSERT_TRUE(world.hub->editDraft("agent:201", {world.draft()->draftId, world.draft()->revision, fields}));
    world.settle();
}

/// After a crash: the edit is there for who decides, and nothing was sent of it.
void expectNothingSent(World& world, const std::string& where) {
    world.restart();
    world.settle();
    EXPECT_TRUE(world.desk->amended.empty()) << where;
    EXPECT_TRUE(world.desk->delivered.empty()) << where;
    EXPECT_TRUE(world.tickets.empty()) << where;
    EXPECT_EQ(world.draft()->delivery.state, DeliveryState::Rejected) << where;
    EXPECT_EQ(world.draft()->fields.subject, "VPN : certificat expiré") << where;
}

TEST(HubMendCrash, AtAnyCommitOfATicketThatWasThereSendsNothing) {
    for (const Death death : {Death::BeforeStoring, Death::AfterStoring})
        for (int n = 0; n < 2; ++n) {
            World world;
            refuse(world);
            world.store->crashAfter(n, death);
            editOnly(world);
            if (!world.store->isDead()) {
                ASSERT_TRUE(world.hub->decideDelivery(
                    "agent:201", {world.draft()->draftId, DeliveryDecision::AlreadyThere, TicketId{77}}));
                world.settle();
            }
            ASSERT_TRUE(world.store->isDead());
            if (n == 0 && death == Death::BeforeStoring) {
                world.restart();
                EXPECT_TRUE(world.desk->amended.empty());
                continue;  // the edit was lost
            }
            expectNothingSent(world, "crash at commit " + std::to_string(n));
        }
}

TEST(HubMendCrash, AStartWithoutNinjaOneSendsNoEditThatNobodyConfirmed) {
    World world;
    refuse(world);
    editOnly(world);
    protocol::Delivery waiting = world.disk.outbox.at(world.draft()->draftId).delivery;
    waiting.state = DeliveryState::Waiting;
    waiting.problemCode = "notConfigured";
    world.hub->onDelivery(world.draft()->draftId, waiting);
    world.settle();
    ASSERT_EQ(world.draft()->delivery.state, DeliveryState::Waiting);
    expectNothingSent(world, "");
}

TEST(HubMendCrash, WhatWasSentWithoutNinjaOneIsSentOnceAtTheNextStart) {
    World world;
    refuse(world);
    world.store->crashAfter(1, Death::AfterStoring);
    editOnly(world);
    confirmDraft(world);
    ASSERT_TRUE(world.store->isDead());
    const OutboxEntry stored = world.disk.outbox.at(world.draft()->draftId);
    EXPECT_EQ(stored.delivery.state, DeliveryState::Rejected);
    ASSERT_TRUE(stored.amended);
    EXPECT_EQ(stored.amended->fields.subject, "VPN : certificat expiré");
    for (int start = 0; start < 2; ++start) {
        world.restart();
        EXPECT_EQ(world.desk->amended.size(), start == 0 ? 1U : 0U);
        EXPECT_EQ(world.tickets.size(), 1U);
    }
    EXPECT_EQ(world.disk.outbox.at(world.draft()->draftId).fields, world.draft()->fields);
}

TEST(HubMendCrash, AGivenUpTicketIsNotSentForAnAmendmentThatCameTooLate) {
    World world;
    refuse(world);
    editOnly(world);
    OutboxEntry& stored = world.disk.outbox.at(world.draft()->draftId);
    stored.amended = Amendment{world.draft()->fields, stored.description, stored.transcriptNote, {}};
    stored.delivery.problemCode = "givenUp";
    world.disk.drafts.at(world.draft()->draftId).delivery.state = DeliveryState::Queued;
    world.restart();
    EXPECT_TRUE(world.desk->amended.empty());
    EXPECT_EQ(world.draft()->delivery.problemCode, "givenUp");
}

TEST(HubGiveUp, IsShownUntilItIsStoredThatNothingIsSent) {
    for (const Death death : {Death::BeforeStoring, Death::AfterStoring}) {
        World world;
        refuse(world);
        world.store->crashAfter(0, death);
        const DraftId draftId = world.draft()->draftId;
        (void)world.hub->decideDelivery("agent:201", {draftId, DeliveryDecision::GiveUp, std::nullopt});
        world.settle();
        world.restart();
        ASSERT_EQ(world.hub->snapshot(kExtension).drafts.size(), 1U) << "nobody would see it any more";
        ASSERT_TRUE(
            world.hub->decideDelivery("agent:201", {draftId, DeliveryDecision::GiveUp, std::nullopt}));
        world.settle();
        EXPECT_EQ(world.draft()->delivery.problemCode, "givenUp");
        EXPECT_EQ(world.disk.outbox.at(draftId).delivery.problemCode, "givenUp");
        EXPECT_EQ(world.call().stage, protocol::CallStage::Closed);
        for (const auto late : {DeliveryDecision::SendAgain, DeliveryDecision::AlreadyThere}) {
            const auto outcome = world.hub->decideDelivery("agent:201", {draftId, late, TicketId{77}});
            ASSERT_FALSE(outcome) << "nobody would carry it out";
            EXPECT_EQ(outcome.error().kind, ErrorKind::Conflict);
        }
    }
}

// ---- what NinjaOne would refuse ---------------------------------------------------------------------------

TEST(HubFields, TheTenantsRulesAreAmongTheProblems) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.desk->problems = {{"severity", "notAllowed"}, {"subject", "unknown"}};
    world.wholeCall();
    EXPECT_EQ(world.draft()->problems, world.desk->problems);
    EXPECT_EQ(world.draft()->heldBecause, "fieldsMissing");
    EXPECT_FALSE(world.hub->confirmDraft("agent:201", {world.draft()->draftId, world.draft()->revision}));
    world.desk->problems.clear();
    EXPECT_TRUE(world.hub->confirmDraft("agent:201", {world.draft()->draftId, world.draft()->revision}));
    world.settle();
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST(HubFields, AContactThatLeavesDuringTheCountdownIsNotWrittenTo) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    world.shownDraft();
    world.pass(5s);
    world.directory.people.front().isActive = false;
    world.pass(11s);
    EXPECT_EQ(world.draft()->state, DraftState::Inbox);
    EXPECT_EQ(world.draft()->heldBecause, "fieldsMissing");
    EXPECT_EQ(world.draft()->problems, (std::vector<protocol::FieldProblem>{{"requesterUid", "inactive"}}));
    EXPECT_TRUE(world.disk.outbox.empty());
}

TEST(HubSilentMode, HasNoCountdownAtAll) {
    HubOptions options;
    options.draftsOnly = true;
    World world{options};
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    EXPECT_EQ(world.draft()->countdownLeftMs, 0);
    EXPECT_EQ(world.draft()->heldBecause, "draftsOnly");
    EXPECT_EQ(world.hub->status().waitingDrafts, 1);
    EXPECT_EQ(world.shownDraft().state, DraftState::Inbox);
    EXPECT_TRUE(world.hub->confirmDraft("agent:201", {world.draft()->draftId, world.draft()->revision}));
    world.settle();
    EXPECT_EQ(world.tickets.size(), 1U);
}

TEST(HubSilentMode, EndsCountdownsOfBefore) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    world.shownDraft();
    world.options.draftsOnly = true;
    world.restart();
    EXPECT_EQ(world.draft()->state, DraftState::Inbox);
    EXPECT_EQ(world.draft()->countdownLeftMs, 0);
    EXPECT_EQ(world.draft()->heldBecause, "draftsOnly");
}

// ---- places -----------------------------------------------------------------------------------------------

class HubPlaces : public testing::Test {
protected:
    void SetUp() override {
        world.directory.devices = {{41, "PC-CLAIRE", 7, 3, false, true, {}},
                                   {42, "PC-PAUL", 9, {}, false, false, {}}};
        world.directory.locations[7] = {{3, "Siège"}};
        protocol::Contact paul;
        paul.uid = "aa11";
        paul.name = "Paul Petit";
        paul.organizationId = 9;
        world.directory.people.push_back(paul);
        world.hub->onAgentOnline(kExtension);
        world.wholeCall();
    }
    protocol::Draft draft() const { return *world.draft(); }
    Result<void> edit(const protocol::DraftFields& fields) {
        const auto outcome = world.hub->editDraft("agent:201", {draft().draftId, draft().revision, fields});
        world.settle();
        return outcome;
    }
    void expectRefused(const protocol::DraftFields& fields, const std::string& field) {
        const auto refused = edit(fields);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::BadMessage);
        EXPECT_TRUE(refused.error().detail.starts_with(field + ": ")) << refused.error().detail;
    }
    World world;
};

TEST_F(HubPlaces, AreThoseOfTheDraftsOrganisation) {
    ASSERT_TRUE(draft().devices && draft().locations);
    EXPECT_EQ(draft().devices->size(), 1U);
    EXPECT_EQ(draft().devices->front().name, "PC-CLAIRE");
    EXPECT_EQ(draft().locations->front().id, 3);
    protocol::DraftFields fields = draft().fields;
    fields.deviceId = 42;
    expectRefused(fields, "deviceId");
    fields.deviceId = 41;
    fields.locationId = 4;
    expectRefused(fields, "locationId");
    fields.locationId = 3;
    EXPECT_TRUE(edit(fields));
    world.directory.devices.clear();
    EXPECT_TRUE(edit(draft().fields)) << "what the draft has may stay";
    EXPECT_EQ(draft().fields.deviceId, 41);
}

TEST_F(HubPlaces, GoWithTheOrganisation) {
    protocol::DraftFields fields = draft().fields;
    fields.deviceId = 41;
    fields.locationId = 3;
    ASSERT_TRUE(edit(fields));
    fields = draft().fields;
    fields.requesterUid = "aa11";
    fields.organizationId = 9;
    ASSERT_TRUE(edit(fields));
    EXPECT_EQ(draft().fields.deviceId, std::nullopt);
    EXPECT_EQ(draft().fields.locationId, std::nullopt);
    ASSERT_TRUE(draft().devices);
    EXPECT_EQ(draft().devices->front().name, "PC-PAUL");
    EXPECT_FALSE(draft().locations);
}

TEST_F(HubPlaces, AreAtMostAScreenfulWithTheChosenOneAndAllMayBeChosen) {
    std::vector<protocol::Location> sites;
    for (int i = 0; i < 1'000; ++i) sites.push_back({100 + i, "Site " + std::to_string(i)});
    world.directory.locations[7] = sites;
    protocol::DraftFields fields = draft().fields;
    fields.locationId = 1'050;
    ASSERT_TRUE(edit(fields));
    ASSERT_TRUE(draft().locations);
    EXPECT_EQ(draft().locations->size(), 20U);
    EXPECT_EQ(draft().locations->front().id, 100);
    EXPECT_EQ(draft().locations->back().id, 1'050);
    world.directory.locations.clear();  // read anew
    ASSERT_TRUE(edit(draft().fields));
    EXPECT_EQ(draft().locations, (std::vector<protocol::Location>{{1'050, "Site 950"}}));
}

TEST_F(HubPlaces, OfASettledDraftAreThoseThatWereChosen) {
    protocol::DraftFields fields = draft().fields;
    fields.locationId = 3;
    ASSERT_TRUE(edit(fields));
    world.desk->outcome = DeliveryState::Waiting;
    confirmDraft(world);
    ASSERT_EQ(draft().state, DraftState::Confirmed);
    EXPECT_FALSE(draft().devices);
    EXPECT_EQ(draft().locations, (std::vector<protocol::Location>{{3, "Siège"}}));
    protocol::Delivery refused;
    refused.state = DeliveryState::Rejected;
    refused.problemCode = "fieldRefused";
    world.hub->onDelivery(draft().draftId, refused);
    world.settle();
    EXPECT_TRUE(draft().devices) << "to be mended";
}

TEST(HubSwitchboard, GivesTheOrganisationAndLeavesThePersonOpen) {
    World world;
    protocol::CallerMatch match;
    match.directoryAtMs = 1;
    match.rule = wordOf(protocol::MatchRule::OrganizationNumber);
    match.organizationId = 7;
    match.organizationName = "Exemple SARL";
    world.directory.known[kCustomer] = match;
    world.directory.locations[7] = {{3, "Siège"}};
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    EXPECT_EQ(world.draft()->fields.organizationId, 7);
    EXPECT_EQ(world.draft()->fields.organizationName, "Exemple SARL");
    EXPECT_EQ(world.draft()->fields.requesterUid, std::nullopt);
    EXPECT_EQ(world.draft()->heldBecause, "requesterUnknown");
    EXPECT_TRUE(world.draft()->locations);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
