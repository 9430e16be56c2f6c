#pragma once

#include "shared/protocol/records.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::api {

struct Options {
    std::vector<std::string> corsOrigins;
    std::filesystem::path dashboardDir;
    std::string version;
    std::chrono::milliseconds helloTimeout{10'000};
    std::optional<std::string> serverId{};  // of the data; told to every client
};

/// Contacts whose name, organisation or number contains the words; from memory.
using FindContacts =
    std::function<std::vector<protocol::Contact>(const std::string& query, std::size_t limit)>;

/// What ails the server, for /health: nothing about calls. Nothing when all is well.
using Problem = std::function<std::optional<std::string>()>;

/// More lines for /metrics, in Prometheus text format.
using MoreMetrics = std::function<std::string()>;

}  // namespace ninja3cx::api
