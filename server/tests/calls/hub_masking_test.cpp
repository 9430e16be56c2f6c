#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls::doubles {
namespace {

using protocol::Speaker;

/// "Votre mot de passe ?" – … – "Hermine": three turns that only together give a secret away.
class HubFoundSecret : public testing::Test {
protected:
    void SetUp() override {
        world.hub->onAgentOnline(kExtension);
        world.analyser->isSlow = true;
        world.wholeCall();
        const auto said = world.disk.utterances.at(world.callId());
        ASSERT_GE(said.size(), 1u);
        secret = said.begin()->second;
        for (const auto& [id, utterance] : said)
            if (utterance.startMs < secret.startMs) secret = utterance;
        // The first turn that the analysis reads, from its first byte to its last but one.
        world.analyser->answer.pii = {{protocol::PersonalDataKind::Password, "hermine", "hermine", 0, 0,
                                       static_cast<std::int32_t>(secret.text.size()) - 1}};
        masked = "[password]" + secret.text.substr(secret.text.size() - 1);
        world.analyser->isSlow = false;
        world.settle();
    }
    std::string stored() const {
        return world.disk.utterances.at(world.callId()).at(secret.utteranceId).text;
    }
    World world;
    protocol::Utterance secret;
    std::string masked;
};

TEST_F(HubFoundSecret, IsMaskedWhereItStoodAndWhereItIsShown) {
    EXPECT_EQ(stored(), masked);
    const auto told = world.events->all<protocol::UtteranceChanged>().back().utterance;
    EXPECT_EQ(told.utteranceId, secret.utteranceId);
    EXPECT_EQ(told.text, masked);
    EXPECT_TRUE(told.isFinal);
    EXPECT_GT(told.revision, secret.revision);
    for (const auto& utterance : world.hub->snapshot(kExtension).utterances)
        EXPECT_NE(utterance.text, secret.text);
}

TEST_F(HubFoundSecret, IsKeptAsKindAndPlaceInTheMaskedText) {
    const auto& pii = world.disk.analyses.at(world.callId()).pii;
    ASSERT_EQ(pii.size(), 1u);
    EXPECT_EQ(pii[0].end - pii[0].begin, 10);
    EXPECT_FALSE(pii[0].text || pii[0].value);
}

TEST_F(HubFoundSecret, IsInNoTicket) {
    const auto draft = world.shownDraft();
    ASSERT_TRUE(world.hub->confirmDraft("agent:201", {draft.draftId, draft.revision}));
    world.settle();
    const std::string& note = world.disk.outbox.at(draft.draftId).transcriptNote;
    EXPECT_NE(note.find(masked), std::string::npos) << note;
    EXPECT_EQ(note.find(secret.text), std::string::npos) << note;
}

TEST_F(HubFoundSecret, StaysMaskedAfterARestart) {
    world.restart();
    world.settle();
    EXPECT_EQ(stored(), masked);
    for (const auto& utterance : world.hub->snapshot(kExtension).utterances)
        EXPECT_NE(utterance.text, secret.text);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
