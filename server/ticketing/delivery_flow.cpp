#include "server/ticketing/delivery_flow.hpp"

#include "shared/protocol/codes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using protocol::DeliveryProblem;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Look-ups at 0, 2, 5, 15 and 60 s: these are the waits between them; further ones follow each minute.
constexpr std::array<milliseconds, 4> kLookUpWaits{seconds{2}, seconds{3}, seconds{10}, seconds{45}};
constexpr milliseconds kLaterLookUps{seconds{60}};
constexpr std::int32_t kAbsencesWanted = 3;
constexpr milliseconds kWatchedToSettle{seconds{60}};
constexpr std::int32_t kFailuresBeforeAsking =
    15;  // look-ups that do not work: a technician can look by hand
constexpr std::int32_t kFailuresBeforeHolding = 5;  // while a technician waits for it
constexpr milliseconds kLongestBackoff{seconds{60}};
constexpr milliseconds kLoginPause{seconds{60}};
constexpr std::int32_t kConflictsToMend = 2;
// A refused note: a permission may be given meanwhile.
constexpr std::array<milliseconds, 3> kNoteRefusedWaits{seconds{60}, seconds{300}, seconds{1800}};

milliseconds backoffDelay(std::int32_t waits) {
    return std::min<milliseconds>(seconds{2} * (1 << std::min(waits, 5)), kLongestBackoff);
}

/// NinjaOne's name of a field as the draft's.
std::string draftFieldOf(const std::string& field) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNames{
        {{"clientId", "organizationId"},
         {"nodeId", "deviceId"},
         {"attributeId", "attributes"},
         {"description", "summary"},
         {"public", "isPublic"},
         {"timeTracked", "timeTrackedS"}}};
    const auto* const named =
        std::find_if(kNames.begin(), kNames.end(), [&](const auto& name) { return name.first == field; });
    return std::string{named == kNames.end() ? std::string_view{field} : named->second};
}

std::string nameOf(std::optional<std::int64_t> ticketId) {
    return "ticket " + std::to_string(ticketId.value_or(0));
}

class Flow {
public:
    Flow(FlowState state, const FlowTime& now)
        : state_(std::move(state)), nowMs_(now.wallMs), steadyMs_(now.steadyMs), thereMs_(now.thereMs) {}

    FlowStep on(const Started&) {
        switch (state_.phase) {
            case Phase::Queued:
            case Phase::Refreshing:
                return prepareAfterPause();
            case Phase::Sending:
                noteUnknown();
                return beginLookUps(LookUpGoal::Settle, "the server stopped while the ticket was being sent");
            case Phase::Unknown:
                if (state_.goal == LookUpGoal::BeforeMove) return moveForgotten();
                return resumeLookUps();
            case Phase::NoteUnknown:
                return resumeLookUps();
            case Phase::Checking:
                // With what it was to be compared is not stored where that was refused.
                if (state_.heldAs == Phase::Rejected) return giveToTechnician("the server stopped");
                return resumeLookUps();
            case Phase::NoteQueued:
            case Phase::NoteRefreshing:
                return noteAfterPause();
            case Phase::NoteSending:
                state_.noteMayExist = true;
                return beginNoteLookUps(LookUpGoal::Settle,
                                        "the server stopped while the note was being sent");
            case Phase::Waiting:
            case Phase::NoteWaiting:
            case Phase::CloseWaiting:
                return resumeWait();
            case Phase::Closing:
            case Phase::CloseRefreshing:
                return resumeClosing();
            case Phase::NoteHeld:
            case Phase::CloseHeld:
            case Phase::Unconfirmed:
            case Phase::Rejected:
            case Phase::Done:
            case Phase::GivenUp:
                break;
        }
        return stay();
    }

    FlowStep on(const Prepared& prepared) {
        if (state_.phase != Phase::Queued) return stay();
        if (state_.commentsOn) state_.commentedIn = prepared.statusId;
        return create();
    }

    FlowStep on(const Refreshed&) {
        if (state_.phase == Phase::Refreshing) return create();
        if (state_.phase == Phase::NoteRefreshing) return postNote();
        if (state_.phase == Phase::CloseRefreshing) return close();
        return stay();
    }

    FlowStep on(const Replied& reply) {
        switch (state_.phase) {
            case Phase::Queued:
            case Phase::Refreshing:
                return prepareFailed(reply);
            case Phase::Sending:
                return createReplied(reply);
            case Phase::NoteRefreshing:
            case Phase::NoteSending:
                return noteReplied(reply);
            case Phase::Closing:
            case Phase::CloseRefreshing:
                return closeReplied(reply);
            default:
                return stay();
        }
    }

    FlowStep on(const LookedUp& seen) {
        if (state_.delayMs != 0) return stay();  // no look-up was under way
        countWatched();
        if (state_.phase == Phase::Unknown) return ticketLookedUp(seen);
        if (state_.phase == Phase::NoteUnknown) return noteLookedUp(seen);
        return stay();
    }

