#include "shared/core/extension.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx {
namespace {

TEST(Extension, IsWhatAPbxCallsOne) {
    for (const char* good : {"201", "0", "*88", "night.desk", "anna@branch", "Q-1_a"})
        EXPECT_TRUE(isExtension(good)) << good;
    EXPECT_TRUE(isExtension(std::string(32, '7')));
    for (const char* bad : {"", "2 01", "201\n", "201;drop", "é"}) EXPECT_FALSE(isExtension(bad)) << bad;
    EXPECT_FALSE(isExtension(std::string(33, '7')));
}

}  // namespace
}  // namespace ninja3cx
