#pragma once

#include "simulators/exchange/faults.hpp"

#include <optional>

namespace ninja3cx::simulators {

/// A trouble that the simulated PBX knows.
struct FaultKind {
    const char* name;
    const char* path;  // which requests it waits for, unless the fault says; null: it happens at once
    std::vector<const char*> params;
};
/// Null for none of them.
const FaultKind* findFaultKind(const std::string& name);
/// What is wrong with it, beginning with the field.
std::optional<Error> problemOf(const Fault& fault);

}  // namespace ninja3cx::simulators
