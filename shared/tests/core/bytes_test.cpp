#include "shared/core/hex.hpp"
#include "shared/core/little_endian.hpp"

#include <gtest/gtest.h>

#include <array>

namespace ninja3cx {
namespace {

TEST(Hex, HasTwoLowerCaseDigitsForEachByte) {
    EXPECT_EQ(toHex(std::array<unsigned char, 4>{0x00, 0x0f, 0xa0, 0xff}), "000fa0ff");
    EXPECT_EQ(toHex({}), "");
}

TEST(LittleEndian, StandsLowestByteFirst) {
    std::vector<std::uint8_t> bytes{7};
    appendLittle(bytes, std::uint32_t{0x01020304});
    appendLittle(bytes, std::int16_t{-2});
    EXPECT_EQ(bytes, (std::vector<std::uint8_t>{7, 4, 3, 2, 1, 0xfe, 0xff}));
    EXPECT_EQ(readLittle<std::uint32_t>(bytes, 1), 0x01020304U);
    EXPECT_EQ(readLittle<std::int16_t>(bytes, 5), -2);
    writeLittle(std::span{bytes}, 3, std::uint16_t{0xabcd});
    EXPECT_EQ(bytes, (std::vector<std::uint8_t>{7, 4, 3, 0xcd, 0xab, 0xfe, 0xff}));
}

}  // namespace
}  // namespace ninja3cx
