#include "agent/softphone/conversation.hpp"

#include "agent/call_tracking/caller.hpp"
#include "agent/call_tracking/tracked_calls.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::agent {
namespace {

using protocol::CallState;
using protocol::Direction;

constexpr std::size_t kMaxCallsKept = 32;
constexpr std::size_t kMaxIdBytes = 100;

bool says(std::string_view text, std::string_view word) {
    return lowered(text).find(word) != std::string::npos;
}

/// Of a command that tells of a call; empty for others.
std::optional<CallState> stateOf(std::string_view command) {
    constexpr std::array<std::pair<std::string_view, CallState>, 5> kStates{
        {{"RINGING", CallState::Ringing},
         {"RINGBACK", CallState::Dialing},
         {"CONNECTED", CallState::Connected},
         {"DISCONNECTED", CallState::Ended},
         {"DROP-CALL", CallState::Ended}}};
    for (const auto& [name, state] : kStates)
        if (isSameWord(command, name)) return state;
    return std::nullopt;
}

/// "status" is nowhere described: what can be recognised of a hold and its end is.
std::optional<CallState> stateOfStatus(std::string_view status) {
    if (says(status, "hold") || says(status, "held")) return CallState::Held;
    if (says(status, "disconnect")) return std::nullopt;
    if (says(status, "connected") || says(status, "talking")) return CallState::Connected;
    return std::nullopt;
}

}  // namespace

std::string SoftphoneConversation::hello() {
    return frameOf(writePipeMessage({{"__reqId", std::to_string(++lastRequest_)}, {"cmd", "SRVHELLO"}}));
}

std::string SoftphoneConversation::makeCall(const std::string& number) {
    return frameOf(writePipeMessage({{"__reqId", std::to_string(++lastRequest_)},
                                     {"cmd", "MAKE-CALL"},
                                     {"callid", std::to_string(++lastMade_)},
                                     {"number", number}}));
}

std::vector<Observation> SoftphoneConversation::hear(std::string_view bytes, SteadyTime now) {
    frames_.feed(bytes);
    std::vector<Observation> seen;
    while (const auto text = frames_.next()) {
        const PipeMessage message = PipeMessage::read(*text);
        if (isSameWord(message["reply"], "CLIHELLO")) isGreeted_ = true;
        if (message.isReply()) continue;
        if (auto one = understand(message, now)) seen.push_back(std::move(*one));
    }
    return seen;
}

std::optional<Direction> SoftphoneConversation::directionOf(const PipeMessage& message,
                                                            std::string_view command) const {
    if (isSameWord(command, "RINGING")) return Direction::Inbound;
    if (isSameWord(command, "RINGBACK")) return Direction::Outbound;
    if (const auto known = calls_.find(std::string{message["callid"]});
        known != calls_.end() && known->second.direction)
        return known->second.direction;
    if (says(message["status"], "outbound")) return Direction::Outbound;
    if (says(message["status"], "inbound")) return Direction::Inbound;
    if (extension_.empty()) return std::nullopt;
    if (message["originator"] == extension_) return Direction::Outbound;
    if (message["called_number"] == extension_) return Direction::Inbound;
    return std::nullopt;
}

std::optional<Observation> SoftphoneConversation::understand(const PipeMessage& message, SteadyTime now) {
    const std::string_view command = message["cmd"];
    const std::string callId{cutUtf8(message["callid"], kMaxIdBytes)};
    const auto known = calls_.find(callId);
    std::optional<CallState> state = stateOf(command);
    if (!state && isSameWord(command, "CALL-INFO")) {
        state = stateOfStatus(message["status"]);
        if (!state && known != calls_.end()) state = known->second.state;  // who it is, not what it does
    }
    if (!state) return std::nullopt;
    Observation seen;
    seen.source = Source::Softphone;
    seen.state = *state;
    seen.at = now;
    seen.sourceId = callId;
    seen.direction = directionOf(message, command);
    const bool isOutbound = seen.direction == Direction::Outbound;
    const Caller caller = isOutbound ? callerOf(message["called_number"], message["called_name"])
                                     : callerOf(message["originator"], message["originator_name"]);
    seen.number = caller.number;
    seen.name = caller.name;
    remember(callId, seen);
    return seen;
}

void SoftphoneConversation::remember(const std::string& callId, const Observation& seen) {
    if (isOver(seen.state)) {
        calls_.erase(callId);
        return;
    }
    calls_[callId] = {seen.state, seen.direction, ++turn_};
    if (calls_.size() > kMaxCallsKept)
        calls_.erase(std::ranges::min_element(calls_, {}, [](const auto& item) { return item.second.turn; }));
}

}  // namespace ninja3cx::agent
