#include "server/ticketing/delivery_flow.hpp"

#include "shared/json/codec.hpp"
#include "shared/protocol/codes.hpp"
#include "shared/protocol/delivery_rules.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>

namespace ninja3cx::ticketing {

void PrintTo(const FlowStep& step, std::ostream* out) {
    *out << json::encodeText(step.next) << " action " << static_cast<int>(step.action.kind) << " after "
         << step.action.delay.count() << " ms";
}

namespace {

using namespace std::chrono_literals;
using protocol::DeliveryDecision;
using protocol::DeliveryState;

constexpr FlowTime kNow{1'767'225'600'000, 5'000'000};

FlowTime later(std::chrono::milliseconds by) {
    return {kNow.wallMs + by.count(), kNow.steadyMs + by.count()};
}

Replied replied(ReplyKind kind, std::optional<std::int64_t> ticketId = std::nullopt,
                std::optional<std::chrono::milliseconds> retryAfter = std::nullopt) {
    Replied event;
    event.kind = kind;
    event.ticketId = ticketId;
    event.retryAfter = retryAfter;
    return event;
}
LookedUp lookedUp(LookedUp::Kind kind, std::optional<std::int64_t> ticketId = std::nullopt) {
    LookedUp event;
    event.kind = kind;
    event.ticketId = ticketId;
    return event;
}
Decided decided(DeliveryDecision decision, std::optional<std::int64_t> ticketId = std::nullopt) {
    return Decided{decision, ticketId};
}

/// The events of one entry's life so far, in order; then what the last one leads to.
struct Row {
    const char* name;
    std::vector<Event> events;
    Phase phase;
    ActionKind action;
    std::chrono::milliseconds delay{0};
    std::string problemCode = {};
    bool wantsNote = false;
    bool isSolved = false;
    bool isComment = false;  // on ticket 7
};

std::vector<Event> unknown() {
    return {Started{}, Prepared{}, replied(ReplyKind::Unclear)};
}
std::vector<Event> operator+(std::vector<Event> events, std::vector<Event> more) {
    events.insert(events.end(), more.begin(), more.end());
    return events;
}
std::vector<Event> absences(int count) {
    std::vector<Event> events;
    for (int i = 0; i < count; ++i) {
        if (i > 0) events.emplace_back(TimeCame{});
        events.emplace_back(lookedUp(LookedUp::Kind::Absent));
    }
    return events;
}

std::vector<Event> failures(int count) {
    std::vector<Event> events;
    for (int i = 0; i < count; ++i) {
        if (i > 0) events.emplace_back(TimeCame{});
        events.emplace_back(lookedUp(LookedUp::Kind::Failed));
    }
    return events;
}
Checked checked(Checked::Kind kind, std::string detail = "") {
    Checked event;
    event.kind = kind;
    event.detail = std::move(detail);
    return event;
}
Checked notThere() {
    Checked event = checked(Checked::Kind::NotOurs, "does not exist in NinjaOne");
    event.isGone = true;
    return event;
}
std::vector<Event> checksFail(int count) {
    std::vector<Event> events;
    for (int i = 0; i < count; ++i) {
        if (i > 0) events.emplace_back(TimeCame{});
        events.emplace_back(checked(Checked::Kind::Failed));
    }
    return events;
}
std::vector<Event> unconfirmed() {
    return unknown() + absences(5);
}
std::vector<Event> noteSent() {
    return {Started{}, Prepared{}, replied(ReplyKind::Ok, 7)};
}
/// Refused at once and after each pause.
std::vector<Event> refusedNotes(int count) {
    std::vector<Event> events;
    for (int i = 0; i < count; ++i) {
        if (i > 0) events.emplace_back(TimeCame{});
        events.emplace_back(replied(ReplyKind::Forbidden));
    }
    return events;
}
/// Its outcome was never learned, and it was not found for long, as often as it is sent by itself.
std::vector<Event> missingNote() {
    std::vector<Event> events = noteSent();
    for (int i = 0; i < 3; ++i)
        events = std::move(events) + std::vector<Event>{replied(ReplyKind::Unclear)} + absences(5);
    return events;
}

Replied conflict() {
    Replied event = replied(ReplyKind::Refused);
    event.isConflict = true;
    return event;
}
std::vector<Event> unclearClosings(int count) {
    std::vector<Event> events;
    for (int i = 0; i < count; ++i) {
        if (i > 0) events.emplace_back(TimeCame{});
        events.emplace_back(replied(ReplyKind::Unclear));
    }
    return events;
}
/// The ticket is there and cannot be closed.
std::vector<Event> notClosed() {
    return noteSent() + std::vector<Event>{replied(ReplyKind::Refused)};
}
Row closing(const char* name, std::vector<Event> events, Phase phase, ActionKind action,
            std::chrono::milliseconds delay = 0ms, std::string problemCode = {}, bool wantsNote = false) {
    return {name, std::move(events), phase, action, delay, std::move(problemCode), wantsNote, true, false};
}
Row commenting(const char* name, std::vector<Event> events, Phase phase, ActionKind action,
               std::chrono::milliseconds delay = 0ms, std::string problemCode = {}, bool wantsNote = false,
               bool isSolved = false) {
    return {name, std::move(events), phase, action, delay, std::move(problemCode), wantsNote, isSolved, true};
}

class DeliveryFlow : public testing::TestWithParam<Row> {};

TEST_P(DeliveryFlow, LeadsTo) {
    FlowStep step;
    step.next.wantsNote = GetParam().wantsNote;
    if (GetParam().isSolved) step.next.wantsClose = true;
    if (GetParam().isComment) step.next.commentsOn = 7;
    for (const Event& event : GetParam().events) step = advance(step.next, event, kNow);
    EXPECT_EQ(step.next.phase, GetParam().phase);
    EXPECT_EQ(step.action.kind, GetParam().action);
    EXPECT_EQ(step.action.delay, GetParam().delay);
    EXPECT_EQ(step.next.problemCode, GetParam().problemCode);
    EXPECT_TRUE(step.next.problemCode.empty() ||
                protocol::codeNamed<protocol::DeliveryProblem>(step.next.problemCode))
        << "no face has words for it";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DeliveryFlow,
    testing::Values(
        Row{"ANewEntryIsPreparedFirst", {Started{}}, Phase::Queued, ActionKind::Prepare},
        Row{"TheIntentPrecedesTheRequest", {Started{}, Prepared{}}, Phase::Sending, ActionKind::Create},
        Row{"CreatedWithoutNoteIsDone",
            {Started{}, Prepared{}, replied(ReplyKind::Ok, 7)},
            Phase::Done,
            ActionKind::None},
        Row{"AnswerWithoutTicketIsLookedUp",
            {Started{}, Prepared{}, replied(ReplyKind::Ok)},
            Phase::Unknown,
            ActionKind::LookUp,
            0ms,
            "lookingUp"},
        Row{"FirstRefusedTokenIsReplaced",
            {Started{}, Prepared{}, replied(ReplyKind::Expired)},
            Phase::Refreshing,
            ActionKind::RefreshToken},
        Row{"ThenItIsSentOnceMore",
            {Started{}, Prepared{}, replied(ReplyKind::Expired), Refreshed{}},
            Phase::Sending,
            ActionKind::Create},
        Row{"SecondRefusedTokenWaitsForALogin",
            {Started{}, Prepared{}, replied(ReplyKind::Expired), Refreshed{}, replied(ReplyKind::Expired)},
            Phase::Waiting,
            ActionKind::Wait,
            60s,
            "needsLogin"},
        Row{"NoRefreshTokenWaitsForALogin",
            {Started{}, replied(ReplyKind::NeedsLogin)},
            Phase::Waiting,
            ActionKind::Wait,
            60s,
            "needsLogin"},
        Row{"ThrottledWaitsAsLongAsAsked",
            {Started{}, Prepared{}, replied(ReplyKind::Throttled, std::nullopt, 7s)},
            Phase::Waiting,
            ActionKind::Wait,
            7s,
            "throttled"},
        Row{"ThrottledWithoutHintBacksOff",
            {Started{}, Prepared{}, replied(ReplyKind::Throttled), TimeCame{}, Prepared{},
             replied(ReplyKind::Throttled), TimeCame{}, Prepared{}, replied(ReplyKind::Throttled)},
            Phase::Waiting,
            ActionKind::Wait,
            8s,
            "throttled"},
        Row{"RetryAfterZeroMakesNoStorm",
            {Started{}, Prepared{}, replied(ReplyKind::Throttled, std::nullopt, 0s), TimeCame{}, Prepared{},
             replied(ReplyKind::Throttled, std::nullopt, 0s)},
            Phase::Waiting,
            ActionKind::Wait,
            2s,
            "throttled"},
        Row{"UnreachableIsTriedAgain",
            {Started{}, Prepared{}, replied(ReplyKind::Unreachable)},
            Phase::Waiting,
            ActionKind::Wait,
            2s,
            "unreachable"},
        Row{"AfterTheWaitItIsPreparedAgain",
            {Started{}, Prepared{}, replied(ReplyKind::Unreachable), TimeCame{}},
            Phase::Queued,
            ActionKind::Prepare,
            0ms,
            "unreachable"},
        Row{"RefusedIsRejected",
            {Started{}, Prepared{}, replied(ReplyKind::Refused)},
            Phase::Rejected,
            ActionKind::None,
            0ms,
            "refused"},
        Row{"AMachineTokenIsRejected",
            {Started{}, Prepared{}, replied(ReplyKind::UserContext)},
            Phase::Rejected,
            ActionKind::None,
            0ms,
            "userContextRequired"},
        Row{"MissingPermissionIsRejected",
            {Started{}, Prepared{}, replied(ReplyKind::Forbidden)},
            Phase::Rejected,
            ActionKind::None,
            0ms,
            "forbidden"},
        Row{"ServerErrorIsLookedUp", unknown(), Phase::Unknown, ActionKind::LookUp, 0ms, "lookingUp"},
        Row{"SecondLookUpAfterTwoSeconds", unknown() + absences(1), Phase::Unknown, ActionKind::Wait, 2s,
            "lookingUp"},
        Row{"ThirdLookUpAtFive", unknown() + absences(2), Phase::Unknown, ActionKind::Wait, 3s, "lookingUp"},
        Row{"FourthLookUpAtFifteen", unknown() + absences(3), Phase::Unknown, ActionKind::Wait, 10s,
            "lookingUp"},
        Row{"FifthLookUpAtSixty", unknown() + absences(4), Phase::Unknown, ActionKind::Wait, 45s,
            "lookingUp"},
        Row{"AbsentForAMinuteIsUnconfirmed", unknown() + absences(5), Phase::Unconfirmed, ActionKind::None,
            0ms, "unconfirmed"},
        Row{"FoundIsCreated",
            unknown() + absences(1) + std::vector<Event>{TimeCame{}, lookedUp(LookedUp::Kind::Found, 9)},
            Phase::Done, ActionKind::None},
        Row{"AFailedLookUpIsNotAbsent",
            unknown() + absences(4) + std::vector<Event>{TimeCame{}, lookedUp(LookedUp::Kind::Failed)},
            Phase::Unknown, ActionKind::Wait, 60s, "lookingUp"},
        Row{"AStopWhileSendingIsLookedUp",
            {Started{}, Prepared{}, Started{}},
            Phase::Unknown,
            ActionKind::LookUp,
            0ms,
            "lookingUp"},
        Row{"AStopWhileRefreshingSentNothing",
            {Started{}, Prepared{}, replied(ReplyKind::Expired), Started{}},
            Phase::Queued,
            ActionKind::Prepare},
        Row{"AWebPageWaitsThenLooksUp",
            {Started{}, Prepared{}, replied(ReplyKind::Page, std::nullopt, 4s), TimeCame{}},
            Phase::Unknown,
            ActionKind::LookUp,
            0ms,
            "throttled"},
        Row{"AWebPageThatNamesNoTimeIsAnErrorAndNoThrottle",
            {Started{}, Prepared{}, replied(ReplyKind::Page)},
            Phase::Unknown,
            ActionKind::Wait,
            2s,
            "serverError"},
        Row{"AWebPageIsNeverSentAgainByItself",
            std::vector<Event>{Started{}, Prepared{}, replied(ReplyKind::Page), TimeCame{}} + absences(5),
            Phase::Unconfirmed, ActionKind::None, 0ms, "unconfirmed"},
        Row{"SendAgainLooksUpFirst",
            unknown() + absences(5) + std::vector<Event>{decided(DeliveryDecision::SendAgain)},
            Phase::Unknown, ActionKind::LookUp, 0ms, "lookingUp"},
        Row{"SendAgainSendsWhenAbsent",
            unknown() + absences(5) +
                std::vector<Event>{decided(DeliveryDecision::SendAgain), lookedUp(LookedUp::Kind::Absent),
                                   Prepared{}},
            Phase::Sending, ActionKind::Create},
        Row{"SendAgainFindsWhatCameLate",
            unknown() + absences(5) +
                std::vector<Event>{decided(DeliveryDecision::SendAgain), lookedUp(LookedUp::Kind::Found, 3)},
            Phase::Done, ActionKind::None},
        Row{"SendAgainOfARefusedOneIsSent",
            {Started{}, Prepared{}, replied(ReplyKind::Refused), decided(DeliveryDecision::SendAgain)},
            Phase::Queued,
            ActionKind::Prepare},
        Row{"ANamedTicketIsLookedAtFirst",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12)}, Phase::Checking,
            ActionKind::CheckTicket, 0ms, "comparing"},
        Row{"ANamedTicketThatCanBeOursIsCreated",
            unconfirmed() +
                std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12), checked(Checked::Kind::Ours)},
            Phase::Done, ActionKind::None},
        Row{"ANamedTicketOfSomebodyElseGoesBackToUnconfirmed",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12),
                                               checked(Checked::Kind::NotOurs)},
            Phase::Unconfirmed, ActionKind::None, 0ms, "notThisCalls"},
        Row{"ANamedTicketThatIsNotThereGoesBackToUnconfirmed",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12), notThere()},
            Phase::Unconfirmed, ActionKind::None, 0ms, "noSuchTicket"},
        Row{"ANamedTicketOfSomebodyElseGoesBackToRejected",
            {Started{}, Prepared{}, replied(ReplyKind::Refused), decided(DeliveryDecision::AlreadyThere, 12),
             checked(Checked::Kind::NotOurs)},
            Phase::Rejected,
            ActionKind::None,
            0ms,
            "notThisCalls"},
        Row{"ANamedTicketThatCannotBeReadIsTriedAgain",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12)} + checksFail(1),
            Phase::Checking, ActionKind::Wait, 2s, "comparing"},
        Row{"ANamedTicketThatCannotBeReadGoesBack",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12)} + checksFail(5),
            Phase::Unconfirmed, ActionKind::None, 0ms, "lookUpFails"},
        Row{"AStopWhileANamedTicketIsLookedAtLooksAgain",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12), Started{}},
            Phase::Checking, ActionKind::CheckTicket, 0ms, "comparing"},
        Row{"AlreadyThereWithoutANumberChangesNothing",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere)}, Phase::Unconfirmed,
            ActionKind::None, 0ms, "unconfirmed"},
        Row{"SendAgainIsNotSentAfterAFailedLookUp",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::SendAgain)} + failures(1),
            Phase::Unknown, ActionKind::Wait, 2s, "lookingUp"},
        Row{"SendAgainIsNeverSentAfterFailedLookUpsOnly",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::SendAgain)} + failures(5),
            Phase::Unconfirmed, ActionKind::None, 0ms, "lookUpFails"},
        Row{"SendAgainIsSentWhenALaterLookUpFindsNothing",
            unconfirmed() + std::vector<Event>{decided(DeliveryDecision::SendAgain)} + failures(4) +
                std::vector<Event>{TimeCame{}, lookedUp(LookedUp::Kind::Absent), Prepared{}},
            Phase::Sending, ActionKind::Create},
        Row{"ATicketWithOurMarkThatIsNotWhatWasSentIsForATechnician",
            unknown() + std::vector<Event>{lookedUp(LookedUp::Kind::Doubtful)}, Phase::Unconfirmed,
            ActionKind::None, 0ms, "unconfirmed"},
        Row{"SendAgainIsNotSentBesideADoubtfulOne",
            unconfirmed() +
                std::vector<Event>{decided(DeliveryDecision::SendAgain), lookedUp(LookedUp::Kind::Doubtful)},
            Phase::Unconfirmed, ActionKind::None, 0ms, "unconfirmed"},
        Row{"ARestartGoesOnWithTheWaitBetweenLookUps",
            unknown() + absences(4) + std::vector<Event>{Started{}}, Phase::Unknown, ActionKind::Wait, 45s,
            "lookingUp"},
        Row{"ALookUpThatAStopCutOffIsMadeAgain", unknown() + std::vector<Event>{Started{}}, Phase::Unknown,
            ActionKind::LookUp, 0ms, "lookingUp"},
        Row{"ALookUpThatNoServerOutlivesIsForATechnician",
            unknown() + std::vector<Event>(15, Event{Started{}}), Phase::Unconfirmed, ActionKind::None, 0ms,
            "lookUpFails"},
        Row{"GivenUpStaysGivenUp",
            unknown() + absences(5) + std::vector<Event>{decided(DeliveryDecision::GiveUp), Started{}},
            Phase::GivenUp, ActionKind::None, 0ms, "givenUp"},
        Row{"ADecisionWhileSendingIsIgnored",
            {Started{}, Prepared{}, decided(DeliveryDecision::SendAgain)},
            Phase::Sending,
            ActionKind::None},
        Row{"ALateAnswerChangesNothing",
            {Started{}, Prepared{}, replied(ReplyKind::Ok, 7), replied(ReplyKind::Unclear)},
            Phase::Done,
            ActionKind::None},
        Row{"UnconfirmedAsksNobodyAfterARestart", unknown() + absences(5) + std::vector<Event>{Started{}},
            Phase::Unconfirmed, ActionKind::None, 0ms, "unconfirmed"}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    NoteRows, DeliveryFlow,
    testing::Values(
        Row{"TheNoteFollowsTheTicket",
            {Started{}, Prepared{}, replied(ReplyKind::Ok, 7)},
            Phase::NoteSending,
            ActionKind::PostNote,
            0ms,
            "",
            true},
        Row{"TheNoteIsAcknowledged",
            {Started{}, Prepared{}, replied(ReplyKind::Ok, 7), replied(ReplyKind::Ok)},
            Phase::Done,
            ActionKind::None,
            0ms,
            "",
            true},
        Row{"AnUnclearNoteIsLookedUp",
            {Started{}, Prepared{}, replied(ReplyKind::Ok, 7), replied(ReplyKind::Unclear)},
            Phase::NoteUnknown,
            ActionKind::LookUpNote,
            0ms,
            "lookingUp",
            true},
        Row{"AStopWhileTheNoteIsSentIsLookedUp",
            {Started{}, Prepared{}, replied(ReplyKind::Ok, 7), Started{}},
            Phase::NoteUnknown,
            ActionKind::LookUpNote,
            0ms,
            "lookingUp",
            true},
        Row{"AnAbsentNoteIsSentAgain",
            std::vector<Event>{Started{}, Prepared{}, replied(ReplyKind::Ok, 7),
                               replied(ReplyKind::Unclear)} +
                absences(5),
            Phase::NoteSending, ActionKind::PostNote, 0ms, "", true},
        Row{"AFoundNoteIsNot",
            {Started{}, Prepared{}, replied(ReplyKind::Ok, 7), replied(ReplyKind::Unclear),
             lookedUp(LookedUp::Kind::Found, 7)},
            Phase::Done,
            ActionKind::None,
            0ms,
            "",
            true},
        Row{"ARefusedNoteIsTriedAgainInAMinute", noteSent() + refusedNotes(1), Phase::NoteWaiting,
            ActionKind::Wait, 60s, "noteRefused", true},
        Row{"ARefusedNoteIsTriedAgainLaterEachTime", noteSent() + refusedNotes(3), Phase::NoteWaiting,
            ActionKind::Wait, 1'800s, "noteRefused", true},
        Row{"ANoteRefusedAgainAndAgainIsHeld", noteSent() + refusedNotes(4), Phase::NoteHeld,
            ActionKind::None, 0ms, "noteRefused", true},
        Row{"AHeldNoteAsksNobodyAfterARestart", noteSent() + refusedNotes(4) + std::vector<Event>{Started{}},
            Phase::NoteHeld, ActionKind::None, 0ms, "noteRefused", true},
        Row{"SendAgainOfARefusedNoteSendsTheNoteAlone",
            noteSent() + refusedNotes(4) + std::vector<Event>{decided(DeliveryDecision::SendAgain)},
            Phase::NoteSending, ActionKind::PostNote, 0ms, "", true},
        Row{"SendAgainOfARefusedNoteIsTriedAsOftenAsTheFirst",
            noteSent() + refusedNotes(4) + std::vector<Event>{decided(DeliveryDecision::SendAgain)} +
                refusedNotes(1),
            Phase::NoteWaiting, ActionKind::Wait, 60s, "noteRefused", true},
        Row{"ANoteThatStaysAbsentIsHeld", missingNote(), Phase::NoteHeld, ActionKind::None, 0ms,
            "noteMissing", true},
        Row{"SendAgainOfAMissingNoteLooksFirst",
            missingNote() + std::vector<Event>{decided(DeliveryDecision::SendAgain)}, Phase::NoteUnknown,
            ActionKind::LookUpNote, 0ms, "lookingUp", true},
        Row{"SendAgainOfAMissingNoteSendsItWhenAbsent",
            missingNote() +
                std::vector<Event>{decided(DeliveryDecision::SendAgain), lookedUp(LookedUp::Kind::Absent)},
            Phase::NoteSending, ActionKind::PostNote, 0ms, "", true},
        Row{"SendAgainOfAMissingNoteFindsWhatCameLate",
            missingNote() +
                std::vector<Event>{decided(DeliveryDecision::SendAgain), lookedUp(LookedUp::Kind::Found, 7)},
            Phase::Done, ActionKind::None, 0ms, "", true},
        Row{"SendAgainOfAMissingNoteIsNeverSentAfterFailedLookUpsOnly",
            missingNote() + std::vector<Event>{decided(DeliveryDecision::SendAgain)} + failures(5),
            Phase::NoteHeld, ActionKind::None, 0ms, "noteMissing", true},
        Row{"ANoteThatCannotBeAskedForIsHeld",
            noteSent() + std::vector<Event>{replied(ReplyKind::Unclear)} + failures(15), Phase::NoteHeld,
            ActionKind::None, 0ms, "noteMissing", true},
        Row{"AfterAPauseANoteThatMayExistIsLookedForFirst",
            noteSent() + std::vector<Event>{replied(ReplyKind::Unclear)} + absences(5) +
                std::vector<Event>{replied(ReplyKind::Throttled), TimeCame{}},
            Phase::NoteUnknown, ActionKind::LookUpNote, 0ms, "lookingUp", true},
        Row{"AnotherNumberForAHeldNoteIsRefused",
            noteSent() + refusedNotes(4) + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 8)},
            Phase::NoteHeld, ActionKind::None, 0ms, "noteMissing", true},
        Row{"AHeldNoteThatATechnicianSawToIsDone",
            noteSent() + refusedNotes(4) + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 7)},
            Phase::Done, ActionKind::None, 0ms, "noteMissing", true},
        Row{"AHeldNoteMayBeGivenUp",
            noteSent() + refusedNotes(4) + std::vector<Event>{decided(DeliveryDecision::GiveUp)}, Phase::Done,
            ActionKind::None, 0ms, "noteMissing", true},
        Row{"ATicketThatSomebodyNamedIsAskedForTheNoteFirst",
            unconfirmed() +
                std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12), checked(Checked::Kind::Ours)},
            Phase::NoteUnknown, ActionKind::LookUpNote, 0ms, "lookingUp", true}),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    CloseRows, DeliveryFlow,
    testing::Values(
        closing("ASolvedTicketIsClosedWhenItIsThere", noteSent(), Phase::Closing, ActionKind::Close),
        closing("ItsNoteComesBefore", noteSent(), Phase::NoteSending, ActionKind::PostNote, 0ms, "", true),
        closing("ItIsClosedAfterItsNote", noteSent() + std::vector<Event>{replied(ReplyKind::Ok)},
                Phase::Closing, ActionKind::Close, 0ms, "", true),
        closing("ATicketThatWasLookedUpIsClosed",
                unknown() + std::vector<Event>{lookedUp(LookedUp::Kind::Found, 7)}, Phase::Closing,
                ActionKind::Close),
        closing("AClosedOneIsDone", noteSent() + std::vector<Event>{replied(ReplyKind::Ok)}, Phase::Done,
                ActionKind::None),
        closing("AnUnclearClosingIsTriedAgain", noteSent() + unclearClosings(1), Phase::CloseWaiting,
                ActionKind::Wait, 2s, "serverError"),
        closing("AndReadsTheTicketAgain", noteSent() + unclearClosings(1) + std::vector<Event>{TimeCame{}},
                Phase::Closing, ActionKind::Close, 0ms, "serverError"),
        closing("AClosingThatStaysUnclearIsForATechnician", noteSent() + unclearClosings(15),
                Phase::CloseHeld, ActionKind::None, 0ms, "closeRefused"),
        closing("AStopWhileItIsClosedReadsTheTicketAgain", noteSent() + std::vector<Event>{Started{}},
                Phase::Closing, ActionKind::Close),
        closing("AClosingThatNoServerOutlivesIsForATechnician",
                noteSent() + std::vector<Event>(15, Event{Started{}}), Phase::CloseHeld, ActionKind::None,
                0ms, "closeRefused"),
        closing("ARestartGoesOnWithTheWaitBeforeAClosing",
                noteSent() + unclearClosings(3) + std::vector<Event>{Started{}}, Phase::CloseWaiting,
                ActionKind::Wait, 8s, "serverError"),
        closing("AConflictReadsTheTicketAgainAtOnce", noteSent() + std::vector<Event>{conflict()},
                Phase::Closing, ActionKind::Close),
        closing("TwoConflictsAreMended", noteSent() + std::vector<Event>{conflict(), conflict()},
                Phase::Closing, ActionKind::Close),
        closing("TheThirdIsForATechnician",
                noteSent() + std::vector<Event>{conflict(), conflict(), conflict()}, Phase::CloseHeld,
                ActionKind::None, 0ms, "closeRefused"),
        closing("ARefusedTokenIsReplaced", noteSent() + std::vector<Event>{replied(ReplyKind::Expired)},
                Phase::CloseRefreshing, ActionKind::RefreshToken),
        closing("ThenItIsClosedOnceMore",
                noteSent() + std::vector<Event>{replied(ReplyKind::Expired), Refreshed{}}, Phase::Closing,
                ActionKind::Close),
        closing("TheNextRefusedTokenWaitsForALogin",
                noteSent() +
                    std::vector<Event>{replied(ReplyKind::Expired), Refreshed{}, replied(ReplyKind::Expired)},
                Phase::CloseWaiting, ActionKind::Wait, 60s, "needsLogin"),
        closing("AThrottledClosingWaitsAsLongAsAsked",
                noteSent() + std::vector<Event>{replied(ReplyKind::Throttled, std::nullopt, 7s)},
                Phase::CloseWaiting, ActionKind::Wait, 7s, "throttled"),
        closing("ARefusedClosingIsForATechnician", notClosed(), Phase::CloseHeld, ActionKind::None, 0ms,
                "closeRefused"),
        closing("AForbiddenOneToo", noteSent() + std::vector<Event>{replied(ReplyKind::Forbidden)},
                Phase::CloseHeld, ActionKind::None, 0ms, "closeRefused"),
        closing("ItAsksNobodyAfterARestart", notClosed() + std::vector<Event>{Started{}}, Phase::CloseHeld,
                ActionKind::None, 0ms, "closeRefused"),
        closing("SendAgainClosesAlone",
                notClosed() + std::vector<Event>{decided(DeliveryDecision::SendAgain)}, Phase::Closing,
                ActionKind::Close),
        closing("SendAgainMendsConflictsAnew",
                noteSent() + std::vector<Event>{conflict(), conflict(), conflict(),
                                                decided(DeliveryDecision::SendAgain), conflict()},
                Phase::Closing, ActionKind::Close),
        closing("ATicketThatATechnicianClosedIsDone",
                notClosed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 7)}, Phase::Done,
                ActionKind::None, 0ms, "closeRefused"),
        closing("AnotherNumberIsNot",
                notClosed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 8)},
                Phase::CloseHeld, ActionKind::None, 0ms, "closeRefused"),
        closing("ClosingMayBeGivenUp", notClosed() + std::vector<Event>{decided(DeliveryDecision::GiveUp)},
                Phase::Done, ActionKind::None, 0ms, "closeRefused"),
        closing("ATicketWhoseNoteWasGivenUpIsClosed",
                noteSent() + refusedNotes(4) + std::vector<Event>{decided(DeliveryDecision::GiveUp)},
                Phase::Closing, ActionKind::Close, 0ms, "", true),
        closing("AndStillSaysThatTheNoteIsMissing",
                noteSent() + refusedNotes(4) +
                    std::vector<Event>{decided(DeliveryDecision::GiveUp), replied(ReplyKind::Ok)},
                Phase::Done, ActionKind::None, 0ms, "noteMissing", true)),
    [](const auto& info) { return std::string{info.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    CommentRows, DeliveryFlow,
    testing::Values(
        commenting("ACommentIsPreparedFirst", {Started{}}, Phase::Queued, ActionKind::Prepare),
        commenting("ItIsSentInPlaceOfATicket", {Started{}, Prepared{}}, Phase::Sending,
                   ActionKind::PostComment),
        commenting("ItIsThere", {Started{}, Prepared{}, replied(ReplyKind::Ok)}, Phase::Done,
                   ActionKind::None),
        commenting("ItsNoteFollows", {Started{}, Prepared{}, replied(ReplyKind::Ok)}, Phase::NoteSending,
                   ActionKind::PostNote, 0ms, "", true, true),
        commenting("ItsTicketIsClosedWhenTheCallWasSolved", {Started{}, Prepared{}, replied(ReplyKind::Ok)},
                   Phase::Closing, ActionKind::Close, 0ms, "", false, true),
        commenting("AWrongTicketIsForATechnician", {Started{}, checked(Checked::Kind::NotOurs)},
                   Phase::Rejected, ActionKind::None, 0ms, "targetGone"),
        commenting("ATicketThatIsGoneWhenItIsSentToo",
                   {Started{}, Prepared{}, checked(Checked::Kind::NotOurs)}, Phase::Rejected,
                   ActionKind::None, 0ms, "targetGone"),
        commenting("SendAgainLooksAtItsTicketAgain",
                   {Started{}, checked(Checked::Kind::NotOurs), decided(DeliveryDecision::SendAgain)},
                   Phase::Queued, ActionKind::Prepare),
        commenting("AnUnclearOneIsLookedFor", unknown(), Phase::Unknown, ActionKind::LookUpComment, 0ms,
                   "lookingUp"),
        commenting("OneThatIsFoundIsThere",
                   unknown() + std::vector<Event>{lookedUp(LookedUp::Kind::Found, 7)}, Phase::Done,
                   ActionKind::None),
        commenting("OneThatStaysAbsentIsNotSentAgainByItself", unconfirmed(), Phase::Unconfirmed,
                   ActionKind::None, 0ms, "unconfirmed"),
        commenting("OneThatCannotBeLookedForIsNotEither", unknown() + failures(15), Phase::Unconfirmed,
                   ActionKind::None, 0ms, "lookUpFails"),
        commenting("AStopWhileItIsSentIsLookedUp", {Started{}, Prepared{}, Started{}}, Phase::Unknown,
                   ActionKind::LookUpComment, 0ms, "lookingUp"),
        commenting("SendAgainLooksForItFirst",
                   unconfirmed() + std::vector<Event>{decided(DeliveryDecision::SendAgain)}, Phase::Unknown,
                   ActionKind::LookUpComment, 0ms, "lookingUp"),
        commenting("SendAgainSendsItWhenAbsent",
                   unconfirmed() + std::vector<Event>{decided(DeliveryDecision::SendAgain),
                                                      lookedUp(LookedUp::Kind::Absent), Prepared{}},
                   Phase::Sending, ActionKind::PostComment),
        commenting("AnotherNumberThanItsTicketsIsRefused",
                   unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 8)},
                   Phase::Unconfirmed, ActionKind::None, 0ms, "notThisCalls"),
        commenting("ItsTicketsNumberIsLookedAt",
                   unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 7)},
                   Phase::Checking, ActionKind::CheckTicket, 0ms, "comparing"),
        commenting("AndTaken",
                   unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 7),
                                                      checked(Checked::Kind::Ours)},
                   Phase::Done, ActionKind::None),
        commenting("UnlessItIsGone",
                   unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 7), notThere()},
                   Phase::Unconfirmed, ActionKind::None, 0ms, "targetGone"),
        commenting("ARefusedOneIsRejected", {Started{}, Prepared{}, replied(ReplyKind::Refused)},
                   Phase::Rejected, ActionKind::None, 0ms, "refused")),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(DeliveryFlowState, ClosesNoTicketThatWasTakenAsSolved) {
    FlowStep step;
    step.next.wantsClose = true;
    Replied made = replied(ReplyKind::Ok, 7);
    made.isClosed = true;
    for (const Event& event : std::vector<Event>{Started{}, Prepared{}, made})
        step = advance(step.next, event, kNow);
    EXPECT_EQ(step.next.phase, Phase::Done);
}

