#include "server/analysis/training/train_model.hpp"

#include "server/analysis/model/call_summary.hpp"
#include "server/analysis/training/logistic.hpp"
#include "server/analysis/training/report.hpp"
#include "server/analysis/words/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

namespace ninja3cx::analysis::training {
namespace {

constexpr std::size_t kFolds = 5;
constexpr int kTurnPasses = 12;
constexpr int kCallPasses = 40;
constexpr float kTurnCost = 5;
constexpr float kCallCost = 3;
constexpr std::uint32_t kLeastTurnsOfWord = 3;
constexpr std::uint32_t kLeastTurnsOfLetters = 5;
constexpr double kLikely = 0.65;  // right in so many of the calls that were left out
constexpr double kSure = 0.90;

// -- what is asked

struct Question {
    std::string name;
    std::vector<std::string> values;
    bool isBalanced = false;  // rare values count as much as frequent ones
    /// What it rests on besides the words of the call: the summary of these heads of the turns (or of all whose name
    /// begins so), and how much that weighs beside the words, whose vectors have length 1.
    std::vector<std::string> turnHeads;
    float share = 0;
    Whose words = Whose::Everyone;
};

std::vector<Question> questions() {
    const std::vector<std::string> moods = {"negative", "neutral", "positive"};
    const std::vector<std::string> moodHeads = {"neg", "pos"};
    std::vector<Question> all = {
        {"category", categories(), true, {"category."}, 0.02F},
        {"sentiment", moods, true, moodHeads, 0.05F, Whose::Customer},
        {"start", moods, true, moodHeads, 0.05F, Whose::Customer},
        {"end", moods, true, moodHeads, 0.05F, Whose::Customer},
        {"priority", {"LOW", "MEDIUM", "HIGH"}, true, {"I", "U"}, 0.04F},
        {"resolved", {"yes"}, false, {"fix", "open", "action.", "callback:todo"}, 0.06F},
        {"callback", {"yes"}, false, {"callback:todo"}, 0.7F, Whose::Agent}};
    for (const std::string& kind : actionKinds())
        all.push_back({"action." + kind, {"yes"}, false, {"action.", "callback:todo"}, 0.1F, Whose::Agent});
    return all;
}

bool restsOn(const Question& question, std::string_view turnHead) {
    return std::any_of(question.turnHeads.begin(), question.turnHeads.end(),
                       [&](const std::string& begin) { return turnHead.starts_with(begin); });
}

std::size_t rightAnswer(const Question& question, const LabelledCall& call) {
    if (question.name.starts_with("action.")) return call.hasAction(question.name.substr(7)) ? 1 : 0;
    const std::string_view label = call.label(question.name);
    if (question.values.size() == 1) return label == question.values[0] ? 1 : 0;
    return static_cast<std::size_t>(std::find(question.values.begin(), question.values.end(), label) -
                                    question.values.begin());
}

std::vector<std::string> turnHeads() {
    std::vector<std::string> heads = {"neg", "pos", "fix", "open", "I1", "I2", "I3", "U1", "U2", "U3"};
    heads.emplace_back("callback:todo");
    for (const std::string& kind : actionKinds()) heads.push_back("action." + kind);
    for (const std::string& category : categories()) heads.push_back("category." + category);
    return heads;
}

/// What the technician does only he can say, and the mood is the customer's.
Whose whoShows(std::string_view head) {
    if (head.starts_with("action.") || head == "callback:todo") return Whose::Agent;
    return head == "neg" || head == "pos" ? Whose::Customer : Whose::Everyone;
}

bool shows(const LabelledCall& call, const LabelledTurn& turn, std::string_view head) {
    if (head.starts_with("action.")) {
        const std::string kind{head.substr(7)};
        return turn.has(kind + ":done") || turn.has(kind + ":todo");
    }
    if (head.starts_with("category.")) {
        const std::string_view category = head.substr(9);
        return (turn.has("top") && call.label("category") == category) ||
               (turn.has("top2") && call.label("secondary") == category);
    }
    return turn.has(head);
}

// -- the calls as vectors

struct CallVectors {
    std::vector<Counts> turns;
    std::size_t firstTurn = 0;    // among the turns of all calls
    std::array<Counts, 3> words;  // of the call, by Whose
    std::size_t fold = 0;
};

Vocabulary vocabularyOf(const std::vector<LabelledCall>& calls) {
    std::vector<std::uint64_t> keys;
    for (const LabelledCall& call : calls)
        for (const LabelledTurn& turn : call.turns) {
            std::set<std::uint64_t> ofTurn;
            for (const Piece& piece : piecesOf(turn.isAgent, wordsOf(turn.text))) ofTurn.insert(piece.key);
            keys.insert(keys.end(), ofTurn.begin(), ofTurn.end());
        }
    std::sort(keys.begin(), keys.end());
    std::vector<std::uint64_t> kept;
    for (std::size_t from = 0; from < keys.size();) {
        std::size_t to = from;
        while (to < keys.size() && keys[to] == keys[from]) ++to;
        if (to - from >= (isLetters(keys[from]) ? kLeastTurnsOfLetters : kLeastTurnsOfWord))
            kept.push_back(keys[from]);
        from = to;
    }
    return Vocabulary{std::move(kept)};
}

std::vector<CallVectors> vectorsOf(const std::vector<LabelledCall>& calls, const Vocabulary& vocabulary) {
    std::set<std::string> hands;
    for (const LabelledCall& call : calls) hands.insert(call.hand);
    std::vector<CallVectors> vectors;
    std::size_t firstTurn = 0;
    for (const LabelledCall& call : calls) {
        CallVectors of;
        of.firstTurn = firstTurn;
        of.fold = static_cast<std::size_t>(std::distance(hands.begin(), hands.find(call.hand))) % kFolds;
        for (const LabelledTurn& turn : call.turns) {
            of.turns.push_back(countsOf(vocabulary, piecesOf(turn.isAgent, wordsOf(turn.text))));
            for (const Whose whose : {Whose::Everyone, Whose::Agent, Whose::Customer})
                if (isOf(whose, turn.isAgent))
                    addTo(of.words[static_cast<std::size_t>(whose)], of.turns.back());
        }
        firstTurn += call.turns.size();
        vectors.push_back(std::move(of));
    }
    return vectors;
}

/// ln((1 + documents) / (1 + documents with it)) + 1, by feature.
std::vector<float> rarityOf(const std::vector<const Counts*>& documents, std::size_t features) {
    std::vector<std::uint32_t> with(features);
    for (const Counts* document : documents)
        for (const Count& count : *document) ++with[count.feature];
    std::vector<float> rarity(features);
    for (std::size_t i = 0; i < features; ++i)
        rarity[i] =
            1.0F + std::log(static_cast<float>(1 + documents.size()) / static_cast<float>(1 + with[i]));
    return rarity;
}

/// The examples outside of a fold, or all of them.
template <class Predicate>
std::vector<std::size_t> indicesWhere(std::size_t count, Predicate&& isWanted) {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < count; ++i)
        if (isWanted(i)) indices.push_back(i);
    return indices;
}

std::vector<float> marginsOf(const Weights& weights, const Vector& vector) {
    std::vector<float> margins = weights.biases;
    for (const Weighted& weighted : vector)
        for (std::size_t head = 0; head < weights.heads; ++head)
            margins[head] += weighted.value * weights.weights[weighted.feature * weights.heads + head];
    return margins;
}

// -- calls that break off

/// The first turns of a call, as if it had ended there: what comes after them is not known of it. An answer that would
/// be wrong of them is not sure.
LabelledCall beginningOf(const LabelledCall& whole, std::size_t turns) {
    LabelledCall call = whole;
    call.turns.resize(turns);
    const auto last = std::find_if(call.turns.rbegin(), call.turns.rend(), [](const LabelledTurn& turn) {
        return turn.has("fix") || turn.has("open");
    });
    const bool isFixed = last != call.turns.rend() && last->has("fix");
    call.labels["resolved"] = isFixed && whole.label("resolved") == "yes" ? "yes" : "no";
    const bool isPromised = std::any_of(call.turns.begin(), call.turns.end(),
                                        [](const LabelledTurn& turn) { return turn.has("callback:todo"); });
    call.labels["callback"] = isPromised ? "yes" : "no";
    return call;
}

/// Whether a beginning is labelled for a question as surely as a whole call is: its mood, and how urgent it will
/// turn out to be, are not.
bool tellsBeginning(std::string_view question, const LabelledCall& call) {
    if (question == "category")
        return std::any_of(call.turns.begin(), call.turns.end(),
                           [](const LabelledTurn& turn) { return turn.has("top"); });
    return question == "resolved" || question == "callback" ||
           (question.starts_with("action.") && question != "action.none");
}

constexpr std::size_t kShortestBeginning = 3;
constexpr std::size_t kShortestEnd = 2;

// -- scores

std::string scoreLinesOf(const Model& model, const std::vector<Question>& asked,
                         const std::vector<std::vector<float>>& margins,
                         const std::vector<LabelledCall>& calls) {
    std::string out = std::to_string(calls.size()) + " calls\n";
    char line[160];
    double actionsBoth = 0;
    double actionsEither = 0;
    for (std::size_t q = 0; q < asked.size(); ++q) {
        const Choice& choice = model.choices[q];
        std::vector<Judged> judged;
        for (std::size_t c = 0; c < calls.size(); ++c) {
            const Answer answer = model.answer(choice, margins[c]);
            judged.push_back({answer.value, rightAnswer(asked[q], calls[c]), answer.certainty});
        }
        if (choice.name.starts_with("action.")) {
            for (const Judged& one : judged) {
                actionsBoth += one.said == 1 && one.right == 1 ? 2 : 0;
                actionsEither += static_cast<double>(one.said + one.right);
            }
            continue;
        }
        std::snprintf(
            line, sizeof line, "%-10s macro-F1 %.3f accuracy %.3f likely from %.2f sure from %.2f\n",
            choice.name.c_str(), macroF1(judged, std::max<std::size_t>(2, choice.values.size())),
            accuracy(judged), static_cast<double>(choice.likelyFrom), static_cast<double>(choice.sureFrom));
        out += line;
    }
    std::snprintf(line, sizeof line, "actions    micro-F1 %.3f\n",
                  actionsEither == 0 ? 0 : actionsBoth / actionsEither);
    return out + line;
}

// -- training

class Trainer {
public:
    explicit Trainer(const std::vector<LabelledCall>& calls) : calls_{calls}, wholes_{calls.size()} {
        model_.vocabulary = vocabularyOf(calls_);
        for (std::size_t c = 0; c < wholes_; ++c) wholeOf_.push_back(c);
        for (std::size_t c = 0; c < wholes_; ++c) {
            const std::size_t turns = calls[c].turns.size();
            if (!calls[c].hasTags() || turns < kShortestBeginning + kShortestEnd + 1) continue;
            // Some break off early, some late.
            const std::size_t kept =
                kShortestBeginning + 5 * c % (turns - kShortestBeginning - kShortestEnd + 1);
            calls_.push_back(beginningOf(calls[c], kept));
            wholeOf_.push_back(c);
        }
        vectors_ = vectorsOf(calls_, model_.vocabulary);
        std::vector<const Counts*> turns;
        std::vector<const Counts*> wholes;
        for (std::size_t c = 0; c < wholes_; ++c) {
            wholes.push_back(&vectors_[c].words[0]);
            for (const Counts& turn : vectors_[c].turns) turns.push_back(&turn);
        }
        model_.turnRarity = rarityOf(turns, features());
        model_.callRarity = rarityOf(wholes, features());
    }

