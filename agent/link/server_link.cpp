#include "agent/link/server_link.hpp"

#include "agent/link/handshake.hpp"
#include "agent/link/server_address.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <random>
#include <stdexcept>
#include <string_view>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds kGoodbye{1};          // for the server to answer it
constexpr std::size_t kMaxMessageBytes = 16U << 20;  // a snapshot of a long day
constexpr std::chrono::seconds kUnauthorizedRetry{30};
constexpr std::chrono::seconds kThrottledRetry{60};  // what the server asks for

ServerAddress usableAddress(const std::string& server) {
    auto address = parseServerAddress(server);
    if (!address) throw std::runtime_error{address.error().detail};
    return std::move(*address);
}

struct Outgoing {
    bool isBinary;
    std::string data;
};

}  // namespace

Result<void> checkServerAddress(const std::string& server) {
    const auto address = parseServerAddress(server);
    if (!address) return address.error();
    return {};
}

Error declined(const std::string& server, unsigned status) {
    if (status == 401 || status == 403) return {ErrorKind::Unauthorized, "the server refuses this key"};
    const std::string detail = server + " answered " + std::to_string(status) + " instead of a WebSocket";
    if (status == 429) return {ErrorKind::Busy, detail};
    if (status == 503) return {ErrorKind::Cancelled, detail};
    return {status >= 500 ? ErrorKind::Unreachable : ErrorKind::NotFound, detail};
}

std::uint8_t newestFrameFor(const protocol::AudioReady& ready) {
    const std::int32_t read = ready.frameVersion.value_or(protocol::kOldestAudioVersion);
    return static_cast<std::uint8_t>(
        std::clamp<std::int32_t>(read, protocol::kOldestAudioVersion, protocol::kAudioVersion));
}

std::chrono::milliseconds retryDelay(const LinkOptions& options, int attempt, double jitter) {
    const auto doubled = options.firstRetry * (1LL << std::min(attempt, 12));
    const auto capped = std::min<std::chrono::milliseconds>(doubled, options.longestRetry);
    return std::chrono::milliseconds{
        static_cast<std::int64_t>(static_cast<double>(capped.count()) * (0.5 + jitter / 2))};
}

class ServerLink::Impl {
public:
    Impl(asio::any_io_executor executor, LinkOptions options, LinkHandlers handlers)
        : executor_(executor),
          options_(std::move(options)),
          handlers_(std::move(handlers)),
          address_(usableAddress(options_.server)),
          handshakes_(options_.caFile),
          wake_(executor),
          pause_(executor),
          stop_(executor),
          names_(executor) {}

    asio::awaitable<void> run() {
        int attempt = 0;
        std::mt19937 random{std::random_device{}()};
        std::uniform_real_distribution<double> jitter{0.0, 1.0};
        while (!isStopped_) {
            didWelcome_ = false;
            const Error why = co_await connectUnlessStopped();
            isUp_ = false;
            outbox_.clear();
            outboxBytes_ = 0;
            if (isStopped_) break;
            attempt = didWelcome_ ? 0 : attempt + 1;
            auto delay = retryDelay(options_, attempt, jitter(random));
            if (why.kind == ErrorKind::Unauthorized)
                delay = std::max<std::chrono::milliseconds>(delay, kUnauthorizedRetry);
            if (why.kind == ErrorKind::Busy)
                delay = std::max<std::chrono::milliseconds>(delay, kThrottledRetry);
            if (handlers_.onDown) handlers_.onDown(why, delay);
            if (isStopped_) break;
            pause_.expires_after(delay);
            co_await pause_.async_wait(kTuple);
        }
    }

    void stop() {
        isStopped_ = true;
        pause_.cancel();
        wake_.cancel();
        stop_.cancel();
    }

    bool isLookingUp() const { return names_.isUnderWay(); }

    bool push(const protocol::AudioFrame& frame) {
        const auto bytes = protocol::encodeAudioFrame(frame, frameVersion_);
        return push(true, std::string{bytes.begin(), bytes.end()});
    }

    bool push(bool isBinary, std::string data) {
        if (!isUp_) return false;
        outboxBytes_ += data.size();
        outbox_.push_back({isBinary, std::move(data)});
        wake_.cancel();
        return true;
    }

    void askForSnapshot() { position_.reset(); }

    std::size_t backlogBytes() const { return outboxBytes_; }

private:
    asio::awaitable<Error> connectUnlessStopped() {
        auto ended = co_await (connectOnce() || stopped());
        co_return ended.index() == 0 ? std::get<0>(ended) : Error{ErrorKind::Cancelled, "stopped"};
    }

