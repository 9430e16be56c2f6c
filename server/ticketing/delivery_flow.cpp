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
constexpr std::int32_t kChecksBeforeRepeat = 3;
constexpr milliseconds kLongestBackoff{seconds{60}};
constexpr milliseconds kLoginPause{seconds{60}};
constexpr std::int32_t kNoteAttempts = 3;

milliseconds backoffDelay(std::int32_t waits) {
    return std::min<milliseconds>(seconds{2} * (1 << std::min(waits, 5)), kLongestBackoff);
}

class Flow {
public:
    Flow(FlowState state, std::int64_t nowMs) : state_(std::move(state)), nowMs_(nowMs) {}

    FlowStep on(const Started&) {
        switch (state_.phase) {
            case Phase::Queued:
            case Phase::Refreshing:
                return prepareAfterPause();
            case Phase::Sending:
                state_.mayExist = true;
                return beginLookUps(LookUpGoal::Settle, "the server stopped while the ticket was being sent");
            case Phase::Unknown:
                return lookUpNow();
            case Phase::NoteQueued:
            case Phase::NoteRefreshing:
                return postNote();
            case Phase::NoteSending:
                return beginNoteLookUps("the server stopped while the note was being sent");
            case Phase::NoteUnknown:
                return lookUpNow();
            case Phase::Waiting:
            case Phase::NoteWaiting:
                return resumeWait();
            case Phase::Unconfirmed:
            case Phase::Rejected:
            case Phase::Done:
            case Phase::GivenUp:
                break;
        }
        return stay();
    }

    FlowStep on(const Prepared&) {
        if (state_.phase != Phase::Queued) return stay();
        return create();
    }

