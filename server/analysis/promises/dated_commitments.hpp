#pragma once

#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conversation/conversation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// What the technician commits himself to with its day or hour, whatever the model heard.
struct DatedCommitment {
    std::string_view kind;  // of `protocol::kActionKinds`
    std::int32_t turn = 0;
    std::string cue;  // as it was said
};

/// A promise to phone: "and call you in a fortnight". The first one.
std::optional<DatedCommitment> datedCallback(const Conversation& conversation);

/// A visit, equipment that is sent or brought: "je passe cet après-midi", "I'll swap the dock tomorrow". Each kind once,
/// where it is said first.
std::vector<DatedCommitment> datedDeliveries(const Conversation& conversation);

/// A later day, or "ce soir", for something that is done on its own day: "je désactive son compte le quinze janvier".
/// None for kinds that are done when they are said, and where it is said later that it is done.
std::optional<DatedCommitment> datedDeed(const Conversation& conversation, std::string_view kind);

/// "je vais lancer une analyse", "I'll send the quote", with a day or without: the last such words. None where another
/// turn tells of one that is done, or either says behind them that it is.
std::optional<DatedCommitment> deedToCome(const CallReading& reading, std::string_view kind);

}  // namespace ninja3cx::analysis
