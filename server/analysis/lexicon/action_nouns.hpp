#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ninja3cx::analysis {

/// What is done with a thing that an action may name; a thing has several.
enum NounUse : std::uint32_t {
    kOrdered = 1U << 0U,
    kRestarted = 1U << 1U,
    kPrepared = 1U << 2U,
    kScanned = 1U << 3U,
    kWatched = 1U << 4U,
    kRestored = 1U << 5U,
    kChecked = 1U << 6U,
    kSent = 1U << 7U,
    kSet = 1U << 8U,
    kFitted = 1U << 9U,
    kInstalled = 1U << 10U,
};

struct ActionNoun {
    std::string_view phrases;  // as `Phrase` reads them, divided by '|'
    std::string_view french;   // without article
    char gender = 'm';         // 'm', 'f', 'p' for what is only said of several
    std::string_view english;
    std::uint32_t uses = 0;
};
/// The longer wording before the shorter one that it contains.
std::span<const ActionNoun> actionNouns();

/// To whom a case is passed on, with its preposition; the phrases need no noun around them.
struct ActionTeam {
    std::string_view phrases;
    std::string_view french;   // "à l'équipe réseau"
    std::string_view english;  // "to the network team"
};
std::span<const ActionTeam> actionTeams();

/// Whose help lines cases are opened with.
struct ActionVendor {
    std::string_view phrase;
    std::string_view written;
    bool isOperator = false;
};
std::span<const ActionVendor> actionVendors();

/// "le serveur", "l'imprimante", "les disques".
std::string withLe(const ActionNoun& noun, bool isPlural);
/// "du serveur", "de l'imprimante", "des disques".
std::string withDu(const ActionNoun& noun, bool isPlural);
/// "un serveur", "une imprimante", "des disques".
std::string withUn(const ActionNoun& noun, bool isPlural);
/// "Outlook" -> "d'Outlook", "de Teams".
std::string withDe(std::string_view name);
/// "servers", "batteries"; what is only said of several stays.
std::string inEnglish(const ActionNoun& noun, bool isPlural);

}  // namespace ninja3cx::analysis
