#include "shared/logging/logging.hpp"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace ninja3cx::logging {
namespace {

class Logging : public testing::Test {
protected:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("logging_test_" + std::to_string(::getpid()));
    void SetUp() override { std::filesystem::remove_all(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string text() const {
        std::ifstream file{folder_ / "server.log"};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
    Options options(Format format) const {
        Options wanted;
        wanted.format = format;
        wanted.directory = folder_;
        wanted.toStandardError = false;
        return wanted;
    }
};

TEST_F(Logging, AJsonLineStaysOneLine) {
    auto logger = makeLogger(options(Format::Json));
    ASSERT_TRUE(logger) << logger.error().detail;
    (*logger)->info("two\nlines \"quoted\" \xFF");
    const std::string line = text();
    EXPECT_NE(line.find(R"("level":"info","message":"two\u000alines \"quoted\" )"), std::string::npos)
        << line;
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST_F(Logging, ATextMessageCannotForgeALine) {
    auto logger = makeLogger(options(Format::Text));
    ASSERT_TRUE(logger);
    (*logger)->warn("bad\n2026-01-01 info all is well");
    const std::string lines = text();
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1) << lines;
}

TEST_F(Logging, FilesTurnOverAndBelongToTheirOwnerAlone) {
    Options wanted = options(Format::Text);
    wanted.maxFileBytes = 200;
    wanted.files = 2;
    auto logger = makeLogger(wanted);
    ASSERT_TRUE(logger);
    for (int i = 0; i < 20; ++i) (*logger)->info("message number {}", i);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder_}) {
        ++files;
        EXPECT_EQ(entry.status().permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    EXPECT_EQ(files, 2U);
}

TEST(MaskedNumber, ShowsOnlyTheEnds) {
    EXPECT_EQ(maskedNumber("+33612345678"), "+336…78");
    EXPECT_EQ(maskedNumber("201"), "201");
}

}  // namespace
}  // namespace ninja3cx::logging
