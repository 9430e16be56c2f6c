#pragma once

#include "shared/protocol/messages.hpp"

#include <filesystem>
#include <vector>

namespace ninja3cx::agent {

/// The calls that this program reported and whose end it still has to report, in a file (0600) without numbers or names:
/// only it knows under which ids the server has them, and a run that was killed must not leave them open for ever.
class OpenCalls {
public:
    /// Keeps nothing.
    OpenCalls() = default;
    explicit OpenCalls(std::filesystem::path file) : file_(std::move(file)) {}

    /// The ends of those that an earlier run left open; they stay in the file until they are noted. A file that cannot be
    /// read is none.
    std::vector<protocol::CallDetected> takeLeft();
    /// What the server was told; a call's beginning also where it was not.
    void note(const protocol::CallDetected& report);

private:
    void write() const;

    std::filesystem::path file_;
    std::vector<protocol::CallDetected> open_;
};

}  // namespace ninja3cx::agent
