#pragma once

#include "server/analysis/personal_data/personal_data.hpp"
#include "server/analysis/site_rules.hpp"
#include "shared/protocol/analysis.hpp"

namespace ninja3cx::analysis {

/// Reads a whole call and says what a technician would write down about it. Pure and without state: the built-in
/// model decides (call_reading.hpp), rules stand beside it where the definitions are exact, and each conclusion has
/// its evidence. A few milliseconds. Takes any bytes. `subject` and `summary` carry no personal data; `pii` does, for
/// the caller to drop (`withoutValues`). `rules`: the company's own (site_rules_apply.hpp).
protocol::Analysis analyse(const protocol::AnalysisInput& input, const SiteRules& rules = {});

/// The same analysis with personal data as kind and position only: what may be stored or sent.
protocol::Analysis withoutValues(protocol::Analysis analysis);

}  // namespace ninja3cx::analysis
