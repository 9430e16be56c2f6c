#include "server/retranscription/retranscription.hpp"

#include "server/calls/draft_maker.hpp"
#include "server/calls/masking.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::retranscription {
namespace {

/// In the place of those with the same id.
void replace(std::vector<protocol::Utterance>& utterances, std::vector<protocol::Utterance> changed) {
    for (protocol::Utterance& one : changed) {
        const auto same = std::ranges::find(utterances, one.utteranceId, &protocol::Utterance::utteranceId);
        if (same != utterances.end()) *same = std::move(one);
    }
}

}  // namespace

Retranscription::Retranscription(RetranscriptionOptions options, Ports ports)
    : options_(std::move(options)), ports_(std::move(ports)), queue_(options_.rules) {}

// ---- from the hub -----------------------------------------------------------------------------------------

void Retranscription::append(const CallId& callId, protocol::AudioFrame frame) {
    withdraw(callId);  // the hub says `remove` again once that is text too
    ports_.journal.append(callId, std::move(frame));
}

void Retranscription::remove(const CallId& callId) {
    if (queue_.contains(callId) || !asking_.insert(callId).second) return;
    ports_.facts(callId, [this, alive = std::weak_ptr{alive_}, callId](const Facts& facts) {
        if (!alive.expired() && asking_.erase(callId) > 0) take(callId, facts);
    });
}

void Retranscription::erase(const CallId& callId) {
    withdraw(callId);
    ports_.journal.erase(callId);
}

void Retranscription::withdraw(const CallId& callId) {
    asking_.erase(callId);
    if (!queue_.contains(callId)) return;
    if (queue_.begun() == callId) takeNoteBack(callId);
    perform(queue_.on(callId, HearingEvent::Withdrawn, ports_.clock.steady()));
    known_.erase(callId);
}

/// Without a reason to keep it, audio that is text goes at once.
void Retranscription::take(const CallId& callId, const Facts& facts) {
    if (!facts)
        ports_.complain(callId.value() + ": is not heard again: " + facts.error().detail);
    else if (*facts && (*facts)->begun >= options_.mostCrashes)
        ports_.complain(callId.value() + ": the server ended " + std::to_string((*facts)->begun) +
                        " times while the call was heard again; it is given up");
    else if (*facts && (*facts)->isWanted && !(*facts)->hasVersion) {
        known_[callId].begun = (*facts)->begun;
        known_[callId].extension = (*facts)->extension;
        known_[callId].promptWords = (*facts)->promptWords;
        queue_.add(callId, fromEpochMs((*facts)->overAtMs) + options_.maxAge);
        ports_.noteText(callId);
        return;
    }
    ports_.journal.remove(callId);
}

// ---- time -------------------------------------------------------------------------------------------------

void Retranscription::tick() {
    if (isStopping_) return;
    perform(queue_.tick(ports_.clock.steady(), ports_.clock.now(), ports_.isIdle()));
}

void Retranscription::stop() {
    if (std::exchange(isStopping_, true)) return;
    if (const auto begun = queue_.begun()) takeNoteBack(*begun);
    ports_.listener.stop();
}

// ---- what the queue orders --------------------------------------------------------------------------------

void Retranscription::tell(const CallId& callId, HearingEvent event) {
    if (!isStopping_) perform(queue_.on(callId, event, ports_.clock.steady()));
}

void Retranscription::perform(const HearingQueue::Orders& orders) {
    for (const HearingOrder& order : orders) perform(order);
}

void Retranscription::perform(const HearingOrder& order) {
    switch (order.action) {
        case HearingAction::Note:
            return note(order.callId);
        case HearingAction::Listen:
            return listen(order.callId);
        case HearingAction::StopListening:
            return ports_.listener.stop();
        case HearingAction::TakeNoteBack:
            return takeNoteBack(order.callId);
        case HearingAction::Store:
            return storeVersion(order.callId);
        case HearingAction::DeleteAudio:
            return deleteAudio(order);
    }
}

