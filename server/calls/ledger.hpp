#pragma once

#include "server/calls/ports.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace ninja3cx::calls {

/// Puts changes on disk first and lets their consequences happen after, all in the order of the calls.
///
/// One commit is under way at a time; what is written meanwhile goes into the next one. The changes of one
/// `write` are never split over two transactions. A commit that fails is tried again until it succeeds:
/// nothing after it becomes visible before.
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
    SteadyTime retryAt_{};
    SteadyTime lastTick_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace ninja3cx::calls
