#include "agent/app/single_instance.hpp"

#include "agent/app/local_sources.hpp"
#include "agent/platform/unix_socket.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <thread>
#include <utility>

namespace ninja3cx::agent {
namespace {

constexpr std::chrono::milliseconds kBetweenTries{50};

}  // namespace

std::optional<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    FileDescriptor file{::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!file.isOpen() || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
    return FolderLock{std::move(file)};
}

Result<RingStart> ringOrStart(const std::filesystem::path& folder, const Caller& caller,
                              std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (true) {
        if (auto lock = FolderLock::take(folder)) return RingStart{std::move(lock)};
        const auto answer = askUnixSocket(handOverPlace(folder), encodeHandOver(caller), limit);
        if (answer && isTakenBy(*answer)) return RingStart{};
        // Nothing is said twice to one that may have heard it.
        if (answer || answer.error().kind != ErrorKind::Unreachable)
            return Error{ErrorKind::Rejected,
                         answer ? "it answered that it did not take the call" : answer.error().detail};
        if (std::chrono::steady_clock::now() >= until) return answer.error();
        std::this_thread::sleep_for(kBetweenTries);
    }
}

}  // namespace ninja3cx::agent
