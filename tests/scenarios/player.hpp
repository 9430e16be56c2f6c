#pragma once

#include "tests/scenarios/row.hpp"
#include "tests/scenarios/told.hpp"

#include <string>
#include <vector>

namespace ninja3cx::scenarios {

struct Played {
    std::vector<Told> told;
    /// What no timeline may have: a call that ends twice, a call that is answered and gets no draft …
    std::vector<std::string> faults;
    std::string log;
    std::map<std::string, int> requests;  // "GET /callcontrol": 7
};

/// Plays a row in virtual time: the simulated PBX, the server's link to it and its hub, which stores in memory. An error
/// names the field of the row that is wrong.
Result<Played> play(const Row& row);

}  // namespace ninja3cx::scenarios
