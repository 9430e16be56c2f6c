#include "server/retranscription/hearing_queue.hpp"

#include <algorithm>
#include <tuple>

namespace ninja3cx::retranscription {

void HearingQueue::add(const CallId& callId, SystemTime deleteAt) {
    calls_.try_emplace(callId, Entry{HearingState::Waiting, deleteAt, 0});
}

std::optional<CallId> HearingQueue::begun() const {
    const auto found = std::ranges::find_if(
        calls_, [](const auto& item) { return item.second.state != HearingState::Waiting; });
    return found == calls_.end() ? std::nullopt : std::optional{found->first};
}

HearingQueue::Orders HearingQueue::tick(SteadyTime now, SystemTime date, bool isIdle) {
    Orders orders;
    if (!isIdle) {
        idleSince_.reset();
        if (const auto disturbed = begun()) advance(*disturbed, HearingEvent::Disturbed, orders);
    } else if (!idleSince_) {
        idleSince_ = now;
    }
    std::vector<CallId> late;
    for (const auto& [callId, entry] : calls_)
        if (date >= entry.deleteAt) late.push_back(callId);
    for (const CallId& callId : late) advance(callId, HearingEvent::TimeUp, orders);

    const bool isCalm = idleSince_ && now - *idleSince_ >= rules_.calm;
    if (!isCalm || (notBefore_ && now < *notBefore_) || listening_ || begun()) return orders;
    if (const auto callId = next()) advance(*callId, HearingEvent::Turn, orders);
    return orders;
}

HearingQueue::Orders HearingQueue::on(const CallId& callId, HearingEvent event, SteadyTime now) {
    using enum HearingEvent;
    Orders orders;
    if (listening_ == callId && (event == Heard || event == Failed || event == Stopped)) listening_.reset();
    if (event == NoteFailed || event == StoreFailed || event == Failed) notBefore_ = now + rules_.retry;
    const auto found = calls_.find(callId);
    if (found == calls_.end()) return orders;
    if (event == Failed && ++found->second.failures >= rules_.mostFailures) event = FailedAgain;
    advance(callId, event, orders);
    return orders;
}

void HearingQueue::advance(const CallId& callId, HearingEvent event, Orders& orders) {
    Entry& entry = calls_.at(callId);
    const HearingStep step = advanceHearing(entry.state, event);
    entry.state = step.next;
    for (const HearingAction action : step.actions) {
        if (action == HearingAction::Listen) listening_ = callId;
        orders.push_back({action, callId, event});
    }
    if (step.next == HearingState::Done) calls_.erase(callId);
}

std::optional<CallId> HearingQueue::next() const {
    const auto first = std::ranges::min_element(calls_, {}, [](const auto& item) {
        return std::tuple{item.second.failures, item.second.deleteAt};
    });
    return first == calls_.end() ? std::nullopt : std::optional{first->first};
}

}  // namespace ninja3cx::retranscription
