#include "server/analysis/model/contributions.hpp"

#include "server/analysis/weights/weights.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace ninja3cx::analysis {
namespace {

TEST(Contributions, AddUpToTheMargin) {
    const Model& model = builtInModel();
    for (const std::string text : {"c'est inadmissible c'est vraiment inadmissible", "merci", "xyzzy", ""}) {
        const std::vector<Word> words = wordsOf(text);
        const TurnReading reading = model.readTurn(false, words);
        for (const char* head : {"neg", "category.email", "U3"}) {
            const std::size_t index = *model.turnHead(head);
            const std::vector<float> contributions = contributionsOf(model, false, words, index);
            ASSERT_EQ(contributions.size(), words.size());
            const float sum =
                std::accumulate(contributions.begin(), contributions.end(), model.turnLayer.biases[index]);
            EXPECT_NEAR(probability(sum), reading.probabilities[index], 1e-4F) << text << head;
        }
    }
}

TEST(Contributions, TheTellingWordHasMost) {
    const Model& model = builtInModel();
    const std::vector<Word> words = wordsOf("bonjour mon imprimante ne répond plus");
    const std::vector<float> contributions =
        contributionsOf(model, false, words, *model.turnHead("category.printer_scanner"));
    const auto most = std::max_element(contributions.begin(), contributions.end());
    EXPECT_EQ(words[static_cast<std::size_t>(most - contributions.begin())].text, "imprimante");
}

}  // namespace
}  // namespace ninja3cx::analysis
