#pragma once

#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"
#include "simulators/exchange/exchange.hpp"
#include "simulators/exchange/faults.hpp"
#include "simulators/exchange/journal.hpp"
#include "simulators/ninja_one/options.hpp"
#include "simulators/ninja_one/seed.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::simulators {

/// What a tenant is at the start: a scenario file of `3cx-ninja-sim ninja`.
struct NinjaOneScenario {
    NinjaOneOptions options;
    Seed seed = builtInSeed();
    std::vector<Fault> faults;
};
/// `text` is the file's content; errors name the field.
Result<NinjaOneScenario> parseNinjaOneScenario(std::string_view text);

/// NinjaOne's public API v2 as far as this product uses it, with scripted troubles.
///
/// Pure: no socket, no thread; time only from `clock`. One thread. Everything is served below /v2 and
/// /api/v2, tokens below /ws/oauth and /oauth, the controls below /__sim and the state at /_sim/state.
class NinjaOne {
public:
    NinjaOne(const Clock& clock, NinjaOneScenario scenario);
    ~NinjaOne();
    Reply handle(const Request& request);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::simulators
