#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// What was offered or promised, by the words that name it.
class OfferedDeed {
public:
    static OfferedDeed phoning();
    /// By the longer words of the turn that offers it: "je redémarre le serveur ?"
    static OfferedDeed in(const Line& offer);

    bool isNamedBy(std::string_view word) const;
    bool isPhoning() const { return isPhoning_; }

private:
    std::vector<std::string> stems_;
    bool isPhoning_ = false;
};

/// A question or a condition that leaves it to the customer: "voulez-vous que …", "… si vous voulez", "shall I …".
bool leavesOpen(const Line& line);

/// Only gains time: "euh attendez", "hang on a second".
bool gainsTime(const Line& line);

enum class OfferAnswer { Unclear, Taken, Refused };

/// The customer's turn as the answer to an offer (`isOpen`) or to a plain promise. A refusal is about the deed itself,
/// or about nothing in particular and said first: "d'accord et surtout pas avant neuf heures", "pas besoin de passer
/// au bureau" refuse something else. A plain promise is not turned down by a mere "non". What is asked for instead
/// turns the deed down: "non plutôt un mail", "je vous rappellerai moi-même".
OfferAnswer answerTo(const OfferedDeed& deed, bool isOpen, const Line& answer);

/// Refuses the deed by its name, wherever in the call: "finalement ne me rappelez pas".
bool refusesByName(const OfferedDeed& deed, const Line& line);

}  // namespace ninja3cx::analysis
