#include "server/transcription/echo_guard.hpp"

#include "server/tests/transcription/echo_sounds.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::transcription {
namespace {

struct Guarded {
    Sound sound;
    EchoFigure echo;
    std::size_t longestWait = 0;  // windows
};

Guarded guarded(const Sound& near, const Sound& far) {
    EchoGuard guard;
    std::vector<GuardedWindow> out;
    Guarded result;
    for (std::size_t at = 0; at + kWindow <= near.size(); at += kWindow) {
        guard.push(std::span<const std::int16_t, kWindow>{&near[at], kWindow},
                   std::span<const std::int16_t, kWindow>{&far[at], kWindow}, out);
        result.longestWait = std::max(result.longestWait, at / kWindow + 1 - out.size());
    }
    result.echo = guard.figure();
    guard.flush(out);
    for (const GuardedWindow& window : out)
        result.sound.insert(result.sound.end(), window.samples.begin(), window.samples.end());
    result.sound.resize(near.size());
    return result;
}

Sound silence(double seconds) {
    return babble(seconds, 0, 0, 99);
}

struct Row {
    double attenuationDb;
    int delayMs;
};
class Echo : public testing::TestWithParam<Row> {};

TEST_P(Echo, OfTheFirstSentenceIsSilenceAlready) {
    const Sound far = babble(14, 1, 13, 1);
    const Sound near = withEcho(silence(14), far, GetParam().attenuationDb, GetParam().delayMs);
    const Guarded result = guarded(near, far);
    EXPECT_LT(levelDb(result.sound, 1, 4), levelDb(near, 1, 4) - 15);
    EXPECT_LT(levelDb(result.sound, 4, 13.5), -72);
    EXPECT_TRUE(result.echo.isThere);
    EXPECT_NEAR(result.echo.delayMs, GetParam().delayMs, 5);
    EXPECT_NEAR(result.echo.attenuationDb, GetParam().attenuationDb, 4);
}

TEST_P(Echo, LeavesWhoSpeaksAtTheSameTime) {
    const Sound far = babble(20, 1, 19, 1);
    const Sound own = babble(20, 8, 12, 2);
    const Sound near = withEcho(own, far, GetParam().attenuationDb, GetParam().delayMs);
    const Guarded result = guarded(near, far);
    EXPECT_LT(levelDb(result.sound, 4, 7.7), -70);
    Sound left = result.sound;
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = static_cast<std::int16_t>(left[i] - own[i]);
    // His words are there, and what was done to them and is left of the echo is far below them.
    EXPECT_NEAR(levelDb(result.sound, 8.1, 11.9), levelDb(own, 8.1, 11.9), 1);
    EXPECT_LT(levelDb(left, 8.1, 11.9), levelDb(own, 8.1, 11.9) - 10);
    EXPECT_LT(levelDb(result.sound, 13, 19), -68);
}

TEST_P(Echo, DoesNotTouchWhatIsSaidWhenTheOtherIsSilent) {
    const Sound far = babble(20, 1, 10, 1);
    const Sound own = babble(20, 12, 18, 2);
    const Sound near = withEcho(own, far, GetParam().attenuationDb, GetParam().delayMs);
    const Guarded result = guarded(near, far);
    const auto from = static_cast<std::ptrdiff_t>(samplesOf(11.5));
    EXPECT_TRUE(std::equal(near.begin() + from, near.end() - 2 * kWindow, result.sound.begin() + from));
}

INSTANTIATE_TEST_SUITE_P(Rows, Echo,
                         testing::Values(Row{3, 20}, Row{3, 300}, Row{6, 80}, Row{12, 150}, Row{20, 300},
                                         Row{30, 20}, Row{30, 150}, Row{30, 300}),
                         [](const auto& info) {
                             return std::to_string(static_cast<int>(info.param.attenuationDb)) + "dB" +
                                    std::to_string(info.param.delayMs) + "ms";
                         });

TEST(EchoGuard, ChangesNoSampleWhereThereIsNoEcho) {
    const Sound far = babble(20, 1, 13, 1);
    const Sound near = babble(20, 5, 19, 2);  // both speak for eight seconds
    const Guarded result = guarded(near, far);
    const auto whole = static_cast<std::ptrdiff_t>(near.size() / kWindow * kWindow);
    EXPECT_TRUE(std::equal(near.begin(), near.begin() + whole, result.sound.begin()));
    EXPECT_FALSE(result.echo.isThere);
}

TEST(EchoGuard, ChangesNoSampleWithoutAFarEnd) {
    const Sound near = babble(10, 1, 9, 2);
    const Guarded result = guarded(near, Sound(near.size(), 0));
    const auto whole = static_cast<std::ptrdiff_t>(near.size() / kWindow * kWindow);
    EXPECT_TRUE(std::equal(near.begin(), near.begin() + whole, result.sound.begin()));
    EXPECT_LE(result.longestWait, 1U);
}

TEST(EchoGuard, LetsNothingWaitLongerThanAMomentWhereBothSpeak) {
    const Sound far = babble(20, 1, 19, 1);
    const Sound near = babble(20, 1, 19, 2);
    EXPECT_LE(guarded(near, far).longestWait, 47U);  // 1.5 s
}

TEST(EchoGuard, WaitsLongerForAnEchoAboutAsFaintAsTheNoise) {
    const Sound far = babble(14, 1, 13, 1, -28);
    const Guarded result = guarded(withEcho(silence(14), far, 36, 20), far);
    EXPECT_TRUE(result.echo.isThere);
    EXPECT_GT(result.longestWait, 47U);
    EXPECT_LE(result.longestWait, 112U);  // 3.6 s
    EXPECT_LT(levelDb(result.sound, 1, 13.5), -72);
}

TEST(EchoGuard, LetsNobodyWaitLongerWhoSpeaksAfterSomethingFaint) {
    const Sound far = babble(20, 1, 19, 1);
    Sound near = babble(20, 1, 3.5, 3, -45);  // not the far end's echo
    const Sound own = babble(20, 3.5, 19, 2);
    std::copy(own.begin() + 56'000, own.end(), near.begin() + 56'000);
    EchoGuard guard;
    std::vector<GuardedWindow> out;
    for (std::size_t at = 0; at + kWindow <= near.size(); at += kWindow) {
        guard.push(std::span<const std::int16_t, kWindow>{&near[at], kWindow},
                   std::span<const std::int16_t, kWindow>{&far[at], kWindow}, out);
        if (at > 60'000) {
            ASSERT_LE(at / kWindow + 1 - out.size(), 47U) << "at " << at / 16 << " ms";
        }
    }
}

TEST(EchoGuard, LetsNothingWaitOnceThereWasDoubtEnoughWhereBothSpeak) {
    const Sound far = babble(20, 1, 19, 1);
    const Sound near = babble(20, 1, 19, 2);
    EchoGuard guard;
    std::vector<GuardedWindow> out;
    for (std::size_t at = 0; at + kWindow <= near.size(); at += kWindow) {
        guard.push(std::span<const std::int16_t, kWindow>{&near[at], kWindow},
                   std::span<const std::int16_t, kWindow>{&far[at], kWindow}, out);
        if (at > 16'000 * 7) {
            ASSERT_LE(at / kWindow + 1 - out.size(), 1U) << "at " << at / 16 << " ms";
        }
    }
}

TEST(EchoGuard, LetsNothingWaitOnceAHeadsetIsKnown) {
    EchoGuard guard;
    std::vector<GuardedWindow> out;
    const Sound far = babble(20, 1, 19, 1);
    const Sound near = babble(20, 8, 12, 2);
    for (std::size_t at = 0; at + kWindow <= near.size(); at += kWindow) {
        guard.push(std::span<const std::int16_t, kWindow>{&near[at], kWindow},
                   std::span<const std::int16_t, kWindow>{&far[at], kWindow}, out);
        ASSERT_LE(at / kWindow + 1 - out.size(), 1U) << "at " << at / 16 << " ms";
    }
}

TEST(EchoGuard, HearsAVoiceSofterThanTheEcho) {
    const Sound far = babble(20, 1, 19, 1);
    const Sound own = babble(20, 10, 14, 2, -29);  // 6 dB below the echo
    const Guarded result = guarded(withEcho(own, far, 3, 80), far);
    EXPECT_NEAR(levelDb(result.sound, 10.1, 13.9), levelDb(own, 10.1, 13.9), 3);
}

TEST(EchoGuard, FindsThePathAgainWhenItJumps) {
    const Sound far = babble(30, 1, 29, 1);
    Sound near = withEcho(silence(30), far, 6, 60);
    const Sound later = withEcho(silence(30), far, 9, 210, 8);
    std::copy(later.begin() + 15 * 16'000, later.end(), near.begin() + 15 * 16'000);
    const Guarded result = guarded(near, far);
    EXPECT_LT(levelDb(result.sound, 5, 14.9), -70);
    EXPECT_LT(levelDb(result.sound, 19, 29), -68);
    EXPECT_NEAR(result.echo.delayMs, 210, 5);
}

TEST(EchoGuard, LeavesTheAgentWhoseVoiceComesBackFromTheLine) {
    const Sound near = babble(20, 1, 19, 2);
    for (const int delayMs : {0, 10, 25, 60, 200}) {
        const Guarded result = guarded(near, withEcho(silence(20), near, 12, delayMs));
        const auto whole = static_cast<std::ptrdiff_t>(near.size() / kWindow * kWindow);
        EXPECT_TRUE(std::equal(near.begin(), near.begin() + whole, result.sound.begin())) << delayMs << " ms";
    }
}

TEST(EchoGuard, LeavesTheAgentWhoRepeatsWhatHeHears) {
    const Sound far = babble(20, 1, 19, 1);
    Sound near = silence(20);
    std::copy(far.begin(), far.end() - 16'000, near.begin() + 16'000);  // the same words, a second later
    const Guarded result = guarded(near, far);
    const auto whole = static_cast<std::ptrdiff_t>(near.size() / kWindow * kWindow);
    EXPECT_TRUE(std::equal(near.begin(), near.begin() + whole, result.sound.begin()));
}

TEST(EchoGuard, IsNotMisledByHum) {
    Sound hum(samplesOf(20));
    for (std::size_t i = 0; i < hum.size(); ++i)
        hum[i] =
            static_cast<std::int16_t>(1'000 * std::sin(6.2831853 * 50 * static_cast<double>(i) / 16'000));
    const Sound far = babble(20, 1, 19, 1);
    const Guarded quiet = guarded(hum, far);
    EXPECT_FALSE(quiet.echo.isThere);
    const Guarded result = guarded(withEcho(hum, far, 6, 80), far);
    EXPECT_TRUE(result.echo.isThere);
    EXPECT_LT(levelDb(result.sound, 6, 19), -50);
}

TEST(EchoGuard, GivesTheSameForTheSame) {
    const Sound far = babble(10, 1, 9, 1);
    const Sound near = withEcho(babble(10, 4, 6, 2), far, 6, 80);
    EXPECT_EQ(guarded(near, far).sound, guarded(near, far).sound);
}

}  // namespace
}  // namespace ninja3cx::transcription
