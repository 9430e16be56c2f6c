#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Telephone numbers as people and PBXs write them, made comparable. Pure.
namespace ninja3cx::directory {

/// How numbers are dialled where the site is.
struct DialPlan {
    std::string countryCode = "33";
    std::string trunkPrefix = "0";  // before a national number; empty: none
    std::string internationalPrefix = "00";
    std::size_t nationalDigits = 9;  // without trunk prefix; 0: varies
};
/// By the country's two letters, e.g. "FR"; nothing when it is not known here.
std::optional<DialPlan> dialPlanOf(std::string_view country);

struct PhoneNumber {
    std::string e164;  // "+33123456789"; empty when the country cannot be told
    std::string tail;  // the last nine digits: what is compared when a number has no E.164 form
    bool operator==(const PhoneNumber&) const = default;
};

/// Nothing for what is no number of the outside world: empty, withheld ("anonymous"), extensions (fewer than
/// seven digits), service codes ("*45"), and what is longer than any number (15 digits).
std::optional<PhoneNumber> readPhoneNumber(std::string_view written, const DialPlan& plan);

}  // namespace ninja3cx::directory
