#include "server/language_model/improvement.hpp"

#include "server/analysis/conversation/amend.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/entities/entities.hpp"
#include "server/analysis/summary/wording.hpp"
#include "server/language_model/claims.hpp"
#include "server/language_model/entity_form.hpp"
#include "server/language_model/promises.hpp"
#include "shared/core/text.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace ninja3cx::language_model {
namespace {

using protocol::Analysis;
using protocol::AnalysisAction;
using protocol::Confidence;
using protocol::Evidence;

constexpr std::size_t kMostActions = 8;
constexpr std::size_t kMostEntities = 12;  // of one kind
constexpr std::size_t kLongestEntity = 80;
constexpr std::size_t kTellingWord = 4;
constexpr std::size_t kMostTurns = 3;  // that a sentence rests on

enum class Weight {
    Free = 1,  // a wrong value costs a look
    Grounded,  // it may make, close or hurry a ticket: the built-in analysis must go by one of the turns as well
};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& list, const std::string& value) {
    return std::ranges::find(list, value) != list.end();
}

/// "ça marche", "it's working now"; not "ça ne marche pas".
bool saysItIsSolved(const std::string& text) {
    static const analysis::CueList kSolved{{"marche"},
                                           {"remarche"},
                                           {"fonctionne*"},
                                           {"refonctionne"},
                                           {"c est bon"},
                                           {"ca y est"},
                                           {"resolu"},
                                           {"regle"},
                                           {"repare"},
                                           {"c est revenu"},
                                           {"je suis connecte*"},
                                           {"ca passe"},
                                           {"ca imprime"},
                                           {"works"},
                                           {"working"},
                                           {"it s back"},
                                           {"we re back"},
                                           {"fixed"},
                                           {"sorted"},
                                           {"solved"},
                                           {"i m in"},
                                           {"that s it"},
                                           {"that did it"},
                                           {"prints"},
                                           {"that answers"},
                                           {"c est clair"},
                                           {"debloque*"},
                                           {"ca s ouvre"},
                                           {"it opens"}};
    static const analysis::CueList kNot{{"pas"},   {"plus"},  {"not"},      {"doesn t"},
                                        {"isn t"}, {"won t"}, {"no longer"}};
    analysis::Line line;
    line.words = analysis::wordsOf(text);
    return kSolved.first(line) && !kNot.first(line) && text.find('?') == std::string::npos;
}

class Improver {
public:
    Improver(const protocol::AnalysisInput& input, const protocol::AnalysisInput& open,
             const Analysis& builtIn, const Proposal& proposal, const std::string& model,
             const Judges& judges)
        : input_(input),
          builtIn_(builtIn),
          proposal_(proposal),
          model_(model),
          judges_(judges),
          turnCount_(static_cast<std::int32_t>(input.turns.size())),
          spoken_(input, open, builtIn),
          result_{builtIn, 0, {}} {}

    Improvement run() {
        takeText("subject", proposal_.subject, kSubject, result_.analysis.subject);
        takeText("summary", proposal_.summary, kSummary, result_.analysis.summary);
        takeCategory();
        takeSentiment();
        takePriority();
        takeTruth("resolved", proposal_.resolved, result_.analysis.resolved);
        takeTruth("ticket_warranted", proposal_.ticketWarranted, result_.analysis.ticketWarranted);
        takeTruth("callback_promised", proposal_.callbackPromised, result_.analysis.callbackPromised);
        for (const auto& action : proposal_.actions) note("actions", takeAction(action));
        for (const auto& [kind, values] : proposal_.entities)
            for (const std::string& value : values) note("entities", takeEntity(kind, value));
        if (result_.analysis != builtIn_) result_.analysis.improvedBy = model_;
        return std::move(result_);
    }

private:
    void note(const std::string& field, bool isAccepted) {
        if (isAccepted)
            ++result_.accepted;
        else if (std::ranges::find(result_.refused, field) == result_.refused.end())
            result_.refused.push_back(field);
    }

