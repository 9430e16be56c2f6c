#include "server/ticketing/ticket_watch.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

/// A number that no epoch in seconds reaches within this product's life.
constexpr double kMostSeconds = 1e11;

std::int64_t msOf(std::optional<double> seconds, std::int64_t otherwise) {
    if (!seconds || *seconds < 0 || *seconds > kMostSeconds) return otherwise;
    return std::llround(*seconds * 1000.0);
}

std::string wordsOf(const TicketStatus& status) {
    return status.displayName.empty() ? status.name : status.displayName;
}

bool isSameState(const protocol::TicketProgress& a, const protocol::TicketProgress& b) {
    return std::tie(a.statusId, a.parentId, a.status, a.isDeleted) ==
           std::tie(b.statusId, b.parentId, b.status, b.isDeleted);
}

}  // namespace

void TicketWatch::follow(TicketId ticketId, std::int64_t sinceMs,
                         const std::optional<protocol::TicketProgress>& known) {
    Followed& followed = followed_[ticketId.value()];
    followed.sinceMs = std::max(followed.sinceMs, sinceMs);
    if (known) followed.told = known;
}

void TicketWatch::beginLook(std::int64_t nowMs) {
    nowMs_ = nowMs;
    openByRequester_.reset();
    std::erase_if(followed_,
                  [&](const auto& one) { return one.second.sinceMs < nowMs - options_.followedFor.count(); });
    std::erase_if(open_, [&](const auto& one) {
        return msOf(one.second.ticket.lastUpdated, 0) < nowMs - options_.openFor.count();
    });
    std::erase_if(closed_, [&](const auto& one) { return one.second < nowMs - options_.openFor.count(); });
    for (auto& [id, followed] : followed_) followed.isInLook = false;
    highestInLook_.reset();
    lastRow_.reset();
    isSorted_ = true;
    const auto farthest = std::max(options_.followedFor, options_.openFor).count();
    windowBegin_ = static_cast<double>(nowMs - farthest) / 1000.0;
    if (!highest_) return;
    // By either clock: one row of a day to come must not hide what changes until then.
    const double known = std::min(*highest_, static_cast<double>(lookedAtMs_) / 1000.0);
    windowBegin_ = std::max(windowBegin_, known - static_cast<double>(options_.overlap.count()) / 1000.0);
}

bool TicketWatch::take(const std::vector<SeenTicket>& rows) {
    openByRequester_.reset();
    bool isBelowWindow = false;
    for (const SeenTicket& row : rows) {
        // Only a list that is sorted as asked may be left early.
        if (!row.lastUpdated || (lastRow_ && *row.lastUpdated > *lastRow_)) isSorted_ = false;
        if (row.lastUpdated) {
            lastRow_ = row.lastUpdated;
            highestInLook_ = std::max(highestInLook_.value_or(*row.lastUpdated), *row.lastUpdated);
            isBelowWindow = isBelowWindow || *row.lastUpdated < windowBegin_;
        }
        noteRow(row);
    }
    return !(isBelowWindow && isSorted_);
}

void TicketWatch::endLook(bool isWhole) {
    if (highestInLook_) highest_ = std::max(highest_.value_or(*highestInLook_), *highestInLook_);
    lookedAtMs_ = nowMs_;
    if (isWhole) return;
    for (auto& [id, followed] : followed_)
        if (!followed.isInLook) followed.seenAtMs = 0;
}

void TicketWatch::noteRow(const SeenTicket& row) {
    if (const auto found = followed_.find(row.id); found != followed_.end()) noteFollowed(found->second, row);
    noteOpen(row);
}

