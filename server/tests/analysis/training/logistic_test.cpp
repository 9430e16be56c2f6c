#include "server/analysis/training/logistic.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ninja3cx::analysis::training {
namespace {

/// Two features that tell yes from no for the first head and the other way round for the second.
Lessons opposites() {
    Lessons lessons;
    lessons.features = 2;
    lessons.heads = 2;
    for (int i = 0; i < 10; ++i) {
        const bool isYes = i % 2 == 0;
        lessons.examples.push_back({{isYes ? 0U : 1U, 1.0F}});
        lessons.lessons.push_back({isYes, 1.0F});
        lessons.lessons.push_back({!isYes, 1.0F});
    }
    return lessons;
}
std::vector<std::size_t> all() {
    return {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
}

TEST(Logistic, LearnsEachHead) {
    const Weights weights = trainLogistic(opposites(), all(), 50);
    EXPECT_GT(weights.weights[0], 0.5F);
    EXPECT_LT(weights.weights[1], -0.5F);
    EXPECT_NEAR(weights.weights[2], -weights.weights[0], 1e-2F);
    EXPECT_NEAR(weights.biases[0], 0, 1e-2F);
}

TEST(Logistic, FindsTheOptimum) {
    // One feature, five of each: the optimum has w = 5 * sigmoid(-w) on either side.
    const Weights weights = trainLogistic(opposites(), all(), 200);
    const float w = weights.weights[0];
    EXPECT_NEAR(w, 5.0F / (1.0F + std::exp(w)), 1e-2F);
}

TEST(Logistic, WhatCostsNothingTeachesNothing) {
    Lessons lessons = opposites();
    for (std::size_t i = 1; i < lessons.lessons.size(); i += 2) lessons.lessons[i].cost = 0;
    const Weights weights = trainLogistic(lessons, all(), 20);
    EXPECT_EQ(weights.weights[1 * 2 + 1], 0);
    EXPECT_EQ(weights.biases[1], 0);
    EXPECT_GT(weights.weights[0], 0.5F);
}

TEST(Logistic, LearnsFromTheNamedExamplesOnly) {
    const Weights weights = trainLogistic(opposites(), {0, 2, 4}, 20);
    EXPECT_GT(weights.weights[0], 0.1F);
    EXPECT_EQ(weights.weights[2], 0);
}

}  // namespace
}  // namespace ninja3cx::analysis::training
