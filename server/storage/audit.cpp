#include "server/storage/audit.hpp"

#include <algorithm>
#include <limits>

namespace ninja3cx::storage {
namespace {

Result<std::vector<AuditLine>> readLines(Database& database, const char* sql,
                                         const std::vector<Bound>& values) {
    std::vector<AuditLine> lines;
    auto read = database.each(sql, values, [&](const Row& row) {
        lines.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4)});
        return Result<void>{};
    });
    if (!read) return read.error();
    return lines;
}

}  // namespace

Result<void> addAudit(Database& database, const calls::AuditEntry& entry) {
    auto added = database.run("INSERT INTO audit (at_ms, actor, action, about) VALUES (?, ?, ?, ?)",
                              entry.atMs, entry.actor, entry.action, entry.about);
    if (!added) return added.error();
    return {};
}

Result<AuditPage> readAudit(Database& database, const AuditFilter& filter) {
    const auto limit = static_cast<std::size_t>(std::max(filter.limit, 1));
    // One more than wanted says whether there is a page after this one.
    auto lines = readLines(
        database,
        "SELECT id, at_ms, actor, action, about FROM audit WHERE id < ? AND at_ms >= ?"
        " ORDER BY id DESC LIMIT ?",
        {bound(filter.beforeId.value_or(std::numeric_limits<std::int64_t>::max())),
         bound(filter.sinceMs.value_or(std::numeric_limits<std::int64_t>::min())), bound(limit + 1)});
    if (!lines) return lines.error();
    AuditPage page{std::move(*lines), std::nullopt};
    if (page.lines.size() > limit) {
        page.lines.resize(limit);
        page.next = page.lines.back().id;
    }
    return page;
}

Result<std::vector<AuditLine>> readAuditOf(Database& database, const CallId& callId) {
    return readLines(database,
                     "SELECT id, at_ms, actor, action, about FROM audit WHERE about = ?"
                     " OR about IN (SELECT draft_id FROM drafts WHERE call_id = ?) ORDER BY id",
                     {bound(callId), bound(callId)});
}

}  // namespace ninja3cx::storage
