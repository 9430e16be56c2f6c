#include "bench/call_variants.hpp"

#include "shared/audio/pcm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>

namespace ninja3cx::bench {
namespace {

constexpr std::size_t kSecond = audio::kRateHz;

/// The agent speaks (a tone of 400 Hz) in the seconds 1 to 4, the customer (700 Hz) in 5 to 7 and 8 to 9.
SampleCall call() {
    SampleCall call;
    call.name = "a call";
    call.channels.assign(2, std::vector<std::int16_t>(10 * kSecond, 0));
    call.turns = {{0, 1, 4, "bonjour"}, {1, 5, 7, "oui"}, {1, 8, 9, "merci"}};
    for (const auto& turn : call.turns) {
        const double step = 2 * std::numbers::pi * (turn.channel == 0 ? 400 : 700) / audio::kRateHz;
        for (auto i = static_cast<std::size_t>(turn.start * audio::kRateHz);
             i < static_cast<std::size_t>(turn.end * audio::kRateHz); ++i)
            call.channels[turn.channel][i] =
                static_cast<std::int16_t>(std::lround(6000 * std::sin(step * static_cast<double>(i))));
    }
    return call;
}

CallVariant variant() {
    CallVariant variant;
    variant.name = "a variant";
    return variant;
}

/// dB of full scale.
double level(const std::vector<std::int16_t>& sound, double from, double to) {
    double sum = 0;
    std::size_t count = 0;
    for (auto i = static_cast<std::size_t>(from * audio::kRateHz);
         i < static_cast<std::size_t>(to * audio::kRateHz); ++i, ++count)
        sum += std::pow(static_cast<double>(sound[i]) / 32768, 2);
    return 10 * std::log10(sum / static_cast<double>(count) + 1e-12);
}

TEST(CallVariants, HaveNamesOfTheirOwnAndKnownGroups) {
    std::set<std::string> names;
    for (const auto& one : variantsOf("all")) EXPECT_TRUE(names.insert(one.name).second) << one.name;
    EXPECT_EQ(variantsOf("clean").size(), 1U);
    EXPECT_EQ(variantsOf("telephone").size(), 1U);
    EXPECT_EQ(variantsOf("noisy").size(), 6U);
    EXPECT_EQ(variantsOf("echo").size(), 9U);
    EXPECT_EQ(variantsOf("double-talk").size(), 2U);
    EXPECT_EQ(variantsOf("white-10dB").size(), 1U);
    EXPECT_TRUE(variantsOf("loud").empty());
}

TEST(CallVariants, LeaveACleanCallAsItIs) {
    const SampleCall plain = call();
    EXPECT_EQ((CallVariants{plain, 1}.make(variant()).channels), plain.channels);
}

TEST(CallVariants, AreTheSameForTheSameSeedAndOthersForAnother) {
    const SampleCall plain = call();
    for (const auto& one : variantsOf("all")) {
        const auto made = CallVariants{plain, 1}.make(one);
        EXPECT_EQ(made.channels, (CallVariants{plain, 1}.make(one).channels)) << one.name;
        EXPECT_EQ(made.channels[0].size(), plain.channels[0].size()) << one.name;
        EXPECT_EQ(made.channels[1].size(), plain.channels[1].size()) << one.name;
        if (one.noise || one.echo) {
            EXPECT_NE(made.channels, (CallVariants{plain, 2}.make(one).channels)) << one.name;
        }
    }
}

TEST(CallVariants, PutNoiseAsFarBelowTheSpeechAsAsked) {
    const SampleCall plain = call();
    for (const Noise noise : {Noise::White, Noise::Pink, Noise::Office}) {
        for (const double snrDb : {10.0, 15.0}) {
            CallVariant noisy = variant();
            noisy.noise = noise;
            noisy.snrDb = snrDb;
            const auto made = CallVariants{plain, 3}.make(noisy);
            for (const std::size_t channel : {0U, 1U}) {
                std::vector<std::int16_t> added(made.channels[channel].size());
                for (std::size_t i = 0; i < added.size(); ++i)
                    added[i] =
                        static_cast<std::int16_t>(made.channels[channel][i] - plain.channels[channel][i]);
                const double speech = 10 * std::log10(speechPower(plain, channel));
                EXPECT_NEAR(speech - level(added, 0, 10), snrDb, 0.3);
            }
        }
    }
}

TEST(CallVariants, LetTheCustomerComeBackLateAndSoftInTheAgentsChannelOnly) {
    const SampleCall plain = call();
    CallVariant echoing = variant();
    echoing.echo = EchoPath{-12, 200, 60};
    const auto made = CallVariants{plain, 4}.make(echoing);
    EXPECT_EQ(made.channels[1], plain.channels[1]);
    EXPECT_LT(level(made.channels[0], 4.2, 5.15), -60);
    const double back = level(made.channels[0], 5.4, 7) - level(plain.channels[1], 5.2, 6.8);
    EXPECT_GT(back, -24);  // a room answers one tone as it likes; a voice has many
    EXPECT_LT(back, 0);
    EXPECT_LT(level(made.channels[0], 7.4, 8.1), -60);
}

TEST(CallVariants, LetTheCustomerFallInBeforeTheAgentHasEnded) {
    const SampleCall plain = call();
    CallVariant overlapping = variant();
    overlapping.overlapSeconds = 1.2;
    const auto made = CallVariants{plain, 5}.make(overlapping);
    EXPECT_EQ(made.channels[0], plain.channels[0]);
    EXPECT_NEAR(made.turns[1].start, 2.8, 1e-6);
    EXPECT_NEAR(made.turns[1].end, 4.8, 1e-6);
    EXPECT_NEAR(level(made.channels[1], 2.85, 4.75), level(plain.channels[1], 5.1, 6.9), 0.2);
    EXPECT_LT(level(made.channels[1], 5.1, 7.9), -60);
    EXPECT_NEAR(made.turns[2].start, 8, 1e-6) << "it does not answer the agent";
    EXPECT_NEAR(level(made.channels[1], 8.1, 8.9), level(plain.channels[1], 8.1, 8.9), 0.1);
}

TEST(CallVariants, NeverFallInBeforeTheAgentHasBegun) {
    SampleCall plain = call();
    plain.turns[0] = {0, 3.5, 4, "bon"};
    CallVariant overlapping = variant();
    overlapping.overlapSeconds = 1.2;
    EXPECT_NEAR((CallVariants{plain, 5}.make(overlapping).turns[1].start), 3.8, 1e-6);
}

TEST(CallVariants, TakeTheTelephonesBandFromBothChannels) {
    SampleCall plain = call();
    for (auto& channel : plain.channels) {
        for (std::size_t i = 0; i < channel.size(); ++i)
            channel[i] = static_cast<std::int16_t>(i % 2 == 0 ? 5000 : -5000);  // 8 kHz
    }
    CallVariant telephone = variant();
    telephone.isTelephone = true;
    for (const auto& channel : CallVariants{plain, 6}.make(telephone).channels)
        EXPECT_LT(level(channel, 1, 9), -50);
}

TEST(RoomResponse, HasTheEnergyOneAndDecays) {
    const auto response = roomResponse(90, 1);
    double energy = 0;
    double late = 0;
    for (std::size_t i = 0; i < response.size(); ++i) {
        const double one = std::pow(static_cast<double>(response[i]), 2);
        energy += one;
        if (i > response.size() / 2) late += one;
    }
    EXPECT_NEAR(energy, 1, 1e-3);
    EXPECT_LT(late, 0.1);
}

}  // namespace
}  // namespace ninja3cx::bench
