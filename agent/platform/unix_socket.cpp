#include "agent/platform/unix_socket.hpp"

#include "shared/core/files.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>

namespace ninja3cx::agent {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::local::stream_protocol;

constexpr std::size_t kMaxAnswerBytes = 64U << 10;
constexpr int kBacklog = 8;
constexpr std::chrono::seconds kPause{1};

Error systemError(const fs::path& path) {
    return {ErrorKind::Io, path.string() + ": " + std::strerror(errno)};
}

/// An address has room for a short path only: it is reached through its folder, which is held open.
struct Address {
    FileDescriptor folder;
    sockaddr_un name{};
};

Result<Address> addressOf(const fs::path& path) {
    const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path{"."};
    Address address{FileDescriptor{::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)}};
    if (!address.folder.isOpen()) return systemError(parent);
    const std::string reached =
        "/proc/self/fd/" + std::to_string(address.folder.get()) + "/" + path.filename().string();
    if (reached.size() >= sizeof address.name.sun_path)
        return Error{ErrorKind::BadMessage, path.string() + ": the name is too long for a socket"};
    address.name.sun_family = AF_UNIX;
    reached.copy(address.name.sun_path, reached.size());
    return address;
}

FileDescriptor newSocket() {
    return FileDescriptor{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
}

bool connectTo(const FileDescriptor& socket, const Address& address) {
    return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address.name), sizeof address.name) ==
           0;
}

/// A socket that an earlier run left behind may be replaced; anything else stays.
Result<void> checkFree(const fs::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return {};
    if (!S_ISSOCK(status.st_mode))
        return Error{ErrorKind::Conflict, path.string() + ": there is a file, no socket"};
    const auto address = addressOf(path);
    if (!address) return address.error();
    const FileDescriptor probe = newSocket();
    if (connectTo(probe, *address))
        return Error{ErrorKind::Conflict, path.string() + ": another program listens there"};
    return {};
}

/// It gets its name once it listens: who waits for the name finds somebody there.
Result<FileDescriptor> listenAt(const fs::path& path) {
    if (const auto free = checkFree(path); !free) return free.error();
    fs::path made = path;
    made += ".new";
    const auto address = addressOf(made);
    if (!address) return address.error();
    (void)::unlink(made.c_str());  // left by a run that was killed
    FileDescriptor socket = newSocket();
    // Nobody can connect before `listen`: the mode is right by then.
    if (!socket.isOpen() ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address->name), sizeof address->name) != 0 ||
        ::chmod(made.c_str(), 0600) != 0 || ::listen(socket.get(), kBacklog) != 0 ||
        ::rename(made.c_str(), path.c_str()) != 0) {
        const Error why = systemError(path);
        (void)::unlink(made.c_str());
        return why;
    }
    return socket;
}

