#include "server/ticketing/ticket_lookup.hpp"

#include "server/calls/outbox_text.hpp"
#include "server/ticketing/ticket_payload.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;

constexpr std::int32_t kPageSize = 100;
constexpr std::size_t kMaxPages = 30;
constexpr std::size_t kMaxDescriptionsRead = 200;  // each a request: more than are made while one may be ours
constexpr std::size_t kMaxInDoubt = 20;            // more than that nobody looks through by hand
constexpr double kBeforeFirstSeconds = 300;
constexpr double kAfterLastSeconds = 1200;   // the request's time-out, and a quarter of an hour and more
constexpr std::size_t kMaxLogEntries = 500;  // as many as one answer holds
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

/// Blanks do not count: NinjaOne may trim them.
std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool isBlank = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!isBlank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

bool isSubjectOf(const std::string& text, const calls::OutboxEntry& entry) {
    return squeezed(toValidUtf8(text)) == squeezed(subjectToSend(entry));
}

bool logHolds(const LogEntry& log, const std::string& marker) {
    return holdsMarker(log.body, marker) || holdsMarker(log.htmlBody, marker);
}

std::string_view textOf(const LogEntry& log) {
    return log.body.empty() ? log.htmlBody : log.body;
}

bool rowHolds(const BoardRow& row, const std::string& marker) {
    const auto holds = [&](const std::string& text) { return holdsMarker(text, marker); };
    return std::any_of(row.attributeValues.begin(), row.attributeValues.end(), holds) ||
           std::any_of(row.tags.begin(), row.tags.end(), holds) ||
           (row.description && holds(*row.description));
}

/// Whether a text is of a call of ours, and of another than this.
bool holdsOtherMarker(std::string_view text, const std::string& marker) {
    constexpr std::string_view kPrefix = "3CX-";
    constexpr std::size_t kDigits = 12;
    const auto isDigit = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    for (std::size_t at = text.find(kPrefix); at != std::string_view::npos; at = text.find(kPrefix, at + 1)) {
        const std::string_view digits = text.substr(at + kPrefix.size(), kDigits);
        const bool isMarker = digits.size() == kDigits && std::all_of(digits.begin(), digits.end(), isDigit);
        if (isMarker && !text.substr(at).starts_with(marker)) return true;
    }
    return false;
}

/// Whether a text that holds the marker is of another call, with which this one was joined: its last line names that one
/// first.
bool isOfCallJoinedWith(std::string_view text, const std::string& marker) {
    constexpr std::string_view kReference = "Ref: ";
    const std::size_t at = text.rfind(kReference);
    if (at == std::string_view::npos) return false;
    const std::string_view markers = text.substr(at + kReference.size());
    const std::size_t first = markers.find(marker);
    return first != std::string_view::npos && holdsOtherMarker(markers.substr(0, first), marker);
}

/// The marker stands in it.
Place placeIn(std::string_view text, const std::string& marker) {
    return isOfCallJoinedWith(text, marker) ? Place::Joined : Place::Own;
}

Place placeIn(const BoardRow& row, const std::string& marker) {
    const bool isOwn = std::any_of(row.attributeValues.begin(), row.attributeValues.end(),
                                   [&](const std::string& text) { return holdsMarker(text, marker); });
    return isOwn ? Place::Own : placeIn(row.description.value_or(""), marker);
}

/// What the entry's note says, as `text` may hold it: without its heads.
std::vector<std::string> linesOfNote(const calls::OutboxEntry& entry) {
    std::vector<std::string> lines;
    const std::string note = toValidUtf8(calls::noteToSend(entry));
    for (std::size_t at = 0; at < note.size();) {
        const std::size_t end = std::min(note.find('\n', at), note.size());
        std::string line = squeezed(std::string_view{note}.substr(at, end - at));
        at = end + 1;
        const bool isHead = line.starts_with("Transcription de") || line.starts_with("Appel du ");
        if (!line.empty() && !isHead) lines.push_back(std::move(line));
    }
    return lines;
}

