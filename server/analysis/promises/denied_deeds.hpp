#pragma once

#include "server/analysis/conclusions/call_reading.hpp"

#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// "je le fais d'ici", "on s'en occupe", "let me do that": the technician does what was spoken of, or has done it.
bool takesItUp(const Line& line);

/// By word of the technician's turn: is it of something that he says he cannot, may not or will not do? "je ne peux pas
/// vous envoyer un technicien avant jeudi"; not "je ne manquerai pas de …", "je ne peux pas maintenant, …".
std::vector<bool> deniedDeedWords(const Line& line);

/// The technician's turn denies the action that it shows: no other words of it show one, and it is promised neither there
/// nor soon after: "je ne peux pas le faire maintenant, je le fais ce soir".
bool deniesDeed(const CallReading& reading, std::size_t turn, std::string_view actionKind);

/// The turn that shows an action of this kind most plainly denies it, and so do the others, or the model hears none without
/// what is denied.
bool isDeedDenied(const CallReading& reading, std::string_view actionKind);

}  // namespace ninja3cx::analysis
