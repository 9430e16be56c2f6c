#include "server/calls/do_not_record.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::calls {
namespace {

/// A rule may be the beginning of a number. In doubt, as where a number has two readings, it matches.
bool numberMatches(const std::string& number, const std::string& rule, const NumberForms& formsOf) {
    if (number.empty()) return false;
    const std::vector<std::string> beginnings = formsOf(rule);
    const std::vector<std::string> forms = formsOf(number);
    return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
        return std::any_of(beginnings.begin(), beginnings.end(),
                           [&](const std::string& beginning) { return form.starts_with(beginning); });
    });
}

/// In doubt the same: "CLINIQUE DE L'ETE" as well.
bool isSameName(std::string_view name, std::string_view rule) {
    return plainLetters(name) == plainLetters(rule);
}

bool organizationMatches(const protocol::CallerMatch& caller, const std::string& rule) {
    if (isSameName(caller.organizationName.value_or(""), rule)) return true;
    return std::any_of(caller.contacts.begin(), caller.contacts.end(),
                       [&](const auto& contact) { return isSameName(contact.organizationName, rule); });
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

bool matches(const DoNotRecordRule& rule, const protocol::Call& call, const NumberForms& formsOf) {
    if (rule.number.empty() && rule.organization.empty() && rule.extension.empty() && rule.direction.empty())
        return false;
    return (rule.number.empty() || numberMatches(call.remoteNumber, rule.number, formsOf)) &&
           (rule.organization.empty() || organizationMatches(call.caller, rule.organization)) &&
           (rule.extension.empty() || rule.extension == call.extension.value()) &&
           (rule.direction.empty() || lowered(rule.direction) == nameOf(call.direction));
}

}  // namespace

bool isDoNotRecord(const protocol::Call& call, const HubOptions& options) {
    if (call.direction == protocol::Direction::Internal && !options.recordsInternalCalls) return true;
    return std::any_of(options.doNotRecord.begin(), options.doNotRecord.end(),
                       [&](const auto& rule) { return matches(rule, call, options.numberForms); });
}

}  // namespace ninja3cx::calls
