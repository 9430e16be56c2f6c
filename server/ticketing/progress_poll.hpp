#pragma once

#include "server/calls/ports.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "server/ticketing/scheduler.hpp"
#include "shared/core/clock.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::ticketing {

/// Looks now and then at what has become of NinjaOne's tickets, and remembers which are open and whose (TicketWatch says
/// what is read). The board is the one of all tickets, told from the list of boards as for a look-up.
///
/// Rate:    one request a second at most, and none for up to a minute while a ticket is being sent. What took long is
///          followed by a longer pause.
/// Failure: a look that fails has shown nothing; the next one goes back as far. It comes later each time, an hour at
///          most, and not before NinjaOne wants to be asked.
/// Threads: network thread only; `onProgress` and `onOpenTickets` are called there.
/// Lives:   the ports must outlive the executor's last run; `stop` and the destructor start nothing new.
class ProgressPoll {
public:
    struct Ports {
        NinjaClient& ninja;
        const Clock& clock;
        Scheduler& scheduler;
        std::function<bool()> isSending{};  // a ticket; may be empty: never
        std::function<void(const std::string&)>
            onProblem{};                        // one line when looks begin to fail; may be empty
        std::function<void()> onOpenTickets{};  // after a look, when they may be others; may be empty
    };
    using OnProgress = std::function<void(TicketId, const protocol::TicketProgress&)>;

    /// `interval` zero: never.
    ProgressPoll(net::asio::any_io_executor executor, std::chrono::milliseconds interval, Ports ports,
                 OnProgress onProgress);
    ~ProgressPoll();
    ProgressPoll(const ProgressPoll&) = delete;
    ProgressPoll& operator=(const ProgressPoll&) = delete;

    /// A ticket that a call became, `since` about when; `known`: what was last told of it.
    void follow(TicketId ticketId, SystemTime since,
                const std::optional<protocol::TicketProgress>& known = std::nullopt);
    /// Of this requester, the last changed first. From memory.
    std::vector<calls::OpenTicket> openTicketsOf(const std::string& requesterUid) const;
    /// It was seen resolved, closed or deleted, and not open since.
    bool isClosed(TicketId ticketId) const;
    /// When all of NinjaOne's boards were last seen.
    std::optional<SystemTime> lookedAt() const;

    void start();
    void stop();

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::ticketing
