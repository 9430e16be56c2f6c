#pragma once

#include "shared/protocol/records.hpp"

#include <cstdint>
#include <string>

namespace ninja3cx::api {

/// Counters of the API. Network thread only.
struct Counters {
    std::uint64_t answers2xx = 0;
    std::uint64_t answers4xx = 0;
    std::uint64_t answers5xx = 0;
    std::uint64_t audioFrames = 0;
    std::uint64_t messages = 0;
    std::uint64_t refusedMessages = 0;
    std::int64_t agents = 0;
    std::int64_t boards = 0;
};

/// Prometheus text format. `isDatabaseUp`: the latest commit succeeded.
std::string metricsText(const Counters& counters, const protocol::SystemStatus& status, bool isDatabaseUp);

}  // namespace ninja3cx::api
