#pragma once

#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/summary/clauses.hpp"

#include <string>

namespace ninja3cx::analysis {

/// A sentence of the summary, or two, with what they rest on. Empty where the call does not tell.
struct SummaryPart {
    std::string text;
    Grounds grounds;
};

Grounds groundsOf(const Clause& clause, protocol::Confidence confidence);

}  // namespace ninja3cx::analysis
