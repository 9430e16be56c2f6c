#pragma once

#include "server/api/visitor.hpp"
#include "server/calls/ports.hpp"
#include "server/storage/sqlite_store.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"

#include <boost/asio/awaitable.hpp>

#include <map>
#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::api {

/// When each view that is asked for again and again came into the audit trail last: by key and view. An entry stands
/// from the moment its line is on its way, and goes when that fails.
struct Noted {
    SteadyTime at{};
    bool isOnDisk = false;
};
using NotedAt = std::map<std::string, Noted>;

/// The views of the last hour are no new line.
struct NoteBook {
    storage::SqliteStore& store;
    const Clock& clock;
    NotedAt& notedAt;  // as the store, outlives every note
};

/// On disk when it answers well, whoever asked first in this hour: before what was read is given away. Once it is
/// there, the store is not asked again: a poll neither waits for others' writing nor says how commits fare.
boost::asio::awaitable<Result<void>> noteHourly(NoteBook book, std::string view, calls::AuditEntry line);

/// The line of who looks at an extension with a key for any.
calls::AuditEntry extensionLine(const Clock& clock, const auth::Principal& principal,
                                const Extension& extension);

/// An agent program with a key for any extension says hello. It waits for no line, as the wall.
void noteAgent(NoteBook book, const std::shared_ptr<spdlog::logger>& log, const auth::Principal& principal,
               const Extension& extension);

}  // namespace ninja3cx::api
