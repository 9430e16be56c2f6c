#include "server/app/replay.hpp"

#include "server/journal/journal_files.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace ninja3cx::app {
namespace {

constexpr std::size_t kMaxBacklogBytes = 64U << 20;  // half an hour of one channel
constexpr int kFramesAtATime = 50;
constexpr int kMostTries = 5;  // descriptors may be short for a moment; an ill disk stays ill

struct Channel {
    protocol::Speaker speaker;
    std::optional<journal::JournalReader> reader = std::nullopt;  // none: nothing to read was seen yet
    std::uint64_t end = 0;                                        // sequence: looked for up to there
    std::optional<protocol::AudioFrame> next = std::nullopt;
    std::optional<std::string> refusal = std::nullopt;  // there is more, and the disk does not give it

    void read() {
        next = reader->nextBelow(end);
        if (!next && reader->hasFailed()) refusal = "the disk does not give all of it";
    }
    protocol::AudioFrame take() {
        protocol::AudioFrame taken = std::move(*next);
        read();
        return taken;
    }
};

using Channels = std::array<Channel, 2>;

/// Where a channel has come to its end: what the journal has got since. An end that cannot be reached is looked for once.
void lookAgain(Channels& channels, const std::filesystem::path& folder, const CallId& callId,
               const protocol::ChannelPositions& newest) {
    for (Channel& channel : channels) {
        const auto end = static_cast<std::uint64_t>(
            channel.speaker == protocol::Speaker::Agent ? newest.agent : newest.customer);
        if (channel.next || channel.refusal || channel.end >= end) continue;
        channel.end = end;
        if (!channel.reader) {
            auto opened = journal::JournalReader::open(journal::journalFile(folder, callId, channel.speaker));
            if (!opened) {
                channel.refusal = opened.error().detail;
                continue;
            }
            channel.reader.emplace(std::move(*opened));
        }
        channel.read();
    }
}

/// Channels that the disk refused are read from their beginning again: what was handed over is not taken twice.
bool startOver(Channels& channels, const CallId& callId, spdlog::logger& log) {
    bool isAnyRefused = false;
    for (Channel& channel : channels) {
        if (!channel.refusal) continue;
        log.warn("journal of {}: {}; trying again", callId.value(), *channel.refusal);
        channel = Channel{channel.speaker};
        isAnyRefused = true;
    }
    return isAnyRefused;
}

/// The channel whose next frame is the earliest; null: there are no more.
Channel* earliest(Channels& channels) {
    Channel* found = nullptr;
    for (Channel& channel : channels)
        if (channel.next && (found == nullptr || channel.next->callClockMs < found->next->callClockMs))
            found = &channel;
    return found;
}

void logLosses(const Channels& channels, const CallId& callId, spdlog::logger& log) {
    for (const Channel& channel : channels) {
        if (channel.reader && channel.reader->damagedBytes() > 0)
            log.error("journal of {}: {} bytes are damaged and lost", callId.value(),
                      channel.reader->damagedBytes());
        const std::uint64_t reached = channel.reader ? channel.reader->nextSequence() : 0;
        if (reached < channel.end)
            log.error(
                "journal of {}: the last {} frames of a channel cannot be read{}; the next start reads them "
                "and what follows",
                callId.value(), channel.end - reached, channel.refusal ? ": " + *channel.refusal : "");
    }
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
                                            std::set<CallId> first, calls::CallHub& hub,
                                            std::function<std::size_t()> backlogBytes,
                                            std::shared_ptr<spdlog::logger> log,
                                            std::chrono::milliseconds retryAfter) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer pause{executor};
    const std::vector<CallId> ordered = replayOrder(std::move(calls), first);
    for (const CallId& callId : ordered) {
        std::size_t frames = 0;
        int tries = 1;
        // Both channels by their clock, as they came: what is echo in the one depends on the other.
        Channels channels{Channel{protocol::Speaker::Agent}, Channel{protocol::Speaker::Customer}};
        while (const auto end = hub.replayEnd(callId)) {
            lookAgain(channels, folder, callId, *end);
            Channel* const next = earliest(channels);
            if (next == nullptr && tries < kMostTries && startOver(channels, callId, *log)) {
                ++tries;
                pause.expires_after(retryAfter);
                co_await pause.async_wait(boost::asio::use_awaitable);
                continue;
            }
            if (next == nullptr) {  // nothing may be awaited between this look and onReplayDone
                logLosses(channels, callId, *log);
                break;
            }
            hub.onAudioReplayed(callId, next->take());
            if (++frames % kFramesAtATime != 0) continue;
            // The other connections have their turn in between.
            co_await boost::asio::post(executor, boost::asio::use_awaitable);
            while (backlogBytes() > kMaxBacklogBytes) {
                pause.expires_after(std::chrono::milliseconds{50});
                co_await pause.async_wait(boost::asio::use_awaitable);
            }
        }
        hub.onReplayDone(callId);
        log->info("{}: {} frames read from the journal once more", callId.value(), frames);
    }
}

}  // namespace ninja3cx::app
