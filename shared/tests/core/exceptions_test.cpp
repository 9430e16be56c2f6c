#include "shared/core/exceptions.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace ninja3cx {
namespace {

TEST(ReasonOf, IsWhatTheExceptionSaysOrThatItIsUnknown) {
    EXPECT_EQ(reasonOf(std::make_exception_ptr(std::runtime_error{"the disk is full"})), "the disk is full");
    EXPECT_EQ(reasonOf(std::make_exception_ptr(42)), "unknown");
}

}  // namespace
}  // namespace ninja3cx
