#pragma once

#include "shared/core/result.hpp"
#include "tests/scenarios/told.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::scenarios {

/// One line of a row's timeline: "5.0 201 connected", or "5.0-8.5 link connected" where a pause is as long as chance
/// makes it. Several spaces are as good as one.
struct ExpectedLine {
    std::chrono::milliseconds from{0};
    std::chrono::milliseconds to{0};  // the last tenth that is right
    std::string text;
};
/// BadMessage: the line does not begin with a time.
Result<ExpectedLine> readLine(const std::string& line);

/// Nothing where all is as expected; otherwise which line differs, and all lines of both.
std::optional<std::string> differenceOf(const std::vector<std::string>& expected,
                                        const std::vector<Told>& told);

}  // namespace ninja3cx::scenarios
