#pragma once

#include "server/analysis/summary/caller_gender.hpp"
#include "server/analysis/summary/summary_part.hpp"
#include "server/analysis/summary/wording.hpp"

#include <string_view>

namespace ninja3cx::analysis {

/// By when the customer needs it: "Échéance : les virements doivent partir avant dix-sept heures." Empty where nobody
/// says it, or `told` does.
SummaryPart deadlineSentence(const Findings& findings, std::string_view told, Gender gender);

}  // namespace ninja3cx::analysis