/// Whether all of them stand in it, in their order. What did not fit into a note any more is in the file with it.
bool holdsLines(std::string_view text, const std::vector<std::string>& lines) {
    const std::string squeezedText = squeezed(text);
    const std::string_view all = squeezedText;
    std::size_t at = 0;
    for (const std::string& line : lines) {
        const std::size_t found = all.find(line, at);
        if (found == std::string_view::npos) {
            const std::size_t cut = all.find("…", at);
            const bool isCutHere = at > 0 && cut != std::string_view::npos &&
                                   line.starts_with(trimmed(all.substr(at, cut - at)));
            return isCutHere;
        }
        at = found + line.size();
    }
    return !lines.empty();
}

bool logHoldsLines(const LogEntry& log, const std::vector<std::string>& lines) {
    if (!log.body.empty()) return holdsLines(log.body, lines);
    constexpr std::string_view kBefore = "<p>";
    constexpr std::string_view kAfter = "</p>";
    std::vector<std::string> asHtml;
    for (const std::string& line : lines) {
        const std::string html = toHtml(line);
        asHtml.push_back(html.substr(kBefore.size(), html.size() - kBefore.size() - kAfter.size()));
    }
    return holdsLines(log.htmlBody, asHtml);
}

/// Of a call that was joined with another: whether its lines went along. The other may have had no note.
bool areLinesIn(const std::vector<LogEntry>& comments, const calls::OutboxEntry& entry) {
    const std::vector<std::string> lines = linesOfNote(entry);
    return std::any_of(comments.begin(), comments.end(),
                       [&](const LogEntry& log) { return logHoldsLines(log, lines); });
}

bool rowIsOfAnotherCall(const BoardRow& row, const std::string& marker) {
    const auto holds = [&](const std::string& text) { return holdsOtherMarker(text, marker); };
    return std::any_of(row.attributeValues.begin(), row.attributeValues.end(), holds) ||
           (row.description && holds(*row.description));
}

bool isAnother(const std::string& shown, const std::string& wanted) {
    return !shown.empty() && !wanted.empty() && !isSameWord(squeezed(shown), squeezed(toValidUtf8(wanted)));
}

/// Whether the row alone says that the ticket's description need not be read. Another call's marker is not enough:
/// this call may have been joined with that one, which then is of the same caller.
bool isCertainlyAnothers(const BoardRow& row, const calls::OutboxEntry& entry) {
    const bool isOfOthers = isAnother(row.organization, entry.fields.organizationName);
    const bool isOfAnother = isAnother(row.requester, entry.fields.requesterName);
    if (rowIsOfAnotherCall(row, entry.marker)) return isOfOthers || isOfAnother;
    return isOfOthers && isOfAnother && !row.summary.empty() && !isSubjectOf(row.summary, entry);
}

struct Candidate {
    std::int64_t id = 0;
    Place place = Place::Own;
};
struct Unreadable {
    std::int64_t id = 0;
    bool isAnotherCalls = false;  // its row says so
};
/// By NinjaOne's clock, in epoch seconds.
struct Window {
    double begin = 0;
    double end = std::numeric_limits<double>::infinity();
};

/// What one pass over the board showed.
struct Pass {
    std::vector<Candidate> marked;       // tickets that carry the marker
    std::vector<Unreadable> unreadable;  // in the window, description not shown
    std::optional<std::int64_t> similar;
};

/// The board's rows down to the window's begin. The marker counts wherever it stands.
class BoardPass {
public:
    BoardPass(const calls::OutboxEntry& entry, Window window, bool wasOther)
        : entry_(entry), window_(window), wasOther_(wasOther) {}

    /// False when everything wanted was seen.
    bool take(const BoardPage& page) {
        bool isBelowWindow = false;
        for (const BoardRow& row : page.rows) {
            // Only a list that is sorted as asked may be left early.
            if (!row.createTime || *row.createTime > lastTime_) isSorted_ = false;
            if (row.createTime) lastTime_ = *row.createTime;
            const bool isBelow = row.createTime && *row.createTime < window_.begin;
            const bool isAbove = row.createTime && *row.createTime > window_.end;
            if (rowHolds(row, entry_.marker)) {
                pass.marked.push_back({row.id, placeIn(row, entry_.marker)});
            } else if (!isBelow && !isAbove) {
                const bool isSkipped = !wasOther_ && isCertainlyAnothers(row, entry_);
                if (trimmed(row.description.value_or("")).empty() && !isSkipped)
                    pass.unreadable.push_back({row.id, rowIsOfAnotherCall(row, entry_.marker)});
                if (isSubjectOf(row.summary, entry_) && !rowIsOfAnotherCall(row, entry_.marker) &&
                    (row.organization.empty() || row.organization == entry_.fields.organizationName))
                    pass.similar = row.id;
            }
            isBelowWindow = isBelowWindow || isBelow;
        }
        return !(isBelowWindow && isSorted_);
    }