    FlowStep on(const Checked& checked) {
        const bool isOfComment = state_.phase == Phase::Queued || state_.phase == Phase::Sending;
        if (isOfComment && state_.commentsOn && checked.kind == Checked::Kind::NotOurs)
            return targetGone(checked.detail, checked.isGone);
        if (state_.phase == Phase::NoteSending && checked.kind == Checked::Kind::NotOurs)
            return hold(Phase::NoteHeld, nameOf(state_.ticketId) + " " + checked.detail,
                        DeliveryProblem::NoteRefused);
        if (state_.phase != Phase::Checking || state_.delayMs != 0) return stay();
        const std::string named = nameOf(state_.claimedTicketId);
        switch (checked.kind) {
            case Checked::Kind::Ours:
                state_.noteMayExist = true;  // whoever made it
                takePlace(checked.place, checked.areLinesThere);
                return createdBefore(state_.claimedTicketId, checked.mayLackChanges);
            case Checked::Kind::NotOurs:
                return holdAgain(named + " " + checked.detail + ": nothing was added to it",
                                 notOursCode(checked.isGone));
            case Checked::Kind::Lacking:
                return holdAgain(named + " " + checked.detail + ": nothing was added to it",
                                 DeliveryProblem::NotThisCalls);
            case Checked::Kind::Failed:
                return lookUpFailed(checked.detail, checked.retryAfter);
        }
        return stay();
    }

    FlowStep on(const TimeCame&) {
        if (state_.delayMs == 0) return stay();
        const std::int64_t waited = std::exchange(state_.delayMs, 0);
        state_.dueAtMs = 0;
        state_.dueAtSteadyMs.reset();
        switch (state_.phase) {
            case Phase::Waiting:
                return prepareAfterPause();
            case Phase::NoteWaiting:
                return noteAfterPause();
            case Phase::CloseWaiting:
                state_.didRefresh = false;
                return close();
            case Phase::Unknown:
            case Phase::NoteUnknown:
            case Phase::Checking:
                countWatched(waited);
                return lookUp();
            default:
                return stay();
        }
    }

    FlowStep on(const Decided& decided) {
        if (state_.phase == Phase::NoteHeld) return noteDecided(decided);
        if (state_.phase == Phase::CloseHeld) return closeDecided(decided);
        if (state_.phase != Phase::Unconfirmed && state_.phase != Phase::Rejected) return stay();
        switch (decided.decision) {
            case protocol::DeliveryDecision::SendAgain:
                clearProblem();
                dismissNamed();
                return prepareAfterPause();
            case protocol::DeliveryDecision::AlreadyThere:
                if (!decided.ticketId) return stay();
                if (state_.commentsOn && decided.ticketId != state_.commentsOn &&
                    decided.ticketId != state_.similarTicketId && !isToBeLookedAt(*decided.ticketId))
                    return holdUnchecked(*decided.ticketId);
                return check(*decided.ticketId);
            case protocol::DeliveryDecision::GiveUp:
                state_.phase = Phase::GivenUp;
                setProblem("given up by a technician", DeliveryProblem::GivenUp);
                return stay();
        }
        return stay();
    }

    FlowStep on(const Moved& moved) {
        if (state_.phase != Phase::Rejected || !mayHaveLeft(state_)) return stay();
        // Who names one has not said of the others that they are not the call's.
        if (!moved.named) dismissNamed();
        return beginLookUps(LookUpGoal::BeforeMove, "");
    }

private:
    FlowStep stay() { return {state_, {}}; }
    FlowStep act(Phase phase, ActionKind kind) {
        state_.phase = phase;
        return {state_, {kind, milliseconds{0}, false}};
    }

    FlowStep prepare() {
        state_.didRefresh = false;
        clearLookUps();
        return act(Phase::Queued, ActionKind::Prepare);
    }

    /// What an earlier attempt left may have become visible meanwhile.
    FlowStep prepareAfterPause() {
        if (state_.mayExist) return beginLookUps(LookUpGoal::BeforeRepeat, "");
        return prepare();
    }

    FlowStep create() {
        if (state_.phase == Phase::Queued) ++state_.attempts;
        if (state_.firstSentAtMs == 0) {
            state_.firstSentAtMs = nowMs_;
            state_.firstSentThereMs = thereMs_;
        }
        noteUnderWay();
        clearProblem();
        return act(Phase::Sending, state_.commentsOn ? ActionKind::PostComment : ActionKind::Create);
    }

    void noteUnderWay() {
        state_.lastSentAtMs = nowMs_;
        state_.lastSentThereMs = thereMs_;
    }

    /// Nobody knows what became of the request. What was said of tickets was said of the earlier ones.
    void noteUnknown() {
        state_.mayExist = true;
        state_.dismissed.reset();
    }

    void dismissNamed() { state_.dismissed = std::exchange(state_.named, std::nullopt); }

    FlowStep postNote() {
        if (!state_.wantsNote) return noteSettled();  // what it was to say is erased
        if (state_.phase != Phase::NoteRefreshing) {
            ++state_.noteAttempts;
            state_.didRefresh = false;
        }
        clearLookUps();
        clearProblem();
        return act(Phase::NoteSending, ActionKind::PostNote);
    }

