#pragma once

#include "server/analysis/conclusions/call_reading.hpp"

#include <string_view>

namespace ninja3cx::analysis {

/// All that the technician says of such an action is an offer that the customer turned down: "je redémarre le serveur ?"
/// – "non, surtout pas". `head`: what the turns are to show ("action.reboot").
bool isOnlyRefused(const CallReading& reading, std::string_view head);

}  // namespace ninja3cx::analysis
