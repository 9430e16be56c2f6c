#pragma once

#include "shared/protocol/records.hpp"

/// What was said, and what was written of it, as retention takes it away. Figures stay: category, sentiment,
/// priority, times, ticket. So does who called, which is the call's and goes with it.
namespace ninja3cx::calls {

void eraseWords(protocol::Analysis& analysis);
void eraseWords(protocol::Draft& draft);

}  // namespace ninja3cx::calls
