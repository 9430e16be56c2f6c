#include "server/analysis/analyse.hpp"
#include "server/tests/analysis/call_files.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <set>

namespace ninja3cx::analysis {
namespace {

/// These calls are trained with: a floor that breaks shows a regression and measures nothing else. For that there are
/// unseen_calls_test and, with the other half of the set, tests/eval/analysis/score.py.
TEST(DevCalls, TheFirstThirtyStayAboveTheFloors) {
    int category = 0;
    int sentiment = 0;
    int priority = 0;
    int resolved = 0;
    int callback = 0;
    int actionsRight = 0;
    int actionsSaid = 0;
    int actionsWanted = 0;
    for (int n = 1; n <= 30; ++n) {
        char path[64];
        std::snprintf(path, sizeof path, "tests/eval/analysis/dev/ana-d%03d.json", n);
        const auto value = readJsonFile(path);
        const auto& labels = value.at("labels");
        const auto input = json::decode<protocol::AnalysisInput>(value);
        ASSERT_TRUE(input) << path;
        const auto analysis = analyse(*input);
        category += json::encode(analysis.category) == labels.at("category") ? 1 : 0;
        sentiment += json::encode(analysis.sentiment) == labels.at("sentiment") ? 1 : 0;
        priority += json::encode(analysis.priority) == labels.at("priority") ? 1 : 0;
        resolved += analysis.resolved == labels.at("resolved").as_bool() ? 1 : 0;
        callback += analysis.callbackPromised == labels.at("callback_promised").as_bool() ? 1 : 0;
        std::set<std::string> wanted;
        for (const auto& action : labels.at("actions").as_array())
            wanted.insert(action.at("kind").as_string().c_str());
        for (const auto& action : analysis.actions) actionsRight += wanted.contains(action.kind) ? 1 : 0;
        actionsSaid += static_cast<int>(analysis.actions.size());
        actionsWanted += static_cast<int>(wanted.size());
    }
    EXPECT_GE(category, 29);
    EXPECT_GE(sentiment, 29);
    EXPECT_GE(priority, 29);
    EXPECT_GE(resolved, 29);
    EXPECT_GE(callback, 29);
    EXPECT_GE(2.0 * actionsRight / (actionsSaid + actionsWanted), 0.85);
}

}  // namespace
}  // namespace ninja3cx::analysis
