#include "server/telephony/pbx_client.hpp"

#include "server/telephony/leg_queue.hpp"
#include "server/telephony/pbx_remarks.hpp"
#include "server/telephony/pbx_tracker.hpp"
#include "server/telephony/phone_keys.hpp"
#include "server/telephony/until_stopped.hpp"
#include "shared/core/exceptions.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;
using protocol::LinkState;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kPollWhileDown = 5s;
constexpr std::chrono::seconds kPings = 3s;              // so that a dead link is found within 12 s
constexpr std::chrono::milliseconds kNewsUnderWay = 2s;  // an answer may overtake an event
constexpr int kShownAsFailed = 3;  // refusals in a row: what is shown of the calls is old by then

std::string webSocketUrl(const std::string& baseUrl) {
    if (baseUrl.starts_with("https://")) return "wss://" + baseUrl.substr(8) + "/callcontrol/ws";
    if (baseUrl.starts_with("http://")) return "ws://" + baseUrl.substr(7) + "/callcontrol/ws";
    return baseUrl + "/callcontrol/ws";
}

}  // namespace

class PbxClient::Impl {
public:
    Impl(PbxParts parts, PbxOptions options, const PbxAccess& access, PbxToken& token, PbxConnect connect,
         PbxHandlers handlers, std::vector<std::string> openKeys)
        : parts_(std::move(parts)),
          options_(std::move(options)),
          access_(access),
          token_(token),
          connect_(std::move(connect)),
          handlers_(std::move(handlers)),
          tracker_(std::move(openKeys)),
          remarks_(options_.expected, parts_.log),
          requests_(parts_, access_, token_, options_.pauses,
                    {[this] { onHold(); }, [this] { wake_.cancel(); }}),
          wake_(parts_.executor),
          pause_(parts_.executor, parts_.time),
          secondLook_(parts_.executor, parts_.time),
          polling_(parts_.executor, parts_.time),
          running_(parts_.executor) {
        wake_.expires_at(asio::steady_timer::time_point::max());
    }

    asio::awaitable<Error> run() {
        auto running = running_.run(followUntilStopped());
        co_await std::move(running);
        co_return why_;
    }

    bool hasCalls() const { return !tracker_.liveKeys().empty(); }

    void stop() {
        running_.stop();
        requests_.stop();
        pause_.cancel();
        secondLook_.cancel();
        wake_.cancel();
        if (socket_) socket_->close(1000, "stopping");
    }

private:
    using Leg = LegQueue::Leg;

    asio::awaitable<void> followUntilStopped() {
        int failures = 0;
        setLink(LinkState::Connecting);
        while (!running_.isStopped()) {
            auto following = guarded(followOnce());
            const Error why = co_await std::move(following);
            disconnect();
            if (running_.isStopped()) break;
            if (options_.endsWhenRefused && isRefusal(why)) {
                why_ = why;
                break;
            }
            failures = didFollow_ ? 1 : failures + 1;
            setLink(LinkState::Failed);
            const auto pause = std::max(
                pauseAfter(failures, std::nullopt, requests_.jitter(), options_.pauses), requests_.held());
            parts_.log->warn("3CX: {}; next attempt in {} ms", why.detail, pause.count());
            co_await pauseFor(pause);
        }
    }

    void setLink(LinkState state) {
        if (std::exchange(link_, state) != state && handlers_.onLink) handlers_.onLink(state);
    }

    void disconnect() {
        if (socket_) socket_->close(1000, "done");
        socket_.reset();
        legs_.clear();
        lastSequence_.reset();
        isLooking_ = false;
        isFollowing_ = false;
        secondLook_.cancel();
    }

