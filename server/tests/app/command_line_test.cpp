#include "server/app/command_line.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::app {
namespace {

const std::vector<CommandSpec> kCommands{
    {"serve", "", "runs", {}, {"demo"}, 0},
    {"keys create", "", "makes a key", {"role", "format"}, {}, 0},
    {"analyze", "[FILE|-]", "reads", {"format"}, {}, 1},
    {"transcribe", "FILE…", "writes", {"format", "model"}, {"realtime"}, 9}};

TEST(CommandLine, WithoutACommandServes) {
    const auto arguments = parseCommandLine({"--demo", "--data", "x", "--config=y"}, kCommands);
    ASSERT_TRUE(arguments) << arguments.error().detail;
    EXPECT_EQ(arguments->command, "serve");
    EXPECT_TRUE(arguments->has("demo"));
    EXPECT_EQ(arguments->value("data"), "x");
    EXPECT_EQ(arguments->value("config"), "y");
}

TEST(CommandLine, KeepsWordsApartFromOptions) {
    const auto arguments = parseCommandLine(
        {"transcribe", "a.wav", "--model", "base", "b.wav", "--realtime", "--", "--odd.wav"}, kCommands);
    ASSERT_TRUE(arguments) << arguments.error().detail;
    EXPECT_EQ(arguments->words, (std::vector<std::string>{"a.wav", "b.wav", "--odd.wav"}));
    EXPECT_TRUE(arguments->has("realtime"));
    const auto stdIn = parseCommandLine({"analyze", "-"}, kCommands);
    ASSERT_TRUE(stdIn);
    EXPECT_EQ(stdIn->words, std::vector<std::string>{"-"});
}

struct Row {
    const char* name;
    std::vector<std::string> words;
    const char* expected;
};
class WrongUsage : public testing::TestWithParam<Row> {};
TEST_P(WrongUsage, IsExplained) {
    const auto arguments = parseCommandLine(GetParam().words, kCommands);
    ASSERT_FALSE(arguments);
    EXPECT_NE(arguments.error().detail.find(GetParam().expected), std::string::npos)
        << arguments.error().detail;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, WrongUsage,
    testing::Values(
        Row{"UnknownCommand", {"srve"}, "no command is called 'srve'; did you mean 'serve'?"},
        Row{"FirstWordOfACommand", {"keys"}, "'keys' needs one of: create"},
        Row{"HalfACommand", {"keys", "creat"}, "did you mean 'keys create'?"},
        Row{"UnknownOption", {"serve", "--dmeo"}, "did you mean '--demo'?"},
        Row{"OptionOfAnotherCommand", {"serve", "--role", "agent"}, "'serve' has no option --role"},
        Row{"MissingValue", {"keys", "create", "--role"}, "--role needs a value"},
        Row{"ValueForASwitch", {"serve", "--demo=1"}, "--demo takes no value"},
        Row{"TooManyWords", {"analyze", "a", "b"}, "cannot use 'b'"},
        Row{"UnknownFormat", {"analyze", "--format", "xml"}, "--format must be text or json"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(CommandLine, HelpNamesEveryCommand) {
    const std::string text = helpText(kCommands, "1.2.3");
    for (const CommandSpec& command : kCommands) EXPECT_NE(text.find("  " + command.name), std::string::npos);
    EXPECT_NE(text.find("Exit codes: 0 done, 1 failed, 2 bad usage"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::app
