#pragma once

#include "server/language_model/proposal.hpp"
#include "server/language_model/spoken.hpp"
#include "server/language_model/text_rules.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ninja3cx::language_model {

/// What can be said of a text without a model.
struct Judges {
    Mask mask;
    EntitiesOf entitiesOf;
};

struct Improvement {
    protocol::Analysis analysis;
    std::size_t accepted =
        0;  // fields that may stand, those that say what the built-in analysis says among them
    std::vector<std::string> refused;  // names of fields, each once
};

/// The built-in analysis with what a model may add to it, field by field; what may not is left as it was. Pure.
///   texts     nothing in them that was not said (text_rules.hpp); a summary says no less than the built-in one
///   labels    not where the built-in analysis is sure; only with turns that prove something; where a ticket may be made or
///             closed by it, turns that the built-in analysis goes by as well; priority by one step; never against a
///             category of the administrator's own; category and ticket_warranted only with a text that the built-in one,
///             which speaks for them, gives way to
///   actions   of a known kind that somebody promised in the quoted turns (promises.hpp); the built-in ones stay, in other
///             words that say the same
///   entities  those that were said as what they are and look like one (entity_form.hpp), beside the built-in ones
/// Evidence of all that the model wrote or bore out has the model's name as its cue.
Improvement improve(const protocol::AnalysisInput& input, const protocol::Analysis& builtIn,
                    const Proposal& proposal, const std::string& model, const Judges& judges);
/// The same; `open` is `input` by `withoutPersonalData`.
Improvement improve(const protocol::AnalysisInput& input, const protocol::AnalysisInput& open,
                    const protocol::Analysis& builtIn, const Proposal& proposal, const std::string& model,
                    const Judges& judges);

}  // namespace ninja3cx::language_model
