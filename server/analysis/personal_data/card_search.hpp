#pragma once

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/number_context.hpp"
#include "server/analysis/personal_data/taken_places.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// Cards with their details, and other long numbers that digits alone make up. What is referred to must outlive
/// this.
class CardSearch {
public:
    CardSearch(const NumberContext& context, TakenPlaces& places) : context_{context}, places_{places} {}

    /// "4970 10… pardon, 4970 1012 …": a card with a false start, or with a correction inside, is masked from its
    /// first digit to its last.
    void findCorrectedCards(std::size_t line);
    /// By check digits and by what is spoken of.
    void findLongNumbers(std::size_t line);
    /// Until when a card is valid, and its security code: beside its number, or soon behind it. For the whole call,
    /// once its cards are found.
    void findCardDetails();

private:
    /// What a long run of digits is, by its check digits and what is spoken of.
    std::optional<protocol::PersonalDataKind> kindOf(std::string_view digits, std::size_t index,
                                                     WordSpan span) const;
    /// The word before the country's letters that belong to a run: "g b 82 …" read without its head.
    std::size_t withHead(std::size_t index, std::size_t first) const;
    /// "… 7890 expire 12/27": what is announced behind a card's number is no part of it.
    std::vector<DigitRun> runsBetweenDetails(std::size_t index) const;
    /// One past each card's number in a line, those that were masked before among them.
    std::vector<std::size_t> cardEnds(std::size_t index) const;
    /// A card with a digit misheard, where none is announced.
    bool mayBeCard(std::string_view digits) const;
    /// The cards of a run by their check digits; a date or a code may follow without a word between.
    bool takeCards(std::size_t index, const DigitRun& run);

    const NumberContext& context_;
    TakenPlaces& places_;
};

}  // namespace ninja3cx::analysis
