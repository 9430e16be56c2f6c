#pragma once

#include "shared/core/result.hpp"

#include <string>

namespace ninja3cx::config {

/// The names of NinjaOne's regions: "us, us2, eu, ca, oc, fed".
std::string ninjaRegions();

/// "https://host/api/v2" for what `ninja.apiUrl` may say: a region's name, or the address of a tenant's own host,
/// with or without the path. The error says what is wrong with it.
Result<std::string> ninjaAddress(const std::string& written);

}  // namespace ninja3cx::config
