#include "server/app/replay.hpp"

#include "server/journal/journal_files.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <chrono>
#include <utility>

namespace ninja3cx::app {
namespace {

constexpr std::size_t kMaxBacklogBytes = 64U << 20;  // half an hour of one channel
constexpr int kFramesAtATime = 50;

}  // namespace

boost::asio::awaitable<void> replayJournals(std::filesystem::path folder, std::vector<CallId> calls,
                                            calls::CallHub& hub,
                                            const transcription::LocalTranscriber& transcriber,
                                            std::shared_ptr<spdlog::logger> log) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer pause{executor};
    for (const CallId& callId : calls) {
        std::size_t frames = 0;
        for (int side = 0; side < 2; ++side) {
            const auto channel = side == 0 ? protocol::Speaker::Agent : protocol::Speaker::Customer;
            auto reader = journal::JournalReader::open(journal::journalFile(folder, callId, channel));
            if (!reader) {
                if (reader.error().kind != ErrorKind::NotFound)
                    log->error("journal of {}: {}", callId.value(), reader.error().detail);
                continue;
            }
            while (true) {
                auto frame = reader->next();
                if (!frame) break;
                hub.onAudioReplayed(callId, std::move(*frame));
                if (++frames % kFramesAtATime != 0) continue;
                // The other connections have their turn in between.
                co_await boost::asio::post(executor, boost::asio::use_awaitable);
                while (transcriber.backlogBytes() > kMaxBacklogBytes) {
                    pause.expires_after(std::chrono::milliseconds{50});
                    co_await pause.async_wait(boost::asio::use_awaitable);
                }
            }
            if (reader->damagedBytes() > 0)
                log->error("journal of {}: {} bytes are damaged and lost", callId.value(),
                           reader->damagedBytes());
        }
        log->info("{}: {} frames read from the journal once more", callId.value(), frames);
        hub.onReplayDone(callId);
    }
}

}  // namespace ninja3cx::app
