#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <vector>

namespace ninja3cx::analysis {

/// What words about a telephone call mean for the customer.
enum class Phoning {
    Promised,        // "je vous rappelle avant midi", "our engineer will ring you"
    Doubtful,        // "si j'ai le temps je vous rappelle"
    Denied,          // "personne ne va vous rappeler"
    Reminder,        // "je vous rappelle que …"
    TestNow,         // made while they speak: "je vous appelle dessus pour tester"
    LeftToCustomer,  // "rappelez-nous"; he says so himself: "je vous rappelle si ça recommence"
    ToOthers,        // to or from somebody else: "je rappelle l'éditeur", "l'éditeur me rappelle"
    Unclear,         // "on vous tient au courant", "pour le téléphone …"
};

struct PhoneMention {
    Phoning meaning;
    Phrase::Match match;  // the words for phoning
};

/// All that a turn says of phoning and getting in touch, in its order. A turn of the customer has only what he will do
/// himself.
std::vector<PhoneMention> phoneMentionsIn(const Line& line);

bool speaksOf(Phoning meaning, const std::vector<PhoneMention>& mentions);
/// Nothing, or only words that leave open who phones whom.
bool areUnclear(const std::vector<PhoneMention>& mentions);

}  // namespace ninja3cx::analysis
