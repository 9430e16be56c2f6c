#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <map>
#include <string>

/// What a tick takes of the network thread, ten times a second.
namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallState;

Extension extensionOf(std::size_t number) {
    return Extension{std::to_string(1'000 + number)};
}

/// So many users with their telephones, and calls that go on, spread over them.
void fill(World& world, std::size_t users, std::size_t calls) {
    std::map<Extension, PbxUser> told;
    for (std::size_t user = 0; user < users; ++user)
        told[extensionOf(user)] = {"Technicien " + std::to_string(user), true, false, false};
    world.hub->onPbxUsers(std::move(told));
    for (std::size_t call = 0; call < calls; ++call) {
        const Extension extension = extensionOf(call % users);
        const std::string key = "3cx/" + extension.value() + "/" + std::to_string(call);
        for (const CallState state : {CallState::Ringing, CallState::Connected})
            world.phone(state, key, kCustomer, protocol::Direction::Inbound, extension);
    }
    world.pass(1s);
}

/// Of this thread, the least of many.
double cpuMsOfATick(World& world) {
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < 20; ++i) {
        timespec begin{};
        timespec end{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
        world.hub->tick();
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        least = std::min(least, 1e3 * static_cast<double>(end.tv_sec - begin.tv_sec) +
                                    1e-6 * static_cast<double>(end.tv_nsec - begin.tv_nsec));
    }
    return least;
}

/// Four times the users and the calls take four times the time; with the product of both it would be sixteen.
TEST(HubLoad, OfATickGrowsWithUsersAndCallsNotWithTheirProduct) {
    World small;
    fill(small, 75, 125);
    World large;
    fill(large, 300, 500);
    ASSERT_EQ(large.hub->snapshot(std::nullopt).calls.size(), 500U);
    const double few = cpuMsOfATick(small);
    const double many = cpuMsOfATick(large);
    RecordProperty("tickMs", std::to_string(many));
    EXPECT_LT(many, 8 * few) << few << " ms and " << many << " ms";
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
