#pragma once

#include "shared/core/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// "--name value" pairs of a subcommand; every name must be in `known`.
Result<std::map<std::string, std::string>> parseOptions(const std::vector<std::string>& arguments,
                                                        const std::vector<std::string>& known);

/// The value of `name`, or `fallback`.
std::string optionOr(const std::map<std::string, std::string>& options, const std::string& name,
                     const std::string& fallback);

}  // namespace ninja3cx::bench