    Training run() {
        trainTurns();
        trainLater();
        trainCalls();
        return {std::move(model_), std::move(report_)};
    }

private:
    std::size_t features() const { return model_.vocabulary.size(); }

    void trainTurns() {
        model_.turnHeads = turnHeads();
        for (const std::string& head : model_.turnHeads) model_.turnHeadsOf.push_back(whoShows(head));
        Lessons lessons;
        lessons.features = features();
        lessons.heads = model_.turnHeads.size();
        std::vector<std::size_t> callOf;
        for (std::size_t c = 0; c < wholes_; ++c)
            for (std::size_t t = 0; t < calls_[c].turns.size(); ++t) {
                callOf.push_back(c);
                lessons.examples.push_back(weigh(model_.vocabulary, vectors_[c].turns[t], model_.turnRarity));
                for (const std::string& head : model_.turnHeads) {
                    const bool canShow = isOf(whoShows(head), calls_[c].turns[t].isAgent);
                    lessons.lessons.push_back(
                        {shows(calls_[c], calls_[c].turns[t], head), canShow ? kTurnCost : 0.0F});
                }
            }
        leftOut_.resize(callOf.size());
        for (std::size_t fold = 0; fold < kFolds; ++fold) {
            const Weights weights = trainLogistic(lessons,
                                                  indicesWhere(callOf.size(),
                                                               [&](std::size_t i) {
                                                                   return calls_[callOf[i]].hasTags() &&
                                                                          vectors_[callOf[i]].fold != fold;
                                                               }),
                                                  kTurnPasses);
            for (std::size_t i = 0; i < callOf.size(); ++i)
                if (vectors_[callOf[i]].fold == fold) {
                    leftOut_[i] = marginsOf(weights, lessons.examples[i]);
                    const auto& call = calls_[callOf[i]];
                    const bool isAgent = call.turns[i - vectors_[callOf[i]].firstTurn].isAgent;
                    for (std::size_t head = 0; head < leftOut_[i].size(); ++head)
                        leftOut_[i][head] =
                            isOf(model_.turnHeadsOf[head], isAgent) ? probability(leftOut_[i][head]) : 0.0F;
                }
        }
        const Weights all = trainLogistic(
            lessons, indicesWhere(callOf.size(), [&](std::size_t i) { return calls_[callOf[i]].hasTags(); }),
            kTurnPasses);
        model_.turnLayer = quantised(all.weights, all.biases);
    }

