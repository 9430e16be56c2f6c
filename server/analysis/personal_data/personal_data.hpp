#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "shared/protocol/masks.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// Cards, IBANs, social security numbers, dates of birth and secrets said aloud, written or spoken, also as a
/// poor recogniser hears them. One-time codes, remote-control session codes, telephone numbers and the last
/// digits of a card are none. Each entry covers one place; a value that is repeated, or said in pieces, has one
/// entry for each place, each with the whole value. In the order of the text. Time grows with the text's length.
std::vector<protocol::PersonalData> findPersonalData(const Conversation& conversation);

/// The same for one utterance alone, each piece replaced by "[card]", "[password]", "[iban]", "[ssn]",
/// "[birthdate]". Masking twice changes nothing more.
///
/// An utterance alone tells a card, an IBAN or a social security number by its form, and whatever it announces
/// itself. What was announced in the utterance before ("votre mot de passe ?" - "Soleil 42") is found only with
/// that one as `before`. What is dictated over turns needs all of them there, one a line, masked, the oldest first
/// (open_dictation.hpp); what else three turns tell together is found only by `findPersonalData`.
protocol::MaskedText maskPlaces(std::string_view text, std::string_view language);
protocol::MaskedText maskPlaces(std::string_view text, std::string_view language, std::string_view before);
std::string maskPersonalData(std::string_view text, std::string_view language);

}  // namespace ninja3cx::analysis
