#pragma once

#include <string>
#include <string_view>

namespace ninja3cx::agent {

/// Who calls, as a source wrote it, made fit for use: UTF-8 without control characters, at most as long as the server
/// takes it.
struct Caller {
    std::string number;  // empty: withheld
    std::string name;
    bool operator==(const Caller&) const = default;
};

/// Makes sense of what telephones put into the two fields: "anonymous" is no number, a name in the number's place is a
/// name, "sip:" and "tel:" addresses and "Name (number)" are taken apart, a variable that was not filled in
/// ("%CallerNumber%", "[Number]") is nothing.
Caller callerOf(std::string_view number, std::string_view name);

/// "%CallerNumber%", "[Number]": a variable that nothing filled in.
bool isUnfilled(std::string_view text);

/// What two spellings of one number have in common: its last 9 digits. Empty: withheld.
std::string numberKey(std::string_view number);

/// Of this PBX: a few digits without a prefix.
bool isInternalNumber(std::string_view number);

}  // namespace ninja3cx::agent
