#pragma once

#include "server/analysis/live/said_phrases.hpp"
#include "server/analysis/site_rules.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {

/// What alarms only together: a deed ("j'ai cliqué"), and what it is about ("le lien") near it.
struct SaidTogether {
    SaidPhrases deeds;
    SaidPhrases objects;
    std::size_t apart = 0;          // so many words may stand between them
    bool isObjectFirstToo = false;  // "dans ce mail j'ai cliqué"
    SaidPhrases harmless{{}};       // what the deed may begin: "j'ai cliqué sur imprimer"

    bool isIn(std::span<const Word> words) const;
};

/// A rule, made ready for reading.
struct ReadyAlert {
    AlertRule rule;
    SaidPhrases phrases;
    std::optional<SaidTogether> together = {};  // counts like a phrase
    /// A text of the customer that is so surely unhappy counts like one with a phrase. 0 to 1; absent: phrases alone.
    std::optional<float> unhappyFrom;

    explicit ReadyAlert(AlertRule given, std::optional<float> unhappyFrom_ = {})
        : rule{std::move(given)}, phrases{rule.phrases}, unhappyFrom{unhappyFrom_} {}

    /// As far as that text alone decides it; `unhappy`: how probable it is that it shows an unhappy customer.
    bool isMetBy(protocol::Speaker speaker, std::span<const Word> words, float unhappy) const;
};

/// What an angry customer says. Languages as below.
std::vector<std::string> angryPhrases(std::string_view language);

/// Those that every server has: an angry customer, one who means to leave, one who wants a manager, an attack or a
/// theft. They listen in French, in English, or, for any other language, in both.
std::vector<ReadyAlert> builtInAlerts(std::string_view language);

bool isBuiltInAlert(std::string_view id);

/// A company's own rules, then the built-in ones of which it has none by that name. Without those that are off.
std::vector<ReadyAlert> alertsOf(const std::vector<AlertRule>& own, std::string_view language);

}  // namespace ninja3cx::analysis
