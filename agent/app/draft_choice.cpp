#include "agent/app/draft_choice.hpp"

#include "shared/protocol/delivery_rules.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::agent {

DraftNeed needOf(const protocol::Draft& draft) {
    using protocol::DeliveryState;
    using protocol::DraftState;
    const protocol::Delivery& delivery = draft.delivery;
    if (isMendable(delivery)) return DraftNeed::Mending;
    if (delivery.state == DeliveryState::Unconfirmed || delivery.state == DeliveryState::Rejected)
        return delivery.problemCode == "givenUp" ? DraftNeed::Nothing : DraftNeed::Delivery;
    const bool isSent =
        draft.state == DraftState::Confirmed;  // one that waits may be in NinjaOne with another
    const bool isUnderWay = delivery.state == DeliveryState::Queued ||
                            delivery.state == DeliveryState::Sending ||
                            delivery.state == DeliveryState::Unknown;
    if (isSent && isUnderWay) return DraftNeed::UnderWay;
    if (isSent && delivery.state != DeliveryState::None) return DraftNeed::Nothing;
    switch (draft.state) {
        case DraftState::Inbox:
            return draft.isAutomatic && draft.countdownLeftMs > 0 ? DraftNeed::Countdown : DraftNeed::Held;
        case DraftState::Counting:
            return draft.isAutomatic ? DraftNeed::Countdown : DraftNeed::Held;
        case DraftState::Paused:
            return DraftNeed::Held;
        case DraftState::Confirmed:
        case DraftState::Discarded:
            break;
    }
    return DraftNeed::Nothing;
}

int DraftChoice::numberOf(const DraftId& draftId) {
    const auto next = static_cast<int>(known_.size() + 1);
    return known_.try_emplace(draftId, Known{next, DraftNeed::Nothing}).first->second.number;
}

bool DraftChoice::waits(const DraftId& draftId) const {
    const auto found = known_.find(draftId);
    return found != known_.end() && found->second.isWaiting;
}

bool DraftChoice::fits(const DraftId& draftId, Concern concern) const {
    const auto found = known_.find(draftId);
    if (found == known_.end()) return false;
    const DraftNeed need = found->second.need;
    switch (concern) {
        case Concern::Draft:
            return need == DraftNeed::Countdown || need == DraftNeed::Held;
        case Concern::Delivery:
            return need == DraftNeed::Delivery || need == DraftNeed::Mending;
        case Concern::Content:
            break;
    }
    return need != DraftNeed::Delivery && need != DraftNeed::UnderWay;
}

std::vector<DraftId> DraftChoice::waiting() const {
    std::vector<std::pair<int, DraftId>> numbered;
    for (const auto& [draftId, known] : known_)
        if (known.isWaiting) numbered.emplace_back(known.number, draftId);
    std::sort(numbered.begin(), numbered.end());
    std::vector<DraftId> drafts;
    for (const auto& [number, draftId] : numbered) drafts.push_back(draftId);
    return drafts;
}

void DraftChoice::follow(std::span<const SeenDraft> drafts) {
    std::vector<DraftId> arrived;
    for (const SeenDraft& draft : drafts) {
        (void)numberOf(draft.draftId);
        Known& known = known_.at(draft.draftId);
        const bool wants = draft.need != DraftNeed::Nothing && draft.need != DraftNeed::UnderWay;
        const bool didWait = std::exchange(known.isWaiting, wants && !draft.isGone);
        known.need = draft.need;
        known.isUnderWay = draft.need == DraftNeed::UnderWay && !draft.isGone;
        if (known.isWaiting && (!didWait || draft.popsUp)) arrived.push_back(draft.draftId);
    }
    const std::optional<DraftId> before = current_;
    settle();
    for (const DraftId& draftId : arrived) arrive(draftId);
    if (current_ && current_ != before) hasMissed_ = false;
}

/// The choice goes on when what it was about does not wait any more.
void DraftChoice::settle() {
    if (current_ && (waits(*current_) || known_.at(*current_).isUnderWay)) return;
    const std::vector<DraftId> drafts = waiting();
    const bool isFollowing = current_.has_value();
    if (drafts.empty()) {
        if (current_ && known_.at(*current_).need == DraftNeed::Nothing) current_.reset();
        return;
    }
    isUsed_ = false;
    if (!isFollowing && drafts.size() > 1) return;
    const auto isRunning = [&](const DraftId& draftId) {
        return known_.at(draftId).need == DraftNeed::Countdown;
    };
    const auto running = std::find_if(drafts.begin(), drafts.end(), isRunning);
    current_ = running == drafts.end() ? drafts.front() : *running;
}

void DraftChoice::arrive(const DraftId& draftId) {
    // Whoever repeats a word means the draft that it was said of, which is on its way: not one that just came.
    if (current_ && *current_ != draftId && known_.at(*current_).isUnderWay) return;
    const std::vector<DraftId> drafts = waiting();
    if (drafts.size() == 1) {
        current_ = draftId;
        return;
    }
    if (current_ == draftId && isUsed_) return;
    const auto isRunning = [&](const DraftId& other) {
        return known_.at(other).need == DraftNeed::Countdown;
    };
    const auto running = std::count_if(drafts.begin(), drafts.end(), isRunning);
    if (isRunning(draftId)) {
        const bool isClear = running == 1 && !(current_ && isUsed_);
        current_ = isClear ? std::optional{draftId} : std::nullopt;
    } else if (current_ && !isUsed_ && (current_ == draftId || !isRunning(*current_))) {
        current_.reset();
    }
    if (!current_) isUsed_ = false;
}

bool DraftChoice::use(int number) {
    for (const auto& [draftId, known] : known_) {
        if (known.number != number || !(known.isWaiting || known.isUnderWay)) continue;
        current_ = draftId;
        isUsed_ = true;
        hasMissed_ = false;
        return true;
    }
    hasMissed_ = true;
    return false;
}

std::optional<DraftId> DraftChoice::meant(Concern concern) const {
    if (hasMissed_) return std::nullopt;
    std::vector<DraftId> fitting;
    for (const DraftId& draftId : waiting())
        if (fits(draftId, concern)) fitting.push_back(draftId);
    if (!current_) return fitting.size() == 1 ? std::optional{fitting.front()} : std::nullopt;
    if (isUsed_ || fitting.empty() || fits(*current_, concern)) return current_;
    return std::nullopt;
}

}  // namespace ninja3cx::agent
