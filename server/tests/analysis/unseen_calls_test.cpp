#include "server/analysis/analyse.hpp"
#include "server/analysis/training/labelled_call.hpp"
#include "server/tests/analysis/call_files.hpp"
#include "shared/json/codec.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace ninja3cx::analysis {
namespace {

using training::LabelledCall;

/// How many calls were read right, and how well the kinds of actions.
struct Score {
    int category = 0;
    int sentiment = 0;
    int priority = 0;
    int resolved = 0;
    int ticket = 0;
    int callback = 0;
    double actions = 0;  // micro-F1
};

protocol::AnalysisInput inputOf(const LabelledCall& call) {
    protocol::AnalysisInput input;
    input.id = call.id;
    input.language = call.language;
    for (const training::LabelledTurn& turn : call.turns)
        input.turns.push_back(
            {turn.isAgent ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, turn.text});
    return input;
}

Score scoreOf(const std::vector<LabelledCall>& calls, const std::vector<protocol::AnalysisInput>& inputs) {
    Score score;
    int right = 0;
    int either = 0;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const LabelledCall& call = calls[i];
        const protocol::Analysis analysis = analyse(inputs[i]);
        const auto is = [&](const char* label, const auto& value) {
            return json::encode(value).as_string() == call.label(label) ? 1 : 0;
        };
        const auto isYes = [&](const char* label, bool value) {
            return (call.label(label) == "yes") == value ? 1 : 0;
        };
        score.category += is("category", analysis.category);
        score.sentiment += is("sentiment", analysis.sentiment);
        score.priority += is("priority", analysis.priority);
        const bool isScored = call.label("ticket") == "yes";
        score.resolved += !isScored || isYes("resolved", analysis.resolved) == 1 ? 1 : 0;
        score.ticket += isYes("ticket", analysis.ticketWarranted);
        score.callback += isYes("callback", analysis.callbackPromised);
        std::set<std::string> wanted;
        for (const std::string& kind : training::actionKinds())
            if (call.hasAction(kind)) wanted.insert(kind);
        std::set<std::string> said;
        for (const protocol::AnalysisAction& action : analysis.actions) said.insert(action.kind);
        for (auto* kinds : {&wanted, &said})
            if (kinds->empty()) kinds->insert("none");
        for (const std::string& kind : said) right += wanted.contains(kind) ? 1 : 0;
        either += static_cast<int>(wanted.size() + said.size());
    }
    score.actions = 2.0 * right / either;
    return score;
}

/// A word in seven is lost, taken for another, said twice or spoilt.
std::string garbled(const std::string& text, const std::vector<std::string>& others, std::mt19937& random) {
    std::string out;
    std::istringstream words{text};
    for (std::string word; words >> word;) {
        if (random() % 100 < 15) {
            switch (random() % 4) {
                case 0:
                    continue;
                case 1:
                    word = others[random() % others.size()];
                    break;
                case 2:
                    out += word + " ";
                    break;
                default:
                    word[random() % word.size()] = "aeioustr"[random() % 8];
            }
        }
        out += word + " ";
    }
    return out;
}

class UnseenCalls : public testing::Test {
protected:
    void SetUp() override {
        auto calls = training::readLabelledCalls(readFile("tests/eval/analysis/unseen.txt"), "unseen.txt");
        ASSERT_TRUE(calls) << calls.error().detail;
        calls_ = std::move(*calls);
        ASSERT_EQ(calls_.size(), 60u);
        for (const LabelledCall& call : calls_) inputs_.push_back(inputOf(call));
    }

    std::vector<LabelledCall> calls_;
    std::vector<protocol::AnalysisInput> inputs_;
};

/// Nothing is trained with them and no rule is made from them: what they show holds for calls to come.
TEST_F(UnseenCalls, StayAboveTheFloors) {
    const Score score = scoreOf(calls_, inputs_);
    EXPECT_GE(score.category, 51);
    EXPECT_GE(score.sentiment, 48);
    EXPECT_GE(score.priority, 48);
    EXPECT_GE(score.resolved, 51);
    EXPECT_GE(score.ticket, 57);
    EXPECT_GE(score.callback, 54);
    EXPECT_GE(score.actions, 0.70);
}

TEST_F(UnseenCalls, AreReadNearlyAsWellWhenWordsAreWrong) {
    const Score clean = scoreOf(calls_, inputs_);
    std::vector<std::string> words;
    for (const protocol::AnalysisInput& input : inputs_)
        for (const protocol::Turn& turn : input.turns) {
            std::istringstream text{turn.text};
            for (std::string word; text >> word;) words.push_back(word);
        }
    constexpr int kTenPoints = 6;  // of 60 calls
    for (unsigned seed = 1; seed <= 3; ++seed) {
        std::mt19937 random{seed};
        std::vector<protocol::AnalysisInput> noisy = inputs_;
        for (protocol::AnalysisInput& input : noisy)
            for (protocol::Turn& turn : input.turns) turn.text = garbled(turn.text, words, random);
        const Score score = scoreOf(calls_, noisy);
        EXPECT_GE(score.category, clean.category - kTenPoints) << seed;
        EXPECT_GE(score.sentiment, clean.sentiment - kTenPoints) << seed;
        EXPECT_GE(score.priority, clean.priority - kTenPoints) << seed;
        EXPECT_GE(score.resolved, clean.resolved - kTenPoints) << seed;
        EXPECT_GE(score.ticket, clean.ticket - kTenPoints) << seed;
        EXPECT_GE(score.callback, clean.callback - kTenPoints) << seed;
        EXPECT_GE(score.actions, clean.actions - 0.10) << seed;
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
