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

/// "la facture 2291", "the last four digits": not a whole number of a card, of an account or of a person.
bool namesOtherNumber(const Line& line);

}  // namespace ninja3cx::analysis