TEST(DeliveryFlowState, ShowsATicketThatIsNotClosedWithItsNumber) {
    FlowStep step;
    step.next.wantsClose = true;
    for (const Event& event : notClosed()) step = advance(step.next, event, kNow);
    const protocol::Delivery delivery = deliveryOf(step.next, "https://n/");
    EXPECT_EQ(delivery.state, DeliveryState::Rejected);
    EXPECT_EQ(delivery.ticketId, TicketId{7});
}

TEST(DeliveryFlowState, SaysWhichTicketACommentCannotGoTo) {
    FlowStep step;
    step.next.commentsOn = 7;
    step = advance(step.next, Started{}, kNow);
    step = advance(step.next, checked(Checked::Kind::NotOurs, "was deleted in NinjaOne"), kNow);
    EXPECT_EQ(step.next.problem, "ticket 7 was deleted in NinjaOne: nothing was added to it");
    const protocol::Delivery delivery = deliveryOf(step.next, "https://n/");
    EXPECT_EQ(delivery.state, DeliveryState::Rejected);
    EXPECT_EQ(delivery.field, "commentOn");
    EXPECT_FALSE(delivery.ticketId);
}

struct FieldRow {
    const char* ninja;
    const char* draft;
};
class ARefusedField : public testing::TestWithParam<FieldRow> {};
TEST_P(ARefusedField, IsNamedAsTheDraftNamesIt) {
    Replied refused = replied(ReplyKind::Refused);
    refused.field = GetParam().ninja;
    FlowStep step;
    for (const Event& event : std::vector<Event>{Started{}, Prepared{}, refused})
        step = advance(step.next, event, kNow);
    EXPECT_EQ(deliveryOf(step.next, "").field, GetParam().draft);
    step = advance(step.next, decided(DeliveryDecision::SendAgain), kNow);
    EXPECT_FALSE(deliveryOf(step.next, "").field);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ARefusedField,
    testing::Values(FieldRow{"clientId", "organizationId"}, FieldRow{"nodeId", "deviceId"},
                    FieldRow{"locationId", "locationId"}, FieldRow{"requesterUid", "requesterUid"},
                    FieldRow{"subject", "subject"}, FieldRow{"status", "status"},
                    FieldRow{"ticketFormId", "ticketFormId"}, FieldRow{"attributes", "attributes"},
                    FieldRow{"attributeId", "attributes"}, FieldRow{"description", "summary"},
                    FieldRow{"timeTracked", "timeTrackedS"},
                    FieldRow{"assignedAppUserId", "assignedAppUserId"}),
    [](const auto& info) { return std::string{info.param.ninja}; });

