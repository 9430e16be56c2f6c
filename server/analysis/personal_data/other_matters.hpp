#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/personal_data/secret_candidate.hpp"

#include <cstddef>

/// What is asked for or named where a password is spoken of too: a machine, a ticket, a company, an error's code.
namespace ninja3cx::analysis {

/// "vous êtes sur quel poste", "et votre nom ?", "notez la référence": it speaks of something that has a name or a number of
/// its own, and of no secret.
bool namesOtherMatter(const Line& line);

/// True where a line that is taken for `secret` says what the line before asked for ("quel poste ?" - "le LAPTOP41"), or what
/// stands right before it ("la référence 841838").
bool isOtherMatter(const Conversation& conversation, std::size_t index, const Secret& secret);

}  // namespace ninja3cx::analysis
