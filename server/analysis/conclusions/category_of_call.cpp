#include "server/analysis/conclusions/category_of_call.hpp"

#include "server/analysis/conclusions/asides.hpp"
#include "server/analysis/conclusions/named_trouble.hpp"
#include "server/analysis/conclusions/second_problem.hpp"
#include "server/analysis/entities/spelled_mail.hpp"

#include <algorithm>
#include <set>
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

/// Somebody leaves and somebody comes, both by name.
bool isReplacement(std::span<const Movement> movements) {
    const Movement* leaver = movementTo(Direction::Leaves, movements);
    const Movement* newcomer = movementTo(Direction::Arrives, movements);
    return leaver && newcomer && !leaver->person.empty() && !newcomer->person.empty();
}

/// What is told as the matter, whether or not there is a second one.
CategoryFinding categoryOfWhole(const CallReading& reading, const Names& names,
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
    if (found.main.value == protocol::Category::OtherNonSupport && isReplacement(movements)) {
        found.runnerUp = std::exchange(found.main.value, protocol::Category::OnboardingOffboarding);
        found.main.confidence = protocol::Confidence::Unsure;
    }
    if (found.main.value != protocol::Category::OtherNonSupport || !namesTrouble(matter)) return found;
    const Conversation plain = withoutOpenings(matter);
    return asMatter(findCategory(CallReading{plain, model}), plain.lines.size());
}

/// What the customer first complains of is a thing of other categories alone: "Teams", where the model hears telephony.
bool isAboutOthers(const Conversation& matter, protocol::Category main) {
    using enum protocol::Category;
    static const std::set<protocol::Category> kOfThings{Email,
                                                        NetworkVpn,
                                                        InternetWifi,
                                                        PrinterScanner,
                                                        Hardware,
                                                        WorkstationPerformance,
                                                        ServerInfrastructure,
                                                        SoftwareApplication,
                                                        Telephony};
    if (!kOfThings.contains(main)) return false;
    for (const Line& line : matter.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        for (const Line& sentence : sentencesOf(line))
            if (tellsOfThing(sentence)) return !namesThingOf(main, sentence);
    }
    return false;
}

/// What is raised by the way does not decide what the call is about, unless it is an incident.
CallCategory besideAside(CategoryFinding whole, CategoryFinding first, const AsideMatter& aside,
                         const CallReading& reading) {
    using protocol::Category;
    using protocol::Confidence;
    const auto headOf = [](Category category) { return std::vector<std::string>{turnHeadOf(category)}; };
    const bool isSame = whole.main.value == first.main.value;
    const bool isIncident = whole.main.value == Category::SecurityIncident;
    if (!isSame && (first.main.value == Category::OtherNonSupport || isIncident)) {
        whole.main.confidence = std::max(whole.main.confidence, Confidence::Likely);
        return {std::move(whole), std::nullopt};
    }
    // Of a part of a call the model is surer than it should be.
    const bool isDoubted = first.main.confidence == Confidence::Unsure;
    if (!isSame)
        first.main.confidence = std::max(first.main.confidence, Confidence::Likely);
    else if (isDoubted)
        first.main.confidence = std::max(whole.main.confidence, Confidence::Likely);
    else
        first.main.confidence = std::min(whole.main.confidence, Confidence::Likely);
    if (whole.runnerUp == Category::SecurityIncident)
        first.main.confidence = std::max(first.main.confidence, Confidence::Likely);
    if (isSame) {
        whole.main = std::move(first.main);
        return {std::move(whole), aside};
    }
    first.runnerUp = whole.main.value;
    const auto second = secondProblem(reading, first.main.value, whole.main.value);
    const bool isRaised = second && second->turn >= aside.turn;
    const Category other = isRaised ? second->category : whole.main.value;
    first.secondary = conclusionOf(other, isRaised ? second->confidence : Confidence::Unsure,
                                   reading.basisIn({isRaised ? second->turn : aside.turn}, headOf(other)));
    first.secondMatter = aside.turn;
    return {std::move(first), aside};
}

}  // namespace

CallCategory categoryOfCall(const CallReading& reading, const Names& names,
                            std::span<const Movement> movements, const Model& model) {
    CallCategory found{categoryOfWhole(reading, names, movements, model)};
    if (const auto aside = asideMatter(reading.conversation())) {
        const Conversation alone = withoutAside(reading.conversation(), *aside);
        CategoryFinding first = categoryOfWhole(CallReading{alone, model}, names, movements, model);
        found = besideAside(std::move(found), std::move(first), *aside, reading);
    }
    if (isAboutOthers(reading.matter(), found.main.value))
        found.main.confidence = std::max(found.main.confidence, protocol::Confidence::Likely);
    return found;
}

}  // namespace ninja3cx::analysis
