#pragma once

#include "shared/core/result.hpp"

#include <string>

namespace ninja3cx::config {

/// Whether `analysis.languageModel.url` may stay as it is written. Where it names its host by a number, that must be one of
/// the company's own network, unless `allowsPublic`, and then over https:// alone. What a name stands for is found out at
/// each connection. The error says what is wrong with it.
Result<void> checkLanguageModelAddress(const std::string& written, bool allowsPublic);

}  // namespace ninja3cx::config
