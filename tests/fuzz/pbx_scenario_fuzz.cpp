#include "simulators/pbx/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// A scenario file of the PBX simulator: what is accepted can be played, what is not has its reason told.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::simulators;
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto scenario = parsePbxScenario(input, [](const std::string& audio) {
        return AudioInfo{audio, 60.0};
    });
    if (!scenario) {
        if (scenario.error().detail.empty()) std::abort();
        return 0;
    }
    for (const CallScript& call : scenario->calls)
        if (!(call.durationS >= 0) || !(call.ringS >= 0) || call.direction.empty()) std::abort();
    return 0;
}
