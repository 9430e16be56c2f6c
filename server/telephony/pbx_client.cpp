#include "server/telephony/pbx_client.hpp"

#include "server/net/throttle.hpp"
#include "shared/core/exceptions.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <random>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;
using protocol::LinkState;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kPollWhileDown = 5s;
constexpr std::chrono::milliseconds kNewsUnderWay = 2s;  // an answer may overtake an event
constexpr int kShownAsFailed = 3;  // refusals in a row: what is shown of the calls is old by then
constexpr std::size_t kMaxPending =
    10'000;  // entities waiting for their GET: beyond that, one full look instead

std::string webSocketUrl(const std::string& baseUrl) {
    if (baseUrl.starts_with("https://")) return "wss://" + baseUrl.substr(8) + "/callcontrol/ws";
    if (baseUrl.starts_with("http://")) return "ws://" + baseUrl.substr(7) + "/callcontrol/ws";
    return baseUrl + "/callcontrol/ws";
}

/// Why an answer says nothing about what was asked; the same question may be asked later.
std::optional<Error> troubleIn(const Result<net::HttpResponse>& answer) {
    if (!answer) return answer.error();
    const int status = answer->status;
    if (status == 401) return Error{ErrorKind::Unauthorized, "3CX answered 401, to a fresh token too"};
    if (status == 408 || status == 429 || status >= 500)
        return Error{status == 429 ? ErrorKind::Busy : ErrorKind::Unreachable,
                     "3CX answered " + std::to_string(status)};
    if (status < 400 && net::isWebPage(*answer))
        return Error{ErrorKind::Busy, "3CX answered a web page instead of data"};
    return std::nullopt;
}

}  // namespace

class PbxClient::Impl {
public:
    Impl(asio::any_io_executor executor, PbxOptions options, net::HttpTransport& http, Connect connect,
         const Clock& clock, PbxHandlers handlers, std::vector<std::string> openKeys,
         std::shared_ptr<spdlog::logger> log)
        : options_(std::move(options)),
          http_(http),
          connect_(std::move(connect)),
          handlers_(std::move(handlers)),
          log_(std::move(log)),
          tracker_(std::move(openKeys)),
          token_(options_.access, http, clock),
          clock_(clock),
          wake_(executor),
          pause_(executor),
          hold_(executor),
          secondLook_(executor),
          stopping_(executor) {
        wake_.expires_at(asio::steady_timer::time_point::max());
        stopping_.expires_at(asio::steady_timer::time_point::max());
    }

    /// A request under way would keep `stop` waiting for seconds: it is called off.
    asio::awaitable<void> run() {
        auto following = followUnlessThrown();
        auto stopping = stopped();
        auto together = std::move(following) || std::move(stopping);
        (void)co_await std::move(together);
        if (thrown_) std::rethrow_exception(thrown_);
    }

    void stop() {
        isStopped_ = true;
        pause_.cancel();
        hold_.cancel();
        secondLook_.cancel();
        wake_.cancel();
        if (socket_) socket_->close(1000, "stopping");
        endRun();
    }

    AskPbx asker() { return askPbxWith(options_.access, token_, http_); }

private:
    using Entity = std::pair<std::string, std::int64_t>;  // dn, participant id

    /// Also for a wait that is yet to begin.
    void endRun() { stopping_.expires_at(asio::steady_timer::time_point::min()); }

    asio::awaitable<void> stopped() { co_await stopping_.async_wait(kTuple); }

    asio::awaitable<void> followUnlessThrown() {
        try {
            auto following = followUntilStopped();
            co_await std::move(following);
        } catch (...) {
            if (!isStopped_) thrown_ = std::current_exception();
        }
        endRun();
    }

    asio::awaitable<void> followUntilStopped() {
        int failures = 0;
        setLink(LinkState::Connecting);
        while (!isStopped_) {
            auto following = guarded(followOnce());
            const Error why = co_await std::move(following);
            disconnect();
            if (isStopped_) break;
            failures = didFollow_ ? 1 : failures + 1;
            setLink(LinkState::Failed);
            const auto pause =
                std::max(pauseAfter(failures, std::nullopt, jitter(), options_.pauses), held());
            log_->warn("3CX: {}; next attempt in {} ms", why.detail, pause.count());
            co_await pauseFor(pause);
        }
    }

