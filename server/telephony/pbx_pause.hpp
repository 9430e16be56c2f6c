#pragma once

#include <chrono>
#include <optional>

namespace ninja3cx::telephony {

struct PauseLimits {
    std::chrono::milliseconds first{1'000};
    std::chrono::milliseconds longest{30'000};
    std::chrono::milliseconds longestTold{60'000};  // of a Retry-After: an hour without calls helps nobody
};

/// How long to leave the PBX alone after `failures` (1 or more) in a row. `told`: its Retry-After; it is kept
/// to the full, and from the second time on at least `first`. Without one: doubles from `first`, 50 to 100 %
/// of it. `jitter` in [0,1).
std::chrono::milliseconds pauseAfter(int failures, std::optional<std::chrono::milliseconds> told,
                                     double jitter, const PauseLimits& limits);

}  // namespace ninja3cx::telephony
