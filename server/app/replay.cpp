#include "server/app/replay.hpp"

#include "server/journal/journal_files.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace ninja3cx::app {
namespace {

constexpr std::size_t kMaxBacklogBytes = 64U << 20;  // half an hour of one channel
constexpr int kFramesAtATime = 50;

struct Channel {
    journal::JournalReader reader;
    std::uint64_t end;  // sequence
    std::optional<protocol::AudioFrame> next;

    /// Not one byte behind the end is looked at: what stands there may be half written.
    void advance() {
        const bool isLast = next && next->sequence + 1 >= end;
        next = isLast ? std::nullopt : reader.next();
        if (next && next->sequence >= end) next.reset();
    }
};

std::vector<Channel> openChannels(const std::filesystem::path& folder, const CallId& callId,
                                  const protocol::ChannelPositions& ends, spdlog::logger& log) {
    std::vector<Channel> channels;
    for (const auto speaker : {protocol::Speaker::Agent, protocol::Speaker::Customer}) {
        const std::int64_t end = speaker == protocol::Speaker::Agent ? ends.agent : ends.customer;
        if (end <= 0) continue;
        auto reader = journal::JournalReader::open(journal::journalFile(folder, callId, speaker));
        if (!reader) {
            if (reader.error().kind != ErrorKind::NotFound)
                log.error("journal of {}: {}", callId.value(), reader.error().detail);
            continue;
        }
        channels.push_back({std::move(*reader), static_cast<std::uint64_t>(end), std::nullopt});
        channels.back().advance();
    }
    return channels;
}

/// The channel whose next frame is the earliest; null: there are no more.
Channel* earliest(std::vector<Channel>& channels) {
    Channel* first = nullptr;
    for (Channel& channel : channels)
        if (channel.next && (first == nullptr || channel.next->callClockMs < first->next->callClockMs))
            first = &channel;
    return first;
}

}  // namespace

JournalUse journalUse(const protocol::Call* open, bool isText) {
    using protocol::CallStage;
    if (!isText) return JournalUse::Restore;
    if (open == nullptr) return JournalUse::StayKept;
    const bool isLate = open->stage == CallStage::Drafted || open->stage == CallStage::Closed;
    const bool isWanted = open->recording != protocol::Recording::Blocked;
    // An older database, restored, may lack the text.
    return isLate && isWanted && open->isAudioComplete ? JournalUse::StayKept : JournalUse::Restore;
}

bool isReplayedFirst(const protocol::Call& call) {
    return call.stage == protocol::CallStage::Live || call.stage == protocol::CallStage::Transcribing;
}

std::vector<CallId> replayOrder(std::vector<CallId> calls, const std::set<CallId>& first) {
    std::ranges::stable_partition(calls, [&](const CallId& callId) { return first.contains(callId); });
    return calls;
}

boost::asio::awaitable<void> replayJournals(std::filesystem::path folder, std::vector<CallId> calls,
                                            std::set<CallId> first, JournalEnds ends, calls::CallHub& hub,
                                            std::function<std::size_t()> backlogBytes,
                                            std::shared_ptr<spdlog::logger> log) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer pause{executor};
    const std::vector<CallId> ordered = replayOrder(std::move(calls), first);
    for (const CallId& callId : ordered) {
        std::size_t frames = 0;
        // Both channels by their clock, as they came: what is echo in the one depends on the other.
        std::vector<Channel> channels = openChannels(folder, callId, ends[callId], *log);
        while (true) {
            Channel* const first = earliest(channels);
            if (first == nullptr) break;
            hub.onAudioReplayed(callId, std::move(*first->next));
            first->advance();
            if (++frames % kFramesAtATime != 0) continue;
            // The other connections have their turn in between.
            co_await boost::asio::post(executor, boost::asio::use_awaitable);
            while (backlogBytes() > kMaxBacklogBytes) {
                pause.expires_after(std::chrono::milliseconds{50});
                co_await pause.async_wait(boost::asio::use_awaitable);
            }
        }
        for (const Channel& channel : channels)
            if (channel.reader.damagedBytes() > 0)
                log->error("journal of {}: {} bytes are damaged and lost", callId.value(),
                           channel.reader.damagedBytes());
        log->info("{}: {} frames read from the journal once more", callId.value(), frames);
        hub.onReplayDone(callId);
    }
}

}  // namespace ninja3cx::app
