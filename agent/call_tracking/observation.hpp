#pragma once

#include "shared/core/clock.hpp"
#include "shared/protocol/records.hpp"

#include <optional>
#include <string>

namespace ninja3cx::agent {

/// Who noticed something of a call of this PC.
enum class Source {
    Server,      // the server's live view; it hears of calls from the PBX, or from this program
    Softphone,   // the pipe of 3CX's Windows softphone: sees everything but holds
    ContactUrl,  // 3CX opened the contact URL: it rings, and no more is heard
    Ring,        // `--ring` or the command: the same
    Manual,      // the technician: a call begins, or is over
    PhoneAudio,  // the phone program records: a hint, late, and of no particular call
};

/// How a source is called in CallDetected.
const char* nameOf(Source source);
/// It knows only that it rings.
bool isHook(Source source);

/// One thing that one source said.
struct Observation {
    Source source{};
    protocol::CallState state{};
    SteadyTime at{};
    std::string sourceId = {};  // the source's own id of the call; empty where it has none
    std::optional<protocol::Direction> direction = {};
    std::string number = {};  // empty: withheld, or not said
    std::string name = {};
};

}  // namespace ninja3cx::agent
