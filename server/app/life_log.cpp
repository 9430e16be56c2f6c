#include "server/app/life_log.hpp"

#include "shared/json/codec.hpp"

#include <spdlog/logger.h>

#include <utility>

namespace ninja3cx::app {
namespace {

template <class E>
std::string nameOf(E value) {
    return std::string{json::encode(value).as_string()};
}

}  // namespace

LifeLog::LifeLog(calls::EventSink& next, std::shared_ptr<spdlog::logger> log)
    : next_(next), log_(std::move(log)) {}

void LifeLog::publish(const calls::Audience& audience, protocol::EventBody event) {
    if (const auto* call = std::get_if<protocol::CallChanged>(&event)) {
        note(call->call);
    } else if (const auto* said = std::get_if<protocol::UtteranceChanged>(&event)) {
        if (said->utterance.corrections)
            lives_[said->utterance.callId].corrections += said->utterance.corrections->size();
    } else if (const auto* removed = std::get_if<protocol::CallRemoved>(&event)) {
        lives_.erase(removed->callId);
    } else if (const auto* draft = std::get_if<protocol::DraftChanged>(&event)) {
        if (audience.extension) note(draft->draft);  // else it is one that boards go on showing
    } else if (const auto* agent = std::get_if<protocol::AgentChanged>(&event);
               agent && audience.includesBoards) {
        note(agent->agent);
    } else if (const auto* system = std::get_if<protocol::SystemChanged>(&event);
               system && audience.includesBoards) {
        noteLink("3CX", pbx_, system->system.pbx);
        noteLink("NinjaOne", ninja_, system->system.ninja);
    }
    next_.publish(audience, std::move(event));
}

void LifeLog::noteRefusal(const std::string& about) {
    log_->warn("a wrong key or a spent login link was refused: {}", about);
}

void LifeLog::note(const protocol::Call& call) {
    const std::string now = nameOf(call.stage) + ", " + nameOf(call.state);
    Life& life = lives_[call.callId];
    if (std::exchange(life.call, now) == now) return;
    log_->info("call {} of {}: {}", call.callId.value(), call.extension.value(), now);
    const bool isText =
        call.stage != protocol::CallStage::Live && call.stage != protocol::CallStage::Transcribing;
    if (!isText || life.corrections == 0) return;
    log_->info("call {}: {} names were corrected in its text", call.callId.value(),
               std::exchange(life.corrections, 0));
}

void LifeLog::note(const protocol::Draft& draft) {
    Life& life = lives_[draft.callId];
    const std::string now = nameOf(draft.state);
    if (std::exchange(life.draft, now) != now)
        log_->info("draft {} of call {}: {}", draft.draftId.value(), draft.callId.value(), now);
    const protocol::Delivery& delivery = draft.delivery;
    const bool isSent = draft.state == protocol::DraftState::Confirmed;
    if (!isSent || delivery.state == protocol::DeliveryState::None) return;
    const std::string ticket =
        (delivery.ticketId ? std::to_string(delivery.ticketId->value()) + " " : std::string{}) + "of draft " +
        draft.draftId.value() + ": " + nameOf(delivery.state);
    if (std::exchange(life.ticket, ticket) != ticket) log_->info("ticket {}", ticket);
}

void LifeLog::note(const protocol::Agent& agent) {
    bool& wasConnected = isConnected_[agent.extension];
    if (std::exchange(wasConnected, agent.isConnected) == agent.isConnected) return;
    log_->info("agent {}: {}", agent.extension.value(), agent.isConnected ? "on" : "off");
}

/// Every attempt passes through Connecting; failing again is no news.
LifeLog::Link LifeLog::after(Link link, protocol::LinkState state) {
    using protocol::LinkState;
    switch (state) {
        case LinkState::NotConfigured:
            return Link::Unknown;
        case LinkState::Connecting:
            return link == Link::Up ? Link::Down : link;
        case LinkState::Connected:
            return Link::Up;
        case LinkState::Failed:
            return link == Link::NeedsLogin ? link : Link::Down;
        case LinkState::NeedsLogin:
            return Link::NeedsLogin;
    }
    return link;
}

void LifeLog::noteLink(const char* name, Link& link, protocol::LinkState state) {
    const Link before = std::exchange(link, after(link, state));
    if (link == before) return;
    switch (link) {
        case Link::Unknown:
            break;
        case Link::Up:
            log_->info("{}: the link is up{}", name, before == Link::Unknown ? "" : " again");
            break;
        case Link::Down:
            log_->warn("{}: the link is down", name);
            break;
        case Link::NeedsLogin:
            log_->warn("{}: the link is down until somebody logs in", name);
            break;
    }
}

}  // namespace ninja3cx::app
