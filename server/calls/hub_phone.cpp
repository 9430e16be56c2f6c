#include "server/calls/do_not_record.hpp"
#include "server/calls/hub_impl.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

/// What the telephone says: calls begin, change and end; and which of them are never captured.
namespace ninja3cx::calls {
namespace {

using protocol::CallState;
using protocol::Recording;

constexpr std::size_t kEndedKeysKept = 10'000;
constexpr std::string_view kAgentPrefix = "agent/";
constexpr std::int64_t kSameTimeMs = 5'000;  // between what two sources say of one moment
constexpr std::chrono::seconds kDetectionPatience{
    60};  // an agent program that is gone that long says no more

// What an agent program says of its calls is bounded: a broken one must not fill the server.
constexpr std::size_t kMaxSourceBytes = 32;
constexpr std::size_t kMaxLocalIdBytes = 128;
constexpr std::size_t kMaxNumberBytes = 64;
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::ptrdiff_t kMaxLiveDetections = 8;      // of one extension, at the same time
constexpr std::ptrdiff_t kMaxCallsOfExtension = 500;  // going on, or waiting for somebody to decide

std::string_view sourceOf(std::string_view key) {
    return key.substr(0, key.find('/'));
}

bool isFromAgent(std::string_view key) {
    return key.starts_with(kAgentPrefix);
}

bool mayBeSameNumber(const std::string& one, const std::string& other, const NumberForms& formsOf) {
    const auto isWithheld = [](const std::string& number) {
        return number.find_first_of("0123456789") == std::string::npos;
    };
    if (isWithheld(one) || isWithheld(other)) return true;
    const std::vector<std::string> forms = formsOf(one);
    return std::ranges::any_of(formsOf(other), [&](const std::string& form) {
        return std::ranges::find(forms, form) != forms.end();
    });
}

/// By a directory that was not there, or too old to rely on.
bool isToBeAskedAgain(const protocol::CallerMatch& match) {
    return !match.directoryAtMs || match.state == protocol::CallerMatchState::Stale;
}

std::optional<CallState> firstStateOf(const PhoneEvent& event) {
    if (!isOver(event.state) || !event.startedAtMs) return firstPhoneState(event.state);
    return event.answeredAtMs ? CallState::Connected : CallState::Ringing;
}

/// Takes a newer value; a source that does not know sends none.
bool replaceIfKnown(std::string& field, const std::string& value) {
    if (value.empty() || field == value) return false;
    field = value;
    return true;
}

}  // namespace

TrackedCall* CallHub::Impl::findByKey(const std::string& key) {
    const auto found = callByKey_.find(key);
    return found == callByKey_.end() ? nullptr : find(found->second);
}

/// The PBX and the agent program may both notice one call. What is told when it is over may be over for both.
TrackedCall* CallHub::Impl::sameCallOfOtherSource(const PhoneEvent& event) {
    for (auto& [callId, call] : calls_) {
        const bool isOtherSource = std::ranges::none_of(
            call.keys, [&](const std::string& key) { return sourceOf(key) == sourceOf(event.key); });
        const bool isSameDirection =
            call.call.direction == event.direction || call.isTentative || event.isTentative;
        const bool isSameTime =
            isOver(event.state) && event.startedAtMs
                ? call.call.startedAtMs <= event.endedAtMs.value_or(nowMs()) + kSameTimeMs &&
                      *event.startedAtMs <= call.call.endedAtMs.value_or(nowMs()) + kSameTimeMs
                : !isOver(call.call.state);
        if (call.call.extension == event.extension && isSameTime && isOtherSource && isSameDirection &&
            mayBeSameNumber(call.call.remoteNumber, event.remoteNumber, options_.numberForms))
            return &call;
    }
    return nullptr;
}

void CallHub::Impl::bindKey(TrackedCall& call, const std::string& key) {
    call.keys.insert(key);
    callByKey_.emplace(key, call.call.callId);
    if (call.phoneKey.empty() || isFromAgent(call.phoneKey)) call.phoneKey = key;
}

TrackedCall& CallHub::Impl::createCall(const PhoneEvent& event, CallState state) {
    const CallId callId{makeId("call")};
    TrackedCall& call = calls_[callId];
    call.call.callId = callId;
    call.call.extension = event.extension;
    call.call.direction = event.direction;
    call.isTentative = event.isTentative;
    call.call.state = state;
    call.call.startedAtMs = event.startedAtMs.value_or(nowMs());
    if (isConnected(state))
        call.call.answeredAtMs = std::max(event.answeredAtMs.value_or(nowMs()), call.call.startedAtMs);
    call.call.technician = technicianOf(event.extension);
    bindKey(call, event.key);
    return call;
}

bool CallHub::Impl::takeDetails(TrackedCall& call, const PhoneEvent& event) {
    bool hasChanged = replaceIfKnown(call.call.technician, event.technician);
    if (call.isTentative && !event.isTentative) {
        call.isTentative = false;
        hasChanged |= std::exchange(call.call.direction, event.direction) != event.direction;
    }
    hasChanged |= replaceIfKnown(call.call.remoteName, event.remoteName);
    const bool isNewNumber = replaceIfKnown(call.call.remoteNumber, event.remoteNumber);
    if (isNewNumber || isToBeAskedAgain(call.call.caller)) hasChanged |= recognise(call);
    return hasChanged || isNewNumber;
}

bool CallHub::Impl::recognise(TrackedCall& call) {
    protocol::CallerMatch match = ports_.directory.match(call.call.remoteNumber);
    return std::exchange(call.call.caller, match) != match;
}

/// The directory may come, or become fresh again, while calls go on. Their drafts are made later.
void CallHub::Impl::recogniseAgain() {
    const std::optional<std::int64_t> readAtMs = ports_.directory.readAtMs();
    if (std::exchange(directoryAtMs_, readAtMs) == readAtMs) return;
    for (auto& [callId, call] : calls_) {
        if (isOver(call.call.state) || !isToBeAskedAgain(call.call.caller) || !recognise(call)) continue;
        if (!call.isTentative) blockIfListed(call);
        saveCall(call);
    }
}

void CallHub::Impl::blockIfListed(TrackedCall& call) {
    if (call.call.recording == Recording::Blocked || !isDoNotRecord(call.call, options_)) return;
    call.call.recording = Recording::Blocked;
    call.isAudioIn = true;
    forgetInsight(call);
    if (!call.hasAskedForAudio) return;
    // The number became known only now: forget what was captured.
    ports_.transcriber.drop(call.call.callId);
    call.finals.clear();
    call.partials.clear();
    call.channels = {};
    call.isReplaying = false;
    eraseJournal(call.call.callId);
    ledger_.write({DeleteCall{call.call.callId}});
    publish({call.call.extension}, protocol::CallRemoved{call.call.callId});
}

void CallHub::Impl::noteEnded(const std::string& key) {
    if (endedKeys_.insert(key).second) endedOrder_.push_back(key);
    while (endedOrder_.size() > kEndedKeysKept) {
        endedKeys_.erase(endedOrder_.front());
        endedOrder_.pop_front();
    }
}

void CallHub::Impl::moveTo(TrackedCall& call, CallState state, const PhoneEvent& event) {
    call.call.state = state;
    const bool isAnswered = isConnected(state) || event.answeredAtMs;
    if (isAnswered && !call.call.answeredAtMs)
        call.call.answeredAtMs = std::max(event.answeredAtMs.value_or(nowMs()), call.call.startedAtMs);
    if (!isOver(state)) return;
    call.overAt = now();
    // The date may have jumped back meanwhile.
    call.call.endedAtMs =
        std::max(event.endedAtMs.value_or(nowMs()), call.call.answeredAtMs.value_or(call.call.startedAtMs));
    call.call.isEndEstimated = event.isTimeEstimated;
    if (event.isTimeEstimated && call.call.answeredAtMs && call.audioEndMs > 0)
        call.call.endedAtMs = std::min(nowMs(), *call.call.answeredAtMs + call.audioEndMs);
    for (const std::string& key : call.keys) {
        callByKey_.erase(key);
        noteEnded(key);
    }
}

void CallHub::Impl::onPhone(const PhoneEvent& event) {
    if (endedKeys_.contains(event.key)) return;
    TrackedCall* call = findByKey(event.key);
    bool hasChanged = false;
    if (!call) {
        const auto first = firstStateOf(event);
        if (!first) return;
        call = sameCallOfOtherSource(event);
        if (call && isOver(call->call.state)) return noteEnded(event.key);
        if (call)
            bindKey(*call, event.key);
        else
            call = &createCall(event, *first);
        hasChanged = true;
    }
    // Where the PBX leads, the agent program's view of the same call adds nothing.
    if (isFromAgent(event.key) && !isFromAgent(call->phoneKey)) return;

    hasChanged |= takeDetails(*call, event);
    if (!call->isTentative) blockIfListed(*call);
    const CallState before =
        event.answeredAtMs ? advancePhone(call->call.state, CallState::Connected) : call->call.state;
    const CallState next =
        advancePhone(before, event.state, event.isAnswerUnknown ? Answers::MayBeUnseen : Answers::Seen);
    if (next != call->call.state) {
        moveTo(*call, next, event);
        hasChanged = true;
    }
    if (hasChanged) saveCall(*call);
    if (isOver(call->call.state)) {
        // Nobody was heard in a call that was not seen to be answered.
        if (!call->call.answeredAtMs || call->call.recording == Recording::Blocked) {
            call->isAudioIn = true;
            advance(*call, CallEvent::NothingWanted);
        } else {
            checkAudioIn(*call);
        }
    }
    refresh();
}

void CallHub::Impl::onPhoneResync(const std::string& keyPrefix, const std::vector<std::string>& liveKeys) {
    const std::set<std::string> live(liveKeys.begin(), liveKeys.end());
    std::vector<PhoneEvent> ends;
    for (const auto& [key, callId] : callByKey_) {
        const TrackedCall* call = find(callId);
        if (!call || !key.starts_with(keyPrefix) || live.contains(key)) continue;
        PhoneEvent end;
        end.key = key;
        end.extension = call->call.extension;
        end.direction = call->call.direction;
        end.state = CallState::Ended;
        end.isTimeEstimated = true;
        end.isAnswerUnknown = true;
        ends.push_back(std::move(end));
    }
    for (const PhoneEvent& end : ends) onPhone(end);
}

Result<void> CallHub::Impl::hasRoomFor(const PhoneEvent& detected) {
    const bool isKnown = findByKey(detected.key) || endedKeys_.contains(detected.key);
    if (isKnown || !firstStateOf(detected) || sameCallOfOtherSource(detected)) return {};
    const auto live = std::ranges::count_if(callByKey_, [&](const auto& item) {
        const TrackedCall* call = find(item.second);
        return isFromAgent(item.first) && call && call->call.extension == detected.extension;
    });
    if (live >= kMaxLiveDetections && !isOver(detected.state))
        return Error{ErrorKind::Busy, "callDetected: " + std::to_string(live) +
                                          " calls are going on already; report the end of one first"};
    const auto all = std::ranges::count_if(
        calls_, [&](const auto& item) { return item.second.call.extension == detected.extension; });
    if (all >= kMaxCallsOfExtension)
        return Error{ErrorKind::Busy, "callDetected: " + std::to_string(all) +
                                          " calls wait for a decision; settle their drafts first"};
    return {};
}

Result<void> CallHub::Impl::onCallDetected(const Extension& extension,
                                           const protocol::CallDetected& detected) {
    const auto outside = [](const std::string& text, std::size_t atLeast, std::size_t atMost) {
        return text.size() < atLeast || text.size() > atMost;
    };
    if (outside(detected.source, 1, kMaxSourceBytes) || outside(detected.localId, 1, kMaxLocalIdBytes) ||
        outside(detected.remoteNumber, 0, kMaxNumberBytes) || outside(detected.remoteName, 0, kMaxNameBytes))
        return Error{ErrorKind::BadMessage,
                     "callDetected: source has 1 to 32 bytes, localId 1 to 128, remoteNumber at most 64, "
                     "remoteName at most 200"};
    const auto isAge = [](const std::optional<std::int64_t>& age) {
        return !age || (*age >= 0 && *age <= protocol::CallDetected::kLongestAgeMs);
    };
    if (!isAge(detected.startedAgeMs) || !isAge(detected.answeredAgeMs) || !isAge(detected.endedAgeMs))
        return Error{ErrorKind::BadMessage,
                     "callDetected: startedAgeMs, answeredAgeMs and endedAgeMs are 0 to " +
                         std::to_string(protocol::CallDetected::kLongestAgeMs)};
    const auto timeOf = [&](const std::optional<std::int64_t>& age) {
        return age ? std::optional{nowMs() - *age} : std::nullopt;
    };
    PhoneEvent event;
    event.key =
        std::string{kAgentPrefix} + extension.value() + "/" + detected.source + "/" + detected.localId;
    event.extension = extension;
    event.state = detected.state;
    event.direction = detected.direction;
    event.remoteNumber = detected.remoteNumber;
    event.remoteName = detected.remoteName;
    event.startedAtMs = timeOf(detected.startedAgeMs);
    event.answeredAtMs = timeOf(detected.answeredAgeMs);
    event.endedAtMs = timeOf(detected.endedAgeMs);
    if (auto room = hasRoomFor(event); !room) return room;
    onPhone(event);
    return {};
}

void CallHub::Impl::endVanishedDetections() {
    for (const auto& [extension, link] : links_)
        if (link.connections == 0 && now() - link.offlineSince >= kDetectionPatience)
            onPhoneResync(std::string{kAgentPrefix} + extension.value() + "/", {});
}

Result<void> CallHub::Impl::watchCall(const std::string& actor, const protocol::CallWatch& watch) {
    TrackedCall* call = find(watch.callId);
    if (!call) return Error{ErrorKind::NotFound, "no such call among the live ones"};
    if (ledger_.isFull()) return kNothingIsStored;
    const bool hasChanged =
        watch.isWatching ? call->watchers.insert(actor).second : call->watchers.erase(actor) > 0;
    if (!hasChanged) return {};
    call->call.watchers = static_cast<std::int32_t>(call->watchers.size());
    saveCall(*call, {audit(actor, watch.isWatching ? "call.watch" : "call.unwatch", watch.callId.value())});
    return {};
}

}  // namespace ninja3cx::calls
