#pragma once

#include "server/analysis/conversation/conversation.hpp"

namespace ninja3cx::analysis {

/// What the lines around a number speak of.
struct Topics {
    bool card = false;
    bool otherCard = false;
    bool iban = false;
    bool ssn = false;
};
Topics topicsOf(const Line& line);
Topics operator|(const Topics& a, const Topics& b);

}  // namespace ninja3cx::analysis
