#include "server/directory/phone_number.hpp"

#include "shared/core/text.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <utility>

namespace ninja3cx::directory {
namespace {

using Library = i18n::phonenumbers::PhoneNumberUtil;
using Parsed = i18n::phonenumbers::PhoneNumber;

constexpr std::size_t kFewestDigits = 7;
constexpr std::size_t kMostDigits = 15;
constexpr std::size_t kTailDigits = 9;

/// Made once, before its first use; everything it is asked here is safe from any thread.
const Library& library() {
    return *Library::GetInstance();
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// "sip:0123456789@pbx" and "tel:+33…;phone-context=x" to the number in them.
std::string_view withoutScheme(std::string_view written) {
    for (const std::string_view scheme :
         {std::string_view{"tel:"}, std::string_view{"sip:"}, std::string_view{"sips:"}}) {
        if (written.size() > scheme.size() && isSameWord(written.substr(0, scheme.size()), scheme))
            return written.substr(scheme.size());
    }
    return written;
}

/// A letter of any alphabet. The spaces and dashes of Unicode that stand in numbers are none.
bool isLetterAt(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80U) return std::isalpha(byte) != 0;
    const std::string_view rest = text.substr(at);
    const bool isContinued = byte < 0xC0U;  // its first byte was seen
    return !isContinued && !rest.starts_with("\xC2\xA0") && !rest.starts_with("\xE2\x80") &&
           !rest.starts_with("\xE2\x81");
}

/// What one dials of a text, with the plus sign if there is one.
struct Dialled {
    std::string text;
    std::string_view whole;   // what was looked at
    bool hasLetters = false;  // after the number
    bool isNumber = true;
    bool isInternational() const { return text.starts_with('+'); }
    std::size_t digits() const { return text.size() - (isInternational() ? 1 : 0); }
};

Dialled dialled(std::string_view written) {
    Dialled result;
    result.whole = withoutScheme(written);
    result.whole = result.whole.substr(0, result.whole.find_first_of("@;,"));
    for (std::size_t at = 0; at < result.whole.size() && result.digits() <= 2 * kMostDigits; ++at) {
        const char c = result.whole[at];
        if (isLetterAt(result.whole, at)) {
            // Text after a number is an extension ("poste 12", "x3"); before it, it is a name or "anonymous".
            result.hasLetters = true;
            if (result.digits() < 3) result.isNumber = false;
            break;
        }
        // Of two numbers the first.
        if (c == '/' && result.digits() >= kTailDigits) break;
        if (c == '*' || c == '#' || (c == '+' && !result.text.empty())) {
            result.isNumber = false;
            break;
        }
        if (isDigit(c) || c == '+') result.text += c;
    }
    return result;
}

std::string digitsOf(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), isDigit);
    return digits;
}

/// The country whose numbers begin so in the plan that metropolitan France shares with its overseas departments:
/// who dials 0590 there reaches +590 590. Zero: France itself.
int overseasCode(std::string_view national) {
    struct Row {
        std::string_view prefix;
        int code;
    };
    static constexpr std::array<Row, 14> kRows{{
        {"262", 262},
        {"263", 262},
        {"269", 262},
        {"639", 262},
        {"692", 262},
        {"693", 262},
        {"590", 590},
        {"690", 590},
        {"691", 590},
        {"594", 594},
        {"694", 594},
        {"596", 596},
        {"696", 596},
        {"697", 596},
    }};
    for (const Row& row : kRows)
        if (national.starts_with(row.prefix)) return row.code;
    return 0;
}

constexpr bool isFrench(int code) {
    return code == 33 || code == 262 || code == 590 || code == 594 || code == 596;
}

std::string formatted(const Parsed& number, Library::PhoneNumberFormat format) {
    std::string text;
    library().Format(number, format, &text);
    return text;
}

/// "0" in France, "1" in America, nothing in Spain.
std::string trunkPrefixOf(const std::string& country) {
    std::string prefix;
    library().GetNddPrefixForRegion(country, true, &prefix);
    return prefix;
}

bool isInternational(const Parsed& number) {
    return number.country_code_source() == Parsed::FROM_NUMBER_WITH_PLUS_SIGN ||
           number.country_code_source() == Parsed::FROM_NUMBER_WITH_IDD;
}

/// Whether the number has a possible length and is written as it is dialled, or written, where it is from.
bool mayBeComplete(const Parsed& number, const std::string& text, const DialPlan& plan) {
    if (library().IsPossibleNumberWithReason(number) != Library::IS_POSSIBLE) return false;
    std::string home;
    library().GetRegionCodeForCountryCode(number.country_code(), &home);
    // A digit is missing, and the prefix was taken for one.
    if (number.italian_leading_zero() && trunkPrefixOf(home) == "0") return false;
    if (number.country_code_source() != Parsed::FROM_DEFAULT_COUNTRY) return true;
    const std::string trunk = trunkPrefixOf(plan.country);
    return (!trunk.empty() && text.starts_with(trunk)) ||
           text == digitsOf(formatted(number, Library::NATIONAL));
}

