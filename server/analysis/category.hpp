#pragma once

#include "server/analysis/conversation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

struct CategoryFinding {
    Conclusion<protocol::Category> main;
    std::optional<protocol::Category> secondary;
    /// What a subject may name, strongest first, in the call's language: "certificat expiré", "VPN".
    std::vector<std::string> labels;
};

/// Sums the weights of the cues that each category has in the call. What is said twice counts half the second
/// time and not at all after that; causes outweigh symptoms by their weights.
CategoryFinding findCategory(const Conversation& conversation);

}  // namespace ninja3cx::analysis
