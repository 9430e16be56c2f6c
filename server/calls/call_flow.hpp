#pragma once

#include "shared/protocol/call_states.hpp"

#include <optional>
#include <vector>

/// The life of a call as two pure tables: what the telephone does, and how far the product is with it. No
/// clock, no port: time arrives as an event, and the hub performs the actions.
namespace ninja3cx::calls {

/// The state of a call first heard of by this observation. None: its end alone makes no call.
std::optional<protocol::CallState> firstPhoneState(protocol::CallState observed);

/// Whether the source of an end would have seen an answer before it.
enum class Answers { Seen = 1, MayBeUnseen };

/// Folds one observation into the telephone's state. Repeats and latecomers change nothing; an end without an
/// answer is Missed, whatever the source called it, unless the answer may only not have been seen: then all that
/// can be said is that the call has ended.
protocol::CallState advancePhone(protocol::CallState now, protocol::CallState observed,
                                 Answers answers = Answers::Seen);

enum class CallEvent {
    NothingWanted = 1,  // ended without an answer, or never to be recorded
    AudioIn,            // the call is over and its audio complete, or no longer waited for
    LateAudio,          // audio came after AudioIn
    Drained,            // all text of the audio so far is final and stored
    AnalysisDone,
    AnalysisFailed,
    AnalysisSlow,
    DraftSettled,  // discarded, or its ticket created or given up
};

enum class CallAction { FinishStreams = 1, Analyse, MakeDraft, UpdateDraft };

struct CallStep {
    protocol::CallStage next;
    std::vector<CallAction> actions;  // for the caller to perform, in this order
    bool operator==(const CallStep&) const = default;
};

/// An event that makes no sense in a stage is ignored.
CallStep advanceCall(protocol::CallStage stage, CallEvent event);

}  // namespace ninja3cx::calls
