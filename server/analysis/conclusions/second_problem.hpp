#pragma once

#include "server/analysis/conclusions/call_reading.hpp"

#include <cstdint>
#include <optional>
#include <set>

namespace ninja3cx::analysis {

struct SecondProblem {
    protocol::Category category{};
    std::int32_t turn = 0;  // in which the customer raises it
    protocol::Confidence confidence = protocol::Confidence::Unsure;
};

/// Another category that is really involved: a second problem or request that the customer raises behind the first
/// ("et sinon, …", "while I've got you"), or what an incident touches by its nature, as a password that was given away.
/// That a thing is only mentioned is nothing. `runnerUp`: what else the whole call could be about.
std::optional<SecondProblem> secondProblem(const CallReading& reading, protocol::Category main,
                                           protocol::Category runnerUp);

/// The turn in which the customer turns to something else and complains or asks of it, whatever its category.
std::optional<std::int32_t> secondMatter(const CallReading& reading, protocol::Category main);

/// The clause names a thing of the category: "l'imprimante" of printers.
bool namesThingOf(protocol::Category category, const Line& clause);

/// The categories of which the clause names a thing.
std::set<protocol::Category> thingsNamed(const Line& clause);

/// Does a clause complain or ask, and name a thing? "C'est pas grave" does not.
bool tellsOfThing(const Line& clause);

}  // namespace ninja3cx::analysis
