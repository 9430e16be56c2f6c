#pragma once

#include <string_view>

namespace ninja3cx::analysis {

/// `word` is folded.
bool isFirstName(std::string_view word);
/// "cabinet", "clinique", "mairie": opens the name of a company.
bool opensCompany(std::string_view word);
/// A word that is no part of a name: "je", "vous", "bonjour", "the".
bool isCommonWord(std::string_view word);

}  // namespace ninja3cx::analysis
