#include "shared/address/localhost.hpp"

#include <gtest/gtest.h>

namespace ninja3cx {
namespace {

TEST(Localhost, IsThisMachineWithoutANameService) {
    for (const char* name : {"localhost", "LOCALHOST", "localhost.", "pbx.localhost"}) {
        const auto endpoints = localhostEndpoints(name, 3000);
        ASSERT_EQ(endpoints.size(), 2U) << name;
        EXPECT_TRUE(endpoints[0].address().is_v4());
        for (const auto& endpoint : endpoints) {
            EXPECT_TRUE(endpoint.address().is_loopback());
            EXPECT_EQ(endpoint.port(), 3000);
        }
    }
}

TEST(Localhost, NoOtherNameIsTakenForIt) {
    for (const char* name : {"", "localhost.example", "notlocalhost", "127.0.0.1", "local"})
        EXPECT_TRUE(localhostEndpoints(name, 80).empty()) << name;
}

}  // namespace
}  // namespace ninja3cx
