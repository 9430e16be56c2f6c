#pragma once

#include "server/analysis/site_rules.hpp"
#include "server/config/settings.hpp"
#include "shared/protocol/analysis.hpp"
#include "shared/protocol/records.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ninja3cx::app {

/// What a draft of the call would have in NinjaOne, and which setting says so.
struct NinjaMapping {
    protocol::DraftFields fields;
    std::string rule;  // "ticket.categories.email"; empty: the built-in one of the category
    std::string newStatus;
    std::string solvedStatus;
    std::optional<std::int64_t> ticketFormId;  // absent: the tenant's default form
};
/// As a draft is made from it, of a caller whom the directory does not know.
NinjaMapping ninjaMapping(const protocol::Analysis& analysis, const config::Settings& settings);

/// An analysis for people, in the language of the call: each conclusion, also subject, sentences of the summary and
/// entities, with its confidence, the cues and the utterances it rests on (numbered from 1, the cue between asterisks),
/// the rules of `rules` that decided something, what `mapping` makes of it in NinjaOne, actions, personal data by kind
/// and place. Utterances are masked. Pure.
std::string explained(const protocol::AnalysisInput& input, const protocol::Analysis& analysis,
                      const analysis::SiteRules& rules, const std::optional<NinjaMapping>& mapping = {});

}  // namespace ninja3cx::app
