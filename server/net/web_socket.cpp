#include "server/net/web_socket.hpp"

#include "server/net/dial.hpp"
#include "shared/core/text.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>

namespace ninja3cx::net {

/// How Beast closes our stream and says goodbye on it (found by argument).
inline void beast_close_socket(Stream& stream) {
    stream.close();
}
template <class Handler>
void async_teardown(boost::beast::role_type, Stream& stream, Handler&& handler) {
    stream.startFinish(IoHandler{
        [held = std::forward<Handler>(handler)](error_code error, std::size_t) mutable { held(error); }});
}

namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using WebSocket = websocket::stream<Stream, false>;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t kReadPart = 64U << 10;
constexpr std::size_t kMaxWaitingMessages = 64;  // received and not asked for yet
constexpr std::chrono::seconds kCloseWait{5};    // for the outbox to empty and the peer to answer
constexpr int kSilentPings = 2;

/// One reader, one writer and one ticker; they share the fields below on the network thread.
/// A timer that never expires is the bell that wakes whoever waits for a change.
class Link final : public WebSocketLink, public std::enable_shared_from_this<Link> {
public:
    Link(Stream stream, WebSocketLimits limits)
        : stream_(stream),
          socket_(stream),
          limits_(limits),
          inboxBell_(stream.get_executor()),
          outboxBell_(stream.get_executor()),
          endBell_(stream.get_executor()),
          ticker_(stream.get_executor()),
          closeTimer_(stream.get_executor()) {
        for (auto* bell : {&inboxBell_, &outboxBell_, &endBell_}) bell->expires_at(kNever);
        socket_.read_message_max(limits.maxMessageBytes);
        socket_.auto_fragment(false);
        socket_.control_callback([this](websocket::frame_type, beast::string_view) { heard(); });
    }

    WebSocket& socket() { return socket_; }

    /// After the handshake.
    void start() {
        spawn(readAll());
        spawn(writeAll());
        spawn(tick());
    }

    asio::awaitable<Result<WebSocketMessage>> receive() override {
        const auto self = shared_from_this();
        for (;;) {
            if (isClosing_) co_return Error{ErrorKind::Cancelled, "the WebSocket was closed here"};
            if (!inbox_.empty()) {
                auto message = std::move(inbox_.front());
                inbox_.pop_front();
                inboxBytes_ -= message.data.size();
                inboxBell_.cancel();
                co_return message;
            }
            if (end_) co_return *end_;
            co_await inboxBell_.async_wait(kAsTuple);
        }
    }

    bool sendText(std::string text) override { return send({false, std::move(text)}); }
    bool sendBinary(std::string bytes) override { return send({true, std::move(bytes)}); }

    void close(std::uint16_t code, std::string reason) override {
        if (isClosing_ || end_) return;
        isClosing_ = true;
        closeCode_ = code;
        closeReason_ = std::move(reason);
        inbox_.clear();
        inboxBytes_ = 0;
        inboxBell_.cancel();
        outboxBell_.cancel();
        closeTimer_.expires_after(kCloseWait);
        closeTimer_.async_wait([weak = weak_from_this()](error_code error) {
            const auto self = weak.lock();
            if (!error && self) self->abort();
        });
    }

    std::uint16_t peerCloseCode() const override { return socket_.reason().code; }

    asio::awaitable<void> ended() override {
        const auto self = shared_from_this();
        while (running_ > 0) co_await endBell_.async_wait(kAsTuple);
    }

    void ping() override {
        if (isPinging_ || isClosing_ || end_) return;
        isPinging_ = true;
        ++running_;
        socket_.async_ping({}, [self = shared_from_this()](error_code) {
            self->isPinging_ = false;
            self->partEnded();
        });
    }
    std::uint64_t heardCount() const override { return heardCount_; }

    void abort() override { stream_.close(); }
    void breakLink() override { stream_.reset(); }
    void playDead() override { stream_.swallowWrites(); }

private:
    static constexpr auto kNever = asio::steady_timer::time_point::max();

    void spawn(asio::awaitable<void> part) {
        ++running_;
        asio::co_spawn(stream_.get_executor(), std::move(part),
                       [self = shared_from_this()](std::exception_ptr failure) {
                           if (failure) self->end({ErrorKind::Unreachable, "the WebSocket failed"});
                           self->partEnded();
                       });
    }

    void partEnded() {
        if (--running_ == 0) endBell_.cancel();
    }

    bool send(WebSocketMessage message) {
        if (isClosing_ || end_) return false;
        if (outboxBytes_ + message.data.size() > limits_.maxOutboxBytes) {
            // What waits is lost either way; the message under way has to be finished before a close frame.
            outbox_.resize(isWriting_ ? 1 : 0);
            close(websocket::close_code::try_again_later, "reads too slowly");
            return false;
        }
        outboxBytes_ += message.data.size();
        outbox_.push_back(std::move(message));
        outboxBell_.cancel();
        return true;
    }

