#include "agent/call_tracking/call_tracker.hpp"

#include "agent/call_tracking/caller.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace ninja3cx::agent {
namespace {

using protocol::CallState;
using protocol::Direction;

constexpr std::chrono::seconds kRemembered{10};  // a call that is over, for what is said late

bool isCalling(CallState state) {
    return state == CallState::Ringing || state == CallState::Dialing;
}

/// The one that began last among those that `fits`; null: none.
template <class Entries, class Fits>
auto newest(Entries& entries, Fits fits) -> decltype(&entries.front()) {
    for (auto& entry : entries | std::views::reverse)
        if (fits(entry)) return &entry;
    return nullptr;
}

/// What a source's word makes of a call's state; repeats and latecomers change nothing.
CallState advanced(const CallEntry& entry, CallState said) {
    if (isOver(said)) return entry.isAnswered() ? CallState::Ended : CallState::Missed;
    if (isConnected(said)) return said;
    return entry.call.state;
}

}  // namespace

std::vector<CallNews> CallTracker::observe(const Observation& seen) {
    std::vector<CallNews> news = pass(seen.at);
    std::vector<CallNews> more;
    if (seen.source == Source::PhoneAudio)
        onAudio(seen);
    else
        more = onCall(seen);
    std::ranges::move(more, std::back_inserter(news));
    return news;
}

std::vector<CallNews> CallTracker::onCall(const Observation& seen) {
    std::vector<CallNews> news;
    const bool begins = isCalling(seen.state);
    CallEntry* entry = newest(entries_, [&](const CallEntry& known) {
        const auto id = known.ids.find(seen.source);
        const bool isItsId = !isHook(seen.source) && id != known.ids.end() && id->second == seen.sourceId;
        return isItsId &&
               !(known.isOver() && !known.isOnSoftphone && begins && seen.source == Source::Softphone);
    });
    if (!entry && isOver(seen.state)) return news;  // of a call that was never seen to go on
    const auto isSame = [&](const CallEntry& known) { return isSameCall(known, seen, kSame); };
    if (!entry)
        entry = newest(entries_, [&](const CallEntry& known) { return !known.isOver() && isSame(known); });
    if (!entry && !(begins && seen.source == Source::Softphone))
        entry = newest(entries_, isSame);  // a hook that is late for a call that was short
    if (!entry) {
        // Who rings again has hung up before, which a hook does not say.
        for (CallEntry& known : entries_)
            if (!known.isOver() && isHook(seen.source) && isCalling(known.call.state) &&
                !known.hasWitness() && !seen.number.empty() &&
                numberKey(known.call.number) == numberKey(seen.number))
                moveTo(known, CallState::Missed, seen.at, news);
        tell(create(seen), news);
        return news;
    }
    if (begins && entry->softphoneLostAt && entry->isAnswered() && !entry->isOver()) {
        // A softphone that was started anew counts its calls from the beginning.
        entry->isOnSoftphone = false;
        entry->ids.erase(Source::Softphone);
        moveTo(*entry, CallState::Ended, seen.at, news);
        tell(create(seen), news);
        return news;
    }
    const bool wasOver = entry->isOver();
    entry->noteSource(seen);
    if (wasOver) return news;
    const bool isNews = entry->takeDetails(seen);
    const CallState next = advanced(*entry, seen.state);
    const bool isServersEnd = seen.source == Source::Server && isOver(seen.state);
    if (isServersEnd && entry->isOnSoftphone && !entry->isServerLed && !entry->isSeenByServer) {
        if (!entry->serverOverAt)
            entry->serverOverAt = seen.at;  // as a rule the softphone says so in a moment
        return news;
    }
    const Heard heard = seen.source == Source::Server ? Heard::FromServer : Heard::Here;
    if (next != entry->call.state)
        moveTo(*entry, next, seen.at, news, heard);
    else if (isNews)
        tell(*entry, news, heard);
    return news;
}

CallEntry& CallTracker::create(const Observation& seen) {
    const CallEntry* connected =
        newest(entries_, [](const CallEntry& known) { return !known.isOver() && known.isAnswered(); });
    CallEntry entry;
    entry.call.localId = makeLocalId_();
    entry.call.source = seen.source;
    entry.call.state = seen.state;
    entry.call.direction = Direction::Inbound;
    if (connected) entry.call.beside = connected->call.localId;
    entry.startedAt = seen.at;
    if (isConnected(seen.state)) entry.answeredAt = seen.at;
    entry.isServerLed = seen.source == Source::Server;
    entry.takeDetails(seen);
    entry.noteSource(seen);
    entries_.push_back(std::move(entry));
    return entries_.back();
}

