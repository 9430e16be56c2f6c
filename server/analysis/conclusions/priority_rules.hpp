#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <optional>
#include <vector>

namespace ninja3cx::analysis {

/// A priority that an exception of the definition gives, and the words that say so.
struct RuledPriority {
    protocol::Priority value{};
    std::string cue;
    std::vector<std::int32_t> turns;
};

/// What beats impact and urgency where it is said plainly: compromise and lost devices, phishing that nobody clicked,
/// what the antivirus stopped; when somebody arrives or leaves; a risk to safety. `said` is what the table gave.
std::optional<RuledPriority> exceptionFor(const Conversation& conversation, protocol::Category category,
                                          protocol::Priority said);

}  // namespace ninja3cx::analysis
