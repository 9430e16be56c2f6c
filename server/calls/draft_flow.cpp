#include "server/calls/draft_flow.hpp"

#include <algorithm>
#include <string>

namespace ninja3cx::calls {
namespace {

using protocol::DraftState;
using protocol::FieldFault;
using enum DraftEvent;
using enum DraftAction;

constexpr std::int64_t kMaxSubjectCharacters = 200;

DraftStep fromInbox(const DraftSituation& now, DraftEvent event) {
    switch (event) {
        case Shown:
            if (now.awaitsPopup) return {DraftState::Counting, {StartCountdown}};
            break;
        case PauseAsked:
        case Edited:
            if (now.awaitsPopup) return {DraftState::Paused, {}};
            break;
        case PopupOverdue:
        case AgentLeft:
        case LaterAsked:
            if (now.awaitsPopup) return {DraftState::Inbox, {Hold}};
            break;
        case ConfirmAsked:
            if (!now.isComplete) return {DraftState::Inbox, {}, DraftRefusal::Incomplete};
            return {DraftState::Confirmed, {CreateTicket}};
        case DiscardAsked:
            return {DraftState::Discarded, {}};
        case ResumeAsked:
        case CountdownOver:
        case LinkLost:
        case Parted:
            break;
    }
    return {DraftState::Inbox, {}};
}

DraftStep fromCounting(const DraftSituation& now, DraftEvent event) {
    switch (event) {
        case PauseAsked:
        case Edited:
            return {DraftState::Paused, {StopCountdown}};
        case CountdownOver:
            if (now.isAutomatic && now.isComplete)
                return {DraftState::Confirmed, {StopCountdown, CreateTicket}};
            return {DraftState::Inbox, {Hold}};
        case LinkLost:  // nobody can see it run
            return {DraftState::Inbox, {StopCountdown, AwaitPopup}};
        case AgentLeft:
        case LaterAsked:
            return {DraftState::Inbox, {Hold}};
        case ConfirmAsked:
            if (!now.isComplete) return {DraftState::Paused, {StopCountdown}, DraftRefusal::Incomplete};
            return {DraftState::Confirmed, {StopCountdown, CreateTicket}};
        case DiscardAsked:
            return {DraftState::Discarded, {StopCountdown}};
        case Shown:
        case ResumeAsked:
        case PopupOverdue:
        case Parted:
            break;
    }
    return {DraftState::Counting, {}};
}

DraftStep fromPaused(const DraftSituation& now, DraftEvent event) {
    switch (event) {
        case ResumeAsked:
            return {DraftState::Counting, {StartCountdown}};
        case AgentLeft:
        case LaterAsked:
            return {DraftState::Inbox, {Hold}};
        case ConfirmAsked:
            if (!now.isComplete) return {DraftState::Paused, {}, DraftRefusal::Incomplete};
            return {DraftState::Confirmed, {CreateTicket}};
        case DiscardAsked:
            return {DraftState::Discarded, {}};
        case Shown:
        case PauseAsked:
        case Edited:
        case CountdownOver:
        case PopupOverdue:
        case LinkLost:
        case Parted:
            break;
    }
    return {DraftState::Paused, {}};
}

/// What a person asked for is refused aloud; what merely happened is ignored.
DraftStep fromSettled(const DraftSituation& now, DraftEvent event) {
    if (now.state == DraftState::Confirmed && now.isMendable) {
        if (event == Edited) return {now.state, {}};
        if (event == ConfirmAsked && !now.isComplete) return {now.state, {}, DraftRefusal::Incomplete};
        if (event == ConfirmAsked) return {now.state, {AmendTicket}};
    }
    if (now.state == DraftState::Discarded && event == Parted) return {DraftState::Inbox, {Hold}};
    const DraftEvent repeated = now.state == DraftState::Confirmed ? ConfirmAsked : DiscardAsked;
    const bool isWish =
        event == Edited || event == ConfirmAsked || event == LaterAsked || event == DiscardAsked;
    return {now.state, {}, isWish && event != repeated ? DraftRefusal::Settled : DraftRefusal::None};
}

bool isBlank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

std::int64_t countCharacters(const std::string& utf8) {
    return std::count_if(utf8.begin(), utf8.end(),
                         [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
}

}  // namespace

DraftStep advanceDraft(const DraftSituation& now, DraftEvent event) {
    switch (now.state) {
        case DraftState::Inbox:
            return fromInbox(now, event);
        case DraftState::Counting:
            return fromCounting(now, event);
        case DraftState::Paused:
            return fromPaused(now, event);
        case DraftState::Confirmed:
        case DraftState::Discarded:
            break;
    }
    return fromSettled(now, event);
}

void comeBack(protocol::Draft& discarded, std::int64_t nowMs) {
    discarded.state = advanceDraft({discarded.state}, Parted).next;
    discarded.discardReason.clear();
    discarded.continuedIn.reset();
    discarded.heldBecause = wordOf(protocol::HeldReason::Returned);
    discarded.countdownLeftMs = 0;
    discarded.isAutomatic = false;
    discarded.delivery.state = protocol::DeliveryState::Unknown;
    discarded.fields.continues.reset();  // that one came back as well, and is looked up by itself
    discarded.changedAtMs = nowMs;
    ++discarded.revision;
}

std::vector<protocol::FieldProblem> problemsOf(const protocol::DraftFields& fields) {
    std::vector<protocol::FieldProblem> problems;
    if (isBlank(fields.subject))
        problems.push_back({"subject", wordOf(FieldFault::Required)});
    else if (countCharacters(fields.subject) > kMaxSubjectCharacters)
        problems.push_back({"subject", wordOf(FieldFault::TooLong)});
    if (!fields.organizationId) problems.push_back({"organizationId", wordOf(FieldFault::Required)});
    if (!fields.requesterUid || fields.requesterUid->empty())
        problems.push_back({"requesterUid", wordOf(FieldFault::Required)});
    return problems;
}

std::optional<protocol::HeldReason> heldBecause(const AutomationFacts& facts) {
    using enum protocol::HeldReason;
    using Match = protocol::CallerMatchState;
    if (facts.isDraftsOnly) return DraftsOnly;
    if (!facts.isAutoOn) return AutoOff;
    if (facts.analysis == AnalysisOutcome::Pending) return AnalysisPending;
    if (facts.analysis == AnalysisOutcome::Failed) return AnalysisFailed;
    if (!facts.hasWords) return NoText;
    if (facts.isFromRecording) return FromRecording;
    if (!facts.isEndSeen) return EndUnseen;
    if (!facts.isTicketWarranted) return TicketNotWarranted;
    switch (facts.caller) {
        case Match::None:
            return RequesterUnknown;
        case Match::Several:
            return RequesterAmbiguous;
        case Match::Inactive:
            return RequesterInactive;
        case Match::Stale:
            return DirectoryStale;
        case Match::One:
            if (facts.isWeakMatch) return WeakMatch;
            break;
    }
    if (!facts.isComplete) return FieldsMissing;
    return std::nullopt;
}

}  // namespace ninja3cx::calls
