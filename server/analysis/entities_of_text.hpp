#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// Names, products, numbers and the like of one text, by kind, as in a call in which nothing else is said; not of what is
/// personal data in it. Pure.
std::map<std::string, std::vector<std::string>> entitiesOfText(std::string_view text,
                                                               std::string_view language);

}  // namespace ninja3cx::analysis
