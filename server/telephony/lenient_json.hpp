#pragma once

#include "shared/json/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// 3CX's JSON as its builds write it: "PartyCallerId", "party_caller_id" and "partycallerid" are one name; null and missing
/// are one; numbers may be texts. `name`: in lower case, without underscores. For this folder's parsers.
namespace ninja3cx::telephony::lenient {

/// Null: there is none.
const boost::json::value* find(const boost::json::object& object, std::string_view name);
/// Empty: there is none.
std::string textOf(const boost::json::object& object, std::string_view name);
std::optional<std::int64_t> numberOf(const boost::json::object& object, std::string_view name);
std::optional<bool> flagOf(const boost::json::object& object, std::string_view name);
/// All of `text`, decimal.
std::optional<std::int64_t> numberIn(std::string_view text);

}  // namespace ninja3cx::telephony::lenient
