#include "server/auth/sessions.hpp"

#include "shared/core/clock.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace ninja3cx::auth {
namespace {

using namespace std::chrono_literals;

const Principal kBoard{Role::Dashboard, std::nullopt, true, "API_KEY"};

TEST(Sessions, EachUseProlongsThem) {
    ManualClock clock;
    Sessions sessions{clock, {}};
    const std::string token = sessions.open(kBoard);
    for (int i = 0; i < 10; ++i) {
        clock.advance(Sessions::kIdle - 1min);
        EXPECT_EQ(sessions.find(token), kBoard);
    }
    clock.advance(Sessions::kIdle + 1min);
    EXPECT_FALSE(sessions.find(token));
}

TEST(Sessions, EndAtTheirAgeLimitHoweverBusy) {
    ManualClock clock;
    Sessions sessions{clock, {}};
    const std::string token = sessions.open(kBoard);
    for (auto age = 0h; age < Sessions::kAge; age += 6h) {
        EXPECT_TRUE(sessions.find(token));
        clock.advance(6h);
    }
    clock.advance(1h);
    EXPECT_FALSE(sessions.find(token));
}

TEST(Sessions, OfALinkEndAfterHalfADayAndWithTheProcess) {
    ManualClock clock;
    const auto file =
        std::filesystem::temp_directory_path() / ("link_sessions_" + std::to_string(::getpid()) + ".json");
    const Principal visitor{Role::Supervisor, std::nullopt, false, kLinkKeyId};
    {
        Sessions sessions{clock, file};
        const std::string board = sessions.open(kBoard);
        const std::string token = sessions.open(visitor);
        clock.advance(6h);
        EXPECT_EQ(sessions.find(token), visitor);
        EXPECT_TRUE(sessions.find(board));
        Sessions restarted{clock, file};
        EXPECT_TRUE(restarted.find(board));
        EXPECT_FALSE(restarted.find(token));
        clock.advance(6h + 1min);
        EXPECT_FALSE(sessions.find(token));
        EXPECT_TRUE(sessions.find(board));
    }
    std::filesystem::remove(file);
}

TEST(Sessions, AreWrittenWhereTheyAreToldTo) {
    ManualClock clock;
    const auto file =
        std::filesystem::temp_directory_path() / ("told_sessions_" + std::to_string(::getpid()) + ".json");
    std::vector<std::function<void()>> waiting;
    Sessions sessions{clock, file, [&](std::function<void()> work) { waiting.push_back(std::move(work)); }};
    const std::string token = sessions.open(kBoard);
    EXPECT_FALSE(std::filesystem::exists(file));
    for (const auto& work : waiting) work();
    Sessions restarted{clock, file};
    EXPECT_TRUE(restarted.find(token));
    std::filesystem::remove(file);
}

TEST(Sessions, ThatCannotBeWrittenAreToldOf) {
    const ManualClock clock;
    std::vector<std::string> problems;
    Sessions sessions{clock, "/nowhere/at/all/sessions.json", {}, [&](const Error& problem) {
                          problems.push_back(problem.detail);
                      }};
    const std::string token = sessions.open(kBoard);
    EXPECT_TRUE(sessions.find(token));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems[0].find("/nowhere/at/all/sessions.json"), std::string::npos) << problems[0];
}

TEST(Sessions, LoggingOutEndsOneAndNoOther) {
    ManualClock clock;
    Sessions sessions{clock, {}};
    const std::string one = sessions.open(kBoard);
    const std::string other = sessions.open(kBoard);
    sessions.close(one);
    EXPECT_FALSE(sessions.find(one));
    EXPECT_TRUE(sessions.find(other));
    EXPECT_FALSE(sessions.find(""));
}

TEST(Sessions, OutliveARestartWithoutTheirTokensOnDisk) {
    const auto file =
        std::filesystem::temp_directory_path() / ("sessions_test_" + std::to_string(::getpid()) + ".json");
    ManualClock clock;
    std::string token;
    {
        Sessions sessions{clock, file};
        token = sessions.open(kBoard);
    }
    std::ifstream stream{file};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    EXPECT_EQ(text.find(token), std::string::npos);
    EXPECT_EQ(std::filesystem::status(file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ((Sessions{clock, file}.find(token)), kBoard);
    std::ofstream{file} << "not json";
    EXPECT_FALSE((Sessions{clock, file}.find(token)));
    std::filesystem::remove(file);
}

}  // namespace
}  // namespace ninja3cx::auth
