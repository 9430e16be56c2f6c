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

/// Praise of what is none, and no thanks: "Jeudi, formidable. Vraiment, quelle efficacité." in answer to `before`, the
/// technician's turn that promises it for then or not at all.
bool isIronic(const Line& line, const Line& before);

/// "it's working again", "vous êtes efficace": what is praised is said.
bool saysWhyPleased(const Line& line);

/// "c'est inadmissible", "I'm fed up".
bool isAngry(const Line& line);

}  // namespace ninja3cx::analysis
