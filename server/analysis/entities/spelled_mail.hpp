#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// E-mail addresses, written ("a@b.fr") or spelled ("k point belhadj arobase menuiseries tiret rosier point
/// fr").
std::vector<std::string> findMails(const Line& line);

/// The line without the words of the addresses that are said in it: "dash", "point fr" and a domain's words tell nothing
/// of the matter.
Line withoutMails(Line line);

}  // namespace ninja3cx::analysis
