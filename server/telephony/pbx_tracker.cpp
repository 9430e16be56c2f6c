#include "server/telephony/pbx_tracker.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::telephony {
namespace {

using protocol::CallState;
using protocol::Direction;

/// Nothing for a status this program does not know: the call keeps its state.
std::optional<CallState> stateOf(const std::string& written) {
    const std::string status = lowered(written);
    if (status == "ringing") return CallState::Ringing;
    if (status == "dialing") return CallState::Dialing;
    if (status == "connected") return CallState::Connected;
    if (status.find("hold") != std::string::npos || status.find("held") != std::string::npos)
        return CallState::Held;
    return std::nullopt;
}

std::optional<CallState> stateOf(const Participant& participant) {
    return stateOf(participant.status);
}

bool isOutside(const Participant& participant) {
    return lowered(participant.partyDnType) == "wexternalline";
}

/// A conference is nobody: everybody's other side is the same number then.
bool isInConference(const Participant& participant) {
    return lowered(participant.partyDnType) == "wconference";
}

void keepParty(const Participant& from, Participant& participant) {
    participant.partyCallerName = from.partyCallerName;
    participant.partyDn = from.partyDn;
    participant.partyCallerId = from.partyCallerId;
    participant.partyDid = from.partyDid;
    participant.partyDnType = from.partyDnType;
}

Direction directionOf(const Participant& participant, CallState first) {
    const std::string type = lowered(participant.partyDnType);
    if (type == "wextension") return Direction::Internal;
    if (first == CallState::Ringing) return Direction::Inbound;
    if (first == CallState::Dialing) return Direction::Outbound;
    const bool isOwnCall =
        (participant.originatedByDn.empty() || participant.originatedByDn == participant.dn) &&
        participant.legId == 1;
    return isOwnCall ? Direction::Outbound : Direction::Inbound;
}

bool hasVoice(CallState state) {
    return state == CallState::Connected || state == CallState::Held;
}

calls::PhoneEvent eventOf(const std::string& key, const Participant& participant, CallState state,
                          Direction direction) {
    calls::PhoneEvent event;
    event.key = key;
    event.extension = Extension{participant.dn};
    event.state = state;
    event.direction = direction;
    event.remoteNumber = participant.partyCallerId;
    event.remoteName = participant.partyCallerName;
    event.did = participant.partyDid;
    return event;
}

calls::PhoneEvent tentativeEvent(const std::string& key, const std::string& dn, CallState state) {
    calls::PhoneEvent event;
    event.key = key;
    event.extension = Extension{dn};
    event.state = state;
    event.isTentative = true;
    return event;
}

std::string announcedKey(const std::string& dn, std::int64_t participantId) {
    return "3cx/" + dn + "/new/" + std::to_string(participantId);
}

constexpr std::size_t kEndedKept = 10'000;

}  // namespace

bool isKnownStatus(const std::string& status) {
    return stateOf(status).has_value();
}

PbxTracker::PbxTracker(std::vector<std::string> openKeys) : openKeys_(std::move(openKeys)) {}

std::string PbxTracker::keyFor(const Participant& participant) {
    if (const auto announced = announced_.find(participant.dn);
        announced != announced_.end() && announced->second.participantId == participant.id) {
        std::string key = std::move(announced->second.key);
        announced_.erase(announced);
        return key;
    }
    const std::string stem = "3cx/" + participant.dn + "/" + std::to_string(participant.callId) + "/";
    const std::string announcedBefore = announcedKey(participant.dn, participant.id);
    const auto known = std::find_if(openKeys_.begin(), openKeys_.end(), [&](const std::string& key) {
        return key.starts_with(stem) || key == announcedBefore;
    });
    if (known == openKeys_.end()) return unused(stem + std::to_string(participant.id));
    std::string key = *known;
    openKeys_.erase(known);
    return key;
}

std::string PbxTracker::unused(std::string key) const {
    if (!endedBefore_.contains(key)) return key;
    for (int times = 2;; ++times)
        if (std::string again = key + "~" + std::to_string(times); !endedBefore_.contains(again))
            return again;
}

