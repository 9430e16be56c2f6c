#include "agent/app/command_line.hpp"

#include "agent/app/agent_config.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace ninja3cx::agent {
namespace {

TEST(CommandLineArguments, AreRead) {
    const auto line = parseCommandLine(
        {"--headless", "--play", "call.wav", "--format", "json", "--extension", "201"}, Language::English);
    ASSERT_TRUE(line);
    EXPECT_TRUE(line->isHeadless);
    EXPECT_EQ(line->play, "call.wav");
    EXPECT_EQ(line->format, OutputFormat::Json);
    EXPECT_EQ(line->extension, "201");
}

TEST(CommandLineArguments, SayWhoRings) {
    const auto line = parseCommandLine({"--ring", "", "--name", "Dupont"}, Language::English);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->ring, "");
    EXPECT_EQ(line->name, "Dupont");
    EXPECT_TRUE(parseCommandLine({"--contact-url"}, Language::English)->wantsContactUrl);
    EXPECT_EQ(parseCommandLine({"--name", "Dupont"}, Language::English).error().detail,
              "--name goes with --ring");
}

TEST(CommandLineArguments, SetAnAgentUp) {
    EXPECT_TRUE(parseCommandLine({"discover"}, Language::English)->wantsDiscovery);
    EXPECT_EQ(parseCommandLine({"discover", "--json"}, Language::English)->format, OutputFormat::Json);
    const std::string key(64, 'a');
    const auto line = parseCommandLine({"pair", "https://server", "--fingerprint", key}, Language::English);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->pair, "https://server");
    ASSERT_TRUE(line->fingerprint);
    EXPECT_EQ(line->fingerprint->bytes.front(), 0xAA);
    EXPECT_TRUE(parseCommandLine({"pair", "https://server", "--forget"}, Language::English)->forgetsServer);
    const auto refusal = [](const std::vector<std::string>& arguments) {
        return parseCommandLine(arguments, Language::English).error().detail;
    };
    EXPECT_EQ(refusal({"pair"}), "pair needs a value");
    EXPECT_EQ(
        refusal({"pair", "server"}),
        "pair: the address cannot be used: server address 'server' is no URL such as https://server:3000");
    EXPECT_EQ(refusal({"--fingerprint", key}), "--fingerprint and --forget go with pair URL");
    EXPECT_EQ(refusal({"pair", "https://server", "--fingerprint", key, "--forget"}),
              "--fingerprint or --forget, not both");
    EXPECT_EQ(refusal({"pair", "https://server", "--fingerprint", "AB:CD"}),
              "--fingerprint must be a public key's SHA-256, not 'AB:CD': it has 4 hexadecimal digits, and a "
              "SHA-256 has 64");
    EXPECT_EQ(refusal({"discovr"}), "unknown argument 'discovr'; did you mean discover?");
}

TEST(CommandLineArguments, AreRefusedByName) {
    EXPECT_EQ(parseCommandLine({"--headles"}, Language::English).error().detail,
              "unknown argument '--headles'; did you mean --headless?");
    EXPECT_EQ(parseCommandLine({"--headles"}, Language::French).error().detail,
              "option inconnue '--headles' ; vouliez-vous dire --headless ?");
    EXPECT_EQ(parseCommandLine({"--play"}, Language::English).error().detail, "--play needs a value");
    EXPECT_FALSE(parseCommandLine({"--format", "xml"}, Language::English));
    EXPECT_FALSE(parseCommandLine({"--language", "de"}, Language::English));
}

TEST(CommandLineArguments, NameAServerThatCanBeReached) {
    for (const char* wrong : {"server", "ftp://server", "http://", "http://server:0"})
        EXPECT_FALSE(parseCommandLine({"--server", wrong}, Language::English)) << wrong;
    EXPECT_EQ(parseCommandLine({"--server", "http://server:99999"}, Language::French).error().detail,
              "--server : adresse inutilisable : server address 'http://server:99999': port '99999' is none "
              "of 1 to 65535");
    EXPECT_EQ(parseCommandLine({"--server", "https://server:3000"}, Language::English)->server,
              "https://server:3000");
    EXPECT_EQ(parseCommandLine({"--server"}, Language::English).error().detail, "--server needs a value");
}

TEST(LanguageAsked, IsTheOptionsEvenWhereOthersAreWrong) {
    EXPECT_EQ(languageAsked({"--bad", "--language", "en"}), Language::English);
    EXPECT_EQ(languageAsked({"--language", "fr"}), Language::French);
    EXPECT_EQ(languageAsked({"--language"}), std::nullopt);
    EXPECT_EQ(languageAsked({"--headless"}), std::nullopt);
}

