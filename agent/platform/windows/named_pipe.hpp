#pragma once

#include "agent/platform/local_pipe.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::agent {

struct NamedPipeOptions {
    std::wstring name;              // L"\\\\.\\pipe\\3CX_tsp_server_201"
    bool maySandboxedApps = false;  // also programs in an AppContainer, as 3CX's softphone is one
    std::size_t maxConnections = 1;
};

/// Runs the work on the network thread; safe from any thread.
using Post = std::function<void(std::function<void()>)>;

/// For programs of this account on this computer alone. Null: `problem` says why, e.g. that another program (3CX's own
/// TAPI helper) has the name.
/// Threads: one of its own moves the bytes; handlers are posted. Made and destroyed on the network thread.
std::unique_ptr<PipeServer> serveNamedPipe(NamedPipeOptions options, Post post, PipeServer::Handlers handlers,
                                           std::string& problem);

enum class AskedPipe { Answered, Unreachable, TimedOut };

/// Sends `request` and takes what comes until a line feed or the end into `answer`. Blocks for `limit` at most.
AskedPipe askNamedPipe(const std::wstring& name, std::string_view request, std::chrono::milliseconds limit,
                       std::string& answer);

}  // namespace ninja3cx::agent
