#include "server/ticketing/progress_poll.hpp"

#include "server/ticketing/ticket_watch.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using net::asio::awaitable;
using std::chrono::milliseconds;

constexpr std::int32_t kPageSize = 100;
constexpr std::size_t kMaxPages = 30;
constexpr std::size_t kReadsEachLook = 20;
constexpr milliseconds kFirstLook{5'000};
constexpr milliseconds kBetweenRequests{1'000};
constexpr milliseconds kGivesWayFor{60'000};
constexpr milliseconds kLongestPause{3'600'000};
constexpr std::chrono::minutes kBoardsAge{15};

/// What was asked is refused; something else may be answered.
bool mayGoOn(const Reply& reply) {
    return reply.kind == ReplyKind::Refused;
}

/// NinjaOne says so of the ticket; where the address itself is not served it says "FAILURE".
bool isNoTicket(const Reply& reply) {
    return reply.kind == ReplyKind::Refused && reply.status == 404 && !reply.resultCode.empty() &&
           reply.resultCode != "FAILURE";
}

Reply refusal(std::string detail) {
    Reply reply;
    reply.kind = ReplyKind::Refused;
    reply.detail = std::move(detail);
    return reply;
}

}  // namespace

class ProgressPoll::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(net::asio::any_io_executor network, milliseconds every, Ports of, OnProgress told)
        : executor(std::move(network)),
          interval(every),
          ports(std::move(of)),
          onProgress(std::move(told)),
          sleep(ports.scheduler.makeSleep()) {}

    static awaitable<void> run(std::shared_ptr<Impl> self) {
        milliseconds pause = std::min(kFirstLook, self->interval);
        milliseconds afterFailure = self->interval;
        while (!self->isStopped) {
            co_await self->sleep->run(pause);
            if (self->isStopped) break;
            const SteadyTime began = self->ports.clock.steady();
            const std::optional<Reply> failure = co_await self->tryToLook();
            if (self->isStopped) break;
            self->tell();
            self->noteOutcome(failure);
            const auto took = std::chrono::duration_cast<milliseconds>(self->ports.clock.steady() - began);
            pause = std::max(self->interval, took * 3);
            if (failure) {
                afterFailure = std::max(self->interval, std::min(afterFailure * 2, kLongestPause));
                pause = std::max({pause, afterFailure, failure->retryAfter.value_or(milliseconds{0})});
            } else {
                afterFailure = self->interval;
            }
        }
    }

    net::asio::any_io_executor executor;
    milliseconds interval;
    Ports ports;
    OnProgress onProgress;
    std::shared_ptr<Scheduler::Sleep> sleep;
    TicketWatch watch;
    std::optional<SystemTime> lookedAt;
    bool isStarted = false;
    bool isStopped = false;

private:
    /// What nobody foresaw is a failure like the others: tried again later.
    awaitable<std::optional<Reply>> tryToLook() {
        std::string unforeseen;
        try {
            co_return co_await look();
        } catch (const std::exception& failure) {
            unforeseen = failure.what();
        }
        co_return refusal(unforeseen);
    }

    void tell() {
        for (const TicketWatch::News& news : watch.takeNews())
            if (onProgress) onProgress(news.ticketId, news.progress);
        if (watch.takeOpenNews() && ports.onOpenTickets) ports.onOpenTickets();
    }

    /// Once for each time that looks begin to fail: a link that is down is told of by itself.
    void noteOutcome(const std::optional<Reply>& failure) {
        if (!failure) {
            lookedAt = ports.clock.now();
            isFailing_ = false;
        } else if (!std::exchange(isFailing_, true) && ports.onProblem) {
            ports.onProblem("what became of the tickets cannot be read from NinjaOne, trying on: " +
                            failure->detail);
        }
    }

    std::int64_t nowMs() const { return toEpochMs(ports.clock.now()); }

    /// Before each request. False when stopped.
    awaitable<bool> turn() {
        milliseconds waited{0};
        do {
            co_await sleep->run(kBetweenRequests);
            waited += kBetweenRequests;
        } while (!isStopped && waited < kGivesWayFor && ports.isSending && ports.isSending());
        co_return !isStopped;
    }

    /// What kept it from seeing everything; nothing: it did.
    awaitable<std::optional<Reply>> look() {
        std::optional<Reply> failure = co_await readBoards();
        if (failure && !mayGoOn(*failure)) co_return failure;
        if (!failure) failure = co_await readAll();
        if (failure && !mayGoOn(*failure)) co_return failure;
        const std::optional<Reply> ofDeleted = co_await readDeleted();
        if (ofDeleted) co_return ofDeleted;
        const std::optional<Reply> ofTickets = co_await readTickets();
        co_return failure ? failure : ofTickets;
    }

    awaitable<std::optional<Reply>> readBoards() {
        const SteadyTime now = ports.clock.steady();
        if (all_ && now - boardsReadAt_ < kBoardsAge) co_return std::nullopt;
        const bool isOurTurn = co_await turn();
        if (!isOurTurn) co_return refusal("stopped");
        const auto boards = co_await ports.ninja.boards();
        if (!boards) co_return boards.error();
        all_ = allTicketsBoard(*boards);
        deleted_.reset();
        for (const Board& board : *boards)
            if (board.isSystem && isDeletedTicketsBoard(board)) deleted_ = board;
        if (!all_) co_return refusal("no board of all tickets can be told from the list of boards");
        boardsReadAt_ = now;
        co_return std::nullopt;
    }

    awaitable<std::optional<Reply>> readAll() {
        watch.beginLook(nowMs());
        std::int64_t cursor = 0;
        for (std::size_t pages = 0; pages < kMaxPages; ++pages) {
            const bool isOurTurn = co_await turn();
            if (!isOurTurn) co_return refusal("stopped");
            const auto page = co_await ports.ninja.runBoardByChange(all_->id, cursor, kPageSize);
            if (!page) {
                all_.reset();  // it may be another one by now
                co_return page.error();
            }
            const bool wantsMore = watch.take(page->rows);
            const bool hasNext = page->lastCursorId.value_or(0) > 0 && page->lastCursorId != cursor;
            const bool isLast =
                page->rowsSent == 0 || (!hasNext && page->rowsSent < static_cast<std::size_t>(kPageSize));
            if (!wantsMore || isLast) {
                watch.endLook(true);
                co_return std::nullopt;
            }
            if (!hasNext) break;
            cursor = *page->lastCursorId;
        }
        watch.endLook(false);
        co_return std::nullopt;
    }

    /// One page: what was deleted before is found out ticket by ticket.
    awaitable<std::optional<Reply>> readDeleted() {
        if (!deleted_) co_return std::nullopt;
        const bool isOurTurn = co_await turn();
        if (!isOurTurn) co_return refusal("stopped");
        const auto page = co_await ports.ninja.runBoardByChange(deleted_->id, 0, kPageSize);
        if (page) watch.takeDeleted(page->rows);
        // Not everybody may see it, and the tickets tell in the end.
        if (page || mayGoOn(page.error()) || page.error().kind == ReplyKind::Forbidden)
            co_return std::nullopt;
        co_return page.error();
    }

    awaitable<std::optional<Reply>> readTickets() {
        const std::vector<std::int64_t> wanted = watch.toRead(kReadsEachLook, nowMs());
        for (const std::int64_t ticketId : wanted) {
            const bool isOurTurn = co_await turn();
            if (!isOurTurn) co_return refusal("stopped");
            const auto ticket = co_await ports.ninja.seenTicket(ticketId);
            if (ticket && ticket->id == ticketId)
                watch.read(*ticket, nowMs());
            else if (!ticket && isNoTicket(ticket.error()))
                watch.noTicket(ticketId, nowMs());
            else if (ticket || mayGoOn(ticket.error()) || ticket.error().kind == ReplyKind::Forbidden)
                watch.unreadable(ticketId, nowMs());
            else
                co_return ticket.error();
        }
        co_return std::nullopt;
    }

    std::optional<Board> all_;
    std::optional<Board> deleted_;
    SteadyTime boardsReadAt_{};
    bool isFailing_ = false;
};

ProgressPoll::ProgressPoll(net::asio::any_io_executor executor, milliseconds interval, Ports ports,
                           OnProgress onProgress)
    : impl_(std::make_shared<Impl>(std::move(executor), interval, std::move(ports), std::move(onProgress))) {}

ProgressPoll::~ProgressPoll() {
    stop();
}

void ProgressPoll::follow(TicketId ticketId, SystemTime since,
                          const std::optional<protocol::TicketProgress>& known) {
    impl_->watch.follow(ticketId, toEpochMs(since), known);
}

std::vector<calls::OpenTicket> ProgressPoll::openTicketsOf(const std::string& requesterUid) const {
    return impl_->watch.openTicketsOf(requesterUid);
}

bool ProgressPoll::isClosed(TicketId ticketId) const {
    return impl_->watch.isClosed(ticketId);
}

std::optional<SystemTime> ProgressPoll::lookedAt() const {
    return impl_->lookedAt;
}

void ProgressPoll::start() {
    if (impl_->interval <= milliseconds{0} || std::exchange(impl_->isStarted, true)) return;
    net::asio::co_spawn(impl_->executor, Impl::run(impl_), [impl = impl_](std::exception_ptr failure) {
        if (failure && impl->ports.onProblem)
            impl->ports.onProblem("what becomes of the tickets is no longer read: restart the server");
    });
}

void ProgressPoll::stop() {
    impl_->isStopped = true;
    impl_->sleep->wake();
}

}  // namespace ninja3cx::ticketing
