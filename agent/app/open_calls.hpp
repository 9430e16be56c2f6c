#pragma once

#include "shared/protocol/messages.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace ninja3cx::agent {

/// The calls that the server was told of and whose end it may not have heard, in a file (0600) without numbers or names:
/// only this program knows under which ids the server has them, and a run that was killed must not leave them open for ever.
class OpenCalls {
public:
    /// Without a file: they are known to this run alone.
    OpenCalls() = default;
    explicit OpenCalls(std::filesystem::path file) : file_(std::move(file)) {}

    /// The ends of those that an earlier run left open; they stay in the file until they are noted. A file that cannot be
    /// read is none.
    std::vector<protocol::CallDetected> takeLeft();
    /// What the server was told; an end when it has certainly heard it.
    void note(const protocol::CallDetected& report);
    bool has(const std::string& localId) const;

private:
    void write() const;

    std::filesystem::path file_;
    std::vector<protocol::CallDetected> open_;
};

}  // namespace ninja3cx::agent
