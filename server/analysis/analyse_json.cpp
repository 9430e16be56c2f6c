#include "server/analysis/analyse.hpp"
#include "shared/json/codec.hpp"

namespace ninja3cx::analysis {

Result<std::string> analyseJson(std::string_view call, const SiteRules& rules) {
    const auto value = json::parse(call);
    if (!value) return value.error();
    const auto input = json::decode<protocol::AnalysisInput>(*value);
    if (!input) return input.error();
    return boost::json::serialize(json::encode(analyse(*input, rules)));
}

}  // namespace ninja3cx::analysis
