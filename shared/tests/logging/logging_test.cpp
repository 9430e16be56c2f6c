#include "shared/logging/logging.hpp"

#include "shared/logging/file_sink.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

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
    logger = Error{ErrorKind::Cancelled, "closed, and so written"};
    const std::string line = text();
    EXPECT_NE(line.find(R"("level":"info","message":"two\u000alines \"quoted\" )"), std::string::npos)
        << line;
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST_F(Logging, ATextMessageCannotForgeALine) {
    auto logger = makeLogger(options(Format::Text));
    ASSERT_TRUE(logger);
    (*logger)->warn("bad\n2026-01-01 info all is well");
    logger = Error{ErrorKind::Cancelled, "closed, and so written"};
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
    logger = Error{ErrorKind::Cancelled, "closed, and so written"};
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder_}) {
        ++files;
        EXPECT_EQ(entry.status().permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    EXPECT_EQ(files, 2U);
}

TEST_F(Logging, ALogThatIsNotWrittenHoldsNobodyUp) {
    // A pipe that nobody reads: it takes 64 KiB, then the writer waits.
    std::filesystem::create_directories(folder_);
    const auto pipe = folder_ / "server.log";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const int reader = ::open(pipe.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(reader, 0);
    auto logger = makeLogger(options(Format::Text));
    ASSERT_TRUE(logger);
    constexpr int kMessages = 20'000;
    const std::string filler(100, 'x');
    for (int i = 0; i < kMessages; ++i) (*logger)->info("message {} {}", i, filler);
    const auto droppedSoFar = droppedBy(**logger);  // asked while the writer waits
    EXPECT_LT(droppedSoFar, std::uint64_t{kMessages});
    std::string written;
    std::thread reading{[&] {
        std::array<char, 4096> part{};
        while (written.find("the end") == std::string::npos) {
            const auto bytes = ::read(reader, part.data(), part.size());
            if (bytes <= 0) return;
            written.append(part.data(), static_cast<std::size_t>(bytes));
        }
    }};
    const auto wholeLines = [&] {
        logger = Error{ErrorKind::Cancelled, "closed, and so written"};
        EXPECT_EQ(::write(reader, "the end", 7), 7);
        reading.join();
        return std::count(written.begin(), written.end(), '\n');
    };
    EXPECT_LT(wholeLines(), kMessages);
    EXPECT_NE(written.find("messages before this one were dropped"), std::string::npos);
    EXPECT_NE(written.find("message 19999 "), std::string::npos) << "the newest are kept";
    ::close(reader);
}

TEST_F(Logging, AFolderThatMayNotBeWrittenToIsSaidAtTheStart) {
    std::ofstream{folder_} << "a file where the folder should be";
    const auto logger = makeLogger(options(Format::Text));
    ASSERT_FALSE(logger);
    EXPECT_NE(logger.error().detail.find("check log.directory"), std::string::npos);
}

class LogFile : public Logging {
protected:
    FileSink::Options options() const {
        return {folder_ / "server.log", 1000, 1, std::chrono::milliseconds{0}};
    }
    static void say(FileSink& sink, const std::string& text) {
        sink.log(spdlog::details::log_msg{"", spdlog::level::info, text});
        sink.flush();
    }
};

TEST_F(LogFile, OutlivesAFolderThatIsGoneWhenTheFileTurnsOver) {
    FileSink sink{options()};
    say(sink, std::string(900, 'a'));
    std::filesystem::remove_all(folder_);
    std::ofstream{folder_} << "in the way";
    say(sink, std::string(900, 'b'));  // wants to turn over
    say(sink, "short");
    std::filesystem::remove_all(folder_);
    say(sink, "here again");
    EXPECT_NE(text().find("2 messages are missing here: "), std::string::npos) << text();
    EXPECT_NE(text().find("here again"), std::string::npos);
}

TEST_F(LogFile, OutlivesAFullDisk) {
    FileSink sink{options()};
    say(sink, "before");
    // A file size limit refuses writing as a full disk does.
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit full{0, before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &full);
    say(sink, "lost");
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    say(sink, "after");
    EXPECT_NE(text().find("before"), std::string::npos);
    EXPECT_NE(text().find("1 messages are missing here: "), std::string::npos) << text();
    EXPECT_NE(text().find("after"), std::string::npos);
}

TEST(MaskedNumber, ShowsOnlyTheEnds) {
    EXPECT_EQ(maskedNumber("+33612345678"), "+336…78");
    EXPECT_EQ(maskedNumber("201"), "201");
}

}  // namespace
}  // namespace ninja3cx::logging