/// A leg that is now of another call than before.
PbxTracker::Events PbxTracker::carryOver(const Participant& participant) {
    const CallKey id{participant.dn, participant.callId};
    const auto before = std::find_if(calls_.begin(), calls_.end(), [&](const auto& entry) {
        return entry.first.first == participant.dn && entry.first != id &&
               entry.second.participants.contains(participant.id);
    });
    if (before == calls_.end()) return {};
    if (before->second.participants.size() > 1 || calls_.contains(id))
        return remove(participant.dn, participant.id);
    auto call = calls_.extract(before);
    call.key() = id;
    calls_.insert(std::move(call));
    return {};
}

/// A customer in the place of a colleague, as after an attended transfer.
PbxTracker::Events PbxTracker::endInquiry(const Participant& participant) {
    const auto call = calls_.find({participant.dn, participant.callId});
    const bool isCustomersNow = call != calls_.end() && isOutside(participant) &&
                                call->second.direction == Direction::Internal &&
                                !isOutside(call->second.last);
    if (!isCustomersNow) return {};
    std::string key = call->second.key;
    Events events = end(call, false);
    forget(std::move(key));
    return events;
}

PbxTracker::Events PbxTracker::upsert(const Participant& participant) {
    Events events = take(participant);
    settleLeaving(events);
    return events;
}

PbxTracker::Events PbxTracker::take(const Participant& shown) {
    if (shown.dn.empty()) return {};
    Participant participant = shown;
    const auto state = stateOf(participant);
    const CallKey id{participant.dn, participant.callId};
    Events events = carryOver(participant);
    for (calls::PhoneEvent& event : endInquiry(participant)) events.push_back(std::move(event));
    auto found = calls_.find(id);
    if (found != calls_.end() && isInConference(participant)) keepParty(found->second.last, participant);
    if (found == calls_.end()) {
        if (!state) return events;
        Call call;
        call.key = keyFor(participant);
        call.state = *state;
        call.direction = directionOf(participant, *state);
        call.participants.insert(participant.id);
        call.last = participant;
        call.begunAt = ++steps_;
        if (hasVoice(*state)) call.answeredAt = call.begunAt;
        found = calls_.emplace(id, std::move(call)).first;
        sawParticipant(participant.dn, participant.id);
        events.push_back(eventOf(found->second.key, participant, *state, found->second.direction));
        return events;
    }
    if (const auto announced = announced_.find(participant.dn);
        announced != announced_.end() && announced->second.participantId == participant.id) {
        for (calls::PhoneEvent& event : end(announced, true)) events.push_back(std::move(event));
        return events;  // one more device after all; the next look shows its state
    }
    Call& call = found->second;
    call.isMissing = false;
    sawParticipant(participant.dn, participant.id);
    call.participants.insert(participant.id);
    // A second device that still rings does not un-answer the call.
    const bool isOtherDevice = hasVoice(call.state) && state && !hasVoice(*state);
    const CallState next = state && !isOtherDevice ? *state : call.state;
    const bool isNews = next != call.state || participant.partyCallerId != call.last.partyCallerId ||
                        participant.partyCallerName != call.last.partyCallerName;
    call.state = next;
    if (hasVoice(next) && call.answeredAt == 0) call.answeredAt = ++steps_;
    if (!isOtherDevice) call.last = participant;
    if (isNews && !isOtherDevice) events.push_back(eventOf(call.key, participant, next, call.direction));
    return events;
}

PbxTracker::Events PbxTracker::announce(const std::string& dn, std::int64_t participantId) {
    mark(dn, participantId);
    const bool hasCall =
        announced_.contains(dn) ||
        std::any_of(calls_.begin(), calls_.end(), [&](const auto& entry) { return entry.first.first == dn; });
    if (dn.empty() || hasCall) return {};
    const std::string key = unused(announcedKey(dn, participantId));
    announced_[dn] = {participantId, key};
    return {tentativeEvent(key, dn, CallState::Ringing)};
}

void PbxTracker::mark(const std::string& dn, std::int64_t participantId) {
    const auto owner = std::find_if(calls_.begin(), calls_.end(), [&](const auto& entry) {
        return entry.first.first == dn && entry.second.participants.contains(participantId);
    });
    for (auto& [id, call] : calls_)
        if (id.first == dn && (owner == calls_.end() || owner->first == id))
            call.unseen.insert(participantId);
}

