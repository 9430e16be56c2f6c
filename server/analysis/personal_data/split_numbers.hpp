#pragma once

#include "server/analysis/personal_data/number_context.hpp"
#include "server/analysis/personal_data/taken_places.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// A number that was found, whole.
struct SaidNumber {
    protocol::PersonalDataKind kind;
    std::string text;
    std::size_t line;  // where it begins
};

/// Numbers of which each turn says a part: "4970 1012" - "oui" - "3456 7890". What is referred to must outlive this.
class SplitNumbers {
public:
    SplitNumbers(const NumberContext& context, TakenPlaces& places) : context_{context}, places_{places} {}

    /// The number that begins at the end of a line.
    void find(std::size_t line);
    const std::vector<SaidNumber>& found() const { return found_; }

private:
    struct Piece {
        std::size_t index;
        WordSpan span;
        std::string digits;
    };
    /// The digits a line begins with, after a word or two, when nothing has taken them.
    std::optional<Piece> openingPiece(std::size_t index, bool isOfAccount = false) const;
    /// The same of an account, with a bank's letters: "n w b k sixty one".
    std::optional<Piece> accountPiece(std::size_t index) const;

    const NumberContext& context_;
    TakenPlaces& places_;
    std::vector<SaidNumber> found_;
};

}  // namespace ninja3cx::analysis