/// Whether it can be no other. Without anything before it, not even the plus sign, only one that is in use where it
/// would be from.
bool isComplete(const Parsed& number, const std::string& text, const DialPlan& plan) {
    if (!mayBeComplete(number, text, plan)) return false;
    const std::string trunk = trunkPrefixOf(plan.country);
    const bool isNational = number.country_code_source() == Parsed::FROM_DEFAULT_COUNTRY && !trunk.empty() &&
                            text.starts_with(trunk);
    return isInternational(number) || isNational || library().IsValidNumber(number);
}

/// Moves a number of the French plan to the country that it is of.
void settleOverseas(Parsed& number) {
    std::string national;
    library().GetNationalSignificantNumber(number, &national);
    const bool isNational = number.country_code_source() == Parsed::FROM_DEFAULT_COUNTRY;
    if (!isFrench(number.country_code()) || national.size() != 9) return;
    if (const int code = overseasCode(national); code != 0 && (isNational || number.country_code() == 33))
        number.set_country_code(code);
    else if (code == 0 && isNational && !library().IsValidNumber(number))
        number.set_country_code(33);
}

/// What the library makes of it; nothing where it makes nothing.
std::optional<Parsed> parsed(const std::string& text, const DialPlan& plan) {
    Parsed number;
    if (library().ParseAndKeepRawInput(text, plan.country, &number) != Library::NO_PARSING_ERROR)
        return std::nullopt;
    settleOverseas(number);
    return number;
}

/// Read once more: what one dials may hold a digit that its E.164 form has lost (Mexico's 1 of mobiles).
std::string e164Of(const Parsed& number, const DialPlan& plan) {
    const std::string written = formatted(number, Library::E164);
    const auto again = parsed(written, plan);
    return again ? formatted(*again, Library::E164) : written;
}

/// What one dials at the site to reach it.
std::string dialledAt(const Parsed& number, const DialPlan& plan) {
    if (isFrench(number.country_code()) && isFrench(library().GetCountryCodeForRegion(plan.country)))
        return digitsOf(formatted(number, Library::NATIONAL));
    std::string text;
    library().FormatOutOfCountryCallingNumber(number, plan.country, &text);
    return digitsOf(text);
}

/// "1-800-FLOWERS". Where letters are dialled only those who are called for free have them.
std::string wordNumber(std::string_view whole, const DialPlan& plan) {
    Parsed number;
    if (library().Parse(std::string{whole}, plan.country, &number) != Library::NO_PARSING_ERROR ||
        number.has_extension() || library().GetNumberType(number) != Library::TOLL_FREE)
        return {};
    return formatted(number, Library::E164);
}

std::string tailOf(std::string_view digits) {
    return std::string{digits.size() > kTailDigits ? digits.substr(digits.size() - kTailDigits) : digits};
}

}  // namespace

std::optional<PhoneNumber> readPhoneNumber(std::string_view written, const DialPlan& plan) {
    const Dialled number = dialled(written);
    if (!number.isNumber) return std::nullopt;

    PhoneNumber read;
    std::string digits = digitsOf(number.text);
    if (const auto known = parsed(number.text, plan)) {
        std::string national;
        library().GetNationalSignificantNumber(*known, &national);
        // Where numbers may be short, those of services are told by the plan alone.
        const bool isService = national.size() < kFewestDigits &&
                               (number.digits() < kFewestDigits || !library().IsValidNumber(*known));
        if (!isService && isComplete(*known, number.text, plan)) {
            read.e164 = e164Of(*known, plan);
            digits = digitsOf(read.e164);
        } else if (national.size() < kFewestDigits) {
            digits.clear();
        }
    }
    if (read.e164.empty() && number.hasLetters) {
        read.e164 = wordNumber(number.whole, plan);
        if (!read.e164.empty()) digits = digitsOf(read.e164);
    }
    if (digits.size() < kFewestDigits || digits.size() > kMostDigits) return std::nullopt;
    read.tail = tailOf(digits);
    return read;
}

std::vector<std::string> formsOf(std::string_view written, const DialPlan& plan) {
    const Dialled number = dialled(written);
    std::vector<std::string> forms;
    const auto add = [&](std::string form) {
        if (!form.empty() && std::find(forms.begin(), forms.end(), form) == forms.end())
            forms.push_back(std::move(form));
    };
    add(number.isNumber ? number.text : digitsOf(written));
    if (forms.empty()) add(lowered(written));
    if (!number.isNumber) return forms;
    // The beginning of a number: read as one that goes on with zeros, as few as make a number of it.
    std::string text = number.text;
    for (std::size_t zeros = 0; text.size() <= kMostDigits + 1; ++zeros, text += '0') {
        const auto known = parsed(text, plan);
        if (!known || !mayBeComplete(*known, text, plan)) continue;
        for (const std::string& form : {formatted(*known, Library::E164), dialledAt(*known, plan)})
            if (form.size() > zeros) add(form.substr(0, form.size() - zeros));
        break;
    }
    return forms;
}

}  // namespace ninja3cx::directory