/// What a technician was told of a comment on ticket 77: that ticket 12 or 9 may have the call.
FlowState heldWithTwoInDoubt() {
    FlowState state;
    state.commentsOn = 77;
    state.mayExist = true;
    state.mayBeElsewhere = true;
    state.phase = Phase::Unknown;
    state.goal = LookUpGoal::BeforeRepeat;
    LookedUp seen = lookedUp(LookedUp::Kind::Doubtful);
    seen.similarTicketId = 12;
    seen.inDoubt = {12, 9};
    return advance(state, seen, kNow).next;
}

TEST(DeliveryFlowState, ACommentMayBeInAnyOfTheTicketsThatWereNamed) {
    for (const std::int64_t id : {12, 9}) {
        const FlowStep step =
            advance(heldWithTwoInDoubt(), decided(DeliveryDecision::AlreadyThere, id), kNow);
        EXPECT_EQ(step.next.phase, Phase::Checking) << id;
        EXPECT_EQ(step.next.claimedTicketId, id);
    }
}

TEST(DeliveryFlowState, TheTicketsInDoubtStaySoAfterAWrongAnswer) {
    const std::vector<TicketId> both{TicketId{12}, TicketId{9}};
    const FlowState held = heldWithTwoInDoubt();
    EXPECT_EQ(held.problemCode, "inDoubt");
    EXPECT_EQ(deliveryOf(held, "").ticketsInDoubt, both);
    EXPECT_FALSE(deliveryOf(held, "").comparedTicketId);
    FlowStep step = advance(held, decided(DeliveryDecision::AlreadyThere, 13), kNow);
    EXPECT_EQ(step.next.phase, Phase::Unconfirmed);
    EXPECT_EQ(step.next.problem, "the call is for ticket 77, not for ticket 13: nothing was added to it");
    EXPECT_EQ(deliveryOf(step.next, "").comparedTicketId, TicketId{13});
    EXPECT_EQ(deliveryOf(step.next, "").ticketsInDoubt, both);
    step = advance(step.next, decided(DeliveryDecision::AlreadyThere, 12), kNow);
    EXPECT_EQ(deliveryOf(step.next, "").comparedTicketId, TicketId{12});
    EXPECT_FALSE(deliveryOf(step.next, "").ticketsInDoubt) << "nobody is asked";
    step = advance(step.next, checked(Checked::Kind::NotOurs), kNow);
    EXPECT_EQ(step.next.phase, Phase::Unconfirmed);
    EXPECT_EQ(deliveryOf(step.next, "").comparedTicketId, TicketId{12});
    EXPECT_EQ(deliveryOf(step.next, "").ticketsInDoubt, both);
    const FlowStep other = advance(step.next, decided(DeliveryDecision::AlreadyThere, 9), kNow);
    EXPECT_EQ(other.next.phase, Phase::Checking);
    step = advance(step.next, decided(DeliveryDecision::SendAgain), kNow);
    EXPECT_EQ(step.next.dismissed, held.named);
    EXPECT_FALSE(deliveryOf(step.next, "").comparedTicketId);
}

