#pragma once

#include "server/analysis/conversation.hpp"

#include <map>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// person, company, phone, email, device, software, error_code, ticket_number, site: as they would be
/// written, once each. Every key is present.
using Entities = std::map<std::string, std::vector<std::string>>;
Entities findEntities(const Conversation& conversation);

}  // namespace ninja3cx::analysis