/// Before the work, so that a model which brings the program down is not tried for ever.
void Retranscription::note(const CallId& callId) {
    std::vector<calls::Change> changes;
    changes.emplace_back(calls::NoteHearing{callId, known_[callId].begun + 1});
    ports_.store.commit(std::move(changes),
                        [this, alive = std::weak_ptr{alive_}, callId](const Result<void>& noted) {
                            if (!alive.expired())
                                tell(callId, noted ? HearingEvent::Noted : HearingEvent::NoteFailed);
                        });
}

void Retranscription::takeNoteBack(const CallId& callId) {
    std::vector<calls::Change> changes;
    changes.emplace_back(calls::NoteHearing{callId, known_[callId].begun});
    ports_.store.commit(std::move(changes), [](const Result<void>&) {});  // then it counts as a crash
}

void Retranscription::listen(const CallId& callId) {
    const Known& known = known_[callId];
    ports_.listener.listen(
        {callId, ports_.languageOf(known.extension).spoken, known.utterances, known.promptWords},
        [this, alive = std::weak_ptr{alive_}, callId](Heard heard) {
            if (!alive.expired()) onHeard(callId, std::move(heard));
        });
}

void Retranscription::onHeard(const CallId& callId, Heard heard) {
    if (queue_.contains(callId)) known_[callId].utterances = std::move(heard.utterances);
    if (heard.ended) return tell(callId, HearingEvent::Heard);
    if (heard.ended.error().kind == ErrorKind::Cancelled) return tell(callId, HearingEvent::Stopped);
    ports_.complain(callId.value() + ": cannot be heard again: " + heard.ended.error().detail);
    tell(callId, HearingEvent::Failed);
}

void Retranscription::storeVersion(const CallId& callId) {
    calls::TranscriptVersion version;
    version.model = options_.model;
    version.madeAtMs = toEpochMs(ports_.clock.now());
    const std::string language = ports_.languageOf(known_[callId].extension).analysis;
    std::string before;
    calls::SaidSecrets secrets;
    for (protocol::Utterance said : known_[callId].utterances) {
        calls::mask(said, ports_.analyser, language, before, secrets);
        before = said.text;
        version.utterances.push_back(std::move(said));
    }
    replace(version.utterances, calls::maskRepeated(secrets, version.utterances));
    maskWholeCall(callId, language, version.utterances);
    std::vector<calls::Change> changes;
    const std::int64_t madeAtMs = version.madeAtMs;
    changes.emplace_back(calls::SaveVersion{callId, std::move(version)});
    changes.emplace_back(calls::AuditEntry{madeAtMs, "server", "transcript.version", callId.value()});
    ports_.store.commit(std::move(changes),
                        [this, alive = std::weak_ptr{alive_}, callId](const Result<void>& stored) {
                            if (!alive.expired())
                                tell(callId, stored ? HearingEvent::Stored : HearingEvent::StoreFailed);
                        });
}

/// A password that only the turns around it give away.
void Retranscription::maskWholeCall(const CallId& callId, const std::string& language,
                                    std::vector<protocol::Utterance>& utterances) const {
    protocol::Call call;
    call.callId = callId;
    auto found = ports_.personalDataOf(calls::makeAnalysisInput(call, utterances, language));
    replace(utterances, calls::maskFound(found, calls::turnsOf(utterances)));
}

void Retranscription::deleteAudio(const HearingOrder& order) {
    const std::string& callId = order.callId.value();
    if (order.cause == HearingEvent::Stored)
        ports_.tell(callId + ": heard again with " + options_.model + "; its audio is deleted");
    else if (order.cause == HearingEvent::TimeUp)
        ports_.complain(callId + ": was not heard again within " + std::to_string(options_.maxAge.count()) +
                        " h of its end; its audio is deleted");
    else
        ports_.complain(callId + ": its audio is deleted without being heard again");
    known_.erase(order.callId);
    ports_.journal.remove(order.callId);
}

}  // namespace ninja3cx::retranscription
