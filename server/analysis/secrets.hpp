#pragma once

#include "server/analysis/conversation.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

struct Secret {
    std::string value;  // as it would be written
    std::size_t first = 0;
    std::size_t last = 0;
};

/// Passwords, PINs and Wi-Fi codes said in a line. A secret has been announced ("le mot de passe est", "the
/// code for the Wi-Fi") in this line or in one of the three before, and looks like one. One-time and session
/// codes are none.
std::vector<Secret> findSecrets(const Conversation& conversation, std::size_t line);

}  // namespace ninja3cx::analysis