    /// Of turns with actions: is the action still to be done? The kind is a feature of its own.
    void trainLater() {
        model_.actionKinds = actionKinds();
        Lessons lessons;
        lessons.features = features() + model_.actionKinds.size();
        lessons.heads = 1;
        for (std::size_t c = 0; c < wholes_; ++c)
            for (std::size_t t = 0; t < calls_[c].turns.size(); ++t)
                for (std::size_t kind = 0; kind < model_.actionKinds.size(); ++kind)
                    for (const char* status : {":done", ":todo"}) {
                        if (!calls_[c].turns[t].has(model_.actionKinds[kind] + status)) continue;
                        Vector vector = weigh(model_.vocabulary, vectors_[c].turns[t], model_.turnRarity);
                        vector.push_back({static_cast<std::uint32_t>(features() + kind), 1.0F});
                        lessons.examples.push_back(std::move(vector));
                        lessons.lessons.push_back({std::string_view{status} == ":todo", kTurnCost});
                    }
        const Weights weights = trainLogistic(
            lessons, indicesWhere(lessons.examples.size(), [](std::size_t) { return true; }), kTurnPasses);
        const auto kinds = weights.weights.begin() + static_cast<std::ptrdiff_t>(features());
        model_.laterByAction.assign(kinds, weights.weights.end());
        model_.laterLayer = quantised(std::vector<float>{weights.weights.begin(), kinds}, weights.biases);
    }