void TicketWatch::noteFollowed(Followed& followed, const SeenTicket& row) const {
    followed.isInLook = true;
    const bool isNew = !row.lastUpdated || followed.rowOf != row.lastUpdated;
    followed.rowOf = row.lastUpdated;
    followed.seenAtMs = nowMs_;
    if (!isNew) return;
    if (!row.status || (followed.seen && followed.seen->isDeleted)) {
        followed.isDoubtful = true;
        return;
    }
    followed.seen =
        protocol::TicketProgress{row.status->id, row.status->parentId,          wordsOf(*row.status),
                                 row.isDeleted,  msOf(row.lastUpdated, nowMs_), nowMs_};
}

void TicketWatch::noteOpen(const SeenTicket& row) {
    const bool isClosed = row.isDeleted || (row.status && blockOf(*row.status) >= kResolved);
    if (isClosed) return noteClosed(row.id, msOf(row.lastUpdated, nowMs_));
    if (!row.status || msOf(row.lastUpdated, 0) < nowMs_ - options_.openFor.count()) {
        hasOpenNews_ = open_.erase(row.id) > 0 || hasOpenNews_;
        return;
    }
    noteReopened(row.id);
    SeenTicket& known = open_[row.id].ticket;
    hasOpenNews_ = hasOpenNews_ || known.lastUpdated != row.lastUpdated;
    SeenTicket next = row;
    next.clientId = known.clientId;
    next.requesterUid = std::move(known.requesterUid);
    known = std::move(next);
}

void TicketWatch::noteClosed(std::int64_t ticketId, std::int64_t atMs) {
    const bool wasOpen = open_.erase(ticketId) > 0;
    const bool isNew = closed_.insert_or_assign(ticketId, atMs).second;
    hasOpenNews_ = hasOpenNews_ || wasOpen || isNew;
}

void TicketWatch::noteReopened(std::int64_t ticketId) {
    hasOpenNews_ = closed_.erase(ticketId) > 0 || hasOpenNews_;
}

void TicketWatch::takeDeleted(const std::vector<SeenTicket>& rows) {
    openByRequester_.reset();
    for (const SeenTicket& row : rows) {
        const auto found = followed_.find(row.id);
        const bool isToBeAsked =
            found != followed_.end() && !(found->second.seen && found->second.seen->isDeleted);
        if (!isToBeAsked) {
            noteClosed(row.id, nowMs_);
            continue;
        }
        hasOpenNews_ = open_.erase(row.id) > 0 || hasOpenNews_;
        Followed& followed = found->second;
        const bool isAsked = followed.deletedRowOf && followed.deletedRowOf == row.lastUpdated;
        if (!isAsked) followed.isDoubtful = true;
        followed.deletedRowOf = row.lastUpdated;
    }
}

