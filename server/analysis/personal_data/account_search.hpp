#pragma once

#include "server/analysis/personal_data/number_context.hpp"
#include "server/analysis/personal_data/taken_places.hpp"

#include <cstddef>

namespace ninja3cx::analysis {

/// Bank accounts and national insurance numbers, which letters begin. What is referred to must outlive this.
class AccountSearch {
public:
    AccountSearch(const NumberContext& context, TakenPlaces& places) : context_{context}, places_{places} {}

    /// `isExact`: only what its check digits prove; otherwise what is long enough where accounts are spoken of.
    void findAccounts(std::size_t line, bool isExact);
    void findNationalInsurance(std::size_t line);

private:
    const NumberContext& context_;
    TakenPlaces& places_;
};

}  // namespace ninja3cx::analysis
