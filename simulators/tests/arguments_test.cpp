#include "simulators/app/arguments.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::simulators {
namespace {

TEST(SimulatorArguments, ReadPortsScenarioAndSpeed) {
    const auto demo =
        parseArguments({"demo", "--pbx-port", "5001", "--ninja-port", "5002", "--speed", "2.5"});
    ASSERT_TRUE(demo) << demo.error().detail;
    EXPECT_EQ(demo->command, Command::Demo);
    EXPECT_EQ(demo->pbxPort, 5001);
    EXPECT_EQ(demo->ninjaPort, 5002);
    EXPECT_EQ(demo->speed, 2.5);
    EXPECT_EQ(parseArguments({"ninja", "--speed", "20"})->speed, 20);
    EXPECT_EQ(parseArguments({"pbx", "--scenario", "a.json"})->scenario, "a.json");
    EXPECT_EQ(parseArguments({"--help"})->command, Command::Help);
}

TEST(SimulatorArguments, RefuseWhatTheyDoNotKnow) {
    for (const auto& words : std::vector<std::vector<std::string>>{{},
                                                                   {"phone"},
                                                                   {"pbx", "--port"},
                                                                   {"pbx", "--port", "70000"},
                                                                   {"pbx", "--port", "1x"},
                                                                   {"pbx", "--speed", "0"},
                                                                   {"pbx", "--speed", "nan"},
                                                                   {"pbx", "--color", "red"},
                                                                   {"ninja", "--tls-cert", "a.pem"}})
        EXPECT_FALSE(parseArguments(words));
}

}  // namespace
}  // namespace ninja3cx::simulators
