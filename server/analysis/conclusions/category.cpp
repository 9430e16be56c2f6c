#include "server/analysis/conclusions/category.hpp"

#include "server/analysis/conclusions/second_problem.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

using protocol::Category;

std::string turnHeadOf(Category category) {
    return "category." + std::string{json::encode(category).as_string()};
}

CategoryFinding findCategory(const CallReading& reading) {
    CategoryFinding finding;
    if (!reading.conversation().hasWords()) {
        finding.main.value = Category::InformationRequest;
        return finding;
    }
    const CallReading::Said said = reading.answerOfMatter("category");
    const auto main = static_cast<Category>(said.value);
    finding.main = conclusionOf(main, said.confidence, reading.basisOf({turnHeadOf(main)}));
    const auto other = static_cast<Category>(said.runnerUp);
    finding.runnerUp = other;
    if (const auto second = secondProblem(reading, main, other))
        finding.secondary = conclusionOf(second->category, second->confidence,
                                         reading.basisIn({second->turn}, {turnHeadOf(second->category)}));
    finding.secondMatter = secondMatter(reading, main);
    return finding;
}

CategoryFinding asTrouble(const CallReading& reading, CategoryFinding finding) {
    const auto isNone = [](Category category) {
        return category == Category::OnboardingOffboarding || category == Category::OtherNonSupport;
    };
    if (!isNone(finding.main.value)) {
        finding.main.confidence = std::max(finding.main.confidence, protocol::Confidence::Likely);
        return finding;
    }
    Category plainest = finding.main.value;
    float most = -1;
    for (std::size_t index = 0; index <= static_cast<std::size_t>(Category::OtherNonSupport); ++index) {
        const auto category = static_cast<Category>(index);
        if (isNone(category)) continue;
        for (std::size_t turn = 0; turn < reading.conversation().lines.size(); ++turn) {
            if (reading.conversation().lines[turn].speaker != protocol::Speaker::Customer) continue;
            const float plain = reading.shows(turn, turnHeadOf(category));
            if (plain <= most) continue;
            plainest = category;
            most = plain;
        }
    }
    if (finding.secondary && finding.secondary->value == plainest) finding.secondary.reset();
    finding.runnerUp = finding.main.value;
    finding.main =
        conclusionOf(plainest, protocol::Confidence::Unsure, reading.basisOf({turnHeadOf(plainest)}));
    return finding;
}

CategoryFinding categoryToTell(const CallReading& reading, const CategoryFinding& category) {
    constexpr float kPlain = 0.3F;
    CategoryFinding told = category;
    if (category.main.value != Category::OtherNonSupport || !category.runnerUp) return told;
    const std::string head = turnHeadOf(*category.runnerUp);
    for (std::size_t turn = 0; turn < reading.conversation().lines.size(); ++turn)
        if (reading.shows(turn, head) >= kPlain) return told;
    told.runnerUp.reset();
    return told;
}

}  // namespace ninja3cx::analysis
