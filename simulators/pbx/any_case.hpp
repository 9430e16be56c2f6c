#pragma once

#include "simulators/exchange/exchange.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace ninja3cx::simulators {

/// `name` in an object, whatever the case of the key: 3CX reads requests so.
inline const boost::json::value* anyCase(const boost::json::object& object, std::string_view name) {
    for (const auto& [key, value] : object)
        if (equalIgnoringCase(key, name)) return &value;
    return nullptr;
}

/// The text of that name, or none.
inline std::string anyCaseText(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = anyCase(object, name);
    return value && value->is_string() ? std::string{value->get_string()} : std::string{};
}

}  // namespace ninja3cx::simulators
