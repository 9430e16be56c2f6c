#include "server/analysis/personal_data/account_search.hpp"

#include "server/analysis/personal_data/account_numbers.hpp"
#include "server/analysis/personal_data/check_digits.hpp"

namespace ninja3cx::analysis {

using protocol::PersonalDataKind;

void AccountSearch::findAccounts(std::size_t index, bool isExact) {
    const auto& words = context_.line(index).words;
    const bool isTopic = !isExact && context_.near(index).iban;

    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at].text.size() > 34) continue;
        const Account account = accountAt(words, at);
        if (account.letters.empty()) continue;
        const bool isLong = account.letters.size() * 10 >= account.wanted * 7;
        // Nothing else has the form of a French or British account; "de" and "it" are words as well.
        const bool isShaped = !isExact && account.letters.size() * 10 >= account.wanted * 6 &&
                              (account.letters.starts_with("fr") || account.letters.starts_with("gb"));
        if (!isIban(account.letters) && !(isTopic && isLong) && !isShaped) continue;
        places_.take(index, PersonalDataKind::Iban, {at, account.last}, upperCase(account.letters));
        at = account.last - 1;
    }
}

void AccountSearch::findNationalInsurance(std::size_t index) {
    const auto& words = context_.line(index).words;
    const bool isTopic = context_.near(index).ssn;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at].text.size() > 4) continue;
        const char first = context_.line(index).text[static_cast<std::size_t>(words[at].begin)];
        if (!isTopic && (first < 'A' || first > 'Z')) continue;  // "de 12 34 56 a"
        if (const auto number = nationalInsuranceAt(words, at))
            places_.take(index, PersonalDataKind::Ssn, {at, number->last}, upperCase(number->letters));
    }
}

}  // namespace ninja3cx::analysis