    /// What nobody foresaw ends `task` like any other trouble. (An exception would end it unseen: the others
    /// of an `||` go on without it.) Who has heard what is then unknown: everything is said once more.
    template <class T>
    asio::awaitable<T> guarded(asio::awaitable<T> task) {
        std::string thrown;
        try {
            co_return co_await std::move(task);
        } catch (...) {
            thrown = reasonOf(std::current_exception());
        }
        const auto state = co_await asio::this_coro::cancellation_state;
        if (running_.isStopped() || state.cancelled() != asio::cancellation_type::none)
            co_return Error{ErrorKind::Cancelled, "stopped"};
        parts_.log->error("3CX: the link failed unexpectedly and is made anew: {}", thrown);
        tracker_ = PbxTracker{tracker_.liveKeys()};
        co_return Error{ErrorKind::Io, "unexpected: " + thrown};
    }

    /// The PBX would not answer.
    void onHold() {
        if (requests_.refusals() >= kShownAsFailed) setLink(LinkState::Failed);
        needsLook_ = true;  // one look answers all that is open then
        announcePending();
    }

    void lookAgainIn(std::chrono::milliseconds wait) {
        secondLook_.expireAfter(wait);
        secondLook_.then([this] {
            needsLook_ = true;
            wake_.cancel();
        });
    }

    /// While nothing can be asked, what events name is told as far as it is known. Not during a look, whose
    /// answer may be older.
    void announcePending() {
        if (!requests_.isHolding() || isLooking_) return;
        for (const Leg& leg : legs_.takeAllWaiting()) emit(tracker_.announce(leg.first, leg.second));
    }

    /// What is still to be asked about may be newer than the answer that came now.
    void markUnread() {
        for (const Leg& leg : legs_.unread()) tracker_.mark(leg.first, leg.second);
    }

    asio::awaitable<void> pauseFor(std::chrono::milliseconds wait) {
        // Calls are still followed by looking at the PBX while its WebSocket is refused.
        while (wait > 0ms && !running_.isStopped()) {
            const auto step = std::min(wait, kPollWhileDown);
            pause_.expireAfter(step);
            (void)co_await pause_.wait();
            wait -= step;
            if (wait > 0ms && !running_.isStopped() && !requests_.isHolding()) {
                const bool wasAway = requests_.refusals() > 0;
                auto looking = guarded(lookAtAll());
                const auto looked = co_await std::move(looking);
                if (looked && wasAway) co_return;  // it is back, and its events with it
            }
        }
    }

    /// Until the connection ends; the reason is the result.
    asio::awaitable<Error> followOnce() {
        didFollow_ = false;
        const auto token = co_await token_.get();
        if (!token) co_return token.error();
        net::WebSocketClientOptions options;
        options.url = webSocketUrl(access_.baseUrl);
        options.headers.set("Authorization", "Bearer " + *token);
        options.tls = access_.tls;
        options.pingInterval = kPings;
        auto connected = co_await connect_(std::move(options));
        if (!connected) {
            Error why = connected.error();
            // Something between may let no WebSocket through, or the PBX restarts: that says nothing of its interface.
            if (isRefusal(why)) why.kind = ErrorKind::Unreachable;
            if (requests_.isHolding()) co_return why;
            const bool wasAway = requests_.refusals() > 0;
            const auto looked = co_await lookAtAll();
            if (!looked && isRefusal(looked.error())) co_return looked.error();
            didFollow_ = looked && wasAway;  // it is back, and wants a fresh token: no long pause
            if (why.kind == ErrorKind::Unauthorized) token_.discard(*token);
            co_return why;
        }
        socket_ = *connected;
        needsLook_ = true;  // legs that events name meanwhile wait
        auto reading = guarded(readEvents());
        auto first = guarded(work());
        auto second = guarded(work());
        auto third = guarded(work());
        auto polling = guarded(poll());
        auto together = std::move(reading) || std::move(first) || std::move(second) || std::move(third) ||
                        std::move(polling);
        auto ended = co_await std::move(together);
        co_return std::visit([](auto& error) { return Error{error}; }, ended);
    }

    asio::awaitable<Error> readEvents() {
        for (;;) {
            auto message = co_await socket_->receive();
            if (!message) co_return message.error();
            if (message->isBinary) continue;
            auto event = parseEvent(message->data);
            if (!event) {
                parts_.log->warn("{}", event.error().detail);
                continue;
            }
            if (lastSequence_ && event->sequence > *lastSequence_ + 1) needsLook_ = true;
            if (event->sequence > 0) lastSequence_ = event->sequence;
            accept(*event);
            wake_.cancel();
        }
    }