    FlowStep noteAfterPause() {
        if (state_.noteMayExist.value_or(false)) return beginNoteLookUps(LookUpGoal::BeforeRepeat, "");
        return postNote();
    }

    /// Nothing of a ticket that somebody only named is changed before it is known to be the right one.
    FlowStep check(std::int64_t ticketId) {
        clearLookUps();
        state_.heldAs = state_.phase;
        state_.phase = Phase::Checking;
        state_.claimedTicketId = ticketId;
        auto lookAt = std::move(state_.lookAt);
        setProblem("looking at ticket " + std::to_string(ticketId), DeliveryProblem::Comparing);
        state_.lookAt = std::move(lookAt);
        return lookUp();
    }

    DeliveryProblem notOursCode(bool isGone) const {
        if (state_.commentsOn && state_.claimedTicketId == state_.commentsOn)
            return DeliveryProblem::TargetGone;
        return isGone ? DeliveryProblem::NoSuchTicket : DeliveryProblem::NotThisCalls;
    }

    /// Back to the technician.
    FlowStep holdAgain(std::string problem, DeliveryProblem code) {
        const Phase held = state_.heldAs.value_or(Phase::Unconfirmed);
        state_.heldAs.reset();
        return holdNamed(held, std::move(problem), code);
    }

    /// The comment's own ticket is known: no other need be looked at.
    FlowStep holdUnchecked(std::int64_t ticketId) {
        (void)holdNamed(state_.phase,
                        "the call is for " + nameOf(state_.commentsOn) + ", not for " + nameOf(ticketId) +
                            ": nothing was added to it",
                        DeliveryProblem::NotThisCalls);
        state_.claimedTicketId = ticketId;
        return stay();
    }

    /// A wrong answer settles nothing of the tickets in doubt: they are told again, and what it means to send it then.
    FlowStep holdNamed(Phase phase, std::string problem, DeliveryProblem code) {
        auto named = state_.named ? std::move(state_.named) : std::move(state_.lookAt);
        (void)hold(phase, std::move(problem), code);
        state_.named = std::move(named);
        return stay();
    }

    FlowStep hold(Phase phase, std::string problem, DeliveryProblem code) {
        clearLookUps();
        state_.named.reset();
        state_.dismissed.reset();
        setProblem(std::move(problem), code);
        return act(phase, ActionKind::None);
    }

    void takePlace(Place place, bool areLinesThere) {
        if (place == Place::Own) return;
        state_.isClosed = true;  // of another call: whether it is open is no longer for this one to say
        state_.noteMayExist = true;
        if (place != Place::Joined || !areLinesThere) return;
        state_.hasNote = state_.wantsNote;  // they went along
        state_.wantsNote = false;
    }

    /// By whichever attempt. What it says may be of before the draft was changed.
    FlowStep createdBefore(std::optional<std::int64_t> ticketId, bool mayLackChanges) {
        const bool mayBeOther = state_.mayBeElsewhere.value_or(false);
        const bool mayLack = mayLackChanges || state_.isMendedUnseen.value_or(false);
        if ((state_.isMended.value_or(false) || mayBeOther) && mayLack)
            state_.ticketRemark =
                (state_.commentsOn && state_.commentsOn == ticketId ? "the comment on " : "") +
                nameOf(ticketId) + " is an earlier attempt's: what was changed since may not be in it";
        return created(ticketId);
    }

    FlowStep created(std::optional<std::int64_t> ticketId) {
        state_.ticketId = ticketId;
        state_.similarTicketId.reset();
        state_.heldAs.reset();
        state_.claimedTicketId.reset();
        state_.backoff = 0;
        state_.mayExist = false;
        state_.named.reset();
        state_.dismissed.reset();
        clearLookUps();
        clearProblem();
        if (!state_.wantsNote || !ticketId) return noteSettled();
        state_.phase = Phase::NoteQueued;
        return noteAfterPause();
    }

    FlowStep noteIsThere() {
        state_.hasNote = true;
        return noteSettled();
    }

    /// The ticket is closed last: what follows could open it again.
    FlowStep noteSettled() {
        if (!state_.wantsClose.value_or(false) || state_.isClosed.value_or(false)) return done();
        return beginClosing();
    }

    FlowStep done() {
        clearLookUps();
        clearProblem();
        if (state_.noteRemark) setProblem(*state_.noteRemark, DeliveryProblem::NoteMissing);
        if (state_.ticketRemark)
            setProblem(withTicketRemark(state_.problem), DeliveryProblem::ChangesMissing);
        return act(Phase::Done, ActionKind::None);
    }

    std::string withTicketRemark(const std::string& remark) const {
        if (!state_.ticketRemark) return remark;
        return *state_.ticketRemark + (remark.empty() ? "" : "; " + remark);
    }

    FlowStep beginClosing() {
        clearLookUps();
        clearProblem();
        state_.backoff = 0;
        state_.conflicts.reset();
        state_.didRefresh = false;
        return close();
    }

    /// Reads before it changes: what an earlier attempt did is seen, and only what is not closed is closed.
    FlowStep close() { return act(Phase::Closing, ActionKind::Close); }

