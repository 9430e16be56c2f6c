#include "server/journal/journal_files.hpp"

#include "server/journal/journal_record.hpp"
#include "server/tests/journal/frames.hpp"
#include "server/tests/scratch.hpp"
#include "shared/core/clock.hpp"

#include <sys/resource.h>

#include <optional>

namespace ninja3cx::journal {
namespace {

using protocol::Speaker;

std::string bytesOf(const protocol::AudioFrame& frame) {
    const auto record = encodeRecord(frame);
    return {record.begin(), record.end()};
}

class JournalFiles : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directory(folder_); }
    void write(const std::string& callId, Speaker channel, const std::string& bytes) {
        std::filesystem::create_directories(folder_ / callId);
        test::writeBytes(journalFile(folder_, CallId{callId}, channel), bytes);
    }
    std::vector<std::uint64_t> sequences(const std::string& callId) {
        std::vector<std::uint64_t> read;
        auto reader = JournalReader::open(journalFile(folder_, CallId{callId}, Speaker::Agent));
        while (auto frame = reader->next()) {
            EXPECT_EQ(*frame, test::frameOf(frame->sequence, Speaker::Agent, frame->samples.size()));
            read.push_back(frame->sequence);
        }
        return read;
    }
    test::Scratch scratch_;
    const std::filesystem::path folder_ = scratch_.path() / "journal";
};

TEST_F(JournalFiles, RecoveryTellsTheNextSequenceOfEachChannel) {
    write("call-1", Speaker::Agent, bytesOf(test::frameOf(0)) + bytesOf(test::frameOf(1)));
    write("call-1", Speaker::Customer, bytesOf(test::frameOf(0, Speaker::Customer)));
    write("call-2", Speaker::Agent, "");
    std::filesystem::create_directory(folder_ / "not a call");
    const auto journals = recoverJournals(folder_).value().readable;
    ASSERT_EQ(journals.size(), 2U);
    EXPECT_EQ(journals.at(CallId{"call-1"}).next, (protocol::ChannelPositions{2, 1}));
    EXPECT_EQ(journals.at(CallId{"call-2"}).next, (protocol::ChannelPositions{0, 0}));
    EXPECT_TRUE(recoverJournals(folder_ / "nowhere").value().readable.empty());
}

TEST_F(JournalFiles, AFileThatGrowsIsReadOnWhereItsFramesAreSafe) {
    const std::string safe = bytesOf(test::frameOf(0)) + bytesOf(test::frameOf(1));
    const std::string late = bytesOf(test::frameOf(2));
    write("call-1", Speaker::Agent, safe + late.substr(0, 100));
    auto reader = JournalReader::open(journalFile(folder_, CallId{"call-1"}, Speaker::Agent));
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->nextBelow(2), test::frameOf(0));
    EXPECT_EQ(reader->nextBelow(2), test::frameOf(1));
    EXPECT_EQ(reader->nextBelow(2), std::nullopt);
    write("call-1", Speaker::Agent, safe + late + bytesOf(test::frameOf(3)));
    EXPECT_EQ(reader->nextBelow(2), std::nullopt);
    EXPECT_EQ(reader->nextBelow(4), test::frameOf(2));
    EXPECT_EQ(reader->nextBelow(4), test::frameOf(3));
    EXPECT_EQ(reader->nextBelow(4), std::nullopt);
    EXPECT_EQ(reader->nextSequence(), 4U);
    EXPECT_EQ(reader->damagedBytes(), 0U);
}