std::vector<std::int64_t> TicketWatch::toRead(std::size_t limit, std::int64_t nowMs) const {
    constexpr std::size_t kRounds = 5;  // of each look, so that many open tickets leave room for ours
    std::vector<std::int64_t> ids;
    const auto add = [&](std::int64_t id) {
        if (ids.size() < limit && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    };
    std::vector<std::pair<std::int64_t, std::int64_t>> unseen;
    for (const auto& [id, followed] : followed_) {
        if (followed.isDoubtful)
            add(id);
        else if (followed.seenAtMs == 0 || nowMs - followed.seenAtMs >= options_.seenFor.count())
            unseen.emplace_back(followed.seenAtMs, id);
    }
    std::ranges::sort(unseen);
    for (std::size_t i = 0; i < std::min(kRounds, unseen.size()); ++i) add(unseen[i].second);

    std::vector<std::pair<double, std::int64_t>> unread;
    for (const auto& [id, open] : open_)
        if (!open.readOf || open.readOf != open.ticket.lastUpdated)
            unread.emplace_back(-open.ticket.lastUpdated.value_or(0), id);
    std::ranges::sort(unread);
    for (const auto& [at, id] : unread) add(id);
    for (const auto& [at, id] : unseen) add(id);
    return ids;
}

void TicketWatch::read(const SeenTicket& ticket, std::int64_t nowMs) {
    openByRequester_.reset();
    if (const auto found = followed_.find(ticket.id); found != followed_.end()) {
        Followed& followed = found->second;
        followed.isDoubtful = false;
        followed.seenAtMs = nowMs;
        const auto before = followed.seen ? followed.seen : followed.told;
        protocol::TicketProgress now = before.value_or(protocol::TicketProgress{});
        if (ticket.status) {
            now.statusId = ticket.status->id;
            now.parentId = ticket.status->parentId;
            now.status = wordsOf(*ticket.status);
        }
        now.isDeleted = ticket.isDeleted;
        now.seenAtMs = nowMs;
        // A ticket does not say itself when it was changed.
        if (!before || !isSameState(*before, now))
            now.changedAtMs = ticket.isDeleted ? nowMs : msOf(followed.rowOf, nowMs);
        if (ticket.status || ticket.isDeleted) followed.seen = now;
    }
    if (ticket.isDeleted || (ticket.status && blockOf(*ticket.status) >= kResolved))
        return noteClosed(ticket.id, nowMs);
    if (ticket.status) noteReopened(ticket.id);
    const auto found = open_.find(ticket.id);
    if (found == open_.end()) return;
    hasOpenNews_ = true;
    Open& open = found->second;
    open.readOf = open.ticket.lastUpdated;
    open.ticket.clientId = ticket.clientId;
    open.ticket.requesterUid = ticket.requesterUid;
    open.ticket.subject = ticket.subject;
    open.ticket.tags = ticket.tags;
    if (ticket.status) open.ticket.status = ticket.status;
}

void TicketWatch::noTicket(std::int64_t ticketId, std::int64_t nowMs) {
    SeenTicket gone;
    gone.id = ticketId;
    gone.isDeleted = true;
    read(gone, nowMs);
}

void TicketWatch::unreadable(std::int64_t ticketId, std::int64_t nowMs) {
    if (const auto found = followed_.find(ticketId); found != followed_.end()) {
        found->second.isDoubtful = false;
        found->second.seenAtMs = nowMs;
    }
    if (const auto found = open_.find(ticketId); found != open_.end())
        found->second.readOf = found->second.ticket.lastUpdated;
}

std::vector<TicketWatch::News> TicketWatch::takeNews() {
    std::vector<News> news;
    for (auto& [id, followed] : followed_) {
        if (!followed.seen || (followed.told && isSameState(*followed.told, *followed.seen))) continue;
        followed.told = followed.seen;
        news.push_back({TicketId{id}, *followed.seen});
    }
    return news;
}

std::vector<calls::OpenTicket> TicketWatch::openTicketsOf(const std::string& requesterUid) const {
    std::vector<calls::OpenTicket> tickets;
    if (requesterUid.empty()) return tickets;
    if (!openByRequester_) {
        openByRequester_.emplace();
        for (const auto& [id, open] : open_) openByRequester_->emplace(open.ticket.requesterUid, id);
    }
    const auto [first, last] = openByRequester_->equal_range(requesterUid);
    for (auto theirs = first; theirs != last; ++theirs) {
        const std::int64_t id = theirs->second;
        const Open& open = open_.at(id);
        calls::OpenTicket ticket;
        ticket.ticketId = TicketId{id};
        ticket.organizationId = open.ticket.clientId;
        ticket.requesterUid = requesterUid;
        ticket.subject = open.ticket.subject;
        ticket.status = open.ticket.status ? wordsOf(*open.ticket.status) : "";
        ticket.changedAtMs = msOf(open.ticket.lastUpdated, 0);
        ticket.tags = open.ticket.tags;
        tickets.push_back(std::move(ticket));
    }
    std::ranges::sort(tickets, [](const calls::OpenTicket& a, const calls::OpenTicket& b) {
        return std::pair{a.changedAtMs, a.ticketId} > std::pair{b.changedAtMs, b.ticketId};
    });
    return tickets;
}

}  // namespace ninja3cx::ticketing
