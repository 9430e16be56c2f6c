#pragma once

#include "server/analysis/conversation/tokens.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What the third person needs to know of French verbs.
namespace ninja3cx::analysis {

/// "arrive" of "j'arrive", "voit" of "je vois". Nothing: it is no verb in the present or future tense.
std::optional<std::string> thirdPerson(const Token& verb);
/// "ont" of "nous avons", "reçoivent" of "nous recevons".
std::optional<std::string> thirdPersonPlural(const Token& verb);

/// Verbs that say something to somebody: "il me demande" is "il lui demande".
bool takesADative(std::string_view plain);

/// What stands between a subject and its verb: "ne", "me", "le" …
bool isPronounObject(std::string_view plain);

/// A frequent verb in the present tense.
bool isFrenchVerb(const Token& token);
bool hasFrenchVerb(const Tokens& tokens);

}  // namespace ninja3cx::analysis