void CallTracker::moveTo(CallEntry& entry, CallState state, SteadyTime at, std::vector<CallNews>& news,
                         Heard heard) {
    entry.call.state = state;
    if (isConnected(state) && !entry.answeredAt) entry.answeredAt = at;
    if (isOver(state)) entry.overAt = at;
    tell(entry, news, heard);
    if (isOver(state)) noteTransfer(entry, news);
}

void CallTracker::tell(CallEntry& entry, std::vector<CallNews>& news, Heard heard) {
    CallNews told{NewsKind::Changed, entry.call, std::nullopt};
    const bool isEndOfNothing = isOver(entry.call.state) && entry.reported.empty();
    if (heard == Heard::Here && isToBeReported(entry) && !isEndOfNothing) {
        told.report = reportOf(entry);
        entry.reported.insert(entry.call.state);
    }
    news.push_back(std::move(told));
}

/// The customer's call and the one with a colleague end together: the customer was passed on.
void CallTracker::noteTransfer(CallEntry& ended, std::vector<CallNews>& news) {
    const auto isNear = [&](const CallEntry& other) {
        return other.overAt && other.isAnswered() && *ended.overAt - *other.overAt <= kSame;
    };
    for (CallEntry& other : entries_) {
        if (&other == &ended || !isNear(other) || !ended.isAnswered()) continue;
        const bool isFirst = ended.call.beside == other.call.localId;
        CallEntry& second = isFirst ? ended : other;
        CallEntry& first = isFirst ? other : ended;
        const bool isConsultation =
            second.call.beside == first.call.localId && second.call.direction != Direction::Inbound;
        if (!isConsultation || first.call.isTransferred) continue;
        first.call.isTransferred = true;
        news.push_back({NewsKind::Transferred, first.call, std::nullopt});
    }
}

bool CallTracker::isToBeReported(const CallEntry& entry) const {
    if (entry.isServerLed) return false;
    return entry.call.direction != Direction::Internal || internalCalls_ == InternalCalls::Report ||
           !entry.reported.empty();
}

protocol::CallDetected CallTracker::reportOf(const CallEntry& entry) const {
    const auto ageOf = [&](const std::optional<SteadyTime>& at) -> std::optional<std::int64_t> {
        if (!at) return std::nullopt;
        return std::max<std::int64_t>(0, (now_ - std::max(*at, entry.toldFrom.value_or(*at))).count());
    };
    return {nameOf(entry.call.source), entry.call.localId,      entry.call.state,
            entry.call.direction,      entry.call.number,       entry.call.name,
            ageOf(entry.startedAt),    ageOf(entry.answeredAt), ageOf(entry.overAt)};
}

std::vector<CallNews> CallTracker::start(const Observation& said) {
    std::vector<CallNews> news = pass(said.at);
    CallEntry* calling = newest(entries_, [&](const CallEntry& known) {
        return isCalling(known.call.state) &&
               (said.number.empty() || numberKey(said.number) == numberKey(known.call.number));
    });
    const CallEntry* connected =
        newest(entries_, [](const CallEntry& known) { return isConnected(known.call.state); });
    if (calling) {
        calling->ids[Source::Manual] = "";
        calling->noteHeard(said.at);
        calling->hasAudio = audio_.isOn;
        moveTo(*calling, CallState::Connected, said.at, news);
    } else if (!connected || !said.number.empty()) {
        Observation begun = said;
        begun.state = CallState::Connected;
        if (!begun.direction) begun.direction = Direction::Outbound;  // hooks announce the others
        CallEntry& entry = create(begun);
        entry.hasAudio = audio_.isOn;
        tell(entry, news);
    }
    return news;
}

std::vector<CallNews> CallTracker::stop(SteadyTime now) {
    std::vector<CallNews> news = pass(now);
    const auto isOurs = [](const CallEntry& known) { return !known.isOver() && !known.isServerLed; };
    CallEntry* entry = newest(
        entries_, [&](const CallEntry& known) { return isOurs(known) && isConnected(known.call.state); });
    if (!entry) entry = newest(entries_, isOurs);
    if (entry) moveTo(*entry, advanced(*entry, CallState::Ended), now, news);
    return news;
}

std::vector<CallNews> CallTracker::lose(Source source, SteadyTime now) {
    std::vector<CallNews> news = pass(now);
    for (CallEntry& entry : entries_) {
        if (source == Source::Server) entry.isSeenByServer = false;
        if (source == Source::Softphone && entry.isOnSoftphone) entry.softphoneLostAt = now;
    }
    return news;
}

