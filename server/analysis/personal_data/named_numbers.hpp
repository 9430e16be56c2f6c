#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <optional>
#include <vector>

/// Numbers that a line names as something else than a card or a secret.
namespace ninja3cx::analysis {

/// For each word whether it is of a product with its number ("Sage 100", "Microsoft 365") or of a number that is named
/// right before it ("code erreur 0x800CCC0E", "numéro de série P F 3 2"). Where a PIN is spoken of, `isPinTold`, four
/// digits behind a make of devices are no model. `isAsked`: the line answers a question for a password.
std::vector<bool> namedOtherwise(const Line& line, bool isPinTold, bool isAsked);

/// How the words name a long number.
enum class NumberName {
    Identifier,  // "SIRET", "IMEI": never a card
    Reference,   // "numéro de commande"
    Matter,      // "la commande": what it may belong to
    Card,
};
struct NamedAs {
    NumberName name;
    bool isBeside = false;  // at most "c'est le" stands between
};
/// The name next to the words from `first` to `last`: one before them rather than one behind.
std::optional<NamedAs> nameOf(const Line& line, std::size_t first, std::size_t last);

}  // namespace ninja3cx::analysis
