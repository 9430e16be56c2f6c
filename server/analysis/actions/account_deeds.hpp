#pragma once

#include "server/analysis/actions/cut_owner.hpp"
#include "server/analysis/actions/said_deeds.hpp"
#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/movements/access_words.hpp"
#include "server/analysis/movements/movements.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// What the technician does, or agrees to do, with somebody's access.
struct AccountDeed : SaidDeed {
    enum class What { Cut, Grant, Restore };
    What what{};
    bool isOfAnother = false;  // "ses accès": of somebody who is spoken of
    bool isOfMail = false;     // "je donne sa boîte à son chef": of a mailbox alone
    bool isPast = false;       // "on l'a coupé": it was so before, or is now
    bool isByName = false;     // "je désactive Paul et je prépare Julie"
};

/// In the order of the call. "C'est fait" behind "il faut couper ses accès" is such a deed, "D'accord" is none. What is
/// done to somebody by name is one where `movements`, those of the call, have it that he moves.
std::vector<AccountDeed> accountDeedsIn(const Conversation& conversation,
                                        std::span<const Movement> movements);

/// Whose access it is that a line speaks of, of `people`: of who is named right before its words ("Paul's account is off"), else
/// first from them on ("I'm cutting Paul's account"), else first in the line. Empty where nobody is, or by a name that two bear.
std::string personMeant(const Line& line, const std::optional<AccessWords>& access,
                        std::span<const std::string> people);

/// "Désactiver le compte d'Agathe Roy", "Account of Tom Baker disabled".
std::string accountCutText(const std::string& person, bool isDone, bool isEnglish);
/// The same of several, "Désactiver les comptes de Sophie Grand et de Paul Petit", and of whom the call does not say.
std::string accountsCutText(const CutOwners& owners, bool isDone, bool isEnglish);
/// "Créer le compte de Julie Petit", "Account of Emma Clarke created".
std::string accountCreatedText(const std::string& person, bool isDone, bool isEnglish);

}  // namespace ninja3cx::analysis
