#include "server/analysis/outcome/outcome.hpp"

#include "server/analysis/model/head_names.hpp"
#include "server/analysis/outcome/relapse.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Speaker;

Conclusion<bool> callbackOf(const CallbackVerdict& verdict, const std::vector<FoundAction>& actions) {
    const auto promise = std::ranges::find_if(actions, [](const FoundAction& found) {
        return found.action.kind == protocol::action_kind::kCallback &&
               found.action.status == protocol::action_status::kTodo;
    });
    if (promise != actions.end()) return {true, promise->confidence, promise->cue, promise->turns};
    Basis basis = verdict.basis;
    basis.cue.clear();  // no words say that nobody will phone
    // What was promised and is no action after all.
    const Confidence confidence = verdict.isPromised() ? Confidence::Likely : verdict.confidence;
    return conclusionOf(false, confidence, std::move(basis));
}

bool isFixPlain(const CallReading& reading) {
    for (std::size_t turn = 0; turn < reading.conversation().lines.size(); ++turn)
        if (showsSuccess(reading, turn)) return true;
    return false;
}

/// Does a turn speak of the category plainly, or is enough said for a matter? Not in a call that broke off after the
/// greetings.
bool hasContent(const CallReading& reading, Category category) {
    constexpr float kPlainMatter = 0.15F;
    constexpr std::size_t kFewWords = 20;
    const std::string head = turnHeadOf(category);
    std::size_t words = 0;
    for (std::size_t turn = 0; turn < reading.conversation().lines.size(); ++turn) {
        const Line& line = reading.conversation().lines[turn];
        if (reading.shows(turn, head) >= kPlainMatter) return true;
        if (line.speaker == Speaker::Customer) words += line.words.size();
    }
    return words > kFewWords;
}

/// Of two problems that the customer raised something is left to do.
bool isOneOpen(const CategoryFinding& category, const std::vector<FoundAction>& actions) {
    if (!category.secondary || !category.secondMatter || category.secondary->confidence == Confidence::Unsure)
        return false;
    return std::ranges::any_of(actions, [](const FoundAction& found) {
        return found.action.status == protocol::action_status::kTodo &&
               found.confidence != Confidence::Unsure;
    });
}

}  // namespace

Outcome findOutcome(const CallReading& reading, const CategoryFinding& category,
                    const std::vector<FoundAction>& actions, const CallbackVerdict& callback) {
    Outcome outcome;
    if (!reading.conversation().hasWords()) return outcome;
    const Conclusion<Category>& main = category.main;
    const bool isMatter = main.value != Category::OtherNonSupport;
    // Where no ticket is not even the second guess, it does not matter which category it is.
    const bool isPlain = isMatter && category.runnerUp != Category::OtherNonSupport;
    const bool isEmpty = isMatter && main.confidence != Confidence::Sure && !hasContent(reading, main.value);
    outcome.ticketWarranted = {isMatter,
                               isEmpty   ? Confidence::Unsure
                               : isPlain ? Confidence::Sure
                                         : main.confidence,
                               main.cue, main.turns};
    outcome.callbackPromised = callbackOf(callback, actions);
    if (!isMatter) {
        // Where it may be a matter after all, nobody said that it was solved.
        const Confidence resolved =
            main.confidence == Confidence::Sure ? Confidence::Sure : Confidence::Unsure;
        outcome.resolved = {true, resolved, main.cue, main.turns};
        return outcome;
    }
    CallReading::Said resolved = reading.answer(question::kResolved);
    const Relapse relapse = findRelapse(reading);
    if (resolved.value == 1 && (relapse != Relapse::None || !isFixPlain(reading))) {
        resolved.confidence = Confidence::Unsure;
        if (relapse == Relapse::Reported) resolved.value = 0;
    }
    if (resolved.value == 0 && (isGrudgingSuccess(reading) || isSuccessBesideSideMatter(reading))) {
        resolved.value = 1;
        resolved.confidence = Confidence::Likely;
    }
    // A side problem may pend. Which of the two is the main one is not certain enough to close the ticket at once.
    if (resolved.value == 1 && isOneOpen(category, actions))
        resolved.confidence = std::max(resolved.confidence, Confidence::Likely);
    outcome.resolved =
        conclusionOf(resolved.value == 1, resolved.confidence,
                     reading.basisOf({std::string{resolved.value == 1 ? head::kFix : head::kOpen}}));
    return outcome;
}

}  // namespace ninja3cx::analysis
