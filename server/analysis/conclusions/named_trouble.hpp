#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <span>
#include <string>

namespace ninja3cx::analysis {

/// The customer names a technical complaint ("mon pc ne démarre plus"), and nobody says that he has the wrong number, sells
/// something or only calls to thank. Such a call is a matter, however politely it begins.
bool namesTrouble(const Conversation& conversation);

/// The customer names a complaint ("Paul n'arrive plus à ouvrir sa boîte", "she can't get in", "left her laptop on the
/// train") or things that arrive ("le nouveau PC arrive lundi"), and nobody speaks of making or closing somebody's
/// account. Unless a movement is told besides (movements.hpp), such a call is no arrival and no departure.
bool namesNoMovement(const Conversation& conversation);

/// The conversation as if the customer told of himself: "Paul n'arrive plus à ouvrir sa boîte" with the words "je n'arrive
/// plus à ouvrir ma boîte". `people`: who is spoken of. The words stay where they were said.
Conversation toldAsOwn(const Conversation& conversation, std::span<const std::string> people);

/// The conversation without "excusez-moi de vous déranger", "vous êtes bien le support informatique, c'est ça ?" where
/// the customer says more in that turn.
Conversation withoutOpenings(const Conversation& conversation);

}  // namespace ninja3cx::analysis
