#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// A commitment of the technician with its day or hour: "je passe cet après-midi", "I'll swap the dock tomorrow".
struct PlainPromise {
    std::string_view kind;  // "onsite_visit" or "order_hardware"
    std::int32_t turn = 0;
    std::string cue;
};
/// Each kind once, where it is said first.
std::vector<PlainPromise> plainPromises(const Conversation& conversation);

}  // namespace ninja3cx::analysis
