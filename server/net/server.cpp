#include "server/net/http.hpp"
#include "server/net/stream.hpp"
#include "server/net/target.hpp"
#include "server/net/web_socket.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace ninja3cx::net {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t kReadPart = 16U << 10;
constexpr std::uint32_t kMaxHeaderBytes = 32U << 10;
constexpr std::chrono::milliseconds kAcceptPause{100};  // after a failure such as "too many open files"

/// One connection, known to the server while it lives.
struct Session {
    explicit Session(Stream connected) : stream(std::move(connected)) {}

    Stream stream;
    beast::flat_buffer buffer;  // read and not used yet
    bool isIdle = true;         // waits for a request of which nothing has come
    std::shared_ptr<WebSocketLink> webSocket;
    asio::cancellation_signal
        handlerStop;  // only a handler's coroutine listens: ours ends by its closed stream
};

/// A request, or the status to refuse it with (0: just close).
struct Incoming {
    int refusal = 0;
    HttpRequest request;
    bool isKeepAlive = false;
    bool isUpgrade = false;
};

int refusalOf(error_code error) {
    if (error == http::error::body_limit) return 413;
    if (error == http::error::header_limit || error == http::error::buffer_overflow) return 431;
    if (error == http::error::bad_version) return 505;
    return 400;
}

/// A line break in a field would start another one.
std::string onOneLine(std::string text) {
    for (auto& c : text)
        if (c == '\r' || c == '\n' || c == '\0') c = ' ';
    return text;
}

std::string responseText(HttpResponse& response, bool isHead, bool isKeepAlive,
                         const std::string& serverName) {
    const bool hasNoBody = response.status == 204 || response.status == 304 || response.status / 100 == 1;
    response.headers.set("Server", serverName);
    response.headers.set("Connection", isKeepAlive ? "keep-alive" : "close");
    if (!hasNoBody) response.headers.set("Content-Length", std::to_string(response.body.size()));
    const auto reason = http::obsolete_reason(static_cast<http::status>(response.status));
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " " + std::string{reason} + "\r\n";
    for (const auto& [name, value] : response.headers.all())
        text += onOneLine(name) + ": " + onOneLine(value) + "\r\n";
    text += "\r\n";
    if (!isHead && !hasNoBody) text += response.body;
    return text;
}

Incoming toIncoming(http::request<http::string_body> message, const Stream& stream) {
    Incoming incoming;
    incoming.isKeepAlive = message.keep_alive();
    incoming.isUpgrade = beast::iequals(message[http::field::upgrade], "websocket") &&
                         http::token_list{message[http::field::connection]}.exists("upgrade");
    auto& request = incoming.request;
    request.method = std::string{message.method_string()};
    request.target = std::string{message.target()};
    auto target = parseTarget(request.target);
    if (!target) {
        incoming.refusal = 400;
        return incoming;
    }
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    for (const auto& field : message)
        request.headers.add(std::string{field.name_string()}, std::string{field.value()});
    request.body = std::move(message.body());
    request.remoteAddress = stream.remoteAddress();
    request.isTls = stream.isTls();
    return incoming;
}

std::shared_ptr<asio::ssl::context> makeServerContext(const ServerTls& tls) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    error_code failure;
    context->use_certificate_chain_file(tls.certificateFile.string(), failure);
    if (failure)
        throw std::runtime_error{"cannot use the certificate " + tls.certificateFile.string() + ": " +
                                 failure.message()};
    context->use_private_key_file(tls.keyFile.string(), asio::ssl::context::pem, failure);
    if (failure)
        throw std::runtime_error{"cannot use the key " + tls.keyFile.string() + ": " + failure.message()};
    return context;
}

tcp::acceptor listen(const asio::any_io_executor& executor, const ServerOptions& options) {
    const auto place = options.address + ":" + std::to_string(options.port);
    try {
        return tcp::acceptor{executor, tcp::endpoint{asio::ip::make_address(options.address), options.port}};
    } catch (const boost::system::system_error& failure) {
        throw std::runtime_error{"cannot listen on " + place + ": " + failure.code().message()};
    }
}

}  // namespace

/// Lives as long as the server object or one of its connections.
class HttpServer::Impl : public std::enable_shared_from_this<HttpServer::Impl> {
public:
    Impl(asio::any_io_executor executor, ServerOptions options, Router router)
        : executor_(executor),
          options_(std::move(options)),
          router_(std::move(router)),
          tls_(options_.tls ? makeServerContext(*options_.tls) : nullptr),
          acceptor_(listen(executor, options_)),
          port_(acceptor_.local_endpoint().port()),
          graceTimer_(executor),
          acceptPause_(executor),
          endBell_(executor) {
        endBell_.expires_at(asio::steady_timer::time_point::max());
    }

    std::uint16_t port() const { return port_; }

