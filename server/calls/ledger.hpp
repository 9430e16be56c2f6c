#pragma once

#include "server/calls/ports.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ninja3cx::calls {

/// Puts changes on disk first and lets their consequences happen after, all in the order of the calls.
///
/// One commit is under way at a time; what is written meanwhile goes into the next one. The changes of one
/// `write` are never split over two transactions. A commit that fails is tried again until it succeeds:
/// nothing after it happens before. All of that waits in memory; whoever looks at `isFull` sees to it that it stays
/// bounded.
///
/// Threads: network thread only. After destruction nothing happens any more.
class Ledger {
public:
    using Effect = std::function<void()>;
    explicit Ledger(Store& store);
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    /// `then` runs once the changes are durable; it may write again.
    void write(std::vector<Change> changes, Effect then = {});
    /// `effect` runs when all that was written before is durable: at once if nothing is outstanding.
    void then(Effect effect) { write({}, std::move(effect)); }
    /// Tries a failed commit again.
    void tick(SteadyTime now);
    /// The store takes nothing: the last commit failed, or has had no answer for seconds.
    bool isStalled() const;
    /// More waits than any outage should need: what can be asked for again later is not to be written now.
    bool isFull() const { return waitingChanges_ >= kMostWaiting; }

    static constexpr std::size_t kMostWaiting = 20'000;  // changes, of a KB or two

private:
    struct Entry {
        std::vector<Change> changes;
        Effect effect;
    };
    void pump();
    void finish(const Result<void>& outcome);

    Store& store_;
    std::deque<Entry> waiting_;
    std::vector<Entry> underWay_;
    bool isBusy_ = false;  // inside pump: whoever writes now is served by it
    bool hasFailed_ = false;
    bool isFailing_ = false;             // since the last commit that succeeded
    std::size_t waitingChanges_ = 0;     // with those under way
    std::optional<SteadyTime> askedAt_;  // a commit is under way, and was at this tick
    SteadyTime retryAt_{};
    SteadyTime lastTick_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace ninja3cx::calls
