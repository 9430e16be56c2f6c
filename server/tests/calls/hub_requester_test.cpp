#include "server/calls/outbox_text.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace ninja3cx::calls::doubles {
namespace {

/// Who a draft's ticket is for, when somebody edits it.
class HubRequester : public testing::Test {
protected:
    void SetUp() override {
        protocol::Contact paul;
        paul.uid = "aa11";
        paul.name = "Paul Petit";
        paul.organizationId = 9;
        paul.organizationName = "Autre SA";
        world.directory.people.push_back(paul);
        world.hub->onAgentOnline(kExtension);
        world.wholeCall();
        ASSERT_TRUE(world.draft());
        ASSERT_EQ(draft().fields.requesterUid, "5b0c8c52");
    }
    protocol::Draft draft() const { return *world.draft(); }
    Result<void> edit(const protocol::DraftFields& fields) {
        const auto outcome = world.hub->editDraft("agent:201", {draft().draftId, draft().revision, fields});
        world.settle();
        return outcome;
    }
    void expectRefused(const protocol::DraftFields& fields, const std::string& field) {
        const protocol::Draft before = draft();
        const auto refused = edit(fields);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::BadMessage);
        EXPECT_TRUE(refused.error().detail.starts_with(field + ": ")) << refused.error().detail;
        EXPECT_EQ(draft(), before);
    }
    World world;
};

TEST_F(HubRequester, IsAContactThatTheDirectoryKnows) {
    protocol::DraftFields fields = draft().fields;
    fields.requesterUid = "not-there";
    expectRefused(fields, "requesterUid");
    fields.requesterUid = "aa11";
    fields.organizationId = 9;
    EXPECT_TRUE(edit(fields));
    EXPECT_EQ(draft().fields.requesterUid, "aa11");
}

TEST_F(HubRequester, BelongsToTheOrganisationOfTheEdit) {
    protocol::DraftFields fields = draft().fields;
    fields.organizationId = 9;
    expectRefused(fields, "organizationId");
    fields.requesterUid = "aa11";
    fields.organizationId = 7;
    expectRefused(fields, "organizationId");
    fields.organizationId.reset();
    EXPECT_TRUE(edit(fields)) << "none was named";
    EXPECT_EQ(draft().fields.organizationId, 9);
    EXPECT_EQ(draft().fields.organizationName, "Autre SA");
    EXPECT_TRUE(draft().problems.empty());
}

TEST_F(HubRequester, IsCalledAsTheDirectoryCallsIt) {
    protocol::DraftFields fields = draft().fields;
    fields.requesterUid = "aa11";
    fields.requesterName = "Claire Martin";
    fields.organizationId = 9;
    fields.organizationName = "Exemple SARL";
    EXPECT_TRUE(edit(fields));
    EXPECT_EQ(draft().fields.requesterName, "Paul Petit");
    EXPECT_EQ(draft().fields.organizationName, "Autre SA");
    fields = draft().fields;
    fields.requesterName = "Claire Martin";
    EXPECT_TRUE(edit(fields));
    EXPECT_EQ(draft().fields.requesterName, "Paul Petit");
}

TEST_F(HubRequester, StaysAsItIsWhileTheDirectoryIsEmpty) {
    world.directory.people.clear();
    protocol::DraftFields fields = draft().fields;
    fields.subject = "VPN : certificat expiré";
    EXPECT_TRUE(edit(fields));
    EXPECT_EQ(draft().fields.subject, "VPN : certificat expiré");
    fields.organizationId = 9;
    expectRefused(fields, "requesterUid");
    fields = draft().fields;
    fields.requesterUid.reset();
    fields.requesterName.clear();
    EXPECT_TRUE(edit(fields)) << "nobody is always allowed";
    fields.requesterUid = "aa11";
    expectRefused(fields, "requesterUid");
}

TEST_F(HubRequester, IsTheOnlyPersonInTheTicketOnceCorrected) {
    protocol::DraftFields fields = draft().fields;
    fields.requesterUid = "aa11";
    fields.organizationId = 9;
    fields.isPublic = true;
    ASSERT_TRUE(edit(fields));
    ASSERT_TRUE(world.hub->confirmDraft("agent:201", {draft().draftId, draft().revision}));
    world.settle();
    const std::string text = world.disk.outbox.at(draft().draftId).description;
    EXPECT_NE(text.find("Appelant : Paul Petit\nOrganisation : Autre SA\nTechnicien : "), std::string::npos)
        << text;
    EXPECT_EQ(text.find("Claire"), std::string::npos) << text;
    EXPECT_EQ(text.find(kCustomer), std::string::npos) << text;
}

