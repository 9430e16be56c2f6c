#include "agent/app/single_instance.hpp"

#include "agent/app/local_sources.hpp"
#include "agent/platform/unix_socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ninja3cx::agent {
namespace {

using Moment = std::chrono::steady_clock::time_point;

/// The system tells of a file's closing a moment before it lets go of the file's lock.
constexpr std::chrono::milliseconds kLetsGo{20};

FileDescriptor openLock(const std::filesystem::path& folder) {
    return FileDescriptor{::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
}

/// Wakes who waits when the running agent may have ended (its lock is closed) or begun to listen (its socket gets its name).
class FolderEvents {
public:
    explicit FolderEvents(const std::filesystem::path& folder)
        : events_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        (void)::inotify_add_watch(events_.get(), folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);
    }

    /// False: time is up. So it is where the system has no more watches to give.
    bool waitUntil(Moment until) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd waited{events_.get(), POLLIN, 0};
        if (::poll(&waited, 1, static_cast<int>(std::max<std::int64_t>(0, left.count()))) <= 0) return false;
        alignas(inotify_event) std::array<char, 4096> seen{};
        while (::read(events_.get(), seen.data(), seen.size()) > 0) continue;
        return true;
    }

private:
    FileDescriptor events_;
};

}  // namespace

std::optional<FolderLock> FolderLock::take(FileDescriptor& file) {
    if (!file.isOpen() || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
    return FolderLock{std::move(file)};
}

std::optional<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    FileDescriptor file = openLock(folder);
    return take(file);
}

Result<RingStart> ringOrStart(const std::filesystem::path& folder, const Caller& caller,
                              std::chrono::milliseconds limit) {
    const Moment until = std::chrono::steady_clock::now() + limit;
    FolderEvents events{folder};             // before the first look, so that nothing is missed
    FileDescriptor file = openLock(folder);  // once: to close it would wake us
    Moment nextLook = until;
    for (bool isLast = false;;) {
        if (auto lock = FolderLock::take(file)) return RingStart{std::move(lock)};
        const auto answer = askUnixSocket(handOverPlace(folder), encodeHandOver(caller), limit);
        if (answer && isTakenBy(*answer)) return RingStart{};
        // Nothing is said twice to one that may have heard it.
        if (answer || answer.error().kind != ErrorKind::Unreachable)
            return Error{ErrorKind::Rejected,
                         answer ? "it answered that it did not take the call" : answer.error().detail};
        if (isLast) return answer.error();
        const bool isNews = events.waitUntil(nextLook);
        isLast = !isNews && nextLook == until;
        nextLook = isNews ? std::min(until, std::chrono::steady_clock::now() + kLetsGo) : until;
    }
}

}  // namespace ninja3cx::agent
