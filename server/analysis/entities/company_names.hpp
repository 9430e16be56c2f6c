#pragma once

#include "server/analysis/entities/name_reading.hpp"
#include "server/analysis/entities/names.hpp"

namespace ninja3cx::analysis {

/// One past the company that starts at `at`.
std::size_t companyEnd(const NameReading& reading, std::size_t at);
/// "une étude gratuite": one of many.
bool isOneOfMany(const NameReading& reading, std::size_t at);
/// "Cabinet Moreau", not "cabinet" alone.
bool isCompany(const NameReading& reading, std::size_t from, std::size_t end);
/// Takes the words as a company, or a town among them as a site. Every company of a customer's line passes here,
/// whichever rule found it. False: it is none.
bool addCompany(const NameReading& reading, std::size_t first, std::size_t last, Names& names);
/// "bonjour cristelle aubry du service courrier", "armelle costa étude costa": two words of no list before where one
/// works.
bool isNamedByWorkplace(const NameReading& reading, std::size_t at);
/// The company that follows the person who ends before `person`.
void readCompanyAfter(const NameReading& reading, std::size_t person, Names& names);
/// "comptable chez Fonderies Delcroix", "je travaille pour …", "calling from …"
void readEmployer(const Line& line, Names& names);

}  // namespace ninja3cx::analysis
