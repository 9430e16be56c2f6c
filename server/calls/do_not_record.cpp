#include "server/calls/do_not_record.hpp"

#include <algorithm>
#include <cctype>

namespace ninja3cx::calls {
namespace {

std::string lowered(std::string_view text) {
    std::string lower{text};
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

std::string digitsOf(std::string_view number) {
    std::string digits;
    for (char c : number)
        if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
    return digits;
}

bool numberMatches(const std::string& number, const std::string& rule, const std::string& countryCode) {
    if (number.empty()) return false;
    return normaliseNumber(number, countryCode).starts_with(normaliseNumber(rule, countryCode)) ||
           digitsOf(number).starts_with(digitsOf(rule));
}

bool organizationMatches(const protocol::CallerMatch& caller, const std::string& rule) {
    if (lowered(caller.organizationName.value_or("")) == lowered(rule)) return true;
    return std::any_of(caller.contacts.begin(), caller.contacts.end(), [&](const auto& contact) {
        return lowered(contact.organizationName) == lowered(rule);
    });
}

std::string_view nameOf(protocol::Direction direction) {
    switch (direction) {
        case protocol::Direction::Inbound:
            return "inbound";
        case protocol::Direction::Outbound:
            return "outbound";
        case protocol::Direction::Internal:
            return "internal";
    }
    return "";
}

bool matches(const DoNotRecordRule& rule, const protocol::Call& call, const std::string& countryCode) {
    if (rule.number.empty() && rule.organization.empty() && rule.extension.empty() && rule.direction.empty())
        return false;
    return (rule.number.empty() || numberMatches(call.remoteNumber, rule.number, countryCode)) &&
           (rule.organization.empty() || organizationMatches(call.caller, rule.organization)) &&
           (rule.extension.empty() || rule.extension == call.extension.value()) &&
           (rule.direction.empty() || lowered(rule.direction) == nameOf(call.direction));
}

}  // namespace

std::string normaliseNumber(std::string_view number, std::string_view countryCode) {
    std::string digits = digitsOf(number);
    const std::size_t zeroInBrackets = number.find("(0)");
    if (zeroInBrackets != std::string_view::npos && digits.starts_with('+')) {
        const std::string before = digitsOf(number.substr(0, zeroInBrackets));
        digits = before + digitsOf(number.substr(zeroInBrackets + 3));
    }
    if (digits.starts_with("00")) return "+" + digits.substr(2);
    if (digits.starts_with('0')) return "+" + std::string{countryCode} + digits.substr(1);
    return digits;
}

bool isDoNotRecord(const protocol::Call& call, const HubOptions& options) {
    if (call.direction == protocol::Direction::Internal && !options.recordsInternalCalls) return true;
    return std::any_of(options.doNotRecord.begin(), options.doNotRecord.end(),
                       [&](const auto& rule) { return matches(rule, call, options.countryCode); });
}

}  // namespace ninja3cx::calls
