#pragma once

#include "shared/protocol/analysis.hpp"

#include <string>
#include <vector>

/// Changes to an analysis that is made already, by the company's rules or by a language model.
namespace ninja3cx::analysis {

/// `evidence` in place of all that `field` rested on.
void replaceEvidence(protocol::Analysis& analysis, const std::string& field,
                     std::vector<protocol::Evidence> evidence);
void replaceEvidence(protocol::Analysis& analysis, protocol::Evidence evidence);

/// The call is of `category` now, and would be of `instead` without what decided that: its runner-up. A second problem of
/// the same category is none, and has no evidence. That of the category itself is the caller's to replace.
void changeCategory(protocol::Analysis& analysis, protocol::Category category, protocol::Category instead);

}  // namespace ninja3cx::analysis
