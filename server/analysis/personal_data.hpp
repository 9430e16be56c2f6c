#pragma once

#include "server/analysis/conversation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// Cards, IBANs, social security numbers, dates of birth and secrets said aloud, written or spoken. One-time
/// codes, remote-control session codes, telephone numbers and the last digits of a card are none. Each entry
/// covers one place; a value that is repeated has one entry for each place, the first is the fullest.
std::vector<protocol::PersonalData> findPersonalData(const Conversation& conversation);

/// The same for one utterance alone, each piece replaced by "[card]", "[password]", "[iban]", "[ssn]",
/// "[birthdate]". Masking twice changes nothing more.
std::string maskPersonalData(std::string_view text, std::string_view language);

}  // namespace ninja3cx::analysis
