#pragma once

#include "server/analysis/summary/clauses.hpp"
#include "server/analysis/summary/third_person.hpp"

#include <optional>
#include <string>

namespace ninja3cx::analysis {

/// What the customer said, as a colleague tells it: "je n'arrive plus à ouvrir mon Outlook" becomes "Claire
/// Fontaine n'arrive plus à ouvrir son Outlook.", "l'imprimante bourre" becomes "Claire Fontaine signale que
/// l'imprimante bourre.". Nothing where the first person cannot be turned safely.
std::optional<Told> reported(const Clause& clause, const std::string& who, Gender gender, bool isEnglish);

/// The customer's own words, cut at a clause: for what `reported` gives up.
std::string quoted(const Clause& clause, const std::string& who, bool isEnglish);

}  // namespace ninja3cx::analysis