/// It may have been taken for a part of another call.
void PbxTracker::sawParticipant(const std::string& dn, std::int64_t participantId) {
    for (auto& [id, call] : calls_)
        if (id.first == dn) call.unseen.erase(participantId);
}

PbxTracker::Events PbxTracker::end(std::map<std::string, Announced>::iterator found, bool isEstimated) {
    calls::PhoneEvent event = tentativeEvent(found->second.key, found->first, CallState::Ended);
    event.isTimeEstimated = isEstimated;
    event.isAnswerUnknown = true;  // it was never looked at
    noteEnded(event.key);
    announced_.erase(found);
    return {event};
}

PbxTracker::Events PbxTracker::end(std::map<CallKey, Call>::iterator found, bool isEstimated) {
    const Call& call = found->second;
    const bool isAnswerUnknown = !hasVoice(call.state) && (isEstimated || !call.unseen.empty());
    const CallState last = hasVoice(call.state) || isAnswerUnknown ? CallState::Ended : CallState::Missed;
    calls::PhoneEvent event = eventOf(call.key, call.last, last, call.direction);
    event.isTimeEstimated = isEstimated;
    event.isAnswerUnknown = isAnswerUnknown;
    noteEnded(event.key);
    if (isAnswerUnknown)
        for (Leaving& leaving : leaving_)
            if (leaving.id.second == found->first.second) leaving.isAnswerUnknown = true;
    calls_.erase(found);
    return {event};
}

/// Of a call that was put through to somebody, a colleague who speaks in it is no news.
PbxTracker::Elsewhere PbxTracker::elsewhere(const CallKey& id, const Call& call) const {
    auto found = Elsewhere::NotAnswered;
    for (const auto& [other, theirs] : calls_) {
        if (other.first == id.first || other.second != id.second) continue;
        if (theirs.answeredAt > call.begunAt) return Elsewhere::Answered;
        if (theirs.answeredAt == 0 && !theirs.unseen.empty()) found = Elsewhere::Unread;
    }
    return found;
}

PbxTracker::Events PbxTracker::stopRinging(std::map<CallKey, Call>::iterator found) {
    const bool isPlain = found->second.state == CallState::Ringing && found->second.unseen.empty();
    if (!isPlain || elsewhere(found->first, found->second) == Elsewhere::NotAnswered)
        return end(found, false);
    leaving_.push_back({found->first, std::move(found->second)});
    calls_.erase(found);
    return {};
}

void PbxTracker::settleLeaving(Events& events) {
    std::erase_if(leaving_, [&](const Leaving& leaving) {
        const Elsewhere now = elsewhere(leaving.id, leaving.call);
        if (now == Elsewhere::Unread) return false;
        // One that was answered, and not here, is as little missed as one whose answer nobody saw.
        const bool isMissed = now == Elsewhere::NotAnswered && !leaving.isAnswerUnknown;
        calls::PhoneEvent event =
            eventOf(leaving.call.key, leaving.call.last, isMissed ? CallState::Missed : CallState::Ended,
                    leaving.call.direction);
        event.isAnswerUnknown = !isMissed;
        noteEnded(event.key);
        events.push_back(std::move(event));
        return true;
    });
}

PbxTracker::Events PbxTracker::remove(const std::string& dn, std::int64_t participantId) {
    if (const auto announced = announced_.find(dn);
        announced != announced_.end() && announced->second.participantId == participantId)
        return end(announced, false);
    for (auto call = calls_.begin(); call != calls_.end(); ++call) {
        if (call->first.first != dn || call->second.participants.erase(participantId) == 0) continue;
        Events events = call->second.participants.empty() ? stopRinging(call) : Events{};
        settleLeaving(events);
        return events;
    }
    return {};
}

bool PbxTracker::doubt(const std::string& dn, std::int64_t participantId) {
    if (const auto announced = announced_.find(dn);
        announced != announced_.end() && announced->second.participantId == participantId)
        return true;
    const auto call = std::ranges::find_if(calls_, [&](const auto& entry) {
        return entry.first.first == dn && entry.second.participants.contains(participantId);
    });
    if (call == calls_.end()) return false;
    call->second.isMissing = true;
    return true;
}

