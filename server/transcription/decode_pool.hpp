#pragma once

#include "server/transcription/deadline_queue.hpp"
#include "server/transcription/speech_decoder.hpp"
#include "shared/core/clock.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace ninja3cx::transcription {

/// What one worker thread decodes with.
struct SpeechWorker {
    std::unique_ptr<SpeechDecoder> finals;
    std::unique_ptr<SpeechDecoder> partials;  // absent: `finals` does both
};

/// One decoding on its way. Shared by who asked for it and the pool.
struct DecodeTask {
    CallId callId{""};
    protocol::Speaker channel{};
    std::string language;
    DecodeKind kind = DecodeKind::Final;
    std::int64_t start = 0;  // samples since the answer of the call
    std::vector<std::int16_t> samples;
    std::vector<Token> prefix;
    std::string prompt;
    SteadyTime deadline{};
    bool isLive = true;  // somebody reads along
    /// Once, on a worker thread; not after it was cancelled, but for a race with `cancel`. Must not throw.
    std::function<void(Result<Decoded>)> onDone;

    std::atomic<bool> isCancelled{false};
    std::atomic<bool> isLateForItsGood{false};  // a second try has begun, and began in time
};

struct PoolFigures {
    std::size_t waiting = 0;            // of any kind
    std::size_t waitingFinals = 0;      // and speculative ones
    std::uint64_t partialsShed = 0;     // came too late
    std::uint64_t finalsDone = 0;       // and speculative ones
    std::uint64_t finalsLate = 0;       // of these: after their deadline, and not for a second try alone
    std::size_t finalsOverdue = 0;      // wait or are in work beyond their deadline, but not for a second try
    std::chrono::milliseconds busy{0};  // of all workers, since the start, with what they are at
};

/// The workers: one thread and one decoder state each, the earliest deadline first (DeadlineQueue).
///
/// Threads:  all functions from any thread.
/// Overload: partials that come too late end with ErrorKind::Busy; nothing else is dropped.
/// Failure:  a final decoding that fails or throws is tried once more. Nothing that is thrown ends a worker. The
///           constructor throws where a thread cannot be started, and has then ended the others.
/// Stop:     the destructor aborts what runs and joins; no `onDone` runs after it.
class DecodePool {
public:
    using StartThread = std::function<std::thread(std::function<void()>)>;

    DecodePool(std::vector<SpeechWorker> workers, const Clock& clock, const StartThread& startThread = {});
    ~DecodePool();
    DecodePool(const DecodePool&) = delete;
    DecodePool& operator=(const DecodePool&) = delete;

    void submit(std::shared_ptr<DecodeTask> task);
    /// Takes it out of the queue or aborts it: its `onDone` is not called.
    void cancel(const std::shared_ptr<DecodeTask>& task);
    PoolFigures figures() const;
    std::size_t workers() const { return workers_.size(); }

private:
    using Task = std::shared_ptr<DecodeTask>;

    void work(std::size_t worker);
    void stop();
    void tell(const Task& task, Result<Decoded> decoded);

    const Clock& clock_;
    std::vector<SpeechWorker> workers_;  // each its thread's alone

    mutable std::mutex mutex_;  // what follows
    std::condition_variable tasksCame_;
    DeadlineQueue<Task> queue_;
    struct Running {
        Task task;  // none: idle
        SteadyTime began{};
    };
    std::vector<Running> running_;
    PoolFigures figures_;                        // but for the waiting finals
    std::atomic<std::size_t> waitingFinals_{0};  // changed under the lock, read by decoders
    bool isStopping_ = false;

    std::vector<std::thread> threads_;
};

}  // namespace ninja3cx::transcription