    /// A closing that no server outlives is for a technician.
    FlowStep resumeClosing() {
        state_.didRefresh = false;
        ++state_.failures;
        if (hasFailedEnough()) return closeFails("the server stopped each time");
        return close();
    }

    FlowStep closeFails(const std::string& detail) {
        return hold(Phase::CloseHeld, detail, DeliveryProblem::CloseRefused);
    }

    FlowStep closeReplied(const Replied& reply) {
        if (!state_.closesFrom) state_.closesFrom = reply.statusId;
        switch (reply.kind) {
            case ReplyKind::Ok:
                if (state_.phase != Phase::Closing) return stay();
                state_.isClosed = true;
                return done();
            case ReplyKind::Expired:
                if (state_.didRefresh) return waitAfter(reply, Phase::CloseWaiting);
                state_.didRefresh = true;
                return act(Phase::CloseRefreshing, ActionKind::RefreshToken);
            case ReplyKind::Unreachable:
            case ReplyKind::NeedsLogin:
            case ReplyKind::Throttled:
                return waitAfter(reply, Phase::CloseWaiting);
            case ReplyKind::Page:
            case ReplyKind::Unclear:
                ++state_.failures;
                if (hasFailedEnough()) return closeFails(reply.detail);
                return waitAfter(reply, Phase::CloseWaiting);
            case ReplyKind::Refused:
                if (reply.isConflict && state_.phase == Phase::Closing &&
                    state_.conflicts.value_or(0) < kConflictsToMend) {
                    state_.conflicts = state_.conflicts.value_or(0) + 1;
                    return close();
                }
                return closeRefused(reply);
            case ReplyKind::UserContext:
            case ReplyKind::Forbidden:
                return closeRefused(reply);
        }
        return stay();
    }

    FlowStep closeRefused(const Replied& reply) {
        (void)closeFails((reply.isConflict ? "others keep changing it: " : "") + reply.detail);
        if (!reply.field.empty()) state_.field = reply.field;
        return stay();
    }

    FlowStep closeDecided(const Decided& decided) {
        switch (decided.decision) {
            case protocol::DeliveryDecision::SendAgain:
                state_.mayBeElsewhere.reset();  // it is known now, and wanted
                state_.closesFrom.reset();
                return beginClosing();
            case protocol::DeliveryDecision::AlreadyThere:
                if (decided.ticketId == state_.ticketId) return leftOpen("left to a technician");
                return hold(Phase::CloseHeld,
                            "the ticket is number " + std::to_string(state_.ticketId.value_or(0)) +
                                ": it is only to be closed",
                            DeliveryProblem::CloseRefused);
            case protocol::DeliveryDecision::GiveUp:
                return leftOpen("given up by a technician");
        }
        return stay();
    }

    FlowStep leftOpen(const std::string& how) {
        return hold(Phase::Done, withTicketRemark("closing the ticket was " + how),
                    DeliveryProblem::CloseRefused);
    }

    /// Refused for now, or for good if it is refused again and again.
    FlowStep noteRefused(const Replied& reply) {
        const auto refused = static_cast<std::size_t>(std::max(state_.noteRefusals.value_or(0), 0));
        if (refused >= kNoteRefusedWaits.size())
            return hold(Phase::NoteHeld, reply.detail, DeliveryProblem::NoteRefused);
        state_.noteRefusals = static_cast<std::int32_t>(refused) + 1;
        setProblem(reply.detail, DeliveryProblem::NoteRefused);
        state_.phase = Phase::NoteWaiting;
        return wait(kNoteRefusedWaits[refused], false);
    }

    /// About the note alone: there is a ticket, and there is never to be another.
    FlowStep noteDecided(const Decided& decided) {
        switch (decided.decision) {
            case protocol::DeliveryDecision::SendAgain:
                clearProblem();
                state_.noteAttempts = 0;
                state_.noteRefusals.reset();
                return noteAfterPause();
            case protocol::DeliveryDecision::AlreadyThere:
                if (decided.ticketId == state_.ticketId) return noteGivenUp("seen to by a technician");
                return hold(Phase::NoteHeld,
                            "the ticket is number " + std::to_string(state_.ticketId.value_or(0)) +
                                ": only its transcript note is missing",
                            DeliveryProblem::NoteMissing);
            case protocol::DeliveryDecision::GiveUp:
                return noteGivenUp("given up by a technician");
        }
        return stay();
    }

    FlowStep noteGivenUp(const std::string& how) {
        state_.noteRemark = "the transcript note was " + how;
        return noteSettled();
    }

    /// `isGone`: whatever an earlier attempt left there went with it.
    FlowStep targetGone(const std::string& detail, bool isGone) {
        const bool isLost = isGone && (state_.mayExist || state_.phase == Phase::Sending);
        if (isGone) forgetAttempts();
        (void)hold(Phase::Rejected,
                   nameOf(state_.commentsOn) + " " + detail +
                       (isLost ? ": the call is in no ticket" : ": nothing was added to it"),
                   DeliveryProblem::TargetGone);
        state_.field = "commentOn";
        return stay();
    }

