#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/entities/names.hpp"

#include <span>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

enum class Direction {
    Leaves,       // the company, for good: dismissed, retired, at the end of a contract
    Arrives,      // new, or in somebody's place
    ChangesPost,  // another department, team or site
    ComesBack     // hired again, back from a leave, or taken for a leaver by mistake
};

/// Somebody of the customer's staff who moves.
struct Movement {
    Direction direction{};
    std::string person;  // as in `Names`, a surname alone with its title; empty: nobody is named
    Grounds grounds;     // the turns that say so, and their words
};

/// The names, where the caller is none of whom the call says that he moves: "Friday is Paul Baker's last day" is no
/// introduction. Another is the caller then, or nobody.
Names withoutMoverAsCaller(Names names, const Conversation& conversation);

/// Who moves where, in the order in which it is said, a direction once for a person. Empty for a call in which nobody
/// does: who is at lunch, on holiday or on the way to the customer only goes somewhere, as do laptops and mails.
///
/// What is said of many things ("il part", "arrive lundi") counts only where it is said of a person, and where the
/// call speaks of an account as well. Read once for a call, and handed on; time grows with its length.
std::vector<Movement> movementsIn(const Conversation& conversation, const Names& names);

/// Somebody moves, or is away for long. `movements`: those of the conversation.
bool tellsOfMovement(const Conversation& conversation, std::span<const Movement> movements);

/// The only person beside the caller of whom the customer speaks; empty where there are more.
std::string onlyOneSpokenOf(const Conversation& conversation, const Names& names);

/// The first that goes there, one with a name before others; null where none does.
const Movement* movementTo(Direction direction, std::span<const Movement> movements);

/// All who are named of those that go there, in their order.
std::vector<std::string> peopleTo(Direction direction, std::span<const Movement> movements);

}  // namespace ninja3cx::analysis
