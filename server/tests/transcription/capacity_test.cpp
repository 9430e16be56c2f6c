#include "server/transcription/capacity.hpp"

#include "server/transcription/encoder_context.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace ninja3cx::transcription {
namespace {

using namespace std::chrono_literals;

/// Near what two cores of an AMD EPYC need.
const ModelCost kTiny{"tiny", true, 180, 2.3};
const ModelCost kBase{"base", true, 387, 4.6};

CoresFor evenly(std::size_t cores) {
    return [cores](const std::string&) { return cores; };
}

TEST(EncoderContext, FitsTheUtteranceWithAReserve) {
    EXPECT_EQ(fittedContext(0.5, 1500), 256);
    EXPECT_EQ(fittedContext(4, 1500), 336);
    EXPECT_EQ(fittedContext(10, 1500), 640);
    EXPECT_EQ(fittedContext(60, 1500), 1500);
    EXPECT_EQ(fittedContext(1, 64), 64) << "a small model's whole";
}

TEST(EncoderContext, OfAPartialIsShorter) {
    EXPECT_EQ(partialContext(0.7, 1500), 112);
    EXPECT_EQ(partialContext(4, 1500), 256);
    EXPECT_EQ(partialContext(60, 1500), 1500);
}

TEST(Capacity, FollowsFromTheCostOfASecondOfSpeech) {
    // 1.05 * (387 + 19 * 4.6 + 80 * 0.4 * 4.6) ms for 4 s, and 7 % that are given up.
    EXPECT_NEAR(finalCost(kBase), 0.1746, 0.0001);
    EXPECT_NEAR(callsAtOnce(finalCost(kBase), 2), 1.4 / (0.9 * 0.1746 + 0.008), 0.02);
    EXPECT_NEAR(callsAtOnce(finalCost(kBase), 4), 2 * callsAtOnce(finalCost(kBase), 2), 1e-9);
}

TEST(Capacity, CountsAPromptThatMakesAFinalOfBaseAThirdDearer) {
    const double plain = 1.05 * (387 + 19 * 4.6);
    const double ms = capacityOf({kTiny, kBase}, evenly(2), 8)[1].utteranceMs;
    EXPECT_NEAR(ms / plain, 4.0 / 3, 0.03);
    EXPECT_NEAR(finalCost(kBase) * 4000 / ms, 1.07, 1e-9) << "a speculation that is given up delays nobody";
}

TEST(Capacity, CountsEachPartialOfAnUtterance) {
    PolicyOptions policy;
    policy.firstAfter = 1s;
    policy.step = 10s;
    const double one = partialCost(kTiny, policy);
    constexpr double kBreaths = 1.2;
    EXPECT_NEAR(one, kBreaths * 1.05 * (180 * 112.0 / 336 + 2.3 * 5.5) / 4000, 1e-6)
        << "at the context of a partial, of a cost that was measured at an utterance's";
    policy.firstAfter = 3s;
    EXPECT_NEAR(partialCost(kTiny, policy), kBreaths * 1.05 * (180 * 208.0 / 336 + 2.3 * 14.5) / 4000, 1e-6);
    policy.firstAfter = 5s;
    EXPECT_EQ(partialCost(kTiny, policy), 0) << "the utterance is over before";
    EXPECT_GT(partialCost(kTiny), 3 * one) << "four of them, as the engine is set";
}

TEST(Capacity, RecommendsTheBestModelThatCarriesTheCalls) {
    const std::vector<ModelCost> costs{
        kTiny, kBase, {"small", false, 1000, 13.8}, {"medium", false, 5200, 40}};
    const auto recommended = [&](std::size_t cores, double calls) {
        std::string names;
        for (const ModelCapacity& one : capacityOf(costs, evenly(cores), calls))
            if (one.isRecommended) names += one.model;
        return names;
    };
    EXPECT_EQ(recommended(2, 8), "base");
    EXPECT_EQ(recommended(2, 3), "small");
    EXPECT_EQ(recommended(2, 15), "tiny");
    EXPECT_EQ(recommended(2, 100), "");
    EXPECT_EQ(recommended(64, 8), "small")
        << "an utterance takes medium more than 2 s on any number of cores";
    const auto all = capacityOf(costs, evenly(2), 8);
    EXPECT_LT(all[1].callsWithPartials, all[1].calls);
    EXPECT_NEAR(all[1].utteranceMs, 653, 1);
}

TEST(Capacity, CountsTheCoresThatWorkWithAModel) {
    const auto all = capacityOf(
        {kTiny, kBase}, [](const std::string& model) { return model == "base" ? 4U : 8U; }, 8);
    EXPECT_EQ(all[1].cores, 4U);
    EXPECT_EQ(all[0].cores, 8U);
    EXPECT_NEAR(all[1].calls, callsAtOnce(finalCost(kBase), 4), 1e-9);
    EXPECT_NEAR(all[0].calls, callsAtOnce(finalCost(kTiny), 8), 1e-9);
}

/// Measures nothing: a machine on which base takes as long as is said, and each measurement two runs, or one in the longer
/// time of the first.
class Machine {
public:
    explicit Machine(double baseMs) : baseMs_{baseMs} {}
    std::vector<ModelCost> costs(const MeasuringTime& time) {
        return costsOfModels(
            time,
            [&](const ModelShape& shape, const MeasuringTime& given) -> Result<ModelCost> {
                const double weights = static_cast<double>(shape.encoderLayers) * shape.width * shape.width;
                const double ms = baseMs_ * weights / (6 * 512 * 512);
                const auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(
                    std::chrono::duration<double, std::milli>{ms});
                const bool fitsTwice = 2 * wall <= given.usual;
                if (!fitsTwice && (given.atMost <= given.usual || wall > given.atMost))
                    return Error{ErrorKind::TimedOut, ""};
                now_ += fitsTwice ? 2 * wall : wall;
                measured_.push_back(shape.name);
                return ModelCost{shape.name, true, ms, ms / 100};
            },
            [&] { return now_; });
    }
    std::vector<std::string> measured_;
    std::chrono::steady_clock::time_point now_{};

private:
    double baseMs_;
};

TEST(CostsOfModels, AreMeasuredWhileTimeIsLeftAndEstimatedFromThere) {
    Machine machine{400};
    const auto costs = machine.costs({4s, 12s});
    EXPECT_EQ(machine.measured_, (std::vector<std::string>{"base", "tiny"}));
    EXPECT_LE(machine.now_.time_since_epoch(), 4s);
    ASSERT_EQ(costs.size(), modelShapes().size());
    EXPECT_TRUE(costs[0].isMeasured && costs[1].isMeasured);
    EXPECT_EQ(costs[2], (ModelCost{"small", false, 400 * 3.7, 4 * 2.8}));
    for (std::size_t i = 2; i < costs.size(); ++i) EXPECT_EQ(costs[i].model, modelShapes()[i].name);

    Machine fast{40};
    const auto more = fast.costs({4s, 12s});
    EXPECT_EQ(fast.measured_, (std::vector<std::string>{"base", "tiny", "small", "medium"}));
    EXPECT_LE(fast.now_.time_since_epoch(), 4s);
    EXPECT_FALSE(more[5].isMeasured);
    EXPECT_NEAR(more[5].soundMs, more[3].soundMs * 22 / 12, 1e-6) << "from medium";
}

TEST(CostsOfModels, OfABusyMachineFollowFromTheFirstThatWasDecodedAtLast) {
    Machine busy{9'000};
    const auto costs = busy.costs({4s, 12s});
    EXPECT_EQ(busy.measured_, (std::vector<std::string>{"base"})) << "no time is added for another";
    EXPECT_EQ(busy.now_.time_since_epoch(), 9s) << "one run";
    ASSERT_EQ(costs.size(), modelShapes().size());
    EXPECT_TRUE(costs[1].isMeasured);
    EXPECT_FALSE(costs[0].isMeasured || costs[2].isMeasured);
}

TEST(CostsOfModels, AreNothingWhereNotEvenBaseFits) {
    EXPECT_TRUE(Machine{13'000}.costs({4s, 12s}).empty());
}

TEST(RandomModel, OfEachShapeIsOneThatWhisperLoads) {
    const auto model = makeRandomModel(modelShapes()[0], Device::Cpu);
    ASSERT_TRUE(model) << model.error().detail;
    const auto cost = measureModel(*model, "tiny", false, {60s, 60s});
    ASSERT_TRUE(cost) << cost.error().detail;
    EXPECT_EQ(cost->model, "tiny");
    EXPECT_TRUE(cost->isMeasured);
    EXPECT_GT(cost->tokenMs, 0.1);
    EXPECT_GT(cost->soundMs, 5 * cost->tokenMs);
    EXPECT_TRUE(std::isfinite(cost->soundMs));

    EXPECT_TRUE(measureModel(*model, "tiny", false, {0ms, 60s})) << "once, though the usual time is over";
    const auto late = measureModel(*model, "tiny", false, {0ms, 0ms});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::TimedOut);
}

}  // namespace
}  // namespace ninja3cx::transcription
