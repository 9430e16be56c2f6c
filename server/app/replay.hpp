#pragma once

#include "server/calls/call_hub.hpp"
#include "shared/core/ids.hpp"
#include "shared/protocol/messages.hpp"

#include <boost/asio/awaitable.hpp>

#include <spdlog/fwd.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace ninja3cx::app {

enum class JournalUse {
    Restore = 1,  // the hub takes the call up with it, and replays or erases it
    StayKept,     // all of it is text: neither read nor decoded, whoever kept it is told again
};
/// What becomes of a readable journal at a start. `open`: its call as the database has it, none where nothing of the
/// call is open. `isText`: as RecoveredJournal.
JournalUse journalUse(const protocol::Call* open, bool isText);

/// Still spoken in, or not drafted yet: replayed before what came late to a drafted or closed call.
bool isReplayedFirst(const protocol::Call& call);
/// `first` before the others; else as they come.
std::vector<CallId> replayOrder(std::vector<CallId> calls, const std::set<CallId>& first);

/// Reads the journals of calls that a previous run left open into the hub once more, in `replayOrder`, no faster than
/// the transcriber takes them: `backlogBytes` says what waits there. What agents append meanwhile is read too, until
/// nothing more of the call is on disk: from there on the hub passes on what comes in. A file that the disk refuses is
/// tried a few times, `retryAfter` apart; what stays unread, and what comes after it, stays on disk for the next start.
///
/// On the hub's thread.
boost::asio::awaitable<void> replayJournals(std::filesystem::path folder, std::vector<CallId> calls,
                                            std::set<CallId> first, calls::CallHub& hub,
                                            std::function<std::size_t()> backlogBytes,
                                            std::shared_ptr<spdlog::logger> log,
                                            std::chrono::milliseconds retryAfter = std::chrono::seconds{2});

}  // namespace ninja3cx::app
