#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ninja3cx::agent {

/// A place on this computer where programs of this account connect: a Unix socket, or a named pipe of Windows
/// (unix_socket.hpp, windows/named_pipe.hpp). No Boost here: the Windows side is compiled without it.
///
/// Threads: handlers are called on one thread, that of the executor, or the one that is posted to.
class PipeServer {
public:
    using ConnectionId = std::uint64_t;

    struct Handlers {
        std::function<void(ConnectionId)> onOpened;
        std::function<void(ConnectionId, std::string_view bytes)> onBytes;  // a stream: no borders
        std::function<void(ConnectionId)> onClosed;
    };

    /// What one connection may leave unread before it is closed.
    static constexpr std::size_t kMaxUnreadBytes = 256U << 10;

    /// Closes everything; no handler is called any more. Not from within a handler.
    virtual ~PipeServer() = default;
    /// To one that has gone, or is closed: nothing.
    virtual void send(ConnectionId connection, std::string bytes) = 0;
    /// After what was sent before has been taken. A named pipe waits until the program hangs up, for 5 s at most.
    virtual void close(ConnectionId connection) = 0;
};

}  // namespace ninja3cx::agent
