#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

namespace ninja3cx::analysis {

struct Names;

/// The customer says that this is not his name: "C'est monsieur Peltier ? – Non, Bruno.", "je suis pas madame Roux".
bool isDenied(const Conversation& conversation, std::span<const Word> name);

/// All words of which `isDenied` is true, in one pass over the call.
std::unordered_set<std::string_view> wordsDeniedAsNames(const Conversation& conversation);

/// The one of `people` who the customer says he is where he was taken for another: "Non, Bruno, le chef d'atelier.".
/// Empty: he was not, or said no name.
std::string givenInstead(const Conversation& conversation, std::span<const std::string> people);

/// Takes that name to the people, though nothing else tells that it is one.
void readNameInstead(const Conversation& conversation, Names& names);

}  // namespace ninja3cx::analysis
