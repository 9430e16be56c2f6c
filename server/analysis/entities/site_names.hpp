#pragma once

#include "server/analysis/entities/names.hpp"

namespace ninja3cx::analysis {

/// "le site de Saint-Nazaire", "l'usine de la Tour du Pin", "the Norwich depot"
void readSites(const Line& line, Names& names);

}  // namespace ninja3cx::analysis
