#pragma once

#include "shared/protocol/records.hpp"

#include <string_view>

/// What was said, and what was written of it, as retention takes it away. Figures stay: category, sentiment,
/// priority, times, ticket. So does who called, which is the call's and goes with it.
namespace ninja3cx::calls {

void eraseWords(protocol::Analysis& analysis);
void eraseWords(protocol::Draft& draft);

/// Whether something was understood: dots, dashes and notes are no words.
bool containsWord(std::string_view text);

}  // namespace ninja3cx::calls