    /// The summaries of calls whose turns were left out, and what makes them comparable.
    std::vector<std::vector<float>> summaries() {
        std::vector<std::vector<float>> all;
        for (std::size_t c = 0; c < calls_.size(); ++c)
            all.push_back(summaryOf(
                std::span{leftOut_}.subspan(vectors_[wholeOf_[c]].firstTurn, calls_[c].turns.size()),
                model_.turnHeads.size()));
        const std::size_t size = summarySize(model_.turnHeads.size());
        model_.summaryMeans.assign(size, 0.0F);
        model_.summaryScales.assign(size, 0.0F);
        for (std::size_t entry = 0; entry < size; ++entry) {
            double sum = 0;
            double squares = 0;
            for (const auto& summary : all) sum += summary[entry];
            const double mean = sum / static_cast<double>(all.size());
            for (const auto& summary : all) squares += (summary[entry] - mean) * (summary[entry] - mean);
            const double spread = std::sqrt(squares / static_cast<double>(all.size()));
            model_.summaryMeans[entry] = static_cast<float>(mean);
            model_.summaryScales[entry] = spread > 1e-6 ? static_cast<float>(1 / spread) : 0.0F;
        }
        return all;
    }

    void trainCalls() {
        const std::vector<Question> asked = questions();
        std::uint32_t heads = 0;
        for (const Question& question : asked) {
            model_.choices.push_back({question.name, question.values, heads});
            model_.choices.back().words = question.words;
            heads += static_cast<std::uint32_t>(question.values.size());
        }
        const auto summary = summaries();
        const std::size_t entries = model_.summaryMeans.size();
        std::vector<float> weights(features() * heads);
        std::vector<float> biases(heads);
        std::vector<std::vector<float>> margins(calls_.size(), std::vector<float>(heads));
        model_.summaryWeights.assign(entries * heads, 0.0F);

        for (std::size_t first = 0; first < asked.size();) {
            std::size_t end = first;  // questions that rest on the same are trained together
            while (end < asked.size() && asked[end].turnHeads == asked[first].turnHeads &&
                   asked[end].words == asked[first].words)
                ++end;
            const std::vector<float> shares = sharesOf(asked[first]);
            const Lessons lessons = lessonsFor({asked.begin() + static_cast<std::ptrdiff_t>(first),
                                                asked.begin() + static_cast<std::ptrdiff_t>(end)},
                                               summary, shares);
            const std::size_t at = model_.choices[first].firstHead;
            for (std::size_t fold = 0; fold < kFolds; ++fold) {
                const Weights some = trainLogistic(
                    lessons,
                    indicesWhere(calls_.size(), [&](std::size_t c) { return vectors_[c].fold != fold; }),
                    kCallPasses);
                for (std::size_t c = 0; c < calls_.size(); ++c)
                    if (vectors_[c].fold == fold)
                        std::ranges::copy(marginsOf(some, lessons.examples[c]),
                                          margins[c].begin() + static_cast<std::ptrdiff_t>(at));
            }
            const Weights all = trainLogistic(
                lessons, indicesWhere(calls_.size(), [](std::size_t) { return true; }), kCallPasses);
            for (std::size_t head = 0; head < all.heads; ++head) {
                biases[at + head] = all.biases[head];
                for (std::size_t feature = 0; feature < features(); ++feature)
                    weights[feature * heads + at + head] = all.weights[feature * all.heads + head];
                for (std::size_t entry = 0; entry < entries; ++entry)
                    model_.summaryWeights[entry * heads + at + head] =
                        all.weights[(features() + entry) * all.heads + head] * shares[entry];
            }
            first = end;
        }
        moveCuts(asked, margins, biases);
        for (Choice& choice : model_.choices) calibrate(choice, asked, margins);
        const auto ofWholes = static_cast<std::ptrdiff_t>(wholes_);
        report_ += "left out: " + scoreLinesOf(model_, asked, {margins.begin(), margins.begin() + ofWholes},
                                               {calls_.begin(), calls_.begin() + ofWholes});
        model_.callLayer = quantised(weights, biases);
    }

