#include "server/telephony/pbx_client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <deque>
#include <map>
#include <random>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;
using protocol::LinkState;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kPollWhileDown = 5s;
constexpr std::size_t kMaxPending =
    10'000;  // entities waiting for their GET: beyond that, one full look instead

std::string webSocketUrl(const std::string& baseUrl) {
    if (baseUrl.starts_with("https://")) return "wss://" + baseUrl.substr(8) + "/callcontrol/ws";
    if (baseUrl.starts_with("http://")) return "ws://" + baseUrl.substr(7) + "/callcontrol/ws";
    return baseUrl + "/callcontrol/ws";
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
          wake_(executor),
          pause_(executor) {
        wake_.expires_at(asio::steady_timer::time_point::max());
    }

    asio::awaitable<void> run() {
        std::mt19937 random{std::random_device{}()};
        std::uniform_real_distribution<double> jitter{0.5, 1.0};
        std::chrono::milliseconds retry = options_.firstRetry;
        setLink(LinkState::Connecting);
        while (!isStopped_) {
            const auto why = co_await followOnce();
            if (isStopped_) break;
            if (didFollow_) retry = options_.firstRetry;
            setLink(LinkState::Failed);
            log_->warn("3CX: {}; next attempt in about {} ms", why.detail, retry.count());
            const auto wait = std::chrono::milliseconds{
                static_cast<std::int64_t>(static_cast<double>(retry.count()) * jitter(random))};
            retry = std::min(retry * 2, options_.longestRetry);
            co_await pauseFor(wait);
        }
    }

    void stop() {
        isStopped_ = true;
        pause_.cancel();
        wake_.cancel();
        if (socket_) socket_->close(1000, "stopping");
    }

private:
    using Entity = std::pair<std::string, std::int64_t>;  // dn, participant id

    void setLink(LinkState state) {
        if (std::exchange(link_, state) != state && handlers_.onLink) handlers_.onLink(state);
    }

    asio::awaitable<void> pauseFor(std::chrono::milliseconds wait) {
        // Calls are still followed by looking at the PBX while its WebSocket is refused.
        while (wait > 0ms && !isStopped_) {
            const auto step = std::min(wait, kPollWhileDown);
            pause_.expires_after(step);
            co_await pause_.async_wait(kTuple);
            wait -= step;
            if (wait > 0ms && !isStopped_) (void)co_await lookAtAll();
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
            (void)co_await lookAtAll();
            co_return connected.error();
        }
        socket_ = *connected;
        pending_.clear();
        inFlight_.clear();
        lastSequence_.reset();
        isLooking_ = false;
        needsLook_ = true;  // events that come meanwhile wait in pending_
        auto ended = co_await (readEvents() || work() || work() || work() || poll());
        socket_->close(1000, "done");
        socket_.reset();
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
        if (std::find(pending_.begin(), pending_.end(), entity) == pending_.end()) pending_.push_back(entity);
        if (pending_.size() > kMaxPending) {
            pending_.clear();
            needsLook_ = true;
        }
    }

    /// Takes the next thing to ask the PBX for. Several of these run at once: one slow answer holds up one
    /// call only.
    asio::awaitable<Error> work() {
        for (;;) {
            if (needsLook_ && !isLooking_) {
                needsLook_ = false;
                isLooking_ = true;
                auto looked = co_await lookAtAll();
                isLooking_ = false;
                if (!looked) co_return looked.error();
                didFollow_ = true;
                setLink(LinkState::Connected);
                wake_.cancel();
                continue;
            }
            const auto next =
                isLooking_ ? pending_.end()
                           : std::find_if(pending_.begin(), pending_.end(),
                                          [&](const Entity& entity) { return !inFlight_.contains(entity); });
            if (next != pending_.end()) {
                const Entity entity = *next;
                pending_.erase(next);
                inFlight_.insert(entity);
                auto refreshed = co_await refresh(entity);
                inFlight_.erase(entity);
                removedMeanwhile_.erase(entity);
                wake_.cancel();
                if (!refreshed) co_return refreshed.error();
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

    /// GET with the token; once more with a fresh one after a 401.
    asio::awaitable<Result<net::HttpResponse>> get(std::string path) {
        for (int attempt = 0;; ++attempt) {
            const auto token = co_await token_.get();
            if (!token) co_return token.error();
            net::ClientRequest request;
            request.url = options_.access.baseUrl + path;
            request.tls = options_.access.tls;
            request.totalTimeout = 10s;
            request.maxBodyBytes = 4U << 20;
            request.headers.set("Authorization", "Bearer " + *token);
            request.headers.set("Accept", "application/json");
            auto answer = co_await http_.send(std::move(request));
            if (!answer || answer->status != 401 || attempt > 0) co_return answer;
            token_.refused(*token);
        }
    }

    asio::awaitable<Result<void>> lookAtAll() {
        auto answer = co_await get("/callcontrol");
        if (!answer) co_return answer.error();
        if (answer->status != 200)
            co_return Error{answer->status == 401 ? ErrorKind::Unauthorized : ErrorKind::Unreachable,
                            "GET /callcontrol answered " + std::to_string(answer->status)};
        auto dns = parseCallControl(answer->body);
        if (!dns) co_return dns.error();
        std::erase_if(*dns, [&](const Dn& dn) { return !isWanted(dn.dn) || dn.type == "Wroutepoint"; });
        emit(tracker_.resync(*dns));
        if (handlers_.onResync) handlers_.onResync("3cx/", tracker_.liveKeys());
        co_return Result<void>{};
    }

    asio::awaitable<Result<void>> refresh(Entity entity) {
        auto answer = co_await get("/callcontrol/" + net::percentEncode(entity.first) + "/participants/" +
                                   std::to_string(entity.second));
        if (!answer) co_return answer.error();
        if (answer->status == 404) {
            emit(tracker_.remove(entity.first, entity.second));
        } else if (answer->status == 403) {
            needsLook_ = true;  // the list tells whether this extension is still monitored
        } else if (answer->status == 429 || answer->status >= 500) {
            co_return Error{ErrorKind::Unreachable, "3CX answered " + std::to_string(answer->status)};
        } else if (answer->status == 200 && !removedMeanwhile_.contains(entity)) {
            auto participant = parseParticipant(answer->body);
            if (!participant) {
                log_->warn("{}", participant.error().detail);
            } else {
                if (participant->dn.empty()) participant->dn = entity.first;
                emit(tracker_.upsert(*participant));
            }
        }
        co_return Result<void>{};
    }

    bool isWanted(const std::string& dn) const {
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
    asio::steady_timer wake_;  // cancelled when there is work
    asio::steady_timer pause_;
    std::shared_ptr<net::WebSocketConnection> socket_;
    std::deque<Entity> pending_;
    std::set<Entity> inFlight_;
    std::set<Entity> removedMeanwhile_;
    std::optional<std::int64_t> lastSequence_;
    LinkState link_ = LinkState::NotConfigured;
    bool needsLook_ = false;
    bool isLooking_ = false;
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

}  // namespace ninja3cx::telephony
