#include "server/api/notes.hpp"

#include <spdlog/logger.h>

#include <chrono>
#include <utility>
#include <vector>

namespace ninja3cx::api {
namespace {

constexpr std::chrono::hours kNotedEvery{1};

std::string keyOf(const calls::AuditEntry& line, const std::string& view) {
    return line.actor + " " + view;
}

}  // namespace

void noteHourly(const NoteBook& book, const std::string& view, calls::AuditEntry line) {
    const SteadyTime now = book.clock.steady();
    std::erase_if(book.notedAt, [&](const auto& entry) { return now - entry.second.at >= kNotedEvery; });
    const std::string key = keyOf(line, view);
    const auto [noted, isFirst] = book.notedAt.try_emplace(key);
    const bool isRepeat = !isFirst && noted->second.hasFailed;
    if (!isFirst && !isRepeat) return;
    noted->second = {now, false};
    auto whenDone = [log = book.log, what = line.action + " by " + line.actor, key, isRepeat,
                     notedAt = &book.notedAt](const Result<void>& outcome) {
        if (outcome) return;
        if (const auto found = notedAt->find(key); found != notedAt->end()) found->second.hasFailed = true;
        if (!isRepeat) log->error("not in the audit trail: {}: {}", what, outcome.error().detail);
    };
    std::vector<calls::Change> lines;
    lines.emplace_back(std::move(line));
    book.store.commit(std::move(lines), std::move(whenDone));
}

calls::AuditEntry extensionLine(const Clock& clock, const auth::Principal& principal,
                                const Extension& extension) {
    return {toEpochMs(clock.now()), auth::actorOf(principal), "extension.opened", extension.value()};
}

void noteAgent(const NoteBook& book, const auth::Principal& principal, const Extension& extension) {
    if (principal.extension) return;  // its own
    noteHourly(book, extension.value(), extensionLine(book.clock, principal, extension));
}

}  // namespace ninja3cx::api
