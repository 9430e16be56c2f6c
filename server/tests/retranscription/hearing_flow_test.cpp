#include "server/retranscription/hearing_flow.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::retranscription {
namespace {

using enum HearingState;
using enum HearingEvent;
using enum HearingAction;

struct Row {
    const char* name;
    HearingState from;
    HearingEvent event;
    HearingStep expected;
};
class HearingFlow : public testing::TestWithParam<Row> {};

TEST_P(HearingFlow, Advances) {
    EXPECT_EQ(advanceHearing(GetParam().from, GetParam().event), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, HearingFlow,
    testing::Values(Row{"ItsTurnIsWrittenDownFirst", Waiting, Turn, {Noting, {Note}}},
                    Row{"ThenItIsHeard", Noting, Noted, {Hearing, {Listen}}},
                    Row{"WithoutTheNoteItIsNot", Noting, NoteFailed, {Waiting, {}}},
                    Row{"WhatIsHeardIsStored", Hearing, Heard, {Storing, {Store}}},
                    Row{"ThenTheAudioGoes", Storing, Stored, {Done, {DeleteAudio}}},
                    Row{"WhatCannotBeStoredWaits", Storing, StoreFailed, {Waiting, {}}},
                    Row{"ACallThatBeginsStopsIt", Hearing, Disturbed, {Stopping, {StopListening}}},
                    Row{"ACallThatBeginsStopsNoWriting", Storing, Disturbed, {Storing, {}}},
                    Row{"StoppedItWaitsAgain", Stopping, Stopped, {Waiting, {TakeNoteBack}}},
                    Row{"ItMayEndJustThen", Stopping, Heard, {Storing, {Store}}},
                    Row{"ItMayFailJustThen", Stopping, Failed, {Waiting, {TakeNoteBack}}},
                    Row{"AFailureWaits", Hearing, Failed, {Waiting, {TakeNoteBack}}},
                    Row{"TheSecondGivesUp", Hearing, FailedAgain, {Done, {DeleteAudio}}},
                    Row{"TheLimitTakesWhatWaits", Waiting, TimeUp, {Done, {DeleteAudio}}},
                    Row{"TheLimitTakesWhatBegins", Noting, TimeUp, {Done, {DeleteAudio}}},
                    Row{"TheLimitTakesWhatIsHeard", Hearing, TimeUp, {Done, {StopListening, DeleteAudio}}},
                    Row{"TheLimitTakesWhatStops", Stopping, TimeUp, {Done, {DeleteAudio}}},
                    Row{"TheLimitLetsWritingEnd", Storing, TimeUp, {Storing, {}}},
                    Row{"ErasedWhileItWaits", Waiting, Withdrawn, {Done, {}}},
                    Row{"ErasedWhileItBegins", Noting, Withdrawn, {Done, {}}},
                    Row{"ErasedWhileItIsHeard", Hearing, Withdrawn, {Done, {StopListening}}},
                    Row{"ErasedWhileItStops", Stopping, Withdrawn, {Done, {}}},
                    Row{"ErasedWhileItIsStored", Storing, Withdrawn, {Done, {}}},
                    Row{"NobodyIsHeardTwiceAtOnce", Hearing, Turn, {Hearing, {}}},
                    Row{"DoneIsDone", Done, Heard, {Done, {}}}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::retranscription
