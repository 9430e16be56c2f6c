#pragma once

#include "bench/tickets/ninja_site.hpp"
#include "bench/tickets/technician.hpp"
#include "server/net/http.hpp"
#include "shared/protocol/messages.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// One technician and the program on their PC: confirms the drafts of an extension one after the other, now and then
/// twice, looks at NinjaOne's board where a ticket is unconfirmed, and comes back whenever the server was gone.
///
/// Threads: network thread only; `run` ends after `stop`, or with the executor.
class TicketAgent {
public:
    struct Options {
        std::string url;  // ws://127.0.0.1:3000/ws
        std::string key;
        Extension extension{""};
        std::chrono::milliseconds pause{};     // between two drafts, in the mean
        std::chrono::milliseconds boardLag{};  // until NinjaOne's boards show everything
        bool isCareless = false;  // lets an unconfirmed ticket be sent again without a look at the board
        std::uint64_t seed = 1;
    };
    struct Tally {
        std::size_t confirmed = 0;    // drafts
        std::size_t unconfirmed = 0;  // times that somebody had to look
        std::size_t sentAgain = 0;
        std::size_t foundOnBoard = 0;
        std::size_t wrongNumbers = 0;  // named by mistake; the product has to refuse them
        std::size_t refused = 0;       // what the server did not take, with a reason
        std::size_t reconnects = 0;
    };

    /// `cases` are those of this extension.
    TicketAgent(net::asio::any_io_executor executor, Options options, std::vector<const TicketCase*> cases,
                NinjaSite& ninja);
    TicketAgent(const TicketAgent&) = delete;
    TicketAgent& operator=(const TicketAgent&) = delete;

    net::asio::awaitable<void> run();
    void stop();
    const Tally& tally() const { return tally_; }
    std::size_t total() const { return tasks_.size(); }
    std::size_t settled() const;
    /// What is being sent, or was and is being looked up, as far as is known here.
    std::size_t onTheWire() const;
    /// Of what is not settled, for people.
    std::vector<std::string> describeOpen() const;

private:
    struct Task {
        const TicketCase* about = nullptr;
        std::optional<protocol::Draft> shown;  // what the server last said of it
        bool wasConfirmed = false;             // by it
        bool isSettled = false;
        bool isLooking = false;  // at the board
        bool didErr = false;     // named a wrong ticket once
        bool wasTold = false;    // 'confirm' was said
        std::int32_t saidAt =
            0;  // the draft's revision when something was last said about it; 0: nothing was
        std::chrono::steady_clock::time_point saidWhen;
    };
    net::asio::awaitable<void> listen(std::shared_ptr<net::WebSocketConnection> link);
    net::asio::awaitable<void> work();
    net::asio::awaitable<void> lookAtBoard(Task& task);
    void take(const protocol::ServerMessage& message);
    void take(const protocol::Snapshot& snapshot);
    void take(const protocol::Draft& draft);
    void attendTo(Task& task);
    void confirm(Task& task);
    void nameRequester(Task& task);
    void decide(Task& task, const protocol::DeliveryDecide& decision);
    bool say(Task& task, const protocol::ClientMessage& message);
    bool mayStartAnother() const;
    bool happens(unsigned onceIn) { return random_() % onceIn == 0; }

    net::asio::any_io_executor executor_;
    const Options options_;
    NinjaSite& ninja_;
    std::vector<Task> tasks_;
    std::map<DraftId, std::size_t> byDraft_;
    std::shared_ptr<net::WebSocketConnection> link_;  // null: the server is away
    std::chrono::steady_clock::time_point nextDraftAt_;
    bool isStopped_ = false;
    std::mt19937_64 random_;
    Tally tally_;
};

}  // namespace ninja3cx::bench
