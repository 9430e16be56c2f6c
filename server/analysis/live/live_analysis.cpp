#include "server/analysis/live/live_analysis.hpp"

#include "server/analysis/conclusions/praise.hpp"
#include "server/analysis/words/words.hpp"
#include "shared/protocol/codes.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using protocol::Speaker;

constexpr float kPlainAnger = 0.8F;
constexpr float kMockery = 0.6F;

/// A model that knows no categories says nothing of the topic.
const Choice& categoryOf(const Model& model) {
    static const Choice kNone{"category", {}};
    const Choice* choice = model.choice("category");
    return choice ? *choice : kNone;
}

}  // namespace

LiveAnalysis::LiveAnalysis(const Model& model, std::string_view language, const SiteRules& rules)
    : model_{model},
      category_{categoryOf(model)},
      unhappy_{model.turnHead("neg")},
      happy_{model.turnHead("pos")},
      isEnglish_{language == "en"},
      angry_{angryPhrases(language)},
      own_{rules.categories},
      alerts_{alertsOf(rules.alerts, language)},
      topic_{model, category_} {
    for (const std::string& value : category_.values)
        topics_.push_back(protocol::codeNamed<protocol::Category>(value));
    for (const CustomCategory& category : own_) ownPhrases_.emplace_back(category.phrases);
}

LiveAnalysis::Turn LiveAnalysis::readTurn(const protocol::Utterance& utterance) const {
    const std::vector<Word> words = wordsOf(utterance.text);
    Turn turn;
    turn.place = {utterance.startMs, utterance.endMs, utterance.channel, utterance.utteranceId.value()};
    turn.reading = model_.readTurn(utterance.channel == Speaker::Agent, words);
    if (utterance.channel == Speaker::Customer) {
        const auto shown = [&](std::optional<std::size_t> head) {
            return head ? turn.reading.probabilities[*head] : 0.0F;
        };
        turn.sign = MoodSign{utterance.endMs, shown(unhappy_), shown(happy_)};
        // The model learned from calls of a handful of companies: plain words of anger count whatever it makes of them.
        if (!angry_.in(words).empty()) turn.sign->unhappy = std::max(turn.sign->unhappy, kPlainAnger);
        Line line;
        line.text = utterance.text;
        line.words = words;
        const Praise praise = praiseIn(line);
        if (praise != Praise::Honest) turn.sign->happy = 0;
        if (praise == Praise::Mocking) turn.sign->unhappy = std::max(turn.sign->unhappy, kMockery);
    }
    for (std::size_t rule = 0; rule < alerts_.size(); ++rule)
        if (alerts_[rule].isMetBy(utterance.channel, words, turn.sign ? turn.sign->unhappy : 0))
            turn.met.push_back(rule);
    for (std::size_t category = 0; category < own_.size(); ++category)
        for (const std::size_t phrase : ownPhrases_[category].namedIn(words))
            turn.owned.emplace_back(category, phrase);
    return turn;
}

protocol::CallInsight LiveAnalysis::read(const protocol::Utterance& utterance) {
    Turn turn = readTurn(utterance);
    const auto place =
        std::upper_bound(turns_.begin(), turns_.end(), turn,
                         [](const Turn& one, const Turn& other) { return one.place < other.place; });
    const auto at = static_cast<std::size_t>(place - turns_.begin());
    for (std::size_t behind = turns_.size(); behind > at; --behind) {
        topic_.takeOff(turns_[behind - 1].reading);
        if (turns_[behind - 1].sign) signs_.pop_back();
    }
    states_.resize(at);
    turns_.insert(place, std::move(turn));
    for (std::size_t next = at; next < turns_.size(); ++next) {
        topic_.add(turns_[next].reading);
        states_.push_back(follow(next));
    }
    return states_.back().insight;
}

LiveAnalysis::State LiveAnalysis::follow(std::size_t turn) {
    const Turn& read = turns_[turn];
    State state = turn == 0 ? State{} : states_[turn - 1];
    state.untilMs = std::max(state.untilMs, read.place.endMs);
    state.counted.clear();
    if (read.sign) signs_.push_back(*read.sign);
    const Mood mood = moodAt(state.untilMs, signs_);
    state.insight.mood = mood.mood;
    state.insight.trend = mood.trend;
    followTopic(state);
    followOwnTopic(turn, state);
    raiseAlerts(turn, state);
    return state;
}

/// The beginning of a call looks like a short call, and its answer is surer than it should be. So it is taken where it
/// stays the same: likely for eight texts, sure for four, in between, or at once where it is twice as sure as that.
void LiveAnalysis::followTopic(State& state) const {
    constexpr int kLikely = 1;
    constexpr int kSure = 2;
    constexpr int kEnough = 8;
    if (category_.values.empty()) return;
    const Answer answer = topic_.answer();
    if (answer.certainty < category_.likelyFrom || answer.value == state.topic) {
        state.challenger.reset();
    } else {
        if (state.challenger != answer.value) state.support = 0;
        state.challenger = answer.value;
        state.support += answer.certainty >= 2 * category_.sureFrom ? kEnough
                         : answer.certainty >= category_.sureFrom   ? kSure
                                                                    : kLikely;
        if (state.support >= kEnough) state.topic = std::exchange(state.challenger, std::nullopt);
    }
    state.insight.topic = state.topic ? topics_[*state.topic] : std::nullopt;
}

/// As in the analysis of the whole call: the one of which most phrases were said, of equals the one said first.
void LiveAnalysis::followOwnTopic(std::size_t turn, State& state) const {
    if (own_.empty()) return;
    std::vector<std::set<std::size_t>> said(own_.size());
    std::optional<std::size_t> best;
    std::vector<std::size_t> order;  // of being said
    for (std::size_t each = 0; each <= turn; ++each)
        for (const auto& [category, phrase] : turns_[each].owned) {
            if (said[category].empty()) order.push_back(category);
            said[category].insert(phrase);
        }
    for (const std::size_t category : order)
        if (!best || said[category].size() > said[*best].size()) best = category;
    if (!best) return;
    state.insight.customTopic = isEnglish_ ? own_[*best].english : own_[*best].french;
    state.insight.topic = own_[*best].within;
}

void LiveAnalysis::raiseAlerts(std::size_t turn, State& state) const {
    const Turn& read = turns_[turn];
    for (const std::size_t index : read.met) {
        const AlertRule& rule = alerts_[index].rule;
        if (rule.mood && *rule.mood != state.insight.mood) continue;
        state.counted.push_back(index);
        if (std::ranges::find(state.insight.alerts, rule.id, &protocol::CallAlert::rule) !=
            state.insight.alerts.end())
            continue;
        int left = rule.times - 1;
        for (std::size_t before = turn; before > 0 && left > 0; --before) {
            const bool isNear = !rule.within || read.place.startMs - turns_[before - 1].place.startMs <=
                                                    rule.within->count() * 1000;
            if (!isNear) break;
            const auto& counted = states_[before - 1].counted;
            if (std::find(counted.begin(), counted.end(), index) != counted.end()) --left;
        }
        if (left > 0) continue;
        state.insight.alerts.push_back(
            {rule.id, rule.text, UtteranceId{read.place.utteranceId}, read.place.startMs});
    }
}

}  // namespace ninja3cx::analysis
