#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Secrets and long numbers that are dictated over several turns.
///
/// A dictation opens where a password, a card's number, an IBAN or a social security number is asked for ("épelez-moi votre
/// mot de passe"), offered ("je vous donne un mot de passe provisoire", "vous avez de quoi noter ?") or begun ("le mot de passe c'est m a r"). While it is
/// open each line is read as a piece of it, whoever says it, since pieces are read back; agreement, a few lines of waiting and
/// being told to stop do not end it. It closes where something else is asked for, where it is said to be over ("c'est bon", "merci", "j'y suis"),
/// or where what is said is plainly no piece.
///
/// The same holds while the call goes on: nothing is kept but the texts said before, and what is open follows from them. There
/// a piece shows as its mask, which goes on with the dictation as the piece did.
namespace ninja3cx::analysis {

struct Dictated {
    protocol::PersonalDataKind kind{};
    std::string value;  // of all pieces
    std::size_t line = 0;
    std::size_t first = 0;
    std::size_t last = 0;
};
/// Each piece and each repetition of one, in their order. The conversation's numbers are mended.
std::vector<Dictated> dictatedIn(const Conversation& conversation);

/// The turns that a text has to be read with. `before`: what was said before it, one text a line, the oldest first. Where a
/// dictation is open all from its opening on, else the last alone; nobody knows who said them, so they alternate.
std::vector<protocol::Turn> turnsBefore(std::string_view before);

}  // namespace ninja3cx::analysis
