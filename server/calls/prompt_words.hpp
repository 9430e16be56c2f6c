#pragma once

#include "shared/protocol/records.hpp"

#include <string>
#include <vector>

namespace ninja3cx::calls {

/// Names that may be said in a call: whom it is with, as far as the directory knows.
std::vector<std::string> promptWordsOf(const protocol::CallerMatch& caller);

}  // namespace ninja3cx::calls
