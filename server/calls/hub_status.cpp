#include "server/calls/hub_impl.hpp"
#include "server/calls/presence.hpp"

#include <algorithm>

/// Who is there, how the system is, and what time does to calls.
namespace ninja3cx::calls {
namespace {

using protocol::CallStage;
using protocol::DeliveryState;
using protocol::DraftState;
using protocol::Recording;

constexpr std::size_t kMaxAgents = 1'000;
constexpr std::int64_t kRecentMs = 30LL * 24 * 3'600'000;  // a next call may belong to a ticket of then
constexpr std::size_t kMostBoardTickets = 30;
const Audience kBoardsAlone{std::nullopt, true, false};

bool isUnsettled(const protocol::Delivery& delivery) {
    return delivery.state == DeliveryState::Waiting || delivery.state == DeliveryState::Unknown ||
           delivery.state == DeliveryState::Unconfirmed ||
           (delivery.state == DeliveryState::Rejected &&
            delivery.problemCode != wordOf(protocol::DeliveryProblem::GivenUp));
}

/// An agent program learns how the links are, not how busy its colleagues.
protocol::SystemStatus forAgents(protocol::SystemStatus status) {
    status.liveCalls = 0;
    status.waitingDrafts = 0;
    status.createdToday = 0;
    status.unsettledTickets = 0;
    status.unconfirmedTickets.reset();
    status.queues.reset();
    return status;
}

}  // namespace

// ---- links ------------------------------------------------------------------------------------------------

void CallHub::Impl::onPbxLink(protocol::LinkState state) {
    pbx_ = state;
    refresh();
}

/// Their names stand in for those that the configuration does not give.
void CallHub::Impl::onPbxUsers(std::map<Extension, PbxUser> users) {
    pbxUsers_ = std::move(users);
    refresh();
}

void CallHub::Impl::onQueues(std::optional<std::vector<protocol::QueueState>> queues) {
    queues_ = std::move(queues);
    refresh();
}

/// A wait becomes a long one while nothing is heard of it.
std::optional<std::vector<protocol::QueueState>> CallHub::Impl::queuesNow() const {
    auto queues = queues_;
    if (!queues) return queues;
    const std::int64_t limitMs = std::chrono::milliseconds{options_.longWait}.count();
    for (protocol::QueueState& queue : *queues) {
        queue.isLongWait.reset();
        if (queue.oldestSinceMs) queue.isLongWait = nowMs() - *queue.oldestSinceMs >= limitMs;
    }
    return queues;
}

std::string CallHub::Impl::technicianOf(const Extension& extension) const {
    if (const auto name = options_.technicians.find(extension.value()); name != options_.technicians.end())
        return name->second;
    const auto user = pbxUsers_.find(extension);
    return user == pbxUsers_.end() ? "" : user->second.name;
}

void CallHub::Impl::onNinjaLink(protocol::LinkState state) {
    ninja_ = state;
    refresh();
}

void CallHub::Impl::onStorage(std::optional<protocol::StorageProblem> problem) {
    if (std::exchange(storage_, problem) != problem) refresh();
}

std::optional<std::string> CallHub::Impl::storageProblem() const {
    if (ledger_.isFull()) return std::string{wordOf(protocol::StorageProblem::AudioNotStored)};
    if (!storage_) return std::nullopt;
    return std::string{wordOf(*storage_)};
}

bool CallHub::Impl::isAgentConnected(const Extension& extension) const {
    const auto link = links_.find(extension);
    return link != links_.end() && link->second.connections > 0;
}

Result<void> CallHub::Impl::mayJoin(const Extension& extension) const {
    if (links_.contains(extension) || links_.size() < kMaxAgents) return {};
    return Error{ErrorKind::Busy, "agent programs of " + std::to_string(kMaxAgents) +
                                      " extensions have been here since the server started: no more"};
}

/// A program that reconnects may be there twice for a moment.
void CallHub::Impl::onAgentOnline(const Extension& extension) {
    AgentLink& link = links_[extension];
    ++link.connections;
    link.awaitedUntil.reset();
    link.heardAt = faceTime();
    refresh();
}

void CallHub::Impl::onAgentHeard(const Extension& extension) {
    if (const auto link = links_.find(extension); link != links_.end()) link->second.heardAt = faceTime();
}

SteadyTime CallHub::Impl::lastHeard(const Extension& extension) {
    const auto link = links_.find(extension);
    return link == links_.end() ? faceTime() : link->second.heardAt;
}

/// Connected as far as we know, yet nothing comes, not even an answer to a ping.
bool CallHub::Impl::isAgentSilent(const Extension& extension) {
    return isAgentConnected(extension) && faceTime() - lastHeard(extension) >= options_.agentSilence;
}

bool CallHub::Impl::isCounting(const Extension& extension) const {
    return std::ranges::any_of(drafts_, [&](const auto& item) {
        return item.second.draft.extension == extension && item.second.draft.state == DraftState::Counting;
    });
}

void CallHub::Impl::onAgentOffline(const Extension& extension) {
    AgentLink& link = links_[extension];
    link.connections = std::max(0, link.connections - 1);
    if (link.connections > 0) return;
    link.offlineSince = now();
    link.awaitedUntil = faceTime() + options_.agentPatience;
    for (auto& [draftId, tracked] : drafts_)
        if (tracked.draft.extension == extension) (void)step(tracked, DraftEvent::LinkLost, "server");
    refresh();
}

// ---- time -------------------------------------------------------------------------------------------------

/// A program that was stopped (a debugger, a frozen machine) showed nothing and heard nobody meanwhile: for the faces
/// that time has not passed. Asked at every tick and wherever drafts or the agents' presence change, so that whichever comes first notices.
SteadyTime CallHub::Impl::faceTime() {
    constexpr std::chrono::seconds kLongestTick{1};
    const SteadyTime present = now();
    if (seenAt_ && present - *seenAt_ > kLongestTick) {
        stoodStill_ += present - *seenAt_;
        hasStoodStill_ = true;
    }
    seenAt_ = present;
    return present - stoodStill_;
}

/// What the faces show of a running countdown is no longer true: it goes on when they show it again.
void CallHub::Impl::showStandStill() {
    (void)faceTime();
    if (!std::exchange(hasStoodStill_, false)) return;
    for (auto& [draftId, tracked] : drafts_)
        if (tracked.draft.state == DraftState::Counting) (void)step(tracked, DraftEvent::LinkLost, "server");
}

void CallHub::Impl::tickAgents() {
    for (auto& [extension, link] : links_) {
        if (!link.awaitedUntil || faceTime() < *link.awaitedUntil) continue;
        link.awaitedUntil.reset();
        for (auto& [draftId, tracked] : drafts_)
            if (tracked.draft.extension == extension)
                (void)step(tracked, DraftEvent::AgentLeft, "server", protocol::HeldReason::AgentAway);
    }
}

void CallHub::Impl::tickCalls() {
    std::vector<CallId> forgotten;
    for (auto& [callId, call] : calls_) {
        if (call.isReplaying &&
            !isOver(call.call.state)) {  // the transcriber knows nothing of what waits on disk
            const std::int64_t behindMs = callClock(call) - call.audioEndMs;
            showLag(call, std::max<std::int64_t>(0, behindMs) / 1'000 * 1'000);
        }
        if (isOver(call.call.state) && !call.isAudioIn && !call.isReplaying && !call.takesRecording) {
            const bool isSilent = !call.hasAskedForAudio && isAgentConnected(call.call.extension);
            const auto grace = isSilent ? options_.noAudioGrace : options_.audioGrace;
            if (now() - std::max(call.overAt, call.lastAudioAt) >= grace) audioIn(call);
        }
        if (call.isAnalysing && call.call.stage == CallStage::Analysing && now() >= call.analysisDue)
            advance(call, CallEvent::AnalysisSlow);
        if (!call.closedAt) continue;
        if (!call.isRemoved && now() - *call.closedAt >= options_.boardLinger) removeFromView(call);
        const bool mayGetAudio =
            isSilent(call) || (call.call.answeredAtMs && call.call.recording != Recording::Blocked &&
                               !call.call.isAudioComplete);
        const auto kept =
            mayGetAudio ? std::chrono::milliseconds{options_.lateAudioLimit} : options_.boardLinger;
        const bool isIdle =
            call.isAudioIn && !call.isReplaying && std::ranges::all_of(call.channels, [](const auto& stream) {
                return !stream.isOpen || stream.isDrained;
            });
        if (call.isRemoved && isIdle && now() - *call.closedAt >= kept) forgotten.push_back(callId);
    }
    takeOffBoards([&](const protocol::Draft& draft) {
        return nowMs() - draft.changedAtMs >= options_.ticketLinger.count();
    });
    recent_.forgetBefore(nowMs() - kRecentMs);
    for (const CallId& callId : forgotten) {
        TrackedCall& call = calls_.at(callId);
        if (!call.call.isAudioComplete) removeReadJournal(call);
        if (call.hasAskedForAudio) ports_.transcriber.drop(callId);
        callByStream_.erase(call.streamId);
        calls_.erase(callId);
    }
}

void CallHub::Impl::removeFromView(TrackedCall& call) {
    call.isRemoved = true;
    const CallId callId = call.call.callId;
    publish({call.call.extension}, protocol::CallRemoved{callId});
    for (const protocol::Draft& draft : boardTickets_)
        if (draft.callId == callId) publish(kBoardsAlone, protocol::DraftChanged{draft});
    for (const auto& [draftId, tracked] : drafts_)
        if (tracked.draft.callId == callId) keepOnBoards(tracked.draft);
    std::erase_if(drafts_, [&](const auto& item) { return item.second.draft.callId == callId; });
}

/// What becomes of a ticket shows after its call has left.
void CallHub::Impl::keepOnBoards(const protocol::Draft& draft) {
    if (draft.delivery.state != DeliveryState::Created) return;
    boardTickets_.push_back(draft);
    publish(kBoardsAlone, protocol::DraftChanged{draft});
    if (boardTickets_.size() <= kMostBoardTickets) return;
    takeOffBoards([oldest = boardTickets_.front().draftId](const protocol::Draft& kept) {
        return kept.draftId == oldest;
    });
}

void CallHub::Impl::takeOffBoards(const std::function<bool(const protocol::Draft&)>& isMeant) {
    std::erase_if(boardTickets_, [&](const protocol::Draft& draft) {
        if (!isMeant(draft)) return false;
        publish(kBoardsAlone, protocol::CallRemoved{draft.callId});
        return true;
    });
}

void CallHub::Impl::showProgress(const TicketId& ticketId, const protocol::TicketProgress& progress) {
    for (protocol::Draft& draft : boardTickets_) {
        if (draft.delivery.ticketId != ticketId || draft.delivery.progress == progress) continue;
        draft.delivery.progress = progress;
        ++draft.revision;
        publish(kBoardsAlone, protocol::DraftChanged{draft});
    }
}

// ---- what is shown ----------------------------------------------------------------------------------------

std::int64_t CallHub::Impl::dayOf(std::int64_t epochMs) {
    return toEpochMs(startOfDay(fromEpochMs(epochMs)));
}

void CallHub::Impl::countCreated() {
    const std::int64_t today = dayOf(nowMs());
    if (today != createdDay_) createdToday_ = 0;
    createdDay_ = today;
    ++createdToday_;
}

protocol::SystemStatus CallHub::Impl::status() const {
    protocol::SystemStatus status;
    status.version = options_.serverVersion;
    status.isDemo = options_.isDemo;
    status.pbx = pbx_;
    status.ninja = ninja_;
    status.model = options_.model;
    status.createdToday = dayOf(nowMs()) == createdDay_ ? createdToday_ : 0;
    for (const auto& [callId, call] : calls_) {
        if (!isOver(call.call.state)) ++status.liveCalls;
        if (call.call.stage == CallStage::Live || call.call.stage == CallStage::Transcribing)
            status.lagMs = std::max(status.lagMs, call.call.lagMs);
    }
    for (const auto& [draftId, tracked] : drafts_) {
        const protocol::Draft& draft = tracked.draft;
        if (draft.state == DraftState::Inbox && draft.countdownLeftMs == 0) ++status.waitingDrafts;
        if (draft.state == DraftState::Confirmed && isUnsettled(draft.delivery)) ++status.unsettledTickets;
        if (draft.delivery.state == DeliveryState::Unconfirmed)
            status.unconfirmedTickets = status.unconfirmedTickets.value_or(0) + 1;
    }
    status.directoryAtMs = ports_.directory.readAtMs();
    status.storageProblem = storageProblem();
    status.queues = queuesNow();
    return status;
}

void CallHub::Impl::refreshAgent(const Extension& extension, const std::vector<CallAndDraft>& items) {
    std::string name = technicianOf(extension);
    for (const CallAndDraft& item : items)
        if (!item.call->technician.empty()) name = item.call->technician;
    const auto known = agents_.find(extension);
    protocol::Agent agent;
    if (known != agents_.end()) agent = known->second;
    const bool isConnected = isAgentConnected(extension);
    const auto user = pbxUsers_.find(extension);
    const PresenceOf present =
        presenceOf(isConnected, user == pbxUsers_.end() ? std::nullopt : std::optional{user->second}, items);
    if (known == agents_.end() || agent.presence != present.presence) agent.sinceMs = nowMs();
    agent.extension = extension;
    if (!name.empty()) agent.name = name;
    agent.presence = present.presence;
    agent.callId = present.callId;
    agent.isConnected = isConnected;
    if (known != agents_.end() && known->second == agent) return;
    agents_[extension] = agent;
    publishState("agent on boards/" + extension.value(), {std::nullopt, true, false},
                 protocol::AgentChanged{agent});
    agent.presence = forAgentPrograms(agent.presence);
    publishState("agent/" + extension.value(), {extension, false}, protocol::AgentChanged{std::move(agent)});
}

void CallHub::Impl::refresh() {
    std::map<Extension, std::vector<CallAndDraft>> extensions;  // each with its calls
    for (const auto& [extension, name] : options_.technicians) extensions[Extension{extension}];
    for (const auto& [extension, link] : links_) extensions[extension];
    for (const auto& [extension, user] : pbxUsers_) extensions[extension];
    for (const auto& [extension, agent] : agents_) extensions[extension];
    for (const auto& [callId, call] : calls_) {
        auto& items = extensions[call.call.extension];
        if (call.isRemoved) continue;
        const TrackedDraft* tracked = draftOf(callId);
        items.push_back({&call.call, tracked ? &tracked->draft : nullptr});
    }
    for (const auto& [extension, items] : extensions) refreshAgent(extension, items);

    const protocol::SystemStatus present = status();
    if (shownStatus_ != present) {
        shownStatus_ = present;
        publishState("system on boards", {std::nullopt, true, false}, protocol::SystemChanged{present});
    }
    if (shownAgentStatus_ != forAgents(present)) {
        shownAgentStatus_ = forAgents(present);
        publishState("system", {std::nullopt, false, true}, protocol::SystemChanged{*shownAgentStatus_});
    }
}

}  // namespace ninja3cx::calls