TEST(DeliveryFlowState, AsksToLookAtWhatMayBeTheCallsWhenLookUpsKeepFailing) {
    FlowStep step;
    for (const Event& event : unknown()) step = advance(step.next, event, kNow);
    LookedUp seen = lookedUp(LookedUp::Kind::Failed);
    seen.inDoubt = {12, 9};
    for (int i = 0; i < 15; ++i) {
        step = advance(step.next, seen, kNow);
        EXPECT_EQ(deliveryOf(step.next, "").ticketsInDoubt.has_value(), i == 14);
        if (i < 14) step = advance(step.next, TimeCame{}, kNow);
    }
    EXPECT_EQ(step.next.problemCode, "lookUpFails");
    EXPECT_EQ(deliveryOf(step.next, "").ticketsInDoubt, (std::vector<TicketId>{TicketId{12}, TicketId{9}}));
    step = advance(step.next, decided(DeliveryDecision::SendAgain), kNow);
    EXPECT_FALSE(step.next.dismissed) << "nobody was told what that says";
}

TEST(DeliveryFlowState, AsksToLookAtATicketThatLooksAlike) {
    FlowState state;
    for (const Event& event : unknown()) state = advance(state, event, kNow).next;
    for (const Event& event : absences(5)) {
        Event seen = event;
        if (auto* absent = std::get_if<LookedUp>(&seen)) absent->similarTicketId = 7;
        state = advance(state, seen, kNow).next;
    }
    EXPECT_EQ(state.problemCode, "unconfirmed");
    EXPECT_EQ(deliveryOf(state, "").ticketsInDoubt, std::vector<TicketId>{TicketId{7}});
}

