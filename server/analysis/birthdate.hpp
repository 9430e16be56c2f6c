#pragma once

#include "server/analysis/conversation.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

struct SpokenDate {
    std::string iso;  // "2001-03-14"
    std::size_t first = 0;
    std::size_t last = 0;
};

/// Full dates in a line that are introduced as a date of birth, in this line or in the one before.
std::vector<SpokenDate> findBirthdates(const Conversation& conversation, std::size_t line);

}  // namespace ninja3cx::analysis
