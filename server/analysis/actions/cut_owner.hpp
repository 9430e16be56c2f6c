#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/movements/movements.hpp"

#include <span>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// Whose accounts are cut. `isSeveral` without people: more than one, and the call does not say plainly whose.
struct CutOwners {
    std::vector<std::string> people;
    bool isSeveral = false;
};

/// Who is named beside the cut wins: by the technician in `line`, else by the customer who last asked for one; else the only
/// one who leaves. Never who is only away, or whose account is to be kept. Nobody where that is open: the wrong one would
/// lose the account.
CutOwners cutOwnersIn(const Line& line, const Conversation& conversation, const Names& names,
                      std::span<const Movement> movements);

/// "On bloque son compte." "Non non, laissez-le ouvert.": the customer's next words turn down the cut that turn `turn` of the
/// technician tells.
bool isCutTurnedDown(const Conversation& conversation, std::size_t turn);

}  // namespace ninja3cx::analysis