    FlowStep reject(const Replied& reply) {
        switch (reply.kind) {
            case ReplyKind::UserContext:
                setProblem(reply.detail, DeliveryProblem::UserContextRequired);
                break;
            case ReplyKind::Forbidden:
                setProblem(reply.detail, DeliveryProblem::Forbidden);
                break;
            default:
                setProblem(reply.detail,
                           reply.field.empty() ? DeliveryProblem::Refused : DeliveryProblem::FieldRefused);
                if (!reply.field.empty()) state_.field = reply.field;
                break;
        }
        return act(Phase::Rejected, ActionKind::None);
    }

    /// Nothing was stored there by this attempt.
    FlowStep waitAfter(const Replied& reply, Phase phase) {
        milliseconds delay = reply.retryAfter.value_or(backoffDelay(state_.backoff));
        // 'Retry-After: 0' again and again must not become a storm.
        if (delay < seconds{1} && state_.backoff > 0) delay = backoffDelay(state_.backoff - 1);
        DeliveryProblem code = DeliveryProblem::Throttled;
        if (reply.kind == ReplyKind::NeedsLogin || reply.kind == ReplyKind::Expired) {
            delay = kLoginPause;
            code = DeliveryProblem::NeedsLogin;
        } else if (reply.kind == ReplyKind::Unreachable) {
            code = DeliveryProblem::Unreachable;
        } else if (reply.kind == ReplyKind::Unclear || (reply.kind == ReplyKind::Page && !reply.retryAfter)) {
            code = DeliveryProblem::ServerError;  // a page asks to wait only where it says for how long
        }
        setProblem(reply.detail, code);
        ++state_.backoff;
        state_.phase = phase;
        return wait(delay, reply.retryAfter.has_value());
    }

    FlowStep wait(milliseconds delay, bool isExact) {
        delay = std::max<milliseconds>(delay, milliseconds{1});  // 0 means that no wait runs
        state_.delayMs = delay.count();
        state_.dueAtMs = nowMs_ + delay.count();
        state_.dueAtSteadyMs = steadyMs_ + delay.count();
        return {state_, {ActionKind::Wait, delay, isExact}};
    }

    /// By the steady clock; by the date only where that began anew with the machine.
    FlowStep resumeWait() {
        const std::int64_t delay = std::max<std::int64_t>(state_.delayMs, 1);
        std::int64_t left = state_.dueAtMs - nowMs_;
        if (state_.dueAtSteadyMs && *state_.dueAtSteadyMs - steadyMs_ <= delay)
            left = *state_.dueAtSteadyMs - steadyMs_;
        return wait(milliseconds{std::clamp<std::int64_t>(left, 1, delay)}, true);
    }

    FlowStep prepareFailed(const Replied& reply) {
        switch (reply.kind) {
            case ReplyKind::Refused:
            case ReplyKind::UserContext:
            case ReplyKind::Forbidden:
                return reject(reply);
            case ReplyKind::Ok:
                return stay();
            default:
                return waitAfter(reply, Phase::Waiting);
        }
    }

    FlowStep createReplied(const Replied& reply) {
        switch (reply.kind) {
            case ReplyKind::Ok:
                if (reply.isClosed) state_.isClosed = true;
                if (state_.commentsOn || reply.ticketId) state_.mayBeElsewhere.reset();
                if (state_.commentsOn) return created(state_.commentsOn);
                if (reply.ticketId) return created(reply.ticketId);
                state_.isClosed.reset();
                noteUnderWay();
                noteUnknown();
                return beginLookUps(LookUpGoal::Settle, "NinjaOne's answer names no ticket");
            case ReplyKind::Expired:
                if (state_.didRefresh) return waitAfter(reply, Phase::Waiting);
                state_.didRefresh = true;
                return act(Phase::Refreshing, ActionKind::RefreshToken);
            case ReplyKind::Unreachable:
            case ReplyKind::NeedsLogin:
            case ReplyKind::Throttled:
                return waitAfter(reply, Phase::Waiting);
            case ReplyKind::Page:
                noteUnderWay();
                noteUnknown();
                return waitBeforeLookUp(reply);
            case ReplyKind::Refused:
                if (reply.field == "status" && reply.wasResolvedStatus && !state_.startsOpen) {
                    state_.startsOpen = true;
                    return prepare();
                }
                return reject(reply);
            case ReplyKind::UserContext:
            case ReplyKind::Forbidden:
                return reject(reply);
            case ReplyKind::Unclear:
                noteUnderWay();
                noteUnknown();
                return beginLookUps(LookUpGoal::Settle, reply.detail);
        }
        return stay();
    }

    FlowStep noteReplied(const Replied& reply) {
        switch (reply.kind) {
            case ReplyKind::Ok:
                return state_.phase == Phase::NoteSending ? noteIsThere() : stay();
            case ReplyKind::Expired:
                if (state_.didRefresh) return waitAfter(reply, Phase::NoteWaiting);
                state_.didRefresh = true;
                return act(Phase::NoteRefreshing, ActionKind::RefreshToken);
            case ReplyKind::Unreachable:
            case ReplyKind::NeedsLogin:
            case ReplyKind::Throttled:
                return waitAfter(reply, Phase::NoteWaiting);
            case ReplyKind::Refused:
            case ReplyKind::UserContext:
            case ReplyKind::Forbidden:
                return noteRefused(reply);
            case ReplyKind::Page:
            case ReplyKind::Unclear:
                if (state_.phase == Phase::NoteRefreshing) return waitAfter(reply, Phase::NoteWaiting);
                state_.noteMayExist = true;
                if (reply.kind == ReplyKind::Unclear)
                    return beginNoteLookUps(LookUpGoal::Settle, reply.detail);
                return waitBeforeNoteLookUp(reply);
        }
        return stay();
    }

