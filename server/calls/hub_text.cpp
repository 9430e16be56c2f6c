#include "server/calls/draft_maker.hpp"
#include "server/calls/hub_impl.hpp"
#include "server/calls/masking.hpp"
#include "server/calls/words.hpp"
#include "shared/protocol/corrections.hpp"

#include <algorithm>
#include <utility>

/// The words: utterances as they come from the transcriber, and the analysis of the whole call.
namespace ninja3cx::calls {
namespace {

/// The last text that began before this one, whoever said it.
std::string saidBefore(const std::map<UtteranceId, protocol::Utterance>& finals,
                       const protocol::Utterance& utterance) {
    const protocol::Utterance* before = nullptr;
    for (const auto& [id, final] : finals)
        if (final.startMs < utterance.startMs && (!before || final.startMs >= before->startMs))
            before = &final;
    return before ? before->text : "";
}

}  // namespace

void CallHub::Impl::onUtterance(protocol::Utterance utterance) {
    TrackedCall* call = find(utterance.callId);
    if (!call || call->call.recording == protocol::Recording::Blocked) return;
    if (call->finals.contains(utterance.utteranceId)) return;  // once final, never replaced
    ShownPartial& shown = call->partials[utterance.utteranceId];
    if (!utterance.isFinal && utterance.revision <= shown.revision) return;
    utterance.revision = std::max(utterance.revision, shown.revision + 1);
    shown.revision = utterance.revision;

    mask(utterance, ports_.analyser, options_.languageOf(call->call.extension).analysis,
         saidBefore(call->finals, utterance), call->said, shown.stable);
    shown.stable = utterance.text.substr(0, static_cast<std::size_t>(utterance.stableBytes));

    const std::int64_t lagMs = utterance.lagMs;
    const bool isFinal = utterance.isFinal;
    const bool isText = isFinal && !utterance.text.empty();  // an empty one withdraws its partial text
    const UtteranceId utteranceId = utterance.utteranceId;
    if (isFinal) call->partials.erase(utterance.utteranceId);
    if (isText) {
        call->finals.emplace(utterance.utteranceId, utterance);
        call->hasWords = call->hasWords || containsWord(utterance.text);
        call->hasNewText = true;
        ledger_.write({SaveUtterance{utterance}});
    }
    const bool isHeldBack = !isFinal && ledger_.isStalled();  // it would only wait for those that replace it
    if (!call->isRemoved && !isHeldBack)
        publish({call->call.extension}, protocol::UtteranceChanged{std::move(utterance)});
    if (isText) readFinal(*call, call->finals.at(utteranceId));
    // What partials say of it comes and goes with each word; the wait for a final text is what people notice.
    if (isFinal && !call->isReplaying) showLag(*call, lagMs);
}

/// In the order of speech, whatever the order in which they came.
void CallHub::Impl::startReader(TrackedCall& call) {
    call.reader = ports_.analyser.follow(options_.languageOf(call.call.extension).analysis);
    if (!call.reader) return;
    std::vector<const protocol::Utterance*> spoken;
    for (const auto& [id, utterance] : call.finals) spoken.push_back(&utterance);
    std::ranges::stable_sort(spoken, {}, &protocol::Utterance::startMs);
    for (const protocol::Utterance* utterance : spoken) call.insight = call.reader->read(*utterance);
}

void CallHub::Impl::readFinal(TrackedCall& call, const protocol::Utterance& utterance) {
    if (call.reader)
        call.insight = call.reader->read(utterance);
    else
        startReader(call);  // it is among the final texts
    if (!takeInsight(call)) return;
    // A restart reads the texts of a call again while it goes on; of a later one it takes what is stored.
    const bool isReadAgain =
        call.call.stage == protocol::CallStage::Live || call.call.stage == protocol::CallStage::Transcribing;
    if (isReadAgain)
        showCall(call);
    else
        saveCall(call);
}

/// Whoever pauses does not want to be listened to: what was read until then comes back when it goes on.
bool CallHub::Impl::takeInsight(TrackedCall& call) {
    const bool isShown = call.call.recording != protocol::Recording::Blocked &&
                         call.call.recording != protocol::Recording::Paused;
    auto shown = isShown ? call.insight : std::nullopt;
    if (shown == call.call.insight) return false;
    call.call.insight = std::move(shown);
    return true;
}

void CallHub::Impl::forgetInsight(TrackedCall& call) {
    call.reader.reset();
    call.insight.reset();
    call.call.insight.reset();
}

void CallHub::Impl::onLag(const CallId& callId, std::chrono::milliseconds lag) {
    TrackedCall* call = find(callId);
    if (call && !call->isReplaying) showLag(*call, lag.count());
}

void CallHub::Impl::onEcho(const CallId& callId, std::optional<protocol::Echo> echo) {
    TrackedCall* call = find(callId);
    if (!call || call->call.echo == echo) return;
    call->call.echo = echo;
    showCall(*call);
}

/// What comes of a recording is late by nature: nobody waits for it with the call's clock in hand.
void CallHub::Impl::showLag(TrackedCall& call, std::int64_t lagMs) {
    const std::int64_t shown = call.call.isFromRecording.value_or(false) ? 0 : shownLagMs(lagMs);
    if (shown == std::exchange(call.call.lagMs, shown)) return;
    showCall(call);
    refresh();
}

void CallHub::Impl::onWordsErased(const std::set<CallId>& callIds) {
    forgetJoinedWords(callIds);
    forgetWords(callIds);
}

void CallHub::Impl::onCallsErased(const std::set<CallId>& callIds) {
    forgetJoined(callIds);
    forgetWords(callIds);
}

void CallHub::Impl::forgetWords(const std::set<CallId>& callIds) {
    takeOffBoards([&](const protocol::Draft& draft) { return callIds.contains(draft.callId); });
    forgetOffersOf(callIds);
    for (auto& [callId, call] : calls_) {
        if (!callIds.contains(callId)) continue;
        call.areWordsErased = true;
        if (call.analysis) eraseWords(*call.analysis);
        call.said.forget();
        // The live view and the faces are shown the same utterances without their text.
        for (auto& [id, utterance] : std::exchange(call.finals, {})) {
            utterance.text.clear();
            utterance.corrections.reset();
            utterance.stableBytes = 0;
            ++utterance.revision;
            if (!call.isRemoved) publish({call.call.extension}, protocol::UtteranceChanged{utterance});
        }
        const bool hadInsight = call.call.insight.has_value();
        forgetInsight(call);  // it names utterances
        if (hadInsight) showCall(call);
    }
    for (const CallId& callId : callIds) ports_.analyser.forget(callId);
}

void CallHub::Impl::startAnalysis(const CallId& callId) {
    TrackedCall* call = find(callId);
    if (!call) return;
    const bool isWanted = call->call.stage == protocol::CallStage::Analysing ||
                          call->call.stage == protocol::CallStage::Drafted;
    if (!isWanted || !call->isAudioIn) return;
    // What was said before it was known to be a secret.
    showMasked(*call, maskRepeated(call->said, call->texts()));
    call->isAnalysing = true;
    call->hasNewText = false;
    call->analysisDue = now() + options_.analysisPatience;
    const std::uint32_t round = ++call->analysisRound;
    const std::weak_ptr<bool> alive = alive_;
    ports_.analyser.analyse(
        makeAnalysisInput(call->call, call->texts(), options_.languageOf(call->call.extension).analysis),
        [this, alive, callId, round](Result<protocol::Analysis> result) {
            if (!alive.expired()) onAnalysis(callId, round, std::move(result));
        },
        [this, alive, callId, round](protocol::Analysis better) {
            if (!alive.expired()) onBetterAnalysis(callId, round, std::move(better));
        });
}

void CallHub::Impl::onAnalysis(const CallId& callId, std::uint32_t round, Result<protocol::Analysis> result) {
    TrackedCall* call = find(callId);
    if (!call || !call->isAnalysing || call->analysisRound != round) return;
    call->isAnalysing = false;
    if (result) {
        if (call->finals.empty() && call->hasWords) eraseWords(*result);  // they were erased meanwhile
        maskWhatWasFound(*call, *result);
        call->hasAnalysisFailed = false;
        call->analysis = std::move(*result);
        advance(*call, CallEvent::AnalysisDone);
    } else {
        call->hasAnalysisFailed = true;
        advance(*call, CallEvent::AnalysisFailed);
    }
    refresh();
}

/// A password that only the turns around it give away stood in the texts until now.
void CallHub::Impl::maskWhatWasFound(TrackedCall& call, protocol::Analysis& analysis) {
    showMasked(call, maskFound(analysis.pii, turnsOf(call.texts())));
}

void CallHub::Impl::showMasked(TrackedCall& call, std::vector<protocol::Utterance> masked) {
    for (protocol::Utterance& utterance : masked) {
        ledger_.write({MaskUtterance{utterance}});
        call.finals[utterance.utteranceId] = utterance;
        if (!call.isRemoved) publish({call.call.extension}, protocol::UtteranceChanged{std::move(utterance)});
    }
}

void CallHub::Impl::onBetterAnalysis(const CallId& callId, std::uint32_t round, protocol::Analysis better) {
    TrackedCall* call = find(callId);
    // Of another round it knows other words; of erased ones it must not speak.
    if (!call || call->isAnalysing || call->analysisRound != round || call->finals.empty()) return;
    proposeAnalysis(*call, better);
}

}  // namespace ninja3cx::calls