/// Refused, and a technician makes something else of it; an earlier attempt may have left something.
FlowState refusedAndMoved() {
    FlowState state;
    for (const Event& event : unconfirmed()) state = advance(state, event, kNow).next;
    for (const Event& event :
         std::vector<Event>{decided(DeliveryDecision::SendAgain), lookedUp(LookedUp::Kind::Absent),
                            Prepared{}, replied(ReplyKind::Refused), Moved{}})
        state = advance(state, event, kNow).next;
    EXPECT_EQ(state.goal, LookUpGoal::BeforeMove);
    return state;
}

TEST(DeliveryFlowState, SaysWhatBecameOfAMove) {
    FlowState state = advance(refusedAndMoved(), lookedUp(LookedUp::Kind::Absent), kNow).next;
    EXPECT_EQ(state.problemCode, "notInNinja");
    EXPECT_TRUE(protocol::isMendable(deliveryOf(state, "")));
    state = refusedAndMoved();
    for (const Event& event : failures(5)) state = advance(state, event, kNow).next;
    EXPECT_EQ(state.problemCode, "notMoved");
    EXPECT_TRUE(protocol::isMendable(deliveryOf(state, "")));
    LookedUp seen = lookedUp(LookedUp::Kind::Doubtful);
    seen.inDoubt = {12};
    state = advance(refusedAndMoved(), seen, kNow).next;
    EXPECT_EQ(state.problemCode, "inDoubt");
    EXPECT_EQ(deliveryOf(state, "").ticketsInDoubt, std::vector<TicketId>{TicketId{12}});
    EXPECT_TRUE(protocol::isMendable(deliveryOf(state, "")));
}

