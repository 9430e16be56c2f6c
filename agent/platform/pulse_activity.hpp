#pragma once

#include "agent/platform/phone_activity.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ninja3cx::agent {

/// By PulseAudio, or PipeWire in its place: which programs record. The library is loaded when it is there; without it, or
/// without a sound server, null is given back, or nothing is ever told.
/// `programs`: how the names of the phone programs' binaries begin, in lower case. `post` runs work on the network thread.
/// Threads: the library has one of its own; what it tells is posted.
std::unique_ptr<PhoneActivity> pulseActivity(std::vector<std::string> programs,
                                             std::function<void(std::function<void()>)> post);

}  // namespace ninja3cx::agent