    Pass pass;

private:
    const calls::OutboxEntry& entry_;
    Window window_;
    bool wasOther_;
    double lastTime_ = std::numeric_limits<double>::infinity();
    bool isSorted_ = true;
};

/// Why a ticket cannot be this entry's, or empty.
std::string mismatchOf(const Ticket& ticket, const calls::OutboxEntry& entry) {
    if (ticket.isDeleted) return "was deleted in NinjaOne";
    if (!entry.fields.organizationId) return "cannot be compared: the draft names no organisation";
    if (ticket.clientId != *entry.fields.organizationId)
        return "is of another organisation (number " + std::to_string(ticket.clientId) + ", the call's is " +
               std::to_string(*entry.fields.organizationId) + ")";
    return {};
}

bool isOfRequester(const Ticket& ticket, const calls::OutboxEntry& entry) {
    return isSameWord(ticket.requesterUid, entry.fields.requesterUid.value_or(""));
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
    if (entries->size() >= kMaxLogEntries) co_return failed(kTooManyComments);
    LookedUp absent;
    absent.kind = LookedUp::Kind::Absent;
    co_return absent;
}

/// The first of `candidates` that is what was sent. They carry our marker, so none of them means 'absent' — except
/// those that somebody has deleted.
awaitable<LookedUp> confirm(NinjaClient& ninja, calls::OutboxEntry entry, std::vector<Candidate> candidates) {
    LookedUp doubt;
    doubt.kind = LookedUp::Kind::Absent;
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
            if (place == Place::Own || !calls::hasNote(entry)) co_return seen;
            const auto comments = co_await ninja.logEntries(candidate, "COMMENT");
            if (!comments) co_return failed(comments.error());
            seen.areLinesThere = areLinesIn(*comments, entry);
            if (!seen.areLinesThere && comments->size() >= kMaxLogEntries) co_return failed(kTooManyComments);
            co_return seen;
        }
        if (!doubt.similarTicketId) doubt.similarTicketId = candidate;
        if (ticket->isDeleted || doubt.kind == LookedUp::Kind::Doubtful) continue;
        doubt.kind = LookedUp::Kind::Doubtful;
        doubt.similarTicketId = candidate;
        doubt.detail =
            "ticket " + std::to_string(candidate) + " carries this call's reference but " + mismatch;
        // No answer of a technician frees it: the ticket cannot be this draft's, nor is it to be left in that name.
        if (isAnothers) doubt.detail += "; once it is deleted in NinjaOne, this can be sent";
    }
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

}  // namespace