TEST(LanguageOfTheSystem, IsTheFirstVariableSetAndFrenchForOthers) {
    const auto with = [](const char* all, const char* lang) {
        ::setenv("LC_ALL", all, 1);
        ::unsetenv("LC_MESSAGES");
        ::setenv("LANG", lang, 1);
        const Language language = languageOfEnvironment();
        ::unsetenv("LC_ALL");
        ::unsetenv("LANG");
        return language;
    };
    EXPECT_EQ(with("", "en_GB.UTF-8"), Language::English);
    EXPECT_EQ(with("fr_FR.UTF-8", "en_GB.UTF-8"), Language::French);
    EXPECT_EQ(with("", "C.UTF-8"), Language::French);
    EXPECT_EQ(with("", "de_DE"), Language::French);
    EXPECT_EQ(with("", ""), Language::French);
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
              file.string() +
                  ":3: 'zzz' is no known key; known are server, key, extension, caFile, language, "
                  "unseenSeconds, unseenSilenceSeconds, spool, uplink, contactUrlPort, softphonePipe, "
                  "internalCalls, phonePrograms");
    std::ofstream{file} << R"({"language": "de"})";
    EXPECT_EQ(loadAgentConfig(file, true).error().detail,
              file.string() + ": language must be fr or en, not 'de'");
    EXPECT_FALSE(loadAgentConfig(folder.path() / "none.json", true));
    EXPECT_TRUE(loadAgentConfig(folder.path() / "none.json", false));
}

TEST(AgentConfigFile, BoundsWhatRecordingsTakeOfThePc) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "config.json";
    EXPECT_EQ(AgentConfig{}.spoolLimits().maxBytes, std::int64_t{2048} << 20);
    EXPECT_EQ(AgentConfig{}.spoolLimits().maxAge, std::chrono::hours{7 * 24});
    std::ofstream{file} << R"({ "spool": { "maxMegabytes": 10, "maxAgeDays": 2, "minFreeMegabytes": 0 } })";
    const auto config = loadAgentConfig(file, true);
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->spoolLimits().maxBytes, 10 << 20);
    EXPECT_EQ(config->spoolLimits().maxAge, std::chrono::hours{48});
    EXPECT_EQ(config->spoolLimits().minFreeBytes, 0);
    std::ofstream{file} << R"({ "spool": { "maxMegabytes": 9 } })";
    EXPECT_NE(
        loadAgentConfig(file, true).error().detail.find("spool.maxMegabytes must be 10 to 1000000, not 9"),
        std::string::npos);
    std::ofstream{file} << R"({ "spool": { "maxAge": 9 } })";
    EXPECT_NE(loadAgentConfig(file, true).error().detail.find("maxAgeDays"), std::string::npos)
        << "the nearest";
}

TEST(AgentConfigFile, ChoosesWhatAudioIsOnTheWire) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "config.json";
    std::ofstream{file} << R"({ "uplink": { "codec": "opus" } })";
    const auto config = loadAgentConfig(file, true);
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->uplink.codec, UplinkCodec::Opus);
    std::ofstream{file} << R"({ "uplink": { "codec": "mp3" } })";
    EXPECT_NE(loadAgentConfig(file, true).error().detail.find("uplink.codec"), std::string::npos);
}

TEST(AgentConfigFile, SaysHowLongAnUnseenCallIsCaptured) {
    TemporaryFolder folder;
    const auto file = folder.path() / "config.json";
    EXPECT_EQ(AgentConfig{}.blindLimits().longest, std::chrono::minutes{10});
    EXPECT_EQ(AgentConfig{}.blindLimits().silence, std::chrono::minutes{2});
    std::ofstream{file} << R"({"unseenSeconds": 60, "unseenSilenceSeconds": 0})";
    const auto config = loadAgentConfig(file, true);
    ASSERT_TRUE(config);
    EXPECT_EQ(config->blindLimits().longest, std::chrono::seconds{60});
    EXPECT_EQ(config->blindLimits().silence, std::chrono::seconds{0});
    std::ofstream{file} << R"({"unseenSeconds": 3601})";
    EXPECT_EQ(loadAgentConfig(file, true).error().detail,
              file.string() + ": unseenSeconds must be 0 to 3600, not 3601");
    std::ofstream{file} << R"({"unseenSilenceSeconds": -1})";
    EXPECT_EQ(loadAgentConfig(file, true).error().detail,
              file.string() + ": unseenSilenceSeconds must be 0 to 3600, not -1");
}

TEST(AgentConfigFile, SaysHowThePhoneIsHeard) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "config.json";
    EXPECT_EQ(AgentConfig{}.contactPort(), std::nullopt);
    EXPECT_EQ(AgentConfig{}.internalCallsRule(), InternalCalls::Report);
    std::ofstream{file} << R"({"contactUrlPort": 0, "softphonePipe": "/run/s", "internalCalls": "ignore"})";
    const auto config = loadAgentConfig(file, true);
    ASSERT_TRUE(config);
    EXPECT_EQ(config->contactPort(), 0);
    EXPECT_EQ(config->softphonePipe, "/run/s");
    EXPECT_EQ(config->internalCallsRule(), InternalCalls::Ignore);
    const auto refusal = [&](const char* content) {
        std::ofstream{file} << content;
        return loadAgentConfig(file, true).error().detail;
    };
    EXPECT_EQ(refusal(R"({"contactUrlPort": 65536})"),
              file.string() + ": contactUrlPort must be 0 (none) or a port, 1 to 65535, not 65536");
    EXPECT_EQ(refusal(R"({"internalCalls": "no"})"),
              file.string() + ": internalCalls must be report or ignore, not 'no'");
    EXPECT_EQ(refusal(R"({"softphonePipe": "s"})"),
              file.string() + ": softphonePipe must be the whole path of a socket, not 's'");
}

}  // namespace
}  // namespace ninja3cx::agent