bool isOfThisAccount(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

/// One program that connected. Kept alive by what it waits for.
struct Connection : std::enable_shared_from_this<Connection> {
    Connection(stream_protocol::socket peer, const asio::any_io_executor& executor)
        : socket(std::move(peer)), deadline(executor) {}

    stream_protocol::socket socket;
    asio::steady_timer deadline;
    std::array<char, 4096> read{};
    std::string writing;
    std::string waiting;
    bool isClosing = false;
};

class UnixSocketServer final : public PipeServer {
public:
    UnixSocketServer(asio::any_io_executor executor, UnixSocketOptions options, Handlers handlers)
        : executor_(executor),
          options_(std::move(options)),
          handlers_(std::move(handlers)),
          acceptor_(executor),
          pause_(executor) {}
    ~UnixSocketServer() override {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        *isGone_ = true;
        for (auto& [id, connection] : connections_) shut(*connection);
        if (isListening_) ::unlink(options_.path.c_str());
    }

    Result<void> open() {
        auto socket = listenAt(options_.path);
        if (!socket) return socket.error();
        boost::system::error_code failure;
        acceptor_.assign(stream_protocol{}, ::dup(socket->get()), failure);
        if (failure) return Error{ErrorKind::Io, options_.path.string() + ": " + failure.message()};
        isListening_ = true;
        accept();
        return {};
    }

    void send(ConnectionId id, std::string bytes) override {
        const auto found = connections_.find(id);
        if (found == connections_.end() || found->second->isClosing) return;
        Connection& connection = *found->second;
        connection.waiting += bytes;
        if (connection.waiting.size() > kMaxUnreadBytes) return drop(id);
        write(id, connection);
    }

    void close(ConnectionId id) override {
        const auto found = connections_.find(id);
        if (found == connections_.end()) return;
        found->second->isClosing = true;
        if (found->second->writing.empty()) drop(id);
    }

private:
    static void shut(Connection& connection) {
        boost::system::error_code ignored;
        connection.deadline.cancel();
        connection.socket.close(ignored);
    }

    /// What happens to this object alone: not called when it has gone.
    template <class F>
    auto here(F work) {
        return [isGone = isGone_, work = std::move(work)](auto&&... arguments) mutable {
            if (!*isGone) work(std::forward<decltype(arguments)>(arguments)...);
        };
    }

    void accept() {
        acceptor_.async_accept(here([this](boost::system::error_code failure, stream_protocol::socket peer) {
            if (failure == asio::error::operation_aborted) return;
            if (failure) return acceptLater();
            if (isOfThisAccount(peer.native_handle()) && connections_.size() < options_.maxConnections)
                begin(std::move(peer));
            accept();
        }));
    }

    /// The system is out of something, as a rule of file descriptors.
    void acceptLater() {
        pause_.expires_after(kPause);
        pause_.async_wait(here([this](boost::system::error_code failure) {
            if (!failure) accept();
        }));
    }

    void begin(stream_protocol::socket peer) {
        const ConnectionId id = ++lastId_;
        const auto connection = std::make_shared<Connection>(std::move(peer), executor_);
        connections_.emplace(id, connection);
        if (options_.longest) {
            connection->deadline.expires_after(*options_.longest);
            connection->deadline.async_wait(here([this, id](boost::system::error_code failure) {
                if (!failure) drop(id);
            }));
        }
        if (handlers_.onOpened) handlers_.onOpened(id);
        read(id, connection);
    }

    void read(ConnectionId id, const std::shared_ptr<Connection>& connection) {
        connection->socket.async_read_some(
            asio::buffer(connection->read),
            here([this, id, connection](boost::system::error_code failure, std::size_t bytes) {
                if (failure) return drop(id);
                if (handlers_.onBytes) handlers_.onBytes(id, {connection->read.data(), bytes});
                if (connections_.contains(id)) read(id, connection);
            }));
    }

    void write(ConnectionId id, Connection& connection) {
        if (!connection.writing.empty() || connection.waiting.empty()) return;
        connection.writing.swap(connection.waiting);
        asio::async_write(connection.socket, asio::buffer(connection.writing),
                          here([this, id, held = connection.shared_from_this()](
                                   boost::system::error_code failure, std::size_t) {
                              held->writing.clear();
                              if (failure) return drop(id);
                              write(id, *held);
                              if (held->isClosing && held->writing.empty()) drop(id);
                          }));
    }

    void drop(ConnectionId id) {
        const auto found = connections_.find(id);
        if (found == connections_.end()) return;
        const auto connection = found->second;
        connections_.erase(found);
        shut(*connection);
        if (handlers_.onClosed) handlers_.onClosed(id);
    }

    asio::any_io_executor executor_;
    UnixSocketOptions options_;
    Handlers handlers_;
    stream_protocol::acceptor acceptor_;
    asio::steady_timer pause_;
    std::map<ConnectionId, std::shared_ptr<Connection>> connections_;
    ConnectionId lastId_ = 0;
    bool isListening_ = false;
    std::shared_ptr<bool> isGone_ = std::make_shared<bool>(false);
};

/// False: time is up. `events`: POLLIN or POLLOUT.
bool waitFor(int socket, short events, std::chrono::steady_clock::time_point until) {
    pollfd waited{socket, events, 0};
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        const int ready = ::poll(&waited, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

}  // namespace

Result<std::unique_ptr<PipeServer>> serveUnixSocket(asio::any_io_executor executor, UnixSocketOptions options,
                                                    PipeServer::Handlers handlers) {
    auto server = std::make_unique<UnixSocketServer>(executor, std::move(options), std::move(handlers));
    if (const auto opened = server->open(); !opened) return opened.error();
    return std::unique_ptr<PipeServer>{std::move(server)};
}

Result<std::string> askUnixSocket(const fs::path& path, std::string_view request,
                                  std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    const auto address = addressOf(path);
    if (!address) return Error{ErrorKind::Unreachable, address.error().detail};
    const FileDescriptor socket = newSocket();
    const timeval patience{limit.count() / 1000, limit.count() % 1000 * 1000};
    (void)::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);  // for connect
    if (!connectTo(socket, *address))
        return Error{ErrorKind::Unreachable, path.string() + ": " + std::strerror(errno)};
    while (!request.empty()) {
        const ssize_t sent = ::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL);
        if (sent <= 0) return Error{ErrorKind::TimedOut, path.string() + ": " + std::strerror(errno)};
        request.remove_prefix(static_cast<std::size_t>(sent));
    }
    std::string answer;
    std::array<char, 1024> piece{};
    while (answer.find('\n') == std::string::npos && answer.size() < kMaxAnswerBytes) {
        if (!waitFor(socket.get(), POLLIN, until))
            return Error{ErrorKind::TimedOut, path.string() + ": no answer in time"};
        const ssize_t got = ::recv(socket.get(), piece.data(), piece.size(), 0);
        if (got < 0) return systemError(path);
        if (got == 0) break;
        answer.append(piece.data(), static_cast<std::size_t>(got));
    }
    return answer.substr(0, answer.find('\n'));
}

}  // namespace ninja3cx::agent
