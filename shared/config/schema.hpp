#pragma once

#include "shared/config/layer.hpp"
#include "shared/core/result.hpp"
#include "shared/json/codec.hpp"

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace ninja3cx::config {

/// What a key may hold; decides how an environment variable's text is read.
enum class Kind { Group, Text, Number, Truth, List, Structure };

/// One key, and under a group its members.
struct Schema {
    std::string name;
    Kind kind = Kind::Group;
    std::vector<Schema> members;
    std::vector<Schema> element;       // of a list or map of groups: the one schema of its entries
    std::vector<std::string> choices;  // of a text that is one of a few
    /// Whether a value fits; errors start with the path.
    std::function<Result<void>(const boost::json::value&, const std::string& path)> check;
};

/// A key that must never be in a file, because it is a secret.
struct Secret {
    std::string path;      // "ninja.clientSecret"
    std::string variable;  // "NINJA_CLIENT_SECRET"
};

namespace detail {

template <class T>
constexpr Kind kindOf() {
    if constexpr (json::detail::IsOptional<T>::value)
        return kindOf<typename T::value_type>();
    else if constexpr (json::detail::IsStrong<T>::value)
        return kindOf<typename T::Underlying>();
    else if constexpr (std::is_same_v<T, bool>)
        return Kind::Truth;
    else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::chrono::milliseconds>)
        return Kind::Number;
    else if constexpr (std::is_same_v<T, std::string> || std::is_enum_v<T>)
        return Kind::Text;
    else if constexpr (std::is_same_v<T, std::vector<std::string>>)
        return Kind::List;
    else if constexpr (json::detail::IsVector<T>::value || json::detail::IsMap<T>::value)
        return Kind::Structure;
    else
        return Kind::Group;
}

template <class T>
std::vector<std::string> choicesOf() {
    std::vector<std::string> names;
    if constexpr (json::detail::IsOptional<T>::value) {
        names = choicesOf<typename T::value_type>();
    } else if constexpr (std::is_enum_v<T>) {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto d) { names.push_back(json::inCase(d.name, json::nameCase<T>)); });
    }
    return names;
}

}  // namespace detail

/// The names of an enum's values, as they stand in a file.
template <class E>
std::vector<std::string> namesOf() {
    return detail::choicesOf<E>();
}

/// The schema of a described struct. Nested described structs are groups.
template <class T>
Schema schemaOf(const std::string& name = "") {
    Schema schema{name, detail::kindOf<T>(), {}, {}, {}, {}};
    if constexpr (detail::kindOf<T>() == Kind::Group) {
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_any_access |
                                                                          boost::describe::mod_inherited>>(
            [&](auto d) {
                using Member = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
                schema.members.push_back(schemaOf<Member>(json::inCase(d.name, json::nameCase<T>)));
            });
    } else {
        if constexpr (json::detail::IsVector<T>::value) {
            if constexpr (detail::kindOf<typename T::value_type>() == Kind::Group)
                schema.element.push_back(schemaOf<typename T::value_type>());
        } else if constexpr (json::detail::IsMap<T>::value) {
            if constexpr (detail::kindOf<typename T::mapped_type>() == Kind::Group)
                schema.element.push_back(schemaOf<typename T::mapped_type>());
        }
        schema.choices = detail::choicesOf<T>();
        schema.check = [](const boost::json::value& value, const std::string& path) -> Result<void> {
            auto decoded = json::decode<T>(value, path, json::UnknownFields::Refused);
            if (!decoded) return decoded.error();
            return {};
        };
    }
    return schema;
}

/// Refuses unknown keys (naming the nearest known one), wrong types and secrets; the error starts with the
/// key's origin.
Result<void> checkLayer(const Schema& schema, const std::vector<Secret>& secrets, const Layer& layer);

/// Every leaf of the schema as its path.
std::vector<std::string> keysOf(const Schema& schema);

}  // namespace ninja3cx::config
