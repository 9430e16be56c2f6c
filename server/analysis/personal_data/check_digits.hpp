#pragma once

#include <string_view>

namespace ninja3cx::analysis {

/// Luhn's sum of a card number.
bool isCardNumber(std::string_view digits);

/// Begins and is as long as the numbers of payment cards.
bool hasCardForm(std::string_view digits);

/// ISO 13616: `letters` is the country, two digits and the rest, upper or lower case, without spaces.
bool isIban(std::string_view letters);

/// The length of the IBANs of a country ("fr" or "FR"); 0 when the country has none that we know.
std::size_t ibanLength(std::string_view country);

/// A French social security number: 13 digits, or 15 with the right key.
bool isFrenchSocialSecurity(std::string_view digits);

/// A French or British telephone number, and no account or card that begins like one.
bool isTelephone(std::string_view digits);

}  // namespace ninja3cx::analysis
