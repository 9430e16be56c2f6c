#pragma once

#include "shared/json/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What 3CX writes, read leniently: keys in snake_case or PascalCase, numbers as text, null for nothing.
namespace ninja3cx::telephony::pbxjson {

/// `name` in lower case without underscores: "partycallerid" finds "PartyCallerId" and "party_caller_id".
const boost::json::value* find(const boost::json::object& object, std::string_view name);
std::string textOf(const boost::json::object& object, std::string_view name);
std::optional<std::int64_t> numberOf(const boost::json::object& object, std::string_view name);
/// The whole text is a number.
std::optional<std::int64_t> numberIn(std::string_view text);
/// True or false; nothing for null, or another type.
std::optional<bool> flagOf(const boost::json::object& object, std::string_view name);

}  // namespace ninja3cx::telephony::pbxjson
