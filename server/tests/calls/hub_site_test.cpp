#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallState;
using protocol::Presence;

protocol::Agent agentIn(const protocol::Snapshot& snapshot, const std::string& extension) {
    const auto found = std::ranges::find(snapshot.agents, Extension{extension}, &protocol::Agent::extension);
    return found == snapshot.agents.end() ? protocol::Agent{} : *found;
}

protocol::QueueState queueOf(const std::string& number, std::int32_t waiting,
                             std::optional<std::int64_t> oldestSinceMs = {}) {
    protocol::QueueState queue;
    queue.queue = number;
    queue.waiting = waiting;
    queue.oldestSinceMs = oldestSinceMs;
    return queue;
}

TEST(HubSite, ShowsWhatThePbxTellsOfItsUsers) {
    World world;
    world.hub->onPbxUsers({{Extension{"201"}, {"Marie Martin", true, false, true}},
                           {Extension{"202"}, {"Jean Petit", false, false, false}}});
    world.settle();
    const auto board = world.hub->snapshot(std::nullopt);
    EXPECT_EQ(agentIn(board, "201").presence, Presence::QueueLoggedOut);
    EXPECT_EQ(agentIn(board, "201").name, "Marie Martin");
    EXPECT_EQ(agentIn(board, "202").presence, Presence::Offline);
    world.hub->onPbxUsers({});
    world.settle();
    EXPECT_EQ(agentIn(world.hub->snapshot(std::nullopt), "201").presence, Presence::Offline)
        << "nobody tells of the telephone any more, and there is no agent program";
}

TEST(HubSite, TellsAgentProgramsOnlyWhatTheirOlderVersionsKnow) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.hub->onPbxUsers({{kExtension, {"Marie Martin", true, false, true}}});
    world.settle();
    EXPECT_EQ(agentIn(world.hub->snapshot(kExtension), "201").presence, Presence::Away);
    EXPECT_EQ(agentIn(world.hub->snapshot(std::nullopt), "201").presence, Presence::QueueLoggedOut);
    for (const auto& [audience, event] : world.events->events) {
        if (const auto* agent = std::get_if<protocol::AgentChanged>(&event); agent && audience.extension) {
            EXPECT_NE(agent->agent.presence, Presence::QueueLoggedOut);
        }
    }
}

TEST(HubSite, NamesTheTechnicianOfACallAsThePbxDoesWhereTheConfigurationDoesNot) {
    HubOptions options;
    options.technicians["202"] = "Jean, support";
    World world{options};
    world.hub->onPbxUsers({{Extension{"201"}, {"Marie Martin", true, false, false}},
                           {Extension{"202"}, {"Jean Petit", true, false, false}}});
    world.phone(CallState::Ringing);
    EXPECT_EQ(world.call().technician, "Marie Martin");
    world.clock.advance(1s);
    world.phone(CallState::Ringing, "3cx/202/2", kCustomer, protocol::Direction::Inbound, Extension{"202"});
    EXPECT_EQ(world.call().technician, "Jean, support");
}

TEST(HubSite, CallsAWaitLongOnceItIs) {
    HubOptions options;
    options.longWait = 60s;
    World world{options};
    EXPECT_EQ(world.hub->status().queues, std::nullopt);
    const std::int64_t nowMs = toEpochMs(world.clock.now());
    world.hub->onQueues(std::vector{queueOf("800", 2, nowMs - 59'000), queueOf("801", 0)});
    auto queues = world.hub->status().queues;
    ASSERT_TRUE(queues);
    EXPECT_EQ(queues->at(0).isLongWait, false);
    EXPECT_EQ(queues->at(1).isLongWait, std::nullopt);
    const auto isLongOnBoards = [&] {
        const auto shown = world.hub->snapshot(std::nullopt).system.queues;
        return shown && shown->at(0).isLongWait == true;
    };
    world.pass(900ms);
    EXPECT_FALSE(isLongOnBoards());
    world.pass(200ms);
    EXPECT_TRUE(isLongOnBoards()) << "nothing was heard of the queue meanwhile";
    world.hub->onQueues(std::nullopt);
    EXPECT_EQ(world.hub->status().queues, std::nullopt);
}

TEST(HubSite, TellsAgentProgramsNothingOfQueues) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.hub->onQueues(std::vector{queueOf("800", 2, 1)});
    world.settle();
    EXPECT_TRUE(world.hub->snapshot(std::nullopt).system.queues);
    EXPECT_FALSE(world.hub->snapshot(kExtension).system.queues);
    for (const auto& [audience, event] : world.events->events) {
        const auto* system = std::get_if<protocol::SystemChanged>(&event);
        if (system && audience.includesAllAgents) {
            EXPECT_FALSE(system->system.queues);
        }
    }
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
