#pragma once

#include "shared/protocol/analysis.hpp"

#include <string>

namespace ninja3cx::analysis {

/// "Imprimante ou scanner": the category for people. What programs know it by follows from `protocol::Category`.
std::string categoryName(protocol::Category category, bool isEnglish);

}  // namespace ninja3cx::analysis
