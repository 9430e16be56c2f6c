#pragma once

#include "server/config/settings.hpp"

#include <optional>
#include <string>

/// What the types of the company's own categories, keywords, rules and alerts cannot say. Pure.
namespace ninja3cx::config {

struct SiteProblem {
    std::string path;  // "analysis.rules[2].when.phrases[0]"
    std::string what;
};
/// The first; none: all is fine.
std::optional<SiteProblem> problemOf(const AnalysisSettings& analysis);

/// Why this is neither a built-in category nor one of `analysis`, and which is meant; empty: it is one.
std::string unknownCategory(const std::string& name, const AnalysisSettings& analysis);

}  // namespace ninja3cx::config
