#include "server/tests/doubles/hub_world.hpp"

#include "server/calls/draft_maker.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::calls::doubles {

using protocol::CallState;
using protocol::ChannelPositions;
using protocol::Speaker;

protocol::CallerMatch oneContact() {
    protocol::CallerMatch match;
    match.state = protocol::CallerMatchState::One;
    match.directoryAtMs = 1;
    protocol::Contact contact;
    contact.uid = "5b0c8c52";
    contact.name = "Claire Martin";
    contact.organizationId = 7;
    contact.organizationName = "Exemple SARL";
    match.contacts.push_back(contact);
    return match;
}

World::World(HubOptions given, Interpose interpose)
    : options(std::move(given)), interpose_(std::move(interpose)) {
    directory.known[kCustomer] = oneContact();
    directory.people = oneContact().contacts;
    build();
}

World::~World() = default;

void World::build() {
    hub.reset();
    between.reset();
    store = std::make_unique<FakeStore>(disk);
    journal = std::make_unique<FakeJournal>(journalDisk);
    transcriber = std::make_unique<FakeTranscriber>();
    analyser = std::make_unique<FakeAnalyser>();
    desk = std::make_unique<FakeDesk>(tickets);
    events = std::make_unique<RecordingSink>();
    if (interpose_) between = interpose_(*this);
    AudioJournal& forHub = between ? *between : static_cast<AudioJournal&>(*journal);
    hub = std::make_unique<CallHub>(
        options, CallHub::Ports{clock, *store, forHub, *transcriber, *analyser, directory, *desk, *events});
}

void World::settle() {
    while (!store->isDead() && (store->run() || journal->run(*hub) || transcriber->run(*hub) ||
                                analyser->run() || desk->run(*hub, disk) || (alsoRuns && alsoRuns()))) {
    }
}

void World::pass(std::chrono::milliseconds by) {
    constexpr std::chrono::milliseconds kStep{100};
    settle();
    for (std::chrono::milliseconds passed{0}; passed < by; passed += kStep) {
        clock.advance(kStep);
        if (isAgentHeard) hub->onAgentHeard(kExtension);
        hub->tick();
        if (alsoTicks) alsoTicks();
        settle();
    }
}

void World::restart() {
    build();
    std::map<CallId, ChannelPositions> audio;
    std::set<CallId> withAudio = lostJournals;
    for (const CallId& callId : lostJournals) journalDisk.erase(callId);
    for (const auto& [callId, frames] : journalDisk) {
        withAudio.insert(callId);
        ChannelPositions& next = audio[callId];
        for (const auto& frame : frames) ++(frame.channel == Speaker::Agent ? next.agent : next.customer);
    }
    for (const CallId& callId : hub->restore(disk.openWork(withAudio), audio, lostJournals)) {
        const auto frames = journalDisk.at(callId);
        for (const auto& frame : frames) hub->onAudioReplayed(callId, frame);
        hub->onReplayDone(callId);
    }
    settle();
}

void World::phone(CallState state, const std::string& key, const std::string& number,
                  protocol::Direction direction, const Extension& extension) {
    PhoneEvent event;
    event.key = key;
    event.extension = extension;
    event.state = state;
    event.direction = direction;
    event.remoteNumber = number;
    hub->onPhone(event);
    settle();
}

Result<void> World::sendFrame(const AudioGrant& grant, Speaker channel, std::int64_t sequence,
                              bool isSpoken) {
    protocol::AudioFrame frame;
    frame.channel = channel;
    frame.sequence = static_cast<std::uint64_t>(sequence);
    frame.callClockMs = sequence * kFrameMs;
    frame.streamId = grant.streamId;
    frame.samples.assign(static_cast<std::size_t>(kFrameMs * 16),
                         isSpoken ? std::int16_t{100} : std::int16_t{0});
    return hub->onAudioFrame(kExtension, std::move(frame));
}

void World::sendAudio(const AudioGrant& grant, std::int64_t frames) {
    for (std::int64_t i = grant.next.agent; i < frames; ++i) (void)sendFrame(grant, Speaker::Agent, i);
    for (std::int64_t i = grant.next.customer; i < frames; ++i) (void)sendFrame(grant, Speaker::Customer, i);
    settle();
}

CallId World::wholeCall(std::int64_t frames, const std::string& key) {
    phone(CallState::Ringing, key);
    phone(CallState::Connected, key);
    const CallId id = callId();
    const auto grant = hub->startAudio(kExtension, id);
    sendAudio(*grant, frames);
    pass(std::chrono::milliseconds{frames * kFrameMs});
    phone(CallState::Ended, key);
    (void)hub->endAudio(kExtension, {id, {frames, frames}});
    settle();
    return id;
}

CallId World::callId() const {
    const auto latest =
        std::ranges::max_element(disk.calls, {}, [](const auto& item) { return item.second.startedAtMs; });
    return latest == disk.calls.end() ? CallId{} : latest->first;
}

std::optional<protocol::Draft> World::draft() const {
    const auto found = disk.drafts.find(draftIdFor(callId()));
    return found == disk.drafts.end() ? std::nullopt : std::optional{found->second};
}

protocol::Draft World::shownDraft() {
    (void)hub->draftShown(kExtension, draftIdFor(callId()));
    settle();
    return *draft();
}

std::vector<std::string> World::texts() const {
    std::vector<std::string> texts;
    if (const auto spoken = disk.utterances.find(callId()); spoken != disk.utterances.end())
        for (const auto& [id, utterance] : spoken->second) texts.push_back(utterance.text);
    return texts;
}

bool World::wasAudited(const std::string& actor, const std::string& action) const {
    return std::ranges::any_of(
        disk.audit, [&](const auto& entry) { return entry.actor == actor && entry.action == action; });
}

}  // namespace ninja3cx::calls::doubles
