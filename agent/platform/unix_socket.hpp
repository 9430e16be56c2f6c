#pragma once

#include "agent/platform/local_pipe.hpp"
#include "shared/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace ninja3cx::agent {

struct UnixSocketOptions {
    std::filesystem::path path;  // of any length; replaced where nobody listens there any more
    std::size_t maxConnections = 1;
    std::optional<std::chrono::milliseconds> longest = {};  // of one connection
};

/// The socket is 0600 before anybody can connect, and only programs of this account (checked by the kernel's word) are let
/// in. Errors name the path: somebody listens there, or it cannot be made.
Result<std::unique_ptr<PipeServer>> serveUnixSocket(boost::asio::any_io_executor executor,
                                                    UnixSocketOptions options, PipeServer::Handlers handlers);

/// Sends `request` and gives back what comes until a line feed or the end. Blocks for `limit` at most. Unreachable: nobody
/// listens there. TimedOut: somebody does and has not answered; whether the request was taken is not known.
Result<std::string> askUnixSocket(const std::filesystem::path& path, std::string_view request,
                                  std::chrono::milliseconds limit);

}  // namespace ninja3cx::agent