std::vector<CallNews> CallTracker::pass(SteadyTime now) {
    now_ = now;
    std::vector<CallNews> news;
    followAudio(now, news);
    for (CallEntry& entry : entries_)
        if (!entry.isOver()) timeOut(entry, now, news);
    std::erase_if(entries_, [&](const CallEntry& entry) {
        if (!entry.overAt) return false;
        // What the softphone goes on about must not look like another call.
        const bool isStillSaid =
            entry.isOnSoftphone && !entry.softphoneLostAt && now - *entry.overAt < kUnwatched;
        return now - *entry.overAt > kRemembered && !isStillSaid;
    });
    return news;
}

void CallTracker::timeOut(CallEntry& entry, SteadyTime now, std::vector<CallNews>& news) {
    const auto isDue = [&](const std::optional<SteadyTime>& since, std::chrono::milliseconds after) {
        return since && now - *since >= after;
    };
    if (isDue(entry.softphoneLostAt, kSoftphoneReturns)) {
        entry.isOnSoftphone = false;
        return moveTo(entry, advanced(entry, CallState::Ended), now, news);
    }
    if (isDue(entry.serverOverAt, kSame)) {
        // The server took this program for gone and ended the call; for it the rest is another one.
        entry.toldFrom = std::exchange(entry.serverOverAt, std::nullopt);
        entry.ids.erase(Source::Server);
        entry.reported.clear();
        entry.call.localId = makeLocalId_();
        return tell(entry, news);
    }
    if (entry.hasWitness()) return;
    if (isCalling(entry.call.state) && now - entry.startedAt >= kRingsAtMost)
        moveTo(entry, CallState::Missed, now, news);
    else if (!entry.isServerLed && isDue(entry.answeredAt, kUnwatched))
        moveTo(entry, CallState::Ended, now, news);
}

void CallTracker::onAudio(const Observation& seen) {
    const bool isOn = isConnected(seen.state);
    if (isOn && !audio_.isOn) audio_ = {true, false, seen.at, std::nullopt};
    if (isOn)
        audio_.quietSince.reset();
    else if (audio_.isOn && !audio_.quietSince)
        audio_.quietSince = seen.at;
}

void CallTracker::followAudio(SteadyTime now, std::vector<CallNews>& news) {
    if (!audio_.isOn) return;
    if (audio_.quietSince && now - *audio_.quietSince >= kAudioEnds) {
        audio_.isOn = false;
        audioEnded(now, news);
    } else if (!audio_.quietSince && !audio_.isCounted && now - audio_.since >= kAudioBegins) {
        audio_.isCounted = true;
        audioBegan(news);
    }
}

/// A softphone that records from the first ring on says nothing of an answer.
void CallTracker::audioBegan(std::vector<CallNews>& news) {
    const bool isKnown = std::ranges::any_of(entries_, [](const CallEntry& known) {
        return !known.isOver() && (known.hasWitness() || isConnected(known.call.state));
    });
    CallEntry* ringing = newest(entries_, [](const CallEntry& known) { return isCalling(known.call.state); });
    if (isKnown) {
        for (CallEntry& known : entries_) known.hasAudio |= isConnected(known.call.state);
    } else if (!ringing) {
        news.push_back({NewsKind::TalkUnannounced, {}, std::nullopt});
    } else if (audio_.since - ringing->startedAt > kFastestAnswer) {
        ringing->hasAudio = true;
        moveTo(*ringing, CallState::Connected, audio_.since, news);
    }
}

void CallTracker::audioEnded(SteadyTime now, std::vector<CallNews>& news) {
    for (CallEntry& entry : entries_)
        if (std::exchange(entry.hasAudio, false) && isConnected(entry.call.state) && !entry.hasWitness() &&
            !entry.isServerLed)
            moveTo(entry, CallState::Ended, now, news);
}

std::vector<protocol::CallDetected> CallTracker::openReports() const {
    std::vector<protocol::CallDetected> reports;
    for (const CallEntry& entry : entries_)
        if (!entry.isOver() && isToBeReported(entry)) reports.push_back(reportOf(entry));
    return reports;
}

std::vector<TrackedCall> CallTracker::calls() const {
    std::vector<TrackedCall> calls;
    for (const CallEntry& entry : entries_)
        if (!entry.isOver()) calls.push_back(entry.call);
    return calls;
}

}  // namespace ninja3cx::agent
