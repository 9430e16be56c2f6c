#include "agent/call_tracking/caller.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kMaxNumberBytes = 64;
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kKeyDigits = 9;
constexpr std::size_t kMaxInternalDigits = 5;

constexpr std::array<std::string_view, 14> kWithheld{
    "anonymous", "anonyme",  "unknown",       "inconnu",    "private",     "privé",        "masqué",
    "masque",    "withheld", "numéro masqué", "restricted", "unavailable", "indisponible", "null"};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t digitsIn(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, isDigit));
}

bool isWithheldWord(std::string_view text) {
    return std::ranges::any_of(kWithheld, [&](std::string_view word) { return isSameWord(text, word); });
}

std::string cleaned(std::string_view raw, std::size_t maxBytes) {
    std::string text = toValidUtf8(raw.substr(0, maxBytes * 4));
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    const std::string_view kept = trimmed(text);
    if (isUnfilled(kept) || isWithheldWord(kept)) return "";
    return std::string{trimmed(cutUtf8(kept, maxBytes))};
}

/// Signs that stand between a number's digits.
bool isDialled(std::string_view text) {
    return digitsIn(text) > 0 && std::ranges::all_of(text, [](char c) {
               return isDigit(c) || std::string_view{"+ .-/()*#"}.find(c) != std::string_view::npos;
           });
}

/// Without the scheme of "sip:", "sips:", "tel:", and what stands behind the number then.
std::string_view withoutScheme(std::string_view text) {
    for (const std::string_view scheme : {"sip:", "sips:", "tel:", "callto:"})
        if (text.size() > scheme.size() && isSameWord(text.substr(0, scheme.size()), scheme)) {
            text.remove_prefix(scheme.size());
            return text.substr(0, text.find_first_of("@;"));
        }
    return text;
}

}  // namespace

Caller callerOf(std::string_view number, std::string_view name) {
    const std::string written = cleaned(number, kMaxNameBytes);
    Caller caller{"", cleaned(name, kMaxNameBytes)};
    std::string_view text = trimmed(withoutScheme(written));
    // "Dupont SARL (0612345678)"
    const std::size_t open = text.rfind('(');
    if (!isDialled(text) && open != std::string_view::npos && text.back() == ')') {
        const std::string_view inside = trimmed(text.substr(open + 1, text.size() - open - 2));
        if (isDialled(inside)) {
            if (caller.name.empty()) caller.name = trimmed(text.substr(0, open));
            text = inside;
        }
    }
    if (isDialled(text) && text.size() <= kMaxNumberBytes)
        caller.number = text;
    else if (caller.name.empty() && !isWithheldWord(text))
        caller.name = text;
    // Where the name is unknown telephones say the number again.
    if (!caller.number.empty() && isDialled(caller.name) &&
        numberKey(caller.name) == numberKey(caller.number))
        caller.name.clear();
    return caller;
}

bool isUnfilled(std::string_view text) {
    if (text.size() < 3) return false;
    const bool isBraced =
        (text.front() == '%' && text.back() == '%') || (text.front() == '[' && text.back() == ']');
    const std::string_view inside = text.substr(1, text.size() - 2);
    return isBraced && std::ranges::all_of(inside, [](char c) {
               return isDigit(c) || (lowered(c) >= 'a' && lowered(c) <= 'z') || c == '_';
           });
}

std::string numberKey(std::string_view number) {
    std::string digits;
    std::ranges::copy_if(number, std::back_inserter(digits), isDigit);
    return digits.size() > kKeyDigits ? digits.substr(digits.size() - kKeyDigits) : digits;
}

bool isInternalNumber(std::string_view number) {
    return number.size() >= 2 && number.size() <= kMaxInternalDigits && std::ranges::all_of(number, isDigit);
}

}  // namespace ninja3cx::agent
