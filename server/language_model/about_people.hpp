#pragma once

#include "server/analysis/words/words.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ninja3cx::language_model {

/// What somebody is: "le technicien est incompétent", "elle est enceinte", or a word of judgement, health or reproach. Where
/// somebody stands or what was done with him is none: "est au bureau", "est rappelée". Pure.
/// `isName`: a part of a person's name; `mayStand`: the built-in analysis says it. Words are folded.
bool saysWhatSomebodyIs(const std::vector<analysis::Word>& words,
                        const std::function<bool(const std::string&)>& isName,
                        const std::function<bool(const std::string&)>& mayStand);

}  // namespace ninja3cx::language_model
