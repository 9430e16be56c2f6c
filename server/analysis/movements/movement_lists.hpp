#pragma once

#include "server/analysis/conversation/cue_list.hpp"

/// What is said of a member of the staff who moves, French and English.
namespace ninja3cx::analysis {

const CueList& plainLeaving();
/// Of laptops, trains and colleagues at lunch too.
const CueList& vagueLeaving();
const CueList& plainArriving();
const CueList& vagueArriving();
/// To another post, place or department.
const CueList& changing();
const CueList& comingBack();

}  // namespace ninja3cx::analysis
