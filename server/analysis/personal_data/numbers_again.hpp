#pragma once

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/split_numbers.hpp"

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {

/// Where a card, an account or a number is said again: whole, with a digit misheard, or in pieces. What is referred
/// to must outlive this.
class NumbersAgain {
public:
    /// `values`: the numbers said in pieces. Those that stand whole in `places` are known as well.
    NumbersAgain(const NumberContext& context, TakenPlaces& places, std::vector<SaidNumber> values)
        : context_{context}, places_{places}, values_{std::move(values)} {}

    void find();

private:
    /// "quatre neuf sept zéro, pardon" - "allez-y" - "quatre neuf sept zéro un zéro …"
    bool isFalseStart(std::size_t index, const SaidNumber& value, const DigitRun& run) const;
    /// "quatre cinq trois deux" - "oui" - "non pardon, quatre cinq trois trois …"
    bool isMendedNext(std::size_t index, const SaidNumber& value, std::string_view said,
                      std::string_view digits) const;

    const NumberContext& context_;
    TakenPlaces& places_;
    std::vector<SaidNumber> values_;
};

}  // namespace ninja3cx::analysis
