#include "server/storage/records.hpp"

#include "server/calls/outbox_text.hpp"
#include "server/calls/prompt_words.hpp"
#include "server/storage/audit.hpp"
#include "shared/json/codec.hpp"
#include "shared/protocol/codes.hpp"

#include <boost/describe.hpp>

#include <algorithm>
#include <set>

/// An outbox entry's content as it is kept in the column "record".
namespace ninja3cx::calls {
BOOST_DESCRIBE_STRUCT(JoinedCall, (), (callId, marker, startedAtMs, description, transcript))
BOOST_DESCRIBE_STRUCT(Amendment, (), (fields, description, transcriptNote, unwantedNote, joined))
BOOST_DESCRIBE_STRUCT(OutboxEntry, (),
                      (draftId, callId, extension, marker, fields, description, transcriptNote, delivery,
                       step, createdAtMs, unwantedNote, amended, joined))
}  // namespace ninja3cx::calls

namespace ninja3cx::storage {
namespace {

bool isGivenUp(const protocol::Delivery& delivery) {
    return delivery.problemCode == wordOf(protocol::DeliveryProblem::GivenUp);
}

template <class T>
Result<T> decodeRecord(const std::string& what, const std::string& text) {
    auto value = json::decodeText<T>(text);
    if (!value) return Error{ErrorKind::Io, "database, " + what + ": " + value.error().detail};
    return value;
}

using Corrections = std::optional<std::vector<protocol::Correction>>;

std::optional<std::string> recordOf(const Corrections& corrections) {
    return corrections ? std::optional{json::encodeText(*corrections)} : std::nullopt;
}

Result<Corrections> readCorrections(const Row& row, int column) {
    const auto text = row.optionalText(column);
    if (!text) return Corrections{};
    auto known = decodeRecord<std::vector<protocol::Correction>>("utterances", *text);
    if (!known) return known.error();
    return Corrections{std::move(*known)};
}

constexpr std::int64_t kWordsErased = 1;  // calls.is_transcript_erased: all of them, those of its draft too

/// A write whose number of changed rows does not matter.
Result<void> written(const Result<std::int64_t>& changed) {
    if (!changed) return changed.error();
    return {};
}

/// Of a draft's row: a delivery of the outbox in place of its own, but for what became of the ticket, which the outbox
/// does not know.
std::string withProgress(const std::string& delivery) {
    return "record = json_set(record, '$.delivery', json_patch(" + delivery +
           ", CASE WHEN json_extract(record, '$.delivery.progress') IS NULL THEN '{}' ELSE"
           " json_object('progress', json_extract(record, '$.delivery.progress')) END))";
}

/// Without the words of calls that are erased meanwhile: whoever keeps an entry in memory still has them.
Result<void> leaveOutErased(Database& database, std::optional<std::vector<calls::JoinedCall>>& joined) {
    if (!joined) return {};
    std::vector<calls::JoinedCall> left;
    for (calls::JoinedCall& each : *joined) {
        auto erased = database.integer("SELECT is_transcript_erased FROM calls WHERE call_id = ?",
                                       {bound(each.callId)});
        if (!erased) return erased.error();
        if (erased->value_or(kWordsErased) == kWordsErased) continue;
        if (**erased != 0) each.transcript.clear();
        left.push_back(std::move(each));
    }
    joined = std::move(left);
    return {};
}

/// Whether a call that it was to go on with is erased, or its words: also one that the earlier one went on with.
Result<bool> continuesErased(Database& database, std::optional<DraftId> earlier) {
    std::set<DraftId> seen;
    while (earlier && seen.insert(*earlier).second) {
        bool isWhole = false;
        std::optional<DraftId> before;
        auto read = database.each(
            "SELECT is_transcript_erased, json_extract(fields, '$.continues') FROM drafts JOIN calls USING "
            "(call_id) WHERE draft_id = ?",
            {bound(*earlier)}, [&](const Row& row) {
                isWhole = row.integer(0) == 0;
                if (const auto id = row.optionalText(1)) before = DraftId{*id};
                return Result<void>{};
            });
        if (!read) return read.error();
        if (!isWhole) return true;
        earlier = before;
    }
    return false;
}

/// What an earlier version merged into one text cannot be told apart: where one of the calls is erased, only the summary
/// of its own is left. `what`: an entry, or what is to be sent in its place.
template <class T>
Result<void> leaveOutMerged(Database& database, const std::string& marker, T& what) {
    if (what.joined) return {};
    auto isErased = continuesErased(database, what.fields.continues);
    if (!isErased) return isErased.error();
    if (!*isErased) return {};
    what.description = what.fields.summary + "\n\nRef: " + marker;
    what.transcriptNote.clear();
    what.unwantedNote.reset();
    what.joined.emplace();
    return {};
}

struct Apply {
    Database& database;

