#pragma once

#include "server/ticketing/ninja_reply.hpp"
#include "shared/protocol/messages.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// How one draft becomes one ticket, or one comment on a ticket that is there, and one note in it: never two, whatever
/// fails. And how the ticket is closed at the end, where the call was solved. Decides only; TicketDelivery acts.
///
/// The rule that makes it safe: `advance` gives the next state and what to do; the state is stored before it
/// is done. So after a crash the stored state says what may have happened since.
namespace ninja3cx::ticketing {

/// Queued       nothing of this attempt was sent; of a comment: its ticket is being looked at
/// Refreshing   the access token was refused: nothing was handled, a new token is being fetched
/// Sending      the request may be on its way
/// Unknown      it was, and nobody knows what became of it: being looked up
/// Waiting      nothing of this attempt was stored there; tried again at dueAtMs
/// Unconfirmed  looked up long enough, not found: a technician decides
/// Rejected     refused for good, unless a technician says otherwise
/// Note…        the ticket exists; the same for the transcript note
/// Checking     a technician named the ticket: whether it can be ours is being asked
/// NoteHeld     the ticket exists, its note was refused or cannot be confirmed: kept until a technician decides
/// Closing      ticket and note are settled; the ticket is read and, unless it is closed, changed
/// CloseHeld    it was not closed: kept until a technician decides
///
/// Up to Unconfirmed and Rejected all is said of what the call becomes: the ticket or, with `commentsOn`, the comment.
enum class Phase {
    Queued = 1,
    Refreshing,
    Sending,
    Unknown,
    Waiting,
    Unconfirmed,
    Rejected,
    NoteQueued,
    NoteRefreshing,
    NoteSending,
    NoteUnknown,
    NoteWaiting,
    Done,
    GivenUp,
    Checking,
    NoteHeld,
    Closing,
    CloseRefreshing,
    CloseWaiting,
    CloseHeld,
};
BOOST_DESCRIBE_ENUM(Phase, Queued, Refreshing, Sending, Unknown, Waiting, Unconfirmed, Rejected, NoteQueued,
                    NoteRefreshing, NoteSending, NoteUnknown, NoteWaiting, Done, GivenUp, Checking, NoteHeld,
                    Closing, CloseRefreshing, CloseWaiting, CloseHeld)

/// What a look-up that finds nothing leads to.
/// Settle: after a while, to a technician: no ticket whose outcome is unknown is sent again by itself. A note is, for
/// by then its absence is certain enough and a second note does less harm than none.
/// BeforeRepeat: a technician said 'send again'; also after each pause before that is done.
/// One that fails says nothing, whatever the goal: enough of them lead to a technician, never to a request. Where only
/// tickets that may be ours stand in the way, they are named: whoever then wants it sent once more has looked at them,
/// and for that one attempt they are not ours. Others are named first in turn.
/// BeforeMove: what was refused is to become something elsewhere. Rejected again, with nothing left of it, once it is
/// certain enough that there is nothing at the former place.
enum class LookUpGoal { Settle = 1, BeforeRepeat, BeforeMove };
BOOST_DESCRIBE_ENUM(LookUpGoal, Settle, BeforeRepeat, BeforeMove)

struct FlowState {
    Phase phase = Phase::Queued;
    std::int32_t attempts = 0;       // requests to create that may have left
    std::int64_t firstSentAtMs = 0;  // by our clock; 0: none yet
    bool mayExist = false;           // the outcome of some attempt was never learned
    bool didRefresh = false;         // within this attempt
    bool startsOpen = false;         // 'resolved' was refused as a first status
    LookUpGoal goal = LookUpGoal::Settle;
    std::int32_t lookUps = 0;    // made since the outcome became unknown
    std::int32_t absences = 0;   // those that worked and found nothing
    std::int32_t failures = 0;   // those that failed
    std::int64_t watchedMs = 0;  // waited since the first absence
    std::int32_t backoff = 0;    // waits in a row
    std::int64_t delayMs = 0;    // of the wait that runs; 0: none runs
    std::int64_t dueAtMs = 0;
    std::optional<std::int64_t> ticketId;
    std::optional<std::int64_t> similarTicketId;  // ours perhaps: same subject and time, or our marker
    bool wantsNote = false;
    bool hasNote = false;
    std::int32_t noteAttempts = 0;
    std::string problem;
    std::string problemCode;
    // Steps stored by earlier versions lack these.
    std::optional<std::int64_t> watchedAtMs;      // steady: when watchedMs was last counted up
    std::optional<std::int64_t> dueAtSteadyMs;    // the end of the wait that runs
    std::optional<Phase> heldAs;                  // while Checking: where a wrong number leads back to
    std::optional<std::int64_t> claimedTicketId;  // being checked, or just not taken
    std::optional<bool> noteMayExist;             // the outcome of some attempt was never learned
    std::optional<std::int32_t> noteRefusals;     // since a technician last asked for it
    std::optional<std::int64_t> commentsOn;       // the ticket that the call becomes a comment on
    std::optional<bool> wantsClose;
    std::optional<bool> isClosed;                  // seen, or done
    std::optional<std::int32_t> conflicts;         // changes that came too late for the ticket's version
    std::optional<std::int64_t> closesFrom;        // the status that it had when it was first to be closed
    std::optional<std::string> field;              // that NinjaOne refused, in its own words
    std::optional<std::string> noteRemark;         // what a technician decided on the note
    std::optional<std::int64_t> firstSentThereMs;  // by NinjaOne's clock, where that was known
    std::optional<std::int64_t> lastSentAtMs;  // when a request may last have been under way; by our clock
    std::optional<std::int64_t> lastSentThereMs;
    std::optional<std::vector<std::int64_t>> named;  // in doubt, as a technician was told who wanted it sent
    std::optional<std::vector<std::int64_t>> dismissed;  // by one who was: not ours
    std::optional<bool> isMended;             // what earlier attempts may have left says something else
    std::optional<bool> isMendedUnseen;       // also in what is not compared with a ticket that is read
    std::optional<std::string> ticketRemark;  // it does
    std::optional<bool> mayBeElsewhere;  // nobody knows what was made of it, nor of the calls joined with it
    std::optional<std::vector<std::int64_t>> lookAt;  // tickets that `problem` asks somebody to look at
    std::optional<std::int64_t> commentedIn;  // the status that the ticket had when the comment was sent
    bool operator==(const FlowState&) const = default;
};
BOOST_DESCRIBE_STRUCT(FlowState, (),
                      (phase, attempts, firstSentAtMs, mayExist, didRefresh, startsOpen, goal, lookUps,
                       absences, failures, watchedMs, backoff, delayMs, dueAtMs, ticketId, similarTicketId,
                       wantsNote, hasNote, noteAttempts, problem, problemCode, watchedAtMs, dueAtSteadyMs,
                       heldAs, claimedTicketId, noteMayExist, noteRefusals, commentsOn, wantsClose, isClosed,
                       conflicts, closesFrom, field, noteRemark, firstSentThereMs, lastSentAtMs,
                       lastSentThereMs, named, dismissed, isMended, isMendedUnseen, ticketRemark,
                       mayBeElsewhere, lookAt, commentedIn))

/// `steadyMs` goes on while the server is stopped, whatever is done to the date. Where it begins anew with the machine
/// it is too low, and what it measures too short, never too long.
struct FlowTime {
    std::int64_t wallMs = 0;
    std::int64_t steadyMs = 0;
    std::optional<std::int64_t> thereMs = {};  // by NinjaOne's clock
};

/// The entry was handed over: for the first time, or after a restart.
struct Started {};
/// A token and what the tenant wants in a ticket, or the ticket to comment on, are at hand.
struct Prepared {
    std::optional<std::int64_t> statusId = {};  // of the ticket to comment on
};
/// A new access token is at hand.
struct Refreshed {};
/// How the action in hand ended. While nothing was sent yet (Queued, Refreshing) it is the failure of the
/// preparation.
struct Replied {
    ReplyKind kind{};
    std::optional<std::int64_t> ticketId;  // with Ok on creation
    std::optional<std::chrono::milliseconds> retryAfter;
    std::string field;
    std::string detail;
    bool wasResolvedStatus = false;  // the request carried one of the resolved block
    bool isClosed = false;           // with Ok on creation
    bool isConflict = false;         // with Refused on closing: somebody else changed the ticket first
    std::optional<std::int64_t> statusId = {};  // on closing: as it was read
};
/// What a call is where it was found: what was to be made of it, a comment on another call's ticket, or part of the call
/// that the ticket, or the comment, is of.
enum class Place { Own = 1, Comment, Joined };
struct LookedUp {
    /// Doubtful: a ticket carries our marker, or that of a call joined with ours, and is not what was, or is to be, sent
    /// (`detail`; similarTicketId).
    /// Gone: the ticket to comment on is not there any more (`detail`), so neither is a comment on it.
    enum class Kind { Found = 1, Absent, Failed, Doubtful, Gone };
    Kind kind{};
    std::optional<std::int64_t> ticketId;
    std::optional<std::int64_t> similarTicketId;
    std::optional<std::chrono::milliseconds> retryAfter;
    std::string detail;
    std::vector<std::int64_t> inDoubt =
        {};                       // with Failed or Doubtful: these alone, which may be ours, stand in the way
    Place place = Place::Own;     // with Found
    bool areLinesThere = false;   // with Joined: a comment holds all that the call's note would say
    bool mayLackChanges = false;  // it may say something else than the entry says now
};
/// Whether the ticket that a technician named can be ours; or, where a comment is prepared or sent, or a note sent, that its
/// ticket is not the one (any more).
struct Checked {
    /// Lacking: the comment's own ticket, without the comment.
    enum class Kind { Ours = 1, NotOurs, Failed, Lacking };
    Kind kind{};
    std::optional<std::chrono::milliseconds> retryAfter;
    std::string detail;
    bool isGone = false;          // with NotOurs: the ticket is not there, or not any more
    Place place = Place::Own;     // with Ours
    bool areLinesThere = false;   // with Joined
    bool mayLackChanges = false;  // as of LookedUp; never of one that was made by hand
    bool isByHand = false;        // with Ours: it does not have the call's reference
};
/// The wait is over.
struct TimeCame {};
struct Decided {
    protocol::DeliveryDecision decision{};
    std::optional<std::int64_t> ticketId;
};
/// What was refused is now to become something elsewhere: another ticket, a comment on another one; or is there, as the
/// ticket that a technician named.
struct Moved {
    std::optional<std::int64_t> named = {};
};
using Event =
    std::variant<Started, Prepared, Refreshed, Replied, LookedUp, Checked, TimeCame, Decided, Moved>;

enum class ActionKind {
    None = 1,
    Prepare,
    Create,
    RefreshToken,
    LookUp,
    PostNote,
    LookUpNote,
    CheckTicket,
    Wait,
    PostComment,
    LookUpComment,
    Close,
};
struct Action {
    ActionKind kind = ActionKind::None;
    std::chrono::milliseconds delay{0};
    bool isExact = false;  // asked for by NinjaOne: no jitter that shortens it
    bool operator==(const Action&) const = default;
};

struct FlowStep {
    FlowState next;
    Action action;
    bool operator==(const FlowStep&) const = default;
};

/// Notes that are sent without a word of a technician; as many attempts are there where nobody knows of any.
inline constexpr std::int32_t kMostNoteAttempts = 3;

/// An event that makes no sense in a state is ignored: the same state, no action.
FlowStep advance(const FlowState& state, const Event& event, const FlowTime& now);

/// What the faces show of it. `ticketLink` ends with "/" and is followed by the ticket's number.
/// It is Created when nothing is left to do: until then the hub keeps the draft, so that a technician can decide on the
/// note as well. The ticket's number is shown as soon as it is known.
protocol::Delivery deliveryOf(const FlowState& state, const std::string& ticketLink);

/// An earlier attempt may have left something in NinjaOne.
bool mayHaveLeft(const FlowState& state);
/// Nothing is left to do, ever.
bool isSettled(const FlowState& state);
/// Nothing is left to do until somebody decides. In any other state an action is in hand.
bool isAtRest(const FlowState& state);

}  // namespace ninja3cx::ticketing