TEST(DeliveryFlowState, AMoveThatIsCutOffForgetsNothing) {
    const FlowStep after = advance(refusedAndMoved(), Started{}, kNow);
    EXPECT_EQ(after.next.phase, Phase::Rejected);
    EXPECT_EQ(after.next.problemCode, "notMoved");
    EXPECT_TRUE(mayHaveLeft(after.next));
    EXPECT_EQ(after.action.kind, ActionKind::None);
}

TEST(DeliveryFlowState, AComparisonOfWhatWasRefusedThatIsCutOffIsAskedForAgain) {
    FlowState state;
    for (const Event& event : std::vector<Event>{Started{}, Prepared{}, replied(ReplyKind::Refused),
                                                 decided(DeliveryDecision::AlreadyThere, 12)})
        state = advance(state, event, kNow).next;
    ASSERT_EQ(state.phase, Phase::Checking);
    const FlowStep after = advance(state, Started{}, kNow);
    EXPECT_EQ(after.next.phase, Phase::Rejected);
    EXPECT_TRUE(protocol::isMendable(deliveryOf(after.next, "")));
}

TEST(DeliveryFlowState, WhoNamesAnotherTicketHasNotSaidThatTheOnesInDoubtAreNotTheCalls) {
    LookedUp seen = lookedUp(LookedUp::Kind::Doubtful);
    seen.inDoubt = {12};
    const FlowState inDoubt = advance(refusedAndMoved(), seen, kNow).next;
    for (const auto& [named, isSettled] :
         std::vector<std::pair<std::optional<std::int64_t>, bool>>{{{}, true}, {12, false}, {13, false}}) {
        const FlowState looking = advance(inDoubt, Moved{named}, kNow).next;
        const FlowState after = advance(looking, seen, kNow).next;
        EXPECT_EQ(after.problemCode, isSettled ? "notInNinja" : "inDoubt") << named.value_or(0);
    }
}