    void setLink(LinkState state) {
        if (std::exchange(link_, state) != state && handlers_.onLink) handlers_.onLink(state);
    }

    double jitter() { return std::uniform_real_distribution<double>{0.0, 1.0}(random_); }

    void disconnect() {
        if (socket_) socket_->close(1000, "done");
        socket_.reset();
        pending_.clear();
        inFlight_.clear();
        removedMeanwhile_.clear();
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
        if (isStopped_ || state.cancelled() != asio::cancellation_type::none)
            co_return Error{ErrorKind::Cancelled, "stopped"};
        log_->error("3CX: the link failed unexpectedly and is made anew: {}", thrown);
        tracker_ = PbxTracker{tracker_.liveKeys()};
        co_return Error{ErrorKind::Io, "unexpected: " + thrown};
    }

    /// How long the PBX must not be asked.
    std::chrono::milliseconds held() const {
        if (!isHolding_) return 0ms;
        const auto left = hold_.expiry() - asio::steady_timer::clock_type::now();
        return std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(left));
    }

    /// The PBX would not answer: it is left alone for a while.
    void holdOff(const Error& why, std::optional<std::chrono::milliseconds> told) {
        if (isHolding_ && !told) return;  // several questions met the same refusal
        if (!isHolding_) ++refusals_;
        const auto wait = std::max(pauseAfter(refusals_, told, jitter(), options_.pauses), held());
        log_->warn("3CX: {}; nothing is asked for {} ms", why.detail, wait.count());
        if (refusals_ >= kShownAsFailed) setLink(LinkState::Failed);
        isHolding_ = true;
        needsLook_ = true;  // one look answers all that is open then
        hold_.expires_after(wait);
        hold_.async_wait([this](boost::system::error_code cancelled) {
            if (cancelled) return;
            isHolding_ = false;
            wake_.cancel();
        });
        announcePending();
    }

    void lookAgainIn(std::chrono::milliseconds wait) {
        secondLook_.expires_after(wait);
        secondLook_.async_wait([this](boost::system::error_code cancelled) {
            if (cancelled) return;
            needsLook_ = true;
            wake_.cancel();
        });
    }

    /// While nothing can be asked, what events name is told as far as it is known. Not during a look, whose
    /// answer may be older.
    void announcePending() {
        if (!isHolding_ || isLooking_) return;
        for (const Entity& entity : std::exchange(pending_, {}))
            emit(tracker_.announce(entity.first, entity.second));
    }

    /// What is still to be asked about may be newer than the answer that came now.
    void markUnread() {
        for (const Entity& entity : pending_) tracker_.mark(entity.first, entity.second);
        for (const Entity& entity : inFlight_) tracker_.mark(entity.first, entity.second);
    }

    asio::awaitable<void> pauseFor(std::chrono::milliseconds wait) {
        // Calls are still followed by looking at the PBX while its WebSocket is refused.
        while (wait > 0ms && !isStopped_) {
            const auto step = std::min(wait, kPollWhileDown);
            pause_.expires_after(step);
            co_await pause_.async_wait(kTuple);
            wait -= step;
            if (wait > 0ms && !isStopped_ && !isHolding_) {
                auto looking = guarded(lookAtAll());
                (void)co_await std::move(looking);
            }
        }
    }

    /// Until the connection ends; the reason is the result.
    asio::awaitable<Error> followOnce() {
        didFollow_ = false;
        const auto token = co_await token_.get();
        if (!token) co_return token.error();
        net::WebSocketClientOptions options;
        options.url = webSocketUrl(options_.access.baseUrl);
        options.headers.set("Authorization", "Bearer " + *token);
        options.tls = options_.access.tls;
        auto connected = co_await connect_(std::move(options));
        if (!connected) {
            if (connected.error().kind == ErrorKind::Unauthorized) token_.refused(*token);
            if (!isHolding_) (void)co_await lookAtAll();
            co_return connected.error();
        }
        socket_ = *connected;
        needsLook_ = true;  // events that come meanwhile wait in pending_
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
                log_->warn("{}", event.error().detail);
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
        const Entity entity{event.dn, *event.participantId};
        if (event.type == PbxEvent::Type::Remove) {
            std::erase(pending_, entity);
            if (inFlight_.contains(entity)) removedMeanwhile_.insert(entity);
            // Before the first full look nothing is known: the look itself shows who is gone.
            emit(tracker_.remove(entity.first, entity.second));
            return;
        }
        tracker_.mark(entity.first, entity.second);
        if (std::find(pending_.begin(), pending_.end(), entity) == pending_.end()) pending_.push_back(entity);
        announcePending();
        if (pending_.size() > kMaxPending) {
            pending_.clear();
            needsLook_ = true;
        }
    }

    /// Takes the next thing to ask the PBX for. Several of these run at once: one slow answer holds up one
    /// call only.
    asio::awaitable<Error> work() {
        for (;;) {
            if (needsLook_ && !isLooking_ && !isHolding_) {
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
            const bool mayAsk = !isLooking_ && !isHolding_;
            const auto next =
                mayAsk ? std::find_if(pending_.begin(), pending_.end(),
                                      [&](const Entity& entity) { return !inFlight_.contains(entity); })
                       : pending_.end();
            if (next != pending_.end()) {
                const Entity entity = *next;
                pending_.erase(next);
                inFlight_.insert(entity);
                auto refreshed = co_await refresh(entity);
                inFlight_.erase(entity);
                const bool isGone = removedMeanwhile_.erase(entity) > 0;
                wake_.cancel();
                if (!refreshed && isFinal(refreshed.error())) co_return refreshed.error();
                if (!refreshed && !isGone) {
                    pending_.push_front(entity);
                    announcePending();
                }
                continue;
            }
            co_await wake_.async_wait(kTuple);
            const auto cancellation = co_await asio::this_coro::cancellation_state;
            if (cancellation.cancelled() != asio::cancellation_type::none || isStopped_)
                co_return Error{ErrorKind::Cancelled, "stopped"};
        }
    }

    asio::awaitable<Error> poll() {
        asio::steady_timer timer{co_await asio::this_coro::executor};
        for (;;) {
            timer.expires_after(options_.pollInterval);
            auto [failure] = co_await timer.async_wait(kTuple);
            if (failure) co_return Error{ErrorKind::Cancelled, "stopped"};
            needsLook_ = true;
            wake_.cancel();
        }
    }

    /// A new connection, with its new token, is the remedy.
    static bool isFinal(const Error& error) {
        return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Cancelled;
    }

    /// GET with the token; once more with a fresh one after a 401. What says nothing about the question is an
    /// error, and the PBX is then left alone for a while.
    asio::awaitable<Result<net::HttpResponse>> ask(std::string path) {
        for (int attempt = 0;; ++attempt) {
            const auto token = co_await token_.get();
            if (!token) {
                if (!isFinal(token.error())) holdOff(token.error(), std::nullopt);
                co_return token.error();
            }
            net::ClientRequest request;
            request.url = options_.access.baseUrl + path;
            request.tls = options_.access.tls;
            request.totalTimeout = 10s;
            request.maxBodyBytes = 4U << 20;
            request.headers.set("Authorization", "Bearer " + *token);
            request.headers.set("Accept", "application/json");
            auto answer = co_await http_.send(std::move(request));
            const auto state = co_await asio::this_coro::cancellation_state;
            if (isStopped_ || state.cancelled() != asio::cancellation_type::none)
                co_return Error{ErrorKind::Cancelled, "stopped"};
            if (answer && answer->status == 401) {
                token_.refused(*token);
                if (attempt == 0) continue;
            }
            if (const auto trouble = troubleIn(answer)) {
                if (!isFinal(*trouble))
                    holdOff(*trouble, answer ? net::retryAfterOf(*answer, clock_.now()) : std::nullopt);
                co_return *trouble;
            }
            co_return answer;
        }
    }

    asio::awaitable<Result<void>> lookAtAll() {
        std::string path = "/callcontrol";
        auto answer = co_await ask(std::move(path));
        if (!answer) co_return answer.error();
        auto dns = answer->status == 200 ? parseCallControl(answer->body)
                                         : Error{ErrorKind::Unreachable, "GET /callcontrol answered " +
                                                                             std::to_string(answer->status)};
        if (!dns) {
            holdOff(dns.error(), std::nullopt);
            co_return dns.error();
        }
        refusals_ = 0;
        for (const Dn& dn : *dns)
            if (!isTelephone(dn)) noTelephones_.insert(dn.dn);
        std::erase_if(*dns, [&](const Dn& dn) { return !isWanted(dn.dn); });
        std::erase_if(pending_, [&](const Entity& entity) { return !isWanted(entity.first); });
        const auto events =
            tracker_.resync(*dns, isFollowing_ ? PbxTracker::Removals::Heard : PbxTracker::Removals::Unheard);
        if (tracker_.hasMissing()) lookAgainIn(kNewsUnderWay);
        markUnread();
        emit(events);
        if (handlers_.onResync) handlers_.onResync("3cx/", tracker_.liveKeys());
        co_return Result<void>{};
    }

    asio::awaitable<Result<void>> refresh(Entity entity) {
        std::string path = "/callcontrol/" + net::percentEncode(entity.first) + "/participants/" +
                           std::to_string(entity.second);
        auto answer = co_await ask(std::move(path));
        if (!answer) co_return answer.error();
        if (answer->status == 404) {
            emit(tracker_.remove(entity.first, entity.second));
        } else if (answer->status == 403) {
            needsLook_ = true;  // the list tells whether this extension is still monitored
        } else if (answer->status == 200 && !removedMeanwhile_.contains(entity)) {
            auto participant = parseParticipant(answer->body);
            if (!participant) {
                log_->warn("{}", participant.error().detail);
            } else {
                if (participant->dn.empty()) participant->dn = entity.first;
                const auto events = tracker_.upsert(*participant);
                inFlight_.erase(entity);
                markUnread();
                emit(events);
            }
        }
        co_return Result<void>{};
    }

    /// Whoever waits in a queue is nobody's call yet.
    static bool isTelephone(const Dn& dn) { return dn.type != "Wroutepoint" && dn.type != "Wqueue"; }

    /// The route point that belongs to this API client is nobody's telephone.
    bool isWanted(const std::string& dn) const {
        if (dn == options_.access.clientId || noTelephones_.contains(dn)) return false;
        return options_.extensions.empty() ||
               std::find(options_.extensions.begin(), options_.extensions.end(), dn) !=
                   options_.extensions.end();
    }

    void emit(const PbxTracker::Events& events) {
        for (const calls::PhoneEvent& event : events) handlers_.onPhone(event);
    }

    PbxOptions options_;
    net::HttpTransport& http_;
    Connect connect_;
    PbxHandlers handlers_;
    std::shared_ptr<spdlog::logger> log_;
    PbxTracker tracker_;
    PbxToken token_;
    const Clock& clock_;
    asio::steady_timer wake_;   // cancelled when there is work
    asio::steady_timer pause_;  // between connections
    asio::steady_timer hold_;   // until the PBX may be asked again
    asio::steady_timer secondLook_;
    asio::steady_timer stopping_;  // expires when `run` is to end
    std::exception_ptr thrown_;    // what ended `run`
    std::shared_ptr<net::WebSocketConnection> socket_;
    std::deque<Entity> pending_;
    std::set<std::string> noTelephones_;  // queues and route points
    std::set<Entity> inFlight_;
    std::set<Entity> removedMeanwhile_;
    std::optional<std::int64_t> lastSequence_;
    LinkState link_ = LinkState::NotConfigured;
    std::mt19937 random_{std::random_device{}()};
    int refusals_ = 0;  // since a look at everything succeeded
    bool isHolding_ = false;
    bool needsLook_ = false;
    bool isLooking_ = false;
    bool isFollowing_ = false;  // events come, and all before them was looked at
    bool didFollow_ = false;
    bool isStopped_ = false;
};

PbxClient::PbxClient(asio::any_io_executor executor, PbxOptions options, net::HttpTransport& http,
                     Connect connect, const Clock& clock, PbxHandlers handlers,
                     std::vector<std::string> openKeys, std::shared_ptr<spdlog::logger> log)
    : impl_(std::make_unique<Impl>(std::move(executor), std::move(options), http, std::move(connect), clock,
                                   std::move(handlers), std::move(openKeys), std::move(log))) {}
PbxClient::~PbxClient() = default;
asio::awaitable<void> PbxClient::run() {
    return impl_->run();
}
void PbxClient::stop() {
    impl_->stop();
}
AskPbx PbxClient::asker() {
    return impl_->asker();
}

}  // namespace ninja3cx::telephony
