#include "server/api/notes.hpp"

#include "server/api/await.hpp"

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

/// Whether the line is to be written now; it counts as noted from here on.
bool takeTurn(const NoteBook& book, const std::string& key) {
    const SteadyTime now = book.clock.steady();
    std::erase_if(book.notedAt, [&](const auto& entry) { return now - entry.second.at >= kNotedEvery; });
    return book.notedAt.try_emplace(key, Noted{now}).second;
}

/// How the line fared whose turn it was.
void settle(NotedAt& notedAt, const std::string& key, const Result<void>& noted) {
    if (!noted)
        notedAt.erase(key);
    else if (const auto found = notedAt.find(key); found != notedAt.end())
        found->second.isOnDisk = true;
}

bool isOnDisk(const NotedAt& notedAt, const std::string& key) {
    const auto found = notedAt.find(key);
    return found != notedAt.end() && found->second.isOnDisk;
}

std::vector<calls::Change> changesOf(calls::AuditEntry line) {
    std::vector<calls::Change> lines;
    lines.emplace_back(std::move(line));
    return lines;
}

}  // namespace

boost::asio::awaitable<Result<void>> noteHourly(NoteBook book, std::string view, calls::AuditEntry line) {
    const std::string key = keyOf(line, view);
    for (;;) {
        const bool isOurs = takeTurn(book, key);
        if (isOnDisk(book.notedAt, key)) co_return Result<void>{};
        // Nothing, after the line that may be on its way: commits end in order.
        const Start<void> note = [&](auto done) {
            book.store.commit(isOurs ? changesOf(line) : std::vector<calls::Change>{}, std::move(done));
        };
        auto noted = co_await answerOf(note);
        if (isOurs) settle(book.notedAt, key, noted);
        if (isOurs || !noted || book.notedAt.contains(key)) co_return noted;
    }
}

calls::AuditEntry extensionLine(const Clock& clock, const auth::Principal& principal,
                                const Extension& extension) {
    return {toEpochMs(clock.now()), auth::actorOf(principal), "extension.opened", extension.value()};
}

void noteAgent(NoteBook book, const std::shared_ptr<spdlog::logger>& log, const auth::Principal& principal,
               const Extension& extension) {
    if (principal.extension) return;  // its own
    auto line = extensionLine(book.clock, principal, extension);
    const std::string key = keyOf(line, extension.value());
    if (!takeTurn(book, key)) return;
    auto whenDone = [log, actor = line.actor, key, notedAt = &book.notedAt](const Result<void>& noted) {
        settle(*notedAt, key, noted);
        if (noted) return;
        log->error("not in the audit trail: extension.opened by {}: {}", actor, noted.error().detail);
    };
    book.store.commit(changesOf(std::move(line)), std::move(whenDone));
}

}  // namespace ninja3cx::api
