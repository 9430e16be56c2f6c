#pragma once

#include "server/analysis/conclusions/call_reading.hpp"

#include <cstdint>
#include <optional>

namespace ninja3cx::analysis {

/// What became of the calls that the technician offered or promised, with the answers that they got.
struct OfferedCallbacks {
    enum class End {
        None,     // none was offered in words
        Open,     // offered, and neither taken nor refused
        Stands,   // promised or taken
        Refused,  // by the customer, or taken back
    };
    End end = End::None;
    /// The turn that last promised or offered one, and the one that answered it.
    std::optional<std::int32_t> offer;
    std::optional<std::int32_t> answer;
    bool wasTaken = false;  // the last offer, by a plain yes
    bool isPlain = false;   // in the future tense: "un technicien va vous rappeler"
};

/// Between an offer and its answer may stand turns that only gain time. A later promise of the technician stands
/// whatever was refused before.
OfferedCallbacks offeredCallbacks(const CallReading& reading);

}  // namespace ninja3cx::analysis
