#pragma once

#include <span>
#include <string_view>

/// What numbers and codes are called, as phrases of `Phrase`, French and English.
namespace ninja3cx::analysis {

/// Numbers as long as a card's that are none, and cards that pay nothing: "SIRET", "clé de licence", "carte SIM".
std::span<const std::string_view> otherNumberNames();
/// Codes that open a door, a phone or a mailbox: digits, more often than not.
std::span<const std::string_view> doorCodeNames();
/// Programs that show a screen from afar: their numbers and codes pass with the session.
std::span<const std::string_view> remoteHelpNames();

}  // namespace ninja3cx::analysis