    void forgetAttempts() {
        state_.mayExist = false;
        state_.noteMayExist.reset();
        state_.isMended.reset();
        state_.isMendedUnseen.reset();
    }

    // ---- look-ups -----------------------------------------------------------------------------------------

    void clearLookUps() {
        state_.lookUps = 0;
        state_.absences = 0;
        state_.failures = 0;
        state_.watchedMs = 0;
        state_.watchedAtMs.reset();
        state_.delayMs = 0;
        state_.dueAtMs = 0;
        state_.dueAtSteadyMs.reset();
        state_.goal = LookUpGoal::Settle;
    }

    FlowStep beginLookUps(LookUpGoal goal, std::string problem) {
        clearLookUps();
        state_.goal = goal;
        setProblem(std::move(problem), DeliveryProblem::LookingUp);
        state_.phase = Phase::Unknown;
        return lookUp();
    }

    FlowStep beginNoteLookUps(LookUpGoal goal, std::string problem) {
        clearLookUps();
        state_.goal = goal;
        setProblem(std::move(problem), DeliveryProblem::LookingUp);
        state_.phase = Phase::NoteUnknown;
        return lookUp();
    }

    FlowStep waitBeforeLookUp(const Replied& reply) {
        clearLookUps();
        return waitAfter(reply, Phase::Unknown);
    }

    FlowStep waitBeforeNoteLookUp(const Replied& reply) {
        clearLookUps();
        return waitAfter(reply, Phase::NoteUnknown);
    }

    FlowStep lookUp() {
        ++state_.lookUps;
        switch (state_.phase) {
            case Phase::NoteUnknown:
                return act(state_.phase, ActionKind::LookUpNote);
            case Phase::Checking:
                return act(state_.phase, ActionKind::CheckTicket);
            default:
                return act(state_.phase, state_.commentsOn ? ActionKind::LookUpComment : ActionKind::LookUp);
        }
    }

    /// After a restart. A wait goes on, or a server that stops more often than it lasts would never end it; and a
    /// look-up that was cut off counts as a failed one, or one that the server never outlives would be made for ever.
    FlowStep resumeLookUps() {
        countWatched();
        if (state_.delayMs != 0) return resumeWait();
        ++state_.failures;
        if (hasFailedEnough()) return giveToTechnician("the server stopped each time");
        state_.lookUps = std::max(state_.lookUps - 1, 0);  // that one was not made
        return lookUp();
    }

    /// What has passed since the first absence: at least what the steady clock says, and at least the wait that has
    /// just ended.
    void countWatched(std::int64_t waited = 0) {
        if (state_.absences == 0) return;
        const std::int64_t passed = steadyMs_ - state_.watchedAtMs.value_or(steadyMs_);
        state_.watchedMs += std::max({passed, waited, std::int64_t{0}});
        state_.watchedAtMs = steadyMs_;
    }

    void noteAbsence() {
        ++state_.absences;
        state_.watchedAtMs = steadyMs_;
    }

    bool hasFailedEnough() const {
        const bool isAwaited = state_.goal != LookUpGoal::Settle || state_.phase == Phase::Checking;
        return state_.failures >= (isAwaited ? kFailuresBeforeHolding : kFailuresBeforeAsking);
    }

    bool isNamed(std::int64_t ticketId) const {
        return state_.named && std::ranges::count(*state_.named, ticketId) > 0;
    }

    bool isToBeLookedAt(std::int64_t ticketId) const {
        return isNamed(ticketId) || (state_.lookAt && std::ranges::count(*state_.lookAt, ticketId) > 0);
    }

    /// None but those that a technician has looked at.
    bool isDismissed(const std::vector<std::int64_t>& inDoubt) const {
        const auto isNoMore = [&](std::int64_t id) { return std::ranges::count(*state_.dismissed, id) > 0; };
        return !inDoubt.empty() && state_.dismissed && std::ranges::all_of(inDoubt, isNoMore);
    }

    FlowStep isInDoubt(const LookedUp& seen) {
        if (state_.goal != LookUpGoal::Settle && state_.failures + 1 >= kFailuresBeforeHolding)
            return nameDoubt(seen);
        FlowStep step = lookUpFailed(seen.detail, seen.retryAfter);
        step.next.lookAt = seen.inDoubt;
        return step;
    }

    FlowStep nameDoubt(const LookedUp& seen) {
        const bool isMove = state_.goal == LookUpGoal::BeforeMove;
        (void)hold(isMove ? Phase::Rejected : Phase::Unconfirmed, seen.detail + ": look there",
                   DeliveryProblem::InDoubt);
        state_.similarTicketId = seen.inDoubt.front();
        state_.named = seen.inDoubt;
        return stay();
    }

