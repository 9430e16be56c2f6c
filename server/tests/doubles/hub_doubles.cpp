#include "server/tests/doubles/hub_doubles.hpp"

#include "server/calls/outbox_text.hpp"
#include "server/calls/prompt_words.hpp"
#include "shared/protocol/codes.hpp"

#include <algorithm>

namespace ninja3cx::calls::doubles {
namespace {

using protocol::DeliveryState;
using protocol::DraftState;
using protocol::Speaker;

std::string nameOf(Speaker channel) {
    return channel == Speaker::Agent ? "agent" : "customer";
}

UtteranceId idAt(Speaker channel, std::int64_t ms) {
    std::string digits = std::to_string(ms);
    digits.insert(0, 7 - std::min<std::size_t>(7, digits.size()), '0');
    return UtteranceId{nameOf(channel) + "-" + digits};
}

}  // namespace

// ---- store ------------------------------------------------------------------------------------------------

OpenWork FakeStore::Disk::openWork(const std::set<CallId>& withAudio) const {
    OpenWork work;
    work.restoredAtMs = restoredAtMs;
    const auto mayBeJoined = [&](const protocol::Draft& draft) {
        const auto call = calls.find(draft.callId);
        return draft.state == DraftState::Discarded && call != calls.end() &&
               call->second.stage == protocol::CallStage::Drafted;
    };
    for (const auto& [draftId, draft] : drafts)
        if (mayBeJoined(draft)) work.drafts.push_back(draft);
    for (const auto& [draftId, draft] : drafts)
        if (draft.state != DraftState::Discarded && draft.delivery.state != DeliveryState::Created &&
            draft.delivery.problemCode != wordOf(protocol::DeliveryProblem::GivenUp))
            work.drafts.push_back(draft);
    for (const auto& [draftId, draft] : drafts)
        if (draft.delivery.state == DeliveryState::Created) work.recent.push_back(draft);
    std::ranges::sort(work.recent, std::ranges::greater{}, &protocol::Draft::changedAtMs);
    for (const auto& [callId, call] : calls)
        if (call.stage == protocol::CallStage::Closed && phoneKeys.at(callId).starts_with("agent/"))
            work.closedKeys.push_back(phoneKeys.at(callId));
    for (const auto& [callId, call] : calls) {
        const CallId id = callId;
        const bool hasOpenDraft =
            std::ranges::any_of(work.drafts, [&](const auto& draft) { return draft.callId == id; });
        const bool mayGetAudio =
            call.answeredAtMs && call.recording != protocol::Recording::Blocked && !call.isAudioComplete;
        const bool isOpen = call.stage != protocol::CallStage::Closed || hasOpenDraft;
        if (!isOpen && !mayGetAudio && !withAudio.contains(callId)) continue;
        OpenWork::OpenCall open{call, phoneKeys.at(callId), {}, {}};
        if (const auto spoken = utterances.find(callId); spoken != utterances.end())
            for (const auto& [utteranceId, utterance] : spoken->second) open.utterances.push_back(utterance);
        if (const auto analysis = analyses.find(callId); analysis != analyses.end())
            open.analysis = analysis->second;
        work.calls.push_back(std::move(open));
    }
    for (const auto& [draftId, entry] : outbox) {
        const DraftId id = draftId;
        const bool isOfOpenDraft =
            std::ranges::any_of(work.drafts, [&](const auto& draft) { return draft.draftId == id; });
        if (entry.delivery.state != DeliveryState::Created || isOfOpenDraft) work.outbox.push_back(entry);
    }
    return work;
}

std::optional<HearingFacts> FakeStore::Disk::hearing(const CallId& callId) const {
    const auto call = calls.find(callId);
    if (call == calls.end()) return std::nullopt;
    HearingFacts facts;
    facts.overAtMs = call->second.endedAtMs.value_or(call->second.startedAtMs);
    facts.isWanted = call->second.recording != protocol::Recording::Blocked;
    facts.hasVersion = versions.contains(callId) && !versions.at(callId).empty();
    facts.promptWords = promptWordsOf(call->second.caller);
    facts.begun = hearings.contains(callId) ? hearings.at(callId) : 0;
    return facts;
}

void FakeStore::commit(std::vector<Change> changes, Done done) {
    waiting_.emplace_back(std::move(changes), std::move(done));
}

void FakeStore::apply(const Change& change) {
    if (const auto* call = std::get_if<SaveCall>(&change)) {
        disk_.calls[call->call.callId] = call->call;
        disk_.phoneKeys[call->call.callId] = call->phoneKey;
    } else if (const auto* spoken = std::get_if<SaveUtterance>(&change)) {
        auto& known = disk_.utterances[spoken->utterance.callId];
        if (known.contains(spoken->utterance.utteranceId)) ++disk_.utteranceRewrites;
        known[spoken->utterance.utteranceId] = spoken->utterance;
    } else if (const auto* masked = std::get_if<MaskUtterance>(&change)) {
        auto& known = disk_.utterances[masked->utterance.callId];
        if (known.contains(masked->utterance.utteranceId))
            known[masked->utterance.utteranceId] = masked->utterance;
    } else if (const auto* analysis = std::get_if<SaveAnalysis>(&change)) {
        disk_.analyses[analysis->callId] = analysis->analysis;
    } else if (const auto* draft = std::get_if<SaveDraft>(&change)) {
        disk_.drafts[draft->draft.draftId] = draft->draft;
    } else if (const auto* outbox = std::get_if<SaveOutbox>(&change)) {
        disk_.outbox[outbox->entry.draftId] = outbox->entry;
        ++disk_.outboxWrites[outbox->entry.draftId];
    } else if (const auto* mended = std::get_if<SaveAmendment>(&change)) {
        disk_.outbox.at(mended->draftId).amended = mended->amendment;
    } else if (const auto* gone = std::get_if<DeleteCall>(&change)) {
        disk_.calls.erase(gone->callId);
        disk_.utterances.erase(gone->callId);
        disk_.versions.erase(gone->callId);
        disk_.hearings.erase(gone->callId);
    } else if (const auto* heard = std::get_if<SaveVersion>(&change)) {
        auto& versions = disk_.versions[heard->callId];
        if (disk_.calls.contains(heard->callId) && versions.empty()) versions.push_back(heard->version);
    } else if (const auto* begun = std::get_if<NoteHearing>(&change)) {
        if (disk_.calls.contains(begun->callId)) disk_.hearings[begun->callId] = begun->begun;
    } else if (const auto* entry = std::get_if<AuditEntry>(&change)) {
        disk_.audit.push_back(*entry);
    }
}

bool FakeStore::run() {
    if (isDead_ || waiting_.empty()) return false;
    auto [changes, done] = std::move(waiting_.front());
    waiting_.pop_front();
    if (failures > 0) {
        --failures;
        done(Error{ErrorKind::Io, "disk full"});
        return true;
    }
    const bool dies = commitsLeft_ >= 0 && commitsLeft_-- == 0;
    isDead_ = dies;
    if (dies && death_ == Death::BeforeStoring) return false;
    for (const Change& change : changes) apply(change);
    ++commits;
    if (dies) return false;
    done({});
    return true;
}

// ---- journal ----------------------------------------------------------------------------------------------

bool FakeJournal::run(CallHub& hub) {
    if (waiting_.empty()) return false;
    auto [callId, frame] = std::move(waiting_.front());
    waiting_.pop_front();
    if (fails) {
        waiting_.clear();
        hub.onAudioFailed(callId, Error{ErrorKind::Io, "disk full"});
        return true;
    }
    disk_[callId].push_back(frame);
    hub.onAudioDurable(callId, std::move(frame));
    return true;
}

// ---- transcriber ------------------------------------------------------------------------------------------

void FakeTranscriber::open(Stream stream) {
    ++opened;
    streams.push_back(stream);
    const auto key = std::pair{stream.callId, stream.channel};
    if (const auto known = streams_.find(key); known != streams_.end() && !known->second.isDrained) ++misuse;
    streams_[key] = Open{std::move(stream), false, false, {}};
}

void FakeTranscriber::feed(const CallId& callId, Speaker channel, std::int64_t callClockMs,
                           std::vector<std::int16_t> samples) {
    const auto found = streams_.find({callId, channel});
    if (found == streams_.end() || found->second.isFinished) {
        ++misuse;
        return;
    }
    fed[channel].push_back(callClockMs);
    const std::int64_t endMs = callClockMs + static_cast<std::int64_t>(samples.size()) / 16;
    const std::int64_t finalUntilMs = found->second.stream.finalUntilMs;
    if (finalUntilMs > 0 && endMs <= finalUntilMs) return;
    callClockMs = std::max(callClockMs, finalUntilMs);
    const UtteranceId id = idAt(channel, callClockMs);
    if (samples.empty() || samples.front() == 0) return;
    ++decoded;
    protocol::Utterance heard;
    heard.callId = callId;
    heard.utteranceId = id;
    heard.channel = channel;
    heard.revision = 1;
    heard.isFinal = true;
    heard.startMs = callClockMs;
    heard.endMs = callClockMs + 100;
    heard.text = says.empty() ? nameOf(channel) + " " + std::to_string(callClockMs) : says;
    found->second.texts.push_back(std::move(heard));
}

void FakeTranscriber::finish(const CallId& callId, Speaker channel) {
    const auto found = streams_.find({callId, channel});
    if (found == streams_.end() || found->second.isFinished)
        ++misuse;
    else
        found->second.isFinished = true;
}

void FakeTranscriber::drop(const CallId& callId) {
    dropped.push_back(callId);
    std::erase_if(streams_, [&](const auto& item) { return item.first.first == callId; });
}

bool FakeTranscriber::run(CallHub& hub) {
    for (auto& [key, open] : streams_) {
        if (!open.texts.empty()) {
            protocol::Utterance heard = std::move(open.texts.front());
            open.texts.pop_front();
            hub.onUtterance(std::move(heard));
            return true;
        }
        if (open.isFinished && !open.isDrained) {
            open.isDrained = true;
            hub.onDrained(key.first, key.second);
            return true;
        }
    }
    return false;
}

// ---- analysis, directory, tickets -------------------------------------------------------------------------

FakeAnalyser::FakeAnalyser() {
    answer.category = protocol::Category::NetworkVpn;
    answer.priority = protocol::Priority::Medium;
    answer.ticketWarranted = true;
    answer.subject = "VPN en panne";
    answer.summary = "Le VPN ne se connecte plus.";
}

void FakeAnalyser::analyse(protocol::AnalysisInput input, Done done, Better later) {
    better = std::move(later);
    inputs.push_back(std::move(input));
    waiting_.push_back(std::move(done));
}

std::unique_ptr<CallReader> FakeAnalyser::follow(const std::string&) const {
    class Reader final : public CallReader {
    public:
        explicit Reader(std::vector<std::string>& read) : read_(read) {}
        protocol::CallInsight read(const protocol::Utterance& utterance) override {
            read_.push_back(utterance.text);
            const auto says = [&](const char* word) {
                return utterance.text.find(word) != std::string::npos;
            };
            if (utterance.channel == protocol::Speaker::Customer && says("non"))
                insight_.mood = protocol::Sentiment::Negative;
            if (says("danger"))
                insight_.alerts.push_back({"danger", "", utterance.utteranceId, utterance.startMs});
            return insight_;
        }

    private:
        std::vector<std::string>& read_;
        protocol::CallInsight insight_;
    };
    return std::make_unique<Reader>(read);
}

Masked FakeAnalyser::mask(const std::string& text, const std::string& language,
                          const std::string& /*before*/) const {
    languages.push_back(language);
    Masked masked{text};
    const std::string secret = "4970 1012 3456 7890";
    const std::string card = "[card]";
    if (const auto at = text.find(secret); at != std::string::npos) {
        masked.text.replace(at, secret.size(), card);
        masked.places.push_back({at, secret.size(), card.size()});
    }
    return masked;
}

bool FakeAnalyser::run() {
    if (isSlow || waiting_.empty()) return false;
    const Done done = std::move(waiting_.front());
    waiting_.pop_front();
    if (fails)
        done(Error{ErrorKind::Rejected, "cannot read it"});
    else
        done(answer);
    return true;
}

protocol::CallerMatch FakeDirectory::match(const std::string& number) const {
    const auto found = known.find(number);
    if (found != known.end()) return found->second;
    protocol::CallerMatch none;
    none.directoryAtMs = 1;
    return none;
}

std::optional<protocol::Contact> FakeDirectory::contact(const std::string& uid) const {
    for (const protocol::Contact& person : people)
        if (person.uid == uid) return person;
    return std::nullopt;
}

std::vector<protocol::Device> FakeDirectory::devicesOf(std::int64_t organizationId,
                                                       const std::optional<std::string>& uid) const {
    std::vector<protocol::Device> found;
    for (const protocol::Device& device : devices) {
        if (device.organizationId != organizationId || found.size() >= screenful) continue;
        found.push_back(device);
        if (const auto owner = owners.find(device.id); owner != owners.end())
            found.back().isCallers = owner->second == uid;
    }
    return found;
}

std::optional<protocol::Device> FakeDirectory::device(std::int64_t id) const {
    for (const protocol::Device& each : devices)
        if (each.id == id) return each;
    return std::nullopt;
}

std::vector<protocol::Location> FakeDirectory::locationsOf(std::int64_t organizationId) const {
    const auto found = locations.find(organizationId);
    return found == locations.end() ? std::vector<protocol::Location>{} : found->second;
}

std::vector<OpenTicket> FakeDesk::openTicketsOf(const std::string& requesterUid) const {
    std::vector<OpenTicket> found;
    for (const OpenTicket& ticket : openTickets)
        if (ticket.requesterUid == requesterUid) found.push_back(ticket);
    return found;
}

void FakeDesk::deliver(OutboxEntry entry) {
    if (entry.amended) return amend(withAmendment(std::move(entry)));
    const DeliveryState state = entry.delivery.state;
    if (state != DeliveryState::Rejected && state != DeliveryState::Unconfirmed)
        waiting_.push_back(std::move(entry));
}

void FakeDesk::amend(OutboxEntry entry) {
    amended.push_back(entry);
    waiting_.push_back(std::move(entry));
}

void FakeDesk::decide(const DraftId& draftId, protocol::DeliveryDecision decision, std::optional<TicketId>,
                      std::optional<OutboxEntry> present) {
    decisions.push_back(decision);
    decidedAbout.push_back(std::move(present));
    if (decision == protocol::DeliveryDecision::GiveUp) givenUp_.push_back(draftId);
}

bool FakeDesk::run(CallHub& hub, FakeStore::Disk& disk) {
    if (!givenUp_.empty()) {
        const DraftId draftId = givenUp_.front();
        givenUp_.pop_front();
        protocol::Delivery& stored = disk.outbox[draftId].delivery;
        stored.state = DeliveryState::Rejected;
        stored.problemCode = wordOf(protocol::DeliveryProblem::GivenUp);
        hub.onDelivery(draftId, protocol::Delivery{stored});
        return true;
    }
    if (waiting_.empty()) return false;
    OutboxEntry entry = std::move(waiting_.front());
    waiting_.pop_front();
    delivered.push_back(entry);
    protocol::Delivery delivery;
    delivery.state = outcome.value_or(DeliveryState::Created);
    if (outcome) {
        delivery.problemCode = problemCode;
        delivery.field = field;
    }
    if (delivery.state == DeliveryState::Created) {
        tickets_[entry.marker] = 1;  // looked up by marker: never a second one
        delivery.ticketId = TicketId{4711};
        delivery.hasTranscriptNote = hasNote(entry);
    }
    if (delivery.state != DeliveryState::Waiting) {
        disk.outbox[entry.draftId] = entry;
        disk.outbox[entry.draftId].delivery = delivery;
    }
    hub.onDelivery(entry.draftId, delivery);
    return true;
}

}  // namespace ninja3cx::calls::doubles