    bool isInboxFull() const {
        return inbox_.size() >= kMaxWaitingMessages || inboxBytes_ > limits_.maxMessageBytes;
    }

    asio::awaitable<void> readAll() {
        beast::flat_buffer buffer;
        while (!end_) {
            if (isInboxFull()) {
                co_await inboxBell_.async_wait(kAsTuple);
                continue;
            }
            isReading_ = true;
            const auto [error, count] = co_await socket_.async_read_some(buffer, kReadPart, kAsTuple);
            isReading_ = false;
            if (!error) heard();
            if (error) {
                end(readFailure(error));
                co_return;
            }
            if (!socket_.is_message_done()) continue;
            if (!isClosing_) {
                inboxBytes_ += buffer.size();
                inbox_.push_back({socket_.got_binary(), beast::buffers_to_string(buffer.data())});
                inboxBell_.cancel();
            }
            buffer.clear();
        }
    }

    Error readFailure(error_code error) const {
        if (error == websocket::error::message_too_big)
            return {ErrorKind::BadMessage,
                    "a message of more than " + std::to_string(limits_.maxMessageBytes) + " bytes"};
        if (error == websocket::condition::protocol_violation)
            return {ErrorKind::BadMessage, "not the WebSocket protocol: " + error.message()};
        if (error == websocket::error::closed)
            return {ErrorKind::Cancelled,
                    "the peer closed the WebSocket: " + std::to_string(socket_.reason().code) + " " +
                        socket_.reason().reason.c_str()};
        if (isClosing_) return {ErrorKind::Cancelled, "the WebSocket was closed here"};
        if (isSilent_) return {ErrorKind::Unreachable, "the peer answers no pings"};
        return {ErrorKind::Unreachable, error.message()};
    }

    asio::awaitable<void> writeAll() {
        while (!end_) {
            if (!outbox_.empty()) {
                auto& message = outbox_.front();  // stays in place: others only append or cut off the rest
                socket_.binary(message.isBinary);
                isWriting_ = true;
                const auto [error, count] =
                    co_await socket_.async_write(asio::buffer(message.data), kAsTuple);
                isWriting_ = false;
                outboxBytes_ -= message.data.size();
                outbox_.pop_front();
                // The reader knows better why: it is told by the same broken link or close frame.
                if (error) co_return;
                continue;
            }
            if (isClosing_) {
                websocket::close_reason reason{static_cast<websocket::close_code>(closeCode_)};
                const auto fitting = cutUtf8(closeReason_, reason.reason.max_size());
                reason.reason.assign(fitting.data(), fitting.size());
                co_await socket_.async_close(reason, kAsTuple);
                end({ErrorKind::Cancelled, "the WebSocket was closed here"});
                co_return;
            }
            co_await outboxBell_.async_wait(kAsTuple);
        }
    }

    asio::awaitable<void> tick() {
        for (int silentTicks = 0; !end_;) {
            ticker_.expires_after(limits_.pingInterval);
            co_await ticker_.async_wait(kAsTuple);
            if (end_) co_return;
            // While nobody takes our messages nothing is read, pongs included: that silence is not the
            // peer's.
            if (hasHeard_ || !isReading_) {
                hasHeard_ = false;
                silentTicks = 0;
            } else if (++silentTicks > kSilentPings) {
                isSilent_ = true;
                abort();
                co_return;
            } else {
                ping();
            }
        }
    }

    void heard() {
        hasHeard_ = true;
        ++heardCount_;
    }

    void end(Error error) {
        if (end_) return;
        end_ = std::move(error);
        stream_.close();
        closeTimer_.cancel();
        ticker_.cancel();
        inboxBell_.cancel();
        outboxBell_.cancel();
    }

    Stream stream_;
    WebSocket socket_;
    const WebSocketLimits limits_;

    std::deque<WebSocketMessage> inbox_;
    std::size_t inboxBytes_ = 0;
    std::deque<WebSocketMessage> outbox_;  // the first one may be under way
    std::size_t outboxBytes_ = 0;
    bool isReading_ = false;
    bool isWriting_ = false;
    bool isPinging_ = false;
    bool hasHeard_ = false;  // since the last tick
    std::uint64_t heardCount_ = 0;
    bool isSilent_ = false;
    bool isClosing_ = false;  // by us
    std::uint16_t closeCode_ = 0;
    std::string closeReason_;
    std::optional<Error> end_;
    int running_ = 0;

