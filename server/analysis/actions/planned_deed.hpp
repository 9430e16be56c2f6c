#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::analysis {

/// The technician's turn that sets a later day for an action: "je désactive son compte le quinze janvier".
struct PlannedDeed {
    std::int32_t turn = 0;
    std::string cue;
};
/// None for kinds that are done when they are said, and where it is said later that it is done.
std::optional<PlannedDeed> plannedDeed(const Conversation& conversation, std::string_view kind);

}  // namespace ninja3cx::analysis
