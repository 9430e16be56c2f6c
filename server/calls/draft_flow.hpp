#pragma once

#include "shared/protocol/codes.hpp"
#include "shared/protocol/records.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// The life of a draft, from its making to the hand-over to delivery, as a pure table.
namespace ninja3cx::calls {

enum class DraftEvent {
    Shown = 1,  // the popup is on screen
    PauseAsked,
    ResumeAsked,
    Edited,  // with fields that are accepted
    CountdownOver,
    PopupOverdue,  // waited for the popup long enough
    LinkLost,      // the agent's program is out of reach, maybe for a moment only
    AgentLeft,     // ... and did not come back
    ConfirmAsked,
    LaterAsked,
    DiscardAsked,  // with a reason
    Parted,        // the ticket that a later call's draft took it into is not made, or made without it
};

/// Hold: to the inbox, no countdown any more. StopCountdown keeps what is left of it. AwaitPopup: what is left
/// of it runs when the popup is shown again. AmendTicket: the one that NinjaOne refused is sent as it is now.
enum class DraftAction { StartCountdown = 1, StopCountdown, AwaitPopup, Hold, CreateTicket, AmendTicket };

enum class DraftRefusal {
    None = 0,
    Incomplete,  // required fields are missing
    Settled,     // confirmed or discarded before
};

/// What the decision rests on.
struct DraftSituation {
    protocol::DraftState state{};
    bool awaitsPopup = false;  // in the Inbox, and its countdown may still begin
    bool isAutomatic = false;  // at zero a ticket may be created by itself
    bool isComplete = false;   // required fields are valid
    bool isMendable = false;   // Confirmed, and NinjaOne refused what it says: there is no ticket
};

struct DraftStep {
    protocol::DraftState next;
    std::vector<DraftAction> actions;  // for the caller to perform, in this order
    DraftRefusal refusal = DraftRefusal::None;
    bool operator==(const DraftStep&) const = default;
};

/// CreateTicket appears only on the way into Confirmed, and nothing leads out of Confirmed: one ticket for a
/// draft. AmendTicket is about that same ticket. Out of Discarded leads Parted alone.
DraftStep advanceDraft(const DraftSituation& now, DraftEvent event);

/// After Parted: as it waits in the inbox. Whether NinjaOne has it is unknown: the answer that told of the other's ticket
/// may have been lost.
void comeBack(protocol::Draft& discarded, std::int64_t nowMs);

/// What keeps these fields from becoming a ticket: organizationId, requesterUid, and a subject of 1 to 200
/// characters.
std::vector<protocol::FieldProblem> problemsOf(const protocol::DraftFields& fields);

/// What is known of the analysis a draft rests on.
enum class AnalysisOutcome { Done = 1, Failed, Pending };

struct AutomationFacts {
    bool isAutoOn = true;
    bool isDraftsOnly = false;
    AnalysisOutcome analysis = AnalysisOutcome::Done;
    bool hasWords = true;
    bool isTicketWarranted = false;
    protocol::CallerMatchState caller{};
    bool isComplete = false;
    bool isEndSeen = true;         // else words of after the call may be in it
    bool isWeakMatch = false;      // the caller was recognised by a rule that proves nothing
    bool isFromRecording = false;  // who said what is not sure
};

/// Why a draft may not become a ticket by itself, as `Draft::heldBecause`; none: it may. The hub adds AgentAway,
/// PopupNotShown and Postponed for drafts that would have been automatic, and Returned.
std::optional<protocol::HeldReason> heldBecause(const AutomationFacts& facts);

}  // namespace ninja3cx::calls
