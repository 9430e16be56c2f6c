#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/personal_data/told_keys.hpp"

#include <optional>
#include <vector>

/// Secrets that are told over several turns.
namespace ninja3cx::analysis {

/// "je vous dicte le mot de passe" - "zorro" - "zorro" - "tiret" - "tiret" - …: each piece, and each echo of one, with the
/// whole value.
std::vector<ToldKey> dictatedSecretsIn(const Conversation& conversation);

/// What goes on from a secret at the end of line `index`: "monkey" - "and then" - "eighty eight star". The value is only
/// what is added.
std::vector<ToldKey> restOfSecret(const Conversation& conversation, std::size_t index, std::size_t last);

}  // namespace ninja3cx::analysis
