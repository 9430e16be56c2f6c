#include "agent/app/unanswered_decisions.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::agent {
namespace {

using namespace protocol;
using enum DraftState;

const DraftId kDraft{"draft-1"};

DraftFields fields(const std::string& requester) {
    DraftFields made;
    made.subject = "VPN en panne";
    made.requesterUid = requester;
    return made;
}
Draft draft(DraftState state, const std::string& requester = "generated") {
    Draft made;
    made.draftId = kDraft;
    made.state = state;
    made.revision = 3;
    made.fields = fields(requester);
    if (state == Counting) made.countdownLeftMs = 9'000;
    return made;
}
Draft waiting() {
    Draft made = draft(Inbox);
    made.countdownLeftMs = 9'000;
    return made;
}
Draft delivered(DeliveryState state, const std::string& problemCode = "") {
    Draft made = draft(Confirmed);
    made.delivery.state = state;
    made.delivery.problemCode = problemCode;
    return made;
}
Draft named(Draft made) {
    made.fields.requesterName = "Mme Petit";
    made.fields.organizationName = "Petit SARL";
    return made;
}

const DraftEdit kEdit{kDraft, 3, fields("edited")};
const DraftEdit kEditAnew{kDraft, 4, fields("edited anew")};
const DraftConfirm kConfirm{kDraft, 3};
const DraftLater kLater{kDraft};
const DraftDiscard kDiscard{kDraft, "privé"};
const DraftPause kPause{kDraft, true};
const DraftPause kResume{kDraft, false};
const DeliveryDecide kSendAgain{kDraft, DeliveryDecision::SendAgain, std::nullopt};
const DeliveryDecide kGiveUp{kDraft, DeliveryDecision::GiveUp, std::nullopt};

using Messages = std::vector<ClientMessage>;

UnansweredDecisions said(const Messages& decisions, const Draft& shown) {
    UnansweredDecisions made;
    for (const ClientMessage& decision : decisions) made.add(decision, shown);
    return made;
}

TEST(DecidedDraft, IsThatOfADecisionAndOfNothingElse) {
    for (const ClientMessage& decision :
         Messages{kEdit, kConfirm, kLater, kDiscard, kPause, kResume, kSendAgain})
        EXPECT_EQ(decidedDraft(decision), kDraft);
    EXPECT_EQ(decidedDraft(DraftShown{kDraft}), std::nullopt);
    EXPECT_EQ(decidedDraft(AudioStart{CallId{"call-1"}}), std::nullopt);
}

/// What is said again after a cut.
struct Cut {
    const char* name;
    Messages decisions;
    Draft shown;
    Draft after;  // as the snapshot shows it
    Messages again;
    bool isLeft = false;  // to the technician
};
class AfterACut : public testing::TestWithParam<Cut> {};
TEST_P(AfterACut, IsSaidAgainWhatDoesWhatWasMeantAndTheRestIsLeft) {
    UnansweredDecisions decisions = said(GetParam().decisions, GetParam().shown);
    const bool isLeftAtOnce = decisions.onDown(false).isLeft;
    const auto again = decisions.sayAgain(&GetParam().after);
    EXPECT_TRUE(again.decisions == GetParam().again);
    EXPECT_EQ(isLeftAtOnce || again.isLeft, GetParam().isLeft);
    EXPECT_FALSE(decisions.isInDoubt());
}
INSTANTIATE_TEST_SUITE_P(
    Rows, AfterACut,
    testing::Values(
        Cut{"Nothing", {}, draft(Inbox), draft(Inbox), {}},
        Cut{"Edit", {kEdit}, draft(Counting), waiting(), {kEdit}},
        Cut{"EditOfOtherFields", {kEdit}, draft(Counting), draft(Inbox, "a supervisor's"), {}, true},
        Cut{"EditOfASettledDraft", {kEdit}, draft(Counting), draft(Confirmed), {}, true},
        Cut{"EditThatWasTaken", {kEdit}, draft(Inbox), named(draft(Inbox, "edited")), {}},
        Cut{"EditsOfWhichTheLastWasTaken", {kEdit, kEditAnew}, draft(Inbox), draft(Inbox, "edited anew"), {}},
        Cut{"Confirm", {kConfirm}, draft(Counting), waiting(), {kConfirm}},
        Cut{"ConfirmOfOtherFields", {kConfirm}, draft(Inbox), draft(Inbox, "a supervisor's"), {}, true},
        Cut{"ConfirmThatWasTaken", {kConfirm}, draft(Inbox), delivered(DeliveryState::Sending), {}},
        Cut{"ConfirmOfARefused",
            {kConfirm},
            delivered(DeliveryState::Rejected, "refused"),
            delivered(DeliveryState::Rejected, "refused"),
            {kConfirm}},
        Cut{"EditOfARefused",
            {kEdit},
            delivered(DeliveryState::Rejected, "refused"),
            delivered(DeliveryState::Rejected, "refused"),
            {kEdit}},
        Cut{"ConfirmOfADiscarded", {kConfirm}, draft(Inbox), draft(Discarded), {}, true},
        Cut{"Discard", {kDiscard}, draft(Counting), waiting(), {kDiscard}},
        Cut{"DiscardOfOtherFields", {kDiscard}, draft(Inbox), draft(Inbox, "a supervisor's"), {}, true},
        Cut{"DiscardOfATicket", {kDiscard}, draft(Counting), draft(Confirmed), {}, true},
        Cut{"DiscardThatWasTaken", {kDiscard}, draft(Inbox), draft(Discarded), {}},
        Cut{"Later", {kLater}, draft(Counting), waiting(), {kLater}},
        Cut{"LaterThatWasTaken", {kLater}, draft(Counting), draft(Inbox), {}},
        Cut{"Pause", {kPause}, draft(Counting), waiting(), {kPause}},
        Cut{"PauseThatWasTaken", {kPause}, draft(Counting), draft(Paused), {}},
        Cut{"Resume", {kResume}, draft(Paused), draft(Paused), {}, true},
        Cut{"SendAgain",
            {kSendAgain},
            delivered(DeliveryState::Unconfirmed),
            delivered(DeliveryState::Unconfirmed),
            {},
            true},
        Cut{"GiveUp",
            {kGiveUp},
            delivered(DeliveryState::Rejected),
            delivered(DeliveryState::Rejected),
            {},
            true},
        Cut{"EditThenConfirm", {kEdit, kConfirm}, draft(Inbox), draft(Inbox), {kEdit}, true},
        Cut{"EditTakenThenConfirm", {kEdit, kConfirm}, draft(Inbox), draft(Inbox, "edited"), {}, true},
        Cut{"EditLostAndConfirmedByOthers", {kEdit, kConfirm}, draft(Inbox), draft(Confirmed), {}, true},
        Cut{"EditThenDiscard", {kEdit, kDiscard}, draft(Inbox), draft(Inbox), {kEdit}, true},
        Cut{"EditThenLater", {kEdit, kLater}, draft(Counting), waiting(), {kEdit, kLater}},
        Cut{"PauseThenConfirm", {kPause, kConfirm}, draft(Counting), waiting(), {kPause, kConfirm}},
        Cut{"PauseThenResume", {kPause, kResume}, draft(Counting), waiting(), {kPause}, true},
        Cut{"LaterThenDiscard", {kLater, kDiscard}, draft(Counting), waiting(), {kLater, kDiscard}}),
    [](const auto& info) { return std::string{info.param.name}; });

/// What answers a decision while the link is up.
struct Change {
    const char* name;
    ClientMessage decision;
    Draft shown;
    Draft now;
    bool isAnswer;
};
class ChangedDraft : public testing::TestWithParam<Change> {};
TEST_P(ChangedDraft, AnswersADecisionThatItShowsFollowed) {
    UnansweredDecisions decisions = said({GetParam().decision}, GetParam().shown);
    decisions.onDraft(GetParam().now);
    EXPECT_EQ(decisions.onDown(false) == UnansweredDecisions::Doubt{}, GetParam().isAnswer);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ChangedDraft,
    testing::Values(Change{"EditAndAStandStill", kEdit, draft(Counting), waiting(), false},
                    Change{"Edit", kEdit, draft(Counting), named(draft(Paused, "edited")), true},
                    Change{"ConfirmAndAStandStill", kConfirm, draft(Counting), waiting(), false},
                    Change{"Confirm", kConfirm, draft(Counting), delivered(DeliveryState::Queued), true},
                    Change{"DiscardAndAnAnalysis", kDiscard, draft(Counting), draft(Counting, "better"),
                           false},
                    Change{"Discard", kDiscard, draft(Counting), draft(Discarded), true},
                    Change{"LaterAndAStandStill", kLater, draft(Counting), waiting(), false},
                    Change{"Later", kLater, draft(Counting), draft(Inbox), true},
                    Change{"LaterWhereItIsSo", kLater, draft(Inbox), draft(Inbox), true},
                    Change{"PauseAndAStandStill", kPause, draft(Counting), waiting(), false},
                    Change{"Pause", kPause, draft(Counting), draft(Paused), true},
                    Change{"PauseWhereNothingRuns", kPause, draft(Inbox), draft(Inbox), true},
                    Change{"Resume", kResume, draft(Paused), draft(Counting), true},
                    Change{"SendAgain", kSendAgain, delivered(DeliveryState::Unconfirmed),
                           delivered(DeliveryState::Queued), true},
                    Change{"GiveUp", kGiveUp, delivered(DeliveryState::Unconfirmed),
                           delivered(DeliveryState::Rejected, "givenUp"), true}),
    [](const auto& info) { return std::string{info.param.name}; });

/// Which of several decisions a refusal takes away: the others are said again.
struct Refused {
    const char* name;
    Messages decisions;
    const char* code;
    Messages left;
};
class RefusedDecision : public testing::TestWithParam<Refused> {};
TEST_P(RefusedDecision, IsTheLatestThatTheCodeCanBeAbout) {
    UnansweredDecisions decisions = said(GetParam().decisions, draft(Counting));
    decisions.onRefused(GetParam().code);
    decisions.onDown(false);
    const Draft now = waiting();
    EXPECT_TRUE(decisions.sayAgain(&now).decisions == GetParam().left);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedDecision,
    testing::Values(Refused{"None", {}, "conflict", {}},
                    Refused{"TheConfirmBehindAnEdit", {kEdit, kConfirm}, "conflict", {kEdit}},
                    Refused{"NoPause", {kLater, kConfirm, kPause}, "conflict", {kLater, kPause}},
                    Refused{"TheEditThatIsWrong", {kEdit, kLater}, "badMessage", {kLater}},
                    Refused{"NoConfirmInItsPlace", {kEdit, kConfirm}, "badMessage", {}},
                    Refused{"TheConfirmThatLacksFields", {kConfirm, kLater}, "forbidden", {kLater}},
                    Refused{"WhatThereIs", {kPause}, "serverError", {}},
                    Refused{"AllOfAnUnknownDraft", {kLater, kConfirm}, "notFound", {}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(UnansweredDecision, IsInDoubtFromTheCutUntilItIsSaidAgain) {
    UnansweredDecisions decisions = said({kConfirm}, draft(Inbox));
    EXPECT_FALSE(decisions.isInDoubt());
    EXPECT_EQ(decisions.onDown(false), (UnansweredDecisions::Doubt{true, false}));
    EXPECT_TRUE(decisions.isInDoubt());
    EXPECT_EQ(decisions.onDown(false), UnansweredDecisions::Doubt{}) << "told once";
    const Draft now = draft(Inbox);
    EXPECT_EQ(decisions.sayAgain(&now).decisions.size(), 1U);
    EXPECT_FALSE(decisions.isInDoubt());
    EXPECT_TRUE(decisions.sayAgain(&now).decisions.empty()) << "a second snapshot";
    EXPECT_EQ(decisions.onDown(false), (UnansweredDecisions::Doubt{true, false})) << "lost again";
}

TEST(UnansweredDecision, OnADraftThatIsGoneIsLeftToTheTechnician) {
    UnansweredDecisions known = said({kConfirm}, draft(Inbox));
    EXPECT_EQ(known.onDown(true), (UnansweredDecisions::Doubt{false, true}));
    UnansweredDecisions found = said({kConfirm}, draft(Inbox));
    found.onDown(false);
    EXPECT_EQ(found.sayAgain(nullptr), (UnansweredDecisions::Again{{}, true}));
}

}  // namespace
}  // namespace ninja3cx::agent
