#include "server/calls/ledger.hpp"

#include <iterator>
#include <utility>

namespace ninja3cx::calls {
namespace {

constexpr std::size_t kMaxEntriesPerCommit = 256;
constexpr std::chrono::milliseconds kRetryAfter{500};
constexpr std::chrono::seconds kPatience{3};  // with a commit that is under way

}  // namespace

Ledger::Ledger(Store& store) : store_(store) {}
Ledger::~Ledger() = default;

void Ledger::write(std::vector<Change> changes, Effect then) {
    waitingChanges_ += changes.size();
    waiting_.push_back({std::move(changes), std::move(then)});
    pump();
}

void Ledger::tick(SteadyTime now) {
    lastTick_ = now;
    if (!askedAt_ && !underWay_.empty()) askedAt_ = now;
    if (!hasFailed_ || now < retryAt_) return;
    hasFailed_ = false;
    pump();
}

bool Ledger::isStalled() const {
    return isFailing_ || (askedAt_ && lastTick_ - *askedAt_ >= kPatience);
}

void Ledger::pump() {
    if (isBusy_) return;
    isBusy_ = true;
    const std::weak_ptr<bool> alive = alive_;
    while (!hasFailed_ && underWay_.empty() && !waiting_.empty()) {
        if (waiting_.front().changes.empty()) {
            const Effect effect = std::move(waiting_.front().effect);
            waiting_.pop_front();
            if (effect) effect();
            continue;
        }
        std::vector<Change> changes;
        while (!waiting_.empty() && underWay_.size() < kMaxEntriesPerCommit) {
            Entry& entry = waiting_.front();
            changes.insert(changes.end(), entry.changes.begin(), entry.changes.end());
            underWay_.push_back(std::move(entry));
            waiting_.pop_front();
        }
        store_.commit(std::move(changes), [this, alive](const Result<void>& outcome) {
            if (!alive.expired()) finish(outcome);
        });
    }
    isBusy_ = false;
}

void Ledger::finish(const Result<void>& outcome) {
    std::vector<Entry> done = std::exchange(underWay_, {});
    askedAt_.reset();
    isFailing_ = !outcome;
    if (!outcome) {
        waiting_.insert(waiting_.begin(), std::make_move_iterator(done.begin()),
                        std::make_move_iterator(done.end()));
        hasFailed_ = true;
        retryAt_ = lastTick_ + kRetryAfter;
        return;
    }
    for (const Entry& entry : done) waitingChanges_ -= entry.changes.size();
    const bool wasBusy = std::exchange(isBusy_, true);  // effects only queue
    for (const Entry& entry : done)
        if (entry.effect) entry.effect();
    isBusy_ = wasBusy;
    pump();
}

}  // namespace ninja3cx::calls
