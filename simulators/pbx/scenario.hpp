#pragma once

#include "shared/core/result.hpp"
#include "simulators/exchange/faults.hpp"
#include "simulators/pbx/call_script.hpp"
#include "simulators/pbx/desktop_setup.hpp"
#include "simulators/pbx/profile.hpp"
#include "simulators/pbx/user_board.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ninja3cx::simulators {

struct PbxScenario {
    Profile profile;
    Site site = builtInSite();
    std::vector<UserChange> users;
    std::vector<CallScript> calls;
    std::optional<double> repeatEveryS;  // the calls start again
    std::vector<Fault> faults;
    std::vector<ContactUrl> contactUrls;
    std::vector<SoftphonePipe> softphonePipes;
};

/// The content of a scenario file. What it leaves out of the site is as built in. Errors name the field.
Result<PbxScenario> parsePbxScenario(std::string_view text, const AudioLookup& audio);
/// What is to happen at a PBX that runs already: `profile` and what describes the site are refused.
Result<PbxScenario> parsePbxAddition(std::string_view text, const AudioLookup& audio, const Site& site);
/// The six sample calls spread over 201-206, again and again.
Result<PbxScenario> demoScenario(const AudioLookup& audio);

}  // namespace ninja3cx::simulators
