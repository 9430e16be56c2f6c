#include "server/tests/analysis/spoken_items.hpp"

#include "server/analysis/analyse.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

struct Count {
    std::size_t items = 0;
    std::size_t recalled = 0;
    std::size_t repetitions = 0;
    std::size_t repetitionsFound = 0;
    std::size_t extras = 0;
};

bool isFoundIn(const SpokenItem& item, const SpokenItem::Part& part,
               const std::vector<protocol::PersonalData>& pii) {
    return std::any_of(pii.begin(), pii.end(), [&](const protocol::PersonalData& found) {
        return found.kind == item.kind && found.turn == static_cast<std::int32_t>(part.turn) &&
               isRecalled(part.text, item.value, found);
    });
}

Count countOf(unsigned seed, std::string& misses) {
    Count count;
    for (const SpokenItem& item : spokenItems(seed, 200)) {
        const auto pii = findPersonalData(readConversation(item.call));
        ++count.items;
        const bool isWhole = std::all_of(item.parts.begin(), item.parts.end(),
                                         [&](const auto& part) { return isFoundIn(item, part, pii); });
        count.recalled += isWhole ? 1 : 0;
        if (!isWhole) {
            misses += "missed: ";
            for (const auto& part : item.parts)
                misses += item.call.turns[part.turn].text + " <" + part.text + "> ";
            misses += "\n";
        }
        for (const auto& part : item.repetitions) {
            ++count.repetitions;
            const bool isFound = isFoundIn(item, part, pii);
            count.repetitionsFound += isFound ? 1 : 0;
            if (!isFound) misses += "not found again: " + item.call.turns[part.turn].text + "\n";
        }
        for (const protocol::PersonalData& found : pii) {
            const auto isIn = [&](const SpokenItem::Part& part) {
                return part.turn == static_cast<std::size_t>(found.turn);
            };
            if (std::any_of(item.parts.begin(), item.parts.end(), isIn) ||
                std::any_of(item.repetitions.begin(), item.repetitions.end(), isIn))
                continue;
            ++count.extras;
            misses += "not wanted: " + found.text.value_or("") + "\n";
        }
    }
    return count;
}

TEST(SpokenItems, AreFoundInTwoHundredCalls) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        std::string misses;
        const Count count = countOf(seed, misses);
        RecordProperty("recalled" + std::to_string(seed), static_cast<int>(count.recalled));
        EXPECT_EQ(count.items, 200u);
        EXPECT_GE(count.recalled, 190u) << misses;
        EXPECT_GE(count.repetitionsFound * 10, count.repetitions * 9) << misses;
        EXPECT_LE(count.extras, 4u) << misses;
    }
}

TEST(SpokenItems, AreTheSameForTheSameSeed) {
    const auto once = spokenItems(1, 20);
    const auto again = spokenItems(1, 20);
    for (std::size_t i = 0; i < once.size(); ++i) {
        ASSERT_EQ(once[i].call.turns.size(), again[i].call.turns.size());
        for (std::size_t turn = 0; turn < once[i].call.turns.size(); ++turn)
            EXPECT_EQ(once[i].call.turns[turn].text, again[i].call.turns[turn].text);
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