TEST(DeliveryFlowState, NamesTheRefusedField) {
    FlowStep step = advance({}, Started{}, kNow);
    step = advance(step.next, Prepared{}, kNow);
    Replied refused = replied(ReplyKind::Refused);
    refused.field = "subject";
    refused.detail = "NinjaOne answered 400: subject is too long";
    step = advance(step.next, refused, kNow);
    EXPECT_EQ(step.next.problemCode, "fieldRefused");
    EXPECT_EQ(step.next.field, "subject");
    EXPECT_EQ(step.next.problem, "NinjaOne answered 400: subject is too long");
}

TEST(DeliveryFlowState, StartsOpenWhenAResolvedStatusIsRefused) {
    FlowStep step = advance({}, Started{}, kNow);
    step = advance(step.next, Prepared{}, kNow);
    Replied refused = replied(ReplyKind::Refused);
    refused.field = "status";
    refused.wasResolvedStatus = true;
    step = advance(step.next, refused, kNow);
    EXPECT_TRUE(step.next.startsOpen);
    EXPECT_EQ(step.action.kind, ActionKind::Prepare);
    step = advance(step.next, Prepared{}, kNow);
    step = advance(step.next, refused, kNow);
    EXPECT_EQ(step.next.phase, Phase::Rejected);
}

TEST(DeliveryFlowState, AsksATechnicianWhenLookUpsKeepFailing) {
    FlowStep step;
    for (const Event& event : unknown()) step = advance(step.next, event, kNow);
    int lookUps = 0;
    while (step.next.phase == Phase::Unknown && lookUps < 100) {
        step = advance(step.next, lookedUp(LookedUp::Kind::Failed), kNow);
        ++lookUps;
        if (step.action.kind == ActionKind::Wait) step = advance(step.next, TimeCame{}, kNow);
    }
    EXPECT_EQ(step.next.phase, Phase::Unconfirmed);
    EXPECT_EQ(step.next.problemCode, "lookUpFails");
    EXPECT_GE(lookUps, 10);
}

