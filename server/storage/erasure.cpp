#include "server/storage/erasure.hpp"

#include "server/calls/draft_flow.hpp"
#include "server/calls/words.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/data_dir.hpp"
#include "server/storage/records.hpp"
#include "shared/core/clock.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <set>
#include <system_error>

namespace ninja3cx::storage {
namespace {

constexpr std::size_t kLongestCountryCode = 3;
constexpr std::size_t kShortestOutsideNumber = 7;

/// Also a ticket whose transcript note is not yet in NinjaOne: the outbox still has words to send.
constexpr const char* kUnfinished =
    "(stage <> 'closed' OR call_id IN (SELECT call_id FROM drafts WHERE is_open)"
    " OR call_id IN (SELECT call_id FROM outbox WHERE is_open))";

/// A draft that nobody has confirmed or discarded.
constexpr const char* kWaiting =
    "(stage = 'drafted' AND call_id IN (SELECT call_id FROM drafts WHERE is_open)"
    " AND call_id NOT IN (SELECT call_id FROM outbox))";

/// calls.is_transcript_erased
enum class Erased {
    Nothing = 0,
    Everything = 1,
    AllButTheDraft = 2,  // while it waits
};

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr std::int64_t kLongestSilenceMs = 30 * kDayMs;
constexpr std::int64_t kTrustAfterMs = 7 * kDayMs;

struct Number {
    std::string digits;  // without the prefix that says which form it is
    enum class Form { AsDialled, National, International } form = Form::AsDialled;
};

Number normalized(const std::string& written) {
    Number number;
    bool hasPlus = false;
    for (char c : written) {
        if (c == '+' && number.digits.empty()) hasPlus = true;
        if (c >= '0' && c <= '9') number.digits += c;
    }
    if (hasPlus) {
        number.form = Number::Form::International;
    } else if (number.digits.starts_with("00")) {
        number.form = Number::Form::International;
        number.digits.erase(0, 2);
    } else if (number.digits.starts_with("0")) {
        number.form = Number::Form::National;
        number.digits.erase(0, 1);
    }
    return number;
}

bool isNationalPartOf(const Number& national, const Number& international) {
    return national.form == Number::Form::National && international.form == Number::Form::International &&
           national.digits.size() >= kShortestOutsideNumber &&
           international.digits.size() > national.digits.size() &&
           international.digits.size() - national.digits.size() <= kLongestCountryCode &&
           international.digits.ends_with(national.digits);
}

Result<void> addCalls(Database& database, const std::string& condition, const std::vector<Bound>& values,
                      const std::function<bool(const std::string& number)>& isMeant, Unfinished unfinished,
                      ErasureReport& report) {
    const std::string sql = "SELECT call_id, remote_number, " + std::string{kUnfinished} +
                            " FROM calls WHERE " + condition + " ORDER BY started_at_ms, call_id";
    return database.each(sql.c_str(), values, [&](const Row& row) {
        if (!isMeant(row.text(1))) return Result<void>{};
        const bool isKept = unfinished == Unfinished::Kept && row.integer(2) != 0;
        (isKept ? report.keptUnfinished : report.erased).push_back(CallId{row.text(0)});
        return Result<void>{};
    });
}

/// Builds the search index anew from the texts that are left, so that no word of the others stays in it.
Result<void> rebuildIndex(Database& database) {
    auto rebuilt = database.run("INSERT INTO utterances_fts (utterances_fts) VALUES ('rebuild')");
    if (!rebuilt) return rebuilt.error();
    return {};
}

Result<void> truncateLog(Database& database) {
    std::int64_t isBusy = 0;
    auto read = database.each("PRAGMA wal_checkpoint(TRUNCATE)", {}, [&](const Row& row) {
        isBusy = row.integer(0);
        return Result<void>{};
    });
    if (read && isBusy != 0)
        return Error{ErrorKind::Busy,
                     "erased, but another process reads the database, so its log still holds bytes "
                     "of it: run this again when the other one (a backup?) is done"};
    return read;
}

/// Writes the whole file anew without what was erased.
Result<void> compact(Database& database, const std::filesystem::path& dataDir) {
    // VACUUM's temporary copy can be large: in the data directory, unlinked, and not in memory or /tmp.
    auto directory = sqlite3_mprintf("PRAGMA temp_store_directory = %Q", dataDir.c_str());
    const CHandle<char, sqlite3_free> placed{directory};
    auto done = database.script(placed.get());
    if (done) done = database.script("PRAGMA temp_store = FILE");
    if (done) done = database.script("VACUUM");
    auto back = database.script("PRAGMA temp_store = MEMORY");
    if (done) done = back;
    if (done) done = truncateLog(database);
    if (!done) return done;
    auto cleared = database.run("DELETE FROM compaction_due");
    if (!cleared) return cleared.error();
    return truncateLog(database);
}

/// A file that was last written at `file`'s time holds nothing younger.
bool isOlder(const std::filesystem::path& file, std::int64_t beforeMs) {
    std::error_code failure;
    const auto written = std::filesystem::last_write_time(file, failure);
    if (failure) return false;
    const auto since = std::chrono::file_clock::to_sys(written).time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count() < beforeMs;
}

/// All of them, or those last written before a moment.
Result<void> removeReplaced(const std::filesystem::path& dataDir, ErasureReport& report,
                            std::optional<std::int64_t> beforeMs = std::nullopt) {
    for (const auto& file : replacedDatabases(dataDir)) {
        std::error_code failure;
        if (beforeMs && !isOlder(file, *beforeMs)) continue;
        std::filesystem::remove(file, failure);
        if (failure) return Error{ErrorKind::Io, "cannot remove " + file.string() + ": " + failure.message()};
        ++report.replacedDatabasesErased;
    }
    return {};
}

Result<void> eraseWordsOfAnalysis(Database& database, const CallId& callId) {
    auto analysis = readAnalysis(database, callId);
    if (!analysis) return analysis.error();
    if (!*analysis) return {};
    calls::eraseWords(**analysis);
    return apply(database, calls::SaveAnalysis{callId, **analysis});
}

Result<void> eraseWordsOfDrafts(Database& database, const CallId& callId) {
    std::vector<protocol::Draft> drafts;
    auto done = database.each("SELECT fields, generated, record FROM drafts WHERE call_id = ?",
                              {bound(callId)}, [&](const Row& row) -> Result<void> {
                                  auto draft = readDraft(row, 0);
                                  if (!draft) return draft.error();
                                  drafts.push_back(std::move(*draft));
                                  return {};
                              });
    for (protocol::Draft& draft : drafts) {
        calls::eraseWords(draft);
        if (done) done = apply(database, calls::SaveDraft{draft});
    }
    return done;
}

Result<void> eraseWordsOf(Database& database, const CallId& callId, Erased extent) {
    const auto ran = [](const Result<std::int64_t>& changed) -> Result<void> {
        if (!changed) return changed.error();
        return {};
    };
    auto done = ran(database.run("DELETE FROM utterances WHERE call_id = ?", callId));
    if (done) done = ran(database.run("DELETE FROM transcript_versions WHERE call_id = ?", callId));
    if (done) done = eraseWordsOfAnalysis(database, callId);
    if (done && extent == Erased::Everything) {
        done = eraseWordsOfDrafts(database, callId);
        // A ticket that is made needs its text no more; the row itself stays, so that none is ever made
        // again.
        if (done) done = ran(database.run("UPDATE outbox SET record = NULL WHERE call_id = ?", callId));
    }
    if (done)
        done = ran(
            database.run("UPDATE calls SET is_transcript_erased = ?, record = CASE WHEN json_valid(record)"
                         " THEN json_remove(record, '$.insight') ELSE record END WHERE call_id = ?",
                         static_cast<int>(extent), callId));
    return done;
}

/// What else there is of calls that are to be erased: their own rows say it.
struct Traces {
    boost::json::array callIds;
    std::set<DraftId> drafts;
    std::set<TicketId> tickets;  // that they made
};

template <class Id>
std::string jsonOf(const std::set<Id>& ids) {
    boost::json::array array;
    for (const Id& id : ids) array.emplace_back(id.value());
    return boost::json::serialize(array);
}

Result<Traces> tracesOf(Database& database, const std::vector<CallId>& callIds) {
    Traces traces;
    for (const CallId& callId : callIds) traces.callIds.emplace_back(callId.value());
    auto read = database.each(
        "SELECT draft_id, CASE WHEN json_extract(fields, '$.commentOn') IS NULL THEN ticket_id END FROM "
        "drafts"
        " WHERE call_id IN (SELECT value FROM json_each(?))",
        {bound(boost::json::serialize(traces.callIds))}, [&](const Row& row) {
            traces.drafts.insert(DraftId{row.text(0)});
            if (row.integer(1) != 0) traces.tickets.insert(TicketId{row.integer(1)});
            return Result<void>{};
        });
    if (!read) return read.error();
    return traces;
}

/// Their subjects, in what other drafts were offered.
Result<void> eraseOffersOf(Database& database, const Traces& traces) {
    std::vector<protocol::Draft> drafts;
    auto done = database.each(
        "SELECT fields, generated, record FROM drafts WHERE instr(record, '\"offers\"') AND EXISTS"
        " (SELECT 1 FROM json_each(record, '$.offers') AS offer"
        " WHERE json_extract(offer.value, '$.draftId') IN (SELECT value FROM json_each(?))"
        " OR json_extract(offer.value, '$.ticketId') IN (SELECT value FROM json_each(?)))",
        {bound(jsonOf(traces.drafts)), bound(jsonOf(traces.tickets))}, [&](const Row& row) -> Result<void> {
            auto draft = readDraft(row, 0);
            if (!draft) return draft.error();
            drafts.push_back(std::move(*draft));
            return {};
        });
    for (protocol::Draft& draft : drafts) {
        if (!done || !draft.offers) break;
        for (protocol::TicketOffer& offer : *draft.offers)
            if ((offer.draftId && traces.drafts.contains(*offer.draftId)) ||
                (offer.ticketId && traces.tickets.contains(*offer.ticketId)))
                offer.subject.clear();
        done = apply(database, calls::SaveDraft{std::move(draft)});
    }
    return done;
}

/// Once they are erased, in one pass for all of them.
Result<void> eraseTraces(Database& database, const Traces& traces) {
    if (traces.callIds.empty()) return {};
    auto done = forgetJoined(database, boost::json::serialize(traces.callIds));
    if (done) done = eraseOffersOf(database, traces);
    return done;
}

/// Others that were to go on in a ticket of theirs: it will not be made, so they come back. Where it is made they are in
/// it, whatever becomes of its note, and whether the desk alone has stored that or the hub as well.
Result<void> reopenJoinedIn(Database& database, const Traces& traces, const Order& order) {
    std::vector<protocol::Draft> drafts;
    auto done = database.each(
        "WITH erased AS (SELECT value FROM json_each(?)) SELECT fields, generated, record FROM drafts"
        " WHERE json_extract(record, '$.state') = 'discarded' AND call_id NOT IN erased AND call_id IN"
        " (SELECT call_id FROM calls WHERE stage <> 'closed' AND stage = 'drafted') AND call_id IN"
        " (SELECT json_extract(each.value, '$.callId') FROM outbox JOIN drafts AS later USING (draft_id),"
        " json_each(outbox.record, '$.joined') AS each WHERE outbox.call_id IN erased AND later.is_open"
        " AND outbox.ticket_id IS NULL AND later.ticket_id IS NULL AND outbox.delivery_state <> 'created'"
        " AND later.delivery_state <> 'created'"
        " AND json_extract(later.fields, '$.continues') IS NOT NULL)",
        {bound(boost::json::serialize(traces.callIds))}, [&](const Row& row) -> Result<void> {
            auto draft = readDraft(row, 0);
            if (!draft) return draft.error();
            drafts.push_back(std::move(*draft));
            return {};
        });
    for (protocol::Draft& draft : drafts) {
        calls::comeBack(draft, order.atMs);
        if (done) done = addAudit(database, {order.atMs, order.by, "draft.reopen", draft.draftId.value()});
        if (done) done = apply(database, calls::SaveDraft{std::move(draft)});
    }
    return done;
}

Result<void> eraseCalls(Database& database, const std::vector<CallId>& callIds, const Order& order) {
    auto traces = tracesOf(database, callIds);
    if (!traces) return traces.error();
    if (auto reopened = reopenJoinedIn(database, *traces, order); !reopened) return reopened;
    for (const CallId& callId : callIds)
        if (auto erased = eraseCall(database, callId); !erased) return erased;
    return eraseTraces(database, *traces);
}

Result<void> eraseOldWords(Database& database, std::int64_t beforeMs, ErasureReport& report) {
    const std::string sql = "SELECT call_id, " + std::string{kWaiting} +
                            " FROM calls WHERE started_at_ms < ? AND is_transcript_erased <> 1 AND (NOT " +
                            kUnfinished + " OR (is_transcript_erased = 0 AND " + kWaiting +
                            ")) ORDER BY started_at_ms, call_id";
    std::vector<std::pair<CallId, Erased>> due;
    auto done = database.each(sql.c_str(), {bound(beforeMs)}, [&](const Row& row) {
        due.emplace_back(row.text(0), row.integer(1) != 0 ? Erased::AllButTheDraft : Erased::Everything);
        return Result<void>{};
    });
    std::vector<CallId> whole;
    for (const auto& [callId, extent] : due) {
        if (done) done = eraseWordsOf(database, callId, extent);
        report.wordsErased.push_back(callId);
        if (extent == Erased::Everything) whole.push_back(callId);
    }
    if (!done) return done;
    auto traces = tracesOf(database, whole);
    if (!traces) return traces.error();
    done = eraseTraces(database, *traces);
    if (done && !due.empty()) done = noteErasure(database);
    return done;
}

/// Why the clock is not to be believed. The calls are its witnesses: as long as they come without a long
/// silence, it runs as it did.
Result<std::optional<std::string>> doubtOfClock(Database& database, std::int64_t nowMs) {
    using Doubt = std::optional<std::string>;
    const auto when = [](std::int64_t ms) { return toIso8601(fromEpochMs(ms)); };
    const std::string suspended = "nothing is erased by age: the clock says " + when(nowMs);
    auto newest = database.integer("SELECT max(started_at_ms) FROM calls");
    if (!newest) return newest.error();
    if (*newest && **newest > nowMs + kDayMs) {
        auto callId = database.text("SELECT call_id FROM calls ORDER BY started_at_ms DESC LIMIT 1");
        if (!callId) return callId.error();
        return Doubt{suspended + ", but " + callId->value_or("") + " began at " + when(**newest) +
                     ". If the clock is right, erase that call: purge --call " + callId->value_or("")};
    }
    const std::int64_t weekAgoMs = nowMs - kTrustAfterMs;
    auto before =
        database.integer("SELECT max(started_at_ms) FROM calls WHERE started_at_ms < ?", {bound(weekAgoMs)});
    if (!before) return before.error();
    auto after =
        database.integer("SELECT min(started_at_ms) FROM calls WHERE started_at_ms >= ?", {bound(weekAgoMs)});
    if (!after) return after.error();
    if (!*before || after->value_or(nowMs) - **before <= kLongestSilenceMs) return Doubt{};
    return Doubt{suspended + ", and the last call before was at " + when(**before) +
                 ". If the clock is right, calls of a week confirm it, or 'purge' by hand"};
}

std::string actionOf(const Erase& what) {
    if (std::holds_alternative<OlderThan>(what)) return "purge.olderThan";
    if (std::holds_alternative<OneCall>(what)) return "purge.call";
    return "purge.contact";
}

Result<void> auditErasure(Database& database, const Order& order, const std::string& action,
                          const ErasureReport& report) {
    std::string about = std::to_string(report.erased.size()) + " calls";
    if (!report.wordsErased.empty())
        about += ", " + std::to_string(report.wordsErased.size()) + " transcripts";
    if (report.auditLinesErased > 0)
        about += ", " + std::to_string(report.auditLinesErased) + " lines of this trail";
    auto told = addAudit(database, {order.atMs, order.by, action, about});
    for (const CallId& callId : report.erased)
        if (told) told = addAudit(database, {order.atMs, order.by, "call.erase", callId.value()});
    return told;
}

std::int64_t before(std::int64_t nowMs, std::chrono::days age) {
    return nowMs - std::chrono::duration_cast<std::chrono::milliseconds>(age).count();
}

Result<void> applyRules(Database& database, const RetentionRules& rules, const Order& order,
                        ErasureReport& report) {
    if (rules.calls) {
        auto found = findErasure(database, OlderThan{before(order.atMs, *rules.calls)}, Unfinished::Kept);
        if (!found) return found.error();
        report = std::move(*found);
        if (auto erased = eraseCalls(database, report.erased, order); !erased) return erased;
    }
    if (rules.transcripts) {
        auto erased = eraseOldWords(database, before(order.atMs, *rules.transcripts), report);
        if (!erased) return erased;
    }
    if (rules.audit) {
        auto erased = database.run("DELETE FROM audit WHERE at_ms < ?", before(order.atMs, *rules.audit));
        if (!erased) return erased.error();
        report.auditLinesErased = *erased;
    }
    if (report.erased.empty() && report.wordsErased.empty() && report.auditLinesErased == 0) return {};
    return auditErasure(database, order, "purge.retention", report);
}

}  // namespace

std::optional<std::chrono::days> shortestOf(const RetentionRules& rules) {
    if (!rules.transcripts || !rules.calls) return rules.transcripts ? rules.transcripts : rules.calls;
    return std::min(*rules.transcripts, *rules.calls);
}

bool isSameNumber(const std::string& one, const std::string& other) {
    const Number a = normalized(one);
    const Number b = normalized(other);
    if (a.digits.empty() || b.digits.empty()) return false;
    if (a.form == b.form) return a.digits == b.digits;
    if (isNationalPartOf(a, b) || isNationalPartOf(b, a)) return true;
    // "33123456789", as some exchanges send it, is "+33123456789".
    const bool isOneBare = a.form == Number::Form::AsDialled || b.form == Number::Form::AsDialled;
    const bool isOneFull = a.form == Number::Form::International || b.form == Number::Form::International;
    return isOneBare && isOneFull && a.digits == b.digits && a.digits.size() >= kShortestOutsideNumber;
}

Result<ErasureReport> findErasure(Database& database, const Erase& what, Unfinished unfinished) {
    ErasureReport report;
    const auto any = [](const std::string&) { return true; };
    Result<void> found{};
    if (const auto* old = std::get_if<OlderThan>(&what)) {
        found = addCalls(database, "started_at_ms < ?", {bound(old->beforeMs)}, any, unfinished, report);
    } else if (const auto* one = std::get_if<OneCall>(&what)) {
        found = addCalls(database, "call_id = ?", {bound(one->callId)}, any, unfinished, report);
        if (found && report.erased.empty() && report.keptUnfinished.empty())
            return Error{ErrorKind::NotFound, "there is no such call"};
    } else {
        const std::string& number = std::get<Contact>(what).number;
        if (normalized(number).digits.empty())
            return Error{ErrorKind::BadMessage, "a number to erase must hold digits"};
        found = addCalls(
            database, "remote_number <> ''", {},
            [&](const std::string& theirs) { return isSameNumber(theirs, number); }, unfinished, report);
    }
    if (!found) return found.error();
    return report;
}

Result<ErasureReport> erase(Database& database, const std::filesystem::path& dataDir, const Erase& what,
                            const Order& order, Unfinished unfinished) {
    ErasureReport report;
    auto done = database.atomically([&]() -> Result<void> {
        auto found = findErasure(database, what, unfinished);
        if (!found) return found.error();
        report = std::move(*found);
        if (auto erased = eraseCalls(database, report.erased, order); !erased) return erased;
        if (auto noted = noteErasure(database); !noted) return noted;
        if (auto told = auditErasure(database, order, actionOf(what), report); !told) return told;
        return rebuildIndex(database);
    });
    if (done) done = compact(database, dataDir);
    if (done) done = removeReplaced(dataDir, report);
    if (!done) return done.error();
    return report;
}

Result<ErasureReport> sweep(Database& database, const std::filesystem::path& dataDir,
                            const RetentionRules& rules, const Order& order, ClockTrust trust) {
    ErasureReport report;
    if (trust == ClockTrust::Checked) {
        auto doubt = doubtOfClock(database, order.atMs);
        if (!doubt) return doubt.error();
        report.clockDoubt = std::move(*doubt);
    }
    Result<void> done{};
    if (!report.clockDoubt)
        done = database.atomically([&] { return applyRules(database, rules, order, report); });
    if (!done) return done.error();
    auto due = database.integer("SELECT count(*) FROM compaction_due");
    if (!due) return due.error();
    if (due->value_or(0) == 0) {
        // What only a replaced database knows is due at its age, or when a person asks.
        const auto age = shortestOf(rules);
        if (trust == ClockTrust::Given)
            done = removeReplaced(dataDir, report);
        else if (!report.clockDoubt && age)
            done = removeReplaced(dataDir, report, before(order.atMs, *age));
        if (!done) return done.error();
        return report;
    }
    done = database.atomically([&] { return rebuildIndex(database); });
    if (done) done = compact(database, dataDir);
    // A replaced database holds what these rules have just removed from the present one.
    if (done) done = removeReplaced(dataDir, report);
    if (!done) return done.error();
    return report;
}

}  // namespace ninja3cx::storage