    void takeText(const std::string& field, const std::optional<std::string>& text, const TextLimits& limits,
                  std::string& into) {
        if (!text) return;
        const bool isGood = flawOf(*text, limits, spoken_, judges_.mask, judges_.entitiesOf) == Flaw::None &&
                            (field != "summary" || saysEnough(*text));
        note(field, isGood);
        if (!isGood || trimmed(*text) == into) return;
        into = std::string{trimmed(*text)};
        std::vector<Evidence> evidence;
        const bool hasSentences = field == "summary";
        for (const std::string& sentence :
             hasSentences ? analysis::sentencesOf(into) : std::vector<std::string>{into})
            evidence.push_back({field, model_, turnsWith(sentence), Confidence::Likely});
        analysis::replaceEvidence(result_.analysis, field, std::move(evidence));
    }

    /// A call that the built-in analysis takes for no matter of support has no problem in its summary.
    bool saysEnough(const std::string& summary) const {
        const bool isOtherMatter = builtIn_.category == protocol::Category::OtherNonSupport &&
                                   proposal_.category && proposal_.category->value != builtIn_.category &&
                                   !isSure("category");
        return isOtherMatter || saysAsMuch(summary, builtIn_.summary, builtIn_.subject, spoken_);
    }

    /// Those that have most of the words, short ones aside.
    std::vector<std::int32_t> turnsWith(const std::string& text, std::size_t shortest = kTellingWord) const {
        std::vector<std::pair<std::size_t, std::int32_t>> turns;
        const std::vector<analysis::Word> wanted = analysis::wordsOf(text);
        for (std::int32_t turn = 0; turn < turnCount_; ++turn) {
            std::size_t words = 0;
            for (const analysis::Word& word : wanted)
                if (word.text.size() >= shortest && spoken_.isIn(turn, word.text)) ++words;
            if (words > 0) turns.emplace_back(words, turn);
        }
        std::ranges::stable_sort(turns, std::greater{}, &std::pair<std::size_t, std::int32_t>::first);
        turns.resize(std::min(turns.size(), kMostTurns));
        std::vector<std::int32_t> best;
        for (const auto& [words, turn] : turns) best.push_back(turn);
        std::ranges::sort(best);
        return best;
    }

    const Evidence* evidenceOf(std::string_view field) const {
        const auto found = std::ranges::find(builtIn_.evidence, field, &Evidence::field);
        return found == builtIn_.evidence.end() ? nullptr : &*found;
    }

    bool isSure(std::string_view field) const {
        const Evidence* evidence = evidenceOf(field);
        return evidence && evidence->confidence == Confidence::Sure;
    }

    std::vector<std::int32_t> proofs(const std::vector<std::int32_t>& turns) const {
        std::vector<std::int32_t> proofs;
        std::ranges::copy_if(turns, std::back_inserter(proofs),
                             [&](std::int32_t turn) { return spoken_.isProof(turn); });
        return proofs;
    }

    bool isGrounded(std::string_view field, const std::vector<std::int32_t>& turns) const {
        const Evidence* evidence = evidenceOf(field);
        return evidence && std::ranges::any_of(turns, [&](std::int32_t turn) {
                   return std::ranges::find(evidence->turns, turn) != evidence->turns.end();
               });
    }

    bool mayChange(std::string_view field, const std::vector<std::int32_t>& proofs, Weight weight) const {
        return !isSure(field) && !proofs.empty() && (weight == Weight::Free || isGrounded(field, proofs));
    }

    void rest(const std::string& field, std::vector<std::int32_t> turns) {
        analysis::replaceEvidence(result_.analysis, {field, model_, std::move(turns), Confidence::Likely});
    }

    /// The model wrote it in other words; what it rests on stays.
    void restText(const std::string& field) {
        auto& all = result_.analysis.evidence;
        const auto found = std::ranges::find(all, field, &Evidence::field);
        if (found != all.end()) found->cue = model_;
    }

    /// Two that see the same are surer than one that guesses.
    void confirm(const std::string& field, std::vector<std::int32_t> turns) {
        const Evidence* evidence = evidenceOf(field);
        if (evidence && evidence->confidence == Confidence::Unsure && !turns.empty())
            rest(field, std::move(turns));
    }

