#include "bench/programs/child_process.hpp"

#include "bench/programs/pause.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

namespace ninja3cx::bench {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto kLook = 10ms;

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

Error failed(const std::string& what) {
    return Error{ErrorKind::Io, what + ": " + std::strerror(errno)};
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const Start& start) {
    std::vector<std::string> words{start.program.string()};
    words.insert(words.end(), start.arguments.begin(), start.arguments.end());
    std::vector<std::string> environment = start.environment;
    const std::vector<char*> argv = pointersTo(words);
    const std::vector<char*> envp = pointersTo(environment);
    const std::string folder = start.folder.string();
    const std::string errors = start.errors.string();
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return failed("no pipe");
    const pid_t parent = ::getpid();
    const pid_t process = ::fork();
    if (process < 0) {
        ::close(pipe[0]);
        ::close(pipe[1]);
        return failed("cannot start " + words[0]);
    }
    if (process == 0) {  // only what is safe between fork and exec
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int log = ::open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        const int nothing = ::open("/dev/null", O_RDONLY);
        const bool isReady = ::getppid() == parent && log >= 0 && nothing >= 0 && ::dup2(nothing, 0) == 0 &&
                             ::dup2(pipe[1], 1) == 1 && ::dup2(log, 2) == 2 && ::chdir(folder.c_str()) == 0;
        ::close_range(3, ~0U, 0);  // our sockets are not its
        if (isReady) ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(pipe[1]);
    ::fcntl(pipe[0], F_SETFL, O_NONBLOCK);
    return ChildProcess{process, pipe[0]};
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      output_(std::exchange(other.output_, -1)),
      exitCode_(other.exitCode_),
      text_(std::move(other.text_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    std::swap(process_, other.process_);
    std::swap(output_, other.output_);
    std::swap(exitCode_, other.exitCode_);
    std::swap(text_, other.text_);
    return *this;
}

ChildProcess::~ChildProcess() {
    kill();
    if (output_ >= 0) ::close(output_);
}

bool ChildProcess::hasExited() {
    int status = 0;
    if (process_ < 0) return true;
    if (::waitpid(process_, &status, WNOHANG) != process_) return false;
    exitCode_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    process_ = -1;
    return true;
}

double ChildProcess::firstThreadSeconds() const {
    if (process_ <= 0) return 0;
    const std::string id = std::to_string(process_);
    std::ifstream in{"/proc/" + id + "/task/" + id + "/stat"};
    std::string stat;
    std::getline(in, stat);
    // proc(5): behind the name in parentheses, fields 3 to 13, then utime and stime in ticks.
    std::istringstream fields{stat.substr(std::min(stat.rfind(')') + 1, stat.size()))};
    std::string skipped;
    for (int field = 3; field <= 13; ++field) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void ChildProcess::signal(int number) {
    if (process_ > 0) ::kill(process_, number);
}

void ChildProcess::kill() {
    if (hasExited()) return;
    signal(SIGKILL);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    exitCode_ = -SIGKILL;
    process_ = -1;
}

void ChildProcess::readOutput() {
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t read = ::read(output_, buffer.data(), buffer.size());
        if (read <= 0) return;
        text_.append(buffer.data(), static_cast<std::size_t>(read));
    }
}

std::optional<std::string> ChildProcess::takeLineWith(const std::string& part) {
    for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n')) {
        std::string line = text_.substr(0, end);
        text_.erase(0, end + 1);
        if (line.find(part) != std::string::npos) return line;
    }
    return std::nullopt;
}

asio::awaitable<Result<std::string>> ChildProcess::lineWith(std::string part,
                                                            std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const bool isOver = hasExited();  // before reading: what it wrote last is read as well
        readOutput();
        if (auto line = takeLineWith(part)) co_return std::move(*line);
        if (isOver) co_return Error{ErrorKind::NotFound, "ended with code " + std::to_string(exitCode_)};
        if (std::chrono::steady_clock::now() > end)
            co_return Error{ErrorKind::TimedOut, "did not say '" + part + "' in time"};
        co_await pauseFor(kLook);
    }
}

asio::awaitable<Result<void>> ChildProcess::exited(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!hasExited()) {
        readOutput();  // or it might wait for us
        if (std::chrono::steady_clock::now() > end)
            co_return Error{ErrorKind::TimedOut, "did not end in time"};
        co_await pauseFor(kLook);
    }
    co_return Result<void>{};
}

}  // namespace ninja3cx::bench
