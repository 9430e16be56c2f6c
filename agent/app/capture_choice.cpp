#include "agent/app/capture_choice.hpp"

#include <tuple>

namespace ninja3cx::agent {

std::optional<std::size_t> callToCapture(std::span<const CaptureCandidate> calls) {
    const auto age = [](const CaptureCandidate& call) { return std::tie(call.turn, call.answeredAtMs); };
    std::optional<std::size_t> newest;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        if (calls[i].state != protocol::CallState::Connected) continue;
        if (calls[i].recording == protocol::Recording::Blocked) continue;
        if (!newest || age(calls[*newest]) < age(calls[i])) newest = i;
    }
    return newest;
}

}  // namespace ninja3cx::agent
