#include "bench/uplink/journal_score.hpp"

#include "bench/uplink/frame_pattern.hpp"
#include "server/journal/journal_record.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace ninja3cx::bench {

JournalScore& JournalScore::operator+=(const JournalScore& other) {
    frames += other.frames;
    lost += other.lost;
    doubled += other.doubled;
    reordered += other.reordered;
    foreign += other.foreign;
    return *this;
}

JournalScore scoreJournal(std::span<const std::uint8_t> journal, std::size_t agent, protocol::Speaker channel,
                          std::size_t frames) {
    using Verdict = journal::RecordReading::Verdict;
    JournalScore score;
    score.frames = frames;
    std::vector<bool> isThere(frames, false);
    std::optional<std::uint64_t> highest;
    bool isInDamage = false;
    while (!journal.empty()) {
        const journal::RecordReading read = journal::readRecord(journal);
        if (read.verdict != Verdict::Whole) {
            if (!std::exchange(isInDamage, true)) ++score.foreign;
            journal = journal.subspan(1);
            continue;
        }
        isInDamage = false;
        journal = journal.subspan(read.bytes);
        const std::uint64_t sequence = read.frame.sequence;
        if (sequence >= frames || read.frame.channel != channel ||
            read.frame.samples != patternOf(agent, channel, sequence)) {
            ++score.foreign;
            continue;
        }
        const auto place = static_cast<std::size_t>(sequence);
        if (isThere[place])
            ++score.doubled;
        else if (highest && sequence < *highest)
            ++score.reordered;
        isThere[place] = true;
        highest = std::max(highest.value_or(0), sequence);
    }
    score.lost = static_cast<std::size_t>(std::count(isThere.begin(), isThere.end(), false));
    return score;
}

}  // namespace ninja3cx::bench