    FlowStep lookUpFailed(const std::string& detail, std::optional<milliseconds> retryAfter) {
        ++state_.failures;
        if (hasFailedEnough()) return giveToTechnician(detail);
        setProblem("looking it up in NinjaOne failed: " + detail,
                   state_.phase == Phase::Checking ? DeliveryProblem::Comparing : DeliveryProblem::LookingUp);
        return nextLookUp(retryAfter);
    }

    /// A look-up that does not work is not one that finds nothing: nothing is sent because of it.
    FlowStep giveToTechnician(const std::string& detail) {
        if (state_.phase == Phase::NoteUnknown)
            return hold(Phase::NoteHeld, "the ticket could not be asked for its note: " + detail,
                        DeliveryProblem::NoteMissing);
        if (state_.phase == Phase::Checking)
            return holdAgain(nameOf(state_.claimedTicketId) + " could not be looked at (" + detail +
                                 "): nothing was added to it",
                             DeliveryProblem::LookUpFails);
        const std::string what =
            state_.commentsOn ? nameOf(state_.commentsOn) + " has the comment" : "the ticket exists";
        if (state_.goal == LookUpGoal::BeforeMove)
            return hold(Phase::Rejected,
                        "NinjaOne could not be asked whether " + what + " (" + detail +
                            "): nothing was sent elsewhere",
                        DeliveryProblem::NotMoved);
        return hold(
            Phase::Unconfirmed,
            "NinjaOne could not be asked whether " + what + " (" + detail + "): look there, then decide",
            DeliveryProblem::LookUpFails);
    }

    FlowStep nextLookUp(std::optional<milliseconds> retryAfter) {
        const auto made = static_cast<std::size_t>(std::max(state_.lookUps, 1));
        milliseconds delay = made <= kLookUpWaits.size() ? kLookUpWaits[made - 1] : kLaterLookUps;
        // The one that may settle it is not later than it need be.
        const milliseconds left = kWatchedToSettle - milliseconds{state_.watchedMs};
        if (state_.absences > 0 && left > milliseconds{0}) delay = std::min(delay, left);
        return wait(std::max(delay, retryAfter.value_or(milliseconds{0})), true);
    }

    bool isAbsentForLong() const {
        return state_.absences >= kAbsencesWanted && state_.watchedMs >= kWatchedToSettle.count();
    }

    FlowStep ticketLookedUp(const LookedUp& seen) {
        switch (seen.kind) {
            case LookedUp::Kind::Found:
                if (!state_.commentsOn && !seen.ticketId) return stay();
                takePlace(seen.place, seen.areLinesThere);
                return ticketFound(seen);
            case LookedUp::Kind::Absent:
                if (seen.similarTicketId) state_.similarTicketId = seen.similarTicketId;
                return ticketIsAbsent();
            case LookedUp::Kind::Failed:
                if (isDismissed(seen.inDoubt)) return ticketIsAbsent();
                if (!seen.inDoubt.empty()) return isInDoubt(seen);
                return lookUpFailed(seen.detail, seen.retryAfter);
            case LookedUp::Kind::Doubtful:
                if (isDismissed(seen.inDoubt)) return ticketIsAbsent();
                if (!seen.inDoubt.empty() && state_.goal != LookUpGoal::Settle) return nameDoubt(seen);
                state_.similarTicketId = seen.similarTicketId;
                (void)hold(Phase::Unconfirmed, seen.detail + ": look there, then decide",
                           DeliveryProblem::Unconfirmed);
                if (!seen.inDoubt.empty()) state_.lookAt = seen.inDoubt;
                return stay();
            case LookedUp::Kind::Gone:
                return state_.commentsOn ? targetGone(seen.detail, true) : stay();
        }
        return stay();
    }

    FlowStep ticketFound(const LookedUp& seen) {
        const bool isMove = state_.goal == LookUpGoal::BeforeMove;  // to what it is not compared with
        if (isMove) state_.isMended = true;
        return createdBefore(state_.commentsOn ? state_.commentsOn : seen.ticketId,
                             seen.mayLackChanges || isMove);
    }

    FlowStep ticketIsAbsent() {
        noteAbsence();
        if (state_.goal == LookUpGoal::BeforeRepeat) return prepare();
        if (state_.goal == LookUpGoal::BeforeMove) return freeToMove();
        if (isAbsentForLong()) return unconfirmed();
        return nextLookUp(std::nullopt);
    }

    /// What it was to become went with the server. What may be at its place stays known.
    FlowStep moveForgotten() {
        return hold(Phase::Rejected, "the server stopped while it was looked for: nothing was sent elsewhere",
                    DeliveryProblem::NotMoved);
    }

    FlowStep freeToMove() {
        forgetAttempts();
        return hold(Phase::Rejected, "it is not in NinjaOne: it can be sent as it is now",
                    DeliveryProblem::NotInNinja);
    }

