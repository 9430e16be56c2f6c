#include "simulators/pbx/checks.hpp"

#include <cmath>

namespace ninja3cx::simulators {
namespace {
constexpr double kLongestS = 7 * 86'400;
}  // namespace

std::optional<Error> unlessOneOf(const std::string& place, const std::string& value,
                                 const std::vector<const char*>& allowed) {
    std::string known;
    for (const char* name : allowed) {
        if (value == name) return std::nullopt;
        known += (known.empty() ? "" : ", ") + std::string{name};
    }
    return wrong(place + ": '" + value + "' is none of " + known);
}

std::optional<Error> unlessTime(const std::string& place, double s, double least) {
    if (std::isfinite(s) && s >= least && s <= kLongestS) return std::nullopt;
    return wrong(place + ": must be a number of seconds from " + std::to_string(static_cast<int>(least)) +
                 " to 604800");
}

}  // namespace ninja3cx::simulators
