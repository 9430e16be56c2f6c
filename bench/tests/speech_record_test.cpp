#include "bench/speech_record.hpp"

#include "bench/word_alignment.hpp"
#include "shared/audio/pcm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(WordAlignment, PairsAsManyWordsAsStandInBothInOrder) {
    EXPECT_THAT(alignWords({"a", "b", "c", "d"}, {"x", "b", "d", "c"}), ElementsAre(Pair(1, 1), Pair(3, 2)));
    EXPECT_THAT(alignWords({"a"}, {}), ElementsAre());
}

class SpeechRecordTest : public testing::Test {
protected:
    SpeechRecordTest() {
        SampleCall call;
        call.channels.assign(2, std::vector<std::int16_t>(std::size_t{20} * audio::kRateHz));
        // Words end at 2, 3, 4, 5 s.
        call.turns = {{0, 1, 5, "le serveur ne répond"}, {0, 10, 11, "merci"}, {1, 12, 13, "oui"}};
        tape_.emplace(std::make_shared<const std::vector<SampleCall>>(std::vector{call}), 0, 0,
                      std::int64_t{20} * audio::kRateHz);
        record_.emplace(*tape_);
    }

    void partial(const std::string& text, std::int32_t stableBytes, std::int64_t endMs, std::int64_t at,
                 bool isProvisional = false) {
        add({CallId{"one"},
             UtteranceId{"agent-1"},
             {},
             ++revision_,
             false,
             isProvisional,
             900,
             endMs,
             stableBytes,
             text,
             0},
            at);
    }
    void final(const std::string& text, std::int64_t at) {
        add({CallId{"one"},
             UtteranceId{"agent-1"},
             {},
             ++revision_,
             true,
             false,
             900,
             5200,
             static_cast<std::int32_t>(text.size()),
             text,
             0},
            at);
    }
    void add(const protocol::Utterance& said, std::int64_t at) { record_->add(said, at); }
    const SpeechFigures& figures() { return record_->soFar(); }

    std::optional<CallTape> tape_;
    std::optional<SpeechRecord> record_;
    std::int32_t revision_ = 0;
};

TEST_F(SpeechRecordTest, TimesEachWordFromItsEnd) {
    partial("le serv", 0, 2600, 2650);
    partial("le serveur ne", 2, 4000, 4100);
    final("le serveur ne répond", 5900);
    // "serveur" was shown 1.1 s after its end at 3 s, and became stable with the final text.
    EXPECT_THAT(figures().partialLatencyMs, ElementsAre(650, 1100, 100, 900));
    EXPECT_THAT(figures().stableLatencyMs, ElementsAre(2100, 2900, 1900, 900));
    EXPECT_THAT(figures().finalLatencyMs, ElementsAre(900));
    EXPECT_EQ(figures().violations, 0U);
}

TEST_F(SpeechRecordTest, TimesAFinalTextWithoutWordsOfTheScriptFromItsTail) {
    add({CallId{"one"}, UtteranceId{"agent-7"}, {}, 1, true, false, 7000, 8000, 5, "bruit", 0}, 8500);
    EXPECT_THAT(figures().finalLatencyMs, ElementsAre(700));
}

TEST_F(SpeechRecordTest, CountsWordsThatALaterTextChanges) {
    partial("le serv", 0, 2600, 2650);
    partial("le serveur nos", 0, 4000, 4100);
    final("le serveur ne répond", 5900);
    EXPECT_EQ(figures().shownWords, 4U);    // le, serv, serveur, nos
    EXPECT_EQ(figures().revisedWords, 2U);  // serv, nos
    EXPECT_DOUBLE_EQ(figures().revisedWordsPct(), 50);
}

TEST_F(SpeechRecordTest, FindsTurnsWithoutAFinalText) {
    final("le serveur ne répond", 5900);
    const auto& figures = record_->finish();
    EXPECT_EQ(figures.scriptedTurns, 3U);
    EXPECT_EQ(figures.finals, 1U);
    EXPECT_EQ(figures.finalsLost, 2U);
}

TEST_F(SpeechRecordTest, SeesAFinalTextThatIsChanged) {
    final("le serveur ne répond", 5900);
    final("le serveur répond", 6000);
    EXPECT_EQ(figures().violations, 1U);
    EXPECT_EQ(figures().finals, 1U);
}

TEST_F(SpeechRecordTest, SeesCommittedTextThatIsChanged) {
    partial("le serveur", 10, 4000, 4100);
    partial("le serveur ne", 2, 4500, 4600);
    EXPECT_EQ(figures().violations, 0U);
    final("le service ne répond", 5900);
    EXPECT_EQ(figures().violations, 1U);
}

TEST_F(SpeechRecordTest, LetsTheFinalModelCorrectWhatIsProvisional) {
    partial("le service", 10, 4000, 4100, true);
    final("le serveur ne répond", 5900);
    EXPECT_EQ(figures().violations, 0U);
}

TEST_F(SpeechRecordTest, SeesARevisionThatDoesNotGrow) {
    partial("le", 0, 2600, 2650);
    --revision_;
    partial("le serveur", 0, 4000, 4100);
    EXPECT_EQ(figures().violations, 1U);
}

TEST_F(SpeechRecordTest, SeesFinalTextsOutOfOrder) {
    add({CallId{"one"}, UtteranceId{"agent-7"}, {}, 1, true, false, 7000, 8000, 5, "merci", 0}, 8500);
    final("le serveur ne répond", 8600);
    EXPECT_EQ(figures().violations, 1U);
}

}  // namespace
}  // namespace ninja3cx::bench
