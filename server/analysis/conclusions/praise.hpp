#pragma once

#include "server/analysis/conversation/conversation.hpp"

namespace ninja3cx::analysis {

/// What praise in a turn of the customer is worth.
enum class Praise {
    Honest,    // or there is none
    Doubtful,  // beside a complaint: "super, et l'imprimante ne marche plus"
    Mocking,   // "bravo, encore en panne", "oh fantastic, it's crashed again"
};
Praise praiseIn(const Line& line);

}  // namespace ninja3cx::analysis
