#include "server/net/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace ninja3cx::net {
namespace {

using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket&>;

constexpr std::size_t kWritePart = 64U << 10;
constexpr std::chrono::seconds kFarewell{2};
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

bool isIpAddress(const std::string& host) {
    error_code failure;
    asio::ip::make_address(host, failure);
    return !failure;
}

/// At most so many; a certificate may have hundreds.
constexpr int kNamesShown = 5;

std::string namesOf(X509* certificate) {
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all{
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free};
    std::string names;
    const int count = all ? std::min(sk_GENERAL_NAME_num(all.get()), kNamesShown) : 0;
    for (int at = 0; at < count; ++at) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(all.get(), at);
        if (name->type != GEN_DNS) continue;
        const std::string text{reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                               static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName))};
        names += (names.empty() ? "" : ", ") + text;
    }
    return names;
}

}  // namespace

struct Stream::State {
    explicit State(tcp::socket connected) : socket(std::move(connected)) {}

    tcp::socket socket;
    std::shared_ptr<asio::ssl::context> context;  // outlives `tls`
    std::optional<TlsStream> tls;
    bool swallowsWrites = false;
    Distrust distrust;

    void close() {
        error_code ignored;
        socket.close(ignored);
    }
};

Stream::Stream(tcp::socket socket) : state_(std::make_shared<State>(std::move(socket))) {}

Stream::executor_type Stream::get_executor() const {
    return state_->socket.get_executor();
}

asio::awaitable<error_code> Stream::connect(tcp::endpoint endpoint) {
    const auto state = state_;
    error_code failure;
    state->socket.open(endpoint.protocol(), failure);
    if (failure) co_return failure;
    const auto [error] = co_await state->socket.async_connect(endpoint, kAsTuple);
    if (!error) state->socket.set_option(tcp::no_delay{true}, failure);
    co_return error;
}

asio::awaitable<error_code> Stream::startTlsAsServer(std::shared_ptr<asio::ssl::context> context) {
    const auto state = state_;
    state->context = std::move(context);
    state->tls.emplace(state->socket, *state->context);
    const auto [error] = co_await state->tls->async_handshake(TlsStream::server, kAsTuple);
    co_return error;
}

asio::awaitable<error_code> Stream::startTlsAsClient(std::shared_ptr<asio::ssl::context> context,
                                                     std::string host) {
    const auto state = state_;
    state->context = std::move(context);
    state->tls.emplace(state->socket, *state->context);
    auto* const handle = state->tls->native_handle();
    if (!isIpAddress(host)) SSL_set_tlsext_host_name(handle, host.c_str());
    error_code failure;
    if (SSL_get_verify_mode(handle) != SSL_VERIFY_NONE) {
        X509_VERIFY_PARAM* const rules = SSL_get0_param(handle);
        const bool isSet = isIpAddress(host)
                               ? X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1
                               : X509_VERIFY_PARAM_set1_host(rules, host.data(), host.size()) == 1;
        if (!isSet) co_return asio::error::make_error_code(asio::error::invalid_argument);
        state->tls->set_verify_callback(
            [state = state.get()](bool isFine, asio::ssl::verify_context& found) {
                if (!isFine && state->distrust.error == X509_V_OK) {
                    X509_STORE_CTX* const context = found.native_handle();
                    state->distrust.error = X509_STORE_CTX_get_error(context);
                    if (X509* const certificate = X509_STORE_CTX_get0_cert(context))
                        state->distrust.names = namesOf(certificate);
                }
                return isFine;
            },
            failure);
        if (failure) co_return failure;
    }
    const auto [error] = co_await state->tls->async_handshake(TlsStream::client, kAsTuple);
    co_return error;
}

const Stream::Distrust& Stream::distrust() const {
    return state_->distrust;
}

bool Stream::isTls() const {
    return state_->tls.has_value();
}

std::string Stream::remoteAddress() const {
    error_code failure;
    const auto endpoint = state_->socket.remote_endpoint(failure);
    return failure ? std::string{} : endpoint.address().to_string();
}

asio::awaitable<std::pair<error_code, std::size_t>> Stream::readSome(asio::mutable_buffer buffer) {
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    closeWhenCancelled(cancellation, *this);
    const auto [error, count] = co_await async_read_some(buffer, kAsTuple);
    co_return std::pair{error, count};
}

asio::awaitable<std::pair<error_code, std::size_t>> Stream::writeSome(asio::const_buffer buffer) {
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    closeWhenCancelled(cancellation, *this);
    const auto [error, count] = co_await async_write_some(buffer, kAsTuple);
    co_return std::pair{error, count};
}

