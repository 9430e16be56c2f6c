#pragma once

#include "shared/core/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace ninja3cx::bench {

using Options = std::map<std::string, std::string>;

/// "--name value" pairs of a subcommand; every name must be in `known`.
Result<Options> parseOptions(const std::vector<std::string>& arguments,
                             const std::vector<std::string>& known);

/// The value of `name`, or `fallback`.
std::string optionOr(const Options& options, const std::string& name, const std::string& fallback);

}  // namespace ninja3cx::bench
