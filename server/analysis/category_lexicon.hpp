#pragma once

#include "shared/protocol/analysis.hpp"

#include <span>
#include <string_view>

namespace ninja3cx::analysis {

/// A phrase that speaks for a category. `weight`: 1 a symptom or a passing word, 2 the thing that fails, 4 a
/// cause or a phrase that hardly occurs elsewhere. `label`, `labelEn`: how a subject names it; empty: not
/// worth naming.
struct CategoryCue {
    protocol::Category category;
    std::string_view phrase;
    int weight;
    std::string_view label = {};
    std::string_view labelEn = {};
};

std::span<const CategoryCue> categoryCues();

}  // namespace ninja3cx::analysis
