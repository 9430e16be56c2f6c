#pragma once

#include "shared/core/clock.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

namespace ninja3cx::auth {

/// Counts failed logins for each address. After kAllowed of them an address must wait; one is forgiven every
/// kForgiveEvery.
class Failures {
public:
    static constexpr int kAllowed = 10;
    static constexpr std::chrono::seconds kForgiveEvery{6};
    static constexpr std::size_t kMaxAddresses = 10'000;

    explicit Failures(const Clock& clock) : clock_(clock) {}
    bool isBlocked(const std::string& address) const;
    void note(const std::string& address);

private:
    struct Count {
        int failures = 0;
        SteadyTime since;  // when `failures` was true
    };
    int current(const Count& count) const;
    void forget();

    const Clock& clock_;
    std::map<std::string, Count> counts_;
};

}  // namespace ninja3cx::auth
