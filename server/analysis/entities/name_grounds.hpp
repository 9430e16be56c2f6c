#pragma once

#include "server/analysis/conversation/grounds.hpp"

#include <string>
#include <string_view>

namespace ninja3cx::analysis {

/// Where the name of a person, a company or a site (`kind`) is said. Sure where it was written with its capitals in the
/// form of such a name, was said twice or was spelled; likely where its form tells (a known first name, "cabinet …");
/// unsure for other words that stand where a name is expected.
Grounds groundsOfName(const Conversation& conversation, std::string_view kind, const std::string& name);

}  // namespace ninja3cx::analysis
