#pragma once

#include "server/api/visitor.hpp"
#include "server/calls/ports.hpp"
#include "server/storage/sqlite_store.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"

#include <map>
#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::api {

/// When each view that is asked for again and again came into the audit trail last: by key and view. An entry stands
/// from the moment its line is on its way.
struct Noted {
    SteadyTime at{};
    bool hasFailed = false;  // the next look tries again
};
using NotedAt = std::map<std::string, Noted>;

/// The views of the last hour are no new line.
struct NoteBook {
    storage::SqliteStore& store;
    const Clock& clock;
    NotedAt& notedAt;  // as the store, outlives every note
    const std::shared_ptr<spdlog::logger>& log;
};

/// What goes on is shown while the database cannot be written, so nobody waits for this line. That it fails is logged once,
/// and each look tries again.
void noteHourly(const NoteBook& book, const std::string& view, calls::AuditEntry line);

/// The line of who looks at an extension with a key for any.
calls::AuditEntry extensionLine(const Clock& clock, const auth::Principal& principal,
                                const Extension& extension);

/// An agent program with a key for any extension says hello.
void noteAgent(const NoteBook& book, const auth::Principal& principal, const Extension& extension);

}  // namespace ninja3cx::api
