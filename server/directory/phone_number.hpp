#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Telephone numbers as people and PBXs write them, made comparable by the numbering plans of libphonenumber.
/// Pure; any thread.
namespace ninja3cx::directory {

/// Where the site is, by its two letters: what a number in national form is read as.
struct DialPlan {
    std::string country = "FR";
};

struct PhoneNumber {
    std::string e164;  // "+33123456789"; empty when the country cannot be told
    std::string tail;  // the last nine digits: what is compared when a number has no E.164 form
    bool operator==(const PhoneNumber&) const = default;
};

/// Nothing for what is no number of the outside world: empty, withheld ("anonymous"), extensions (fewer than
/// seven digits), service codes ("*45", "+33 3912"), and what is longer than any number (15 digits). Has an
/// E.164 form only if it was written as one dials it or writes it there: nine digits of a French number are
/// none without their zero.
std::optional<PhoneNumber> readPhoneNumber(std::string_view written, const DialPlan& plan);

/// All that a number, or the beginning of one, is called: as it is written, in its E.164 form, and as one dials it at
/// the site; digits and plus signs alone. Of "Anonymous" it is "anonymous".
std::vector<std::string> formsOf(std::string_view written, const DialPlan& plan);

}  // namespace ninja3cx::directory
