#pragma once

#include "server/analysis/summary/summary_part.hpp"
#include "server/analysis/summary/wording.hpp"

#include <string>

/// What a summary takes from the technician's words.
namespace ninja3cx::analysis {

/// A call of the help desk to the customer: what the technician tells first. Empty where the customer called.
SummaryPart outboundSentence(const Findings& findings, const std::string& who);

/// What the technician found, where it is said without anybody in it: "la ligne est coupée côté opérateur".
SummaryPart foundSentence(const Findings& findings);

}  // namespace ninja3cx::analysis
