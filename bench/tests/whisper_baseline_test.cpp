#include "bench/whisper_baseline.hpp"

#include "bench/bench_model.hpp"
#include "shared/audio/pcm.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

TEST(WhisperBaseline, SaysTheScriptWithAModelOfRandomWeights) {
    const auto model = loadBenchModel("shape:tiny:q8_0");
    ASSERT_TRUE(model) << model.error().detail;
    auto baseline = WhisperBaseline::make(model->model);
    ASSERT_TRUE(baseline) << baseline.error().detail;
    std::vector<std::int16_t> sound(std::size_t{2} * audio::kRateHz);
    for (std::size_t i = 0; i < sound.size(); ++i) sound[i] = static_cast<std::int16_t>((i * 7919) % 2000);

    const auto script = transcription::tokensOf(model->model, "Bonjour, quel est votre nom ?");
    ASSERT_GE(script.size(), 6U);
    const auto whole = (*baseline)->decode(sound, {"fr", 0, script});
    ASSERT_TRUE(whole) << whole.error().detail;
    EXPECT_EQ(*whole, " Bonjour, quel est votre nom ?");
    const auto nothing = (*baseline)->decode(sound, {"fr", 0, std::vector<transcription::Token>{}});
    ASSERT_TRUE(nothing);
    EXPECT_EQ(*nothing, "");
}

}  // namespace
}  // namespace ninja3cx::bench