    /// Ends with `stop`, where there is a connection after a moment for its goodbye.
    asio::awaitable<void> stopped() {
        if (!isStopped_) {
            stop_.expires_at(asio::steady_timer::time_point::max());
            co_await stop_.async_wait(kTuple);
            const auto cancellation = co_await asio::this_coro::cancellation_state;
            if (cancellation.cancelled() != asio::cancellation_type::none) co_return;
        }
        if (!isUp_) co_return;
        stop_.expires_after(kGoodbye);
        co_await stop_.async_wait(kTuple);
    }

    /// Throws nothing: `stopped` would be waited for.
    asio::awaitable<Error> connectOnce() {
        try {
            co_return co_await connect();
        } catch (const std::exception& failure) {
            co_return Error{ErrorKind::Unreachable, failure.what()};
        }
    }

    asio::awaitable<Error> connect() {
        std::optional<crypto::KeyFingerprint> pin;
        if (address_.isTls && options_.findPin) {
            const auto found = options_.findPin();
            if (!found) co_return found.error();
            pin = *found;
        }
        beast::tcp_stream tcp{executor_};
        auto dialling = dial(tcp, names_, address_);
        const auto connected = co_await std::move(dialling);
        if (!connected) co_return connected.error();
        if (!address_.isTls) {
            websocket::stream<beast::tcp_stream> socket{std::move(tcp)};
            co_return co_await talk(socket);
        }
        websocket::stream<asio::ssl::stream<beast::tcp_stream>> socket{std::move(tcp), handshakes_.context()};
        auto& secure = socket.next_layer();
        handshakes_.expect(secure.native_handle(), address_, pin);
        auto [failure] = co_await secure.async_handshake(asio::ssl::stream_base::client, kTuple);
        if (failure && handshakes_.distrust()) {
            if (handlers_.onDistrust) handlers_.onDistrust(*handshakes_.distrust());
            co_return errorOf(*handshakes_.distrust());
        }
        if (failure)
            co_return Error{ErrorKind::Unreachable, "TLS with " + address_.host + ": " + failure.message()};
        co_return co_await talk(socket);
    }

