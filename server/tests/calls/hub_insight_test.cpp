#include "server/tests/doubles/hub_world.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::calls::doubles {
namespace {

using protocol::CallInsight;
using protocol::CallState;
using protocol::Sentiment;
using protocol::Speaker;

class HubInsight : public testing::Test {
protected:
    void SetUp() override { world.phone(CallState::Connected); }
    void hear(const std::string& text, Speaker channel = Speaker::Customer, std::int64_t startMs = -1) {
        protocol::Utterance utterance;
        utterance.callId = world.callId();
        utterance.utteranceId = UtteranceId{"u-" + std::to_string(++heard)};
        utterance.channel = channel;
        utterance.revision = 1;
        utterance.isFinal = true;
        utterance.startMs = startMs < 0 ? heard * 1'000 : startMs;
        utterance.endMs = utterance.startMs + 500;
        utterance.text = text;
        world.hub->onUtterance(std::move(utterance));
        world.settle();
    }
    std::optional<CallInsight> inSnapshot() const {
        const auto calls = world.hub->snapshot(std::nullopt).calls;
        return calls.empty() ? std::nullopt : calls.front().insight;
    }
    /// What a board that stayed was told, each change once.
    std::vector<std::optional<CallInsight>> told() const {
        std::vector<std::optional<CallInsight>> insights;
        for (const auto& changed : world.events->all<protocol::CallChanged>())
            if (insights.empty() ? changed.call.insight.has_value() : insights.back() != changed.call.insight)
                insights.push_back(changed.call.insight);
        return insights;
    }
    std::size_t events() const { return world.events->all<protocol::CallChanged>().size(); }
    World world;
    int heard = 0;
};

TEST_F(HubInsight, IsToldOnceForEachChange) {
    hear("bonjour");
    hear("non");
    const std::size_t before = events();
    hear("non et non");
    hear("bien sûr", Speaker::Agent);
    EXPECT_EQ(events(), before) << "nothing of it changed";
    hear("danger");
    ASSERT_EQ(told().size(), 3u);
    EXPECT_EQ(told()[0], CallInsight{});
    EXPECT_EQ(told()[1]->mood, Sentiment::Negative);
    ASSERT_EQ(told()[2]->alerts.size(), 1u);
    EXPECT_EQ(told()[2]->alerts[0].utteranceId, UtteranceId{"u-5"});
    EXPECT_EQ(inSnapshot(), told().back());
    for (const auto& [audience, event] : world.events->events)
        EXPECT_TRUE(audience.includesBoards || !std::holds_alternative<protocol::CallChanged>(event));
}

TEST_F(HubInsight, IsOfFinalTextsAlone) {
    protocol::Utterance partial;
    partial.callId = world.callId();
    partial.utteranceId = UtteranceId{"p"};
    partial.channel = Speaker::Customer;
    partial.revision = 1;
    partial.text = "non";
    world.hub->onUtterance(partial);
    partial.isFinal = true;
    partial.text.clear();  // withdrawn
    world.hub->onUtterance(partial);
    world.settle();
    EXPECT_TRUE(world.analyser->read.empty());
    EXPECT_FALSE(inSnapshot());
}

TEST_F(HubInsight, IsAfterARestartWhatItWas) {
    hear("danger");
    hear("au revoir", Speaker::Customer, 9'000);
    hear("non", Speaker::Customer, 4'000);  // said before, heard later
    const auto stayed = inSnapshot();
    ASSERT_TRUE(stayed);
    world.restart();
    EXPECT_EQ(inSnapshot(), stayed);
    EXPECT_THAT(told(), testing::ElementsAre(stayed)) << "not one for each text";
    EXPECT_THAT(world.analyser->read, testing::ElementsAre("danger", "non", "au revoir"));
    hear("danger");
    EXPECT_EQ(inSnapshot()->alerts.size(), 2u) << "it goes on where it was";
}

TEST_F(HubInsight, StaysWhenTheCallIsOver) {
    hear("non");
    const auto last = inSnapshot();
    world.phone(CallState::Ended);
    world.pass(std::chrono::minutes{3});
    ASSERT_NE(world.call().stage, protocol::CallStage::Live);
    EXPECT_EQ(world.call().insight, last) << "stored";
    world.restart();
    EXPECT_EQ(inSnapshot(), last);
    EXPECT_TRUE(world.analyser->read.empty()) << "nothing is read again for it";
    hear("danger");
    EXPECT_EQ(world.call().insight->alerts.size(), 1u) << "late text is read with what was there";
    EXPECT_EQ(world.call().insight->mood, Sentiment::Negative);
}

TEST_F(HubInsight, IsNotShownWhileTheCallIsPaused) {
    hear("non");
    (void)world.hub->pauseRecording(kExtension, {world.callId(), true});
    world.settle();
    EXPECT_FALSE(inSnapshot());
    hear("danger");  // was said before
    EXPECT_FALSE(inSnapshot());
    world.restart();
    EXPECT_FALSE(inSnapshot());
    (void)world.hub->pauseRecording(kExtension, {world.callId(), false});
    world.settle();
    ASSERT_TRUE(inSnapshot());
    EXPECT_EQ(inSnapshot()->alerts.size(), 1u);
}

TEST_F(HubInsight, GoesWithTheWords) {
    hear("danger");
    world.hub->onWordsErased({world.callId()});
    world.settle();
    EXPECT_FALSE(inSnapshot());
    EXPECT_FALSE(told().back());
}

TEST(HubInsightOfABlockedCall, IsNone) {
    HubOptions options;
    options.doNotRecord = {{kCustomer, "", "", ""}};
    World world{options};
    world.phone(CallState::Connected);
    protocol::Utterance utterance;
    utterance.callId = world.callId();
    utterance.utteranceId = UtteranceId{"u"};
    utterance.revision = 1;
    utterance.isFinal = true;
    utterance.text = "non";
    world.hub->onUtterance(utterance);
    world.settle();
    ASSERT_EQ(world.call().recording, protocol::Recording::Blocked);
    EXPECT_TRUE(world.analyser->read.empty());
    EXPECT_FALSE(world.call().insight);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