    std::vector<float> sharesOf(const Question& question) const {
        std::vector<float> shares(model_.summaryMeans.size(), 0.0F);
        for (std::size_t head = 0; head < model_.turnHeads.size(); ++head)
            if (restsOn(question, model_.turnHeads[head]))
                std::fill_n(shares.begin() + static_cast<std::ptrdiff_t>(head * kAspects.size()),
                            kAspects.size(), question.share);
        return shares;
    }

    Lessons lessonsFor(std::span<const Question> asked, const std::vector<std::vector<float>>& summary,
                       const std::vector<float>& shares) const {
        Lessons lessons;
        lessons.features = features() + shares.size();
        for (const Question& question : asked) lessons.heads += question.values.size();
        for (std::size_t c = 0; c < calls_.size(); ++c) {
            Vector vector =
                weigh(model_.vocabulary, vectors_[c].words[static_cast<std::size_t>(asked[0].words)],
                      model_.callRarity);
            for (std::size_t entry = 0; entry < shares.size(); ++entry)
                if (shares[entry] != 0.0F)
                    vector.push_back({static_cast<std::uint32_t>(features() + entry),
                                      (summary[c][entry] - model_.summaryMeans[entry]) *
                                          model_.summaryScales[entry] * shares[entry]});
            lessons.examples.push_back(std::move(vector));
            for (const Question& question : asked) {
                const std::size_t right = rightAnswer(question, calls_[c]);
                const float weight = question.isBalanced ? balance(question, right) : 1.0F;
                const float cost = kCallCost * weight * partOf(c, question);
                for (std::size_t value = 0; value < question.values.size(); ++value)
                    lessons.lessons.push_back(
                        {question.values.size() == 1 ? right == 1 : right == value, cost});
            }
        }
        return lessons;
    }

    /// How much more a call with this answer counts, so that each answer counts the same in the end.
    float balance(const Question& question, std::size_t right) const {
        std::size_t same = 0;
        for (std::size_t c = 0; c < wholes_; ++c) same += rightAnswer(question, calls_[c]) == right ? 1U : 0U;
        return static_cast<float>(wholes_) / static_cast<float>(question.values.size() * same);
    }

