#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ninja3cx::net {

namespace asio = boost::asio;
using boost::system::error_code;

/// Whoever waits for one read or write. One type for all of them, so that the code of Asio's sockets and
/// OpenSSL streams is made once, in stream.cpp. It is called on the network thread, never from inside the
/// call that starts.
class IoHandler {
public:
    template <class Handler>
        requires(!std::is_same_v<std::decay_t<Handler>, IoHandler>)
    // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): `requires` is what the check asks for
    explicit IoHandler(Handler&& handler)
        : waiting_(std::make_unique<Waiting<std::decay_t<Handler>>>(std::forward<Handler>(handler))) {}

    void operator()(error_code error, std::size_t count = 0) {
        const auto waiting = std::move(waiting_);
        waiting->complete(error, count);
    }

private:
    struct Base {
        virtual ~Base() = default;
        virtual void complete(error_code error, std::size_t count) = 0;
    };
    template <class Handler>
    struct Waiting final : Base {
        explicit Waiting(Handler held) : handler(std::move(held)) {}
        void complete(error_code error, std::size_t count) override { std::move(handler)(error, count); }
        Handler handler;
    };
    std::unique_ptr<Base> waiting_;
};

/// A TCP connection, with TLS or without: the same type for both. A handle: copies are the same connection,
/// which lives as long as one of them or a read or write does. Works as a Beast AsyncStream. `close` ends
/// whatever is under way.
class Stream {
public:
    using executor_type = asio::any_io_executor;
    using ReadBuffers = std::array<asio::mutable_buffer, 4>;
    using WriteBuffers = std::array<asio::const_buffer, 4>;

    explicit Stream(asio::ip::tcp::socket socket);
    executor_type get_executor() const;

    asio::awaitable<error_code> connect(asio::ip::tcp::endpoint endpoint);
    asio::awaitable<error_code> startTlsAsServer(std::shared_ptr<asio::ssl::context> context);
    /// Checks that the certificate is for `host` when the context verifies at all.
    asio::awaitable<error_code> startTlsAsClient(std::shared_ptr<asio::ssl::context> context,
                                                 std::string host);
    /// Why the client's handshake found the server's certificate unfit: OpenSSL's X509_V_ERR_…, X509_V_OK where it was not
    /// that; and the names that the certificate has ("pbx.example, 10.0.0.5").
    struct Distrust {
        int error = 0;
        std::string names = {};
    };
    const Distrust& distrust() const;
    bool isTls() const;
    std::string remoteAddress() const;  // without port; empty when the link is gone

    asio::awaitable<std::pair<error_code, std::size_t>> readSome(asio::mutable_buffer buffer);
    asio::awaitable<std::pair<error_code, std::size_t>> writeSome(asio::const_buffer buffer);
    /// Says goodbye (TLS close_notify, end of stream) and reads away what the peer still sends, for two
    /// seconds at most: closing over unread bytes would reset the link and may take our last answer with it.
    asio::awaitable<void> finish();
    void close();
    /// Closes so that the peer sees a reset link.
    void reset();
    /// From now on everything written vanishes.
    void swallowWrites();

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [self = *this, first = firstOf<ReadBuffers>(buffers)](auto handler) mutable {
                self.startRead(first, IoHandler{std::move(handler)});
            },
            token);
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [self = *this, first = firstOf<WriteBuffers>(buffers)](auto handler) mutable {
                self.startWrite(first, IoHandler{std::move(handler)});
            },
            token);
    }
    void startRead(const ReadBuffers& buffers, IoHandler handler);
    void startWrite(const WriteBuffers& buffers, IoHandler handler);
    void startFinish(IoHandler handler);

private:
    struct State;

    /// As many as fit; a partial read or write is always allowed.
    template <class Few, class Buffers>
    static Few firstOf(const Buffers& buffers) {
        Few few{};
        std::size_t count = 0;
        const auto end = asio::buffer_sequence_end(buffers);
        for (auto it = asio::buffer_sequence_begin(buffers); it != end && count < few.size(); ++it) {
            const typename Few::value_type buffer{*it};
            if (buffer.size() > 0) few[count++] = buffer;
        }
        return few;
    }

    std::shared_ptr<State> state_;
};

/// Closes the stream if the coroutine is cancelled during its next wait: reads and writes cannot be called off
/// otherwise. Give it `this_coro::cancellation_state`; Asio forgets it when that wait has ended.
inline void closeWhenCancelled(const asio::cancellation_state& state, Stream stream) {
    auto slot = state.slot();
    if (slot.is_connected())
        slot.assign([stream = std::move(stream)](asio::cancellation_type) mutable { stream.close(); });
}

/// Closes a stream when time is up, which ends the reads and writes that wait on it.
class Deadline {
public:
    Deadline(Stream stream, std::chrono::milliseconds after);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    void restart(std::chrono::milliseconds after);
    void stop();
    bool hasExpired() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

/// Writes all of it; each part gets `patience` again, so that a slow peer may take long but not forever.
asio::awaitable<error_code> writeAll(Stream stream, std::string bytes, std::chrono::milliseconds patience);

}  // namespace ninja3cx::net
