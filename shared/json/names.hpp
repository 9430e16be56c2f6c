#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::json {

/// How C++ names are written in JSON.
enum class NameCase {
    Camel,     // callId, afterCall: everything of ours
    Snake,     // callback_promised, network_vpn: the analysis, whose shape tests/eval/analysis fixes
    Upper,     // MEDIUM, SERVICE_REQUEST: NinjaOne's enumerations
    Verbatim,  // as in C++
};

/// Specialise for a described struct or enum that is not written in camelCase.
template <class T>
inline constexpr NameCase nameCase = NameCase::Camel;

/// Specialise for an enum that may get more values: what a reader makes of a word that a newer program wrote. None: the
/// whole message is refused.
template <class E>
inline constexpr std::optional<E> unknownWordIs = std::nullopt;

/// `name` (camelCase or PascalCase) in another case. Digits stay with the word before them. A trailing
/// underscore is dropped: `auto_` is "auto".
std::string inCase(std::string_view name, NameCase wanted);

}  // namespace ninja3cx::json