TEST_F(JournalFiles, WhatWasCutOffAndWrittenAnewIsReadAsItIsNow) {
    const std::string safe = bytesOf(test::frameOf(0));
    auto refused = test::frameOf(1);
    refused.samples.assign(320, std::int16_t{9'999});
    write("call-1", Speaker::Agent, safe + bytesOf(refused) + bytesOf(test::frameOf(2)));
    auto reader = JournalReader::open(journalFile(folder_, CallId{"call-1"}, Speaker::Agent));
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->nextBelow(1), test::frameOf(0));
    write("call-1", Speaker::Agent, safe + bytesOf(test::frameOf(1)));
    EXPECT_EQ(reader->nextBelow(2), test::frameOf(1));
    EXPECT_EQ(reader->nextBelow(2), std::nullopt);
}

TEST_F(JournalFiles, AFileThatGrowsBehindADamagedFrameIsReadOn) {
    std::string damaged = bytesOf(test::frameOf(1));
    damaged[50] ^= 1;
    const std::string safe = bytesOf(test::frameOf(0)) + damaged;
    write("call-1", Speaker::Agent, safe + bytesOf(test::frameOf(2)));
    auto reader = JournalReader::open(journalFile(folder_, CallId{"call-1"}, Speaker::Agent));
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->nextBelow(2), test::frameOf(0));
    EXPECT_EQ(reader->nextBelow(2), std::nullopt);
    EXPECT_EQ(reader->nextSequence(), 1U);
    EXPECT_EQ(reader->nextBelow(3), test::frameOf(2));
    EXPECT_EQ(reader->damagedBytes(), damaged.size());
}

TEST_F(JournalFiles, OneCallsRecoveryReadsItsAudioWhateverIsNoted) {
    write("call-1", Speaker::Agent, bytesOf(test::frameOf(0)) + bytesOf(test::frameOf(1)));
    ASSERT_TRUE(noteText(folder_, CallId{"call-1"}, {900, 5}));
    EXPECT_EQ(recoverJournals(folder_).value().readable.at(CallId{"call-1"}).next.agent, 900);
    const auto read = recoverJournal(folder_, CallId{"call-1"});
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->isText);
    EXPECT_EQ(read->next, (protocol::ChannelPositions{2, 0}));
}

TEST_F(JournalFiles, ATornEndIsCutWhereverTheCrashCame) {
    const std::string whole = bytesOf(test::frameOf(0)) + bytesOf(test::frameOf(1));
    const std::string torn = bytesOf(test::frameOf(2));
    for (std::size_t length = 1; length < torn.size(); length += 7) {
        write("call-1", Speaker::Agent, whole + torn.substr(0, length));
        const auto journal = recoverJournals(folder_).value().readable.at(CallId{"call-1"});
        EXPECT_EQ(journal.next.agent, 2);
        EXPECT_EQ(journal.cutBytes, length);
        EXPECT_EQ(test::readBytes(journalFile(folder_, CallId{"call-1"}, Speaker::Agent)), whole);
    }
}

