#include "server/retranscription/hearing_flow.hpp"

namespace ninja3cx::retranscription {

HearingStep advanceHearing(HearingState state, HearingEvent event) {
    using enum HearingState;
    using enum HearingEvent;
    using enum HearingAction;
    switch (state) {
        case Waiting:
            if (event == Turn) return {Noting, {Note}};
            if (event == TimeUp) return {Done, {DeleteAudio}};
            if (event == Withdrawn) return {Done, {}};
            break;
        case Noting:
            if (event == Noted) return {Hearing, {Listen}};
            if (event == NoteFailed) return {Waiting, {}};
            if (event == TimeUp) return {Done, {DeleteAudio}};
            if (event == Withdrawn) return {Done, {}};
            break;
        case Hearing:
            if (event == Disturbed) return {Stopping, {StopListening}};
            if (event == TimeUp) return {Done, {StopListening, DeleteAudio}};
            if (event == Withdrawn) return {Done, {StopListening}};
            [[fallthrough]];
        case Stopping:
            if (event == Heard) return {Storing, {Store}};  // it may end just when it is told to stop
            if (event == Stopped || event == Failed) return {Waiting, {TakeNoteBack}};
            if (event == FailedAgain) return {Done, {DeleteAudio}};
            if (event == TimeUp) return {Done, {DeleteAudio}};
            if (event == Withdrawn) return {Done, {}};
            break;
        case Storing:
            if (event == Stored) return {Done, {DeleteAudio}};
            if (event == StoreFailed) return {Waiting, {}};
            if (event == Withdrawn) return {Done, {}};
            break;
        case Done:
            break;
    }
    return {state, {}};
}

}  // namespace ninja3cx::retranscription
