#pragma once

#include "server/analysis/entities/name_reading.hpp"
#include "server/analysis/entities/names.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// One past "le goff", "de la villardière", "o'hara", where such a surname starts at `at` in lower case; `at` otherwise.
std::size_t particleEnd(const NameReading& reading, std::size_t at);
/// One past the person's name that starts at `at`; `at` when there is none.
std::size_t personEnd(const NameReading& reading, std::size_t at, bool needsFirstName);
/// "Karine Le Goff": the particle of a surname has a capital where the recogniser wrote none, but "du" and "de la".
std::string personName(const NameReading& reading, std::size_t first, std::size_t last);
/// Where a person may start: after a greeting or an introduction.
bool isIntroducedAt(const NameReading& reading, std::size_t at);
/// "la comptabilité de chez morvan primeurs martine le bihan": the person behind the company.
void readPersonBehind(const Line& line, Names& names);
/// "roussel nathalie à l'appareil": in lower case, where the surname may come first.
void readAtPhone(const Line& line, Names& names);
/// Names that tell themselves, in no list: "Yanis à l'appareil", "romuald speaking", "my name is …".
void readSelf(const Line& line, Names& names);
/// The technician's own name: "bonjour, Julien à l'appareil", "Stuart speaking".
void readAgent(const Line& line, Names& names);
/// "monsieur Lantier", "Marie-Jo", "Stephen Alderley": other people, wherever they are named. `places`: companies, whose names
/// are no people's.
void readMentions(const Line& line, const std::vector<std::vector<Word>>& places, Names& names);

}  // namespace ninja3cx::analysis
