#include "server/analysis/conclusions/category_of_call.hpp"

#include "server/analysis/conclusions/named_trouble.hpp"
#include "server/analysis/entities/spelled_mail.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// A call in which the customer names a complaint: where the opening alone decided that it is none, or so little is said
/// that it may have, it is of the category that comes next.
CategoryFinding asMatter(CategoryFinding finding, std::size_t turns) {
    constexpr std::size_t kShortCall = 8;  // turns
    if (finding.main.value != protocol::Category::OtherNonSupport || !finding.runnerUp || turns > kShortCall)
        return finding;
    finding.runnerUp = std::exchange(finding.main.value, *finding.runnerUp);
    finding.main.confidence = protocol::Confidence::Unsure;
    return finding;
}

/// A colleague's trouble is of the category that it would be of if it were the caller's.
CategoryFinding ofTrouble(const Conversation& matter, const Names& names, const Model& model) {
    std::vector<std::string> others = names.people;
    std::erase(others, names.customer);
    const Conversation own = toldAsOwn(matter, others);
    const CallReading reading{own, model};
    return asTrouble(reading, findCategory(reading));
}

}  // namespace

CategoryFinding categoryOfCall(const CallReading& reading, const Names& names,
                               std::span<const Movement> movements, const Model& model) {
    const Conversation& told = reading.conversation();
    Conversation matter = told;
    std::size_t dropped = 0;
    for (Line& line : matter.lines) {
        const std::size_t before = line.words.size();
        line = withoutMails(std::move(line));
        dropped += before - line.words.size();
    }
    CategoryFinding found = dropped == 0 ? findCategory(reading) : findCategory(CallReading{matter, model});
    // In a longer one the model has read enough to know.
    constexpr std::size_t kShortCall = 12;  // turns
    if (found.main.value == protocol::Category::OnboardingOffboarding && told.lines.size() <= kShortCall &&
        namesNoMovement(reading.matter()) && !tellsOfMovement(told, movements))
        return ofTrouble(matter, names, model);
    if (found.main.value != protocol::Category::OtherNonSupport || !namesTrouble(matter)) return found;
    const Conversation plain = withoutOpenings(matter);
    return asMatter(findCategory(CallReading{plain, model}), plain.lines.size());
}

}  // namespace ninja3cx::analysis
