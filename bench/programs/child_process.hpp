#pragma once

#include "shared/core/result.hpp"

#include <boost/asio/awaitable.hpp>

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// A program that this one has started. It is killed with this object, and by the system when this program ends,
/// however that ends.
class ChildProcess {
public:
    struct Start {
        std::filesystem::path program;
        std::vector<std::string> arguments;
        std::vector<std::string> environment;  // "NAME=value", and nothing else
        std::filesystem::path folder;          // it runs there
        std::filesystem::path errors;          // standard error is appended to this file
    };
    static Result<ChildProcess> start(const Start& start);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    ~ChildProcess();

    bool hasExited();
    /// Once it has exited: its exit code, or minus the signal that ended it.
    int exitCode() const { return exitCode_; }
    /// The next line of its standard output that holds `part`. TimedOut, or NotFound when it has exited without one.
    boost::asio::awaitable<Result<std::string>> lineWith(std::string part,
                                                         std::chrono::milliseconds patience);
    /// TimedOut when it does not exit by itself.
    boost::asio::awaitable<Result<void>> exited(std::chrono::milliseconds patience);
    /// Processor time that its first thread has taken so far; 0 when it has exited.
    double firstThreadSeconds() const;
    void signal(int number);
    /// At once, and gone when this returns.
    void kill();

private:
    ChildProcess(pid_t process, int output) : process_(process), output_(output) {}
    void readOutput();
    std::optional<std::string> takeLineWith(const std::string& part);

    pid_t process_;  // -1: gone
    int output_;
    int exitCode_ = 0;
    std::string text_;  // read and not yet asked for
};

}  // namespace ninja3cx::bench
