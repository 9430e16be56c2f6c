#pragma once

#include "agent/app/texts.hpp"
#include "shared/protocol/records.hpp"

#include <chrono>
#include <cstdint>
#include <string>

/// How times and calls are written in a terminal. Pure.
namespace ninja3cx::agent {

/// "01:01"
std::string clockText(std::int64_t ms);
/// The server's moment on this PC's clock on the wall.
std::string wallClockText(std::int64_t atMs);
/// Rounded up: 0 s would be over.
std::string secondsText(std::int64_t ms);
/// "2 min", "90 s"
std::string durationText(std::chrono::milliseconds duration);
/// "Jane Doe, Acme (+331…)"
std::string callerText(const Texts& texts, const protocol::Call& call);
/// "incoming call from …: ringing, recognised by the last digits only"
std::string callText(const Texts& texts, const protocol::Call& call);
/// "the customer: unhappy (getting worse), about: network and VPN, alerts: wants to cancel"
std::string insightText(const Texts& texts, const protocol::CallInsight& insight);

}  // namespace ninja3cx::agent
