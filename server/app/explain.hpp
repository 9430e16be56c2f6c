#pragma once

#include "server/analysis/site_rules.hpp"
#include "shared/protocol/analysis.hpp"

#include <string>

namespace ninja3cx::app {

/// An analysis for people, in the language of the call: each conclusion with its confidence, the cues and the utterances
/// it rests on (numbered from 1, the cue between asterisks), the rules of `rules` that decided something, actions,
/// personal data by kind and place, entities. Utterances are masked. Pure.
std::string explained(const protocol::AnalysisInput& input, const protocol::Analysis& analysis,
                      const analysis::SiteRules& rules);

}  // namespace ninja3cx::app