awaitable<LookedUp> lookUpTicket(NinjaClient& ninja, calls::OutboxEntry entry, SentBetween sent) {
    const auto boards = co_await ninja.boards();
    if (!boards) co_return failed(boards.error());
    const auto board = allTicketsBoard(*boards);
    if (!board) co_return failed("no board of all tickets can be told from the list of boards");

    BoardPass seen{entry, windowOf(ninja, sent), sent.wasOther};
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

    std::vector<std::int64_t> silent;
    if (seen.pass.marked.empty()) {
        if (!isComplete || seen.pass.unreadable.size() > kMaxDescriptionsRead)
            co_return failed("the board holds more tickets than can be looked through");
        for (const auto& [candidate, isAnotherCalls] : seen.pass.unreadable) {
            const auto entries = co_await ninja.logEntries(candidate, "DESCRIPTION");
            if (!entries) co_return failed(entries.error());
            bool isSilent = true;
            for (const LogEntry& log : *entries) {
                if (logHolds(log, entry.marker))
                    seen.pass.marked.push_back({candidate, placeIn(textOf(log), entry.marker)});
                isSilent = isSilent && trimmed(textOf(log)).empty();
            }
            if (isSilent && !isAnotherCalls) silent.push_back(candidate);
        }
    }
    if (seen.pass.marked.empty()) {
        LookedUp absent = co_await judgeSilent(ninja, std::move(entry), std::move(silent), sent.wasOther);
        absent.similarTicketId = seen.pass.similar;
        co_return absent;
    }
    // A later ticket may quote the first; and its own comes before that of a call it was joined with.
    std::vector<Candidate> candidates = std::move(seen.pass.marked);
    std::ranges::sort(candidates, {}, [](const Candidate& one) { return std::pair{one.place, one.id}; });
    const auto rest = std::ranges::unique(candidates, {}, &Candidate::id);
    candidates.erase(rest.begin(), rest.end());
    co_return co_await confirm(ninja, std::move(entry), std::move(candidates));
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
        if (anyLog([&](const LogEntry& log) { return isOfCallJoinedWith(textOf(log), entry.marker); }))
            checked.place = Place::Joined;
        if (checked.place == Place::Own || !calls::hasNote(entry)) co_return checked;
    }
    // Made by hand, otherwise: that takes more than a subject that calls share.
    std::string why;
    if (checked.place == Place::Joined || anyLog([&](const LogEntry& log) {
            return holdsOtherMarker(log.body, entry.marker) || holdsOtherMarker(log.htmlBody, entry.marker);
        }))
        why = "is another call's";
    else if (!isSubjectOf(ticket->subject, entry))
        why = "has neither this call's reference (" + entry.marker + ") nor its subject";
    else if (!isOfRequester(*ticket, entry))
        why = "is in another person's name";
    if (why.empty()) co_return checked;
    const auto comments = co_await ninja.logEntries(ticketId, "COMMENT");
    if (!comments) {
        fail(comments.error());
        co_return checked;
    }
    for (const LogEntry& log : *comments) {
        if (!logHolds(log, entry.marker) || checked.place == Place::Comment) continue;
        checked.place = isOfCallJoinedWith(textOf(log), entry.marker) ? Place::Joined : Place::Comment;
    }
    checked.areLinesThere = checked.place == Place::Joined && areLinesIn(*comments, entry);
    if (checked.place == Place::Comment || checked.areLinesThere) co_return checked;
    if (checked.place == Place::Own) refuse(std::move(why));
    if (comments->size() < kMaxLogEntries) co_return checked;
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

awaitable<LookedUp> lookUpEverywhere(NinjaClient& ninja, calls::OutboxEntry entry, SentBetween sent) {
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
    LookedUp doubt;
    doubt.kind = LookedUp::Kind::Failed;
    doubt.detail = seen.inDoubt.empty() ? "" : seen.detail;
    doubt.inDoubt = seen.inDoubt;
    for (auto& [marker, sinceMs] : wanted) {
        calls::OutboxEntry other = entry;
        other.marker = std::move(marker);
        SentBetween then = sent;
        then.first.hereMs = sinceMs;
        LookedUp there = co_await lookUpTicket(ninja, std::move(other), then);
        if (there.kind == LookedUp::Kind::Absent) continue;
        if (there.kind == LookedUp::Kind::Failed && there.inDoubt.empty()) co_return there;
        if (there.kind == LookedUp::Kind::Found) {
            there.similarTicketId = there.ticketId;
            there.detail = nameOf(there.ticketId.value_or(0)) + " carries this call's reference";
        }
        if (there.kind != LookedUp::Kind::Failed) {
            doubt.kind = LookedUp::Kind::Doubtful;
            if (!doubt.similarTicketId) doubt.similarTicketId = there.similarTicketId;
            there.inDoubt = {there.similarTicketId.value_or(0)};
        }
        std::erase_if(there.inDoubt,
                      [&](std::int64_t id) { return std::ranges::count(doubt.inDoubt, id) > 0; });
        if (there.inDoubt.empty()) continue;
        if (!doubt.detail.empty()) doubt.detail += "; ";
        doubt.detail += there.detail;
        doubt.inDoubt.insert(doubt.inDoubt.end(), there.inDoubt.begin(), there.inDoubt.end());
    }
    if (doubt.inDoubt.size() > kMaxInDoubt)
        co_return failed(std::to_string(doubt.inDoubt.size()) + " tickets may be this call's");
    co_return doubt.inDoubt.empty() ? seen : doubt;
}

awaitable<LookedUp> lookUpNote(NinjaClient& ninja, calls::OutboxEntry entry, std::int64_t ticketId) {
    std::string marker = noteMarker(entry);
    co_return co_await lookUpInComments(ninja, ticketId, std::move(entry), std::move(marker));
}

}  // namespace ninja3cx::ticketing