    /// The built-in texts speak for the built-in category: "no ticket is needed".
    bool haveTextsChanged(protocol::Category category) const {
        const bool isAboutSupport = category != protocol::Category::OtherNonSupport &&
                                    builtIn_.category != protocol::Category::OtherNonSupport;
        return result_.analysis.summary != builtIn_.summary &&
               (isAboutSupport || result_.analysis.subject != builtIn_.subject);
    }

    void takeCategory() {
        if (!proposal_.category) return;
        const auto turns = proofs(proposal_.category->turns);
        const protocol::Category value = proposal_.category->value;
        const bool isSame = value == builtIn_.category;
        const bool isGood = isSame || (!builtIn_.customCategory &&
                                       mayChange("category", turns, Weight::Free) && haveTextsChanged(value));
        note("category", isGood);
        if (isSame) confirm("category", turns);
        if (isSame || !isGood) return;
        analysis::changeCategory(result_.analysis, value, builtIn_.category);
        rest("category", turns);
    }

    void takeSentiment() {
        if (!proposal_.sentiment) return;
        auto turns = proofs(proposal_.sentiment->turns);
        std::erase_if(turns, [&](std::int32_t turn) { return !spoken_.isCustomers(turn); });
        const protocol::Sentiment value = proposal_.sentiment->value;
        const bool isSame = value == builtIn_.sentiment;
        const bool isGood = isSame || mayChange("sentiment", turns, Weight::Free);
        note("sentiment", isGood);
        if (isSame || !isGood) return;
        result_.analysis.sentiment = value;
        rest("sentiment", turns);
    }

    void takePriority() {
        if (!proposal_.priority) return;
        const auto turns = proofs(proposal_.priority->turns);
        const protocol::Priority value = proposal_.priority->value;
        const int steps = std::abs(static_cast<int>(value) - static_cast<int>(builtIn_.priority));
        const bool isGood = steps == 0 || (steps == 1 && mayChange("priority", turns, Weight::Grounded));
        note("priority", isGood);
        if (steps == 0) confirm("priority", turns);
        if (steps == 0 || !isGood) return;
        result_.analysis.priority = value;
        rest("priority", turns);
    }

    void takeTruth(const std::string& field, const std::optional<Quoted<bool>>& said, bool& into) {
        if (!said) return;
        const auto turns = proofs(said->turns);
        const bool isSame = said->value == into;
        const bool isContradicted =
            field == "ticket_warranted" && !haveTextsChanged(protocol::Category::OtherNonSupport);
        const bool isOpen = field == "resolved" && said->value && !maySolve(turns);
        const bool isGood =
            isSame || (mayChange(field, turns, Weight::Grounded) && !isContradicted && !isOpen);
        note(field, isGood);
        if (isSame || !isGood) return;
        into = said->value;
        rest(field, turns);
    }

    /// A call is solved where nothing is left to do and the customer says so in one of the turns.
    bool maySolve(const std::vector<std::int32_t>& turns) const {
        const bool isLeft = std::ranges::any_of(builtIn_.actions, [](const AnalysisAction& action) {
            return action.status == protocol::action_status::kTodo;
        });
        return !isLeft && std::ranges::any_of(turns, [&](std::int32_t turn) {
            const protocol::Turn& said = input_.turns[static_cast<std::size_t>(turn)];
            return said.speaker == protocol::Speaker::Customer && saysItIsSolved(said.text);
        });
    }

