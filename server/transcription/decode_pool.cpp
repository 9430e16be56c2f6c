#include "server/transcription/decode_pool.hpp"

#include "server/transcription/thrown.hpp"
#include "shared/audio/pcm.hpp"

#include <new>
#include <utility>

namespace ninja3cx::transcription {
namespace {

bool isPartial(const DecodeTask& task) {
    return task.kind == DecodeKind::Partial;
}

/// For want of time here. One that was in time until it was heard twice is late for its own good.
bool isLate(const DecodeTask& task, SteadyTime now) {
    return !isPartial(task) && task.deadline < now && !task.isLateForItsGood;
}

Result<Decoded> decodeOnce(SpeechDecoder& decoder, DecodeTask& task, const Clock& clock,
                           const std::atomic<std::size_t>& finalsWaiting) {
    if (task.isCancelled) return Error{ErrorKind::Cancelled, "no longer wanted"};
    try {
        return decoder.decode({.samples = task.samples,
                               .language = task.language,
                               .isCancelled = &task.isCancelled,
                               .kind = task.kind,
                               .prefix = task.prefix,
                               .prompt = task.prompt,
                               .callId = task.callId,
                               .channel = task.channel,
                               .start = task.start,
                               .isLive = task.isLive,
                               .finalsWaiting = &finalsWaiting,
                               .onHeardTwice = [&] {
                                   if (clock.steady() <= task.deadline) task.isLateForItsGood = true;
                               }});
    } catch (...) {
        return thrown("decoding");
    }
}

Result<Decoded> decode(SpeechWorker& worker, DecodeTask& task, const Clock& clock,
                       const std::atomic<std::size_t>& finalsWaiting) try {
    if (isPartial(task))
        return decodeOnce(worker.partials ? *worker.partials : *worker.finals, task, clock, finalsWaiting);
    auto decoded = decodeOnce(*worker.finals, task, clock, finalsWaiting);
    if (decoded || decoded.error().kind == ErrorKind::Cancelled) return decoded;
    return decodeOnce(*worker.finals, task, clock, finalsWaiting);
} catch (...) {
    return Error{ErrorKind::Io, "out of memory"};  // not even enough to say what failed
}

}  // namespace

DecodePool::DecodePool(std::vector<SpeechWorker> workers, const Clock& clock, const StartThread& startThread)
    : clock_{clock}, workers_{std::move(workers)}, running_(workers_.size()) {
    threads_.reserve(workers_.size());
    try {
        for (std::size_t worker = 0; worker < workers_.size(); ++worker) {
            const auto works = [this, worker] { work(worker); };
            threads_.push_back(startThread ? startThread(works) : std::thread{works});
        }
    } catch (...) {
        stop();
        throw;
    }
}

DecodePool::~DecodePool() {
    stop();
}

void DecodePool::stop() {
    {
        std::scoped_lock lock{mutex_};
        isStopping_ = true;
        for (const Running& one : running_) {
            if (one.task) one.task->isCancelled = true;
        }
    }
    tasksCame_.notify_all();
    for (auto& thread : threads_) thread.join();
}

void DecodePool::submit(std::shared_ptr<DecodeTask> task) {
    {
        std::scoped_lock lock{mutex_};
        const auto costMs = static_cast<std::int64_t>(task->samples.size()) / audio::kSamplesPerMs;
        queue_.push({task->callId, costMs, task->deadline, isPartial(*task), task});
        ++figures_.waiting;
        if (!isPartial(*task)) ++waitingFinals_;
    }
    tasksCame_.notify_one();
}

void DecodePool::cancel(const std::shared_ptr<DecodeTask>& task) {
    task->isCancelled = true;
    std::scoped_lock lock{mutex_};
    const auto taken = queue_.take([&](const Task& waiting) { return waiting == task; });
    figures_.waiting -= taken.size();
    if (!isPartial(*task)) waitingFinals_ -= taken.size();
}

PoolFigures DecodePool::figures() const {
    std::scoped_lock lock{mutex_};
    PoolFigures figures = figures_;
    figures.waitingFinals = waitingFinals_;
    const SteadyTime now = clock_.steady();
    figures.finalsOverdue = queue_.countBeyondDeadline(now);
    for (const Running& one : running_) {
        if (!one.task) continue;
        figures.busy += now - one.began;
        if (isLate(*one.task, now)) ++figures.finalsOverdue;
    }
    return figures;
}

void DecodePool::work(std::size_t worker) {
    for (;;) {
        std::vector<Task> shed;
        Task task;
        {
            std::unique_lock lock{mutex_};
            tasksCame_.wait(lock, [&] { return isStopping_ || queue_.size() > 0; });
            if (isStopping_) return;
            const SteadyTime now = clock_.steady();
            try {
                if (auto next = queue_.pop(now, shed)) task = std::move(*next);
            } catch (const std::bad_alloc&) {
                // Nothing is lost; it is tried again.
            }
            figures_.waiting -= shed.size() + (task ? 1 : 0);
            figures_.partialsShed += shed.size();
            if (task && !isPartial(*task)) --waitingFinals_;
            running_[worker] = {task, now};
        }
        for (const Task& late : shed) tell(late, Error{ErrorKind::Busy, "too late to be shown"});
        if (!task) continue;
        auto decoded = decode(workers_[worker], *task, clock_, waitingFinals_);
        {
            std::scoped_lock lock{mutex_};
            const SteadyTime ended = clock_.steady();
            figures_.busy += ended - running_[worker].began;
            running_[worker] = {};
            if (!isPartial(*task) && decoded) {
                ++figures_.finalsDone;
                if (isLate(*task, ended)) ++figures_.finalsLate;
            }
        }
        tell(task, std::move(decoded));
    }
}

void DecodePool::tell(const Task& task, Result<Decoded> decoded) {
    {
        std::scoped_lock lock{mutex_};
        if (isStopping_) return;
    }
    if (task->isCancelled) return;
    try {
        task->onDone(std::move(decoded));
    } catch (...) {
        // Whoever asked has broken its word; the others still want theirs.
    }
}

}  // namespace ninja3cx::transcription