    FlowStep on(const Refreshed&) {
        if (state_.phase == Phase::Refreshing) return create();
        if (state_.phase == Phase::NoteRefreshing) return postNote();
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
            default:
                return stay();
        }
    }

    FlowStep on(const LookedUp& seen) {
        if (state_.delayMs != 0) return stay();  // no look-up was under way
        if (state_.phase == Phase::Unknown) return ticketLookedUp(seen);
        if (state_.phase == Phase::NoteUnknown) return noteLookedUp(seen);
        return stay();
    }

    FlowStep on(const TimeCame&) {
        if (state_.delayMs == 0) return stay();
        const std::int64_t waited = std::exchange(state_.delayMs, 0);
        state_.dueAtMs = 0;
        switch (state_.phase) {
            case Phase::Waiting:
                return prepareAfterPause();
            case Phase::NoteWaiting:
                return postNote();
            case Phase::Unknown:
            case Phase::NoteUnknown:
                if (state_.absences > 0) state_.watchedMs += waited;
                return lookUp();
            default:
                return stay();
        }
    }

    FlowStep on(const Decided& decided) {
        if (state_.phase != Phase::Unconfirmed && state_.phase != Phase::Rejected) return stay();
        state_.problem.clear();
        state_.problemCode.clear();
        switch (decided.decision) {
            case protocol::DeliveryDecision::SendAgain:
                return prepareAfterPause();
            case protocol::DeliveryDecision::AlreadyThere:
                return created(decided.ticketId);
            case protocol::DeliveryDecision::GiveUp:
                state_.phase = Phase::GivenUp;
                setProblem("given up by a technician", DeliveryProblem::GivenUp);
                return stay();
        }
        return stay();
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
        if (state_.firstSentAtMs == 0) state_.firstSentAtMs = nowMs_;
        clearProblem();
        return act(Phase::Sending, ActionKind::Create);
    }

    FlowStep postNote() {
        if (state_.phase != Phase::NoteRefreshing) {
            ++state_.noteAttempts;
            state_.didRefresh = false;
        }
        clearLookUps();
        clearProblem();
        return act(Phase::NoteSending, ActionKind::PostNote);
    }

    FlowStep created(std::optional<std::int64_t> ticketId) {
        state_.ticketId = ticketId;
        state_.similarTicketId.reset();
        state_.backoff = 0;
        state_.mayExist = false;
        clearLookUps();
        clearProblem();
        if (!state_.wantsNote || !ticketId) return act(Phase::Done, ActionKind::None);
        state_.phase = Phase::NoteQueued;
        return postNote();
    }

    FlowStep done(bool hasNote, std::string problem = {}, std::optional<DeliveryProblem> code = {}) {
        state_.hasNote = hasNote;
        clearLookUps();
        setProblem(std::move(problem), code);
        return act(Phase::Done, ActionKind::None);
    }

    FlowStep reject(const Replied& reply) {
        switch (reply.kind) {
            case ReplyKind::UserContext:
                setProblem(
                    "NinjaOne wants a technician's login for tickets, not a machine's: log in again (" +
                        reply.detail + ")",
                    DeliveryProblem::UserContextRequired);
                break;
            case ReplyKind::Forbidden:
                setProblem("the NinjaOne account may not create tickets (" + reply.detail + ")",
                           DeliveryProblem::Forbidden);
                break;
            default:
                setProblem(
                    (reply.field.empty() ? std::string{} : "field " + reply.field + ": ") + reply.detail,
                    reply.field.empty() ? DeliveryProblem::Refused : DeliveryProblem::FieldRefused);
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
        return {state_, {ActionKind::Wait, delay, isExact}};
    }

    FlowStep resumeWait() {
        const std::int64_t left =
            std::clamp<std::int64_t>(state_.dueAtMs - nowMs_, 1, std::max<std::int64_t>(state_.delayMs, 1));
        return wait(milliseconds{left}, true);
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
                if (reply.ticketId) return created(reply.ticketId);
                state_.mayExist = true;
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
                state_.mayExist = true;
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
                state_.mayExist = true;
                return beginLookUps(LookUpGoal::Settle, reply.detail);
        }
        return stay();
    }

    FlowStep noteReplied(const Replied& reply) {
        switch (reply.kind) {
            case ReplyKind::Ok:
                return state_.phase == Phase::NoteSending ? done(true) : stay();
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
                return done(false, reply.detail, DeliveryProblem::NoteRefused);
            case ReplyKind::Page:
            case ReplyKind::Unclear:
                if (state_.phase == Phase::NoteRefreshing) return waitAfter(reply, Phase::NoteWaiting);
                if (reply.kind == ReplyKind::Unclear) return beginNoteLookUps(reply.detail);
                return waitBeforeNoteLookUp(reply);
        }
        return stay();
    }

    // ---- look-ups -----------------------------------------------------------------------------------------

    void clearLookUps() {
        state_.lookUps = 0;
        state_.absences = 0;
        state_.failures = 0;
        state_.watchedMs = 0;
        state_.delayMs = 0;
        state_.dueAtMs = 0;
        state_.goal = LookUpGoal::Settle;
    }

    FlowStep beginLookUps(LookUpGoal goal, std::string problem) {
        clearLookUps();
        state_.goal = goal;
        setProblem(std::move(problem), DeliveryProblem::LookingUp);
        state_.phase = Phase::Unknown;
        return lookUp();
    }

    FlowStep beginNoteLookUps(std::string problem) {
        clearLookUps();
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
        return act(state_.phase,
                   state_.phase == Phase::NoteUnknown ? ActionKind::LookUpNote : ActionKind::LookUp);
    }

    FlowStep lookUpNow() {
        state_.delayMs = 0;
        state_.dueAtMs = 0;
        return lookUp();
    }

    FlowStep nextLookUp(std::optional<milliseconds> retryAfter) {
        const auto made = static_cast<std::size_t>(std::max(state_.lookUps, 1));
        const milliseconds delay = made <= kLookUpWaits.size() ? kLookUpWaits[made - 1] : kLaterLookUps;
        return wait(std::max(delay, retryAfter.value_or(milliseconds{0})), true);
    }

    bool isAbsentForLong(milliseconds watched) const {
        return state_.absences >= kAbsencesWanted && state_.watchedMs >= watched.count();
    }

    FlowStep ticketLookedUp(const LookedUp& seen) {
        switch (seen.kind) {
            case LookedUp::Kind::Found:
                if (!seen.ticketId) return stay();
                return created(seen.ticketId);
            case LookedUp::Kind::Absent:
                ++state_.absences;
                if (seen.similarTicketId) state_.similarTicketId = seen.similarTicketId;
                if (state_.goal == LookUpGoal::BeforeRepeat) return prepare();
                if (state_.goal == LookUpGoal::Settle && isAbsentForLong(kWatchedToSettle))
                    return unconfirmed();
                return nextLookUp(std::nullopt);
            case LookedUp::Kind::Failed:
                ++state_.failures;
                if (state_.goal == LookUpGoal::BeforeRepeat && state_.failures >= kChecksBeforeRepeat)
                    return prepare();
                if (state_.failures >= kFailuresBeforeAsking) {
                    setProblem("NinjaOne could not be asked whether the ticket exists (" + seen.detail +
                                   "): look there, then decide",
                               DeliveryProblem::LookUpFails);
                    clearLookUps();
                    return act(Phase::Unconfirmed, ActionKind::None);
                }
                setProblem("looking up the ticket failed: " + seen.detail, DeliveryProblem::LookingUp);
                return nextLookUp(seen.retryAfter);
        }
        return stay();
    }

    FlowStep unconfirmed() {
        std::string problem = "not found in NinjaOne: send it again?";
        if (state_.similarTicketId)
            problem += " Ticket " + std::to_string(*state_.similarTicketId) + " looks alike.";
        setProblem(std::move(problem), DeliveryProblem::Unconfirmed);
        clearLookUps();
        return act(Phase::Unconfirmed, ActionKind::None);
    }

    FlowStep noteLookedUp(const LookedUp& seen) {
        switch (seen.kind) {
            case LookedUp::Kind::Found:
                return done(true);
            case LookedUp::Kind::Absent:
                ++state_.absences;
                if (!isAbsentForLong(kWatchedToSettle)) return nextLookUp(std::nullopt);
                if (state_.noteAttempts < kNoteAttempts) return postNote();
                return done(false, "the transcript note is not in the ticket", DeliveryProblem::NoteMissing);
            case LookedUp::Kind::Failed:
                if (++state_.failures >= kFailuresBeforeAsking)
                    return done(false, "the ticket could not be asked for its note: " + seen.detail,
                                DeliveryProblem::NoteMissing);
                return nextLookUp(seen.retryAfter);
        }
        return stay();
    }

    void setProblem(std::string problem, std::optional<DeliveryProblem> code) {
        state_.problem = std::move(problem);
        state_.problemCode = code ? wordOf(*code) : "";
    }
    void clearProblem() { setProblem({}, {}); }

    FlowState state_;
    std::int64_t nowMs_;
};

