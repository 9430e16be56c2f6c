#include "tests/scenarios/told.hpp"

#include <cstdio>
#include <utility>

namespace ninja3cx::scenarios {
namespace {

using protocol::Call;
using protocol::CallState;
using protocol::Direction;
using protocol::LinkState;
using std::chrono::milliseconds;

const char* wordOf(CallState state) {
    switch (state) {
        case CallState::Ringing:
            return "ringing";
        case CallState::Dialing:
            return "dialing";
        case CallState::Connected:
            return "connected";
        case CallState::Held:
            return "held";
        case CallState::Ended:
            return "ended";
        case CallState::Missed:
            break;
    }
    return "missed";
}

const char* wordOf(Direction direction) {
    switch (direction) {
        case Direction::Inbound:
            return "inbound";
        case Direction::Outbound:
            return "outbound";
        case Direction::Internal:
            break;
    }
    return "internal";
}

std::string partyOf(const Call& call) {
    std::string party = call.remoteNumber.empty() ? "withheld" : call.remoteNumber;
    if (!call.remoteName.empty()) party += " " + call.remoteName;
    return party;
}

bool isBlocked(const Call& call) {
    return call.recording == protocol::Recording::Blocked;
}

/// What is said of an end beside that it is one.
std::string remarkOf(const Call& call) {
    const bool isUnseen = call.state == CallState::Ended && !call.answeredAtMs;
    if (call.isEndEstimated && isUnseen) return " (about then; no answer seen)";
    if (isUnseen) return " (no answer seen)";
    return call.isEndEstimated ? " (about then)" : "";
}

}  // namespace

std::string lineOf(const Told& told) {
    char time[32];
    std::snprintf(time, sizeof time, "%.1f", static_cast<double>(told.at.count() / 100) / 10.0);
    return std::string{time} + " " + told.text;
}

void Teller::tell(milliseconds at, const protocol::EventBody& event) {
    if (const auto* changed = std::get_if<protocol::CallChanged>(&event)) tellCall(at, changed->call);
    const auto* system = std::get_if<protocol::SystemChanged>(&event);
    if (!system) return;
    const LinkState link = system->system.pbx;
    if (link != std::exchange(link_, link)) {
        if (link == LinkState::Connected) note(at, "link connected");
        if (link == LinkState::Failed) note(at, "link failed");
    }
    if (system->system.queues) tellQueues(at, *system->system.queues);
}

void Teller::tellCall(milliseconds at, const Call& call) {
    const auto [place, isNew] = calls_.try_emplace(call.callId);
    Shown& shown = place->second;
    if (isNew) {
        const int count = ++counts_[call.extension];
        shown.name = call.extension.value() + (count > 1 ? "#" + std::to_string(count) : "");
        note(at, shown.name + " " + wordOf(call.state) + " " + wordOf(call.direction) + " " + partyOf(call) +
                     (isBlocked(call) ? ", not recorded" : ""));
    } else {
        const Call& before = shown.call;
        std::string text = call.state != before.state ? wordOf(call.state) + remarkOf(call) : "";
        const auto add = [&](const std::string& news) { text += (text.empty() ? "" : ", ") + news; };
        if (call.direction != before.direction) add(std::string{"now "} + wordOf(call.direction));
        if (partyOf(call) != partyOf(before)) add("now " + partyOf(call));
        if (isBlocked(call) && !isBlocked(before)) add("not recorded");
        if (!text.empty()) note(at, shown.name + " " + text);
    }
    shown.call = call;
}

void Teller::tellQueues(milliseconds at, const std::vector<protocol::QueueState>& queues) {
    for (const protocol::QueueState& queue : queues) {
        const std::string text =
            std::to_string(queue.waiting) + " waiting" + (queue.isLongWait == true ? ", too long" : "");
        if (std::exchange(queues_[queue.queue], text) == text) continue;
        note(at, "queue " + queue.queue + " " + text);
    }
}

}  // namespace ninja3cx::scenarios
