#include "agent/link/spool.hpp"

#include "agent/tests/full_disk.hpp"
#include "agent/tests/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <limits>
#include <sstream>

namespace ninja3cx::agent {
namespace {

const CallId kCall{"call-1"};

class SpoolFiles : public testing::Test {
protected:
    Spool open() {
        return std::move(Spool::open(folder_.path() / "spool",
                                     {*crypto::SealedBox::fromKeyFile(folder_.path() / "key")}))
            .value();
    }
    static protocol::AudioFrame frame(std::int64_t sequence,
                                      protocol::Speaker channel = protocol::Speaker::Agent) {
        protocol::AudioFrame made;
        made.channel = channel;
        made.sequence = static_cast<std::uint64_t>(sequence);
        made.callClockMs = sequence * 100;
        made.samples.assign(1600, static_cast<std::int16_t>(sequence));
        return made;
    }
    std::vector<std::filesystem::path> files() const {
        std::vector<std::filesystem::path> found;
        for (const auto& item : std::filesystem::recursive_directory_iterator{folder_.path() / "spool"})
            if (item.is_regular_file()) found.push_back(item.path());
        return found;
    }
    TemporaryFolder folder_;
};

TEST_F(SpoolFiles, GiveBackWhatWasSpooledAfterARestart) {
    {
        Spool spool = open();
        for (std::int64_t i = 0; i < 5; ++i) ASSERT_TRUE(spool.append(kCall, frame(i)));
        ASSERT_TRUE(spool.append(kCall, frame(0, protocol::Speaker::Customer)));
        ASSERT_TRUE(spool.markEnd(kCall));
    }
    Spool again = open();
    EXPECT_EQ(again.calls(), std::vector{kCall});
    EXPECT_EQ(again.next(kCall), (protocol::ChannelPositions{5, 1}));
    EXPECT_TRUE(again.hasEnded(kCall));
    EXPECT_EQ(again.read(kCall, protocol::Speaker::Agent, 3).value(), frame(3));
}

TEST_F(SpoolFiles, RefuseAFrameOutOfOrder) {
    Spool spool = open();
    ASSERT_TRUE(spool.append(kCall, frame(0)));
    EXPECT_FALSE(spool.append(kCall, frame(2)));
    EXPECT_FALSE(spool.append(kCall, frame(0)));
    EXPECT_EQ(spool.next(kCall).agent, 1);
}

TEST_F(SpoolFiles, CutOffATornRecordAndGoOn) {
    {
        Spool spool = open();
        for (std::int64_t i = 0; i < 3; ++i) ASSERT_TRUE(spool.append(kCall, frame(i)));
    }
    const auto file = files().front();
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 100);
    Spool again = open();
    EXPECT_EQ(again.next(kCall).agent, 2);
    ASSERT_TRUE(again.append(kCall, frame(2)));
    EXPECT_EQ(again.read(kCall, protocol::Speaker::Agent, 2).value(), frame(2));
}

TEST_F(SpoolFiles, AreEncryptedAndReadableByTheirOwnerOnly) {
    Spool spool = open();
    protocol::AudioFrame loud = frame(0);
    for (std::size_t i = 0; i + 8 <= loud.samples.size(); i += 8)
        std::memcpy(&loud.samples[i], "plain voice 16b", 16);
    ASSERT_TRUE(spool.append(kCall, loud));
    for (const auto& file : files()) {
        struct stat facts {};
        ASSERT_EQ(::stat(file.c_str(), &facts), 0);
        EXPECT_EQ(facts.st_mode & 0777, 0600U) << file;
        std::ifstream in{file, std::ios::binary};
        std::ostringstream bytes;
        bytes << in.rdbuf();
        EXPECT_EQ(bytes.str().find("plain voice"), std::string::npos);
    }
}

TEST_F(SpoolFiles, VanishOnceAcknowledged) {
    Spool spool = open();
    for (std::int64_t i = 0; i < 650; ++i) ASSERT_TRUE(spool.append(kCall, frame(i)));
    EXPECT_EQ(files().size(), 3U);
    spool.acknowledge(kCall, {299, 0});
    EXPECT_EQ(files().size(), 3U) << "a segment with one outstanding frame stays";
    spool.acknowledge(kCall, {600, 0});
    EXPECT_EQ(files().size(), 1U);
    EXPECT_FALSE(spool.read(kCall, protocol::Speaker::Agent, 10));
    spool.forget(kCall);
    EXPECT_TRUE(files().empty());
    EXPECT_TRUE(spool.calls().empty());
}

TEST_F(SpoolFiles, LeaveToTheMemoryWhatTheDiskRefuses) {
    {
        Spool spool = open();
        ASSERT_TRUE(spool.append(kCall, frame(0)));
        {
            const FullDisk full;
            for (std::int64_t i = 1; i < 4; ++i) ASSERT_TRUE(spool.append(kCall, frame(i)));
            ASSERT_TRUE(spool.append(kCall, frame(0, protocol::Speaker::Customer)));
        }
        EXPECT_EQ(files().size(), 1U) << "no file without a frame";
        for (std::int64_t i = 4; i < 6; ++i) ASSERT_TRUE(spool.append(kCall, frame(i)));
        EXPECT_EQ(files().size(), 2U);
        EXPECT_EQ(spool.next(kCall), (protocol::ChannelPositions{6, 1}));
        for (std::int64_t i = 0; i < 6; ++i)
            EXPECT_EQ(spool.read(kCall, protocol::Speaker::Agent, i).value(), frame(i)) << i;
        EXPECT_EQ(spool.read(kCall, protocol::Speaker::Customer, 0).value(),
                  frame(0, protocol::Speaker::Customer));
        spool.acknowledge(kCall, {3, 0});
        EXPECT_FALSE(spool.read(kCall, protocol::Speaker::Agent, 2));
        EXPECT_TRUE(spool.read(kCall, protocol::Speaker::Agent, 3));
    }
    Spool again = open();
    EXPECT_EQ(again.next(kCall).agent, 6);
    EXPECT_EQ(again.read(kCall, protocol::Speaker::Agent, 5).value(), frame(5));
}

TEST_F(SpoolFiles, LoseFramesOnlyWhenTheMemoryIsFullToo) {
    Spool spool = open();
    const FullDisk full;
    std::int64_t lost = 0;
    while (lost < 5000 && spool.append(kCall, frame(lost))) ++lost;
    EXPECT_GT(lost, 2 * 60 * 10) << "a minute of both channels";
    EXPECT_LT(lost, 1400);
    EXPECT_EQ(spool.next(kCall).agent, lost + 1) << "the next frame is not refused";
    const CallId other{"call-2"};
    EXPECT_FALSE(spool.append(other, frame(0))) << "one bound for all calls";
    const auto read = spool.read(kCall, protocol::Speaker::Agent, lost);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::NotFound);
    spool.acknowledge(kCall, {1, 0});
    EXPECT_TRUE(spool.append(other, frame(1))) << "acknowledged frames make room";
    EXPECT_FALSE(spool.append(kCall, frame(lost + 1)));
    spool.forget(kCall);
    for (std::int64_t i = 2; i < lost; ++i)
        ASSERT_TRUE(spool.append(other, frame(i))) << "so does forgetting";
}