protocol::DeliveryState shownState(const FlowState& state) {
    using protocol::DeliveryState;
    switch (state.phase) {
        case Phase::Queued:
            return DeliveryState::Queued;
        case Phase::Refreshing:
        case Phase::Sending:
            return DeliveryState::Sending;
        case Phase::Unknown:
            return DeliveryState::Unknown;
        case Phase::Waiting:
            return DeliveryState::Waiting;
        case Phase::Unconfirmed:
            return DeliveryState::Unconfirmed;
        case Phase::Rejected:
        case Phase::GivenUp:
            return DeliveryState::Rejected;
        case Phase::NoteQueued:
        case Phase::NoteRefreshing:
        case Phase::NoteSending:
        case Phase::NoteUnknown:
        case Phase::NoteWaiting:
        case Phase::Done:
            return DeliveryState::Created;
    }
    return DeliveryState::None;
}

}  // namespace

FlowStep advance(const FlowState& state, const Event& event, std::int64_t nowMs) {
    Flow flow{state, nowMs};
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
    if (state.delayMs != 0) delivery.nextAttemptAtMs = state.dueAtMs;
    return delivery;
}

bool isSettled(const FlowState& state) {
    return state.phase == Phase::Done || state.phase == Phase::GivenUp;
}

bool isAtRest(const FlowState& state) {
    return isSettled(state) || state.phase == Phase::Unconfirmed || state.phase == Phase::Rejected;
}

}  // namespace ninja3cx::ticketing