    template <class Socket>
    asio::awaitable<Error> talk(Socket& socket) {
        beast::get_lowest_layer(socket).expires_never();
        websocket::stream_base::timeout timeouts =
            websocket::stream_base::timeout::suggested(beast::role_type::client);
        timeouts.handshake_timeout = options_.longestSilence;
        timeouts.idle_timeout = options_.longestSilence;
        timeouts.keep_alive_pings = true;
        socket.set_option(timeouts);
        socket.read_message_max(kMaxMessageBytes);
        socket.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
            request.set(beast::http::field::authorization, "Bearer " + options_.key);
            request.set(beast::http::field::user_agent, "3cx-ninja-agent/" + options_.version);
        }));
        websocket::response_type answer;
        auto [refused] =
            co_await socket.async_handshake(answer, address_.host + ":" + address_.port, "/ws", kTuple);
        if (refused) {
            if (refused == websocket::error::upgrade_declined)
                co_return declined(options_.server, answer.result_int());
            co_return Error{ErrorKind::Unreachable,
                            "no WebSocket at " + options_.server + ": " + refused.message()};
        }
        isUp_ = true;
        protocol::Hello hello;
        hello.face = protocol::Face::Agent;
        hello.client = {"3cx-ninja-agent", options_.version};
        hello.extension = options_.extension;
        hello.lastEvent = position_;
        push(false, protocol::encodeMessage(protocol::ClientMessage{hello}));
        auto ended = co_await (read(socket) || write(socket));
        co_return ended.index() == 0 ? std::get<0>(ended) : std::get<1>(ended);
    }

    template <class Socket>
    asio::awaitable<Error> read(Socket& socket) {
        beast::flat_buffer buffer;
        for (;;) {
            auto [failure, bytes] = co_await socket.async_read(buffer, kTuple);
            if (failure == websocket::error::closed)
                co_return Error{ErrorKind::Unreachable,
                                "the server closed: " + std::string{socket.reason().reason.c_str()}};
            if (failure) co_return Error{ErrorKind::Unreachable, "connection lost: " + failure.message()};
            const std::string_view text{static_cast<const char*>(buffer.data().data()), buffer.size()};
            if (auto broken = take(text)) co_return *broken;
            buffer.consume(buffer.size());
        }
    }

    /// An exception must not end `read` alone: the connection would stand, and nobody would listen.
    std::optional<Error> take(std::string_view text) {
        try {
            const auto message = protocol::decodeServerMessage(text);
            if (message) return accept(*message);
            if (message.error().kind == ErrorKind::NotFound) return std::nullopt;  // a newer server's news
            return message.error();
        } catch (const std::exception& failure) {
            position_.reset();    // what is known may be half of it
            didWelcome_ = false;  // the next connection may end the same way: it waits longer each time
            return Error{ErrorKind::BadMessage,
                         std::string{"this program could not follow the server: "} + failure.what()};
        }
    }

    /// Checks the numbering and passes the message on; an error ends the connection.
    std::optional<Error> accept(const protocol::ServerMessage& message) {
        if (const auto* welcome = std::get_if<protocol::Welcome>(&message)) {
            if (welcome->protocol != protocol::kProtocolVersion)
                return Error{ErrorKind::Rejected, "the server speaks protocol " +
                                                      std::to_string(welcome->protocol) + ", this agent " +
                                                      std::to_string(protocol::kProtocolVersion) +
                                                      ": update the older of the two"};
            didWelcome_ = true;
            if (handlers_.onWelcome) handlers_.onWelcome(*welcome);
            return std::nullopt;
        }
        if (const auto* ready = std::get_if<protocol::AudioReady>(&message))
            frameVersion_ = newestFrameFor(*ready);
        if (const auto* snapshot = std::get_if<protocol::Snapshot>(&message))
            position_ = protocol::EventPosition{snapshot->epoch, snapshot->sequence};
        if (const auto* event = std::get_if<protocol::Event>(&message)) {
            if (!position_ || event->sequence != position_->sequence + 1) {
                position_.reset();
                return Error{ErrorKind::BadMessage, "events are missing; asking for everything"};
            }
            position_->sequence = event->sequence;
        }
        if (handlers_.onMessage) handlers_.onMessage(message);
        return std::nullopt;
    }

    template <class Socket>
    asio::awaitable<Error> write(Socket& socket) {
        for (;;) {
            if (isStopped_) {
                co_await socket.async_close(websocket::close_code::normal, kTuple);
                co_return Error{ErrorKind::Cancelled, "stopped"};
            }
            if (outbox_.empty()) {
                wake_.expires_at(asio::steady_timer::time_point::max());
                co_await wake_.async_wait(kTuple);
                const auto cancellation = co_await asio::this_coro::cancellation_state;
                if (cancellation.cancelled() != asio::cancellation_type::none)
                    co_return Error{ErrorKind::Cancelled, "connection ended"};
                continue;
            }
            Outgoing next = std::move(outbox_.front());
            outbox_.pop_front();
            socket.binary(next.isBinary);
            auto [failure, bytes] = co_await socket.async_write(asio::buffer(next.data), kTuple);
            outboxBytes_ -= std::min(outboxBytes_, next.data.size());
            if (failure) co_return Error{ErrorKind::Unreachable, "connection lost: " + failure.message()};
        }
    }

    asio::any_io_executor executor_;
    LinkOptions options_;
    LinkHandlers handlers_;
    ServerAddress address_;
    Handshakes handshakes_;
    asio::steady_timer wake_;   // cancelled when the outbox has something
    asio::steady_timer pause_;  // between attempts
    asio::steady_timer stop_;   // cancelled by `stop`
    NameLookUp names_;
    std::deque<Outgoing> outbox_;
    std::size_t outboxBytes_ = 0;
    std::optional<protocol::EventPosition> position_;
    std::uint8_t frameVersion_ = protocol::kOldestAudioVersion;  // as the server last said
    bool isUp_ = false;
    bool didWelcome_ = false;
    bool isStopped_ = false;
};

ServerLink::ServerLink(asio::any_io_executor executor, LinkOptions options, LinkHandlers handlers)
    : impl_(std::make_unique<Impl>(std::move(executor), std::move(options), std::move(handlers))) {}
ServerLink::~ServerLink() = default;

asio::awaitable<void> ServerLink::run() {
    return impl_->run();
}
void ServerLink::stop() {
    impl_->stop();
}
bool ServerLink::isLookingUp() const {
    return impl_->isLookingUp();
}
bool ServerLink::send(const protocol::ClientMessage& message) {
    return impl_->push(false, protocol::encodeMessage(message));
}
bool ServerLink::send(const protocol::AudioFrame& frame) {
    return impl_->push(frame);
}
void ServerLink::askForSnapshot() {
    impl_->askForSnapshot();
}
std::size_t ServerLink::backlogBytes() const {
    return impl_->backlogBytes();
}

}  // namespace ninja3cx::agent