TEST_F(JournalFiles, ZerosThatAFileSystemLeftAtTheEndAreCut) {
    write("call-1", Speaker::Agent, bytesOf(test::frameOf(0)) + std::string(100'000, '\0'));
    EXPECT_EQ(recoverJournals(folder_).value().readable.at(CallId{"call-1"}).cutBytes, 100'000U);
    EXPECT_EQ(sequences("call-1"), std::vector<std::uint64_t>{0});
}

TEST_F(JournalFiles, DamageInTheMiddleCostsOnlyWhatStandsThere) {
    std::string bytes = bytesOf(test::frameOf(0)) + bytesOf(test::frameOf(1)) + bytesOf(test::frameOf(2));
    bytes[bytes.size() / 2] ^= 0x40;
    write("call-1", Speaker::Agent, bytes);
    const auto journal = recoverJournals(folder_).value().readable.at(CallId{"call-1"});
    EXPECT_EQ(journal.next.agent, 3);
    EXPECT_EQ(journal.damagedBytes, bytes.size() / 3);
    EXPECT_EQ(journal.cutBytes, 0U);
    EXPECT_EQ(sequences("call-1"), (std::vector<std::uint64_t>{0, 2}));
}

TEST_F(JournalFiles, ALongFileIsReadInOrder) {
    std::string bytes;
    std::vector<std::uint64_t> expected;
    for (std::uint64_t i = 0; i < 300; ++i) {
        bytes += bytesOf(test::frameOf(i, Speaker::Agent, 1 + (i * 977) % 16'000));
        expected.push_back(i);
    }
    write("call-1", Speaker::Agent, bytes);
    EXPECT_EQ(sequences("call-1"), expected);
}

TEST_F(JournalFiles, OnlySafeIdsBecomePaths) {
    for (const char* id : {"call-5f0c", "A_b-9"}) EXPECT_TRUE(isSafeCallId(CallId{id})) << id;
    for (const std::string id : {"", ".", "..", "../x", "a/b", "a.b", "a b", "é", "a\nb"})
        EXPECT_FALSE(isSafeCallId(CallId{id})) << id;
    EXPECT_FALSE(isSafeCallId(CallId{std::string(81, 'a')}));
    EXPECT_FALSE(isSafeCallId(CallId{std::string("a\0b", 3)}));
    EXPECT_EQ(removeJournal(folder_, CallId{"../x"}).error().kind, ErrorKind::BadMessage);
}

TEST_F(JournalFiles, RemovalOfWhatIsNotThereIsDone) {
    EXPECT_TRUE(removeJournal(folder_, CallId{"call-1"}));
    write("call-1", Speaker::Agent, "x");
    EXPECT_TRUE(removeJournal(folder_, CallId{"call-1"}));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "call-1"));
}

TEST_F(JournalFiles, WhatCannotBeReadIsNamedAndTheOthersAreRecovered) {
    write("call-1", Speaker::Agent, bytesOf(test::frameOf(0)));
    test::writeBytes(folder_ / "call-2", "a file where the folder should be");
    std::filesystem::create_directories(journalFile(folder_, CallId{"call-3"}, Speaker::Customer));
    std::filesystem::create_directory_symlink(folder_ / "call-1", folder_ / "call-4");
    write("call-5", Speaker::Agent, "no record at all");
    const auto journals = recoverJournals(folder_).value();
    EXPECT_EQ(journals.readable.size(), 2U);
    EXPECT_EQ(journals.readable.at(CallId{"call-1"}).next.agent, 1);
    EXPECT_EQ(journals.readable.at(CallId{"call-5"}).cutBytes, 16U);
    ASSERT_EQ(journals.unreadable.size(), 3U);
    for (const auto& [callId, error] : journals.unreadable)
        EXPECT_NE(error.detail.find((folder_ / callId.value()).string()), std::string::npos) << error.detail;
}

TEST_F(JournalFiles, WhatIsSetAsideIsPrivateAndGoesWithTheCall) {
    for (int times = 0; times < 2; ++times) {
        write("call-1", Speaker::Agent, "x");
        const auto moved = setAside(folder_, CallId{"call-1"});
        ASSERT_TRUE(moved) << moved.error().detail;
        EXPECT_EQ(test::readBytes(*moved / "agent.pcmj"), "x");
    }
    write("call-10", Speaker::Agent, "of another call");
    ASSERT_TRUE(setAside(folder_, CallId{"call-10"}));
    EXPECT_EQ(test::modeOf(scratch_.path() / "journal-damaged"), 0700U);
    EXPECT_TRUE(recoverJournals(folder_).value().readable.empty());
    write("call-1", Speaker::Agent, "fresh");
    EXPECT_TRUE(removeJournal(folder_, CallId{"call-1"}));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "call-1"));
    EXPECT_TRUE(std::filesystem::exists(damagedFolder(folder_) / "call-1"))
        << "the fresh audio alone became text";
    EXPECT_TRUE(eraseJournal(folder_, CallId{"call-1"}));
    EXPECT_FALSE(std::filesystem::exists(damagedFolder(folder_) / "call-1"));
    EXPECT_FALSE(std::filesystem::exists(damagedFolder(folder_) / "call-1.2"));
    EXPECT_TRUE(std::filesystem::exists(damagedFolder(folder_) / "call-10"));
}

TEST_F(JournalFiles, TheAudioOfAnUnknownCallIsKeptBesideUntilItIsOldOrKnownAgain) {
    const auto when = [](std::int64_t ms) {
        return std::filesystem::file_time_type::clock::from_sys(fromEpochMs(ms));
    };
    const auto aside = [&](const std::string& callId, std::int64_t lastAudioMs) {
        write(callId, Speaker::Agent, "x");
        write(callId, Speaker::Customer, "y");
        std::filesystem::last_write_time(journalFile(folder_, CallId{callId}, Speaker::Agent), when(1));
        std::filesystem::last_write_time(journalFile(folder_, CallId{callId}, Speaker::Customer),
                                         when(lastAudioMs));
        const auto moved = setUnknownAside(folder_, CallId{callId});
        ASSERT_TRUE(moved) << moved.error().detail;
        EXPECT_EQ(*moved, scratch_.path() / "journal-unknown" / callId);
    };
    EXPECT_EQ(eraseUnknown(folder_).value(), 0) << "there is no such folder yet";
    EXPECT_TRUE(journalsIn(unknownFolder(folder_)).value().empty());
    aside("call-1", 1'000'000);
    aside("call-2", 2'000'000);
    aside("call-3", 3'000'000);
    EXPECT_EQ(test::modeOf(unknownFolder(folder_)), 0700U);
    EXPECT_TRUE(recoverJournals(folder_).value().readable.empty());
    EXPECT_EQ(eraseUnknown(folder_, 2'000'000).value(), 1);
    EXPECT_FALSE(std::filesystem::exists(unknownFolder(folder_) / "call-1"));
    EXPECT_TRUE(takeUnknownBack(folder_, CallId{"call-2"}));
    EXPECT_EQ(test::readBytes(journalFile(folder_, CallId{"call-2"}, Speaker::Customer)), "y");
    write("call-3", Speaker::Agent, "fresh");
    EXPECT_FALSE(takeUnknownBack(folder_, CallId{"call-3"}));
    EXPECT_EQ(journalsIn(unknownFolder(folder_)).value(), std::vector{CallId{"call-3"}});
    EXPECT_TRUE(eraseJournal(folder_, CallId{"call-3"}));
    EXPECT_TRUE(std::filesystem::is_empty(unknownFolder(folder_)));
    aside("call-4", 4'000'000);
    EXPECT_EQ(eraseUnknown(folder_).value(), 1);
    EXPECT_TRUE(std::filesystem::is_empty(unknownFolder(folder_)));
}

TEST_F(JournalFiles, AFolderThatCannotBeListedToItsEndIsAnErrorAndTheOthersAreErased) {
    const auto unknown = unknownFolder(folder_);
    auto deep = unknown / "call-deep";
    for (int level = 0; level < 40; ++level) deep /= "d";
    std::filesystem::create_directories(deep);
    std::filesystem::create_directory(unknown / "call-1");
    std::filesystem::create_directory(unknown / "call-2");

    struct rlimit before {};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit few = before;
    few.rlim_cur = 20;  // each level that is listed holds one
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    std::optional<Result<std::int64_t>> erased;
    EXPECT_NO_THROW(erased = eraseUnknown(folder_, toEpochMs(RealClock{}.now()) + 1'000'000));
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);

    ASSERT_TRUE(erased);
    ASSERT_FALSE(*erased);
    EXPECT_EQ(erased->error().kind, ErrorKind::Io);
    EXPECT_NE(erased->error().detail.find("cannot list " + (unknown / "call-deep").string()),
              std::string::npos)
        << erased->error().detail;
    EXPECT_EQ(journalsIn(unknown).value(), std::vector{CallId{"call-deep"}});
}

}  // namespace
}  // namespace ninja3cx::journal
