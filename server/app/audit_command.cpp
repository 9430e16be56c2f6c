#include "server/app/commands.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/data_dir.hpp"
#include "shared/core/clock.hpp"
#include "shared/json/codec.hpp"

#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <iostream>

namespace ninja3cx::app {
namespace {

constexpr std::int32_t kMostLines = 100'000;

template <class T>
std::optional<T> numberIn(std::string_view text) {
    T number{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "2026-01-31": its first moment, UTC, as the lines' own times are.
std::optional<std::int64_t> dayIn(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = numberIn<int>(text.substr(0, 4));
    const auto month = numberIn<unsigned>(text.substr(5, 2));
    const auto day = numberIn<unsigned>(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{*month},
                                           std::chrono::day{*day}};
    if (!date.ok()) return std::nullopt;
    return toEpochMs(SystemTime{std::chrono::sys_days{date}});
}

}  // namespace

calls::AuditEntry commandAudit(const std::string& action, const std::string& about) {
    const auto* account = ::getpwuid(::geteuid());
    const std::string name = account ? account->pw_name : std::to_string(::geteuid());
    return {toEpochMs(RealClock{}.now()), "command:" + name, action, about};
}

int audit(const Setting& setting) {
    const Arguments& arguments = setting.arguments;
    storage::AuditFilter filter;
    if (const auto since = arguments.value("since")) {
        filter.sinceMs = dayIn(*since);
        if (!filter.sinceMs) return complain("--since must be a day, as 2026-01-31", kBadUsage);
    }
    if (const auto limit = arguments.value("limit")) {
        const auto number = numberIn<std::int32_t>(*limit);
        if (!number || *number < 1 || *number > kMostLines)
            return complain("--limit must be a number up to " + std::to_string(kMostLines), kBadUsage);
        filter.limit = *number;
    }
    auto database = storage::openDatabase(setting.dataDir);
    if (!database) return complain(database.error().detail);
    auto page = storage::readAudit(*database, filter);
    if (!page) return complain(page.error().detail);
    // Whoever reads the trail is in it, whichever way they came.
    const auto reading = commandAudit("audit.read", std::to_string(page->lines.size()) + " lines");
    if (auto noted = storage::addAudit(*database, reading); !noted) return complain(noted.error().detail);
    if (arguments.wantsJson()) {
        std::cout << json::encodeText(*page) << "\n";
        return kDone;
    }
    for (const storage::AuditLine& line : page->lines)
        std::cout << toIso8601(fromEpochMs(line.atMs)) << "  " << line.actor << "  " << line.action
                  << (line.about.empty() ? "" : "  " + line.about) << "\n";
    if (page->next) std::cerr << "There are older lines: --limit N shows more.\n";
    return kDone;
}

}  // namespace ninja3cx::app