TEST_F(SpoolFiles, TellOfAFullDiskOnceAndOnceThatItIsOver) {
    Spool spool = open();
    std::int64_t next = 0;
    const auto notices = [&](std::int64_t frames) {
        std::vector<DiskNews> told;
        for (std::int64_t i = 0; i < frames; ++i) {
            EXPECT_TRUE(spool.append(kCall, frame(next++)));
            if (auto notice = spool.takeNotice()) told.push_back(std::move(*notice));
        }
        return told;
    };
    EXPECT_EQ(notices(1).size(), 0U);
    {
        const FullDisk full;
        EXPECT_FALSE(spool.label(kCall, {Extension{"201"}, 0}));
        EXPECT_EQ(notices(100).size(), 1U);
    }
    EXPECT_EQ(notices(Spool::kCalmFrames - 1).size(), 0U);
    {
        const FullDisk full;
        EXPECT_EQ(notices(1).size(), 0U) << "it was not over yet";
    }
    EXPECT_EQ(notices(Spool::kCalmFrames + 100), (std::vector{DiskNews{true, ""}}));
    const FullDisk full;
    EXPECT_EQ(notices(3).size(), 1U) << "it begins anew";
}

TEST_F(SpoolFiles, StayBelowTheirLimitAndLeaveRoomOnTheDisk) {
    struct Row {
        const char* says;
        SpoolLimits limits;
    };
    SpoolLimits small;
    small.maxBytes = 10'000;
    SpoolLimits full;
    full.minFreeBytes = std::numeric_limits<std::int64_t>::max() / 2;
    for (const auto& [says, limits] :
         {Row{"its limit of 0 MB is reached", small}, Row{"of the disk are free", full}}) {
        const TemporaryFolder folder;
        const std::vector boxes{crypto::SealedBox{crypto::Key{}}};
        const auto place = folder.path() / "spool";
        {
            Spool spool = std::move(Spool::open(place, boxes, limits)).value();
            EXPECT_TRUE(spool.isNearlyFull());
            for (std::int64_t i = 0; i < 10; ++i) ASSERT_TRUE(spool.append(kCall, frame(i)));
            EXPECT_LE(spool.bytesOnDisk(), 10'000);
            EXPECT_EQ(spool.bytesOnDisk() > 0, limits.maxBytes == small.maxBytes);
            const auto notice = spool.takeNotice();
            ASSERT_TRUE(notice);
            EXPECT_NE(notice->detail.find(says), std::string::npos) << notice->detail;
            for (std::int64_t i = 0; i < 10; ++i)
                EXPECT_EQ(spool.read(kCall, protocol::Speaker::Agent, i).value(), frame(i)) << "none is lost";
            spool.forget(kCall);
            EXPECT_EQ(spool.bytesOnDisk(), 0);
        }
        Spool spool = std::move(Spool::open(place, boxes)).value();
        EXPECT_FALSE(spool.isNearlyFull());
    }
}

TEST_F(SpoolFiles, ThatNobodyOpensAreCountedAndErasedWhenTheyAreOld) {
    const auto opened = [&] {
        return std::move(Spool::open(folder_.path() / "spool", {crypto::SealedBox{crypto::randomKey()}}))
            .value();
    };
    {
        Spool spool = opened();
        ASSERT_TRUE(spool.append(kCall, frame(0)));
    }
    Spool spool = opened();
    ASSERT_EQ(spool.sealedCalls(), 1U);
    EXPECT_GT(spool.bytesOnDisk(), 3'200);
    const auto nowMs = std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count();
    EXPECT_EQ(spool.eraseSealed(nowMs - 3'600'000), 0U);
    EXPECT_EQ(spool.eraseSealed(nowMs + 3'600'000), 1U);
    EXPECT_EQ(spool.sealedCalls(), 0U);
    EXPECT_EQ(spool.bytesOnDisk(), 0);
    EXPECT_TRUE(files().empty());
}

TEST_F(SpoolFiles, LieInFoldersOfTheirOwnerAlone) {
    Spool spool = open();
    ASSERT_TRUE(spool.label(kCall, {Extension{"201"}, 0}));
    ASSERT_TRUE(spool.append(kCall, frame(0)));
    ASSERT_TRUE(spool.markEnd(kCall));
    const auto modeOf = [](const std::filesystem::path& path) {
        struct stat facts {};
        EXPECT_EQ(::stat(path.c_str(), &facts), 0) << path;
        return facts.st_mode & 0777;
    };
    EXPECT_EQ(modeOf(folder_.path() / "spool"), 0700U);
    EXPECT_EQ(modeOf(folder_.path() / "spool" / "call-1"), 0700U);
    EXPECT_EQ(files().size(), 3U);
    for (const auto& file : files()) EXPECT_EQ(modeOf(file), 0600U) << file;
}

TEST_F(SpoolFiles, RefuseACallIdThatIsAPath) {
    Spool spool = open();
    EXPECT_FALSE(spool.append(CallId{"../../etc"}, frame(0)));
}

/// A locked keyring, and later runs with other keys.
TEST_F(SpoolFiles, AreKeptForTheKeyThatTheyAreSealedWith) {
    const crypto::SealedBox mine{crypto::randomKey()};
    const crypto::SealedBox other{crypto::randomKey()};
    const auto opened = [&](std::vector<crypto::SealedBox> boxes) {
        return std::move(Spool::open(folder_.path() / "spool", std::move(boxes))).value();
    };
    const auto expectAll = [](const Spool& spool, std::int64_t frames) {
        EXPECT_EQ(spool.sealedCalls(), 0U);
        EXPECT_EQ(spool.next(kCall).agent, frames);
        for (std::int64_t i = 0; i < frames; ++i)
            EXPECT_EQ(spool.read(kCall, protocol::Speaker::Agent, i).value(), frame(i)) << i;
    };
    {
        Spool spool = opened({mine});
        ASSERT_TRUE(spool.label(kCall, {Extension{"201"}, 0}));
        ASSERT_TRUE(spool.append(kCall, frame(0)));
    }
    for (int run = 0; run < 2; ++run) {
        const Spool locked = opened({other});
        EXPECT_TRUE(locked.calls().empty()) << "its audio would be delivered as silence";
        EXPECT_EQ(locked.sealedCalls(), 1U);
    }
    expectAll(opened({mine}), 1);
    {
        Spool spool = opened({other, mine});
        expectAll(spool, 1);
        ASSERT_TRUE(spool.append(kCall, frame(1)));
    }
    expectAll(opened({mine, other}), 2);
    {
        Spool spool = opened({crypto::SealedBox{crypto::randomKey()}});
        ASSERT_TRUE(spool.append(kCall, frame(0)));  // the call goes on without the key
    }
    const Spool spool = opened({mine, other});
    EXPECT_EQ(spool.sealedCalls(), 1U) << "two of one call, and none of them is lost";
    EXPECT_EQ(spool.next(kCall).agent, 2);
}

TEST_F(SpoolFiles, SayWhoseCallItWas) {
    const SpoolLabel label{Extension{"201"}, 1'767'225'600'000};
    {
        Spool spool = open();
        ASSERT_TRUE(spool.label(kCall, label));
        ASSERT_TRUE(spool.append(kCall, frame(0)));
    }
    EXPECT_EQ(open().labelOf(kCall), label);
    EXPECT_EQ(open().calls(), std::vector{kCall});
    const auto file = folder_.path() / "spool" / "call-1" / "call";
    std::filesystem::resize_file(file, 20);
    EXPECT_EQ(open().labelOf(kCall), std::nullopt) << "cut";
    EXPECT_EQ(open().next(kCall).agent, 1) << "the audio is there all the same";
}

TEST_F(SpoolFiles, SayWhoseCallItWasAlsoWhereTheDiskRefusedThatAtFirst) {
    const SpoolLabel label{Extension{"201"}, 1'767'225'600'000};
    {
        Spool spool = open();
        {
            const FullDisk full;
            EXPECT_FALSE(spool.label(kCall, label));
            ASSERT_TRUE(spool.append(kCall, frame(0)));
        }
        ASSERT_TRUE(spool.append(kCall, frame(1)));
    }
    EXPECT_EQ(open().labelOf(kCall), label);
}

/// Where a program may be killed while it forgets a call, and what the next run then finds.
struct CrashPoint {
    const char* name;
    bool isRenamed;
    std::vector<std::string> removed;
    bool isFound;
};
class ForgettingSpool : public SpoolFiles, public testing::WithParamInterface<CrashPoint> {};
TEST_P(ForgettingSpool, KeepsAllOfTheCallOrNothing) {
    {
        Spool spool = open();
        ASSERT_TRUE(spool.label(kCall, {Extension{"201"}, 0}));
        for (std::int64_t i = 0; i < 301; ++i) ASSERT_TRUE(spool.append(kCall, frame(i)));
        ASSERT_TRUE(spool.markEnd(kCall));
    }
    const auto folder = folder_.path() / "spool" / kCall.value();
    const auto gone = folder_.path() / "spool" / (".gone-" + kCall.value());
    for (const std::string& name : GetParam().removed) ASSERT_TRUE(std::filesystem::remove(folder / name));
    if (GetParam().isRenamed) std::filesystem::rename(folder, gone);
    Spool spool = open();
    EXPECT_EQ(spool.calls(), GetParam().isFound ? std::vector{kCall} : std::vector<CallId>{});
    EXPECT_EQ(spool.next(kCall).agent, GetParam().isFound ? 301 : 0);
    EXPECT_EQ(spool.hasEnded(kCall), GetParam().isFound);
    EXPECT_FALSE(std::filesystem::exists(gone));
    spool.forget(kCall);
    EXPECT_TRUE(files().empty());
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ForgettingSpool,
    testing::Values(CrashPoint{"BeforeTheRename", false, {}, true},
                    CrashPoint{"AfterTheRename", true, {}, false},
                    CrashPoint{"WithTheLabelRemoved", true, {"call"}, false},
                    CrashPoint{"WithTheEndRemoved", true, {"end"}, false},
                    CrashPoint{"WithASegmentRemoved", true, {"agent-0.spool"}, false},
                    CrashPoint{
                        "WithAllRemoved", true, {"agent-0.spool", "agent-300.spool", "call", "end"}, false}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::agent
