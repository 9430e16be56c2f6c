#pragma once

#include "shared/core/clock.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace ninja3cx::auth {

/// Which refused logins are written down, so that a flood of them cannot fill the disk: for each address the
/// first, tenth, hundredth … of an hour, and a hundred addresses an hour.
class Refusals {
public:
    static constexpr std::chrono::hours kWindow{1};
    static constexpr std::size_t kMostAddresses = 100;

    explicit Refusals(const Clock& clock) : clock_(clock), began_(clock.steady()) {}

    /// What to write of one more refusal, e.g. "10.0.0.5" or "10.0.0.5, 100 times"; nothing as a rule.
    std::optional<std::string> note(const std::string& address);

private:
    const Clock& clock_;
    SteadyTime began_;
    std::map<std::string, std::int64_t> counts_;
    bool hasToldOfMore_ = false;
};

}  // namespace ninja3cx::auth
