#include "server/directory/phone_number.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace ninja3cx::directory {
namespace {

constexpr std::size_t kFewestDigits = 7;
constexpr std::size_t kMostDigits = 15;
constexpr std::size_t kTailDigits = 9;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

/// "sip:0123456789@pbx" and "tel:+33…;phone-context=x" to the number in them.
std::string_view withoutScheme(std::string_view written) {
    for (const std::string_view scheme :
         {std::string_view{"tel:"}, std::string_view{"sip:"}, std::string_view{"sips:"}}) {
        const bool isIt = written.size() > scheme.size() &&
                          std::equal(scheme.begin(), scheme.end(), written.begin(), [](char a, char b) {
                              return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
                          });
        if (isIt) return written.substr(scheme.size());
    }
    return written;
}

struct Dialled {
    std::string digits;
    bool isInternational = false;
    bool isNumber = true;
};

Dialled dialled(std::string_view written) {
    written = withoutScheme(written);
    Dialled result;
    for (std::size_t at = 0; at < written.size(); ++at) {
        const char c = written[at];
        if (c == '@' || c == ';' || c == ',') break;
        if (isLetter(c)) {
            // Text after a number is an extension ("poste 12", "ext. 3"); before it, it is a name or
            // "anonymous".
            if (result.digits.size() < kFewestDigits) result.isNumber = false;
            break;
        }
        if (c == '*' || c == '#') {
            result.isNumber = false;
            break;
        }
        if (c == '+') {
            if (!result.digits.empty()) {
                result.isNumber = false;
                break;
            }
            result.isInternational = true;
        }
        // "+33 (0)1 …": the trunk prefix for those who dial within the country.
        if (result.isInternational && written.substr(at).starts_with("(0)")) {
            at += 2;
            continue;
        }
        if (isDigit(c)) result.digits += c;
        if (result.digits.size() > 2 * kMostDigits) break;
    }
    return result;
}

}  // namespace

std::optional<DialPlan> dialPlanOf(std::string_view country) {
    struct Row {
        std::string_view country;
        const char* code;
        const char* trunk;
        const char* international;
        std::size_t digits;
    };
    static constexpr std::array<Row, 22> kRows{{
        {"FR", "33", "0", "00", 9},  {"BE", "32", "0", "00", 0},   {"LU", "352", "", "00", 0},
        {"CH", "41", "0", "00", 9},  {"MC", "377", "", "00", 0},   {"DE", "49", "0", "00", 0},
        {"AT", "43", "0", "00", 0},  {"NL", "31", "0", "00", 9},   {"ES", "34", "", "00", 9},
        {"PT", "351", "", "00", 9},  {"IT", "39", "", "00", 0},    {"GB", "44", "0", "00", 0},
        {"IE", "353", "0", "00", 0}, {"US", "1", "1", "011", 10},  {"CA", "1", "1", "011", 10},
        {"DK", "45", "", "00", 8},   {"SE", "46", "0", "00", 0},   {"NO", "47", "", "00", 8},
        {"PL", "48", "", "00", 9},   {"AU", "61", "0", "0011", 9}, {"NZ", "64", "0", "00", 0},
        {"MA", "212", "0", "00", 9},
    }};
    for (const Row& row : kRows)
        if (row.country == country) return DialPlan{row.code, row.trunk, row.international, row.digits};
    return std::nullopt;
}

std::optional<PhoneNumber> readPhoneNumber(std::string_view written, const DialPlan& plan) {
    Dialled number = dialled(written);
    if (!number.isNumber) return std::nullopt;
    std::string& digits = number.digits;
    if (!number.isInternational && !plan.internationalPrefix.empty() &&
        digits.starts_with(plan.internationalPrefix)) {
        digits.erase(0, plan.internationalPrefix.size());
        // "00 33 (0)1 …"
        if (digits.starts_with(plan.countryCode + "0") && plan.trunkPrefix == "0" &&
            plan.nationalDigits != 0 && digits.size() == plan.countryCode.size() + 1 + plan.nationalDigits)
            digits.erase(plan.countryCode.size(), 1);
        number.isInternational = true;
    }
    if (digits.size() < kFewestDigits || digits.size() > kMostDigits) return std::nullopt;

    PhoneNumber read;
    const bool hasLength = plan.nationalDigits != 0;
    if (number.isInternational) {
        read.e164 = "+" + digits;
    } else if (!plan.trunkPrefix.empty() && digits.starts_with(plan.trunkPrefix) &&
               (!hasLength || digits.size() == plan.trunkPrefix.size() + plan.nationalDigits)) {
        read.e164 = "+" + plan.countryCode + digits.substr(plan.trunkPrefix.size());
    } else if (hasLength && digits.starts_with(plan.countryCode) &&
               digits.size() == plan.countryCode.size() + plan.nationalDigits) {
        read.e164 = "+" + digits;  // some PBXs leave the plus sign out
    } else if (hasLength && digits.size() == plan.nationalDigits &&
               (plan.trunkPrefix.empty() || plan.trunkPrefix == "1")) {
        read.e164 = "+" + plan.countryCode + digits;
    }
    if (read.e164.size() > kMostDigits + 1) return std::nullopt;
    read.tail = digits.size() > kTailDigits ? digits.substr(digits.size() - kTailDigits) : digits;
    return read;
}

}  // namespace ninja3cx::directory
