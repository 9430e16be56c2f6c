#include "server/app/life_log.hpp"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>

namespace ninja3cx::app {
namespace {

using protocol::CallStage;
using protocol::CallState;
using protocol::DeliveryState;
using protocol::DraftState;
using protocol::LinkState;

protocol::EventBody callIs(CallStage stage, CallState state, std::int64_t lagMs = 0) {
    protocol::Call call;
    call.callId = CallId{"call-1"};
    call.extension = Extension{"201"};
    call.stage = stage;
    call.state = state;
    call.lagMs = lagMs;
    call.remoteNumber = "SECRET";
    call.remoteName = "SECRET";
    call.technician = "SECRET";
    return protocol::CallChanged{call};
}

protocol::EventBody draftIs(DraftState state, DeliveryState delivery = DeliveryState::None,
                            std::optional<TicketId> ticketId = {}) {
    protocol::Draft draft;
    draft.draftId = DraftId{"draft-1"};
    draft.callId = CallId{"call-1"};
    draft.state = state;
    draft.fields.subject = "SECRET";
    draft.delivery.state = delivery;
    draft.delivery.ticketId = ticketId;
    draft.delivery.problem = "SECRET";
    return protocol::DraftChanged{draft};
}

protocol::EventBody agentIs(bool isConnected, protocol::Presence presence) {
    protocol::Agent agent;
    agent.extension = Extension{"201"};
    agent.name = "SECRET";
    agent.isConnected = isConnected;
    agent.presence = presence;
    return protocol::AgentChanged{agent};
}

protocol::EventBody linksAre(LinkState pbx, LinkState ninja) {
    protocol::SystemStatus status;
    status.pbx = pbx;
    status.ninja = ninja;
    return protocol::SystemChanged{status};
}

protocol::EventBody spoken() {
    protocol::Utterance utterance;
    utterance.callId = CallId{"call-1"};
    utterance.text = "SECRET";
    utterance.isFinal = true;
    utterance.corrections = {{0, 6, "SECRET"}};
    return protocol::UtteranceChanged{utterance};
}

struct Counter final : calls::EventSink {
    int events = 0;
    void publish(const calls::Audience&, protocol::EventBody) override { ++events; }
};

TEST(LifeLog, WritesEachChangeOnceAndNoWordOfACall) {
    struct Row {
        protocol::EventBody event;
        std::string line;  // empty: none
    };
    const std::vector<Row> rows{
        {linksAre(LinkState::Connecting, LinkState::Connecting), ""},
        {linksAre(LinkState::Connected, LinkState::Connecting), "info 3CX: the link is up\n"},
        {linksAre(LinkState::Connected, LinkState::Connected), "info NinjaOne: the link is up\n"},
        {agentIs(false, protocol::Presence::Offline), ""},
        {agentIs(true, protocol::Presence::Available), "info agent 201: on\n"},
        {callIs(CallStage::Live, CallState::Ringing), "info call call-1 of 201: live, ringing\n"},
        {callIs(CallStage::Live, CallState::Connected), "info call call-1 of 201: live, connected\n"},
        {agentIs(true, protocol::Presence::InCall), ""},
        {callIs(CallStage::Live, CallState::Connected, 900), ""},
        {spoken(), ""},
        {linksAre(LinkState::Connecting, LinkState::Connected), "warning 3CX: the link is down\n"},
        {linksAre(LinkState::Failed, LinkState::Connected), ""},
        {linksAre(LinkState::Connecting, LinkState::Connected), ""},
        {linksAre(LinkState::Connected, LinkState::Connected), "info 3CX: the link is up again\n"},
        {callIs(CallStage::Analysing, CallState::Ended),
         "info call call-1 of 201: analysing, ended\ninfo call call-1: 1 names were corrected in its text\n"},
        {callIs(CallStage::Drafted, CallState::Ended), "info call call-1 of 201: drafted, ended\n"},
        {draftIs(DraftState::Counting), "info draft draft-1 of call call-1: counting\n"},
        {draftIs(DraftState::Counting), ""},
        {draftIs(DraftState::Counting, DeliveryState::Unknown),
         ""},  // it came back from another one's ticket
        {draftIs(DraftState::Confirmed, DeliveryState::Queued),
         "info draft draft-1 of call call-1: confirmed\ninfo ticket of draft draft-1: queued\n"},
        {linksAre(LinkState::Connected, LinkState::NeedsLogin),
         "warning NinjaOne: the link is down until somebody logs in\n"},
        {linksAre(LinkState::Connected, LinkState::Failed), ""},
        {linksAre(LinkState::Connected, LinkState::Connected), "info NinjaOne: the link is up again\n"},
        {draftIs(DraftState::Confirmed, DeliveryState::Created, TicketId{4711}),
         "info ticket 4711 of draft draft-1: created\n"},
        {draftIs(DraftState::Confirmed, DeliveryState::Created, TicketId{4711}), ""},
        {protocol::CallRemoved{CallId{"call-1"}}, ""},
        {agentIs(false, protocol::Presence::Offline), "info agent 201: off\n"},
        {linksAre(LinkState::NotConfigured, LinkState::NotConfigured), ""},
    };
    std::ostringstream written;
    auto log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(written));
    log->set_pattern("%l %v", spdlog::pattern_time_type::utc);
    Counter next;
    LifeLog lifeLog{next, log};
    int published = 0;
    for (const Row& row : rows) {
        written.str("");
        lifeLog.publish({Extension{"201"}}, row.event);
        EXPECT_EQ(written.str(), row.line) << "event " << published;
        EXPECT_EQ(next.events, ++published);
    }
}

/// Agent programs are shown other figures than boards; both speak of the same links.
TEST(LifeLog, TakesTheLinksFromTheBoardsStatusOnly) {
    std::ostringstream written;
    Counter next;
    LifeLog lifeLog{next, std::make_shared<spdlog::logger>(
                              "test", std::make_shared<spdlog::sinks::ostream_sink_st>(written))};
    lifeLog.publish({std::nullopt, false, true}, linksAre(LinkState::Failed, LinkState::Failed));
    EXPECT_EQ(written.str(), "");
    EXPECT_EQ(next.events, 1);
}

TEST(LifeLog, NamesTheAddressOfARefusedKey) {
    std::ostringstream written;
    auto log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(written));
    log->set_pattern("%l %v", spdlog::pattern_time_type::utc);
    Counter next;
    LifeLog{next, log}.noteRefusal("10.0.0.5, 10 times");
    EXPECT_EQ(written.str(), "warning a wrong key or a spent login link was refused: 10.0.0.5, 10 times\n");
}

}  // namespace
}  // namespace ninja3cx::app