    /// How much a call teaches of a question. Where a short one counts as much as a long one, the categories of the long
    /// ones are read worse. Beginnings teach nothing (a model that learns outcomes from them doubts whole calls as
    /// well: 0.91 of the outcomes became 0.82); its certainty is measured on them too.
    float partOf(std::size_t call, const Question& question) const {
        constexpr float kLong = 12;  // turns
        constexpr float kLeast = 0.3F;
        if (call >= wholes_) return 0;
        if (question.name != "category") return 1;
        return std::clamp(static_cast<float>(calls_[call].turns.size()) / kLong, kLeast, 1.0F);
    }

    bool isToldBy(std::size_t call, const Question& question) const {
        return call < wholes_ || tellsBeginning(question.name, calls_[call]);
    }

    /// Actions count from where their F1 is best, one cut for all kinds: single kinds are too rare for one of
    /// their own. It goes into the biases, so that 0 divides yes from no.
    void moveCuts(const std::vector<Question>& asked, std::vector<std::vector<float>>& margins,
                  std::vector<float>& biases) const {
        std::vector<Divided> cases;
        const auto forEachAction = [&](auto&& use) {
            for (std::size_t q = 0; q < asked.size(); ++q)
                if (asked[q].name.starts_with("action.")) use(asked[q], model_.choices[q].firstHead);
        };
        forEachAction([&](const Question& question, std::uint32_t head) {
            for (std::size_t c = 0; c < wholes_; ++c)
                cases.push_back({margins[c][head], rightAnswer(question, calls_[c]) == 1});
        });
        const float cut = bestCut(cases);
        forEachAction([&](const Question&, std::uint32_t head) {
            biases[head] -= cut;
            for (auto& ofCall : margins) ofCall[head] -= cut;
        });

        // The hands differ in how readily they record a kind ("checked the logs"). The calls that are labelled as a
        // whole are labelled as the analysis is measured: they say how readily, beside the other kinds.
        std::vector<float> shifts;
        forEachAction([&](const Question& question, std::uint32_t head) {
            std::vector<Divided> whole;
            for (std::size_t c = 0; c < wholes_; ++c)
                if (!calls_[c].hasTags())
                    whole.push_back({margins[c][head], rightAnswer(question, calls_[c]) == 1});
            shifts.push_back(shiftFor(whole));
        });
        std::vector<float> sorted = shifts;
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        std::size_t next = 0;
        forEachAction([&](const Question&, std::uint32_t head) {
            const float shift = shifts[next++] - *middle;
            biases[head] += shift;
            for (auto& ofCall : margins) ofCall[head] += shift;
        });
    }

    void calibrate(Choice& choice, const std::vector<Question>& asked,
                   const std::vector<std::vector<float>>& margins) const {
        // Each kind of action is rare: their certainties are looked at together.
        const bool isAction = choice.name.starts_with("action.");
        std::vector<Judged> judged;
        for (std::size_t q = 0; q < asked.size(); ++q) {
            if (isAction ? !asked[q].name.starts_with("action.") : asked[q].name != choice.name) continue;
            for (std::size_t c = 0; c < calls_.size(); ++c) {
                const Answer answer = model_.answer(model_.choices[q], margins[c]);
                if (!isToldBy(c, asked[q]) || (isAction && answer.value == 0)) continue;
                judged.push_back({answer.value, rightAnswer(asked[q], calls_[c]), answer.certainty});
            }
        }
        choice.likelyFrom = certaintyFor(judged, kLikely);
        choice.sureFrom = certaintyFor(judged, kSure);
    }

    std::vector<LabelledCall> calls_;  // the whole ones, then beginnings of them
    std::size_t wholes_;
    std::vector<std::size_t> wholeOf_;  // by call: the whole one
    std::vector<CallVectors> vectors_;
    std::vector<std::vector<float>> leftOut_;  // by turn: its probabilities, from a model without its fold
    Model model_;
    std::string report_;
};

}  // namespace

Training trainModel(const std::vector<LabelledCall>& calls) {
    return Trainer{calls}.run();
}

std::string scoresOf(const Model& model, const std::vector<LabelledCall>& calls) {
    std::vector<std::vector<float>> margins;
    for (const LabelledCall& call : calls) {
        std::vector<TurnReading> turns;
        for (const LabelledTurn& turn : call.turns)
            turns.push_back(model.readTurn(turn.isAgent, wordsOf(turn.text)));
        margins.push_back(model.concludeFrom(turns));
    }
    return scoreLinesOf(model, questions(), margins, calls);
}

}  // namespace ninja3cx::analysis::training
