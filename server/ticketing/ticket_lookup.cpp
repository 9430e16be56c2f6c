#include "server/ticketing/ticket_lookup.hpp"

#include "server/ticketing/ticket_payload.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;

constexpr std::int32_t kPageSize = 100;
constexpr std::size_t kMaxPages = 30;
constexpr std::size_t kMaxDescriptionsRead = 40;
constexpr double kWindowSeconds = 300;

LookedUp failed(const Reply& reply) {
    LookedUp seen;
    seen.kind = LookedUp::Kind::Failed;
    seen.retryAfter = reply.retryAfter;
    seen.detail = reply.detail;
    return seen;
}
LookedUp failed(std::string detail) {
    LookedUp seen;
    seen.kind = LookedUp::Kind::Failed;
    seen.detail = std::move(detail);
    return seen;
}
LookedUp found(std::int64_t ticketId) {
    LookedUp seen;
    seen.kind = LookedUp::Kind::Found;
    seen.ticketId = ticketId;
    return seen;
}

bool rowHolds(const BoardRow& row, const std::string& marker) {
    const auto holds = [&](const std::string& text) { return holdsMarker(text, marker); };
    return std::any_of(row.attributeValues.begin(), row.attributeValues.end(), holds) ||
           std::any_of(row.tags.begin(), row.tags.end(), holds) ||
           (row.description && holds(*row.description));
}

/// What one pass over the board showed.
struct Pass {
    std::vector<std::int64_t> marked;      // tickets that carry the marker
    std::vector<std::int64_t> unreadable;  // in the window, description not shown
    std::optional<std::int64_t> similar;
};

/// The board's rows down to the window's begin.
class BoardPass {
public:
    BoardPass(const calls::OutboxEntry& entry, double windowBegin)
        : entry_(entry), windowBegin_(windowBegin) {}

    /// False when everything wanted was seen.
    bool take(const BoardPage& page) {
        bool isBelowWindow = false;
        for (const BoardRow& row : page.rows) {
            // Only a list that is sorted as asked may be left early.
            if (!row.createTime || *row.createTime > lastTime_) isSorted_ = false;
            if (row.createTime) lastTime_ = *row.createTime;
            const bool isInWindow = !row.createTime || *row.createTime >= windowBegin_;
            if (rowHolds(row, entry_.marker)) {
                pass.marked.push_back(row.id);
            } else if (isInWindow) {
                if (!row.description) pass.unreadable.push_back(row.id);
                if (row.summary == entry_.fields.subject &&
                    (row.organization.empty() || row.organization == entry_.fields.organizationName))
                    pass.similar = row.id;
            }
            isBelowWindow = isBelowWindow || !isInWindow;
        }
        return !(isBelowWindow && isSorted_);
    }

    Pass pass;

private:
    const calls::OutboxEntry& entry_;
    double windowBegin_;
    double lastTime_ = std::numeric_limits<double>::infinity();
    bool isSorted_ = true;
};

/// Nothing: it is ours and there. Otherwise why that cannot be said.
awaitable<std::optional<LookedUp>> confirm(NinjaClient& ninja, std::int64_t ticketId) {
    const auto ticket = co_await ninja.ticket(ticketId);
    if (!ticket) co_return failed(ticket.error());
    if (ticket->id != ticketId) co_return failed("NinjaOne answered with another ticket than asked for");
    co_return std::nullopt;
}

}  // namespace

awaitable<LookedUp> lookUpTicket(NinjaClient& ninja, calls::OutboxEntry entry, std::int64_t firstSentAtMs) {
    const auto boards = co_await ninja.boards();
    if (!boards) co_return failed(boards.error());
    const auto board = allTicketsBoard(*boards);
    if (!board) co_return failed("no board of all tickets can be told from the list of boards");

    BoardPass seen{entry, static_cast<double>(firstSentAtMs) / 1000.0 - kWindowSeconds};
    bool isComplete = false;
    std::int64_t cursor = 0;
    for (std::size_t pages = 0; pages < kMaxPages && !isComplete; ++pages) {
        const auto page = co_await ninja.runBoard(board->id, cursor, kPageSize);
        if (!page) co_return failed(page.error());
        if (page->rowsSent != page->rows.size()) co_return failed("the board holds rows without a number");
        const bool wantsMore = seen.take(*page);
        const bool hasNext = page->lastCursorId.value_or(0) > 0 && page->lastCursorId != cursor;
        isComplete = !wantsMore || page->rowsSent == 0 ||
                     (!hasNext && page->rowsSent < static_cast<std::size_t>(kPageSize));
        if (!seen.pass.marked.empty()) break;
        if (!isComplete && !hasNext) co_return failed("the board's list ends without saying how to go on");
        cursor = page->lastCursorId.value_or(0);
    }

    if (seen.pass.marked.empty()) {
        if (!isComplete || seen.pass.unreadable.size() > kMaxDescriptionsRead)
            co_return failed("the board holds more tickets than can be looked through");
        for (const std::int64_t candidate : seen.pass.unreadable) {
            const auto entries = co_await ninja.logEntries(candidate, "DESCRIPTION");
            if (!entries) co_return failed(entries.error());
            for (const LogEntry& log : *entries)
                if (holdsMarker(log.body, entry.marker) || holdsMarker(log.htmlBody, entry.marker))
                    seen.pass.marked.push_back(candidate);
        }
    }
    if (seen.pass.marked.empty()) {
        LookedUp absent;
        absent.kind = LookedUp::Kind::Absent;
        absent.similarTicketId = seen.pass.similar;
        co_return absent;
    }
    // A later ticket may quote the first.
    const std::int64_t ticketId = *std::min_element(seen.pass.marked.begin(), seen.pass.marked.end());
    if (auto doubt = co_await confirm(ninja, ticketId)) co_return *doubt;
    co_return found(ticketId);
}

awaitable<LookedUp> lookUpNote(NinjaClient& ninja, calls::OutboxEntry entry, std::int64_t ticketId) {
    const auto entries = co_await ninja.logEntries(ticketId, "COMMENT");
    if (!entries) co_return failed(entries.error());
    const std::string marker = noteMarker(entry);
    for (const LogEntry& log : *entries)
        if (holdsMarker(log.body, marker) || holdsMarker(log.htmlBody, marker)) co_return found(ticketId);
    LookedUp absent;
    absent.kind = LookedUp::Kind::Absent;
    co_return absent;
}

}  // namespace ninja3cx::ticketing
