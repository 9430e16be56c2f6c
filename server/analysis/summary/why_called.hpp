#pragma once

#include "server/analysis/summary/caller_gender.hpp"
#include "server/analysis/summary/summary_part.hpp"
#include "server/analysis/summary/wording.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// The clause that says best why the customer called, in a colleague's words where they can be found. `who`: the
/// customer, as the sentence begins. `hasRoom`: what they said next may follow. Empty where nothing says it. What that
/// is rests on how plainly it complains, and where the category shows.
SummaryPart problemSentence(const Findings& findings, const std::string& who, Gender gender, bool hasRoom);

/// A second matter of its own: "Signale aussi que l'écran reste noir." `told`: the turns that the first sentence rests
/// on; where that is the second matter itself, what was raised before it. Empty where there is none.
SummaryPart secondSentence(const Findings& findings, const std::vector<std::int32_t>& told, Gender gender);

/// What the customer says is wrong in a few words of no person, for a subject: "la caisse n'ouvre pas".
std::optional<SummaryPart> plainComplaint(const Findings& findings);

}  // namespace ninja3cx::analysis
