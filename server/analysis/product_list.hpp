#pragma once

#include <span>
#include <string_view>

namespace ninja3cx::analysis {

struct Product {
    std::string_view phrase;   // folded, as speech-to-text writes it
    std::string_view written;  // as it should be written
    bool isDevice = false;
    bool hasYear = false;  // "2019" behind it is its version
};
/// Software and makes of devices that help-desk calls are about, with frequent mishearings. Longer phrases
/// first.
std::span<const Product> products();

}  // namespace ninja3cx::analysis
