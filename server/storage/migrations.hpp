#pragma once

#include "server/storage/database.hpp"

namespace ninja3cx::storage {

/// Marks a file as ours ("3CXN"), so that `restore` takes no other program's database.
inline constexpr std::int64_t kApplicationId = 0x3343584E;

/// The version of the tables that this program works with.
int newestSchemaVersion();

/// 0: no tables yet. Refuses a file of another program.
Result<int> schemaVersion(Database& database);

/// Brings the tables to `target`, one transaction for each step, keeping what is in them. Refuses a database
/// that is newer than this program.
Result<void> migrate(Database& database, int target = newestSchemaVersion());

}  // namespace ninja3cx::storage
