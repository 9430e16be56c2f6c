#include "simulators/app/scenarios.hpp"

#include "simulators/app/running.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace ninja3cx::simulators {
namespace {

class Scenarios : public testing::Test {
protected:
    static Arguments playing(Command command, const std::filesystem::path& file) {
        Arguments arguments;
        arguments.command = command;
        arguments.scenario = file.string();
        return arguments;
    }
    std::filesystem::path file(const std::string& text) const {
        const auto path = folder_ / "calls.json";
        std::ofstream{path} << text;
        return path;
    }
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("scenarios_test_" + std::to_string(::getpid()));
};

TEST_F(Scenarios, AreThoseOfTheirFileForTheDemoAsForThePbx) {
    const auto path =
        file(R"({"calls": [{"extension": "203", "callerNumber": "+33611223344", "durationS": 7}]})");
    for (const Command command : {Command::Demo, Command::Pbx}) {
        const auto scenario = pbxScenario(playing(command, path));
        ASSERT_TRUE(scenario) << scenario.error().detail;
        ASSERT_EQ(scenario->calls.size(), 1U);
        EXPECT_EQ(scenario->calls.front().extension, "203");
        EXPECT_EQ(scenario->calls.front().callerNumber, "+33611223344");
    }
}

TEST_F(Scenarios, ThatAreMissingOrWrongKeepTheDemoFromStartingAndNameTheFile) {
    const auto missing = folder_ / "none.json";
    const auto none = runSimulators(playing(Command::Demo, missing));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().detail, missing.string() + ": there is no such file");
    const auto aFolder = runSimulators(playing(Command::Demo, folder_));
    ASSERT_FALSE(aFolder);
    EXPECT_EQ(aFolder.error().detail, folder_.string() + ": is a folder, not a file");
    for (const char* text : {"{", R"({"colour": "red"})", R"({"calls": [{"extension": 5}]})"}) {
        const auto path = file(text);
        const auto wrong = runSimulators(playing(Command::Demo, path));
        ASSERT_FALSE(wrong);
        EXPECT_TRUE(wrong.error().detail.starts_with(path.string() + ": ")) << wrong.error().detail;
    }
}

}  // namespace
}  // namespace ninja3cx::simulators
