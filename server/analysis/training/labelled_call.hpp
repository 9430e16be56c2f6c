#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis::training {

struct LabelledTurn {
    bool isAgent = false;
    std::string text;
    std::vector<std::string> tags;
    bool has(std::string_view tag) const;
};

/// A call of training/analysis, whose README says what the labels and tags are.
struct LabelledCall {
    std::string id;
    std::string language;
    std::string hand;  // the file: its calls share a hand
    std::map<std::string, std::string, std::less<>> labels;
    std::vector<LabelledTurn> turns;

    std::string_view label(std::string_view name) const;
    /// False where only the whole call is labelled.
    bool hasTags() const { return !labels.contains("actions"); }
    bool hasAction(std::string_view kind) const;
};

/// `protocol::kActionKinds`, for comparison with what stands in files.
const std::vector<std::string>& actionKinds();
const std::vector<std::string>& categories();

/// Unknown labels and tags are errors: a misspelt one would be trained as missing.
Result<std::vector<LabelledCall>> readLabelledCalls(std::string_view text, const std::string& hand);

}  // namespace ninja3cx::analysis::training
