#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::DraftState;

/// What a language model writes later than the popup was due.
class HubOtherText : public testing::Test {
protected:
    void SetUp() override {
        world.hub->onAgentOnline(kExtension);
        world.wholeCall();
        ASSERT_TRUE(world.draft());
        better = world.analyser->answer;
        better.subject = "Certificat VPN expiré";
        better.summary = "Le client ne peut plus se connecter, son certificat a expiré.";
    }
    void comesLater() {
        world.analyser->better(better);
        world.settle();
    }
    protocol::Draft draft() const { return *world.draft(); }
    Result<void> edit(const protocol::DraftFields& fields) {
        const auto outcome = world.hub->editDraft("agent:201", {draft().draftId, draft().revision, fields});
        world.settle();
        return outcome;
    }
    World world;
    protocol::Analysis better;
};

TEST_F(HubOtherText, IsOfferedBesideWhatStandsThereAndChangesNothing) {
    const protocol::Draft before = world.shownDraft();
    comesLater();
    ASSERT_TRUE(draft().proposed);
    EXPECT_EQ(draft().proposed->subject, better.subject);
    EXPECT_EQ(draft().proposed->summary, better.summary);
    EXPECT_EQ(draft().proposed->requesterUid, before.fields.requesterUid);
    EXPECT_EQ(draft().fields, before.fields);
    EXPECT_EQ(draft().state, before.state);
    EXPECT_GT(draft().revision, before.revision);
    EXPECT_EQ(world.events->all<protocol::DraftChanged>().back().draft.proposed, draft().proposed);
    EXPECT_EQ(world.hub->snapshot(kExtension).drafts.front().proposed, draft().proposed);
    EXPECT_EQ(world.disk.analyses.at(world.callId()).subject, "VPN en panne") << "nobody has taken it";
}

TEST_F(HubOtherText, OfFieldsOfTheTicketIsAllThatIsOffered) {
    const protocol::Draft before = draft();
    const protocol::Analysis stored = world.disk.analyses.at(world.callId());
    better.sentiment = protocol::Sentiment::Negative;
    better.actions.push_back({"reboot", "Redémarrer le poste", "agent", {}, "todo"});
    better.entities["software"] = {"Outlook"};
    comesLater();
    ASSERT_TRUE(draft().proposed);
    EXPECT_EQ(draft().actions, before.actions);
    EXPECT_EQ(world.disk.analyses.at(world.callId()), stored)
        << "mood, actions and entities are as they were";
}

TEST_F(HubOtherText, ThatSaysTheSameIsNone) {
    better = world.analyser->answer;
    const auto before = draft();
    comesLater();
    EXPECT_EQ(draft(), before);
}

TEST_F(HubOtherText, IsGoneOnceItIsTaken) {
    comesLater();
    ASSERT_TRUE(draft().proposed);
    ASSERT_TRUE(edit(*draft().proposed));
    EXPECT_FALSE(draft().proposed);
    EXPECT_EQ(draft().fields.subject, better.subject);
    EXPECT_EQ(draft().generated.subject, "VPN en panne");
}

TEST_F(HubOtherText, FollowsWhatIsDecidedMeanwhileOfAllElse) {
    comesLater();
    protocol::DraftFields fields = draft().fields;
    fields.includesTranscript = !fields.includesTranscript;
    ASSERT_TRUE(edit(fields));
    ASSERT_TRUE(draft().proposed);
    EXPECT_EQ(draft().proposed->includesTranscript, fields.includesTranscript);
    EXPECT_EQ(draft().proposed->subject, better.subject);
}

TEST_F(HubOtherText, DoesNotKeepTheCountdownFromItsEndAndIsGoneThen) {
    world.shownDraft();
    world.pass(10s);
    comesLater();
    ASSERT_TRUE(draft().proposed);
    world.pass(5s);
    EXPECT_EQ(draft().state, DraftState::Confirmed);
    EXPECT_FALSE(draft().proposed);
    EXPECT_EQ(draft().fields.subject, "VPN en panne");
}

TEST_F(HubOtherText, IsGoneWithADiscardedDraftAndComesToNoneThatIsSettled) {
    comesLater();
    ASSERT_TRUE(world.hub->discardDraft("agent:201", {draft().draftId, "faux numéro"}));
    world.settle();
    EXPECT_FALSE(draft().proposed);
    comesLater();
    EXPECT_FALSE(draft().proposed);
}

TEST_F(HubOtherText, SpeaksNotOfWordsThatWereErased) {
    world.hub->onWordsErased({world.callId()});
    world.settle();
    comesLater();
    EXPECT_FALSE(draft().proposed);
}

TEST_F(HubOtherText, IsStillThereAfterARestart) {
    comesLater();
    const auto proposed = draft().proposed;
    ASSERT_TRUE(proposed);
    world.restart();
    EXPECT_EQ(draft().proposed, proposed);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
