#pragma once

#include "server/analysis/conversation/tokens.hpp"

namespace ninja3cx::analysis {

/// One past what a caller says of himself right behind his name, which ends before token `from`: "à l'appareil",
/// "speaking", "compta", "du service courrier", "from the London office". `from` itself where he goes on at once.
std::size_t afterWorkplace(const Tokens& tokens, std::size_t from);

}  // namespace ninja3cx::analysis
