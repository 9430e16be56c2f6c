#include "server/calls/draft_flow.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

namespace ninja3cx::calls {
namespace {

using protocol::DraftState;
using enum DraftAction;
using enum DraftEvent;

constexpr DraftState kStates[] = {DraftState::Inbox, DraftState::Counting, DraftState::Paused,
                                  DraftState::Confirmed, DraftState::Discarded};
constexpr DraftEvent kEvents[] = {Shown,    PauseAsked, ResumeAsked,  Edited,     CountdownOver, PopupOverdue,
                                  LinkLost, AgentLeft,  ConfirmAsked, LaterAsked, DiscardAsked,  Parted};

// ---- every state with every event; each row of twelve in the order of kEvents -----------------------------

struct Row {
    const char* name;
    DraftSituation now;
    std::vector<DraftStep> expected;
};

constexpr auto kInbox = DraftState::Inbox;
constexpr auto kCounting = DraftState::Counting;
constexpr auto kPaused = DraftState::Paused;
constexpr auto kConfirmed = DraftState::Confirmed;
constexpr auto kDiscarded = DraftState::Discarded;
constexpr auto kIncomplete = DraftRefusal::Incomplete;
constexpr auto kSettled = DraftRefusal::Settled;

const Row kRows[] = {
    {"FreshAndComplete",
     {kInbox, true, true, true},
     {{kCounting, {StartCountdown}},
      {kPaused, {}},
      {kInbox, {}},
      {kPaused, {}},
      {kInbox, {}},
      {kInbox, {Hold}},
      {kInbox, {}},
      {kInbox, {Hold}},
      {kConfirmed, {CreateTicket}},
      {kInbox, {Hold}},
      {kDiscarded, {}},
      {kInbox, {}}}},
    {"FreshAndIncomplete",
     {kInbox, true, false, false},
     {{kCounting, {StartCountdown}},
      {kPaused, {}},
      {kInbox, {}},
      {kPaused, {}},
      {kInbox, {}},
      {kInbox, {Hold}},
      {kInbox, {}},
      {kInbox, {Hold}},
      {kInbox, {}, kIncomplete},
      {kInbox, {Hold}},
      {kDiscarded, {}},
      {kInbox, {}}}},
    {"HeldInTheInbox",
     {kInbox, false, false, true},
     {{kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kConfirmed, {CreateTicket}},
      {kInbox, {}},
      {kDiscarded, {}},
      {kInbox, {}}}},
    {"HeldAndIncomplete",
     {kInbox, false, false, false},
     {{kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}},
      {kInbox, {}, kIncomplete},
      {kInbox, {}},
      {kDiscarded, {}},
      {kInbox, {}}}},
    {"CountingAndAutomatic",
     {kCounting, false, true, true},
     {{kCounting, {}},
      {kPaused, {StopCountdown}},
      {kCounting, {}},
      {kPaused, {StopCountdown}},
      {kConfirmed, {StopCountdown, CreateTicket}},
      {kCounting, {}},
      {kInbox, {StopCountdown, AwaitPopup}},
      {kInbox, {Hold}},
      {kConfirmed, {StopCountdown, CreateTicket}},
      {kInbox, {Hold}},
      {kDiscarded, {StopCountdown}},
      {kCounting, {}}}},
    {"CountingButNotAutomatic",
     {kCounting, false, false, true},
     {{kCounting, {}},
      {kPaused, {StopCountdown}},
      {kCounting, {}},
      {kPaused, {StopCountdown}},
      {kInbox, {Hold}},
      {kCounting, {}},
      {kInbox, {StopCountdown, AwaitPopup}},
      {kInbox, {Hold}},
      {kConfirmed, {StopCountdown, CreateTicket}},
      {kInbox, {Hold}},
      {kDiscarded, {StopCountdown}},
      {kCounting, {}}}},
    {"CountingAndIncomplete",
     {kCounting, false, true, false},
     {{kCounting, {}},
      {kPaused, {StopCountdown}},
      {kCounting, {}},
      {kPaused, {StopCountdown}},
      {kInbox, {Hold}},
      {kCounting, {}},
      {kInbox, {StopCountdown, AwaitPopup}},
      {kInbox, {Hold}},
      {kPaused, {StopCountdown}, kIncomplete},
      {kInbox, {Hold}},
      {kDiscarded, {StopCountdown}},
      {kCounting, {}}}},
    {"PausedAndComplete",
     {kPaused, false, true, true},
     {{kPaused, {}},
      {kPaused, {}},
      {kCounting, {StartCountdown}},
      {kPaused, {}},
      {kPaused, {}},
      {kPaused, {}},
      {kPaused, {}},
      {kInbox, {Hold}},
      {kConfirmed, {CreateTicket}},
      {kInbox, {Hold}},
      {kDiscarded, {}},
      {kPaused, {}}}},
    {"PausedAndIncomplete",
     {kPaused, false, false, false},
     {{kPaused, {}},
      {kPaused, {}},
      {kCounting, {StartCountdown}},
      {kPaused, {}},
      {kPaused, {}},
      {kPaused, {}},
      {kPaused, {}},
      {kInbox, {Hold}},
      {kPaused, {}, kIncomplete},
      {kInbox, {Hold}},
      {kDiscarded, {}},
      {kPaused, {}}}},
    {"Confirmed",
     {kConfirmed, false, true, true},
     {{kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}, kSettled},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}, kSettled},
      {kConfirmed, {}, kSettled},
      {kConfirmed, {}}}},
    {"RefusedAndMendable",
     {kConfirmed, false, false, true, true},
     {{kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {AmendTicket}},
      {kConfirmed, {}, kSettled},
      {kConfirmed, {}, kSettled},
      {kConfirmed, {}}}},
    {"RefusedAndIncomplete",
     {kConfirmed, false, false, false, true},
     {{kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}},
      {kConfirmed, {}, kIncomplete},
      {kConfirmed, {}, kSettled},
      {kConfirmed, {}, kSettled},
      {kConfirmed, {}}}},
    {"Discarded",
     {kDiscarded, false, true, true},
     {{kDiscarded, {}},
      {kDiscarded, {}},
      {kDiscarded, {}},
      {kDiscarded, {}, kSettled},
      {kDiscarded, {}},
      {kDiscarded, {}},
      {kDiscarded, {}},
      {kDiscarded, {}},
      {kDiscarded, {}, kSettled},
      {kDiscarded, {}, kSettled},
      {kDiscarded, {}},
      {kInbox, {Hold}}}},
};