    void accept(const PbxEvent& event) {
        if (event.type == PbxEvent::Type::Other || !isWanted(event.dn)) return;
        if (!event.participantId) {
            needsLook_ = true;
            return;
        }
        const Leg leg{event.dn, *event.participantId};
        if (event.type == PbxEvent::Type::Remove) {
            legs_.remove(leg);
            // Before the first full look nothing is known: the look itself shows who is gone.
            emit(tracker_.remove(leg.first, leg.second));
            return;
        }
        tracker_.mark(leg.first, leg.second);
        if (!legs_.add(leg)) needsLook_ = true;
        announcePending();
    }

    /// Takes the next thing to ask the PBX for. Several of these run at once: one slow answer holds up one
    /// call only.
    asio::awaitable<Error> work() {
        for (;;) {
            if (needsLook_ && !isLooking_ && !requests_.isHolding()) {
                needsLook_ = false;
                isLooking_ = true;
                auto looked = co_await lookAtAll();
                isLooking_ = false;
                announcePending();
                if (!looked && isFinal(looked.error())) co_return looked.error();
                if (looked) {
                    didFollow_ = true;
                    isFollowing_ = true;
                    setLink(LinkState::Connected);
                }
                wake_.cancel();
                continue;
            }
            const bool mayAsk = !isLooking_ && !requests_.isHolding();
            if (const auto leg = mayAsk ? legs_.take() : std::nullopt) {
                auto refreshed = co_await refresh(*leg);
                const bool isGone = legs_.done(*leg);
                wake_.cancel();
                if (!refreshed && isFinal(refreshed.error())) co_return refreshed.error();
                if (!refreshed && !isGone) {
                    legs_.putBack(*leg);
                    announcePending();
                }
                continue;
            }
            co_await wake_.async_wait(kTuple);
            const auto cancellation = co_await asio::this_coro::cancellation_state;
            if (cancellation.cancelled() != asio::cancellation_type::none || running_.isStopped())
                co_return Error{ErrorKind::Cancelled, "stopped"};
        }
    }

    asio::awaitable<Error> poll() {
        for (;;) {
            polling_.expireAfter(options_.pollInterval);
            const bool isDue = co_await polling_.wait();
            if (!isDue) co_return Error{ErrorKind::Cancelled, "stopped"};
            needsLook_ = true;
            wake_.cancel();
        }
    }

    /// This PBX has no Call Control API for us.
    static bool isRefusal(const Error& error) {
        return error.kind == ErrorKind::Rejected || error.kind == ErrorKind::NotFound;
    }
    bool isFinal(const Error& error) const {
        return PbxRequests::isFinal(error) || (options_.endsWhenRefused && isRefusal(error));
    }

    asio::awaitable<Result<void>> lookAtAll() {
        std::string path = "/callcontrol";
        auto answer = co_await requests_.get(std::move(path));
        if (!answer) co_return answer.error();
        auto dns = answer->status == 200 ? parseCallControl(answer->body) : refusalOf(answer->status);
        if (!dns) {
            if (!isFinal(dns.error())) requests_.holdOff(dns.error(), std::nullopt);
            co_return dns.error();
        }
        requests_.succeeded();
        remarks_.look(*dns);
        for (const Dn& dn : *dns)
            if (!isTelephone(dn)) noTelephones_.insert(dn.dn);
        std::erase_if(*dns, [&](const Dn& dn) { return !isWanted(dn.dn); });
        legs_.forget([&](const std::string& dn) { return !isWanted(dn); });
        const auto events =
            tracker_.resync(*dns, isFollowing_ ? PbxTracker::Removals::Heard : PbxTracker::Removals::Unheard);
        if (tracker_.hasMissing()) lookAgainIn(kNewsUnderWay);
        markUnread();
        emit(events);
        if (handlers_.onResync) handlers_.onResync(kEventKeys, tracker_.liveKeys());
        co_return Result<void>{};
    }

