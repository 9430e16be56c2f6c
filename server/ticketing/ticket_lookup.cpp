#include "server/ticketing/ticket_lookup.hpp"

#include "server/calls/outbox_text.hpp"
#include "server/ticketing/board_pass.hpp"
#include "server/ticketing/ticket_match.hpp"
#include "server/ticketing/ticket_payload.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;

constexpr std::int32_t kPageSize = 100;
constexpr std::size_t kMaxPages = 30;
constexpr std::size_t kMaxDescriptionsRead = 200;  // each a request: more than are made while one may be ours
constexpr std::size_t kMaxCommentedRead = 500;     // after a restored backup alone
constexpr std::size_t kReadsAtOnce = 20;  // before there are pauses: NinjaOne takes about a hundred a minute
constexpr std::chrono::milliseconds kBetweenReads{700};
constexpr std::chrono::milliseconds kThrottled{30'000};
constexpr std::chrono::milliseconds kLongestPause{120'000};  // longer ones are told
constexpr int kMostWaits = 20;
constexpr std::size_t kMaxInDoubt = 20;  // more than that nobody looks through by hand
constexpr double kBeforeFirstSeconds = 300;
constexpr double kAfterLastSeconds = 1200;  // the request's time-out, and a quarter of an hour and more
constexpr const char* kTooManyTickets = "the board holds more tickets than can be looked through";
constexpr const char* kTooManyComments = "the ticket holds more comments than can be looked through";

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

std::string requesterOf(const boost::json::value& ticket) {
    const boost::json::object* fields = ticket.if_object();
    const boost::json::value* uid = fields ? fields->if_contains("requesterUid") : nullptr;
    return uid && uid->is_string() ? std::string{uid->get_string()} : std::string{};
}

std::int64_t targetOf(const calls::OutboxEntry& entry) {
    return entry.fields.commentOn ? entry.fields.commentOn->value() : 0;
}

awaitable<LookedUp> lookUpInComments(NinjaClient& ninja, std::int64_t ticketId, calls::OutboxEntry entry,
                                     std::string marker) {
    const auto entries = co_await ninja.logEntries(ticketId, "COMMENT");
    if (!entries) co_return failed(entries.error());
    LookedUp seen = found(ticketId);
    seen.place = Place::Joined;
    seen.mayLackChanges = !anySays(*entries, entry);
    bool isThere = false;
    for (const LogEntry& log : *entries) {
        if (!logHolds(log, marker)) continue;
        isThere = true;
        if (placeIn(textOf(log), marker) == Place::Own) seen.place = Place::Own;
    }
    if (isThere) {
        seen.areLinesThere = seen.place == Place::Joined && areLinesIn(*entries, entry);
        co_return seen;
    }
    if (entries->size() >= NinjaClient::kMostLogEntries) co_return failed(kTooManyComments);
    LookedUp absent;
    absent.kind = LookedUp::Kind::Absent;
    co_return absent;
}

/// The first of `candidates` that is what was sent. They carry our marker, so none of them means 'absent' — except
/// those that somebody has deleted.
awaitable<LookedUp> confirm(NinjaClient& ninja, calls::OutboxEntry entry,
                            std::vector<BoardPass::Candidate> candidates, bool wasOther) {
    LookedUp doubt;
    doubt.kind = LookedUp::Kind::Absent;
    bool areAllAnothers = true;
    for (const auto& [candidate, place] : candidates) {
        const auto ticket = co_await ninja.ticket(candidate);
        if (!ticket) co_return failed(ticket.error());
        if (ticket->id != candidate) co_return failed("NinjaOne answered with another ticket than asked for");
        std::string mismatch = mismatchOf(*ticket, entry);
        const bool isAnothers = !mismatch.empty();
        if (mismatch.empty() && !isSubjectOf(ticket->subject, entry)) mismatch = "has another subject";
        if (mismatch.empty() && !isOfRequester(*ticket, entry)) mismatch = "is in another person's name";
        if (mismatch.empty()) {
            LookedUp seen = found(candidate);
            seen.place = place;
            seen.mayLackChanges = wasOther;
            if (place == Place::Own && wasOther) {
                const auto description = co_await ninja.logEntries(candidate, "DESCRIPTION");
                if (!description) co_return failed(description.error());
                seen.mayLackChanges = !saysAllOf(*ticket, *description, entry);
            }
            if (place == Place::Own || !calls::hasNote(entry)) co_return seen;
            const auto comments = co_await ninja.logEntries(candidate, "COMMENT");
            if (!comments) co_return failed(comments.error());
            seen.areLinesThere = areLinesIn(*comments, entry);
            if (!seen.areLinesThere && comments->size() >= NinjaClient::kMostLogEntries)
                co_return failed(kTooManyComments);
            co_return seen;
        }
        if (!doubt.similarTicketId) doubt.similarTicketId = candidate;
        if (ticket->isDeleted) continue;
        doubt.inDoubt.push_back(candidate);
        const bool isFirst = doubt.kind != LookedUp::Kind::Doubtful || (areAllAnothers && !isAnothers);
        areAllAnothers = areAllAnothers && isAnothers;
        if (!isFirst) continue;
        doubt.kind = LookedUp::Kind::Doubtful;
        doubt.similarTicketId = candidate;
        doubt.detail =
            "ticket " + std::to_string(candidate) + " carries this call's reference but " + mismatch;
        doubt.detail += isAnothers ? "; it is to be deleted there if it was made for this call"
                                   : "; it is taken by naming it, and nothing is sent beside it";
    }
    // One of this customer is the call's, whatever it says: no answer of a technician has another made beside it.
    if (!areAllAnothers) doubt.inDoubt.clear();
    co_return doubt;
}

std::string nameOf(std::int64_t ticketId) {
    return "ticket " + std::to_string(ticketId);
}

std::string namesOf(const std::vector<std::int64_t>& tickets) {
    std::string names = tickets.size() == 1 ? "ticket " : "tickets ";
    for (std::size_t i = 0; i < tickets.size(); ++i)
        names += (i == 0 ? "" : ", ") + std::to_string(tickets[i]);
    return names;
}

/// Of the tickets that show no text yet, or none any more: Failed where some may be the entry's.
awaitable<LookedUp> judgeSilent(NinjaClient& ninja, calls::OutboxEntry entry,
                                std::vector<std::int64_t> silent, bool wasOther) {
    std::vector<std::int64_t> inDoubt;
    for (const std::int64_t candidate : silent) {
        const auto ticket = co_await ninja.ticket(candidate);
        if (!ticket) co_return failed(ticket.error());
        if (ticket->id != candidate) co_return failed("NinjaOne answered with another ticket than asked for");
        const bool isAnothers = !wasOther && ticket->clientId != entry.fields.organizationId.value_or(0) &&
                                !isSubjectOf(ticket->subject, entry) && !isOfRequester(*ticket, entry);
        if (!isAnothers && !ticket->isDeleted) inDoubt.push_back(candidate);
    }
    if (inDoubt.size() > kMaxInDoubt)
        co_return failed(std::to_string(inDoubt.size()) + " tickets show no description");
    if (!inDoubt.empty()) {
        LookedUp seen = failed(
            namesOf(inDoubt) +
            (inDoubt.size() == 1 ? " shows no description, and may be" : " show no description: one may be") +
            " this call's");
        seen.inDoubt = std::move(inDoubt);
        co_return seen;
    }
    LookedUp absent;
    absent.kind = LookedUp::Kind::Absent;
    co_return absent;
}

/// What several looks leave in doubt: each ticket once, as what says most of it.
class Doubts {
public:
    explicit Doubts(const LookedUp& first) {
        if (first.inDoubt.empty()) return;
        all_.kind = first.kind;
        all_.similarTicketId = first.similarTicketId;
        all_.detail = first.detail;
        all_.inDoubt = first.inDoubt;
    }

    void add(LookedUp there) {
        if (there.kind == LookedUp::Kind::Found) {
            there.similarTicketId = there.ticketId;
            there.detail = nameOf(there.ticketId.value_or(0)) + " carries this call's reference";
        }
        if (there.kind != LookedUp::Kind::Failed) {
            all_.kind = LookedUp::Kind::Doubtful;
            if (!all_.similarTicketId) all_.similarTicketId = there.similarTicketId;
            if (there.inDoubt.empty()) there.inDoubt = {there.similarTicketId.value_or(0)};
        }
        std::erase_if(there.inDoubt,
                      [&](std::int64_t id) { return std::ranges::count(all_.inDoubt, id) > 0; });
        if (there.inDoubt.empty()) return;
        if (!all_.detail.empty()) all_.detail += "; ";
        all_.detail += there.detail;
        all_.inDoubt.insert(all_.inDoubt.end(), there.inDoubt.begin(), there.inDoubt.end());
    }

    LookedUp together(LookedUp otherwise) {
        if (all_.inDoubt.empty()) return otherwise;
        if (all_.inDoubt.size() > kMaxInDoubt)
            return failed(std::to_string(all_.inDoubt.size()) + " tickets may be this call's");
        return std::move(all_);
    }

private:
    LookedUp all_{LookedUp::Kind::Failed, {}, {}, {}, {}};
};

/// Either clock may be wrong, and a window that is too long only takes longer.
Window windowOf(const NinjaClient& ninja, const SentBetween& sent) {
    const std::int64_t ahead = ninja.clockAhead().value_or(std::chrono::milliseconds{0}).count();
    const SentAt& first = sent.first;
    const std::int64_t begin = std::min(first.hereMs, first.thereMs.value_or(first.hereMs + ahead));
    Window window;
    window.begin = static_cast<double>(begin) / 1000.0 - kBeforeFirstSeconds;
    if (sent.last && sent.last->thereMs)
        window.end = static_cast<double>(std::max(sent.last->hereMs, *sent.last->thereMs)) / 1000.0 +
                     kAfterLastSeconds;
    return window;
}

/// Page after page, until `pass` has seen all that it wants. Failed: it has not.
template <class Pass, class Run>
awaitable<LookedUp> readPages(Pass& pass, Run run) {
    LookedUp whole;
    whole.kind = LookedUp::Kind::Absent;
    std::int64_t cursor = 0;
    for (std::size_t pages = 0; pages < kMaxPages; ++pages) {
        const auto page = co_await run(cursor);
        if (!page) co_return failed(page.error());
        if (page->rowsSent != page->rows.size()) co_return failed("the board holds rows without a number");
        if (!pass.take(*page) || page->rowsSent == 0) co_return whole;
        const bool hasNext = page->lastCursorId.value_or(0) > 0 && page->lastCursorId != cursor;
        if (!hasNext && page->rowsSent < static_cast<std::size_t>(kPageSize)) co_return whole;
        if (!hasNext) co_return failed("the board's list ends without saying how to go on");
        cursor = page->lastCursorId.value_or(0);
    }
    co_return failed(kTooManyTickets);
}

bool isAskedToWait(const Reply& reply) {
    const bool isThrottled =
        reply.kind == ReplyKind::Throttled || (reply.kind == ReplyKind::Page && reply.retryAfter);
    return isThrottled && reply.retryAfter.value_or(kThrottled) <= kLongestPause;
}

/// None: `failure` says why.
awaitable<std::optional<std::int64_t>> allTickets(NinjaClient& ninja, LookedUp& failure) {
    const auto boards = co_await ninja.boards();
    if (!boards) {
        failure = failed(boards.error());
        co_return std::nullopt;
    }
    const auto board = allTicketsBoard(*boards);
    if (board) co_return board->id;
    failure = failed("no board of all tickets can be told from the list of boards");
    co_return std::nullopt;
}

/// `wanted`: markers, and since when. The tickets that have a comment with one of them are in doubt.
awaitable<LookedUp> lookUpInAnyComments(NinjaClient& ninja, calls::OutboxEntry entry,
                                        std::vector<std::pair<std::string, std::int64_t>> wanted,
                                        SentBetween sent, Pause pause) {
    LookedUp seen;
    const auto board = co_await allTickets(ninja, seen);
    if (!board) co_return seen;
    for (const auto& [marker, sinceMs] : wanted) sent.first.hereMs = std::min(sent.first.hereMs, sinceMs);
    ChangedPass changed{entry.fields.organizationName, windowOf(ninja, sent).begin};
    seen = co_await readPages(
        changed, [&](std::int64_t cursor) { return ninja.runBoardByChange(*board, cursor, kPageSize); });
    if (seen.kind == LookedUp::Kind::Failed) co_return seen;
    if (changed.tickets.size() > kMaxCommentedRead) co_return failed(kTooManyTickets);
    seen = {};
    seen.kind = LookedUp::Kind::Absent;
    std::size_t reads = 0;
    for (const std::int64_t candidate : changed.tickets) {
        if (++reads > kReadsAtOnce) co_await pause(kBetweenReads);
        auto comments = co_await ninja.logEntries(candidate, "COMMENT");
        for (int waits = 0; !comments && isAskedToWait(comments.error()) && waits < kMostWaits; ++waits) {
            co_await pause(comments.error().retryAfter.value_or(kThrottled));
            comments = co_await ninja.logEntries(candidate, "COMMENT");
        }
        if (!comments && comments.error().status == 404) continue;  // deleted meanwhile
        if (!comments) co_return failed(comments.error());
        const auto holdsOne = [&, log = &*comments](const auto& one) {
            return std::ranges::any_of(*log, [&](const LogEntry& each) { return logHolds(each, one.first); });
        };
        const bool isThere = std::ranges::any_of(wanted, holdsOne);
        if (!isThere && comments->size() >= NinjaClient::kMostLogEntries) co_return failed(kTooManyComments);
        if (!isThere) continue;
        if (!seen.similarTicketId) seen.similarTicketId = candidate;
        seen.inDoubt.push_back(candidate);
    }
    if (seen.inDoubt.empty()) co_return seen;
    seen.kind = LookedUp::Kind::Doubtful;
    seen.detail = (seen.inDoubt.size() == 1 ? "a comment on " : "comments on ") + namesOf(seen.inDoubt) +
                  (seen.inDoubt.size() == 1 ? " carries" : " carry") + " this call's reference";
    co_return seen;
}

}  // namespace

awaitable<LookedUp> lookUpTicket(NinjaClient& ninja, calls::OutboxEntry entry, SentBetween sent) {
    LookedUp boardFailure;
    const auto board = co_await allTickets(ninja, boardFailure);
    if (!board) co_return boardFailure;

    BoardPass seen{entry, windowOf(ninja, sent), sent.wasOther};
    const LookedUp pages = co_await readPages(
        seen, [&](std::int64_t cursor) { return ninja.runBoard(*board, cursor, kPageSize); });
    if (pages.kind == LookedUp::Kind::Failed) co_return pages;

    std::vector<std::int64_t> silent;
    if (seen.marked.empty()) {
        if (seen.unreadable.size() > kMaxDescriptionsRead) co_return failed(kTooManyTickets);
        for (const auto& [candidate, isAnotherCalls] : seen.unreadable) {
            const auto entries = co_await ninja.logEntries(candidate, "DESCRIPTION");
            if (!entries) co_return failed(entries.error());
            bool isSilent = true;
            for (const LogEntry& log : *entries) {
                if (logHolds(log, entry.marker))
                    seen.marked.push_back({candidate, placeIn(textOf(log), entry.marker)});
                isSilent = isSilent && trimmed(textOf(log)).empty();
            }
            if (isSilent && !isAnotherCalls) silent.push_back(candidate);
        }
    }
    if (seen.marked.empty()) {
        LookedUp absent = co_await judgeSilent(ninja, std::move(entry), std::move(silent), sent.wasOther);
        absent.similarTicketId = seen.similar;
        co_return absent;
    }
    // A later ticket may quote the first; and its own comes before that of a call it was joined with.
    std::vector<BoardPass::Candidate> candidates = std::move(seen.marked);
    std::ranges::sort(candidates, {}, [](const BoardPass::Candidate& one) {
        return std::pair{one.place, one.id};
    });
    const auto rest = std::ranges::unique(candidates, {}, &BoardPass::Candidate::id);
    candidates.erase(rest.begin(), rest.end());
    co_return co_await confirm(ninja, std::move(entry), std::move(candidates), sent.wasOther);
}

awaitable<Checked> checkTicket(NinjaClient& ninja, calls::OutboxEntry entry, std::int64_t ticketId) {
    Checked checked;
    const auto refuse = [&checked](std::string why) {
        checked.kind = Checked::Kind::NotOurs;
        checked.detail = std::move(why);
    };
    const auto fail = [&checked](const Reply& reply) {
        checked.kind = Checked::Kind::Failed;
        checked.retryAfter = reply.retryAfter;
        checked.detail = reply.detail;
    };
    constexpr std::int64_t kHighestTicket = std::numeric_limits<std::int32_t>::max();  // NinjaOne's are int32
    if (ticketId > kHighestTicket) {
        refuse("does not exist in NinjaOne");
        checked.isGone = true;
        co_return checked;
    }
    const auto ticket = co_await ninja.ticket(ticketId);
    if (!ticket && ticket.error().status == 404) {
        refuse("does not exist in NinjaOne");
        checked.isGone = true;
        co_return checked;
    }
    if (!ticket) {
        fail(ticket.error());
        co_return checked;
    }
    if (ticket->id != ticketId) {
        checked.kind = Checked::Kind::Failed;
        checked.detail = "NinjaOne answered with another ticket than asked for";
        co_return checked;
    }
    if (std::string mismatch = mismatchOf(*ticket, entry); !mismatch.empty()) {
        refuse(std::move(mismatch));
        checked.isGone = ticket->isDeleted;
        co_return checked;
    }
    const auto entries = co_await ninja.logEntries(ticketId, "DESCRIPTION");
    if (!entries) {
        fail(entries.error());
        co_return checked;
    }
    checked.kind = Checked::Kind::Ours;
    const auto anyLog = [&](auto holds) { return std::any_of(entries->begin(), entries->end(), holds); };
    if (anyLog([&](const LogEntry& log) { return logHolds(log, entry.marker); })) {
        checked.mayLackChanges = !saysAllOf(*ticket, *entries, entry);
        if (anyLog([&](const LogEntry& log) { return placeIn(textOf(log), entry.marker) == Place::Joined; }))
            checked.place = Place::Joined;
        if (checked.place == Place::Own || !calls::hasNote(entry)) co_return checked;
    }
    // Made by hand, otherwise: that takes more than a subject that calls share.
    std::string why;
    if (checked.place == Place::Joined ||
        anyLog([&](const LogEntry& log) { return logHoldsOther(log, entry.marker); }))
        why = "is another call's";
    else if (!isSubjectOf(ticket->subject, entry))
        why = "has neither this call's reference (" + entry.marker + ") nor its subject";
    else if (!isOfRequester(*ticket, entry))
        why = "is in another person's name";
    checked.isByHand = why.empty();
    if (checked.isByHand) co_return checked;
    const auto comments = co_await ninja.logEntries(ticketId, "COMMENT");
    if (!comments) {
        fail(comments.error());
        co_return checked;
    }
    for (const LogEntry& log : *comments) {
        if (!logHolds(log, entry.marker) || checked.place == Place::Comment) continue;
        checked.place = placeIn(textOf(log), entry.marker) == Place::Joined ? Place::Joined : Place::Comment;
    }
    checked.areLinesThere = checked.place == Place::Joined && areLinesIn(*comments, entry);
    if (checked.place == Place::Comment || checked.areLinesThere) co_return checked;
    if (checked.place == Place::Own) refuse(std::move(why));
    if (comments->size() < NinjaClient::kMostLogEntries) co_return checked;
    checked.kind = Checked::Kind::Failed;
    checked.detail = kTooManyComments;
    co_return checked;
}

std::string whyNotToChange(const boost::json::value& ticket, std::int64_t ticketId,
                           const calls::OutboxEntry& entry) {
    const auto read = readTicket(ticket);
    if (!read || read->id != ticketId) return "cannot be told from what NinjaOne answered";
    if (std::string mismatch = mismatchOf(*read, entry); !mismatch.empty()) return mismatch;
    if (!entry.fields.commentOn) return {};
    const std::string wanted = entry.fields.requesterUid.value_or("");
    if (wanted.empty()) return "cannot be compared: the draft names no requester";
    return isSameWord(requesterOf(ticket), wanted) ? std::string{} : "is of another requester";
}

Checked checkedTarget(const Answer<boost::json::value>& ticket, const calls::OutboxEntry& entry) {
    Checked checked;
    if (ticket) {
        checked.detail = whyNotToChange(*ticket, targetOf(entry), entry);
        checked.kind = checked.detail.empty() ? Checked::Kind::Ours : Checked::Kind::NotOurs;
        const auto read = readTicket(*ticket);
        checked.isGone = read && read->id == targetOf(entry) && read->isDeleted;
    } else if (ticket.error().status == 404) {
        checked.kind = Checked::Kind::NotOurs;
        checked.detail = "does not exist in NinjaOne";
        checked.isGone = true;
    } else {
        checked.kind = Checked::Kind::Failed;
        checked.retryAfter = ticket.error().retryAfter;
        checked.detail = ticket.error().detail;
    }
    return checked;
}

awaitable<LookedUp> lookUpComment(NinjaClient& ninja, calls::OutboxEntry entry) {
    const std::int64_t target = targetOf(entry);
    LookedUp seen = co_await lookUpInComments(ninja, target, entry, entry.marker);
    if (seen.kind == LookedUp::Kind::Absent) co_return seen;
    const auto ticket = co_await ninja.wholeTicket(target);
    Checked checked = checkedTarget(ticket, entry);
    if (!checked.isGone) co_return seen;
    seen = {};
    seen.kind = LookedUp::Kind::Gone;
    seen.detail = std::move(checked.detail);
    co_return seen;
}

awaitable<Checked> checkComment(NinjaClient& ninja, calls::OutboxEntry entry) {
    const std::int64_t target = targetOf(entry);
    const auto ticket = co_await ninja.wholeTicket(target);
    Checked checked = checkedTarget(ticket, entry);
    if (checked.kind != Checked::Kind::Ours) co_return checked;
    LookedUp seen = co_await lookUpInComments(ninja, target, entry, entry.marker);
    if (seen.kind ==
        LookedUp::Kind::Absent) {  // it may be the call's own: offered after a backup was restored
        const auto description = co_await ninja.logEntries(target, "DESCRIPTION");
        if (!description) {
            seen = failed(description.error());
        } else if (const auto own = std::ranges::find_if(
                       *description, [&](const LogEntry& log) { return logHolds(log, entry.marker); });
                   own != description->end()) {
            seen = found(target);
            seen.place = placeIn(textOf(*own), entry.marker);
            seen.mayLackChanges = true;
        }
    }
    checked.retryAfter = seen.retryAfter;
    checked.detail = seen.detail;
    checked.place = seen.place;
    checked.areLinesThere = seen.areLinesThere;
    checked.mayLackChanges = seen.mayLackChanges;
    if (seen.kind == LookedUp::Kind::Failed) {
        checked.kind = Checked::Kind::Failed;
    } else if (seen.kind != LookedUp::Kind::Found) {
        checked.kind = Checked::Kind::Lacking;
        checked.detail = "has no comment with this call's reference (" + entry.marker + ")";
    }
    co_return checked;
}

awaitable<LookedUp> lookUpEverywhere(NinjaClient& ninja, calls::OutboxEntry entry, SentBetween sent,
                                     bool readsComments, Pause pause) {
    LookedUp seen;
    if (entry.fields.commentOn)
        seen = co_await lookUpComment(ninja, entry);
    else
        seen = co_await lookUpTicket(ninja, entry, sent);
    const bool isNowhere = seen.kind == LookedUp::Kind::Absent || seen.kind == LookedUp::Kind::Gone;
    if (!isNowhere && seen.inDoubt.empty()) co_return seen;

    std::vector<std::pair<std::string, std::int64_t>> wanted;  // marker, and since when
    if (entry.fields.commentOn) wanted.emplace_back(entry.marker, sent.first.hereMs);
    if (entry.joined)
        for (const calls::JoinedCall& call : *entry.joined)
            wanted.emplace_back(call.marker, std::min(call.startedAtMs, sent.first.hereMs));
    Doubts doubts{seen};
    for (const auto& [marker, sinceMs] : wanted) {
        calls::OutboxEntry other = entry;
        other.marker = marker;
        SentBetween then = sent;
        then.first.hereMs = sinceMs;
        LookedUp there = co_await lookUpTicket(ninja, std::move(other), then);
        if (there.kind == LookedUp::Kind::Absent) continue;
        if (there.kind == LookedUp::Kind::Failed && there.inDoubt.empty()) co_return there;
        // Offered as a ticket to comment on, and the call's own.
        const bool isTarget = there.ticketId == targetOf(entry) && marker == entry.marker;
        if (there.kind == LookedUp::Kind::Found && isTarget && there.place == Place::Own) co_return there;
        doubts.add(std::move(there));
    }
    if (!readsComments) co_return doubts.together(std::move(seen));
    if (!entry.fields.commentOn) wanted.emplace_back(entry.marker, sent.first.hereMs);
    LookedUp there =
        co_await lookUpInAnyComments(ninja, std::move(entry), std::move(wanted), sent, std::move(pause));
    if (there.kind == LookedUp::Kind::Failed && there.inDoubt.empty()) co_return there;
    if (there.kind != LookedUp::Kind::Absent) doubts.add(std::move(there));
    co_return doubts.together(std::move(seen));
}

awaitable<LookedUp> lookUpNote(NinjaClient& ninja, calls::OutboxEntry entry, std::int64_t ticketId) {
    std::string marker = noteMarker(entry);
    co_return co_await lookUpInComments(ninja, ticketId, std::move(entry), std::move(marker));
}

}  // namespace ninja3cx::ticketing
