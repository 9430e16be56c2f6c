#include "agent/app/blind_limit.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ninja3cx::agent {
namespace {

using namespace std::chrono_literals;

enum class Step { Blind = 1, Seen, Heard, Asked };

/// What happens, and when.
struct At {
    std::chrono::seconds time;
    Step step;
};
struct Row {
    const char* name;
    std::vector<At> story;
    std::chrono::seconds askedAt;
    std::optional<BlindEnd> wanted;
};
class BlindCapture : public testing::TestWithParam<Row> {};
TEST_P(BlindCapture, EndsAfterTenMinutesOrTwoOfSilence) {
    ManualClock clock;
    BlindLimit limit{clock, {}};
    auto now = 0s;
    const auto goTo = [&](std::chrono::seconds time) {
        clock.advance(time - now);
        now = time;
    };
    for (const At& at : GetParam().story) {
        goTo(at.time);
        switch (at.step) {
            case Step::Blind:
                limit.setBlind(true);
                break;
            case Step::Seen:
                limit.setBlind(false);
                break;
            case Step::Heard:
                limit.onHeard();
                break;
            case Step::Asked:
                (void)limit.reached();
                break;
        }
    }
    goTo(GetParam().askedAt);
    EXPECT_EQ(limit.reached(), GetParam().wanted);
}

std::vector<At> heardEachMinute(std::chrono::seconds until) {
    std::vector<At> story{{0s, Step::Blind}};
    for (auto time = 60s; time <= until; time += 60s) story.push_back({time, Step::Heard});
    return story;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BlindCapture,
    testing::Values(
        Row{"NeverBlind", {{0s, Step::Heard}}, 3600s, std::nullopt},
        Row{"SeenAgain", {{0s, Step::Blind}, {60s, Step::Seen}}, 3600s, std::nullopt},
        Row{"NearlySilentTooLong", {{0s, Step::Blind}}, 119s, std::nullopt},
        Row{"SilentTooLong", {{0s, Step::Blind}}, 120s, BlindEnd::Silent},
        Row{"SilenceBeforeDoesNotCount", {{0s, Step::Heard}, {500s, Step::Blind}}, 619s, std::nullopt},
        Row{"SilentAfterItWasSeen", {{0s, Step::Heard}, {500s, Step::Blind}}, 620s, BlindEnd::Silent},
        Row{"HeardInBetween", {{0s, Step::Blind}, {100s, Step::Heard}}, 219s, std::nullopt},
        Row{"SilentSinceThen", {{0s, Step::Blind}, {100s, Step::Heard}}, 220s, BlindEnd::Silent},
        Row{"BlindSaidTwice", {{0s, Step::Blind}, {100s, Step::Blind}}, 120s, BlindEnd::Silent},
        Row{"Talk", heardEachMinute(540s), 599s, std::nullopt},
        Row{"TalkTooLong", heardEachMinute(600s), 600s, BlindEnd::TooLong},
        Row{"HeardTooLate",
            {{0s, Step::Blind}, {120s, Step::Asked}, {121s, Step::Heard}},
            122s,
            BlindEnd::Silent},
        Row{"EndedAndSeenAgain",
            {{0s, Step::Blind}, {120s, Step::Asked}, {200s, Step::Seen}},
            201s,
            std::nullopt},
        Row{"BlindAnew",
            {{0s, Step::Blind}, {120s, Step::Asked}, {200s, Step::Seen}, {201s, Step::Blind}},
            320s,
            std::nullopt}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(CustomerInBlindCapture, IsHeardAboveTheNoiseOfALine) {
    for (const int sample : {0, 1, -1, BlindLimit::kSilentPeak, -BlindLimit::kSilentPeak,
                             BlindLimit::kSilentPeak + 1, -BlindLimit::kSilentPeak - 1, 32'767, -32'768}) {
        ManualClock clock;
        BlindLimit limit{clock, {}};
        limit.setBlind(true);
        clock.advance(60s);
        std::vector<std::int16_t> piece(1600, 0);
        piece[800] = static_cast<std::int16_t>(sample);
        limit.onCustomer(piece);
        clock.advance(60s);
        const bool isHeard = sample > BlindLimit::kSilentPeak || sample < -BlindLimit::kSilentPeak;
        EXPECT_EQ(limit.reached() == std::nullopt, isHeard) << sample;
    }
}

}  // namespace
}  // namespace ninja3cx::agent
