#pragma once

#include "shared/core/result.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

/// What is wrong with a value of a scenario, or nothing. `place` names the field.
namespace ninja3cx::simulators {

inline Error wrong(std::string what) {
    return {ErrorKind::BadMessage, std::move(what)};
}
std::optional<Error> unlessOneOf(const std::string& place, const std::string& value,
                                 const std::vector<const char*>& allowed);
/// A number of seconds of at most a week.
std::optional<Error> unlessTime(const std::string& place, double s, double least = 0);

}  // namespace ninja3cx::simulators
