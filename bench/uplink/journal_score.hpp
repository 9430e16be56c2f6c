#pragma once

#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

/// What a server's journal holds against what was captured. Pure; nothing of the product's own account of it is used, but
/// the layout of a record.
namespace ninja3cx::bench {

struct JournalScore {
    std::size_t frames = 0;     // captured
    std::size_t lost = 0;       // of them, not in the journal
    std::size_t doubled = 0;    // records beyond the first of a frame
    std::size_t reordered = 0;  // records behind one of a later frame
    std::size_t foreign =
        0;  // records with other samples than were captured, or of no frame that was; and damaged places
    JournalScore& operator+=(const JournalScore& other);
    bool operator==(const JournalScore&) const = default;
};

/// `journal`: the bytes of one channel's file. `frames`: how many were captured, numbered from 0.
JournalScore scoreJournal(std::span<const std::uint8_t> journal, std::size_t agent, protocol::Speaker channel,
                          std::size_t frames);

}  // namespace ninja3cx::bench