    Result<void> operator()(const calls::SaveCall& change) const {
        const protocol::Call& call = change.call;
        return written(database.run(
            "INSERT INTO calls (call_id, extension, stage, remote_number, started_at_ms, phone_key, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (call_id) DO UPDATE SET extension = excluded.extension, stage = excluded.stage,"
            " remote_number = excluded.remote_number, started_at_ms = excluded.started_at_ms,"
            " phone_key = excluded.phone_key, record = excluded.record",
            call.callId, call.extension, nameOf(call.stage), call.remoteNumber, call.startedAtMs,
            change.phoneKey, json::encodeText(call)));
    }
    Result<void> operator()(const calls::SaveUtterance& change) const {
        const protocol::Utterance& said = change.utterance;
        // A final text is never replaced: after a restart the same audio gives the same utterance again.
        return written(database.run(
            "INSERT INTO utterances (call_id, utterance_id, channel, revision, is_provisional, start_ms, "
            "end_ms,"
            " stable_bytes, lag_ms, text, corrections) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (call_id, utterance_id) DO NOTHING",
            said.callId, said.utteranceId, nameOf(said.channel), said.revision, said.isProvisional,
            said.startMs, said.endMs, said.stableBytes, said.lagMs, said.text, recordOf(said.corrections)));
    }
    Result<void> operator()(const calls::MaskUtterance& change) const {
        const protocol::Utterance& said = change.utterance;
        return written(
            database.run("UPDATE utterances SET revision = ?, stable_bytes = ?, text = ?, corrections = ?"
                         " WHERE call_id = ? AND utterance_id = ?",
                         said.revision, said.stableBytes, said.text, recordOf(said.corrections), said.callId,
                         said.utteranceId));
    }
    Result<void> operator()(const calls::SaveAnalysis& change) const {
        return written(database.run(
            "INSERT INTO analyses (call_id, category, record) VALUES (?, ?, ?)"
            " ON CONFLICT (call_id) DO UPDATE SET category = excluded.category, record = excluded.record",
            change.callId, nameOf(change.analysis.category), json::encodeText(change.analysis)));
    }
    Result<void> operator()(const calls::SaveDraft& change) const {
        const protocol::Draft& draft = change.draft;
        boost::json::value rest = json::encode(draft);
        const std::string fields = boost::json::serialize(rest.at("fields"));
        const std::string generated = boost::json::serialize(rest.at("generated"));
        rest.as_object().erase("fields");
        rest.as_object().erase("generated");
        return written(database.run(
            "INSERT INTO drafts (draft_id, call_id, is_open, revision, changed_at_ms, delivery_state, "
            "ticket_id,"
            " fields, generated, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (draft_id) DO UPDATE SET is_open = excluded.is_open, revision = excluded.revision,"
            " changed_at_ms = excluded.changed_at_ms, delivery_state = excluded.delivery_state,"
            " ticket_id = excluded.ticket_id, fields = excluded.fields, generated = excluded.generated,"
            " record = excluded.record",
            draft.draftId, draft.callId, isOpen(draft), draft.revision, draft.changedAtMs,
            nameOf(draft.delivery.state), draft.delivery.ticketId, fields, generated,
            boost::json::serialize(rest)));
    }
    Result<void> operator()(const calls::SaveOutbox& change) const {
        calls::OutboxEntry entry = change.entry;
        auto saved = leaveOutErased(database, entry.joined);
        if (saved && entry.amended) saved = leaveOutErased(database, entry.amended->joined);
        if (saved) saved = leaveOutMerged(database, entry.marker, entry);
        if (saved && entry.amended) saved = leaveOutMerged(database, entry.marker, *entry.amended);
        if (!saved) return saved;
        saved = written(database.run(
            "INSERT INTO outbox (draft_id, call_id, marker, is_open, delivery_state, ticket_id, "
            "created_at_ms, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (draft_id) DO UPDATE SET is_open = excluded.is_open,"
            " delivery_state = excluded.delivery_state, ticket_id = excluded.ticket_id, record = "
            "excluded.record",
            entry.draftId, entry.callId, entry.marker, isOpen(entry), nameOf(entry.delivery.state),
            entry.delivery.ticketId, entry.createdAtMs, json::encodeText(entry)));
        if (!saved || entry.delivery.state != protocol::DeliveryState::Created) return saved;
        // A draft whose ticket is made is not taken up again after a restart: nobody else would tell it that
        // the note has followed.
        return written(database.run(
            ("UPDATE drafts SET " + withProgress("?") + " WHERE draft_id = ? AND NOT is_open").c_str(),
            json::encodeText(entry.delivery), entry.draftId));
    }
    Result<void> operator()(const calls::SaveAmendment& change) const {
        calls::Amendment amendment = change.amendment;
        if (auto left = leaveOutErased(database, amendment.joined); !left) return left;
        auto marker = database.text("SELECT marker FROM outbox WHERE draft_id = ?", {bound(change.draftId)});
        if (!marker) return marker.error();
        if (auto left = leaveOutMerged(database, marker->value_or(""), amendment); !left) return left;
        return written(database.run(
            "UPDATE outbox SET record = json_set(record, '$.amended', json(?)) WHERE draft_id = ?",
            json::encodeText(amendment), change.draftId));
    }
    Result<void> operator()(const calls::DeleteCall& change) const {
        return eraseCall(database, change.callId);
    }
    Result<void> operator()(const calls::SaveVersion& change) const {
        const calls::TranscriptVersion& version = change.version;
        auto saved = database.run(
            "INSERT INTO transcript_versions (call_id, version, model, made_at_ms)"
            " SELECT call_id, ?, ?, ? FROM calls WHERE call_id = ? AND is_transcript_erased = 0"
            " ON CONFLICT (call_id, version) DO NOTHING",
            version.version, version.model, version.madeAtMs, change.callId);
        if (!saved) return saved.error();
        if (*saved == 0) return {};
        for (const protocol::Utterance& said : version.utterances) {
            auto added = written(
                database.run("INSERT INTO version_utterances (call_id, version, utterance_id, channel,"
                             " start_ms, end_ms, text, corrections) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                             change.callId, version.version, said.utteranceId, nameOf(said.channel),
                             said.startMs, said.endMs, said.text, recordOf(said.corrections)));
            if (!added) return added;
        }
        return {};
    }
    Result<void> operator()(const calls::NoteHearing& change) const {
        return written(
            database.run("INSERT INTO hearings (call_id, begun)"
                         " SELECT call_id, ? FROM calls WHERE call_id = ?"
                         " ON CONFLICT (call_id) DO UPDATE SET begun = excluded.begun",
                         change.begun, change.callId));
    }
    Result<void> operator()(const calls::SaveProgress& change) const {
        return written(database.run(
            "UPDATE drafts SET record = json_set(record, '$.delivery.progress', json(?)) WHERE ticket_id = ?",
            json::encodeText(change.progress), change.ticketId));
    }
    Result<void> operator()(const calls::AuditEntry& entry) const { return addAudit(database, entry); }
};

constexpr int kAfterUtterance = 6;
constexpr std::int64_t kMaxRecent = 2'000;
constexpr std::int64_t kMaxClosedKeys = 5'000;
constexpr std::int64_t kMaxTickets = 100'000;  // a month of 3,000 calls a day

/// From the columns utterance_id, channel, start_ms, end_ms, text, corrections, which every version has.
Result<protocol::Utterance> readUtterance(const CallId& callId, const Row& row) {
    auto channel = json::decode<protocol::Speaker>(boost::json::value(row.text(1)), "channel");
    if (!channel) return inContext("database, utterances", channel.error());
    auto corrections = readCorrections(row, 5);
    if (!corrections) return corrections.error();
    protocol::Utterance said;
    said.callId = callId;
    said.utteranceId = UtteranceId{row.text(0)};
    said.channel = *channel;
    said.revision = 1;
    said.isFinal = true;
    said.startMs = row.integer(2);
    said.endMs = row.integer(3);
    said.text = row.text(4);
    said.stableBytes = static_cast<std::int32_t>(said.text.size());
    said.corrections = std::move(*corrections);
    return said;
}

}  // namespace

bool isOpen(const calls::OutboxEntry& entry) {
    switch (entry.delivery.state) {
        case protocol::DeliveryState::Created:
            return calls::hasNote(entry) && !entry.delivery.hasTranscriptNote;
        case protocol::DeliveryState::Rejected:
            return !isGivenUp(entry.delivery);
        default:
            return true;
    }
}

bool isOpen(const protocol::Draft& draft) {
    if (draft.state == protocol::DraftState::Discarded) return false;
    if (draft.delivery.state == protocol::DeliveryState::Rejected) return !isGivenUp(draft.delivery);
    return draft.delivery.state != protocol::DeliveryState::Created;
}

Result<void> apply(Database& database, const calls::Change& change) {
    return std::visit(Apply{database}, change);
}

Result<protocol::Call> readCall(const Row& row, int column) {
    return decodeRecord<protocol::Call>("calls", row.text(column));
}

Result<std::vector<protocol::Utterance>> readUtterances(Database& database, const CallId& callId) {
    std::vector<protocol::Utterance> utterances;
    auto read = database.each(
        "SELECT utterance_id, channel, start_ms, end_ms, text, corrections,"
        " revision, is_provisional, stable_bytes, lag_ms"
        " FROM utterances WHERE call_id = ? ORDER BY start_ms, utterance_id",
        {bound(callId)}, [&](const Row& row) -> Result<void> {
            auto said = readUtterance(callId, row);
            if (!said) return said.error();
            said->revision = static_cast<std::int32_t>(row.integer(kAfterUtterance));
            said->isProvisional = row.integer(kAfterUtterance + 1) != 0;
            said->stableBytes = static_cast<std::int32_t>(row.integer(kAfterUtterance + 2));
            said->lagMs = row.integer(kAfterUtterance + 3);
            utterances.push_back(std::move(*said));
            return {};
        });
    if (!read) return read.error();
    return utterances;
}

Result<std::vector<calls::TranscriptVersion>> readVersions(Database& database, const CallId& callId) {
    std::vector<calls::TranscriptVersion> versions;
    auto read = database.each(
        "SELECT version, model, made_at_ms FROM transcript_versions WHERE call_id = ? ORDER BY version",
        {bound(callId)}, [&](const Row& row) -> Result<void> {
            versions.push_back({static_cast<std::int32_t>(row.integer(0)), row.text(1), row.integer(2), {}});
            return {};
        });
    for (calls::TranscriptVersion& version : versions) {
        if (!read) break;
        read = database.each(
            "SELECT utterance_id, channel, start_ms, end_ms, text, corrections FROM version_utterances"
            " WHERE call_id = ? AND version = ? ORDER BY start_ms, utterance_id",
            {bound(callId), bound(version.version)}, [&](const Row& row) -> Result<void> {
                auto said = readUtterance(callId, row);
                if (!said) return said.error();
                version.utterances.push_back(std::move(*said));
                return {};
            });
    }
    if (!read) return read.error();
    return versions;
}

Result<std::optional<calls::HearingFacts>> readHearing(Database& database, const CallId& callId) {
    std::optional<calls::HearingFacts> facts;
    auto read = database.each(
        "SELECT record, is_transcript_erased,"
        " EXISTS (SELECT 1 FROM transcript_versions v WHERE v.call_id = c.call_id),"
        " coalesce((SELECT begun FROM hearings h WHERE h.call_id = c.call_id), 0)"
        " FROM calls c WHERE call_id = ?",
        {bound(callId)}, [&](const Row& row) -> Result<void> {
            auto call = readCall(row, 0);
            if (!call) return call.error();
            facts.emplace();
            facts->extension = call->extension;
            facts->overAtMs =
                call->endedAtMs ? *call->endedAtMs : call->answeredAtMs.value_or(call->startedAtMs);
            facts->isWanted = call->recording != protocol::Recording::Blocked && row.integer(1) == 0;
            facts->hasVersion = row.integer(2) != 0;
            facts->begun = static_cast<std::int32_t>(row.integer(3));
            facts->promptWords = calls::promptWordsOf(call->caller);
            return {};
        });
    if (!read) return read.error();
    return facts;
}

Result<std::optional<protocol::Analysis>> readAnalysis(Database& database, const CallId& callId) {
    auto record = database.text("SELECT record FROM analyses WHERE call_id = ?", {bound(callId)});
    if (!record) return record.error();
    if (!*record) return std::optional<protocol::Analysis>{};
    auto analysis = decodeRecord<protocol::Analysis>("analyses", **record);
    if (!analysis) return analysis.error();
    return std::optional{std::move(*analysis)};
}

Result<protocol::Draft> readDraft(const Row& row, int column) {
    auto fields = json::parse(row.text(column));
    auto generated = json::parse(row.text(column + 1));
    auto whole = json::parse(row.text(column + 2));
    if (!fields || !generated || !whole || !whole->is_object())
        return Error{ErrorKind::Io, "database, drafts: a row holds no JSON"};
    whole->as_object()["fields"] = *fields;
    whole->as_object()["generated"] = *generated;
    auto draft = json::decode<protocol::Draft>(*whole);
    if (!draft) return Error{ErrorKind::Io, "database, drafts: " + draft.error().detail};
    return draft;
}

Result<void> takeDeliveries(Database& database) {
    return written(database.run(
        ("UPDATE drafts SET " + withProgress("told.delivery") +
         " FROM (SELECT draft_id, json_extract(record, '$.delivery') AS delivery FROM outbox"
         " WHERE delivery_state = 'created' AND record IS NOT NULL) AS told"
         " WHERE drafts.draft_id = told.draft_id AND NOT drafts.is_open"
         " AND json_remove(json_extract(drafts.record, '$.delivery'), '$.progress') <> told.delivery")
            .c_str()));
}

Result<std::vector<CallId>> unknownCalls(Database& database, const std::vector<CallId>& callIds) {
    std::vector<CallId> unknown;
    for (const CallId& callId : callIds) {
        auto found = database.integer("SELECT 1 FROM calls WHERE call_id = ?", {bound(callId)});
        if (!found) return found.error();
        if (!*found) unknown.push_back(callId);
    }
    return unknown;
}

Result<calls::OpenWork> readOpenWork(Database& database, const OpenWorkScope& scope) {
    calls::OpenWork work;
    boost::json::array withAudio;
    for (const CallId& callId : scope.withAudio) withAudio.emplace_back(callId.value());
    auto read = database.each(
        "SELECT record, phone_key FROM calls WHERE stage <> 'closed'"
        " OR call_id IN (SELECT call_id FROM drafts WHERE is_open)"
        " OR (NOT is_transcript_erased AND (call_id IN (SELECT value FROM json_each(?)) OR started_at_ms >= ?"
        " AND NOT json_extract(record, '$.isAudioComplete') AND json_extract(record, '$.recording') <> "
        "'blocked'"
        " AND json_extract(record, '$.answeredAtMs') IS NOT NULL))"
        " ORDER BY started_at_ms, call_id",
        {bound(boost::json::serialize(withAudio)), bound(scope.lateAudioSinceMs)},
        [&](const Row& row) -> Result<void> {
            auto call = readCall(row, 0);
            if (!call) return call.error();
            work.calls.push_back({std::move(*call), row.text(1), {}, {}});
            return {};
        });
    if (!read) return read.error();
    read = database.each(
        "SELECT phone_key FROM calls WHERE stage = 'closed' AND started_at_ms >= ? AND phone_key LIKE "
        "'agent/%'"
        " ORDER BY started_at_ms DESC LIMIT ?",
        {bound(scope.lateAudioSinceMs), bound(kMaxClosedKeys)}, [&](const Row& row) -> Result<void> {
            work.closedKeys.push_back(row.text(0));
            return {};
        });
    if (!read) return read.error();
    for (auto& open : work.calls) {
        auto utterances = readUtterances(database, open.call.callId);
        if (!utterances) return utterances.error();
        auto analysis = readAnalysis(database, open.call.callId);
        if (!analysis) return analysis.error();
        open.utterances = std::move(*utterances);
        open.analysis = std::move(*analysis);
    }
    read = database.each(
        "SELECT fields, generated, record FROM drafts WHERE rowid IN"
        " (SELECT rowid FROM drafts WHERE is_open UNION ALL"
        " SELECT d.rowid FROM calls c JOIN drafts d ON d.call_id = c.call_id"
        " WHERE c.stage <> 'closed' AND c.stage = 'drafted'"
        " AND json_extract(d.record, '$.state') = 'discarded') ORDER BY rowid",
        {}, [&](const Row& row) -> Result<void> {
            auto draft = readDraft(row, 0);
            if (!draft) return draft.error();
            work.drafts.push_back(std::move(*draft));
            return {};
        });
    if (!read) return read.error();
    read = database.each(
        "SELECT record FROM outbox WHERE record IS NOT NULL AND (is_open OR draft_id IN"
        " (SELECT draft_id FROM drafts WHERE is_open)) ORDER BY rowid",
        {}, [&](const Row& row) -> Result<void> {
            auto entry = decodeRecord<calls::OutboxEntry>("outbox", row.text(0));
            if (!entry) return entry.error();
            work.outbox.push_back(std::move(*entry));
            return {};
        });
    if (!read) return read.error();
    auto created = database.integer(
        "SELECT count(*) FROM drafts WHERE delivery_state = 'created' AND changed_at_ms >= ?",
        {bound(scope.startOfDayMs)});
    if (!created) return created.error();
    work.createdToday = static_cast<std::int32_t>(created->value_or(0));
    read = database.each(
        "SELECT fields, generated, record FROM drafts WHERE NOT is_open AND ticket_id IS NOT NULL"
        " AND changed_at_ms >= ? ORDER BY changed_at_ms DESC LIMIT ?",
        {bound(scope.recentSinceMs), bound(kMaxRecent)}, [&](const Row& row) -> Result<void> {
            auto draft = readDraft(row, 0);
            if (!draft) return draft.error();
            work.recent.push_back(std::move(*draft));
            return {};
        });
    if (!read) return read.error();
    read = database.each(
        "SELECT ticket_id, changed_at_ms, json_extract(record, '$.delivery.progress') FROM drafts"
        " WHERE NOT is_open AND ticket_id IS NOT NULL AND changed_at_ms >= ? ORDER BY changed_at_ms DESC "
        "LIMIT ?",
        {bound(scope.recentSinceMs), bound(kMaxTickets)}, [&](const Row& row) -> Result<void> {
            calls::OpenWork::Ticket ticket{TicketId{row.integer(0)}, row.integer(1), {}};
            if (const auto known = row.optionalText(2)) {
                auto progress = decodeRecord<protocol::TicketProgress>("drafts", *known);
                if (!progress) return progress.error();
                ticket.progress = std::move(*progress);
            }
            work.tickets.push_back(std::move(ticket));
            return {};
        });
    if (!read) return read.error();
    auto restored = database.integer("SELECT max(at_ms) FROM restored");
    if (!restored) return restored.error();
    work.restoredAtMs = *restored;
    return work;
}

Result<void> noteErasure(Database& database) {
    return written(database.run("INSERT INTO compaction_due (since_ms) VALUES (unixepoch() * 1000)"));
}

Result<void> forgetJoined(Database& database, const std::string& callIds) {
    const auto names = [](const std::string& path) {
        return "EXISTS (SELECT 1 FROM json_each(record, '" + path +
               "') AS each WHERE json_extract(each.value, '$.callId') IN (SELECT value FROM json_each(?1)))";
    };
    const std::string sql =
        "SELECT record FROM outbox WHERE record IS NOT NULL AND instr(record, '\"joined\"') AND (" +
        names("$.joined") + " OR " + names("$.amended.joined") + ")";
    std::vector<calls::OutboxEntry> entries;
    std::vector<calls::OutboxEntry> merged;
    const auto takeTo = [](std::vector<calls::OutboxEntry>& taken) {
        return [&taken](const Row& row) -> Result<void> {
            auto entry = decodeRecord<calls::OutboxEntry>("outbox", row.text(0));
            if (!entry) return entry.error();
            taken.push_back(std::move(*entry));
            return {};
        };
    };
    auto done = database.each(sql.c_str(), {bound(callIds)}, takeTo(entries));
    if (done)
        done = database.each(
            "SELECT record FROM outbox WHERE record IS NOT NULL AND instr(record, '\"continues\"') AND"
            " json_extract(record, '$.fields.continues') IS NOT NULL AND json_extract(record, '$.joined') IS "
            "NULL",
            {}, takeTo(merged));
    for (calls::OutboxEntry& entry : merged) {
        auto isErased = continuesErased(database, entry.fields.continues);
        if (!isErased) return isErased.error();
        if (*isErased) entries.push_back(std::move(entry));
    }
    for (calls::OutboxEntry& entry : entries)
        if (done) done = apply(database, calls::SaveOutbox{std::move(entry)});
    return done;
}

Result<void> eraseCall(Database& database, const CallId& callId) {
    auto erased = written(database.run("DELETE FROM calls WHERE call_id = ?", callId));
    if (erased)
        erased =
            written(database.run("UPDATE outbox SET record = NULL, is_open = 0 WHERE call_id = ?", callId));
    if (erased) erased = noteErasure(database);
    return erased;
}

}  // namespace ninja3cx::storage
