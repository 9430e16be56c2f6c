#include "server/auth/refusals.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::auth {
namespace {

TEST(RefusedLogins, AreToldEverMoreSeldom) {
    ManualClock clock;
    Refusals refusals{clock};
    std::vector<std::string> told;
    for (int i = 0; i < 5'000; ++i)
        if (auto about = refusals.note("10.0.0.5")) told.push_back(*about);
    EXPECT_EQ(told, (std::vector<std::string>{"10.0.0.5", "10.0.0.5, 10 times", "10.0.0.5, 100 times",
                                              "10.0.0.5, 1000 times"}));
    clock.advance(Refusals::kWindow);
    EXPECT_EQ(refusals.note("10.0.0.5"), "10.0.0.5");
}

TEST(RefusedLogins, OfManyAddressesFillNoDisk) {
    ManualClock clock;
    Refusals refusals{clock};
    std::size_t told = 0;
    for (int i = 0; i < 5'000; ++i)
        if (refusals.note("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250))) ++told;
    EXPECT_EQ(told, Refusals::kMostAddresses + 1);
}

}  // namespace
}  // namespace ninja3cx::auth
