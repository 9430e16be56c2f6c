#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// One line of a dictation: "m a r g d'accord", "majuscule b", "x comme xavier", "girafe et puis 44".
namespace ninja3cx::analysis {

/// What of a line may be a part of something dictated.
struct DictatedPiece {
    struct Span {  // words
        std::size_t first = 0;
        std::size_t last = 0;
    };
    std::vector<Span> spans;  // without what is masked already
    std::string value;        // as it would be written
    std::size_t letters = 0;  // spelled ones
    std::size_t digits = 0;
    std::size_t signs = 0;
    std::size_t words = 0;  // any others, "girafe", "soleil44"
    std::size_t mixed = 0;  // of those, with digits
    std::size_t masks = 0;
    std::size_t cases = 0;  // "majuscule", anywhere in the line
    bool isAll = true;      // nothing is said beside but "oui", "ensuite" and the like

    bool isEmpty() const { return letters + digits + signs + words == 0; }
    /// More than plain words.
    bool hasForm() const { return letters + digits + signs + mixed > 0; }
};

/// Of a secret: letters, their names and alphabets, numbers, signs and words. Where more is said beside, only what is spelled,
/// three letters or more in a row, and the numbers and signs that the line begins with. The line's numbers are mended.
DictatedPiece secretPieceIn(const Line& line);
/// The same from word `from` on.
DictatedPiece secretPieceIn(const Line& line, std::size_t from);
/// Of a long number: digits, and single letters too where the number has some.
DictatedPiece numberPieceIn(const Line& line, bool hasLetters);
/// "c'est Tulipe mon mot de passe", "Tulipe, c'est mon mot de passe": the word; none: the line calls none so.
std::optional<DictatedPiece::Span> wordCalledPasswordIn(const Line& line);
/// Only the digits that the line begins with, whatever follows them: "et onze onze, expiration …"; an account's letters too.
DictatedPiece leadingNumberIn(const Line& line, bool hasLetters = false);

}  // namespace ninja3cx::analysis
