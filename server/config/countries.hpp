#pragma once

#include <string_view>

namespace ninja3cx::config {

/// Two capital letters of a country with telephone numbers of its own, such as "FR".
bool isCountry(std::string_view code);

}  // namespace ninja3cx::config
