#pragma once

#include "server/language_model/spoken.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Who said what: words that were all said may still be put together into something that was not. Pure, and near enough to
/// refuse on doubt.
namespace ninja3cx::language_model {

/// Words that carry a fact: no grammar, no figures, no names of people and companies.
std::vector<std::string> contentOf(std::string_view text, const Spoken& spoken);
/// The turn has this name, or a part of it that is no particle.
bool isNamedIn(const Spoken::Name& name, const std::vector<std::string>& words);
/// Who told the technician their name, or has it in the same words as somebody who did: the caller, the caller's company.
bool isCallers(const Spoken::Name& name, const Spoken& spoken);

/// A named person says or does what another one did; a negation, or two names, that never stood together; a time that
/// cannot be.
bool isMisattributed(std::string_view text, const Spoken& spoken);

/// The built-in summary's problem and what it says is to be done are in the text.
bool saysAsMuch(std::string_view text, const std::string& builtInSummary, const std::string& builtInSubject,
                const Spoken& spoken);

/// A new name does not change what is known of its words ("Petit" of "Anne Petit" as a company), or stands where people
/// speak of one: "chez …", "madame …".
bool isIntroducedAs(const std::string& kind, std::string_view name, const Spoken& spoken);

}  // namespace ninja3cx::language_model
