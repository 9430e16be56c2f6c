#pragma once

#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace ninja3cx::transcription {

/// Work waiting for a worker: the earliest deadline first, until a call has had `kShareMs` more than the
/// others. So a call that brings an hour at once (a replay) does not hold up those that go on, and a backlog
/// is caught up in the order of speech. Not thread-safe.
template <class Job>
class DeadlineQueue {
public:
    static constexpr std::int64_t kShareMs = 15'000;

    struct Entry {
        CallId call;
        std::int64_t costMs = 0;  // length of the sound
        SteadyTime deadline{};
        bool isDroppable = false;  // worth nothing after its deadline
        Job job;
    };

    void push(Entry entry) {
        Lane& lane = lanes_[entry.call];
        if (lane.waiting.empty()) lane.servedMs = std::max(lane.servedMs, nowMs_);
        const SteadyTime deadline = entry.deadline;
        lane.waiting.emplace(Rank{deadline, nextOrder_++}, std::move(entry));
        ++size_;
    }

    /// The next one to do. Those that came too late are put into `shed`.
    std::optional<Job> pop(SteadyTime now, std::vector<Job>& shed) {
        for (;;) {
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
            shed.reserve(shed.size() + 1);  // what is taken out has a place
            auto first = lane.waiting.extract(lane.waiting.begin());
            Entry entry = std::move(first.mapped());
            --size_;
            if (entry.isDroppable && entry.deadline < now) {
                shed.push_back(std::move(entry.job));
                continue;
            }
            nowMs_ = std::max(nowMs_, lane.servedMs / kShareMs * kShareMs);
            lane.servedMs += entry.costMs;
            return std::move(entry.job);
        }
    }

    /// Takes out what `isWanted` holds for.
    template <class Predicate>
    std::vector<Job> take(Predicate isWanted) {
        std::vector<Job> taken;
        for (auto& [call, lane] : lanes_) {
            for (auto it = lane.waiting.begin(); it != lane.waiting.end();) {
                if (!isWanted(it->second.job)) {
                    ++it;
                    continue;
                }
                taken.push_back(std::move(it->second.job));
                it = lane.waiting.erase(it);
                --size_;
            }
        }
        return taken;
    }

    std::size_t size() const { return size_; }
    /// Of those that are worth something even then.
    std::size_t countBeyondDeadline(SteadyTime now) const {
        std::size_t count = 0;
        for (const auto& [call, lane] : lanes_) {
            for (const auto& [rank, entry] : lane.waiting) {
                if (entry.deadline >= now) break;
                if (!entry.isDroppable) ++count;
            }
        }
        return count;
    }

private:
    using Rank = std::pair<SteadyTime, std::uint64_t>;
    struct Lane {
        std::map<Rank, Entry> waiting;
        std::int64_t servedMs = 0;
        std::pair<std::int64_t, Rank> rank() const { return {servedMs / kShareMs, waiting.begin()->first}; }
    };

    std::map<CallId, Lane> lanes_;
    std::int64_t nowMs_ = 0;  // what the calls in work have been served, about
    std::uint64_t nextOrder_ = 0;
    std::size_t size_ = 0;
};

}  // namespace ninja3cx::transcription
