#include "server/telephony/lenient_json.hpp"

#include <charconv>

namespace ninja3cx::telephony::lenient {
namespace {

namespace bj = boost::json;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// "PartyCallerId", "party_caller_id" and "partycallerid" are one name.
bool isSameName(std::string_view key, std::string_view wanted) {
    std::size_t at = 0;
    for (char c : key) {
        if (c == '_') continue;
        if (at == wanted.size() || lower(c) != wanted[at]) return false;
        ++at;
    }
    return at == wanted.size();
}

}  // namespace

const bj::value* find(const bj::object& object, std::string_view name) {
    for (const auto& [key, value] : object)
        if (isSameName(key, name)) return &value;
    return nullptr;
}

std::string textOf(const bj::object& object, std::string_view name) {
    const bj::value* value = find(object, name);
    if (!value) return {};
    if (value->is_string()) return std::string{value->get_string()};
    if (value->is_int64()) return std::to_string(value->get_int64());
    return {};
}

std::optional<std::int64_t> numberIn(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

std::optional<std::int64_t> numberOf(const bj::object& object, std::string_view name) {
    const bj::value* value = find(object, name);
    if (!value) return std::nullopt;
    if (value->is_int64()) return value->get_int64();
    if (value->is_string()) return numberIn(value->get_string());
    return std::nullopt;
}

std::optional<bool> flagOf(const bj::object& object, std::string_view name) {
    const bj::value* value = find(object, name);
    if (!value || !value->is_bool()) return std::nullopt;
    return value->get_bool();
}

}  // namespace ninja3cx::telephony::lenient
