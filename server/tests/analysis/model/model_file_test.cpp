#include "server/analysis/model/call_summary.hpp"
#include "server/analysis/model/model.hpp"
#include "server/analysis/weights/weights.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <random>

namespace ninja3cx::analysis {
namespace {

using ::testing::HasSubstr;

Model smallModel() {
    Model model;
    model.vocabulary = Vocabulary{{2, 3, 4}};
    model.turnRarity = {1, 2, 3};
    model.callRarity = {3, 2, 1};
    model.turnHeads = {"neg", "pos"};
    model.turnHeadsOf = {Whose::Customer, Whose::Everyone};
    model.turnLayer = quantised(std::vector<float>{1, -1, 0.5F, 0, 0, 2}, {0.25F, -0.25F});
    model.choices = {{"mood", {"negative", "neutral", "positive"}, 0, 0.5F, 0.75F},
                     {"resolved", {"yes"}, 3, 0.5F, 0.75F, Whose::Agent}};
    model.callLayer = quantised(std::vector<float>(12, 0.5F), {0, 1, 2, -1});
    const std::size_t summary = summarySize(model.turnHeads.size());
    model.summaryMeans.assign(summary, 0.5F);
    model.summaryScales.assign(summary, 2);
    model.summaryWeights.assign(summary * 4, 0.125F);
    model.actionKinds = {"reboot"};
    model.laterLayer = quantised(std::vector<float>{1, 2, 3}, {0});
    model.laterByAction = {-1};
    return model;
}

TEST(ModelFile, WhatIsWrittenIsReadAgain) {
    const auto bytes = writeModel(smallModel());
    const auto model = readModel(bytes);
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_EQ(writeModel(*model), bytes);
    EXPECT_EQ(model->choices[1].firstHead, 3u);
    EXPECT_EQ(model->turnHead("pos"), 1u);
    EXPECT_FALSE(model->turnHead("glad"));
    EXPECT_EQ(model->choice("resolved"), &model->choices[1]);
    EXPECT_EQ(model->choice("priority"), nullptr);
}

TEST(ModelFile, OtherFilesAreRefused) {
    EXPECT_FALSE(readModel({}));
    const std::vector<std::uint8_t> text(100, 'x');
    ASSERT_FALSE(readModel(text));
    EXPECT_EQ(readModel(text).error().kind, ErrorKind::BadMessage);
    auto other = writeModel(smallModel());
    other[16] = 99;
    ASSERT_FALSE(readModel(other));
    EXPECT_THAT(readModel(other).error().detail, HasSubstr("version 99"));
}

TEST(ModelFile, CutOrLengthenedItIsRefused) {
    auto bytes = writeModel(smallModel());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(readModel(std::span{bytes}.first(length))) << length;
    bytes.push_back(0);
    EXPECT_FALSE(readModel(bytes));
}

TEST(ModelFile, KeysAscendAndNumbersAreFinite) {
    Model model = smallModel();
    model.vocabulary = Vocabulary{{4, 3, 2}};
    EXPECT_FALSE(readModel(writeModel(model)));
    model = smallModel();
    model.callRarity[1] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_FALSE(readModel(writeModel(model)));
}

TEST(ModelFile, AnyDamageIsSurvived) {
    const auto whole = writeModel(smallModel());
    std::mt19937 random{3};
    const std::vector<Word> words = wordsOf("le vpn ne marche plus");
    for (int round = 0; round < 3000; ++round) {
        auto bytes = whole;
        for (unsigned i = 0; i <= random() % 4; ++i)
            bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
        const auto model = readModel(bytes);
        if (!model) continue;
        const std::vector<TurnReading> turns = {model->readTurn(true, words)};
        const auto margins = model->concludeFrom(turns);
        for (const Choice& choice : model->choices)
            EXPECT_LE(model->answer(choice, margins).value, choice.values.size());
    }
}

TEST(Model, AnswersWithTheBestAndTheNext) {
    const Model model = smallModel();
    const Answer mood = model.answer(model.choices[0], std::vector<float>{-1, 2, 1, 0});
    EXPECT_EQ(mood.value, 1u);
    EXPECT_EQ(mood.runnerUp, 2u);
    EXPECT_GT(mood.certainty, 0.4F);
    EXPECT_LT(mood.certainty, 0.6F);
    EXPECT_EQ(model.answer(model.choices[1], std::vector<float>{0, 0, 0, -3}).value, 0u);
    EXPECT_GT(model.answer(model.choices[1], std::vector<float>{0, 0, 0, -3}).certainty, 0.9F);
    EXPECT_EQ(model.answer(model.choices[1], std::vector<float>{0, 0, 0, 3}).value, 1u);
}

TEST(Model, ACallWithoutTurnsHasAnAnswer) {
    const Model model = smallModel();
    EXPECT_EQ(model.concludeFrom({}).size(), 4u);
}

TEST(Model, TheOneOfTheProgramKnowsWhatIsAskedOfIt) {
    const Model& model = builtInModel();
    for (const char* name : {"category", "sentiment", "start", "end", "priority", "resolved", "callback"})
        EXPECT_TRUE(model.choice(name)) << name;
    for (const std::string& kind : model.actionKinds) EXPECT_TRUE(model.choice("action." + kind)) << kind;
    const std::vector<TurnReading> turns = {
        model.readTurn(true, wordsOf("support bonjour")),
        model.readTurn(false, wordsOf("bonjour l'imprimante du premier fait un bourrage papier"))};
    const Choice& category = *model.choice("category");
    EXPECT_EQ(category.values[model.answer(category, model.concludeFrom(turns)).value], "printer_scanner");
}

}  // namespace
}  // namespace ninja3cx::analysis
