#pragma once

#include <string_view>

/// What callers name where they work, and what is no company's name. All words are folded.
namespace ninja3cx::analysis {

/// "rh", "sav", "accueil", "payroll": a word that names a department, alone or with others ("human resources").
bool isDepartmentWord(std::string_view word);
/// "brive", "saint etienne", "london": larger towns, the words of one divided by a space.
bool isTown(std::string_view words);
/// "orange", "microsoft": whom one deals with, and seldom works for. Makes of devices stand among the products.
bool isSupplier(std::string_view word);
/// "office", "branch", "depot": behind a town's name, a site.
bool isSiteNoun(std::string_view word);

}  // namespace ninja3cx::analysis
