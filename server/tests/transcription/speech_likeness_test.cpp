#include "server/transcription/speech_likeness.hpp"

#include "bench/call_variants.hpp"
#include "bench/non_speech.hpp"
#include "bench/sample_call.hpp"
#include "bench/sound_kinds.hpp"
#include "bench/telephone.hpp"
#include "server/tests/transcription/utterances_in.hpp"
#include "shared/audio/pcm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>

namespace ninja3cx::transcription {
namespace {

constexpr double kMinutes = 24;  // half a minute of each kind

const std::vector<bench::NonSpeech>& nonSpeech() {
    static const auto all = bench::makeNonSpeech(kMinutes);
    return all;
}

class NoSpeech : public testing::TestWithParam<std::size_t> {};
TEST_P(NoSpeech, IsHeardInIt) {
    const auto& sound = nonSpeech().at(GetParam());
    for (const auto& utterance : utterancesIn(sound.samples)) {
        EXPECT_FALSE(isSpeechLike(utterance.samples))
            << sound.kind << " at " << static_cast<double>(utterance.start) / audio::kRateHz << " s";
    }
}
INSTANTIATE_TEST_SUITE_P(EachKind, NoSpeech, testing::Range(std::size_t{0}, bench::makeNonSpeech(0).size()),
                         [](const auto& info) {
                             std::string name = bench::makeNonSpeech(0).at(info.param).kind;
                             std::replace_if(
                                 name.begin(), name.end(),
                                 [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                             return name;
                         });

const bench::SoundKind& musicOf(std::string_view name) {
    const auto& kinds = bench::musicKinds();
    return *std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == name; });
}

std::vector<std::int16_t> played(const bench::SoundKind& kind, std::size_t samples, unsigned seed) {
    bench::Canvas canvas{samples, seed};
    kind.make(canvas);
    return canvas.samples();
}

TEST(Tune, IsNoSpeechThoughItGlidesAsAVoiceDoes) {
    std::size_t heard = 0;
    for (const unsigned seed : {101U, 103U}) {  // with as many hints of speech as a short sentence
        const auto violin = played(musicOf("music, violin alone"), 30 * audio::kRateHz, seed);
        for (const auto& utterance : utterancesIn(violin)) {
            ++heard;
            EXPECT_FALSE(isSpeechLike(utterance.samples)) << seed << " at " << utterance.start;
        }
    }
    EXPECT_GT(heard, 5U);
}

/// Of the scripted turns of one channel: the share that utterances cover which pass for speech.
double coverage(const bench::SampleCall& call, std::size_t channel, std::span<const std::int16_t> samples) {
    const auto utterances = utterancesIn(samples);
    double spoken = 0;
    double covered = 0;
    for (const auto& turn : call.turns) {
        if (turn.channel != channel) continue;
        const auto from = static_cast<std::int64_t>(turn.start * audio::kRateHz);
        const auto to = static_cast<std::int64_t>(turn.end * audio::kRateHz);
        std::int64_t found = 0;
        for (const auto& utterance : utterances) {
            if (isSpeechLike(utterance.samples))
                found += std::max(std::int64_t{0},
                                  std::min(to, utterance.end()) - std::max(from, utterance.start));
        }
        EXPECT_GT(found, 0) << call.name << ": nothing heard of the turn at " << turn.start
                            << " s: " << turn.text;
        spoken += static_cast<double>(to - from);
        covered += static_cast<double>(found);
    }
    return covered / spoken;
}

TEST(Speech, IsNoisyInNoiseOnly) {
    const auto calls = bench::readSampleCalls("samples/calls");
    ASSERT_TRUE(calls) << calls.error().detail;
    const bench::SampleCall& clean = calls->front();
    const bench::CallVariants variants{clean, 1};
    for (const auto& [name, isNoise] : {std::pair{"clean", false}, std::pair{"telephone", false},
                                        std::pair{"white-15dB", true}, std::pair{"office-10dB", true}}) {
        const bench::SampleCall call = variants.make(bench::variantsOf(name).front());
        const auto utterances = utterancesIn(call.channels[1]);
        EXPECT_GT(utterances.size(), 3U);
        for (const auto& utterance : utterances)
            EXPECT_EQ(isNoisy(utterance.samples), isNoise) << name << " at " << utterance.start;
    }
    EXPECT_FALSE(isNoisy({})) << "nothing to say";
}

TEST(Speech, IsHeardInTheTurnsOfCalls) {
    const auto calls = bench::readSampleCalls("samples/calls");
    ASSERT_TRUE(calls) << calls.error().detail;
    for (const auto& call : *calls) {
        for (const std::size_t channel : {0U, 1U}) {
            const auto& clean = call.channels[channel];
            EXPECT_GT(coverage(call, channel, clean), 0.97) << call.name << " " << channel;
            EXPECT_GT(coverage(call, channel, bench::throughTelephone(clean)), 0.97)
                << call.name << " " << channel << " through a telephone line";
        }
    }
}

TEST(Speech, IsHeardOverMusicInTheRoom) {
    const auto calls = bench::readSampleCalls("samples/calls");
    ASSERT_TRUE(calls) << calls.error().detail;
    const bench::SampleCall& call = calls->front();
    for (const char* name : {"music, band", "music, piano", "music, violin alone"}) {
        auto samples = call.channels[1];
        const auto music = played(musicOf(name), samples.size(), 500);
        double speech = 1;
        double other = 1;
        for (std::size_t i = 0; i < samples.size(); ++i) {
            speech += static_cast<double>(samples[i]) * static_cast<double>(samples[i]);
            other += static_cast<double>(music[i]) * static_cast<double>(music[i]);
        }
        const double gain = std::sqrt(speech / other) / 4;  // 12 dB below
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<std::int16_t>(
                std::clamp(samples[i] + gain * static_cast<double>(music[i]), -32'768.0, 32'767.0));
        EXPECT_GT(coverage(call, 1, samples), 0.9) << name;
    }
}

}  // namespace
}  // namespace ninja3cx::transcription