/// What ended before the new connection the PBX does not speak of any more.
void PbxTracker::beginAnew(const std::map<CallKey, std::vector<const Participant*>>& seen, Events& events) {
    for (auto call = calls_.begin(); call != calls_.end();) {
        const auto current = call++;
        const auto now = seen.find(current->first);
        const bool isOther = hasVoice(current->second.state) && now != seen.end() &&
                             std::ranges::all_of(now->second, [](const Participant* participant) {
                                 const auto state = stateOf(*participant);
                                 return state && !hasVoice(*state);
                             });
        if (!isOther && now != seen.end()) continue;
        for (calls::PhoneEvent& event : end(current, true)) events.push_back(std::move(event));
    }
    forgetEnded();
}

void PbxTracker::noteEnded(const std::string& key) {
    ended_.push_back(key);
    if (ended_.size() > kEndedKept) ended_.pop_front();
}

void PbxTracker::forgetEnded() {
    for (std::string& key : std::exchange(ended_, {})) forget(std::move(key));
}

void PbxTracker::forget(std::string key) {
    if (endedBefore_.insert(key).second) endedBeforeOrder_.push_back(std::move(key));
    while (endedBeforeOrder_.size() > kEndedKept) {
        endedBefore_.erase(endedBeforeOrder_.front());
        endedBeforeOrder_.pop_front();
    }
}

PbxTracker::Events PbxTracker::resync(const std::vector<Dn>& dns, Removals removals) {
    std::map<CallKey, std::vector<const Participant*>> seen;
    std::map<CallKey, std::set<std::int64_t>> ids;
    for (const Dn& dn : dns)
        for (const Participant& participant : dn.participants) {
            seen[{participant.dn, participant.callId}].push_back(&participant);
            ids[{participant.dn, participant.callId}].insert(participant.id);
        }
    Events events;
    if (removals == Removals::Unheard) {
        beginAnew(seen, events);
    } else {
        for (const auto& [id, participants] : seen)
            for (const Participant* participant : participants)
                for (calls::PhoneEvent& event : carryOver(*participant)) events.push_back(std::move(event));
    }
    for (auto call = calls_.begin(); call != calls_.end();) {
        const auto current = call++;
        const bool wasMissing = std::exchange(current->second.isMissing, !seen.contains(current->first));
        if (current->second.isMissing) {
            if (!wasMissing) continue;
            for (calls::PhoneEvent& event : end(current, true)) {
                forget(
                    event
                        .key);  // shown once more, as after it was not monitored for a while, it is another call
                events.push_back(std::move(event));
            }
        } else {
            current->second.unseen.clear();
            std::erase_if(current->second.participants,
                          [&](std::int64_t id) { return !ids[current->first].contains(id); });
        }
    }
    // The announced legs first: a second device of the same call then finds it.
    std::vector<const Participant*> all;
    for (const Dn& dn : dns)
        for (const Participant& participant : dn.participants) all.push_back(&participant);
    const auto isAnnounced = [&](const Participant* participant) {
        const auto announced = announced_.find(participant->dn);
        return announced != announced_.end() && announced->second.participantId == participant->id;
    };
    for (auto announced = announced_.begin(); announced != announced_.end();) {
        const auto current = announced++;
        const bool isThere = std::any_of(all.begin(), all.end(), [&](const Participant* participant) {
            return participant->dn == current->first && participant->id == current->second.participantId;
        });
        if (isThere) continue;
        for (calls::PhoneEvent& event : end(current, true)) events.push_back(std::move(event));
    }
    std::stable_partition(all.begin(), all.end(), isAnnounced);
    for (const Participant* participant : all)
        for (calls::PhoneEvent& event : take(*participant)) events.push_back(std::move(event));
    settleLeaving(events);
    if (removals == Removals::Unheard) forgetEnded();
    openKeys_.clear();  // what was not taken up now has ended: see CallHub::onPhoneResync
    return events;
}

bool PbxTracker::hasMissing() const {
    return std::any_of(calls_.begin(), calls_.end(), [](const auto& call) { return call.second.isMissing; });
}

std::vector<std::string> PbxTracker::liveKeys() const {
    std::vector<std::string> keys;
    for (const auto& [id, call] : calls_) keys.push_back(call.key);
    for (const Leaving& leaving : leaving_) keys.push_back(leaving.call.key);
    for (const auto& [dn, announced] : announced_) keys.push_back(announced.key);
    return keys;
}

}  // namespace ninja3cx::telephony
