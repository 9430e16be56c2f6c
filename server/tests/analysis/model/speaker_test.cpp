#include "server/analysis/weights/weights.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

TEST(Speaker, OnlyTheCustomerHasAMoodAndOnlyTheTechnicianActs) {
    const Model& model = builtInModel();
    const std::vector<Word> words = wordsOf("c'est honteux, je vous rappelle demain");
    const TurnReading agent = model.readTurn(true, words);
    const TurnReading customer = model.readTurn(false, words);
    EXPECT_EQ(agent.probabilities[*model.turnHead("neg")], 0.0F);
    EXPECT_GT(customer.probabilities[*model.turnHead("neg")], 0.0F);
    EXPECT_EQ(customer.probabilities[*model.turnHead("callback:todo")], 0.0F);
    EXPECT_GT(agent.probabilities[*model.turnHead("callback:todo")], 0.5F);
    for (const char* head : {"category.email", "I1", "fix"})
        EXPECT_GT(agent.probabilities[*model.turnHead(head)], 0.0F) << head;
}

TEST(Speaker, TheTechniciansWordsMoveNoMood) {
    const Model& model = builtInModel();
    const Choice& mood = *model.choice("sentiment");
    const auto marginsWith = [&](const char* said) {
        const std::vector<TurnReading> turns = {model.readTurn(false, wordsOf("mon écran reste noir")),
                                                model.readTurn(true, wordsOf(said)),
                                                model.readTurn(false, wordsOf("d'accord"))};
        const std::vector<float> margins = model.concludeFrom(turns);
        return std::vector<float>(
            margins.begin() + mood.firstHead,
            margins.begin() + mood.firstHead + static_cast<std::ptrdiff_t>(mood.values.size()));
    };
    EXPECT_EQ(marginsWith("formidable, je suis ravi"), marginsWith("c'est inadmissible, une honte"));
}

}  // namespace
}  // namespace ninja3cx::analysis
