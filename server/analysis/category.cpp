#include "server/analysis/category.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;

/// How plainly a turn must speak of a second problem. Of the training's calls that were left out, 44 % and 58 % of those
/// found so have just this secondary category.
constexpr float kSecondFrom = 0.2F;
constexpr float kLikelyFrom = 0.3F;

/// The most that a turn speaks of `second`, where it speaks of it more plainly than of `main`.
float plainest(const CallReading& reading, Category main, Category second) {
    const std::string mainHead = turnHeadOf(main);
    const std::string secondHead = turnHeadOf(second);
    float best = 0;
    for (std::size_t turn = 0; turn < reading.conversation().lines.size(); ++turn)
        if (const float plain = reading.shows(turn, secondHead); plain >= reading.shows(turn, mainHead))
            best = std::max(best, plain);
    return best;
}

}  // namespace

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
    if (const float plain = plainest(reading, main, other);
        plain >= kSecondFrom && main != Category::OtherNonSupport && other != Category::OtherNonSupport) {
        finding.secondary =
            conclusionOf(other, plain >= kLikelyFrom ? Confidence::Likely : Confidence::Unsure,
                         reading.basisOf({turnHeadOf(other)}));
    }
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
