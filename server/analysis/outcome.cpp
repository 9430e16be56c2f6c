#include "server/analysis/outcome.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Speaker;

Conclusion<bool> callbackOf(const CallReading& reading, const std::vector<FoundAction>& actions) {
    const auto promise = std::ranges::find_if(actions, [](const FoundAction& found) {
        return found.action.kind == "callback" && found.action.status == "todo";
    });
    if (promise != actions.end()) return {true, promise->confidence, promise->cue, promise->turns};
    Basis basis = reading.basisOf({"callback:todo"}, Speaker::Agent);
    basis.cue.clear();  // no words say that nobody will phone
    const CallReading::Said said = reading.answer("callback");
    // What sounds like a promise was something else.
    return conclusionOf(false, said.value == 1 ? Confidence::Likely : said.confidence, std::move(basis));
}

/// Below this no turn says that something works again, whatever the whole call sounds like.
constexpr float kPlainFix = 0.3F;

bool isFixPlain(const CallReading& reading) {
    for (std::size_t turn = 0; turn < reading.conversation().lines.size(); ++turn)
        if (reading.shows(turn, "fix") >= kPlainFix) return true;
    return false;
}

}  // namespace

Outcome findOutcome(const CallReading& reading, const CategoryFinding& category,
                    const std::vector<FoundAction>& actions) {
    Outcome outcome;
    if (!reading.conversation().hasWords()) return outcome;
    const Conclusion<Category>& main = category.main;
    const bool isMatter = main.value != Category::OtherNonSupport;
    // Where no ticket is not even the second guess, it does not matter which category it is.
    const bool isPlain = isMatter && category.runnerUp != Category::OtherNonSupport;
    outcome.ticketWarranted = {isMatter, isPlain ? Confidence::Sure : main.confidence, main.cue, main.turns};
    outcome.callbackPromised = callbackOf(reading, actions);
    if (!isMatter) {
        outcome.resolved = {true, main.confidence, main.cue, main.turns};
        return outcome;
    }
    CallReading::Said resolved = reading.answer("resolved");
    if (resolved.value == 1 && !isFixPlain(reading)) resolved.confidence = Confidence::Unsure;
    outcome.resolved = conclusionOf(resolved.value == 1, resolved.confidence,
                                    reading.basisOf({resolved.value == 1 ? "fix" : "open"}));
    return outcome;
}

}  // namespace ninja3cx::analysis
