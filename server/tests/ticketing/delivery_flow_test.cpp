#include "server/ticketing/delivery_flow.hpp"

#include "shared/json/codec.hpp"
#include "shared/protocol/codes.hpp"

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

constexpr std::int64_t kNow = 1'767'225'600'000;

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

class DeliveryFlow : public testing::TestWithParam<Row> {};

TEST_P(DeliveryFlow, LeadsTo) {
    FlowStep step;
    step.next.wantsNote = GetParam().wantsNote;
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
        Row{"AlreadyThereIsCreated",
            unknown() + absences(5) + std::vector<Event>{decided(DeliveryDecision::AlreadyThere, 12)},
            Phase::Done, ActionKind::None},
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
    testing::Values(Row{"TheNoteFollowsTheTicket",
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
                    Row{"ARefusedNoteLeavesTheTicket",
                        {Started{}, Prepared{}, replied(ReplyKind::Ok, 7), replied(ReplyKind::Refused)},
                        Phase::Done,
                        ActionKind::None,
                        0ms,
                        "noteRefused",
                        true}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(DeliveryFlowState, NamesTheRefusedField) {
    FlowStep step = advance({}, Started{}, kNow);
    step = advance(step.next, Prepared{}, kNow);
    Replied refused = replied(ReplyKind::Refused);
    refused.field = "subject";
    refused.detail = "NinjaOne answered 400: subject is too long";
    step = advance(step.next, refused, kNow);
    EXPECT_EQ(step.next.problemCode, "fieldRefused");
    EXPECT_EQ(step.next.problem, "field subject: NinjaOne answered 400: subject is too long");
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
    EXPECT_EQ(advance(step.next, Started{}, kNow + 4'000).action.delay, 6s);
    EXPECT_EQ(advance(step.next, Started{}, kNow + 60'000).action.delay, 1ms);
    EXPECT_EQ(advance(step.next, Started{}, kNow - 3'600'000).action.delay, 10s) << "the date went back";
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
    EXPECT_EQ(delivery.state, DeliveryState::Created);
    EXPECT_EQ(delivery.ticketId, TicketId{7});
    EXPECT_EQ(delivery.ticketUrl, "https://app.ninjarmm.com/#/ticketing/ticket/7");
    EXPECT_FALSE(delivery.hasTranscriptNote);
}

}  // namespace
}  // namespace ninja3cx::ticketing