namespace {

/// g++ 12 destroys a lambda's captures twice when the lambda stands in a co_await expression: it stands here.
template <class Token>
auto asyncFinish(Stream stream, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [stream](auto handler) mutable { stream.startFinish(IoHandler{std::move(handler)}); }, token);
}

}  // namespace

asio::awaitable<void> Stream::finish() {
    co_await asyncFinish(*this, kAsTuple);
}

void Stream::close() {
    state_->close();
}

void Stream::reset() {
    error_code ignored;
    state_->socket.set_option(tcp::socket::linger{true, 0}, ignored);
    state_->close();
}

void Stream::swallowWrites() {
    state_->swallowsWrites = true;
}

void Stream::startRead(const ReadBuffers& buffers, IoHandler handler) {
    auto whenRead = [state = state_, handler = std::move(handler)](
                        error_code error, std::size_t count) mutable { handler(error, count); };
    if (state_->tls)
        state_->tls->async_read_some(buffers, std::move(whenRead));
    else
        state_->socket.async_read_some(buffers, std::move(whenRead));
}

void Stream::startWrite(const WriteBuffers& buffers, IoHandler handler) {
    auto whenWritten = [state = state_, handler = std::move(handler)](
                           error_code error, std::size_t count) mutable { handler(error, count); };
    if (state_->swallowsWrites)
        asio::post(get_executor(),
                   [whenWritten = std::move(whenWritten), count = asio::buffer_size(buffers)]() mutable {
                       whenWritten({}, count);
                   });
    else if (state_->tls)
        state_->tls->async_write_some(buffers, std::move(whenWritten));
    else
        state_->socket.async_write_some(buffers, std::move(whenWritten));
}

namespace {

/// The end of a connection, see Stream::finish.
struct Farewell : std::enable_shared_from_this<Farewell> {
    Farewell(tcp::socket& closing, std::shared_ptr<void> keepAlive, IoHandler handler)
        : socket(closing),
          owner(std::move(keepAlive)),
          done(std::move(handler)),
          timer(closing.get_executor()) {}

    tcp::socket& socket;
    std::shared_ptr<void> owner;
    IoHandler done;
    asio::steady_timer timer;
    std::array<char, 4096> scratch{};

    void startTimer() {
        timer.expires_after(kFarewell);
        timer.async_wait([self = shared_from_this()](error_code error) {
            error_code ignored;
            if (!error) self->socket.close(ignored);
        });
    }
    void sendEnd() {
        error_code ignored;
        socket.shutdown(tcp::socket::shutdown_send, ignored);
        drain();
    }
    void drain() {
        socket.async_read_some(asio::buffer(scratch),
                               [self = shared_from_this()](error_code error, std::size_t) {
                                   if (!error) return self->drain();
                                   self->timer.cancel();
                                   error_code ignored;
                                   self->socket.close(ignored);
                                   self->done(error_code{});
                               });
    }
};

}  // namespace

void Stream::startFinish(IoHandler handler) {
    const auto farewell = std::make_shared<Farewell>(state_->socket, state_, std::move(handler));
    farewell->startTimer();
    if (state_->tls)
        state_->tls->async_shutdown([farewell](error_code) { farewell->sendEnd(); });
    else
        farewell->sendEnd();
}

struct Deadline::State : std::enable_shared_from_this<Deadline::State> {
    explicit State(Stream watched) : stream(std::move(watched)), timer(stream.get_executor()) {}

    Stream stream;
    asio::steady_timer timer;
    bool isExpired = false;

    void start(std::chrono::milliseconds after) {
        timer.expires_after(after);
        timer.async_wait([weak = weak_from_this()](error_code error) {
            const auto self = weak.lock();
            // A wait that had ended just before it was restarted arrives without an error.
            if (error || !self || self->timer.expiry() > asio::steady_timer::clock_type::now()) return;
            self->isExpired = true;
            self->stream.close();
        });
    }
};

Deadline::Deadline(Stream stream, std::chrono::milliseconds after)
    : state_(std::make_shared<State>(std::move(stream))) {
    state_->start(after);
}
Deadline::~Deadline() {
    stop();
}
void Deadline::restart(std::chrono::milliseconds after) {
    state_->start(after);
}
void Deadline::stop() {
    state_->timer.expires_at(asio::steady_timer::time_point::max());
}
bool Deadline::hasExpired() const {
    return state_->isExpired;
}

asio::awaitable<error_code> writeAll(Stream stream, std::string bytes, std::chrono::milliseconds patience) {
    Deadline deadline{stream, patience};
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const auto part = asio::buffer(rest.data(), std::min(rest.size(), kWritePart));
        const auto [error, count] = co_await stream.writeSome(part);
        if (error) co_return error;
        rest.remove_prefix(count);
        deadline.restart(patience);
    }
    co_return error_code{};
}

}  // namespace ninja3cx::net
