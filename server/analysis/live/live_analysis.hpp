#pragma once

#include "server/analysis/live/alert_rules.hpp"
#include "server/analysis/live/mood.hpp"
#include "server/analysis/model/running_answer.hpp"
#include "server/analysis/site_rules.hpp"
#include "shared/protocol/records.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {

/// Reads a call while it goes on, with the model of the whole-call analysis.
///
/// Mood:   the customer's alone, of the last 30 s of the call.
/// Topic:  what the model takes the call so far to be, once that is likely and stays so; the same holds for one that
///         takes its place. A category of the company's own brings its own along. The draft's may differ: keywords, rules
///         and what follows "autre chose ?" are weighed when the whole call is known.
/// Alerts: each rule once, at the text that met it. Phrases that are denied do not count.
///
/// What it says depends on what was said when in the call, not on the order in which the texts came: a text that is
/// late is put in its place and what follows it is read again. A restart therefore ends where it would have been anyway.
class LiveAnalysis {
public:
    /// `model` must outlive it. `language`: "fr", "en"; of any other, alerts listen for both.
    LiveAnalysis(const Model& model, std::string_view language, const SiteRules& rules = {});

    /// A final text, each once.
    protocol::CallInsight read(const protocol::Utterance& utterance);

private:
    struct Place {  // in the call
        std::int64_t startMs = 0;
        std::int64_t endMs = 0;
        protocol::Speaker speaker{};
        std::string utteranceId;
        auto operator<=>(const Place&) const = default;
    };
    struct Turn {
        Place place;
        TurnReading reading;
        std::optional<MoodSign> sign;                            // the customer's
        std::vector<std::size_t> met;                            // rules, as far as the text alone decides
        std::vector<std::pair<std::size_t, std::size_t>> owned;  // custom category, its phrase
    };
    /// After a turn and all before it.
    struct State {
        protocol::CallInsight insight;
        std::int64_t untilMs = 0;
        std::optional<std::size_t> topic;  // of the model alone, index into its values
        std::optional<std::size_t> challenger;
        int support = 0;                   // for it
        std::vector<std::size_t> counted;  // rules that the turn counts for, the mood included
    };

    Turn readTurn(const protocol::Utterance& utterance) const;
    State follow(std::size_t turn);
    void followTopic(State& state) const;
    void followOwnTopic(std::size_t turn, State& state) const;
    void raiseAlerts(std::size_t turn, State& state) const;

    const Model& model_;
    const Choice& category_;
    std::optional<std::size_t> unhappy_;
    std::optional<std::size_t> happy_;
    std::vector<std::optional<protocol::Category>> topics_;  // by value of `category_`
    bool isEnglish_;
    SaidPhrases angry_;
    std::vector<CustomCategory> own_;
    std::vector<SaidPhrases> ownPhrases_;
    std::vector<ReadyAlert> alerts_;
    RunningAnswer topic_;
    std::vector<Turn> turns_;  // in the order of speech
    std::vector<State> states_;
    std::vector<MoodSign> signs_;  // the customer's, of `states_`
};

}  // namespace ninja3cx::analysis
