#include "server/calls/call_flow.hpp"

namespace ninja3cx::calls {

using protocol::CallStage;
using protocol::CallState;

std::optional<CallState> firstPhoneState(CallState observed) {
    if (isOver(observed)) return std::nullopt;
    return observed;
}

CallState advancePhone(CallState now, CallState observed, Answers answers) {
    using enum CallState;
    if (isOver(now)) return now;
    if (isOver(observed)) return isConnected(now) || answers == Answers::MayBeUnseen ? Ended : Missed;
    if (isConnected(observed)) return observed;
    return now;
}

CallStep advanceCall(CallStage stage, CallEvent event) {
    using enum CallEvent;
    using enum CallAction;
    switch (stage) {
        case CallStage::Live:
            if (event == NothingWanted) return {CallStage::Closed, {}};
            if (event == AudioIn) return {CallStage::Transcribing, {FinishStreams}};
            break;
        case CallStage::Transcribing:
            if (event == LateAudio) return {CallStage::Live, {}};
            if (event == Drained) return {CallStage::Analysing, {Analyse}};
            break;
        case CallStage::Analysing:
            if (event == LateAudio) return {CallStage::Live, {}};
            if (event == AnalysisDone || event == AnalysisFailed || event == AnalysisSlow)
                return {CallStage::Drafted, {MakeDraft}};
            break;
        case CallStage::Drafted:
            if (event == AudioIn) return {CallStage::Drafted, {FinishStreams}};
            if (event == Drained) return {CallStage::Drafted, {Analyse}};
            if (event == AnalysisDone || event == AnalysisFailed) return {CallStage::Drafted, {UpdateDraft}};
            if (event == DraftSettled) return {CallStage::Closed, {}};
            break;
        case CallStage::Closed:
            if (event == AudioIn) return {CallStage::Closed, {FinishStreams}};
            break;
    }
    return {stage, {}};
}

}  // namespace ninja3cx::calls
