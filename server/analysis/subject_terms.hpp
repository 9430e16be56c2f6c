#pragma once

#include "server/analysis/conversation.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// What a subject of this category may name, strongest first, in the call's language: "certificat expiré", "VPN".
std::vector<std::string> subjectTerms(const Conversation& conversation, protocol::Category category);

}  // namespace ninja3cx::analysis
