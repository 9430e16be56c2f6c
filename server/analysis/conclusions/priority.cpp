#include "server/analysis/conclusions/priority.hpp"

#include "server/analysis/conclusions/priority_rules.hpp"

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Priority;

/// The cells of the table that give a priority.
const std::vector<std::string>& headsOf(Priority priority) {
    static const std::vector<std::string> kHeads[] = {
        {"I1", "U1"}, {"I1", "I2", "U2", "U3"}, {"I2", "I3", "U3"}};
    return kHeads[static_cast<std::size_t>(priority)];
}

}  // namespace

Conclusion<Priority> findPriority(const CallReading& reading, const CategoryFinding& category) {
    if (!reading.conversation().hasWords()) return {};
    const Conclusion<Category>& main = category.main;
    if (main.value == Category::OtherNonSupport)
        return {Priority::Low, main.confidence, main.cue, main.turns};
    const CallReading::Said said = reading.answerOfMatter("priority");
    const auto priority = static_cast<Priority>(said.value);
    if (auto rule = exceptionFor(reading.conversation(), main.value, priority)) {
        const Confidence confidence = rule->value == priority ? Confidence::Sure : Confidence::Likely;
        return {rule->value, confidence, std::move(rule->cue), std::move(rule->turns)};
    }
    return conclusionOf(priority, said.confidence, reading.basisOf(headsOf(priority)));
}

}  // namespace ninja3cx::analysis
