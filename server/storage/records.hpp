#pragma once

#include "server/calls/ports.hpp"
#include "server/storage/database.hpp"

#include <limits>
#include <vector>

/// The structs of shared/protocol as rows and back.
namespace ninja3cx::storage {

/// Performs one change; the caller has begun a transaction.
Result<void> apply(Database& database, const calls::Change& change);

/// At start: what NinjaOne confirmed (ticket, note), in the drafts that are settled and therefore not taken
/// up again. The server may have stopped after the outbox and before the draft was written.
Result<void> takeDeliveries(Database& database);

/// What a start of the server asks for, beside what is unfinished.
struct OpenWorkScope {
    std::int64_t startOfDayMs = 0;  // since when a ticket counts as one of today
    /// Closed calls that began after this and lack audio: an agent program may still bring it.
    std::int64_t lateAudioSinceMs = std::numeric_limits<std::int64_t>::max();
    std::vector<CallId> withAudio{};  // on disk: closed or not, it may not be text yet
    /// Drafts with a ticket that settled after this are given as well, and their tickets.
    std::int64_t recentSinceMs = std::numeric_limits<std::int64_t>::max();
};
Result<calls::OpenWork> readOpenWork(Database& database, const OpenWorkScope& scope);

/// Which of these calls are not in the database.
Result<std::vector<CallId>> unknownCalls(Database& database, const std::vector<CallId>& callIds);

Result<protocol::Call> readCall(const Row& row, int column);
/// In the order of speech.
Result<std::vector<protocol::Utterance>> readUtterances(Database& database, const CallId& callId);
/// What was heard of the call after its end, each version with its utterances in the order of speech.
Result<std::vector<calls::TranscriptVersion>> readVersions(Database& database, const CallId& callId);
/// Nothing: there is no such call.
Result<std::optional<calls::HearingFacts>> readHearing(Database& database, const CallId& callId);
Result<std::optional<protocol::Analysis>> readAnalysis(Database& database, const CallId& callId);
/// The columns fields, generated, record, from `column` on.
Result<protocol::Draft> readDraft(const Row& row, int column);

/// Removes the call and all that came of it. Its outbox rows stay without their content. What other calls' drafts and
/// outbox rows say of it stays.
Result<void> eraseCall(Database& database, const CallId& callId);
/// Takes what is erased of these calls out of the entries in which they go on, and what is erased of any out of those in
/// which an earlier version merged several. `callIds`: a JSON array.
Result<void> forgetJoined(Database& database, const std::string& callIds);
/// From now on until `compact`, the file may still hold bytes of what was erased.
Result<void> noteErasure(Database& database);

/// Delivery has something left to do, or somebody has to decide about it.
bool isOpen(const calls::OutboxEntry& entry);
bool isOpen(const protocol::Draft& draft);

/// How an enumerator is written in messages and in columns, e.g. "closed".
template <class E>
std::string nameOf(E value) {
    return json::detail::enumName(value);
}

}  // namespace ninja3cx::storage
