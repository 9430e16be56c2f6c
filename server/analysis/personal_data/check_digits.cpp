#include "server/analysis/personal_data/check_digits.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ninja3cx::analysis {
namespace {

struct CountryLength {
    std::string_view country;
    std::size_t length;
};
constexpr auto kIbanLengths = std::to_array<CountryLength>({
    {"AT", 20}, {"BE", 16}, {"CH", 21}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"ES", 24},
    {"FI", 18}, {"FR", 27}, {"GB", 22}, {"IE", 22}, {"IT", 27}, {"LU", 20}, {"MC", 27},
    {"NL", 18}, {"NO", 15}, {"PL", 28}, {"PT", 25}, {"SE", 24},
});

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

bool isCardNumber(std::string_view digits) {
    if (digits.size() < 13 || digits.size() > 19) return false;
    if (std::all_of(digits.begin(), digits.end(), [&](char c) { return c == digits[0]; })) return false;
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const char c = digits[digits.size() - 1 - i];
        if (!isDigit(c)) return false;
        int value = c - '0';
        if (i % 2 == 1) value = value > 4 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

bool hasCardForm(std::string_view digits) {
    const std::string_view head = digits.substr(0, 2);
    switch (digits.size()) {
        case 14:
            return head == "30" || head == "36" || head == "38";
        case 15:
            return head == "34" || head == "37";
        case 16:
            return head[0] == '2' || (head[0] >= '4' && head[0] <= '6');
        case 13:
        case 17:
        case 18:
        case 19:
            return head[0] >= '4' && head[0] <= '6';
        default:
            return false;
    }
}

std::size_t ibanLength(std::string_view country) {
    if (country.size() != 2) return 0;
    const auto found =
        std::find_if(kIbanLengths.begin(), kIbanLengths.end(), [&](const CountryLength& entry) {
            return entry.country[0] == upper(country[0]) && entry.country[1] == upper(country[1]);
        });
    return found == kIbanLengths.end() ? 0 : found->length;
}

bool isIban(std::string_view letters) {
    if (letters.size() < 15 || letters.size() > 34 || ibanLength(letters.substr(0, 2)) != letters.size())
        return false;
    std::uint32_t remainder = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char c = upper(letters[(i + 4) % letters.size()]);
        if (isDigit(c))
            remainder = (remainder * 10 + static_cast<std::uint32_t>(c - '0')) % 97;
        else if (c >= 'A' && c <= 'Z')
            remainder = (remainder * 100 + static_cast<std::uint32_t>(c - 'A') + 10) % 97;
        else
            return false;
    }
    return remainder == 1;
}

bool isFrenchSocialSecurity(std::string_view digits) {
    if (digits.size() != 13 && digits.size() != 15) return false;
    if (!std::all_of(digits.begin(), digits.end(), isDigit)) return false;
    if (digits[0] != '1' && digits[0] != '2') return false;
    const int month = (digits[3] - '0') * 10 + (digits[4] - '0');
    if (month < 1 || (month > 12 && month < 20)) return false;
    if (digits.size() == 13) return true;
    std::int64_t number = 0;
    for (const char c : digits.substr(0, 13)) number = number * 10 + (c - '0');
    const int key = (digits[13] - '0') * 10 + (digits[14] - '0');
    return key == 97 - number % 97;
}

bool isTelephone(std::string_view digits) {
    return (digits.size() >= 10 && digits.size() <= 11 && digits[0] == '0') || digits.starts_with("0033") ||
           (digits.size() == 11 && digits.starts_with("33"));
}

}  // namespace ninja3cx::analysis
