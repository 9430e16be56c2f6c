#pragma once

#include "server/calls/call_hub.hpp"
#include "server/transcription/local_transcriber.hpp"
#include "shared/core/ids.hpp"

#include <boost/asio/awaitable.hpp>

#include <spdlog/fwd.h>

#include <filesystem>
#include <memory>
#include <vector>

namespace ninja3cx::app {

/// Reads the journals of calls that a previous run left open into the hub once more, no faster than the
/// transcriber takes them.
boost::asio::awaitable<void> replayJournals(std::filesystem::path folder, std::vector<CallId> calls,
                                            calls::CallHub& hub,
                                            const transcription::LocalTranscriber& transcriber,
                                            std::shared_ptr<spdlog::logger> log);

}  // namespace ninja3cx::app
