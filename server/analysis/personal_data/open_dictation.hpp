#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Secrets and long numbers that are dictated over several turns.
///
/// It opens where a VALUE is asked for or announced: that of a password that somebody has ("vous avez le mot de passe ?",
/// "what password did you set?", "votre nouveau mot de passe sera", "je vous donne mon mot de passe", "vous avez de quoi
/// noter ?"), of a code that opens something, of a card, an IBAN or a social security number; or where one is begun ("le
/// mot de passe c'est m a r"). Who wants a new password, or has forgotten the old one, opens none; "vous pouvez l'épeler ?"
/// asks for what was asked for last, which may be a name (`asked_secrets.hpp`, `other_matters.hpp`).
///
/// A number need not be asked for by its name: "je voudrais changer l'iban" - "je vous écoute" opens one too, where what comes
/// first may begin such a number (`asked_numbers.hpp`). Behind a card's number "la date d'expiration" opens its details
/// (`card_details.hpp`). Another question between ("votre poste c'est lequel ?") lets a dictation stand still until somebody
/// calls for its rest or, once that question is answered, tells it: letters, digits or signs that are no part of the answer.
/// One number at most answers "combien de personnes ?" or "quel bureau ?", and "oui" answers "elle est à votre nom ?": digits
/// behind that go on with the dictation. So do digits behind another number, asked for or told ("mon code postal c'est
/// 69003"), while the dictated one is not whole (`known_digits.hpp`); a SIRET is answered by fourteen of them. A date of birth
/// has three pieces at most.
///
/// While it is open each line is read as a piece of it, whoever says it, since pieces are read back. A piece is letters,
/// digits and signs, with agreement round them at most. Behind a question for a password it may be a word too: alone, said
/// before any other talk, and none that talk has everyday - no agreement, state ("c'est programmé"), noun with an article,
/// product or department. Behind a question that only may ask for the value, or a pen taken up, a word counts once
/// something with a form follows it; of a code no word does.
///
/// Agreement, a few lines of waiting and being told to stop do not end it, nor does "merci" or "c'est bon" where letters,
/// digits or signs follow. It closes where something else is asked for, where it is said to be over ("j'y suis", "au
/// revoir") and where what is said is plainly no piece.
///
/// The same holds while the call goes on: nothing is kept but the texts said before, and what is open follows from them.
/// There a piece shows as its mask, which goes on with the dictation as the piece did. Nobody knows there who speaks, and
/// what was masked stays so afterwards; so nothing is read from who speaks after the call either, and where only that would
/// tell a piece from talk (a word behind "merci") the line stays readable.
namespace ninja3cx::analysis {

struct Dictated {
    protocol::PersonalDataKind kind{};
    std::string value;  // of all pieces
    std::size_t line = 0;
    std::size_t first = 0;  // words of the line
    std::size_t last = 0;   // one past
};
/// Each piece and each repetition of one, in their order. The conversation's numbers are mended.
std::vector<Dictated> dictatedIn(const Conversation& conversation);

/// The turns that a text has to be read with. `before`: what was said before it, one text a line, the oldest first. Where a
/// dictation is open all from its opening on, else the last alone; nobody knows who said them, so they alternate. Any thread.
std::vector<protocol::Turn> turnsBefore(std::string_view before);

}  // namespace ninja3cx::analysis