    asio::awaitable<void> run() {
        const auto self = shared_from_this();
        while (!isStopping_) {
            auto [error, socket] = co_await acceptor_.async_accept(kAsTuple);
            if (isStopping_) break;
            if (error) {
                report("cannot accept a connection: " + error.message());
                acceptPause_.expires_after(kAcceptPause);
                co_await acceptPause_.async_wait(kAsTuple);
                continue;
            }
            if (!hasRoom()) continue;
            error_code ignored;
            socket.set_option(tcp::no_delay{true}, ignored);
            start(std::make_shared<Session>(Stream{std::move(socket)}));
        }
        while (!sessions_.empty()) co_await endBell_.async_wait(kAsTuple);
        graceTimer_.cancel();
    }

    void stop(std::chrono::milliseconds grace) {
        if (isStopping_) return;
        isStopping_ = true;
        closeDoor();
        for (const auto& session : sessions_) {
            if (session->webSocket)
                session->webSocket->close(1001, "the server stops");
            else if (session->isIdle)
                session->stream.close();
        }
        graceTimer_.expires_after(grace);
        graceTimer_.async_wait([weak = weak_from_this()](error_code error) {
            const auto self = weak.lock();
            if (!error && self) self->abortAll();
        });
    }

    void abortAll() {
        isStopping_ = true;
        closeDoor();
        const auto sessions = sessions_;  // a session may end while it is told
        for (const auto& session : sessions) {
            session->stream.close();
            session->handlerStop.emit(asio::cancellation_type::terminal);
        }
    }

private:
    void report(const std::string& problem) const {
        if (options_.onProblem) options_.onProblem(problem);
    }

