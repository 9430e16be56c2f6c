#pragma once

#include "server/calls/ports.hpp"
#include "server/ticketing/ninja_records.hpp"
#include "shared/core/ids.hpp"
#include "shared/protocol/records.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ninja3cx::ticketing {

/// What has become of NinjaOne's tickets, as its boards and single tickets show it, and what to read next.
///
/// Of interest are the tickets that calls became ("followed"), and every open one that changed lately: the next call may
/// belong to it. Rows of a board name neither organisation nor requester by number, so those are read one by one.
/// What a look did not show has changed nothing only if the look went back to where the one before it ended.
/// Pure: time is told.
class TicketWatch {
public:
    struct Options {
        /// Looks reach back so far behind what is known: a change may come on a board after a later one.
        std::chrono::milliseconds overlap{std::chrono::minutes{5}};
        std::chrono::milliseconds followedFor{std::chrono::hours{30 * 24}};
        std::chrono::milliseconds openFor{std::chrono::hours{28 * 24}};
        /// A followed ticket that no board showed for so long is read by itself: it may be gone.
        std::chrono::milliseconds seenFor{std::chrono::hours{6}};
    };

    TicketWatch() = default;
    explicit TicketWatch(Options options) : options_(options) {}

    /// `known`: what was last told of it.
    void follow(TicketId ticketId, std::int64_t sinceMs,
                const std::optional<protocol::TicketProgress>& known);

    // A look: the board of all tickets, the last changed first.
    void beginLook(std::int64_t nowMs);
    /// False when the rows reach what is known.
    bool take(const std::vector<SeenTicket>& rows);
    /// Without it the look failed, and the next one goes back as far. `isWhole`: it went as far as it was to go.
    void endLook(bool isWhole);
    /// Rows of the board of deleted tickets. Its name is all that says so: the tickets themselves are asked.
    void takeDeleted(const std::vector<SeenTicket>& rows);

    /// The tickets to read by themselves, the most urgent first.
    std::vector<std::int64_t> toRead(std::size_t limit, std::int64_t nowMs) const;
    void read(const SeenTicket& ticket, std::int64_t nowMs);
    /// NinjaOne has no such ticket (any more).
    void noTicket(std::int64_t ticketId, std::int64_t nowMs);
    /// It could not be read: others come first.
    void unreadable(std::int64_t ticketId, std::int64_t nowMs);

    struct News {
        TicketId ticketId{0};
        protocol::TicketProgress progress;
        bool operator==(const News&) const = default;
    };
    /// Of followed tickets: what is other than what was last told.
    std::vector<News> takeNews();

    /// Of this requester, the last changed first.
    std::vector<calls::OpenTicket> openTicketsOf(const std::string& requesterUid) const;
    /// It was seen resolved, closed or deleted, and not open since.
    bool isClosed(TicketId ticketId) const { return closed_.contains(ticketId.value()); }
    /// Since last asked the open or closed ones may have become others.
    bool takeOpenNews() { return std::exchange(hasOpenNews_, false); }

private:
    struct Followed {
        std::int64_t sinceMs = 0;
        std::optional<protocol::TicketProgress> told;
        std::optional<protocol::TicketProgress> seen;  // in this run
        std::int64_t seenAtMs = 0;                     // 0: not in this run
        std::optional<double> rowOf;                   // its row's lastUpdated
        std::optional<double> deletedRowOf;            // the same, on the board of deleted tickets
        bool isDoubtful = false;                       // only the ticket itself can tell
        bool isInLook = false;
    };
    struct Open {
        SeenTicket ticket;
        std::optional<double> readOf;  // its lastUpdated when it was read by itself
    };

    void noteRow(const SeenTicket& row);
    void noteFollowed(Followed& followed, const SeenTicket& row) const;
    void noteOpen(const SeenTicket& row);
    void noteClosed(std::int64_t ticketId, std::int64_t atMs);
    void noteReopened(std::int64_t ticketId);

    Options options_;
    std::map<std::int64_t, Followed> followed_;
    std::map<std::int64_t, Open> open_;
    mutable std::optional<std::unordered_multimap<std::string, std::int64_t>>
        openByRequester_;                          // when asked for
    std::map<std::int64_t, std::int64_t> closed_;  // when, as far back as open ones
    bool hasOpenNews_ = false;
    std::optional<double> highest_;  // lastUpdated that a look which ended has shown, by NinjaOne's clock
    std::int64_t lookedAtMs_ = 0;    // when that look began, by ours
    // of the present look
    std::int64_t nowMs_ = 0;
    double windowBegin_ = 0;
    std::optional<double> highestInLook_;
    std::optional<double> lastRow_;
    bool isSorted_ = true;
};

}  // namespace ninja3cx::ticketing
