#include "server/journal/journal_record.hpp"

#include "server/tests/journal/frames.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::journal {
namespace {

using Verdict = RecordReading::Verdict;

TEST(JournalRecord, WhatIsWrittenIsReadAgain) {
    for (const std::size_t samples : {1U, 320U, 16'000U}) {
        const auto frame = test::frameOf(41, protocol::Speaker::Customer, samples);
        auto bytes = encodeRecord(frame);
        bytes.push_back(0x33);  // the next one's beginning
        const auto reading = readRecord(bytes);
        EXPECT_EQ(reading.verdict, Verdict::Whole);
        EXPECT_EQ(reading.bytes, bytes.size() - 1);
        EXPECT_EQ(reading.frame, frame);
    }
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
