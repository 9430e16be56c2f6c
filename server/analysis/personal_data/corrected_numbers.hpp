#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// Long numbers that the speaker mends while saying them.
namespace ninja3cx::analysis {

struct CorrectedNumber {
    std::string digits;  // as they are meant in the end, as far as that can be told
    std::size_t first = 0;
    std::size_t last = 0;
    bool mayBeCard = false;
};
/// "quatre mille neuf cent… enfin le quatre neuf sept zéro …": digits that only words of correction and a few others part,
/// at least one of the parts begun anew.
std::vector<CorrectedNumber> correctedNumbersIn(const Line& line);

}  // namespace ninja3cx::analysis
