#pragma once

#include "shared/core/result.hpp"
#include "shared/core/strong.hpp"
#include "shared/json/names.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Described C++ values to JSON and back.
///
/// A struct or enum takes part by BOOST_DESCRIBE_STRUCT / BOOST_DESCRIBE_ENUM; its names in JSON follow
/// `nameCase`. std::optional is left out when empty; a vector or map may be missing and is then empty; a `bool`
/// may be missing and keeps its default; everything else must be there. Unknown fields are ignored unless refused.
/// Errors name the place, e.g. "draft.fields.priority: 'URGENT' is none of LOW, MEDIUM, HIGH".
namespace ninja3cx::json {

enum class UnknownFields { Ignored, Refused };

template <class T>
Result<T> decode(const boost::json::value& from, const std::string& path = "",
                 UnknownFields unknown = UnknownFields::Ignored);
template <class T>
boost::json::value encode(const T& value);

/// Text to value; one error for syntax, with its offset. At most 64 levels deep.
inline Result<boost::json::value> parse(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 64;
    boost::json::stream_parser parser{{}, options};
    boost::system::error_code failure;
    const std::size_t read = parser.write_some(text.data(), text.size(), failure);
    if (!failure && read < text.size()) {
        const std::string_view rest = text.substr(read);
        if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos)
            return Error{ErrorKind::BadMessage,
                         "JSON ends at byte " + std::to_string(read) + " but more follows"};
    }
    if (!failure) parser.finish(failure);
    if (failure)
        return Error{ErrorKind::BadMessage,
                     "no valid JSON near byte " + std::to_string(read) + ": " + failure.message()};
    return parser.release();
}

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};
template <class T>
struct IsStrong : std::false_type {};
template <class Tag, class U>
struct IsStrong<Strong<Tag, U>> : std::true_type {};

inline std::string join(const std::string& path, std::string_view field) {
    return path.empty() ? std::string{field} : path + "." + std::string{field};
}
inline Error wrong(const std::string& path, const std::string& what) {
    return Error{ErrorKind::BadMessage, (path.empty() ? std::string{"message"} : path) + ": " + what};
}

template <class E>
std::string enumName(E value) {
    std::string name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (d.value == value) name = inCase(d.name, nameCase<E>);
    });
    return name;
}

template <class E>
Result<E> decodeEnum(const boost::json::value& from, const std::string& path) {
    if (!from.is_string()) return wrong(path, "must be a string");
    const std::string_view text{from.get_string()};
    std::optional<E> found;
    std::string known;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        const std::string name = inCase(d.name, nameCase<E>);
        if (name == text) found = d.value;
        known += (known.empty() ? "" : ", ") + name;
    });
    if (!found && unknownWordIs<E>) return *unknownWordIs<E>;
    if (!found) return wrong(path, "'" + std::string{text.substr(0, 40)} + "' is none of " + known);
    return *found;
}

template <class T>
Result<T> decodeStruct(const boost::json::value& from, const std::string& path, UnknownFields unknown) {
    using Members = boost::describe::describe_members<T, boost::describe::mod_any_access |
                                                             boost::describe::mod_inherited>;
    if (!from.is_object()) return wrong(path, "must be an object");
    const boost::json::object& object = from.get_object();
    T value{};
    std::optional<Error> failure;
    std::size_t used = 0;
    boost::mp11::mp_for_each<Members>([&](auto d) {
        if (failure) return;
        using Member = std::remove_cvref_t<decltype(value.*d.pointer)>;
        const std::string name = inCase(d.name, nameCase<T>);
        const boost::json::value* field = object.if_contains(name);
        if (field) ++used;
        if (!field || (field->is_null() && !std::is_same_v<Member, boost::json::value>)) {
            constexpr bool mayBeMissing = IsOptional<Member>::value || IsVector<Member>::value ||
                                          IsMap<Member>::value || std::is_same_v<Member, bool> ||
                                          std::is_same_v<Member, boost::json::value>;
            if constexpr (!mayBeMissing) failure = wrong(join(path, name), "is missing");
            return;
        }
        auto decoded = decode<Member>(*field, join(path, name), unknown);
        if (decoded)
            value.*d.pointer = std::move(*decoded);
        else
            failure = decoded.error();
    });
    if (failure) return *failure;
    if (unknown == UnknownFields::Refused && used < object.size()) {
        for (const auto& [key, ignored] : object) {
            bool known = false;
            boost::mp11::mp_for_each<Members>([&](auto d) { known |= inCase(d.name, nameCase<T>) == key; });
            if (!known) return wrong(join(path, key), "is no known field");
        }
    }
    return value;
}