    static Result<std::vector<Dn>> refusalOf(int status) {
        const bool isRefused = status == 403 || status == 404;
        return Error{
            isRefused ? ErrorKind::Rejected : ErrorKind::Unreachable,
            "GET /callcontrol answered " + std::to_string(status) +
                (isRefused ? ": in 3CX tick '3CX Call Control API access' for this API client; it needs an "
                             "Enterprise or AI licence"
                           : "")};
    }

    asio::awaitable<Result<void>> refresh(Leg leg) {
        std::string path =
            "/callcontrol/" + net::percentEncode(leg.first) + "/participants/" + std::to_string(leg.second);
        auto answer = co_await requests_.get(std::move(path));
        if (!answer) co_return answer.error();
        if (answer->status == 404) {
            // Gone; but 404s that are wrong must end no call that goes on. The news of its removal is faster.
            needsLook_ = needsLook_ || tracker_.doubt(leg.first, leg.second);
        } else if (answer->status == 403) {
            remarks_.doubt(leg.first);  // the list tells whether it is still monitored
            needsLook_ = true;
        } else if (answer->status != 200) {
            parts_.log->warn("3CX answered {} for a leg of {}", answer->status, leg.first);
            needsLook_ = true;
        } else if (!legs_.isGone(leg)) {
            auto participant = parseParticipant(answer->body);
            if (!participant) {
                parts_.log->warn("{}", participant.error().detail);
                needsLook_ = true;
            } else {
                if (participant->dn.empty()) participant->dn = leg.first;
                remarks_.look(*participant);
                const auto events = tracker_.upsert(*participant);
                legs_.seen(leg);
                markUnread();
                emit(events);
            }
        }
        co_return Result<void>{};
    }

    /// The route point that belongs to this API client is nobody's telephone.
    bool isWanted(const std::string& dn) const {
        if (dn == access_.clientId || noTelephones_.contains(dn)) return false;
        return options_.extensions.empty() ||
               std::find(options_.extensions.begin(), options_.extensions.end(), dn) !=
                   options_.extensions.end();
    }

    void emit(const PbxTracker::Events& events) {
        for (const calls::PhoneEvent& event : events) handlers_.onPhone(event);
    }

    const PbxParts parts_;
    const PbxOptions options_;
    const PbxAccess& access_;
    PbxToken& token_;
    PbxConnect connect_;
    PbxHandlers handlers_;
    PbxTracker tracker_;
    PbxRemarks remarks_;
    PbxRequests requests_;
    asio::steady_timer wake_;  // cancelled when there is work
    Timer pause_;              // between connections
    Timer secondLook_;
    Timer polling_;
    UntilStopped running_;
    Error why_{ErrorKind::Cancelled, "stopped"};
    std::shared_ptr<net::WebSocketConnection> socket_;
    LegQueue legs_;
    std::set<std::string> noTelephones_;  // queues, route points …
    std::optional<std::int64_t> lastSequence_;
    LinkState link_ = LinkState::NotConfigured;
    bool needsLook_ = false;
    bool isLooking_ = false;
    bool isFollowing_ = false;  // events come, and all before them was looked at
    bool didFollow_ = false;
};

PbxClient::PbxClient(PbxParts parts, PbxOptions options, const PbxAccess& access, PbxToken& token,
                     PbxConnect connect, PbxHandlers handlers, std::vector<std::string> openKeys)
    : impl_(std::make_unique<Impl>(std::move(parts), std::move(options), access, token, std::move(connect),
                                   std::move(handlers), std::move(openKeys))) {}
PbxClient::~PbxClient() = default;
asio::awaitable<Error> PbxClient::run() {
    return impl_->run();
}
void PbxClient::stop() {
    impl_->stop();
}
bool PbxClient::hasCalls() const {
    return impl_->hasCalls();
}

}  // namespace ninja3cx::telephony
