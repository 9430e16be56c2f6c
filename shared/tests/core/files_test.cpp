#include "shared/core/files.hpp"

#include "shared/core/ids.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <utility>

namespace ninja3cx {
namespace {

class PrivateFiles : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    static unsigned modeOf(const std::filesystem::path& file) {
        struct stat facts {};
        return ::stat(file.c_str(), &facts) == 0 ? facts.st_mode & 0777U : 0U;
    }
    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / makeId("files-test");
    std::filesystem::path file_ = folder_ / "secret";
};

TEST_F(PrivateFiles, AreReplacedAsAWholeForTheirOwnerAlone) {
    ASSERT_TRUE(writePrivateFile(file_, "first, and long"));
    ::chmod(file_.c_str(), 0644);
    const std::string second{"sec\0nd", 6};
    ASSERT_TRUE(writePrivateFile(file_, second));
    EXPECT_EQ(readPrivateFile(file_, 100).value(), second);
    EXPECT_EQ(modeOf(file_), 0600U);
    EXPECT_FALSE(std::filesystem::exists(file_.string() + ".new"));
}

TEST_F(PrivateFiles, SurviveAnAttemptThatWasCutShort) {
    ASSERT_TRUE(writePrivateFile(file_, "old"));
    std::ofstream{file_.string() + ".new"} << "half of the n";
    EXPECT_EQ(readPrivateFile(file_, 100).value(), "old");
    ASSERT_TRUE(writePrivateFile(file_, "new"));
    EXPECT_EQ(readPrivateFile(file_, 100).value(), "new");
}

TEST_F(PrivateFiles, ThatAreNotThereAreNothingAndTooLargeOnesAnError) {
    EXPECT_EQ(readPrivateFile(file_, 100).value(), std::nullopt);
    ASSERT_TRUE(writePrivateFile(file_, "1234"));
    EXPECT_TRUE(readPrivateFile(file_, 4));
    EXPECT_EQ(readPrivateFile(file_, 3).error().kind, ErrorKind::BadMessage);
    EXPECT_EQ(writePrivateFile(folder_ / "no" / "folder", "x").error().kind, ErrorKind::Io);
    EXPECT_EQ(readPrivateFile(folder_, 100).error().kind, ErrorKind::Io);
}

TEST_F(PrivateFiles, DescriptorsAreClosedByTheirLastOwner) {
    FileDescriptor first{::open(folder_.c_str(), O_RDONLY | O_CLOEXEC)};
    ASSERT_TRUE(first.isOpen());
    const int number = first.get();
    {
        FileDescriptor second = std::move(first);
        EXPECT_EQ(second.get(), number);
        EXPECT_FALSE(first.isOpen());  // NOLINT(bugprone-use-after-move): what moving leaves is promised
        EXPECT_GE(::fcntl(number, F_GETFD), 0);
    }
    EXPECT_EQ(::fcntl(number, F_GETFD), -1);
}

}  // namespace
}  // namespace ninja3cx
