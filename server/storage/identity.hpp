#pragma once

#include "server/storage/database.hpp"

#include <string>

namespace ninja3cx::storage {

/// Of the data, "s-" and 16 hexadecimal digits: it stays with them through restarts, moves and restores of a backup.
Result<std::string> serverIdentity(Database& database);

}  // namespace ninja3cx::storage
