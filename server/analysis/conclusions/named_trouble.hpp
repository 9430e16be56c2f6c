#pragma once

#include "server/analysis/conversation/conversation.hpp"

namespace ninja3cx::analysis {

/// The customer names a technical complaint ("mon pc ne démarre plus"), and nobody says that he has the wrong number, sells
/// something or only calls to thank. Such a call is a matter, however politely it begins.
bool namesTrouble(const Conversation& conversation);

/// The conversation without "excusez-moi de vous déranger", "vous êtes bien le support informatique, c'est ça ?" where
/// the customer says more in that turn.
Conversation withoutOpenings(const Conversation& conversation);

}  // namespace ninja3cx::analysis
