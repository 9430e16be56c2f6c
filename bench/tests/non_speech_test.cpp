#include "bench/non_speech.hpp"

#include "shared/audio/pcm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace ninja3cx::bench {
namespace {

double levelDb(const std::vector<std::int16_t>& samples) {
    double sum = 1e-3;
    for (const std::int16_t sample : samples) sum += static_cast<double>(sample) * sample;
    return 10 * std::log10(sum / static_cast<double>(samples.size()) / 32'768 / 32'768);
}

TEST(NonSpeech, IsAsLongAsWanted) {
    const auto sounds = makeNonSpeech(4);
    std::size_t samples = 0;
    std::set<std::string> kinds;
    for (const auto& sound : sounds) {
        EXPECT_EQ(sound.samples.size(), sounds.front().samples.size()) << sound.kind;
        samples += sound.samples.size();
        kinds.insert(sound.kind);
    }
    EXPECT_NEAR(static_cast<double>(samples) / audio::kRateHz, 240, 0.01);
    EXPECT_EQ(kinds.size(), sounds.size()) << "each part has a name of its own";
    EXPECT_GE(kinds.size(), 40U);
}

TEST(NonSpeech, IsTheSameEachTime) {
    const auto first = makeNonSpeech(2);
    const auto second = makeNonSpeech(2);
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i)
        EXPECT_TRUE(first[i].samples == second[i].samples) << first[i].kind;
}

TEST(NonSpeech, IsAsLoudAsCallsAreAndDoesNotClip) {
    for (const auto& sound : makeNonSpeech(8)) {
        const auto [lowest, highest] = std::minmax_element(sound.samples.begin(), sound.samples.end());
        EXPECT_LT(*highest, 32'700) << sound.kind;
        EXPECT_GT(*lowest, -32'700) << sound.kind;
        if (sound.kind.starts_with("silence")) {
            EXPECT_EQ(*highest, 0) << sound.kind;
            continue;
        }
        EXPECT_GT(levelDb(sound.samples), -65) << sound.kind;
        EXPECT_LT(levelDb(sound.samples), -6) << sound.kind;
    }
}

}  // namespace
}  // namespace ninja3cx::bench
