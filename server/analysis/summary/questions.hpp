#pragma once

#include "server/analysis/summary/clauses.hpp"
#include "server/analysis/summary/third_person.hpp"

#include <optional>
#include <string>

namespace ninja3cx::analysis {

/// A question of how something is done, or whether it can be, as a colleague tells it: "comment on met une signature ?"
/// becomes "M. Petit demande comment mettre une signature.". Nothing where it is none, or cannot be turned.
std::optional<Told> askedHow(const Clause& clause, const std::string& who, Gender gender, bool isEnglish);

}  // namespace ninja3cx::analysis
