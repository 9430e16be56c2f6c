#pragma once

#include "server/analysis/conversation/cue_list.hpp"

/// How people turn to a second matter: one list, and what each of its phrases is good for.
namespace ninja3cx::analysis {

/// Hints, anywhere: "aussi", "par contre" go on with the first matter as often, so the words behind must tell of another.
const CueList& secondMatterHints();

/// Open one at the beginning of a sentence: "autre chose, …", "j'ai aussi …"; in its middle they may count or compare.
const CueList& secondMatterOpenings();

/// Say by themselves that there is one, anywhere: "tant que je vous ai", "one more thing".
const CueList& plainSecondMatters();

/// Stand before it and are no part of what is told: "et sinon", "while I've got you".
const CueList& secondMatterLeads();

}  // namespace ninja3cx::analysis