class DraftFlow : public testing::TestWithParam<Row> {};

TEST_P(DraftFlow, AnswersEveryEvent) {
    ASSERT_EQ(GetParam().expected.size(), std::size(kEvents));
    for (std::size_t i = 0; i < std::size(kEvents); ++i)
        EXPECT_EQ(advanceDraft(GetParam().now, kEvents[i]), GetParam().expected[i]) << "event " << i;
}

INSTANTIATE_TEST_SUITE_P(Rows, DraftFlow, testing::ValuesIn(kRows),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(DraftFlowTable, ATicketIsMadeExactlyOnTheWayIntoConfirmed) {
    for (const DraftState state : kStates)
        for (const DraftEvent event : kEvents)
            for (int bits = 0; bits < 16; ++bits) {
                const DraftSituation now{state, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0,
                                         (bits & 8) != 0};
                const DraftStep step = advanceDraft(now, event);
                const bool creates = std::ranges::find(step.actions, CreateTicket) != step.actions.end();
                EXPECT_EQ(creates, step.next == kConfirmed && state != kConfirmed);
                if (creates) {
                    EXPECT_TRUE(now.isComplete);
                }
                if (creates && event == CountdownOver) {
                    EXPECT_TRUE(now.isAutomatic);
                }
                if (state == kConfirmed || (state == kDiscarded && event != Parted)) {
                    EXPECT_EQ(step.next, state);
                }
                if (std::ranges::find(step.actions, AmendTicket) != step.actions.end()) {
                    EXPECT_TRUE(state == kConfirmed && now.isMendable && now.isComplete);
                }
            }
}

TEST(DraftProblems, NamesEveryFieldThatIsMissing) {
    protocol::DraftFields fields;
    EXPECT_EQ(problemsOf(fields),
              (std::vector<protocol::FieldProblem>{
                  {"subject", "required"}, {"organizationId", "required"}, {"requesterUid", "required"}}));
    fields.subject = "Imprimante en panne";
    fields.organizationId = 7;
    fields.requesterUid = "5b0c8c52";
    EXPECT_TRUE(problemsOf(fields).empty());
    fields.subject = "  \t";
    EXPECT_EQ(problemsOf(fields), (std::vector<protocol::FieldProblem>{{"subject", "required"}}));
}

TEST(DraftProblems, ASubjectHasAtMostTwoHundredCharactersNotBytes) {
    protocol::DraftFields fields;
    fields.organizationId = 7;
    fields.requesterUid = "5b0c8c52";
    for (int i = 0; i < 200; ++i) fields.subject += "é";
    EXPECT_TRUE(problemsOf(fields).empty());
    fields.subject += "e";
    EXPECT_EQ(problemsOf(fields), (std::vector<protocol::FieldProblem>{{"subject", "tooLong"}}));
}

struct HeldRow {
    const char* name;
    AutomationFacts facts;
    std::optional<protocol::HeldReason> expected;
};
class DraftHeld : public testing::TestWithParam<HeldRow> {};
TEST_P(DraftHeld, SaysWhy) {
    EXPECT_EQ(heldBecause(GetParam().facts), GetParam().expected);
}

using enum AnalysisOutcome;
using Held = protocol::HeldReason;
using Match = protocol::CallerMatchState;
INSTANTIATE_TEST_SUITE_P(
    Rows, DraftHeld,
    testing::Values(
        HeldRow{"NothingInTheWay", {true, false, Done, true, true, Match::One, true}, {}},
        HeldRow{"SilentMode", {true, true, Done, true, true, Match::One, true}, Held::DraftsOnly},
        HeldRow{"AutoOff", {false, false, Done, true, true, Match::One, true}, Held::AutoOff},
        HeldRow{"Pending", {true, false, Pending, true, false, Match::One, true}, Held::AnalysisPending},
        HeldRow{"Failed", {true, false, Failed, true, false, Match::One, false}, Held::AnalysisFailed},
        HeldRow{"NoWords", {true, false, Done, false, true, Match::One, true}, Held::NoText},
        HeldRow{"NoWordsAndNoTicket", {true, false, Done, false, false, Match::One, true}, Held::NoText},
        HeldRow{"FromRecording",
                {true, false, Done, true, true, Match::One, true, true, false, true},
                Held::FromRecording},
        HeldRow{"FromRecordingWithoutWords",
                {true, false, Done, false, true, Match::One, true, true, false, true},
                Held::NoText},
        HeldRow{"EndUnseen", {true, false, Done, true, true, Match::One, true, false}, Held::EndUnseen},
        HeldRow{"NoTicket", {true, false, Done, true, false, Match::One, true}, Held::TicketNotWarranted},
        HeldRow{"NoContact", {true, false, Done, true, true, Match::None, true}, Held::RequesterUnknown},
        HeldRow{"SeveralContacts",
                {true, false, Done, true, true, Match::Several, true},
                Held::RequesterAmbiguous},
        HeldRow{"Inactive", {true, false, Done, true, true, Match::Inactive, true}, Held::RequesterInactive},
        HeldRow{"WeakMatch", {true, false, Done, true, true, Match::One, true, true, true}, Held::WeakMatch},
        HeldRow{"SeveralWeakMatches",
                {true, false, Done, true, true, Match::Several, true, true, true},
                Held::RequesterAmbiguous},
        HeldRow{"Stale", {true, false, Done, true, true, Match::Stale, true}, Held::DirectoryStale},
        HeldRow{"Incomplete", {true, false, Done, true, true, Match::One, false}, Held::FieldsMissing}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::calls
