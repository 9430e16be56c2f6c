#pragma once

#include "server/analysis/actions/actions.hpp"
#include "server/analysis/conversation/conversation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// What the technician says in so many words that they do.
struct SaidDeed {
    std::string_view kind;  // of action
    std::int32_t turn = 0;
    std::string cue;
    bool isDone = false;
};

/// "Je transmets au consultant", "je vous prête un portable", a PIN that is set anew, "j'ai redémarré le spouleur", "I've
/// just reset it". Not what is asked, offered or left open ("je peux", "si").
std::vector<SaidDeed> saidDeedsIn(const Conversation& conversation);

/// Heard where nothing says it: a visit where something is only shipped or somebody's access is cut, an installation
/// where something is only taken off.
bool isUnsaid(const FoundAction& action, const Conversation& conversation);

/// "je peux", "si", "vous voulez": not, or not yet, what the technician does.
bool isLeftOpen(const Line& sentence, std::size_t before);
/// "C'est fait", "voilà", "all done".
bool saysDone(const Line& sentence);

/// "Can you restart it?" "Not now." "OK, do it tonight.": the turn that puts it off.
std::optional<SaidDeed> restartPutOff(const Conversation& conversation);

/// A deed that was heard, though its turns say that it is none: "did you restart it?" "No.", "j'annule la création du
/// compte", "on ne va pas l'installer".
bool isSaidNotDone(const FoundAction& action, const Conversation& conversation);

}  // namespace ninja3cx::analysis
