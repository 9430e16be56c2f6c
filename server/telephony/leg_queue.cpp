#include "server/telephony/leg_queue.hpp"

#include <algorithm>

namespace ninja3cx::telephony {
namespace {

constexpr std::size_t kMostWaiting = 10'000;

}  // namespace

bool LegQueue::add(const Leg& leg) {
    if (std::find(waiting_.begin(), waiting_.end(), leg) == waiting_.end()) waiting_.push_back(leg);
    if (waiting_.size() <= kMostWaiting) return true;
    waiting_.clear();
    return false;
}

void LegQueue::remove(const Leg& leg) {
    std::erase(waiting_, leg);
    if (asked_.contains(leg)) gone_.insert(leg);
}

std::optional<LegQueue::Leg> LegQueue::take() {
    const auto next =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const Leg& leg) { return !asked_.contains(leg); });
    if (next == waiting_.end()) return std::nullopt;
    Leg leg = *next;
    waiting_.erase(next);
    asked_.insert(leg);
    return leg;
}

bool LegQueue::done(const Leg& leg) {
    asked_.erase(leg);
    return gone_.erase(leg) > 0;
}

void LegQueue::forget(const std::function<bool(const std::string& dn)>& isOf) {
    std::erase_if(waiting_, [&](const Leg& leg) { return isOf(leg.first); });
}

std::vector<LegQueue::Leg> LegQueue::unread() const {
    std::vector<Leg> legs{waiting_.begin(), waiting_.end()};
    legs.insert(legs.end(), asked_.begin(), asked_.end());
    return legs;
}

void LegQueue::clear() {
    waiting_.clear();
    asked_.clear();
    gone_.clear();
}

}  // namespace ninja3cx::telephony
