#pragma once

#include "server/analysis/summary/third_person.hpp"

namespace ninja3cx::analysis {

/// Turns the first person of a text, but the subject at its head, into the third. `isCallerSubject`: the subject at
/// the head is the caller. False: it cannot be turned.
bool turnFrench(Tokens& tokens, bool isCallerSubject, Gender gender);

}  // namespace ninja3cx::analysis
