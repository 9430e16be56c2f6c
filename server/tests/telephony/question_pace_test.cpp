#include "server/telephony/question_pace.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;

class Pace : public testing::Test {
protected:
    /// After how long the question is due again.
    std::chrono::milliseconds pauseAfter(Answer answer) {
        hasJustBeenRefused = pace.note(answer, now);
        std::chrono::milliseconds waited{0};
        while (!pace.isDue(now)) {
            now += 1s;
            waited += 1s;
        }
        return waited;
    }
    SteadyTime now{};
    QuestionPace pace{30s};
    bool hasJustBeenRefused = false;
};

TEST_F(Pace, IsAskedAtOnceAndThenRegularly) {
    EXPECT_TRUE(pace.isDue(now));
    EXPECT_EQ(pauseAfter(Answer::Told), 30s);
    EXPECT_EQ(pauseAfter(Answer::Told), 30s);
}

TEST_F(Pace, OfAQuestionThatIsOffIsNever) {
    EXPECT_FALSE(QuestionPace{0s}.isDue(now));
}

TEST_F(Pace, BelievesTheThirdRefusalInARow) {
    EXPECT_EQ(pauseAfter(Answer::Refused), 30s);
    EXPECT_EQ(pauseAfter(Answer::Refused), 30s);
    EXPECT_FALSE(pace.isRefused()) << "a token that was superseded is refused, too";
    EXPECT_EQ(pauseAfter(Answer::Refused), 10min);
    EXPECT_TRUE(hasJustBeenRefused);
    EXPECT_EQ(pauseAfter(Answer::Refused), 10min);
    EXPECT_FALSE(hasJustBeenRefused) << "that is known";
    EXPECT_EQ(pauseAfter(Answer::Told), 30s);
    EXPECT_FALSE(pace.isRefused());
}

TEST_F(Pace, CountsRefusalsInARowAlone) {
    (void)pauseAfter(Answer::Refused);
    (void)pauseAfter(Answer::Refused);
    (void)pauseAfter(Answer::Told);
    (void)pauseAfter(Answer::Refused);
    EXPECT_FALSE(pace.isRefused());
}

TEST_F(Pace, DoublesWithFailuresUpToFiveMinutes) {
    EXPECT_EQ(pauseAfter(Answer::Failed), 1min);
    EXPECT_EQ(pauseAfter(Answer::Failed), 2min);
    EXPECT_EQ(pauseAfter(Answer::Failed), 4min);
    EXPECT_EQ(pauseAfter(Answer::Failed), 5min);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(pauseAfter(Answer::Failed), 5min);
    EXPECT_EQ(pauseAfter(Answer::Told), 30s);
}

TEST_F(Pace, KeepsToTheTimeThatThePbxNamed) {
    (void)pace.note(Answer::Failed, now, 10min);
    EXPECT_FALSE(pace.isDue(now + 599s));
    EXPECT_TRUE(pace.isDue(now + 600s));
    (void)pace.note(Answer::Told, now, 1s);
    EXPECT_FALSE(pace.isDue(now + 29s)) << "never sooner than it would be asked anyway";
}

TEST_F(Pace, RemembersForAWhileWhatWasTold) {
    EXPECT_FALSE(pace.isFresh(now));
    pace.note(Answer::Told, now);
    EXPECT_TRUE(pace.isFresh(now + 150s));
    EXPECT_FALSE(pace.isFresh(now + 151s));
    for (int i = 0; i < 3; ++i) pace.note(Answer::Refused, now);
    EXPECT_FALSE(pace.isFresh(now)) << "what may not be read is not shown";
}

}  // namespace
}  // namespace ninja3cx::telephony