template <class T>
Result<T> decodeInteger(const boost::json::value& from, const std::string& path) {
    if (from.is_int64()) {
        const std::int64_t number = from.get_int64();
        if (std::in_range<T>(number)) return static_cast<T>(number);
    } else if (from.is_uint64() && std::in_range<T>(from.get_uint64())) {
        return static_cast<T>(from.get_uint64());
    } else if (!from.is_number()) {
        return wrong(path, "must be a whole number");
    }
    return wrong(path, "is no whole number in the range " + std::to_string(std::numeric_limits<T>::min()) +
                           " to " + std::to_string(std::numeric_limits<T>::max()));
}

}  // namespace detail

template <class T>
Result<T> decode(const boost::json::value& from, const std::string& path, UnknownFields unknown) {
    using namespace detail;
    if constexpr (std::is_same_v<T, boost::json::value>) {
        return from;
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!from.is_bool()) return wrong(path, "must be true or false");
        return from.get_bool();
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (!from.is_string()) return wrong(path, "must be a string");
        return std::string{from.get_string()};
    } else if constexpr (std::is_integral_v<T>) {
        return decodeInteger<T>(from, path);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (!from.is_number()) return wrong(path, "must be a number");
        return from.to_number<T>();
    } else if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
        auto number = decodeInteger<std::int64_t>(from, path);
        if (!number) return number.error();
        return std::chrono::milliseconds{*number};
    } else if constexpr (IsStrong<T>::value) {
        auto inner = decode<typename T::Underlying>(from, path, unknown);
        if (!inner) return inner.error();
        return T{std::move(*inner)};
    } else if constexpr (IsOptional<T>::value) {
        if (from.is_null()) return T{};
        auto inner = decode<typename T::value_type>(from, path, unknown);
        if (!inner) return inner.error();
        return T{std::move(*inner)};
    } else if constexpr (IsVector<T>::value) {
        if (!from.is_array()) return wrong(path, "must be an array");
        T items;
        items.reserve(from.get_array().size());
        for (const boost::json::value& element : from.get_array()) {
            auto item = decode<typename T::value_type>(
                element, path + "[" + std::to_string(items.size()) + "]", unknown);
            if (!item) return item.error();
            items.push_back(std::move(*item));
        }
        return items;
    } else if constexpr (IsMap<T>::value) {
        if (!from.is_object()) return wrong(path, "must be an object");
        T items;
        for (const auto& [key, element] : from.get_object()) {
            auto item = decode<typename T::mapped_type>(element, join(path, key), unknown);
            if (!item) return item.error();
            items.emplace(key, std::move(*item));
        }
        return items;
    } else if constexpr (std::is_enum_v<T>) {
        return decodeEnum<T>(from, path);
    } else {
        return decodeStruct<T>(from, path, unknown);
    }
}

template <class T>
boost::json::value encode(const T& value) {
    using namespace detail;
    if constexpr (std::is_same_v<T, boost::json::value> || std::is_same_v<T, bool> ||
                  std::is_floating_point_v<T>) {
        return value;
    } else if constexpr (std::is_same_v<T, std::string>) {
        return boost::json::value(boost::json::string_view{value});
    } else if constexpr (std::is_integral_v<T>) {
        if constexpr (std::is_signed_v<T>)
            return static_cast<std::int64_t>(value);
        else
            return static_cast<std::uint64_t>(value);
    } else if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
        return static_cast<std::int64_t>(value.count());
    } else if constexpr (IsStrong<T>::value) {
        return encode(value.value());
    } else if constexpr (IsOptional<T>::value) {
        return value ? encode(*value) : boost::json::value(nullptr);
    } else if constexpr (IsVector<T>::value) {
        boost::json::array items;
        items.reserve(value.size());
        for (const auto& item : value) items.push_back(encode<typename T::value_type>(item));
        return items;
    } else if constexpr (IsMap<T>::value) {
        boost::json::object items;
        for (const auto& [key, item] : value) items[key] = encode(item);
        return items;
    } else if constexpr (std::is_enum_v<T>) {
        return boost::json::value(boost::json::string_view{enumName(value)});
    } else {
        boost::json::object object;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_any_access |
                                                                          boost::describe::mod_inherited>>(
            [&](auto d) {
                using Member = std::remove_cvref_t<decltype(value.*d.pointer)>;
                if constexpr (IsOptional<Member>::value) {
                    if (!(value.*d.pointer)) return;
                }
                object[inCase(d.name, nameCase<T>)] = encode<Member>(value.*d.pointer);
            });
        return object;
    }
}

/// Text to a described value.
template <class T>
Result<T> decodeText(std::string_view text, UnknownFields unknown = UnknownFields::Ignored) {
    auto value = parse(text);
    if (!value) return value.error();
    return decode<T>(*value, "", unknown);
}

template <class T>
std::string encodeText(const T& value) {
    return boost::json::serialize(encode(value));
}

}  // namespace ninja3cx::json
