#include "bench/tickets/ticket_agent.hpp"

#include "bench/programs/pause.hpp"
#include "shared/json/codec.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <utility>

namespace ninja3cx::bench {
namespace {

using net::asio::awaitable;
using protocol::ClientMessage;
using protocol::DraftState;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto kLook = 50ms;
constexpr auto kReconnect = 100ms;
/// After which something is said again: it may have been lost with the server.
constexpr auto kPatience = 3s;
constexpr std::size_t kUnderWayAtOnce = 8;  // drafts of one technician
constexpr unsigned kTwiceIn = 6;
constexpr unsigned kErrsIn = 5;

}  // namespace

TicketAgent::TicketAgent(net::asio::any_io_executor executor, Options options,
                         std::vector<const TicketCase*> cases, NinjaSite& ninja)
    : executor_(std::move(executor)), options_(std::move(options)), ninja_(ninja), random_(options_.seed) {
    for (const TicketCase* one : cases) {
        byDraft_.emplace(one->draft.draftId, tasks_.size());
        tasks_.emplace_back().about = one;
    }
    nextDraftAt_ = steady_clock::now();
}

void TicketAgent::stop() {
    isStopped_ = true;
    if (link_) link_->close(1000, "");
}

std::size_t TicketAgent::settled() const {
    return static_cast<std::size_t>(
        std::count_if(tasks_.begin(), tasks_.end(), [](const Task& task) { return task.isSettled; }));
}

std::size_t TicketAgent::onTheWire() const {
    return static_cast<std::size_t>(std::count_if(tasks_.begin(), tasks_.end(), [](const Task& task) {
        return task.shown && !task.isSettled &&
               (task.shown->delivery.state == protocol::DeliveryState::Sending ||
                task.shown->delivery.state == protocol::DeliveryState::Unknown);
    }));
}

std::vector<std::string> TicketAgent::describeOpen() const {
    std::vector<std::string> lines;
    for (const Task& task : tasks_) {
        if (task.isSettled) continue;
        std::string line = task.about->draft.draftId.value() + ": ";
        if (task.shown)
            line += json::encodeText(task.shown->state) + " " + json::encodeText(task.shown->delivery);
        lines.push_back(line + (task.isLooking ? ", looking at the board" : ""));
    }
    return lines;
}

awaitable<void> TicketAgent::run() {
    net::asio::co_spawn(executor_, work(), net::asio::detached);
    for (bool isFirst = true; !isStopped_; isFirst = false) {
        if (!isFirst) ++tally_.reconnects;
        net::WebSocketClientOptions options;
        options.url = options_.url;
        options.headers.set("Authorization", "Bearer " + options_.key);
        options.maxMessageBytes = 64U << 20U;
        auto link = co_await net::connectWebSocket(executor_, std::move(options));
        if (link) co_await listen(*link);
        link_.reset();
        co_await pauseFor(kReconnect);
    }
}

awaitable<void> TicketAgent::listen(std::shared_ptr<net::WebSocketConnection> link) {
    protocol::Hello hello;
    hello.face = protocol::Face::Agent;
    hello.client = {"3cx-ninja-bench", ""};
    hello.extension = options_.extension;
    link->sendText(protocol::encodeMessage(ClientMessage{hello}));
    while (!isStopped_) {
        const auto received = co_await link->receive();
        if (!received) break;
        const auto message = protocol::decodeServerMessage(received->data);
        if (!message) continue;
        if (std::holds_alternative<protocol::Snapshot>(*message)) link_ = link;
        take(*message);
    }
    link->close(1000, "");
}

/// What is due is done every few moments, whatever has happened to the link.
awaitable<void> TicketAgent::work() {
    while (!isStopped_) {
        if (link_)
            for (Task& task : tasks_) attendTo(task);
        co_await pauseFor(kLook);
    }
}

void TicketAgent::take(const protocol::ServerMessage& message) {
    if (const auto* snapshot = std::get_if<protocol::Snapshot>(&message)) {
        take(*snapshot);
    } else if (const auto* event = std::get_if<protocol::Event>(&message)) {
        if (const auto* changed = std::get_if<protocol::DraftChanged>(&event->event)) take(changed->draft);
    } else if (std::holds_alternative<protocol::ErrorReply>(message)) {
        ++tally_.refused;
    }
}

void TicketAgent::take(const protocol::Snapshot& snapshot) {
    for (Task& task : tasks_) {
        const auto found = std::find_if(
            snapshot.drafts.begin(), snapshot.drafts.end(),
            [&](const protocol::Draft& draft) { return draft.draftId == task.about->draft.draftId; });
        task.saidAt = 0;  // what was said may have gone with the link
        if (found != snapshot.drafts.end())
            take(*found);
        else if (task.wasConfirmed)
            task.isSettled =
                true;  // a server shows what is open; one that has just started may name it later
    }
}

void TicketAgent::take(const protocol::Draft& draft) {
    const auto found = byDraft_.find(draft.draftId);
    if (found == byDraft_.end()) return;
    Task& task = tasks_[found->second];
    const bool wasUnconfirmed =
        task.shown && task.shown->delivery.state == protocol::DeliveryState::Unconfirmed;
    task.shown = draft;
    if (!wasUnconfirmed && draft.delivery.state == protocol::DeliveryState::Unconfirmed) ++tally_.unconfirmed;
    if (draft.state == DraftState::Confirmed && !std::exchange(task.wasConfirmed, true)) ++tally_.confirmed;
    task.isSettled = wishFor(draft, *task.about) == Wish::Nothing;
}

void TicketAgent::attendTo(Task& task) {
    if (task.isSettled || task.isLooking || !task.shown) return;
    const bool isAnswered = task.shown->revision != task.saidAt;
    if (!isAnswered && steady_clock::now() - task.saidWhen < kPatience) return;
    switch (wishFor(*task.shown, *task.about)) {
        case Wish::NameRequester:
            if (task.wasTold || mayStartAnother()) nameRequester(task);
            break;
        case Wish::Confirm:
            if (task.wasTold || mayStartAnother()) confirm(task);
            break;
        case Wish::LookAtBoard:
            if (!options_.isCareless) {
                task.isLooking = true;
                net::asio::co_spawn(executor_, lookAtBoard(task), net::asio::detached);
                break;
            }
            [[fallthrough]];
        case Wish::SendAgain:
            decide(task, {task.about->draft.draftId, protocol::DeliveryDecision::SendAgain, std::nullopt});
            break;
        case Wish::Wait:
        case Wish::Nothing:
            break;
    }
}

bool TicketAgent::mayStartAnother() const {
    const auto underWay = std::count_if(tasks_.begin(), tasks_.end(),
                                        [](const Task& task) { return task.wasTold && !task.isSettled; });
    return steady_clock::now() >= nextDraftAt_ && underWay < static_cast<std::ptrdiff_t>(kUnderWayAtOnce);
}

void TicketAgent::nameRequester(Task& task) {
    protocol::DraftEdit edit{task.about->draft.draftId, task.shown->revision, task.shown->fields};
    edit.fields.requesterUid = task.about->requester.uid;
    edit.fields.organizationId = task.about->requester.organizationId;
    if (say(task, edit)) task.wasTold = true;
}

void TicketAgent::confirm(Task& task) {
    const protocol::DraftConfirm message{task.about->draft.draftId, task.shown->revision};
    if (!say(task, message)) return;
    if (happens(kTwiceIn)) say(task, message);
    task.wasTold = true;
    const auto most = static_cast<std::uint64_t>(2 * options_.pause.count()) + 1;
    nextDraftAt_ = steady_clock::now() + std::chrono::milliseconds{random_() % most};
}

/// As a person does: looks, waits until a ticket that is there must be shown, looks again, says it.
awaitable<void> TicketAgent::lookAtBoard(Task& task) {
    auto board = co_await ninja_.allTickets();
    if (board && !ticketOf(*task.about, *board)) {
        co_await pauseFor(options_.boardLag);
        board = co_await ninja_.allTickets();
    }
    task.isLooking = false;
    // Meanwhile the server may have been away, or has found it by itself.
    if (!board || !link_ || !task.shown || wishFor(*task.shown, *task.about) != Wish::LookAtBoard) co_return;
    if (!task.didErr && happens(kErrsIn)) {
        task.didErr = true;
        const auto wrong = ticketOfSomebodyElse(*task.about, *board);
        if (wrong) {
            ++tally_.wrongNumbers;
            const protocol::DeliveryDecide mistake{
                task.about->draft.draftId, protocol::DeliveryDecision::AlreadyThere, TicketId{*wrong}};
            say(task, mistake);
            co_return;
        }
    }
    decide(task, decisionAfter(*task.about, *board));
}

void TicketAgent::decide(Task& task, const protocol::DeliveryDecide& decision) {
    if (!say(task, decision)) return;
    const bool isThere = decision.decision == protocol::DeliveryDecision::AlreadyThere;
    ++(isThere ? tally_.foundOnBoard : tally_.sentAgain);
    if (happens(kTwiceIn)) say(task, decision);
}

bool TicketAgent::say(Task& task, const ClientMessage& message) {
    task.saidAt = task.shown->revision;
    task.saidWhen = steady_clock::now();
    return link_ && link_->sendText(protocol::encodeMessage(message));
}

}  // namespace ninja3cx::bench
