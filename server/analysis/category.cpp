#include "server/analysis/category.hpp"

#include "server/analysis/category_lexicon.hpp"
#include "server/analysis/cue_list.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
constexpr std::size_t kCategories = 16;

struct CompiledCue {
    const CategoryCue* cue;
    Phrase phrase;
};

const std::vector<CompiledCue>& compiledCues() {
    static const std::vector<CompiledCue> kCompiled = [] {
        std::vector<CompiledCue> compiled;
        for (const CategoryCue& cue : categoryCues()) compiled.push_back({&cue, Phrase{cue.phrase}});
        return compiled;
    }();
    return kCompiled;
}

struct Score {
    double points = 0;
    std::vector<std::int32_t> turns;
    std::vector<std::pair<double, const CategoryCue*>> cues;
};

}  // namespace

CategoryFinding findCategory(const Conversation& conversation) {
    std::array<Score, kCategories> scores;
    // "Autre chose ?": what follows is another matter.
    static const CueList kAsides{
        {"autre question"}, {"autre chose"}, {"autre souci"}, {"anything else"}, {"something else"}};
    std::int32_t asideFrom = std::numeric_limits<std::int32_t>::max();
    for (const Line& line : conversation.lines)
        if (line.speaker == protocol::Speaker::Agent && line.position > 0.3 && asideFrom > line.turn &&
            kAsides.first(line))
            asideFrom = line.turn;
    for (const CompiledCue& compiled : compiledCues()) {
        double factor = 1.0;
        Score& score = scores[static_cast<std::size_t>(compiled.cue->category)];
        for (const Line& line : conversation.lines) {
            if (!compiled.phrase.find(line.words)) continue;
            const bool isAside = line.turn > asideFrom;
            // Said early, it is why the customer calls; a closing remark rarely is.
            const double place = line.position < 0.5 ? 1.2 : line.position > 0.85 ? 0.7 : 1.0;
            const double points = compiled.cue->weight * factor * place * (isAside ? 0.5 : 1.0);
            score.points += points;
            if (std::find(score.turns.begin(), score.turns.end(), line.turn) == score.turns.end())
                score.turns.push_back(line.turn);
            if (factor == 1.0) score.cues.emplace_back(points, compiled.cue);
            factor = factor == 1.0 ? 0.5 : 0.0;
            if (factor == 0.0) break;
        }
    }
    std::array<std::size_t, kCategories> order;
    for (std::size_t i = 0; i < kCategories; ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return scores[a].points > scores[b].points; });

    CategoryFinding finding;
    Score& best = scores[order[0]];
    const double runnerUp = scores[order[1]].points;
    if (best.points == 0) {
        finding.main.value = Category::InformationRequest;
        finding.main.cue = "nothing names a problem";
        return finding;
    }
    finding.main.value = static_cast<Category>(order[0]);
    finding.main.confidence = best.points >= 6 && best.points >= 1.6 * runnerUp ? protocol::Confidence::Sure
                              : best.points >= 1.2 * runnerUp                   ? protocol::Confidence::Likely
                                                              : protocol::Confidence::Unsure;
    finding.main.turns = best.turns;
    if (runnerUp >= 6 && runnerUp >= 0.6 * best.points) finding.secondary = static_cast<Category>(order[1]);
    std::stable_sort(best.cues.begin(), best.cues.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [points, cue] : best.cues) {
        if (finding.main.cue.size() < 60)
            finding.main.cue += (finding.main.cue.empty() ? "" : ", ") + std::string{cue->phrase};
        const std::string label{conversation.isEnglish ? cue->labelEn : cue->label};
        if (!label.empty() &&
            std::find(finding.labels.begin(), finding.labels.end(), label) == finding.labels.end())
            finding.labels.push_back(label);
    }
    return finding;
}

}  // namespace ninja3cx::analysis
