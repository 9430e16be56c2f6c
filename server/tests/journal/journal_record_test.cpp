#include "server/journal/journal_record.hpp"

#include "server/tests/journal/frames.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::journal {
namespace {

using Verdict = RecordReading::Verdict;

TEST(JournalRecord, WhatIsWrittenIsReadAgain) {
    for (const std::size_t samples : {1U, 320U, 16'000U}) {
        auto frame = test::frameOf(41, protocol::Speaker::Customer, samples);
        frame.deviceTimeUs = 0x1122334455667788LL;
        auto bytes = encodeRecord(frame);
        bytes.push_back(0x33);  // the next one's beginning
        const auto reading = readRecord(bytes);
        EXPECT_EQ(reading.verdict, Verdict::Whole);
        EXPECT_EQ(reading.bytes, bytes.size() - 1);
        EXPECT_EQ(reading.frame, frame);
    }
}

/// As earlier versions wrote them: without the device's time.
TEST(JournalRecord, AnOldOneIsReadAndGoesOnWithNewOnes) {
    std::vector<std::uint8_t> bytes{'3', 'C', 'X',  'J',  1,    0,    0, 0, 0,    0,    0, 0, 0,
                                    0,   0,   0,    0,    0,    0,    0, 0, 0,    0,    0, 3, 0,
                                    0,   0,   0x2f, 0xc5, 0x33, 0xc9, 1, 0, 0xfe, 0xff, 3, 0};
    const std::size_t oldBytes = bytes.size();
    for (std::size_t length = 0; length < oldBytes; ++length)
        EXPECT_EQ(readRecord(std::span{bytes}.first(length)).verdict, Verdict::Cut) << length;
    const auto next = encodeRecord(test::frameOf(1));
    bytes.insert(bytes.end(), next.begin(), next.end());
    const auto old = readRecord(bytes);
    ASSERT_EQ(old.verdict, Verdict::Whole);
    EXPECT_EQ(old.bytes, oldBytes);
    EXPECT_EQ(old.frame.samples, (std::vector<std::int16_t>{1, -2, 3}));
    EXPECT_EQ(old.frame.deviceTimeUs, 0);
    EXPECT_EQ(readRecord(std::span{bytes}.subspan(old.bytes)).frame, test::frameOf(1));
}

TEST(JournalRecord, EveryShorterPieceIsCut) {
    const auto bytes = encodeRecord(test::frameOf(3, protocol::Speaker::Agent, 20));
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_EQ(readRecord(std::span{bytes}.first(length)).verdict, Verdict::Cut) << length;
}

TEST(JournalRecord, NoChangedByteGoesUnnoticed) {
    const auto bytes = encodeRecord(test::frameOf(3, protocol::Speaker::Agent, 20));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto changed = bytes;
        changed[at] ^= 0x10;
        EXPECT_NE(readRecord(changed).verdict, Verdict::Whole) << at;
    }
}

}  // namespace
}  // namespace ninja3cx::journal
