#pragma once

#include "server/analysis/conversation.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// E-mail addresses, written ("a@b.fr") or spelled ("k point belhadj arobase menuiseries tiret rosier point
/// fr").
std::vector<std::string> findMails(const Line& line);

}  // namespace ninja3cx::analysis
