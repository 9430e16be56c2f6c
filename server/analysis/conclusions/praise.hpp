#pragma once

#include "server/analysis/conversation/conversation.hpp"

namespace ninja3cx::analysis {

/// "Brilliant, that's really quick": praise of the technician's answer, which puts nothing off, where nothing is complained
/// of. A model that learned mockery hears it there too.
bool isGenuine(const Conversation& conversation, std::size_t turn);

/// What praise in a turn of the customer is worth.
enum class Praise {
    Honest,    // or there is none
    Doubtful,  // beside a complaint: "super, et l'imprimante ne marche plus"
    Mocking,   // "bravo, encore en panne", "oh fantastic, it's crashed again"
};
Praise praiseIn(const Line& line);

/// In answer to a technician who puts a complaint off, the customer's turn praises what is none and thanks for nothing:
/// "Jeudi, formidable. Vraiment, quelle efficacité." A day that is offered may simply suit: "Super, vraiment sympa" and
/// "Perfect, next week it is" are none. It takes praise of work or service, or stressed praise of a refusal, and a trouble
/// that lasts or comes back, or a refusal.
bool isIronic(const Conversation& conversation, std::size_t turn);

/// "it's working again", "vous êtes efficace": what is praised is said.
bool saysWhyPleased(const Line& line);

/// "c'est inadmissible", "I'm fed up".
bool isAngry(const Line& line);

}  // namespace ninja3cx::analysis
