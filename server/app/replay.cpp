#include "server/app/replay.hpp"

#include "server/journal/journal_files.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <list>
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

/// The channel whose next frame is the earliest; null: there are no more.
Channel* earliest(Channels& channels) {
    Channel* found = nullptr;
    for (Channel& channel : channels)
        if (channel.next && (found == nullptr || channel.next->callClockMs < found->next->callClockMs))
            found = &channel;
    return found;
}

bool isRefused(const Channels& channels) {
    return std::ranges::any_of(channels, [](const Channel& channel) { return channel.refusal.has_value(); });
}

/// Channels that the disk refused are read from their beginning again: what was handed over is not taken twice.
void startOver(Channels& channels, const CallId& callId, spdlog::logger& log) {
    for (Channel& channel : channels) {
        if (!channel.refusal) continue;
        log.warn("journal of {}: {}; trying again", callId.value(), *channel.refusal);
        channel = Channel{channel.speaker};
    }
}

void logLosses(const Channels& channels, const CallId& callId, spdlog::logger& log) {
    for (const Channel& channel : channels) {
        if (channel.reader && channel.reader->damagedBytes() > 0)
            log.error("journal of {}: {} bytes are damaged and lost", callId.value(),
                      channel.reader->damagedBytes());
        const std::uint64_t handedOver = channel.next     ? channel.next->sequence
                                         : channel.reader ? channel.reader->nextSequence()
                                                          : 0;
        if (handedOver < channel.end)
            log.error("journal of {}: {} frames of a channel and what follows are left to the next start{}",
                      callId.value(), channel.end - handedOver,
                      channel.refusal ? ": " + *channel.refusal : "");
    }
}

/// One call's way into the hub.
struct Replay {
    CallId callId;
    Channels channels{Channel{protocol::Speaker::Agent}, Channel{protocol::Speaker::Customer}};
    std::size_t frames = 0;
    int tries = 1;
    std::chrono::steady_clock::time_point dueAt{};  // later: the disk refused it, the others come first
};

class Replayer {
public:
    Replayer(std::filesystem::path folder, calls::CallHub& hub, std::function<std::size_t()> backlogBytes,
             std::shared_ptr<spdlog::logger> log, std::chrono::milliseconds retryAfter,
             const boost::asio::any_io_executor& executor)
        : folder_{std::move(folder)},
          hub_{hub},
          backlogBytes_{std::move(backlogBytes)},
          log_{std::move(log)},
          retryAfter_{retryAfter},
          executor_{executor},
          pause_{executor} {}

    boost::asio::awaitable<void> run(const std::vector<CallId>& ordered) {
        std::list<Replay> waiting;
        for (const CallId& callId : ordered) waiting.push_back({callId});
        while (!waiting.empty()) {
            const auto next = std::ranges::min_element(waiting, {}, &Replay::dueAt);
            pause_.expires_at(next->dueAt);
            co_await pause_.async_wait(boost::asio::use_awaitable);
            const bool isOver = co_await handOver(*next);
            if (isOver) waiting.erase(next);
        }
    }

private:
    /// False where the disk refuses and it is to be tried later.
    boost::asio::awaitable<bool> handOver(Replay& replay) {
        while (const auto end = hub_.replayEnd(replay.callId)) {
            lookAgain(replay.channels, folder_, replay.callId, *end);
            if (isRefused(replay.channels) && replay.tries < kMostTries) {
                startOver(replay.channels, replay.callId, *log_);
                ++replay.tries;
                replay.dueAt = std::chrono::steady_clock::now() + retryAfter_;
                co_return false;
            }
            // Neither channel goes on without the other: the agent's needs the customer's to know what is echo.
            Channel* const next = isRefused(replay.channels) ? nullptr : earliest(replay.channels);
            if (next == nullptr) break;  // nothing may be awaited between this look and onReplayDone
            hub_.onAudioReplayed(replay.callId, next->take());
            if (++replay.frames % kFramesAtATime == 0) co_await letOthersIn();
        }
        logLosses(replay.channels, replay.callId, *log_);
        hub_.onReplayDone(replay.callId);
        log_->info("{}: {} frames read from the journal once more", replay.callId.value(), replay.frames);
        co_return true;
    }

    boost::asio::awaitable<void> letOthersIn() {
        co_await boost::asio::post(executor_, boost::asio::use_awaitable);
        while (backlogBytes_() > kMaxBacklogBytes) {
            pause_.expires_after(std::chrono::milliseconds{50});
            co_await pause_.async_wait(boost::asio::use_awaitable);
        }
    }

    std::filesystem::path folder_;
    calls::CallHub& hub_;
    std::function<std::size_t()> backlogBytes_;
    std::shared_ptr<spdlog::logger> log_;
    std::chrono::milliseconds retryAfter_;
    boost::asio::any_io_executor executor_;
    boost::asio::steady_timer pause_;
};

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
    return call.stage != protocol::CallStage::Drafted && call.stage != protocol::CallStage::Closed;
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
    Replayer replayer{std::move(folder), hub, std::move(backlogBytes), std::move(log), retryAfter, executor};
    const std::vector<CallId> ordered = replayOrder(std::move(calls), first);
    co_await replayer.run(ordered);
}

}  // namespace ninja3cx::app
