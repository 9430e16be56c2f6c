#include "server/transcription/decode_pool.hpp"

#include "shared/audio/pcm.hpp"

#include <exception>
#include <string>
#include <utility>

namespace ninja3cx::transcription {
namespace {

bool isPartial(const DecodeTask& task) {
    return task.kind == DecodeKind::Partial;
}

Result<Decoded> decodeOnce(SpeechDecoder& decoder, const DecodeTask& task) {
    if (task.isCancelled) return Error{ErrorKind::Cancelled, "no longer wanted"};
    try {
        return decoder.decode({task.samples, task.language, &task.isCancelled, task.kind, task.prefix,
                               task.prompt, task.callId, task.channel, task.start});
    } catch (const std::exception& failure) {
        return Error{ErrorKind::Io, std::string{"decoding failed: "} + failure.what()};
    }
}

Result<Decoded> decode(SpeechWorker& worker, const DecodeTask& task) {
    if (isPartial(task)) return decodeOnce(worker.partials ? *worker.partials : *worker.finals, task);
    auto decoded = decodeOnce(*worker.finals, task);
    if (decoded || decoded.error().kind == ErrorKind::Cancelled) return decoded;
    return decodeOnce(*worker.finals, task);
}

}  // namespace

DecodePool::DecodePool(std::vector<SpeechWorker> workers, const Clock& clock)
    : clock_{clock}, workers_{std::move(workers)}, running_(workers_.size()) {
    for (std::size_t worker = 0; worker < workers_.size(); ++worker)
        threads_.emplace_back([this, worker] { work(worker); });
}

DecodePool::~DecodePool() {
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
        ++figures_.waiting;
        if (!isPartial(*task)) ++figures_.waitingFinals;
        const auto costMs = static_cast<std::int64_t>(task->samples.size()) / audio::kSamplesPerMs;
        queue_.push({task->callId, costMs, task->deadline, isPartial(*task), task});
    }
    tasksCame_.notify_one();
}

void DecodePool::cancel(const std::shared_ptr<DecodeTask>& task) {
    task->isCancelled = true;
    std::scoped_lock lock{mutex_};
    const auto taken = queue_.take([&](const Task& waiting) { return waiting == task; });
    figures_.waiting -= taken.size();
    if (!isPartial(*task)) figures_.waitingFinals -= taken.size();
}

PoolFigures DecodePool::figures() const {
    std::scoped_lock lock{mutex_};
    PoolFigures figures = figures_;
    const SteadyTime now = clock_.steady();
    figures.finalsOverdue = queue_.countBeyondDeadline(now);
    for (const Running& one : running_) {
        if (!one.task) continue;
        figures.busy += now - one.began;
        if (!isPartial(*one.task) && one.task->deadline < now) ++figures.finalsOverdue;
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
            if (auto next = queue_.pop(now, shed)) task = std::move(*next);
            figures_.waiting -= shed.size() + (task ? 1 : 0);
            figures_.partialsShed += shed.size();
            if (task && !isPartial(*task)) --figures_.waitingFinals;
            running_[worker] = {task, now};
        }
        for (const Task& late : shed) tell(late, Error{ErrorKind::Busy, "too late to be shown"});
        if (!task) continue;
        auto decoded = decode(workers_[worker], *task);
        {
            std::scoped_lock lock{mutex_};
            const SteadyTime ended = clock_.steady();
            figures_.busy += ended - running_[worker].began;
            running_[worker] = {};
            if (!isPartial(*task) && decoded) {
                ++figures_.finalsDone;
                if (ended > task->deadline) ++figures_.finalsLate;
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
    if (!task->isCancelled) task->onDone(std::move(decoded));
}

}  // namespace ninja3cx::transcription