    FlowStep unconfirmed() {
        std::string problem = state_.commentsOn
                                  ? "the comment is not in " + nameOf(state_.commentsOn) + ": send it again?"
                                  : "not found in NinjaOne: send it again?";
        if (state_.similarTicketId)
            problem += " Ticket " + std::to_string(*state_.similarTicketId) + " looks alike.";
        return hold(Phase::Unconfirmed, std::move(problem), DeliveryProblem::Unconfirmed);
    }

    FlowStep noteLookedUp(const LookedUp& seen) {
        switch (seen.kind) {
            case LookedUp::Kind::Found:
                return noteIsThere();
            case LookedUp::Kind::Absent:
                noteAbsence();
                if (state_.goal == LookUpGoal::BeforeRepeat) return postNote();
                if (!isAbsentForLong()) return nextLookUp(std::nullopt);
                if (state_.noteAttempts < kMostNoteAttempts) return postNote();
                return hold(Phase::NoteHeld, "the transcript note is not in the ticket",
                            DeliveryProblem::NoteMissing);
            case LookedUp::Kind::Failed:
            case LookedUp::Kind::Doubtful:
            case LookedUp::Kind::Gone:
                return lookUpFailed(seen.detail, seen.retryAfter);
        }
        return stay();
    }

    void setProblem(std::string problem, std::optional<DeliveryProblem> code) {
        state_.problem = std::move(problem);
        state_.problemCode = code ? wordOf(*code) : "";
        state_.field.reset();
        state_.lookAt.reset();
        if (state_.phase != Phase::Checking) state_.claimedTicketId.reset();
    }
    void clearProblem() { setProblem({}, {}); }

    FlowState state_;
    std::int64_t nowMs_;
    std::int64_t steadyMs_;
    std::optional<std::int64_t> thereMs_;
};

protocol::DeliveryState shownState(const FlowState& state) {
    using protocol::DeliveryState;
    switch (state.phase) {
        case Phase::Queued:
            return DeliveryState::Queued;
        case Phase::Refreshing:
        case Phase::Sending:
        case Phase::NoteQueued:
        case Phase::NoteRefreshing:
        case Phase::NoteSending:
        case Phase::Closing:
        case Phase::CloseRefreshing:
            return DeliveryState::Sending;
        case Phase::Unknown:
        case Phase::Checking:
        case Phase::NoteUnknown:
            return DeliveryState::Unknown;
        case Phase::Waiting:
        case Phase::NoteWaiting:
        case Phase::CloseWaiting:
            return DeliveryState::Waiting;
        case Phase::Unconfirmed:
            return DeliveryState::Unconfirmed;
        case Phase::NoteHeld:
            return state.problemCode == wordOf(DeliveryProblem::NoteRefused) ? DeliveryState::Rejected
                                                                             : DeliveryState::Unconfirmed;
        case Phase::Rejected:
        case Phase::CloseHeld:
        case Phase::GivenUp:
            return DeliveryState::Rejected;
        case Phase::Done:
            return DeliveryState::Created;
    }
    return DeliveryState::None;
}

/// What somebody who decides is to look at; empty where nobody decides.
std::vector<std::int64_t> doubtsOf(const FlowState& state) {
    if (state.phase != Phase::Unconfirmed && state.phase != Phase::Rejected) return {};
    if (state.named) return *state.named;
    if (state.lookAt) return *state.lookAt;
    if (state.similarTicketId && state.problemCode == wordOf(DeliveryProblem::Unconfirmed))
        return {*state.similarTicketId};
    return {};
}

}  // namespace

FlowStep advance(const FlowState& state, const Event& event, const FlowTime& now) {
    Flow flow{state, now};
    return std::visit([&](const auto& happened) { return flow.on(happened); }, event);
}

protocol::Delivery deliveryOf(const FlowState& state, const std::string& ticketLink) {
    protocol::Delivery delivery;
    delivery.state = shownState(state);
    if (state.ticketId) {
        delivery.ticketId = TicketId{*state.ticketId};
        delivery.ticketUrl = ticketLink + std::to_string(*state.ticketId);
    }
    delivery.hasTranscriptNote = state.hasNote;
    delivery.problem = state.problem;
    delivery.problemCode = state.problemCode;
    if (state.field) delivery.field = draftFieldOf(*state.field);
    if (state.delayMs != 0) delivery.nextAttemptAtMs = state.dueAtMs;
    if (state.claimedTicketId) delivery.comparedTicketId = TicketId{*state.claimedTicketId};
    if (const auto doubts = doubtsOf(state); !doubts.empty())
        delivery.ticketsInDoubt.emplace(doubts.begin(), doubts.end());
    return delivery;
}

bool mayHaveLeft(const FlowState& state) {
    return state.mayExist || state.noteMayExist.value_or(false);
}

bool isSettled(const FlowState& state) {
    return state.phase == Phase::Done || state.phase == Phase::GivenUp;
}

bool isAtRest(const FlowState& state) {
    return isSettled(state) || state.phase == Phase::Unconfirmed || state.phase == Phase::Rejected ||
           state.phase == Phase::NoteHeld || state.phase == Phase::CloseHeld;
}

}  // namespace ninja3cx::ticketing
