#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/site_rules.hpp"

#include <optional>
#include <string>

namespace ninja3cx::analysis {

/// What a company's configuration makes of a call, beside its category.
struct SiteFinding {
    std::optional<Conclusion<std::string>> customCategory;
    std::optional<Conclusion<protocol::Priority>> priority;
    std::optional<Conclusion<bool>> ticketWarranted;
    std::optional<protocol::Category> instead;  // of which the call would be without

    /// Into the analysis, over what it says, evidence included.
    void settle(protocol::Analysis& analysis) const;
};

/// What a cue calls them, as people of the call's language do: "règle direction", "category Sage ERP", "mot-clé".
std::string citationOf(const SiteRule& rule, bool isEnglish);
std::string citationOf(const CustomCategory& category, bool isEnglish);
std::string citationOfKeywords(std::size_t count, bool isEnglish);

/// In this order, each over the ones before:
///
/// Keywords of a built-in category, said by the customer: one takes the category where `category` is not sure of
/// another; two different ones take it anyway. Where they agree with `category` it is surer.
/// Custom categories: the one of which most phrases are said, by whomever; of equals the one said first. The category
/// becomes the one it is within.
/// Rules, in theirs: one whose conditions hold, as the call stands by then, sets what it names. A custom category
/// brings its own category along, and goes where a rule makes it another.
///
/// Whatever is decided here cites its rule as cue ("règle direction : direction générale") and is Sure; one keyword alone
/// makes it Likely. Phrases that cannot be read are never said.
SiteFinding applySiteRules(const SiteRules& rules, const Conversation& conversation,
                           Conclusion<protocol::Category>& category);

}  // namespace ninja3cx::analysis
