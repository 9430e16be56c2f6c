#include "server/calls/call_flow.hpp"

#include <gtest/gtest.h>

#include <map>
#include <utility>

namespace ninja3cx::calls {
namespace {

using protocol::CallStage;
using protocol::CallState;

// ---- the product's side: every stage with every event -----------------------------------------------------

constexpr CallStage kStages[] = {CallStage::Live, CallStage::Transcribing, CallStage::Analysing,
                                 CallStage::Drafted, CallStage::Closed};
constexpr CallEvent kEvents[] = {CallEvent::NothingWanted, CallEvent::AudioIn,      CallEvent::LateAudio,
                                 CallEvent::Drained,       CallEvent::AnalysisDone, CallEvent::AnalysisFailed,
                                 CallEvent::AnalysisSlow,  CallEvent::DraftSettled};

struct Row {
    const char* name;
    CallStage from;
    CallEvent event;
    CallStep expected;
};

const Row kRows[] = {
    {"MissedCallIsClosed", CallStage::Live, CallEvent::NothingWanted, {CallStage::Closed, {}}},
    {"AllAudioIsInSoTheTextIsFinished",
     CallStage::Live,
     CallEvent::AudioIn,
     {CallStage::Transcribing, {CallAction::FinishStreams}}},
    {"LateAudioMakesTheCallWaitAgain", CallStage::Transcribing, CallEvent::LateAudio, {CallStage::Live, {}}},
    {"CompleteTextIsAnalysed",
     CallStage::Transcribing,
     CallEvent::Drained,
     {CallStage::Analysing, {CallAction::Analyse}}},
    {"LateAudioInterruptsTheAnalysis", CallStage::Analysing, CallEvent::LateAudio, {CallStage::Live, {}}},
    {"AnalysisMakesTheDraft",
     CallStage::Analysing,
     CallEvent::AnalysisDone,
     {CallStage::Drafted, {CallAction::MakeDraft}}},
    {"AFailedAnalysisMakesADraftToo",
     CallStage::Analysing,
     CallEvent::AnalysisFailed,
     {CallStage::Drafted, {CallAction::MakeDraft}}},
    {"ASlowAnalysisDoesNotHoldTheDraftUp",
     CallStage::Analysing,
     CallEvent::AnalysisSlow,
     {CallStage::Drafted, {CallAction::MakeDraft}}},
    {"AudioAfterTheDraftIsTranscribed",
     CallStage::Drafted,
     CallEvent::AudioIn,
     {CallStage::Drafted, {CallAction::FinishStreams}}},
    {"TextAfterTheDraftIsAnalysedAgain",
     CallStage::Drafted,
     CallEvent::Drained,
     {CallStage::Drafted, {CallAction::Analyse}}},
    {"ALaterAnalysisImprovesTheDraft",
     CallStage::Drafted,
     CallEvent::AnalysisDone,
     {CallStage::Drafted, {CallAction::UpdateDraft}}},
    {"ALaterFailureIsToldToTheDraft",
     CallStage::Drafted,
     CallEvent::AnalysisFailed,
     {CallStage::Drafted, {CallAction::UpdateDraft}}},
    {"ASettledDraftClosesTheCall", CallStage::Drafted, CallEvent::DraftSettled, {CallStage::Closed, {}}},
    {"AudioAfterTheEndOfAllIsTranscribed",
     CallStage::Closed,
     CallEvent::AudioIn,
     {CallStage::Closed, {CallAction::FinishStreams}}},
};

class CallFlow : public testing::TestWithParam<Row> {};

TEST_P(CallFlow, Advances) {
    EXPECT_EQ(advanceCall(GetParam().from, GetParam().event), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Rows, CallFlow, testing::ValuesIn(kRows),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(CallFlowTable, EveryOtherEventIsIgnored) {
    std::map<std::pair<CallStage, CallEvent>, CallStep> expected;
    for (const Row& row : kRows) expected[{row.from, row.event}] = row.expected;
    for (const CallStage stage : kStages)
        for (const CallEvent event : kEvents) {
            const auto row = expected.find({stage, event});
            const CallStep step = advanceCall(stage, event);
            const CallStep wanted = row == expected.end() ? CallStep{stage, {}} : row->second;
            EXPECT_EQ(step, wanted) << static_cast<int>(stage) << " " << static_cast<int>(event);
        }
}

TEST(CallFlowTable, ADraftIsMadeOnlyOnTheWayIntoDrafted) {
    for (const CallStage stage : kStages)
        for (const CallEvent event : kEvents)
            for (const CallAction action : advanceCall(stage, event).actions)
                if (action == CallAction::MakeDraft) {
                    EXPECT_EQ(stage, CallStage::Analysing);
                    EXPECT_EQ(advanceCall(stage, event).next, CallStage::Drafted);
                }
}

// ---- the telephone's side ---------------------------------------------------------------------------------

struct PhoneRow {
    CallState now;
    std::map<CallState, CallState> next;
};

TEST(PhoneFlow, FoldsEveryObservationInEveryState) {
    using enum CallState;
    const PhoneRow rows[] = {
        {Ringing,
         {{Ringing, Ringing},
          {Dialing, Ringing},
          {Connected, Connected},
          {Held, Held},
          {Ended, Missed},
          {Missed, Missed}}},
        {Dialing,
         {{Ringing, Dialing},
          {Dialing, Dialing},
          {Connected, Connected},
          {Held, Held},
          {Ended, Missed},
          {Missed, Missed}}},
        {Connected,
         {{Ringing, Connected},
          {Dialing, Connected},
          {Connected, Connected},
          {Held, Held},
          {Ended, Ended},
          {Missed, Ended}}},
        {Held,
         {{Ringing, Held},
          {Dialing, Held},
          {Connected, Connected},
          {Held, Held},
          {Ended, Ended},
          {Missed, Ended}}},
        {Ended,
         {{Ringing, Ended},
          {Dialing, Ended},
          {Connected, Ended},
          {Held, Ended},
          {Ended, Ended},
          {Missed, Ended}}},
        {Missed,
         {{Ringing, Missed},
          {Dialing, Missed},
          {Connected, Missed},
          {Held, Missed},
          {Ended, Missed},
          {Missed, Missed}}},
    };
    for (const PhoneRow& row : rows) {
        ASSERT_EQ(row.next.size(), 6U);
        for (const auto& [observed, expected] : row.next)
            EXPECT_EQ(advancePhone(row.now, observed), expected)
                << static_cast<int>(row.now) << " " << static_cast<int>(observed);
    }
}

TEST(PhoneFlow, AnEndWhoseAnswerNobodyCouldSeeIsNotCalledMissed) {
    using enum CallState;
    const PhoneRow rows[] = {
        {Ringing, {{Ended, Ended}, {Missed, Ended}, {Ringing, Ringing}, {Connected, Connected}}},
        {Dialing, {{Ended, Ended}, {Missed, Ended}, {Ringing, Dialing}, {Held, Held}}},
        {Connected, {{Ended, Ended}, {Missed, Ended}}},
        {Held, {{Ended, Ended}, {Missed, Ended}}},
        {Ended, {{Ended, Ended}, {Missed, Ended}, {Connected, Ended}}},
        {Missed, {{Ended, Missed}, {Missed, Missed}}},
    };
    for (const PhoneRow& row : rows)
        for (const auto& [observed, expected] : row.next)
            EXPECT_EQ(advancePhone(row.now, observed, Answers::MayBeUnseen), expected)
                << static_cast<int>(row.now) << " " << static_cast<int>(observed);
}

TEST(PhoneFlow, AnEndAloneMakesNoCall) {
    EXPECT_EQ(firstPhoneState(CallState::Ended), std::nullopt);
    EXPECT_EQ(firstPhoneState(CallState::Missed), std::nullopt);
    EXPECT_EQ(firstPhoneState(CallState::Connected), CallState::Connected);
}

}  // namespace
}  // namespace ninja3cx::calls
