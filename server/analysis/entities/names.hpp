#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

struct Names {
    std::vector<std::string> people;     // the customer first when known
    std::vector<std::string> companies;  // the customer's first
    std::vector<std::string> sites;
    std::string customer;  // one of `people`, or empty
};

/// Names as people introduce themselves: "bonjour, Claire Fontaine de Cabinet Moreau", "Sophie à l'appareil",
/// "Nathan speaking". Works on lower-case speech-to-text with a list of first names and of words that open a
/// company's name, on written text with its capitals.
Names findNames(const Conversation& conversation);

}  // namespace ninja3cx::analysis
