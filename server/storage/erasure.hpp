#pragma once

#include "server/storage/database.hpp"
#include "shared/core/ids.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Removing personal data so that it is gone: rows, search index, freed pages, write-ahead log, and the
/// databases that `restore` kept. What cannot be reached from here: backups elsewhere, tickets in NinjaOne.
namespace ninja3cx::storage {

struct OlderThan {
    std::int64_t beforeMs = 0;  // calls that started before
};
struct OneCall {
    CallId callId;
};
/// All calls with this number, however it is written: "+33 1 23 45 67 89" is "0033123456789" is "0123456789".
struct Contact {
    std::string number;
};
using Erase = std::variant<OlderThan, OneCall, Contact>;

enum class Unfinished {
    Kept = 1,  // calls that go on, drafts that wait, deliveries under way; named in the report
    Erased,    // those too; only while no server runs, for it holds them in memory
};

/// Who erases and when, for the audit trail: it says how many calls went, which ones by their ids, and never
/// whose they were.
struct Order {
    std::string by;  // "server", "command:root"
    std::int64_t atMs = 0;
};

struct ErasureReport {
    std::vector<CallId> erased;  // whoever keeps audio or logs of these removes it as well
    std::vector<CallId> keptUnfinished;
    std::vector<CallId> wordsErased;        // of calls that stay: transcript, analysis, draft. As above
    std::optional<std::string> clockDoubt;  // why no rule was applied; what to do
    std::int64_t auditLinesErased = 0;
    std::int64_t replacedDatabasesErased = 0;
};

/// What `erase` would take, without doing it.
Result<ErasureReport> findErasure(Database& database, const Erase& what, Unfinished unfinished);

/// When this returns well, none of it is in any file of the data directory that storage writes. NotFound for
/// an unknown call. Takes as long as rewriting the database.
Result<ErasureReport> erase(Database& database, const std::filesystem::path& dataDir, const Erase& what,
                            const Order& order, Unfinished unfinished = Unfinished::Kept);

/// Absent: kept for ever.
struct RetentionRules {
    std::optional<std::chrono::days> transcripts;
    std::optional<std::chrono::days> calls;
    std::optional<std::chrono::days> audit;
};

/// How long words are kept that belong to no call: none of the rules may be outlived.
std::optional<std::chrono::days> shortestOf(const RetentionRules& rules);

enum class ClockTrust {
    /// No rule is applied when the clock may be wrong: a call lies more than a day in the future, or there
    /// was a silence of more than 30 days that ended less than a week ago or goes on. So a clock that starts
    /// in another year erases nothing, and a server that was off for months goes on after a week of calls.
    Checked = 1,
    Given,  // a person has asked for it now
};

/// Removes calls, and before that the words of calls: utterances, and what analysis and draft say in words;
/// figures stay. Of a draft that nobody has decided about, the words of the draft itself wait with it; a
/// ticket that is not yet delivered whole keeps everything. A replaced database goes with what it may hold, at
/// the latest at the age of the words; at once when a person asks. Also finishes an erasure that a crash has cut
/// short. To be called at start and once a day; the rules count back from the order's moment.
Result<ErasureReport> sweep(Database& database, const std::filesystem::path& dataDir,
                            const RetentionRules& rules, const Order& order, ClockTrust trust);

/// Whether two numbers are the same telephone, the international and the national form taken together.
bool isSameNumber(const std::string& one, const std::string& other);

}  // namespace ninja3cx::storage
