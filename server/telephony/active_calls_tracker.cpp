#include "server/telephony/active_calls_tracker.hpp"

#include "server/telephony/phone_keys.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::telephony {
namespace {

using protocol::CallState;
using protocol::Direction;

constexpr std::size_t kEndedKept = 10'000;

enum class Side { Caller = 1, Callee };

/// Nothing for what tells no state: the call keeps its own, and is none where it has none.
std::optional<CallState> stateOf(const std::string& written, Side side) {
    const std::string status = lowered(written);
    if (status == "talking" || status == "connected") return CallState::Connected;
    if (status == "initiating")
        return side == Side::Caller ? std::optional{CallState::Dialing} : std::nullopt;
    if (status == "routing" || status == "dialing" || status == "rerouting" || status == "ringing" ||
        status == "transferring")
        return side == Side::Caller ? CallState::Dialing : CallState::Ringing;
    return std::nullopt;
}

bool hasVoice(CallState state) {
    return state == CallState::Connected;
}

calls::PhoneEvent eventOf(const std::string& key, const std::string& extension, CallState state,
                          Direction direction, const std::string& number, const std::string& name) {
    calls::PhoneEvent event;
    event.key = key;
    event.extension = Extension{extension};
    event.state = state;
    event.direction = direction;
    event.remoteNumber = number;
    event.remoteName = name;
    return event;
}

}  // namespace

ActiveCallsTracker::ActiveCallsTracker(std::vector<std::string> openKeys, IsExtension isExtension)
    : isExtension_(std::move(isExtension)), openKeys_(std::move(openKeys)) {}

bool ActiveCallsTracker::isExtension(const Party& party) const {
    return !party.dn.empty() && !party.outsideNumber && isExtension_(party.dn);
}

/// The PBX may have begun anew, and count from the beginning. And what a customer says who comes in a colleague's place is
/// a call of its own.
bool ActiveCallsTracker::isSameCall(const Seen& before, const Seen& now) {
    if (before.direction == Direction::Internal && now.direction != Direction::Internal) return false;
    return before.number == now.number || !before.establishedAt || !now.establishedAt ||
           *now.establishedAt <= *before.establishedAt;
}

void ActiveCallsTracker::read(const ActiveCall& row, std::map<CallKey, Seen>& into) const {
    const auto add = [&](const Party& own, const Party& other, Side side) {
        if (!isExtension(own)) return;
        const CallKey id{own.dn, row.id};
        const bool isOutside = other.outsideNumber.has_value();
        Seen seen;
        seen.direction = !isOutside             ? Direction::Internal
                         : side == Side::Caller ? Direction::Outbound
                                                : Direction::Inbound;
        seen.number = isOutside ? *other.outsideNumber : other.dn;
        if (!isOutside) seen.name = other.name;  // the name of a trunk is nobody's
        seen.establishedAt = row.establishedAt;
        const auto known = calls_.find(id);
        const bool isKnown = known != calls_.end() && isSameCall(known->second.last, seen);
        auto state = stateOf(row.status, side);
        if (isKnown && (!state || hasVoice(known->second.last.state)))
            state = known->second.last.state;  // what talks rings no more: it is on its way to somebody else
        if (!state) return;
        seen.state = *state;
        // Several rows of one call, one for each route: what talks counts.
        const auto [there, isNew] = into.try_emplace(id, seen);
        if (!isNew && hasVoice(seen.state) && !hasVoice(there->second.state)) there->second = seen;
    };
    add(row.caller, row.callee, Side::Caller);
    add(row.callee, row.caller, Side::Callee);
}

std::string ActiveCallsTracker::keyFor(const CallKey& id, const Seen& seen, SystemTime now) {
    const std::string stem = kListKeys + id.first + "/" + std::to_string(id.second) + "/";
    const auto open =
        std::ranges::find_if(openKeys_, [&](const std::string& key) { return key.starts_with(stem); });
    if (open != openKeys_.end()) {
        std::string key = *open;
        openKeys_.erase(open);
        return key;
    }
    const std::string key = stem + std::to_string(toEpochMs(seen.establishedAt.value_or(now)) / 1000);
    std::string unused = key;
    for (int times = 2; ended_.contains(unused); ++times) unused = key + "~" + std::to_string(times);
    return unused;
}

calls::PhoneEvent ActiveCallsTracker::end(const CallKey& id, const Call& call, Gap gap) {
    const Seen& last = call.last;
    const bool isAnswerUnknown = !hasVoice(last.state) && gap == Gap::Long;
    const CallState state = hasVoice(last.state) || isAnswerUnknown ? CallState::Ended : CallState::Missed;
    calls::PhoneEvent event = eventOf(call.key, id.first, state, last.direction, last.number, last.name);
    event.isTimeEstimated = true;
    event.isAnswerUnknown = isAnswerUnknown;
    if (ended_.insert(call.key).second) endedOrder_.push_back(call.key);
    if (endedOrder_.size() > kEndedKept) {
        ended_.erase(endedOrder_.front());
        endedOrder_.pop_front();
    }
    return event;
}

ActiveCallsTracker::Events ActiveCallsTracker::look(const std::vector<ActiveCall>& rows, Gap gap,
                                                    SystemTime now) {
    std::map<CallKey, Seen> seen;
    for (const ActiveCall& row : rows) read(row, seen);
    Events events;
    for (auto call = calls_.begin(); call != calls_.end();) {
        const auto current = call++;
        const auto there = seen.find(current->first);
        if (there != seen.end() && isSameCall(current->second.last, there->second)) continue;
        events.push_back(end(current->first, current->second, gap));
        calls_.erase(current);
    }
    for (const auto& [id, shown] : seen) {
        const auto known = calls_.find(id);
        if (known != calls_.end() && known->second.last == shown) continue;
        Call& call = known != calls_.end() ? known->second : calls_[id];
        const bool isNews = call.key.empty() || call.last.state != shown.state ||
                            call.last.number != shown.number || call.last.name != shown.name;
        if (call.key.empty()) {
            call.key = keyFor(id, shown, now);
            call.last = shown;
        }
        const Direction first = call.last.direction;
        call.last = shown;
        call.last.direction = first;
        if (isNews)
            events.push_back(eventOf(call.key, id.first, shown.state, first, shown.number, shown.name));
    }
    openKeys_.clear();  // what was not taken up now has ended
    return events;
}

std::vector<std::string> ActiveCallsTracker::liveKeys() const {
    std::vector<std::string> keys;
    for (const auto& [id, call] : calls_) keys.push_back(call.key);
    return keys;
}

}  // namespace ninja3cx::telephony