TEST_F(HubRequester, IsTheOnlyPersonAlsoOfACallThatItGoesOnWith) {
    const DraftId first = draft().draftId;
    const auto becomesPaul = [&](const std::optional<DraftId>& continues) {
        protocol::DraftFields fields = draft().fields;
        fields.requesterUid = "aa11";
        fields.organizationId.reset();
        ASSERT_TRUE(edit(fields));
        fields = draft().fields;
        fields.continues = continues;
        ASSERT_TRUE(edit(fields));
    };
    becomesPaul(std::nullopt);
    world.pass(std::chrono::minutes{1});
    world.wholeCall(3, "3cx/201/2");
    ASSERT_NE(draft().draftId, first);
    becomesPaul(first);
    ASSERT_TRUE(world.hub->confirmDraft("agent:201", {draft().draftId, draft().revision}));
    world.settle();
    const std::string text = bodyToSend(world.disk.outbox.at(draft().draftId));
    EXPECT_NE(text.find("Appel précédent"), std::string::npos) << text;
    EXPECT_EQ(text.find("Claire"), std::string::npos) << text;
    EXPECT_EQ(text.find(kCustomer), std::string::npos) << text;
}

/// Claire's own computer, at one of two sites.
class HubProposal : public HubRequester {
protected:
    HubProposal() {
        world.directory.known[kCustomer].rule = wordOf(protocol::MatchRule::ExactNumber);
        world.directory.devices = {{41, "PC-CLAIRE", 7, 2, false, true, {}},
                                   {42, "NAS", 7, 1, false, false, {}}};
        world.directory.locations[7] = {{1, "Lyon"}, {2, "Paris"}};
    }
};

TEST_F(HubProposal, OfTheCallersOnlyDeviceIsInTheDraftAndNamedInTheTicket) {
    EXPECT_EQ(draft().fields.deviceId, 41);
    EXPECT_EQ(draft().fields.locationId, 2);
    EXPECT_EQ(draft().fields, draft().generated) << "nobody has touched it";
    ASSERT_TRUE(world.hub->confirmDraft("agent:201", {draft().draftId, draft().revision}));
    world.settle();
    const OutboxEntry& entry = world.disk.outbox.at(draft().draftId);
    EXPECT_EQ(entry.fields.deviceId, 41);
    EXPECT_NE(entry.description.find("\nOrganisation : Exemple SARL\nAppareil : PC-CLAIRE\n"),
              std::string::npos)
        << entry.description;
}

TEST_F(HubProposal, GoesWithTheRequesterAlsoWithinTheOrganisation) {
    world.directory.people.back().organizationId = 7;
    protocol::DraftFields fields = draft().fields;
    fields.requesterUid = "aa11";
    ASSERT_TRUE(edit(fields));
    EXPECT_EQ(draft().fields.deviceId, std::nullopt);
    EXPECT_EQ(draft().fields.locationId, std::nullopt);
    fields = draft().fields;
    fields.deviceId = 42;
    ASSERT_TRUE(edit(fields));
    fields.requesterUid = "5b0c8c52";
    ASSERT_TRUE(edit(fields));
    EXPECT_EQ(draft().fields.deviceId, 42) << "somebody's own choice";
}

/// Two people on one number: Claire with a computer of her own, Paul with one at another customer's.
class HubCandidate : public HubProposal {
protected:
    void SetUp() override {
        protocol::Contact paul = oneContact().contacts.front();
        paul.uid = "aa11";
        paul.name = "Paul Petit";
        paul.organizationId = 9;
        world.directory.people.push_back(paul);
        protocol::CallerMatch& match = world.directory.known[kCustomer];
        match.state = protocol::CallerMatchState::Several;
        match.contacts.push_back(paul);
        world.directory.devices.push_back({51, "PC-PAUL", 9, 3, false, false, {}});
        world.directory.locations[9] = {{3, "Lille"}};
        world.directory.owners = {{41, "5b0c8c52"}, {42, "nobody"}, {51, "aa11"}};
        world.hub->onAgentOnline(kExtension);
        world.wholeCall();
        ASSERT_EQ(draft().fields.requesterUid, std::nullopt);
        ASSERT_EQ(draft().fields.deviceId, std::nullopt);
    }
    void isCalledBy(const std::string& uid) {
        protocol::DraftFields fields = draft().fields;
        fields.requesterUid = uid;
        fields.organizationId.reset();
        ASSERT_TRUE(edit(fields));
    }
};

