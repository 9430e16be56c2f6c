#pragma once

#include <vector>

/// A call that is heard again after its end, as a pure table. No clock, no port: time arrives as an event, and
/// Retranscription performs the actions.
namespace ninja3cx::retranscription {

enum class HearingState {
    Waiting = 1,
    Noting,    // that it begins is being written down
    Hearing,   // the listener works on it
    Stopping,  // the listener was told to stop
    Storing,   // its new version is being written
    Done,      // forgotten; the audio is gone or somebody else's affair
};

enum class HearingEvent {
    Turn = 1,  // the machine is idle, and nobody else is being heard
    Noted,
    NoteFailed,
    Disturbed,  // a call has begun, or live text waits
    Heard,
    Failed,       // and may be tried once more
    FailedAgain,  // too often
    Stopped,
    Stored,
    StoreFailed,
    TimeUp,     // the audio may not be kept any longer
    Withdrawn,  // the call is erased, or gets audio again
};

enum class HearingAction {
    Note = 1,
    Listen,
    StopListening,
    TakeNoteBack,  // it ended in an orderly way, if without a result
    Store,
    DeleteAudio,
};

struct HearingStep {
    HearingState next;
    std::vector<HearingAction> actions;  // for the caller to perform, in this order
    bool operator==(const HearingStep&) const = default;
};

/// An event that makes no sense in a state is ignored.
HearingStep advanceHearing(HearingState state, HearingEvent event);

}  // namespace ninja3cx::retranscription
