#include "server/storage/history.hpp"

#include "server/storage/records.hpp"
#include "shared/core/text.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <map>

namespace ninja3cx::storage {
namespace {

constexpr std::int32_t kMostOnAPage = 200;
constexpr std::size_t kMostWords = 16;
constexpr std::size_t kMostQueryBytes = 400;
constexpr std::size_t kMostSnippets = 3;
// Around what was found: control characters, which no transcript holds.
constexpr char kMatchBegins = '\x02';
constexpr char kMatchEnds = '\x03';

/// ASCII letters and digits, and every character beyond ASCII: FTS5 decides which of those are letters.
bool mayBeInAWord(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

struct Where {
    std::string sql = " WHERE 1";
    std::vector<Bound> values;
    void add(const std::string& condition) { sql += " AND " + condition; }
    void add(const std::string& condition, Bound value) {
        add(condition);
        values.push_back(std::move(value));
    }
};

constexpr const char* kFrom =
    " FROM calls c LEFT JOIN analyses a ON a.call_id = c.call_id"
    // A call has one draft; should it ever have two, the newest one stands for it.
    " LEFT JOIN drafts d ON d.rowid = (SELECT max(rowid) FROM drafts WHERE call_id = c.call_id)";

Where conditions(const HistoryFilter& filter, const std::optional<std::string>& query) {
    Where where;
    if (filter.fromMs) where.add("c.started_at_ms >= ?", bound(*filter.fromMs));
    if (filter.toMs) where.add("c.started_at_ms < ?", bound(*filter.toMs));
    if (filter.extension) where.add("c.extension = ?", bound(*filter.extension));
    if (filter.category) where.add("a.category = ?", bound(nameOf(*filter.category)));
    if (filter.hasTicket)
        where.add(*filter.hasTicket ? "d.delivery_state = 'created'" : "d.delivery_state IS NOT 'created'");
    if (query)
        where.add(
            "c.call_id IN (SELECT u.call_id FROM utterances_fts f JOIN utterances u ON u.id = f.rowid"
            " WHERE utterances_fts MATCH ?)",
            bound(*query));
    return where;
}

std::vector<SnippetPart> partsOf(const std::string& marked) {
    std::vector<SnippetPart> parts;
    SnippetPart part;
    const auto finish = [&](bool nextIsMatch) {
        if (!part.text.empty()) parts.push_back(part);
        part = {{}, nextIsMatch};
    };
    for (char c : marked) {
        if (c == kMatchBegins)
            finish(true);
        else if (c == kMatchEnds)
            finish(false);
        else
            part.text += c;
    }
    finish(false);
    return parts;
}

Result<HistoryItem> readItem(const Row& row) {
    HistoryItem item;
    auto call = readCall(row, 0);
    if (!call) return call.error();
    item.call = std::move(*call);
    item.isTranscriptErased = row.integer(1) != 0;
    if (auto record = row.optionalText(2)) {
        auto analysis = json::decodeText<protocol::Analysis>(*record);
        if (!analysis) return inContext("database, analyses", analysis.error());
        item.category = analysis->category;
        item.sentiment = analysis->sentiment;
        item.priority = analysis->priority;
    }
    if (!row.isNull(3)) {
        auto draft = readDraft(row, 3);
        if (!draft) return draft.error();
        if (!draft->fields.subject.empty()) item.subject = draft->fields.subject;
        item.draftId = draft->draftId;
        item.draftState = draft->state;
        item.delivery = draft->delivery;
    }
    return item;
}

Result<void> addSnippets(Database& database, const std::string& query, std::vector<HistoryItem>& items) {
    std::map<std::string, HistoryItem*> byCall;
    boost::json::array ids;
    for (HistoryItem& item : items) {
        byCall[item.call.callId.value()] = &item;
        ids.emplace_back(item.call.callId.value());
    }
    return database.each(
        "SELECT u.call_id, u.utterance_id, u.channel, u.start_ms,"
        " snippet(utterances_fts, 0, char(2), char(3), '…', 24)"
        " FROM utterances_fts JOIN utterances u ON u.id = utterances_fts.rowid"
        " WHERE utterances_fts MATCH ? AND u.call_id IN (SELECT value FROM json_each(?))"
        " ORDER BY u.call_id, u.start_ms",
        {bound(query), bound(boost::json::serialize(ids))}, [&](const Row& row) -> Result<void> {
            auto& snippets = byCall.at(row.text(0))->snippets;
            if (snippets.size() == kMostSnippets) return {};
            auto channel = json::decode<protocol::Speaker>(boost::json::value(row.text(2)), "channel");
            if (!channel) return inContext("database, utterances", channel.error());
            snippets.push_back({UtteranceId{row.text(1)}, *channel, row.integer(3), partsOf(row.text(4))});
            return {};
        });
}

}  // namespace

std::optional<std::string> searchQuery(const std::string& typed) {
    const std::string text = toValidUtf8(cutUtf8(typed, kMostQueryBytes));
    std::string query;
    std::string word;
    std::size_t words = 0;
    // Each run of characters that may stand in a word becomes a quoted prefix. Nothing else reaches FTS5, so
    // neither quotes nor operators can mean anything.
    const auto finish = [&] {
        if (!word.empty() && words < kMostWords) {
            query += (words == 0 ? "\"" : " \"") + word + "\"*";
            ++words;
        }
        word.clear();
    };
    for (char c : text) {
        if (mayBeInAWord(c))
            word += c;
        else
            finish();
    }
    finish();
    if (words == 0) return std::nullopt;
    return query;
}

Result<HistoryPage> readHistory(Database& database, const HistoryFilter& filter) {
    HistoryPage page;
    std::optional<std::string> query;
    if (!filter.text.empty()) {
        query = searchQuery(filter.text);
        if (!query) return page;
    }
    Where where = conditions(filter, query);
    auto total = database.integer(("SELECT count(*)" + std::string{kFrom} + where.sql).c_str(), where.values);
    if (!total) return total.error();
    page.total = total->value_or(0);

    const std::string sql =
        "SELECT c.record, c.is_transcript_erased, a.record, d.fields, d.generated, d.record" +
        std::string{kFrom} + where.sql + " ORDER BY c.started_at_ms DESC, c.call_id DESC LIMIT ? OFFSET ?";
    where.values.push_back(bound(std::clamp(filter.limit, 1, kMostOnAPage)));
    where.values.push_back(bound(std::max(filter.offset, 0)));
    auto read = database.each(sql.c_str(), where.values, [&](const Row& row) -> Result<void> {
        auto item = readItem(row);
        if (!item) return item.error();
        page.items.push_back(std::move(*item));
        return {};
    });
    if (read && query) read = addSnippets(database, *query, page.items);
    if (!read) return read.error();
    return page;
}

Result<CallDetail> readCallDetail(Database& database, const CallId& callId) {
    CallDetail detail;
    bool isFound = false;
    auto read = database.each("SELECT record, is_transcript_erased FROM calls WHERE call_id = ?",
                              {bound(callId)}, [&](const Row& row) -> Result<void> {
                                  auto call = readCall(row, 0);
                                  if (!call) return call.error();
                                  detail.call = std::move(*call);
                                  detail.isTranscriptErased = row.integer(1) != 0;
                                  isFound = true;
                                  return {};
                              });
    if (!read) return read.error();
    if (!isFound) return Error{ErrorKind::NotFound, "there is no such call"};

    auto utterances = readUtterances(database, callId);
    if (!utterances) return utterances.error();
    detail.utterances = std::move(*utterances);
    auto versions = readVersions(database, callId);
    if (!versions) return versions.error();
    detail.versions = std::move(*versions);
    auto analysis = readAnalysis(database, callId);
    if (!analysis) return analysis.error();
    detail.analysis = std::move(*analysis);
    read = database.each("SELECT fields, generated, record FROM drafts WHERE call_id = ? ORDER BY rowid",
                         {bound(callId)}, [&](const Row& row) -> Result<void> {
                             auto draft = readDraft(row, 0);
                             if (!draft) return draft.error();
                             detail.draft = std::move(*draft);
                             return {};
                         });
    if (!read) return read.error();
    auto audit = readAuditOf(database, callId);
    if (!audit) return audit.error();
    detail.audit = std::move(*audit);
    return detail;
}

}  // namespace ninja3cx::storage
