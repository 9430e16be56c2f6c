#pragma once

#include "server/storage/data_dir.hpp"

#include <functional>

/// How a restored database takes the place of another, so that a crash at any moment leaves the one or the other,
/// whole and with its own log:
///
///   1. What is replaced gets second names: `ninja.db.replaced-N`, and `…-wal` for its log.
///   2. `ninja.db.restoring` is renamed to `ninja.db.restored`. From here on the restore is made.
///   3. The old log loses its first name, then `ninja.db.restored` is renamed to `ninja.db`.
///
/// Cut short before 2, the old database is as it was; after it, whoever opens the database next does 3.
namespace ninja3cx::storage {

/// Called after each step that a crash may follow.
using AfterStep = std::function<void()>;

/// Where `restore` writes its copy.
std::filesystem::path restoringFile(const std::filesystem::path& dataDir);
/// Whether a restore was made that is not in place yet.
bool isRestoreUnfinished(const std::filesystem::path& dataDir);

/// All steps; the copy must be closed and on disk. Answers where what it replaces is kept: its log where only
/// that was left, nothing where there was nothing.
Result<std::filesystem::path> putInPlace(const DataDirLock& lock, const std::filesystem::path& dataDir,
                                         const AfterStep& afterStep = {});
/// After a crash: ends what `putInPlace` has begun, or removes the second names. Nothing to do most times.
Result<void> finishRestore(const DataDirLock& lock, const std::filesystem::path& dataDir,
                           const AfterStep& afterStep = {});

}  // namespace ninja3cx::storage
