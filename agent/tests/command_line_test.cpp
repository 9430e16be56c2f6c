#include "agent/app/command_line.hpp"

#include "agent/app/agent_config.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace ninja3cx::agent {
namespace {

TEST(CommandLineArguments, AreRead) {
    const auto line =
        parseCommandLine({"--headless", "--play", "call.wav", "--format", "json", "--extension", "201"});
    ASSERT_TRUE(line);
    EXPECT_TRUE(line->isHeadless);
    EXPECT_EQ(line->play, "call.wav");
    EXPECT_EQ(line->format, OutputFormat::Json);
    EXPECT_EQ(line->extension, "201");
}

TEST(CommandLineArguments, AreRefusedByName) {
    EXPECT_NE(parseCommandLine({"--headles"}).error().detail.find("--headles"), std::string::npos);
    EXPECT_NE(parseCommandLine({"--play"}).error().detail.find("--play needs a value"), std::string::npos);
    EXPECT_FALSE(parseCommandLine({"--format", "xml"}));
}

TEST(AgentConfigFile, AllowsCommentsAndRefusesUnknownKeys) {
    TemporaryFolder folder;
    const auto file = folder.path() / "config.json";
    std::ofstream{file} << "{ // ours\n \"server\": \"https://s:3000\", \"extension\": \"201\", }";
    const auto config = loadAgentConfig(file, true);
    ASSERT_TRUE(config);
    EXPECT_EQ(config->server, "https://s:3000");
    std::ofstream{file} << R"({"serveur": "x"})";
    EXPECT_NE(loadAgentConfig(file, true).error().detail.find("serveur"), std::string::npos);
    EXPECT_FALSE(loadAgentConfig(folder.path() / "none.json", true));
    EXPECT_TRUE(loadAgentConfig(folder.path() / "none.json", false));
}

}  // namespace
}  // namespace ninja3cx::agent
