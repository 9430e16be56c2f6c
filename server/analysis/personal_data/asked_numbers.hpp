#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/personal_data/dictated_piece.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <optional>

/// Lines behind which a long number is told: a card's, an account's, a person's.
namespace ninja3cx::analysis {

/// The number that a line speaks of, whatever it says of it ("je voudrais changer l'iban"); not its last digits.
std::optional<protocol::PersonalDataKind> numberNamedIn(const Line& line);

/// The number that a line asks for or offers: "le numéro de la carte s'il vous plaît", "quel est le nouvel iban", "il vous
/// faut notre iban". Not whether there is one.
std::optional<protocol::PersonalDataKind> numberAskedIn(const Line& line);

/// "je vous écoute", "donnez-le moi", "c'est quoi le numéro": asks for the number that was named right before.
bool invitesNumber(const Line& line);

/// Another matter, "le numéro de série", but not "le numéro" alone.
bool namesMatterBeside(const Line& line);

/// "et le siret ?", "le montant": another number, that is no secret.
bool namesPlainNumber(const Line& line);

/// "et votre code postal", "whats the order number": a line without digits that names a number of something else.
bool asksForOtherNumber(const Line& line);

/// The first piece behind an invitation is one of such a number: "FR76", "GB twenty nine", "1 82", "4970".
bool mayBeginNumber(const DictatedPiece& piece, protocol::PersonalDataKind kind);

/// How many digits the number has that the line names, "votre code postal", "le siret"; 0: as many as it will.
std::size_t digitsOfNamedNumber(const Line& line);

/// "ma carte c'est 4012 8888", "by card, it's forty twelve": the beginning of a card's number ends the line.
struct ToldNumber {
    DictatedPiece piece;  // with a mask alone: it was told before
    bool isLong = false;  // more than one may tell of a card
};
std::optional<ToldNumber> cardBegunIn(const Line& line);

}  // namespace ninja3cx::analysis
