#pragma once

#include "server/analysis/conversation/conversation.hpp"

/// What is said round a dictation, whatever is dictated.
namespace ninja3cx::analysis {

/// "vous avez de quoi noter ?", "je vous la dicte": what was spoken of last is dictated next.
bool offersToDictate(const Line& line);

/// "ne me la donnez pas", "hold on": who dictates may go on all the same.
bool interruptsDictation(const Line& line);

}  // namespace ninja3cx::analysis
