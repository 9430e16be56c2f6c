#include "bench/call_tape.hpp"

#include "shared/audio/pcm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace ninja3cx::bench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kSecond = audio::kRateHz;

/// Calls of 4 s whose samples count upwards, the customer's from 10 000 on.
SampleCalls twoCalls() {
    std::vector<SampleCall> calls(2);
    std::int16_t next = 0;
    for (SampleCall& call : calls) {
        call.channels.resize(2);
        for (std::int64_t i = 0; i < 4 * kSecond; ++i) {
            call.channels[0].push_back(static_cast<std::int16_t>(next % 10'000));
            call.channels[1].push_back(static_cast<std::int16_t>(10'000 + next % 10'000));
            next = static_cast<std::int16_t>((next + 1) % 10'000);
        }
    }
    calls[0].turns = {{0, 0.5, 2.5, "Bonjour, que puis-je faire ?"}, {1, 3.0, 3.5, "Rien."}};
    calls[1].turns = {{0, 1.0, 2.0, "Au revoir."}};
    return std::make_shared<const std::vector<SampleCall>>(std::move(calls));
}

std::vector<std::string> textsOf(const std::vector<TimedWord>& words) {
    std::vector<std::string> texts;
    for (const TimedWord& word : words) texts.emplace_back(word.text);
    return texts;
}

TEST(TimedWords, AreSpreadEvenlyAndKeepTheirMarks) {
    const SampleCall::Turn turn{0, 1.0, 3.0, "Bonjour, que puis-je  faire ?"};
    const auto words = timedWords(turn);
    EXPECT_THAT(textsOf(words), ElementsAre("Bonjour,", "que", "puis-je", "faire ?"));
    EXPECT_EQ(words[0].start, kSecond);
    EXPECT_EQ(words[1].start, kSecond * 3 / 2);
    EXPECT_EQ(words[3].end, 3 * kSecond);
    EXPECT_THAT(timedWords({0, 1, 2, "  "}), IsEmpty());
}

TEST(CallTape, PlaysTheCallsOneAfterAnotherWithoutGaps) {
    const auto calls = twoCalls();
    const CallTape tape{calls, 1, kSecond, 8 * kSecond};
    const auto sound = tape.sound(0, 0, 20 * kSecond);
    ASSERT_EQ(sound.size(), static_cast<std::size_t>(8 * kSecond)) << "up to its end";
    const auto& first = (*calls)[1].channels[0];
    const auto& second = (*calls)[0].channels[0];
    EXPECT_TRUE(std::equal(first.begin() + kSecond, first.end(), sound.begin()));
    EXPECT_TRUE(std::equal(second.begin(), second.end(), sound.begin() + 3 * kSecond));
    EXPECT_TRUE(std::equal(first.begin(), first.begin() + kSecond, sound.begin() + 7 * kSecond));
    const auto across = tape.sound(1, 3 * kSecond - 10, 20);
    EXPECT_EQ(across[9], (*calls)[1].channels[1].back());
    EXPECT_EQ(across[10], (*calls)[0].channels[1].front());
    EXPECT_THAT(tape.sound(0, 8 * kSecond, 100), IsEmpty());
}

TEST(CallTape, KnowsItsWordsAndWholeTurns) {
    const CallTape tape{twoCalls(), 0, kSecond, 6 * kSecond};  // 3 s of the first, then 3 s of the second
    // "Bonjour," was over before the tape began.
    EXPECT_THAT(textsOf(tape.words(0)), ElementsAre("que", "puis-je", "faire ?", "Au", "revoir."));
    EXPECT_THAT(tape.turns(0), ElementsAre(Stretch{4 * kSecond, 5 * kSecond}));
    EXPECT_THAT(tape.turns(1), ElementsAre(Stretch{2 * kSecond, kSecond * 5 / 2}));
    EXPECT_EQ(tape.speech(), kSecond * 3 / 2 + kSecond / 2 + kSecond);
    EXPECT_THAT(textsOf(tape.wordsWithin(0, kSecond, 9 * kSecond / 2)), ElementsAre("faire ?", "Au"));
}

}  // namespace
}  // namespace ninja3cx::bench
