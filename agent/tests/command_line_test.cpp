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
    EXPECT_EQ(loadAgentConfig(file, true).error().detail,
              file.string() + ":1: 'serveur' is no known key; did you mean 'server'?");
    std::ofstream{file} << "{\n\"server\": \"x\",\n\"zzz\": 1 }";
    EXPECT_EQ(loadAgentConfig(file, true).error().detail,
              file.string() + ":3: 'zzz' is no known key; known are server, key, extension, caFile");
    EXPECT_FALSE(loadAgentConfig(folder.path() / "none.json", true));
    EXPECT_TRUE(loadAgentConfig(folder.path() / "none.json", false));
}

}  // namespace
}  // namespace ninja3cx::agent
