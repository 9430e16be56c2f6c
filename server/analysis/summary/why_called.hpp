#pragma once

#include "server/analysis/summary/caller_gender.hpp"
#include "server/analysis/summary/summary_part.hpp"
#include "server/analysis/summary/wording.hpp"

#include <optional>
#include <string>

namespace ninja3cx::analysis {

/// The clause that says best why the customer called, in a colleague's words where they can be found. `who`: the
/// customer, as the sentence begins. `hasRoom`: what they said next may follow. Empty where nothing says it. What that
/// is rests on how plainly it complains, and where the category shows.
SummaryPart problemSentence(const Findings& findings, const std::string& who, Gender gender, bool hasRoom);

/// A second matter of its own: "Signale aussi que l'écran reste noir." `first`: the sentence that is told already; where
/// that is the second matter itself, what was raised beside it. Empty where there is none.
SummaryPart secondSentence(const Findings& findings, const SummaryPart& first, Gender gender);

/// What the customer says is wrong in a few words of no person, for a subject: "la caisse n'ouvre pas".
std::optional<SummaryPart> plainComplaint(const Findings& findings);

}  // namespace ninja3cx::analysis
