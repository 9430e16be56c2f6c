#pragma once

#include "shared/core/ids.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace ninja3cx::transcription {

/// Work waiting for a worker: the oldest first, until a call has had `kShareMs` more than the others. So a
/// call that brings an hour at once (a replay) does not hold up those that go on. Not thread-safe.
template <class Job>
class FairQueue {
public:
    static constexpr std::int64_t kShareMs = 15'000;

    /// `costMs`: length of the sound.
    void push(const CallId& call, std::int64_t costMs, Job job) {
        Lane& lane = lanes_[call];
        if (lane.waiting.empty()) lane.servedMs = std::max(lane.servedMs, nowMs_);
        lane.waiting.push_back({nextOrder_++, costMs, std::move(job)});
        ++size_;
    }

    std::optional<Job> pop() {
        auto best = lanes_.end();
        for (auto it = lanes_.begin(); it != lanes_.end();) {
            if (it->second.waiting.empty()) {
                it = it->second.servedMs <= nowMs_ ? lanes_.erase(it) : std::next(it);
                continue;
            }
            if (best == lanes_.end() || it->second.rank() < best->second.rank()) best = it;
            ++it;
        }
        if (best == lanes_.end()) return std::nullopt;
        Lane& lane = best->second;
        Entry entry = std::move(lane.waiting.front());
        lane.waiting.pop_front();
        nowMs_ = std::max(nowMs_, lane.servedMs / kShareMs * kShareMs);
        lane.servedMs += entry.costMs;
        --size_;
        return std::move(entry.job);
    }

    /// Takes out everything of one call.
    std::vector<Job> drop(const CallId& call) {
        std::vector<Job> dropped;
        if (const auto it = lanes_.find(call); it != lanes_.end()) {
            for (Entry& entry : it->second.waiting) dropped.push_back(std::move(entry.job));
            size_ -= dropped.size();
            lanes_.erase(it);
        }
        return dropped;
    }

    std::size_t size() const { return size_; }

private:
    struct Entry {
        std::uint64_t order;
        std::int64_t costMs;
        Job job;
    };
    struct Lane {
        std::deque<Entry> waiting;
        std::int64_t servedMs = 0;
        std::pair<std::int64_t, std::uint64_t> rank() const {
            return {servedMs / kShareMs, waiting.front().order};
        }
    };

    std::map<CallId, Lane> lanes_;
    std::int64_t nowMs_ = 0;  // what the calls in work have been served, about
    std::uint64_t nextOrder_ = 0;
    std::size_t size_ = 0;
};

}  // namespace ninja3cx::transcription
