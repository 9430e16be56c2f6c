#pragma once

#include "shared/protocol/records.hpp"

#include <string>
#include <vector>

namespace ninja3cx::protocol {

/// The text as it was heard. A correction that fits no place of the text is passed over.
std::string uncorrected(std::string text, const std::vector<Correction>& corrections);

}  // namespace ninja3cx::protocol
