#pragma once

#include "server/language_model/spoken.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// What somebody said that they would do, against what a model says of it. Pure, and near enough to refuse on doubt.
namespace ninja3cx::language_model {

/// An action of a kind that the built-in analysis did not find: the technician, or the customer whom the technician
/// agrees with, says that kind's own words in one of `turns`, and its owner is who does it.
bool isPromised(const protocol::AnalysisAction& action, const std::vector<std::int32_t>& turns,
                const Spoken& spoken);

/// `text` in other words says what `action`, which rests on `turns`, does: for the same people, at the same time, about
/// the same.
bool isSameAction(const std::string& text, const protocol::AnalysisAction& action,
                  const std::vector<std::int32_t>& turns, const Spoken& spoken);

}  // namespace ninja3cx::language_model
