#pragma once

#include "server/calls/ports.hpp"
#include "server/storage/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The trail of who did what: who read which call, who changed a draft, who let whom in, who erased.
///
/// It outlives what it is about, so it holds no word, no name and no number of a caller: ids, counts and the
/// network addresses of those who logged in. An erasure has nothing to look for in it.
namespace ninja3cx::storage {

struct AuditLine {
    std::int64_t id = 0;  // grows with each line
    std::int64_t atMs = 0;
    std::string actor;
    std::string action;
    std::string about;
    bool operator==(const AuditLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(AuditLine, (), (id, atMs, actor, action, about))

struct AuditFilter {
    std::optional<std::int64_t> beforeId;  // exclusive; the `next` of the page before
    std::optional<std::int64_t> sinceMs;   // inclusive
    std::int32_t limit = 100;
};

struct AuditPage {
    std::vector<AuditLine> lines;      // newest first
    std::optional<std::int64_t> next;  // absent: nothing older
    bool operator==(const AuditPage&) const = default;
};
BOOST_DESCRIBE_STRUCT(AuditPage, (), (lines, next))

Result<void> addAudit(Database& database, const calls::AuditEntry& entry);
Result<AuditPage> readAudit(Database& database, const AuditFilter& filter);
/// About the call and its draft, oldest first.
Result<std::vector<AuditLine>> readAuditOf(Database& database, const CallId& callId);

}  // namespace ninja3cx::storage
