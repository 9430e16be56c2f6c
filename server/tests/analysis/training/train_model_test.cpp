#include "server/analysis/training/train_model.hpp"

#include "server/analysis/words/words.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis::training {
namespace {

/// Calls of two hands about printers and mail, some with happy customers.
std::vector<LabelledCall> toyCalls() {
    std::string text;
    for (int i = 0; i < 12; ++i) {
        const bool isPrinter = i % 2 == 0;
        const bool isGlad = i % 3 == 0;
        text +=
            "@ c" + std::to_string(i) + " fr category=" + (isPrinter ? "printer_scanner" : "email") +
            " secondary=- sentiment=" +
            (isGlad ? "positive start=neutral end=positive" : "negative start=negative end=negative") +
            " priority=MEDIUM resolved=" + (isGlad ? "yes" : "no") +
            " ticket=yes callback=" + (isGlad ? "no" : "yes") + "\nA: Bonjour, le support.\nC [top]: " +
            (isPrinter ? "L'imprimante fait un bourrage papier.\n" : "Je ne reçois plus mes mails.\n") +
            (isGlad ? "A [reboot:done]: J'ai redémarré.\nC [pos,fix]: Génial, ça marche, merci !\n\n"
                    : "C [neg,open]: C'est inadmissible.\nA [callback:todo]: Je vous rappelle demain.\n\n");
    }
    auto calls = readLabelledCalls(text, "first.txt").value();
    for (std::size_t i = 0; i < calls.size(); i += 4) calls[i].hand = "second.txt";
    return calls;
}

std::string valueOf(const Model& model, const char* choice, const std::vector<std::string>& lines) {
    std::vector<TurnReading> turns;
    for (const std::string& line : lines)
        turns.push_back(model.readTurn(line[0] == 'A', wordsOf(line.substr(2))));
    const Choice& asked = *model.choice(choice);
    const Answer answer = model.answer(asked, model.concludeFrom(turns));
    if (asked.values.size() == 1) return answer.value == 1 ? "yes" : "no";
    return asked.values[answer.value];
}

TEST(TrainModel, LearnsAToySet) {
    const Model model = trainModel(toyCalls()).model;
    EXPECT_EQ(valueOf(model, "category", {"A: bonjour", "C: j'ai un bourrage"}), "printer_scanner");
    EXPECT_EQ(valueOf(model, "category", {"A: bonjour", "C: plus de mails"}), "email");
    EXPECT_EQ(valueOf(model, "sentiment", {"C: je ne reçois rien", "C: c'est inadmissible"}), "negative");
    EXPECT_EQ(valueOf(model, "sentiment", {"C: je ne reçois rien", "C: génial, ça marche"}), "positive");
    EXPECT_EQ(valueOf(model, "callback", {"C: plus de mails", "A: je vous rappelle demain"}), "yes");
    EXPECT_EQ(valueOf(model, "callback", {"C: plus de mails", "C: génial ça marche"}), "no");
}

TEST(TrainModel, KnowsWhatIsStillToBeDone) {
    const Model model = trainModel(toyCalls()).model;
    const auto& kinds = model.actionKinds;
    const auto kind = [&](const char* name) {
        return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), name) - kinds.begin());
    };
    EXPECT_GT(model.laterChance(model.readTurn(true, wordsOf("je vous rappelle demain")), kind("callback")),
              0.5F);
    EXPECT_LT(model.laterChance(model.readTurn(true, wordsOf("j'ai redémarré")), kind("reboot")), 0.5F);
}

TEST(TrainModel, GivesTheSameBytesEachTime) {
    EXPECT_EQ(writeModel(trainModel(toyCalls()).model), writeModel(trainModel(toyCalls()).model));
}

TEST(TrainModel, SaysHowWellCallsAreReadThatWereLeftOut) {
    const Training training = trainModel(toyCalls());
    EXPECT_THAT(training.report, testing::HasSubstr("left out: 12 calls"));
    EXPECT_THAT(scoresOf(training.model, toyCalls()), testing::HasSubstr("category"));
}

TEST(TrainModel, CallsWithoutTagsTeachAboutTheWholeOnly) {
    auto calls = toyCalls();
    for (LabelledCall& call : calls) {
        call.labels["actions"] = "-";
        for (LabelledTurn& turn : call.turns) turn.tags.clear();
    }
    const Model model = trainModel(calls).model;
    EXPECT_EQ(valueOf(model, "category", {"A: bonjour", "C: j'ai un bourrage"}), "printer_scanner");
    for (const float weight : model.turnLayer.biases) EXPECT_EQ(weight, 0);
}

}  // namespace
}  // namespace ninja3cx::analysis::training
