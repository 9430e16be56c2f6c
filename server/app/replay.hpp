#pragma once

#include "server/calls/call_hub.hpp"
#include "shared/core/ids.hpp"
#include "shared/protocol/messages.hpp"

#include <boost/asio/awaitable.hpp>

#include <spdlog/fwd.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
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

/// Still spoken in or waiting for its text: replayed before what came late to a drafted or closed call.
bool isReplayedFirst(const protocol::Call& call);
/// `first` before the others; else as they come.
std::vector<CallId> replayOrder(std::vector<CallId> calls, const std::set<CallId>& first);

/// What the journals held at the start: the sequence after the last one, for each channel of a call.
using JournalEnds = std::map<CallId, protocol::ChannelPositions>;

/// Reads the journals of calls that a previous run left open into the hub once more, in `replayOrder`, no faster than
/// the transcriber takes them: `backlogBytes` says what waits there. Ends at `ends`, however much agents append
/// meanwhile: the hub has that already.
boost::asio::awaitable<void> replayJournals(std::filesystem::path folder, std::vector<CallId> calls,
                                            std::set<CallId> first, JournalEnds ends, calls::CallHub& hub,
                                            std::function<std::size_t()> backlogBytes,
                                            std::shared_ptr<spdlog::logger> log);

}  // namespace ninja3cx::app