TEST_F(HubCandidate, BringsPlacesOfItsOwnOnceChosen) {
    isCalledBy("aa11");
    EXPECT_EQ(draft().fields.deviceId, 51);
    EXPECT_EQ(draft().fields.locationId, 3);
    isCalledBy("5b0c8c52");
    EXPECT_EQ(draft().fields.deviceId, 41);
    EXPECT_EQ(draft().fields.locationId, 2);
    protocol::DraftFields fields = draft().fields;
    fields.deviceId = 42;
    fields.locationId = 1;
    ASSERT_TRUE(edit(fields));
    fields.subject = "Imprimante";
    ASSERT_TRUE(edit(fields));
    EXPECT_EQ(draft().fields.deviceId, 42) << "somebody's own choice";
}

TEST_F(HubCandidate, BringsNoEditButItsOwnChoice) {
    const protocol::DraftFields made = draft().generated;
    const auto edits = [&] {
        protocol::DraftFields undone = draft().fields;
        undone.requesterUid = draft().generated.requesterUid;
        undone.requesterName = draft().generated.requesterName;
        undone.organizationId = draft().generated.organizationId;
        undone.organizationName = draft().generated.organizationName;
        undone.subject = draft().generated.subject;
        return undone != draft().generated;
    };
    for (const char* uid : {"aa11", "5b0c8c52"}) {
        isCalledBy(uid);
        ASSERT_TRUE(draft().fields.deviceId);
        EXPECT_FALSE(edits()) << uid;
        EXPECT_NE(draft().fields, draft().generated) << "it is not untouched";
    }
    protocol::DraftFields fields = draft().fields;
    fields.deviceId = 42;
    ASSERT_TRUE(edit(fields));
    EXPECT_TRUE(edits());
    fields = draft().fields;
    fields.requesterUid.reset();
    fields.organizationId.reset();
    fields.deviceId.reset();
    fields.locationId.reset();
    ASSERT_TRUE(edit(fields));
    EXPECT_EQ(draft().generated, made) << "what was proposed went with its requester";
}

TEST_F(HubCandidate, LeavesNoPlaceOfItsOwnToACorrectedOneOfTheSameOrganisation) {
    protocol::Contact lea = oneContact().contacts.front();
    lea.uid = "bb22";
    world.directory.people.push_back(lea);
    isCalledBy("5b0c8c52");
    ASSERT_EQ(draft().fields.deviceId, 41);
    isCalledBy("bb22");
    EXPECT_EQ(draft().fields.deviceId, std::nullopt) << "she did not call from this number";
    EXPECT_EQ(draft().fields.locationId, std::nullopt);
}

TEST_F(HubCandidate, CanBeChosenAsLongAsTheDraftWaits) {
    ASSERT_TRUE(world.hub->postponeDraft("agent:201", draft().draftId));
    world.pass(std::chrono::minutes{10});
    world.restart();
    world.clock.advance(std::chrono::hours{48});
    world.pass(std::chrono::minutes{2});
    const protocol::Snapshot snapshot = world.hub->snapshot(kExtension);
    ASSERT_EQ(snapshot.drafts.size(), 1U);
    ASSERT_EQ(snapshot.calls.size(), 1U) << "the faces show its candidates";
    EXPECT_EQ(snapshot.calls.front().caller.contacts.size(), 2U);
    isCalledBy("aa11");
    EXPECT_EQ(draft().fields.deviceId, 51);
}

TEST_F(HubRequester, MayHaveAnyDeviceOfItsOrganisationAlsoBeyondAScreenful) {
    for (std::int64_t id = 41; id <= 70; ++id)
        world.directory.devices.push_back({id, "PC-" + std::to_string(id), 7, 1, false, false, {}});
    world.directory.devices.push_back({90, "PC-AUTRE", 9, 3, false, false, {}});
    world.directory.screenful = 20;
    protocol::DraftFields fields = draft().fields;
    fields.deviceId = 70;
    ASSERT_TRUE(edit(fields));
    ASSERT_TRUE(draft().devices);
    EXPECT_EQ(draft().devices->size(), 20U);
    EXPECT_EQ(draft().devices->back().name, "PC-70") << "what is chosen is in the list";
    fields = draft().fields;
    fields.deviceId = 90;
    expectRefused(fields, "deviceId");
    fields.deviceId = 99;
    expectRefused(fields, "deviceId");
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
