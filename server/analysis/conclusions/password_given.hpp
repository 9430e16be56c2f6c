#pragma once

#include "server/analysis/conversation/conversation.hpp"

namespace ninja3cx::analysis {

/// The customer's first turn by which a password has got into other hands: "j'ai tapé mon mot de passe", "il me l'a
/// demandé et je l'ai donné", "yes" to "did you enter your password?", "they've got my password". A password that was
/// asked for, forgotten, changed or not given is none. Null: nobody says so. It points into `conversation`.
const Line* passwordGiven(const Conversation& conversation);

}  // namespace ninja3cx::analysis