TEST(DeliveryFlowState, ResumesAWaitForWhatIsLeftOfIt) {
    FlowStep step = advance({}, Started{}, kNow);
    step = advance(step.next, Prepared{}, kNow);
    step = advance(step.next, replied(ReplyKind::Throttled, std::nullopt, 10s), kNow);
    EXPECT_EQ(advance(step.next, Started{}, later(4s)).action.delay, 6s);
    EXPECT_EQ(advance(step.next, Started{}, later(60s)).action.delay, 1ms);
    EXPECT_EQ(advance(step.next, Started{}, later(-3'600s)).action.delay, 10s)
        << "the machine was started anew, its date went back";
    const FlowTime dateJumped{kNow.wallMs + 3'600'000, kNow.steadyMs + 4'000};
    EXPECT_EQ(advance(step.next, Started{}, dateJumped).action.delay, 6s);
}

/// A server that is stopped `period` after each start; each look-up takes no time and ends as `seen`. Until somebody
/// must decide, or the note is sent again.
struct Flapping {
    std::chrono::milliseconds took{0};
    int starts = 0;
    FlowState state;
};
Flapping flap(FlowState state, std::chrono::milliseconds period, LookedUp::Kind seen,
              std::chrono::milliseconds dateJumps = 0ms) {
    Flapping all{0ms, 0, std::move(state)};
    FlowTime now = kNow;
    const auto isOver = [](const FlowState& now) { return isAtRest(now) || now.phase == Phase::NoteSending; };
    while (!isOver(all.state) && all.starts < 1000) {
        ++all.starts;
        std::chrono::milliseconds left = period;
        FlowStep step = advance(all.state, Started{}, now);
        for (int steps = 0; steps < 1000 && !isOver(step.next); ++steps) {
            if (step.action.kind == ActionKind::Wait) {
                const auto slept = std::min(left, step.action.delay);
                now = {now.wallMs + slept.count(), now.steadyMs + slept.count()};
                all.took += slept;
                left -= slept;
                if (slept < step.action.delay) break;
                step = advance(step.next, TimeCame{}, now);
            } else {
                step = advance(step.next, lookedUp(seen), now);
            }
        }
        all.state = step.next;
        now.wallMs += dateJumps.count();
    }
    return all;
}
FlowState stateAfter(const std::vector<Event>& events, bool wantsNote = false) {
    FlowStep step;
    step.next.wantsNote = wantsNote;
    for (const Event& event : events) step = advance(step.next, event, kNow);
    return step.next;
}

struct FlapRow {
    const char* name;
    LookedUp::Kind seen;
    std::chrono::milliseconds period;
    std::chrono::milliseconds dateJumps;
    std::chrono::milliseconds atLeast;
    std::chrono::milliseconds atMost;
};
class AFlappingServer : public testing::TestWithParam<FlapRow> {};
TEST_P(AFlappingServer, SettlesWhatIsUnknown) {
    const FlapRow& row = GetParam();
    const Flapping seen = flap(stateAfter(unknown()), row.period, row.seen, row.dateJumps);
    EXPECT_EQ(seen.state.phase, Phase::Unconfirmed);
    EXPECT_GE(seen.took, row.atLeast) << "an absence is believed too early";
    EXPECT_LE(seen.took, row.atMost);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, AFlappingServer,
    testing::Values(FlapRow{"ThatFindsNothing", LookedUp::Kind::Absent, 10s, 0s, 60s, 70s},
                    FlapRow{"ThatStopsEachSecond", LookedUp::Kind::Absent, 1s, 0s, 60s, 70s},
                    FlapRow{"WhoseDateGoesForward", LookedUp::Kind::Absent, 10s, 3'600s, 60s, 70s},
                    FlapRow{"WhoseDateGoesBack", LookedUp::Kind::Absent, 10s, -3'600s, 60s, 70s},
                    FlapRow{"WhoseLookUpsFail", LookedUp::Kind::Failed, 10s, 0s, 60s, 800s}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(DeliveryFlowState, SettlesAnUnknownNoteThoughTheServerStopsEachTenSeconds) {
    const FlowState unknownNote =
        stateAfter(noteSent() + std::vector<Event>{replied(ReplyKind::Unclear)}, true);
    const Flapping absent = flap(unknownNote, 10s, LookedUp::Kind::Absent);
    EXPECT_EQ(absent.state.phase, Phase::NoteSending);
    EXPECT_GE(absent.took, 60s);
    EXPECT_LE(absent.took, 70s);
    EXPECT_EQ(flap(unknownNote, 10s, LookedUp::Kind::Failed).state.phase, Phase::NoteHeld);
}

TEST(DeliveryFlowState, CountsTheTimeInWhichTheServerWasStopped) {
    const FlowState stopped = stateAfter(unknown() + absences(2));
    FlowStep step = advance(stopped, Started{}, later(3'600s));
    step = advance(step.next, TimeCame{}, later(3'600s));
    step = advance(step.next, lookedUp(LookedUp::Kind::Absent), later(3'600s));
    EXPECT_EQ(step.next.phase, Phase::Unconfirmed);
}

TEST(DeliveryFlowState, CountsNoTimeThatOnlyTheDateSays) {
    const FlowState stopped = stateAfter(unknown() + absences(2));
    const FlowTime jumped{kNow.wallMs + 3'600'000, kNow.steadyMs};
    FlowStep step = advance(stopped, Started{}, jumped);
    step = advance(step.next, TimeCame{}, jumped);
    step = advance(step.next, lookedUp(LookedUp::Kind::Absent), jumped);
    EXPECT_EQ(step.next.phase, Phase::Unknown);
}

TEST(DeliveryFlowState, CountsNothingWhenTheMachineWasStartedAnew) {
    const FlowState stopped = stateAfter(unknown() + absences(2));
    const FlowTime rebooted{kNow.wallMs + 3'600'000, 1'000};
    FlowStep step = advance(stopped, Started{}, rebooted);
    step = advance(step.next, TimeCame{}, rebooted);
    step = advance(step.next, lookedUp(LookedUp::Kind::Absent), rebooted);
    EXPECT_EQ(step.next.phase, Phase::Unknown);
    EXPECT_LT(step.next.watchedMs, 5'000);
}

TEST(DeliveryFlowState, SaysWhyANamedTicketIsNotTaken) {
    const FlowState state = stateAfter(
        unconfirmed() + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12), notThere()});
    EXPECT_EQ(state.problem, "ticket 12 does not exist in NinjaOne: nothing was added to it");
    EXPECT_FALSE(state.ticketId);
    EXPECT_EQ(deliveryOf(state, "").comparedTicketId, TicketId{12});
    const FlowState again = advance(state, decided(DeliveryDecision::SendAgain), kNow).next;
    EXPECT_FALSE(deliveryOf(again, "").comparedTicketId);
}

TEST(DeliveryFlowState, NeverPreparesATicketForAHeldNote) {
    FlowState state = stateAfter(noteSent() + refusedNotes(4), true);
    ASSERT_EQ(state.phase, Phase::NoteHeld);
    for (int round = 0; round < 3; ++round) {
        FlowStep step = advance(state, decided(DeliveryDecision::SendAgain), kNow);
        EXPECT_EQ(step.action.kind, ActionKind::PostNote);
        for (const Event& event : refusedNotes(4)) step = advance(step.next, event, kNow);
        EXPECT_EQ(step.next.phase, Phase::NoteHeld);
        EXPECT_EQ(step.next.ticketId, 7);
        EXPECT_EQ(step.next.attempts, 1);
        state = step.next;
    }
}

struct HeldRow {
    const char* name;
    std::vector<Event> events;
    DeliveryState shown;
};
class AHeldNote : public testing::TestWithParam<HeldRow> {};
TEST_P(AHeldNote, IsShownWithItsTicketAndCanBeDecidedOn) {
    const protocol::Delivery delivery = deliveryOf(stateAfter(GetParam().events, true), "https://n/");
    EXPECT_EQ(delivery.state, GetParam().shown);
    EXPECT_EQ(delivery.ticketId, TicketId{7});
    EXPECT_FALSE(delivery.hasTranscriptNote);
}
INSTANTIATE_TEST_SUITE_P(Rows, AHeldNote,
                         testing::Values(HeldRow{"Refused", noteSent() + refusedNotes(4),
                                                 DeliveryState::Rejected},
                                         HeldRow{"Missing", missingNote(), DeliveryState::Unconfirmed}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(DeliveryFlowState, ReadsAStepOfAnEarlierVersion) {
    const auto read = json::decodeText<FlowState>(
        R"({"phase":"unknown","attempts":1,"firstSentAtMs":5,"mayExist":true,"didRefresh":false,
            "startsOpen":false,"goal":"settle","lookUps":2,"absences":1,"failures":0,"watchedMs":2000,
            "backoff":0,"delayMs":3000,"dueAtMs":9,"wantsNote":true,"hasNote":false,"noteAttempts":0,
            "problem":"","problemCode":""})");
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->phase, Phase::Unknown);
    EXPECT_FALSE(read->watchedAtMs);
    EXPECT_EQ(advance(*read, Started{}, kNow).action.kind, ActionKind::Wait);
}

TEST(DeliveryFlowState, IsReadBackAsItWasWritten) {
    FlowStep step;
    step.next.wantsNote = true;
    for (const Event& event : unknown()) {
        step = advance(step.next, event, kNow);
        const auto read = json::decodeText<FlowState>(json::encodeText(step.next));
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, step.next);
    }
}

TEST(DeliveryFlowState, ShowsTheTicketWhileItsNoteIsOutstanding) {
    FlowStep step;
    step.next.wantsNote = true;
    for (const Event& event : std::vector<Event>{Started{}, Prepared{}, replied(ReplyKind::Ok, 7)})
        step = advance(step.next, event, kNow);
    const protocol::Delivery delivery = deliveryOf(step.next, "https://app.ninjarmm.com/#/ticketing/ticket/");
    EXPECT_EQ(delivery.state, DeliveryState::Sending) << "the hub would let go of the draft";
    EXPECT_EQ(delivery.ticketId, TicketId{7});
    EXPECT_EQ(delivery.ticketUrl, "https://app.ninjarmm.com/#/ticketing/ticket/7");
    EXPECT_FALSE(delivery.hasTranscriptNote);
}

}  // namespace
}  // namespace ninja3cx::ticketing
