#include "server/analysis/analyse.hpp"
#include "server/analysis/due_date.hpp"
#include "server/analysis/read_call.hpp"
#include "shared/json/codec.hpp"

namespace ninja3cx::analysis {

Result<std::string> analyseJson(std::string_view call, const SiteRules& rules) {
    const auto input = readCall(call);
    if (!input) return input.error();
    if (input->startedAt && !parseCallStart(*input->startedAt))
        return Error{ErrorKind::BadMessage,
                     "started_at: this is no date and time in ISO 8601, such as 2026-11-30T14:05:00+01:00"};
    return boost::json::serialize(json::encode(analyse(*input, rules)));
}

}  // namespace ninja3cx::analysis
