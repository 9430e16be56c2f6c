#include "bench/uplink/journal_score.hpp"

#include "bench/uplink/frame_pattern.hpp"
#include "server/journal/journal_record.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace ninja3cx::bench {
namespace {

using protocol::Speaker;
using Bytes = std::vector<std::uint8_t>;

Bytes recordOf(std::size_t agent, Speaker channel, std::uint64_t sequence) {
    protocol::AudioFrame frame;
    frame.channel = channel;
    frame.sequence = sequence;
    frame.callClockMs = static_cast<std::int64_t>(sequence) * 100;
    frame.samples = patternOf(agent, channel, sequence);
    return journal::encodeRecord(frame);
}

Bytes journalOf(std::initializer_list<std::uint64_t> sequences) {
    Bytes journal;
    for (const std::uint64_t sequence : sequences) {
        const Bytes record = recordOf(7, Speaker::Customer, sequence);
        journal.insert(journal.end(), record.begin(), record.end());
    }
    return journal;
}

JournalScore scoreOf(const Bytes& journal, std::size_t frames) {
    return scoreJournal(journal, 7, Speaker::Customer, frames);
}

TEST(JournalScoreTest, CountsWhatIsMissingTwiceOrLate) {
    struct Row {
        const char* name;
        Bytes journal;
        JournalScore expected;  // of four frames: frames, lost, doubled, reordered, foreign
    };
    const std::vector<Row> rows{
        {"each once", journalOf({0, 1, 2, 3}), {4, 0, 0, 0, 0}},
        {"nothing at all", {}, {4, 4, 0, 0, 0}},
        {"one in the middle is lost", journalOf({0, 2, 3}), {4, 1, 0, 0, 0}},
        {"the end is lost", journalOf({0, 1}), {4, 2, 0, 0, 0}},
        {"one twice, side by side", journalOf({0, 1, 1, 2, 3}), {4, 0, 1, 0, 0}},
        {"a part twice", journalOf({0, 1, 2, 1, 2, 3}), {4, 0, 2, 0, 0}},
        {"two changed places", journalOf({0, 2, 1, 3}), {4, 0, 0, 1, 0}},
        {"beyond what was captured", journalOf({0, 1, 2, 3, 4}), {4, 0, 0, 0, 1}},
    };
    for (const Row& row : rows) EXPECT_EQ(scoreOf(row.journal, 4), row.expected) << row.name;
}

TEST(JournalScoreTest, TakesNoOtherCallsFrameForThisOnes) {
    EXPECT_EQ(scoreOf(recordOf(8, Speaker::Customer, 0), 1), (JournalScore{1, 1, 0, 0, 1}));
    EXPECT_EQ(scoreOf(recordOf(7, Speaker::Agent, 0), 1), (JournalScore{1, 1, 0, 0, 1}));
}

TEST(JournalScoreTest, SeesADamagedPlaceOnceAndGoesOnBehindIt) {
    Bytes journal = journalOf({0, 1, 2});
    journal[journal.size() / 2] ^= 0xFFU;  // within the second record
    EXPECT_EQ(scoreOf(journal, 3), (JournalScore{3, 1, 0, 0, 1}));
}

TEST(JournalScoreTest, SeesATornEnd) {
    Bytes journal = journalOf({0, 1});
    journal.resize(journal.size() - 10);
    EXPECT_EQ(scoreOf(journal, 2), (JournalScore{2, 1, 0, 0, 1}));
}

}  // namespace
}  // namespace ninja3cx::bench
