#pragma once

#include "shared/protocol/analysis.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

// What a company adds to the analysis in its configuration. Phrases are written as people say them ("écran bleu");
// `*` at a word's end matches any ending, `~` stands for up to three words.

/// A category of the company's own, inside a built-in one: a call that says one of the phrases is of it.
struct CustomCategory {
    std::string id;  // "erp_sage"
    std::string french;
    std::string english;
    protocol::Category within{};
    std::vector<std::string> phrases;
};

/// What a call must say, or be, for a rule to apply: all that is given here.
struct RuleWhen {
    std::vector<std::string> phrases;          // one of them is said; empty: anything
    std::optional<protocol::Speaker> speaker;  // by whom; absent: anyone
    std::optional<protocol::Category> category;
    std::optional<std::string> customCategory;
};

struct SiteRule {
    std::string id;
    RuleWhen when;
    std::optional<protocol::Category> category;  // what it makes of the call
    std::optional<std::string> customCategory;
    std::optional<protocol::Priority> priority;
    std::optional<bool> ticketWarranted;
};

/// Raised while a call goes on.
struct AlertRule {
    std::string id;
    std::string text;                            // for people; empty: a face knows the rule
    std::vector<std::string> phrases;            // empty: anything
    std::optional<protocol::Speaker> speaker;    // absent: anyone
    std::optional<protocol::Sentiment> mood;     // of the last 30 s
    int times = 1;                               // so many utterances with one of the phrases …
    std::optional<std::chrono::seconds> within;  // … in a row of so long; absent: in the whole call
    bool isOff = false;                          // nor is the built-in one of that name raised
};

struct SiteRules {
    std::vector<CustomCategory> categories;
    std::map<protocol::Category, std::vector<std::string>> keywords;  // that speak for a built-in category
    std::vector<SiteRule> rules;                                      // in their order; a later one wins
    std::vector<AlertRule> alerts;
};

}  // namespace ninja3cx::analysis