    bool takeAction(const Quoted<AnalysisAction>& said) {
        AnalysisAction action = said.value;
        if (!isOneOf(protocol::kActionKinds, action.kind) ||
            (action.status != "done" && action.status != "todo"))
            return false;
        if (flawOf(action.text, kActionText, spoken_, judges_.mask, judges_.entitiesOf) != Flaw::None)
            return false;
        action.text = std::string{trimmed(action.text)};
        std::vector<std::int32_t> turns = said.turns;
        std::erase_if(turns, [&](std::int32_t turn) { return !spoken_.isTurn(turn); });
        if (!speaksOf(turns, action.text)) return false;
        if (action.owner != "agent" && action.owner != "customer" && !isName(action.owner)) return false;

        auto& all = result_.analysis.actions;
        const auto isSameKind = [&](const AnalysisAction& known) { return known.kind == action.kind; };
        if (std::ranges::any_of(all, isSameKind)) {
            // who, when, for whom and whether it is done the built-in analysis has read from the call itself
            const Evidence* const evidence = evidenceOf("actions." + action.kind);
            const auto restingOn = evidence ? evidence->turns : std::vector<std::int32_t>{};
            const auto same = std::ranges::find_if(all, [&](const AnalysisAction& known) {
                return isSameKind(known) && isSameAction(action.text, known, restingOn, spoken_);
            });
            if (same == all.end()) return false;
            if (same->text != action.text) restText("actions." + action.kind);
            same->text = action.text;
            return true;
        }
        if (!isPromised(action, turns, spoken_)) return false;
        const bool promisesCall =
            action.kind == "callback" && action.owner == "agent" && action.status == "todo";
        if (promisesCall && !result_.analysis.callbackPromised) return false;
        if (all.size() >= kMostActions) return false;
        if (action.due && !isDue(*action.due, turns)) action.due.reset();
        result_.analysis.evidence.push_back({"actions." + action.kind, model_, turns, Confidence::Likely});
        all.push_back(std::move(action));
        return true;
    }

    bool speaksOf(const std::vector<std::int32_t>& turns, const std::string& text) const {
        return std::ranges::any_of(analysis::wordsOf(text), [&](const analysis::Word& word) {
            return word.text.size() >= kTellingWord && spoken_.isIn(turns, word.text);
        });
    }

    bool isName(const std::string& owner) const {
        const auto people = builtIn_.entities.find("person");
        return people != builtIn_.entities.end() &&
               std::ranges::find(people->second, owner) != people->second.end();
    }

    /// In the turns that the action rests on, not in those of another one.
    bool isDue(const std::string& due, const std::vector<std::int32_t>& turns) const {
        const bool isKnown = std::ranges::any_of(builtIn_.actions, [&](const AnalysisAction& action) {
            return (action.due == due || action.dueSpoken == due) &&
                   isGrounded("actions." + action.kind, turns);
        });
        if (isKnown) return true;
        const std::vector<analysis::Word> words = analysis::wordsOf(due);
        return due.size() <= kLongestEntity && isPlainText(due) && spoken_.isSaid(due) &&
               std::ranges::all_of(
                   words, [&](const analysis::Word& word) { return spoken_.isIn(turns, word.text); });
    }

    bool takeEntity(const std::string& kind, const std::string& value) {
        const std::string text{trimmed(value)};
        if (!isOneOf(protocol::kEntityKinds, kind) || text.size() > kLongestEntity) return false;
        const std::string folded = analysis::folded(text);
        if (folded.empty()) return false;
        auto& list = result_.analysis.entities[kind];
        const bool isKnown = std::ranges::any_of(
            list, [&](const std::string& known) { return analysis::folded(known) == folded; });
        const bool isGood =
            isKnown || (list.size() < kMostEntities && hasEntityForm(kind, text) && isPlainText(text) &&
                        isIntroducedAs(kind, text, spoken_) && spoken_.isSaid(text) &&
                        judges_.mask(text, spoken_.language()).places.empty());
        if (isGood && !isKnown) {
            list.push_back(text);
            result_.analysis.evidence.push_back(
                {analysis::entityField(kind, text), model_, turnsWith(text, 1), Confidence::Likely});
        }
        if (list.empty()) result_.analysis.entities.erase(kind);
        return isGood;
    }

    const protocol::AnalysisInput& input_;
    const Analysis& builtIn_;
    const Proposal& proposal_;
    const std::string& model_;
    const Judges& judges_;
    const std::int32_t turnCount_;
    const Spoken spoken_;
    Improvement result_;
};

}  // namespace

Improvement improve(const protocol::AnalysisInput& input, const Analysis& builtIn, const Proposal& proposal,
                    const std::string& model, const Judges& judges) {
    return improve(input, withoutPersonalData(input, builtIn.pii, judges.mask), builtIn, proposal, model,
                   judges);
}

Improvement improve(const protocol::AnalysisInput& input, const protocol::AnalysisInput& open,
                    const Analysis& builtIn, const Proposal& proposal, const std::string& model,
                    const Judges& judges) {
    return Improver{input, open, builtIn, proposal, model, judges}.run();
}

}  // namespace ninja3cx::language_model
