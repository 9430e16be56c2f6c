#pragma once

#include "server/analysis/conversation/cue_list.hpp"

namespace ninja3cx::analysis {

/// What customers say when they name the problem or the wish.
const CueList& complaintCues();

}  // namespace ninja3cx::analysis
