#pragma once

#include "server/analysis/conversation/phrases.hpp"

#include <span>
#include <string_view>
#include <vector>

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

struct CompiledProduct {
    const Product* product;
    Phrase phrase;
};
/// All of them, in their order.
const std::vector<CompiledProduct>& compiledProducts();

}  // namespace ninja3cx::analysis