    HttpResponse refusal(int status) const {
        switch (status) {
            case 413:
                return router_.errorAnswer(
                    413, "the body is larger than " + std::to_string(options_.maxBodyBytes) + " bytes");
            case 431:
                return router_.errorAnswer(
                    431, "the header is larger than " + std::to_string(kMaxHeaderBytes) + " bytes");
            case 500:
                return router_.errorAnswer(500, "the server could not do this; its log says why");
            case 503:
                return router_.errorAnswer(503, "the server stops");
            case 505:
                return router_.errorAnswer(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
            default:
                return router_.errorAnswer(status, "this is no request that can be read");
        }
    }

    void closeDoor() {
        error_code ignored;
        acceptor_.close(ignored);
        acceptPause_.cancel();
    }

    bool hasRoom() {
        const bool isFull = sessions_.size() >= options_.maxConnections;
        if (isFull && !wasFull_)
            report("more than " + std::to_string(options_.maxConnections) +
                   " connections: new ones are closed");
        wasFull_ = isFull;
        return !isFull;
    }

    void start(std::shared_ptr<Session> session) {
        sessions_.insert(session);
        asio::co_spawn(executor_, serve(session),
                       [self = shared_from_this(), session](std::exception_ptr failure) {
                           if (failure) self->report("a connection failed unexpectedly");
                           session->stream.close();
                           self->sessions_.erase(session);
                           if (self->sessions_.empty()) self->endBell_.cancel();
                       });
    }

    asio::awaitable<void> serve(std::shared_ptr<Session> session) {
        const auto self = shared_from_this();
        if (tls_) {
            Deadline deadline{session->stream, options_.requestTimeout};
            const auto error = co_await session->stream.startTlsAsServer(tls_);
            if (error) {
                if (!isStopping_)
                    report("TLS handshake with " + session->stream.remoteAddress() + ": " + error.message());
                co_return;
            }
        }
        for (;;) {
            auto incoming = co_await read(session);
            if (!incoming) break;
            if (incoming->refusal != 0) {
                co_await answer(session, refusal(incoming->refusal), false, false);
                break;
            }
            if (incoming->isUpgrade) {
                const bool wasRefused =
                    co_await upgrade(session, std::move(incoming->request), incoming->isKeepAlive);
                if (!wasRefused) co_return;
                if (!incoming->isKeepAlive || isStopping_) break;
                continue;
            }
            const bool isHead = incoming->request.method == "HEAD";
            auto response = co_await handle(session, std::move(incoming->request));
            if (!co_await answer(session, std::move(response), isHead, incoming->isKeepAlive)) break;
        }
        co_await session->stream.finish();
    }

    /// The next request; nothing when the peer has gone.
    asio::awaitable<std::optional<Incoming>> read(std::shared_ptr<Session> session) {
        Deadline deadline{session->stream, options_.requestTimeout};
        auto& buffer = session->buffer;
        http::request_parser<http::string_body> parser;
        parser.eager(true);
        parser.header_limit(kMaxHeaderBytes);
        parser.body_limit(options_.maxBodyBytes);
        bool hasContinued = false;
        while (!parser.is_done()) {
            error_code error;
            if (buffer.size() > 0) buffer.consume(parser.put(buffer.data(), error));
            if (error && error != http::error::need_more) {
                Incoming refused;
                refused.refusal = refusalOf(error);
                co_return refused;
            }
            if (parser.is_done()) break;
            if (parser.is_header_done() && !hasContinued &&
                parser.get()[http::field::expect] == "100-continue") {
                hasContinued = true;
                const auto failure = co_await writeAll(session->stream, "HTTP/1.1 100 Continue\r\n\r\n",
                                                       options_.requestTimeout);
                if (failure) co_return std::nullopt;
            }
            session->isIdle = buffer.size() == 0 && !parser.got_some();
            if (session->isIdle && isStopping_) co_return std::nullopt;
            const auto [failure, count] = co_await session->stream.readSome(buffer.prepare(kReadPart));
            if (failure) co_return std::nullopt;
            buffer.commit(count);
        }
        session->isIdle = false;
        co_return toIncoming(parser.release(), session->stream);
    }

    /// False: nothing more on this connection.
    asio::awaitable<bool> answer(std::shared_ptr<Session> session, HttpResponse response, bool isHead,
                                 bool isKeepAlive) {
        isKeepAlive = isKeepAlive && !isStopping_;
        if (response.delivery == Delivery::Nothing) {
            session->stream.reset();
            co_return false;
        }
        auto text = responseText(response, isHead, isKeepAlive, options_.serverName);
        if (response.delivery == Delivery::HalfOfBody) {
            text.resize(text.size() - response.body.size() / 2 - 1);
            co_await writeAll(session->stream, std::move(text), options_.requestTimeout);
            co_return false;
        }
        if (response.bodyBytesPerSecond > 0) {
            co_await trickle(session, std::move(text), response.bodyBytesPerSecond);
            co_return false;
        }
        const auto error = co_await writeAll(session->stream, std::move(text), options_.requestTimeout);
        co_return !error && isKeepAlive;
    }

    /// The head at once, the body in pieces, at most ten in a second.
    asio::awaitable<void> trickle(std::shared_ptr<Session> session, std::string text,
                                  std::size_t bytesPerSecond) {
        const std::size_t piece = std::max<std::size_t>(bytesPerSecond / 10, 1);
        const std::chrono::milliseconds pause{1000 * piece / bytesPerSecond};
        asio::steady_timer timer{executor_};
        std::size_t sent = 0;
        std::size_t end = text.find("\r\n\r\n") + 4;
        while (!isStopping_) {
            std::string part = text.substr(sent, end - sent);
            if (co_await writeAll(session->stream, std::move(part), options_.requestTimeout)) co_return;
            if (end == text.size()) co_return;
            sent = end;
            end = std::min(end + piece, text.size());
            timer.expires_after(pause);
            co_await timer.async_wait(kAsTuple);
        }
    }

    asio::awaitable<HttpResponse> handle(std::shared_ptr<Session> session, HttpRequest request) {
        try {
            co_return co_await asio::co_spawn(
                executor_, router_.handle(std::move(request)),
                asio::bind_cancellation_slot(session->handlerStop.slot(), asio::use_awaitable));
        } catch (const std::exception& failure) {
            if (!isStopping_) report(std::string{"a request failed: "} + failure.what());
        }
        co_return refusal(isStopping_ ? 503 : 500);
    }

    /// True when it was refused, with an ordinary answer.
    asio::awaitable<bool> upgrade(std::shared_ptr<Session> session, HttpRequest request, bool isKeepAlive) {
        const auto* const route = router_.webSocketFor(request);
        std::optional<HttpResponse> refused;
        if (!route)
            refused = co_await handle(session, request);
        else if (route->gate)
            refused = route->gate(request);
        if (!refused && (isStopping_ || session->buffer.size() > 0))
            refused = refusal(isStopping_ ? 503 : 400);
        if (refused) {
            co_await answer(session, std::move(*refused), false, isKeepAlive);
            co_return true;
        }
        Deadline deadline{session->stream, options_.requestTimeout};
        const WebSocketLimits limits{options_.pingInterval, options_.maxMessageBytes,
                                     options_.maxOutboxBytes};
        auto link = co_await acceptWebSocket(session->stream, request, options_.serverName, limits);
        deadline.stop();
        if (!link) co_return false;
        session->webSocket = *link;
        if (isStopping_) session->webSocket->close(1001, "the server stops");
        try {
            co_await asio::co_spawn(
                executor_, route->handler(std::move(request), session->webSocket),
                asio::bind_cancellation_slot(session->handlerStop.slot(), asio::use_awaitable));
        } catch (const std::exception& failure) {
            if (!isStopping_) report(std::string{"a WebSocket handler failed: "} + failure.what());
            session->webSocket->close(1011, "");
        }
        session->webSocket->close(1000, "");
        co_await session->webSocket->ended();
        co_return false;
    }

    const asio::any_io_executor executor_;
    const ServerOptions options_;
    const Router router_;
    const std::shared_ptr<asio::ssl::context> tls_;
    tcp::acceptor acceptor_;
    const std::uint16_t port_;
    std::set<std::shared_ptr<Session>> sessions_;
    bool isStopping_ = false;
    bool wasFull_ = false;
    asio::steady_timer graceTimer_;
    asio::steady_timer acceptPause_;
    asio::steady_timer endBell_;
};

HttpServer::HttpServer(asio::any_io_executor executor, ServerOptions options, Router router)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(options), std::move(router))) {}

HttpServer::~HttpServer() {
    impl_->abortAll();
}

std::uint16_t HttpServer::port() const {
    return impl_->port();
}

asio::awaitable<void> HttpServer::run() {
    return impl_->run();
}

void HttpServer::stop(std::chrono::milliseconds grace) {
    impl_->stop(grace);
}

}  // namespace ninja3cx::net