    asio::steady_timer inboxBell_;
    asio::steady_timer outboxBell_;
    asio::steady_timer endBell_;
    asio::steady_timer ticker_;
    asio::steady_timer closeTimer_;
};

class OwnedLink final : public WebSocketConnection {
public:
    explicit OwnedLink(std::shared_ptr<WebSocketLink> link) : link_(std::move(link)) {}
    ~OwnedLink() override { link_->close(websocket::close_code::normal, ""); }
    asio::awaitable<Result<WebSocketMessage>> receive() override { return link_->receive(); }
    bool sendText(std::string text) override { return link_->sendText(std::move(text)); }
    bool sendBinary(std::string bytes) override { return link_->sendBinary(std::move(bytes)); }
    void close(std::uint16_t code, std::string reason) override { link_->close(code, std::move(reason)); }
    std::uint16_t peerCloseCode() const override { return link_->peerCloseCode(); }
    void ping() override { link_->ping(); }
    std::uint64_t heardCount() const override { return link_->heardCount(); }
    void breakLink() override { link_->breakLink(); }
    void playDead() override { link_->playDead(); }

private:
    std::shared_ptr<WebSocketLink> link_;
};

}  // namespace

asio::awaitable<Result<std::shared_ptr<WebSocketLink>>> acceptWebSocket(Stream stream, HttpRequest request,
                                                                        std::string serverName,
                                                                        WebSocketLimits limits) {
    beast::http::request<beast::http::empty_body> upgrade;
    upgrade.version(11);
    upgrade.method_string(request.method);
    upgrade.target(request.target);
    for (const auto& [name, value] : request.headers.all()) upgrade.insert(name, value);

    const auto link = std::make_shared<Link>(stream, limits);
    link->socket().set_option(websocket::stream_base::decorator{
        [serverName](websocket::response_type& response) { response.set("Server", serverName); }});
    const auto [error] = co_await link->socket().async_accept(upgrade, kAsTuple);
    if (error) co_return Error{ErrorKind::BadMessage, "WebSocket handshake: " + error.message()};
    link->start();
    co_return std::shared_ptr<WebSocketLink>{link};
}

asio::awaitable<Result<std::shared_ptr<WebSocketLink>>> requestWebSocket(Stream stream, std::string origin,
                                                                         std::string target, Headers headers,
                                                                         WebSocketLimits limits) {
    const auto link = std::make_shared<Link>(stream, limits);
    link->socket().set_option(websocket::stream_base::decorator{[headers](websocket::request_type& request) {
        request.set("User-Agent", "3cx-ninja");
        for (const auto& [name, value] : headers.all()) request.set(name, value);
    }});
    websocket::response_type response;
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    closeWhenCancelled(cancellation, stream);
    // The parts of the handshake would each put something in the place of that.
    auto unlistened =
        asio::as_tuple(asio::bind_cancellation_slot(asio::cancellation_slot{}, asio::use_awaitable));
    const auto [error] =
        co_await link->socket().async_handshake(response, origin, target, std::move(unlistened));
    if (error == websocket::error::upgrade_declined) {
        const auto status = response.result_int();
        const bool isKey = status == 401 || status == 403;
        co_return Error{isKey ? ErrorKind::Unauthorized : ErrorKind::Rejected,
                        origin + " answered " + std::to_string(status) + " instead of a WebSocket"};
    }
    if (error) co_return Error{ErrorKind::Unreachable, origin + ": WebSocket handshake: " + error.message()};
    link->start();
    co_return std::shared_ptr<WebSocketLink>{link};
}

std::shared_ptr<WebSocketConnection> closedWithOwner(std::shared_ptr<WebSocketLink> link) {
    return std::make_shared<OwnedLink>(std::move(link));
}

namespace {

using Connected = Result<std::shared_ptr<WebSocketConnection>>;

asio::awaitable<Connected> dialAndRequest(asio::any_io_executor executor, Url url,
                                          WebSocketClientOptions options) {
    std::shared_ptr<asio::ssl::context> context;
    if (url.isTls) {
        auto made = makeClientContext(options.tls);
        if (!made) co_return Error{ErrorKind::Unreachable, made.error().detail};
        context = std::move(*made);
    }
    const auto start = std::chrono::steady_clock::now();
    const AddressRule anyAddress;
    auto stream = co_await dial(executor, url, context, options.connectTimeout, anyAddress);
    if (!stream) co_return stream.error();

    const auto used =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    Deadline deadline{*stream, options.connectTimeout - used};
    const WebSocketLimits limits{options.pingInterval, options.maxMessageBytes, options.maxOutboxBytes};
    auto link = co_await requestWebSocket(*stream, url.origin, url.target, options.headers, limits);
    if (!link && deadline.hasExpired())
        co_return Error{ErrorKind::Unreachable, url.origin + ": no WebSocket handshake in time"};
    if (!link) co_return link.error();
    deadline.stop();
    co_return closedWithOwner(std::move(*link));
}

}  // namespace

asio::awaitable<Connected> connectWebSocket(asio::any_io_executor executor, WebSocketClientOptions options) {
    const auto url = parseUrl(options.url, "ws");
    if (!url) co_return Error{ErrorKind::Unreachable, url.error().detail};
    auto connecting = whenCancelled(Error{ErrorKind::Unreachable, url->origin + ": cancelled"},
                                    dialAndRequest(executor, *url, std::move(options)));
    co_return co_await std::move(connecting);
}

}  // namespace ninja3cx::net
