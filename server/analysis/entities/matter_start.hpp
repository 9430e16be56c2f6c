#pragma once

#include "server/analysis/entities/name_reading.hpp"

#include <cstddef>
#include <string_view>

/// Where a caller comes to the matter though the recogniser wrote neither comma nor capital.
namespace ninja3cx::analysis {

/// "ne", "plante", "isn't", "keeps": what says something of the thing that is named before it.
bool isPredicate(std::string_view word);

/// Word `at`, behind a name of which at least one word is said, begins the matter: "durand | la sauvegarde …",
/// "moreau | sage ne s'ouvre plus", "rocher | rien ne marche". Of a text with capitals nothing is told.
bool beginsMatter(const NameReading& reading, std::size_t at);

/// "restaurant | la caisse est bloquée": the matter behind the word that opens a company's name, of which no more is
/// said. "restaurant la marmite" goes on.
bool beginsMatterAtOnce(const NameReading& reading, std::size_t at);

}  // namespace ninja3cx::analysis
