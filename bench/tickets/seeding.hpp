#pragma once

#include "bench/tickets/world.hpp"
#include "shared/core/result.hpp"

#include <filesystem>

namespace ninja3cx::bench {

/// Writes the world into the data folder of a server that was never started: calls that are over, their words and
/// analyses, and drafts in the inbox.
Result<void> seedDataFolder(const TicketWorld& world, const std::filesystem::path& dataDir);

}  // namespace ninja3cx::bench
