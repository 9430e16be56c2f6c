#include "server/analysis/analyse.hpp"
#include "server/analysis/read_call.hpp"
#include "shared/json/codec.hpp"

namespace ninja3cx::analysis {

Result<std::string> analyseJson(std::string_view call, const SiteRules& rules) {
    const auto input = readCall(call);
    if (!input) return input.error();
    return boost::json::serialize(json::encode(analyse(*input, rules)));
}

}  // namespace ninja3cx::analysis
