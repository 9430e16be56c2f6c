#pragma once

#include "server/calls/ports.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/database.hpp"
#include "shared/protocol/records.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::calls {
BOOST_DESCRIBE_STRUCT(TranscriptVersion, (), (version, model, madeAtMs, utterances))
}  // namespace ninja3cx::calls

/// What people look up: the list of calls, one call with all that came of it. All structs here are described,
/// so json::encode writes them.
namespace ninja3cx::storage {

/// Empty fields filter nothing.
struct HistoryFilter {
    std::optional<std::int64_t> fromMs;  // of the call's start; inclusive
    std::optional<std::int64_t> toMs;    // exclusive
    std::optional<Extension> extension;
    /// Words that one utterance of the call must hold, all of them, the beginning of a word is enough.
    /// Accents and case make no difference. Any text is allowed; there is no query language.
    std::string text;
    std::optional<bool> hasTicket;
    std::optional<protocol::Category> category;
    std::int32_t offset = 0;
    std::int32_t limit = 50;  // at most 200
};

struct SnippetPart {
    std::string text;
    bool isMatch = false;
    bool operator==(const SnippetPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(SnippetPart, (), (text, isMatch))

/// A piece of an utterance around the words that were searched for.
struct Snippet {
    UtteranceId utteranceId;
    protocol::Speaker channel{};
    std::int64_t startMs = 0;
    std::vector<SnippetPart> parts;
    bool operator==(const Snippet&) const = default;
};
BOOST_DESCRIBE_STRUCT(Snippet, (), (utteranceId, channel, startMs, parts))

struct HistoryItem {
    protocol::Call call;
    bool isTranscriptErased = false;
    std::optional<protocol::Category> category;
    std::optional<protocol::Sentiment> sentiment;
    std::optional<protocol::Priority> priority;
    std::optional<std::string> subject;  // of the draft as it is now
    std::optional<DraftId> draftId;
    std::optional<protocol::DraftState> draftState;
    std::optional<protocol::Delivery> delivery;
    std::vector<Snippet> snippets;  // at most 3, when a text was searched for
    bool operator==(const HistoryItem&) const = default;
};
BOOST_DESCRIBE_STRUCT(HistoryItem, (),
                      (call, isTranscriptErased, category, sentiment, priority, subject, draftId, draftState,
                       delivery, snippets))

struct HistoryPage {
    std::int64_t total = 0;          // that match the filter, on all pages
    std::vector<HistoryItem> items;  // newest first
    bool operator==(const HistoryPage&) const = default;
};
BOOST_DESCRIBE_STRUCT(HistoryPage, (), (total, items))

/// The draft carries its delivery.
struct CallDetail {
    protocol::Call call;
    bool isTranscriptErased = false;
    std::vector<protocol::Utterance> utterances;     // as heard live: what analysis and ticket rest on
    std::vector<calls::TranscriptVersion> versions;  // as heard after the call
    std::optional<protocol::Analysis> analysis;
    std::optional<protocol::Draft> draft;
    std::vector<AuditLine> audit;  // about the call and its draft, oldest first
    bool operator==(const CallDetail&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallDetail, (),
                      (call, isTranscriptErased, utterances, versions, analysis, draft, audit))

Result<HistoryPage> readHistory(Database& database, const HistoryFilter& filter);
/// NotFound when there is no such call.
Result<CallDetail> readCallDetail(Database& database, const CallId& callId);

/// What a person typed as a query that FTS5 accepts whatever was typed; absent when it holds no word at all.
std::optional<std::string> searchQuery(const std::string& typed);

}  // namespace ninja3cx::storage
