#pragma once

#include "simulators/ninja_schema/ninja_api.hpp"

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace ninja3cx::simulators::testing {

/// Where `api` departs from an OpenAPI 3.0 document, one line each; empty: it says the same.
///
/// Of a request everything must be equal: parameters, media types, bodies with all their properties and
/// limits. Of an answer `api` may list less, require more (what is relied on), and let more be null, but
/// nothing may have another name or type.
std::vector<std::string> differences(const NinjaApi& api, const boost::json::value& openApi);

}  // namespace ninja3cx::simulators::testing
