#pragma once

#include "server/analysis/analyse.hpp"

#include <initializer_list>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// "A: …" is the technician, "C: …" the customer.
inline protocol::AnalysisInput talk(const std::vector<std::string>& lines,
                                    const std::string& language = "fr") {
    protocol::AnalysisInput input;
    input.id = "test";
    input.language = language;
    for (const std::string& line : lines)
        input.turns.push_back(
            {line[0] == 'A' ? protocol::Speaker::Agent : protocol::Speaker::Customer, 0, 0, line.substr(3)});
    return input;
}

}  // namespace ninja3cx::analysis
