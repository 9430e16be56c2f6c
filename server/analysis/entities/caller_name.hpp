#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <span>
#include <string>

namespace ninja3cx::analysis {

/// Whether the words `first` to `last` of a line name somebody who is only spoken of: "un salarié, Paul Henry, qui
/// part", "pour Claire", "Monsieur Lebrun, notre directeur".
bool isSpokenOf(const Line& line, std::size_t first, std::size_t last);

/// The one of `people` who calls: `heard` if nothing says that it is somebody spoken of, else whoever gives a name in
/// the customer's first turns or is addressed by the technician. Empty: nobody did.
std::string callerAmong(const Conversation& conversation, std::span<const std::string> people,
                        const std::string& heard);

}  // namespace ninja3cx::analysis
