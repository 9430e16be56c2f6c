#include "shared/json/names.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::json {
namespace {

struct NameRow {
    const char* name;
    NameCase wanted;
    const char* expected;
};

class Name : public testing::TestWithParam<NameRow> {};

TEST_P(Name, IsWrittenInTheWantedCase) {
    EXPECT_EQ(inCase(GetParam().name, GetParam().wanted), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Rows, Name,
                         testing::Values(NameRow{"callId", NameCase::Camel, "callId"},
                                         NameRow{"AfterCall", NameCase::Camel, "afterCall"},
                                         NameRow{"NetworkVpn", NameCase::Snake, "network_vpn"},
                                         NameRow{"durationS", NameCase::Snake, "duration_s"},
                                         NameRow{"t0", NameCase::Snake, "t0"},
                                         NameRow{"ServiceRequest", NameCase::Upper, "SERVICE_REQUEST"},
                                         NameRow{"Low", NameCase::Upper, "LOW"},
                                         NameRow{"AsItIs", NameCase::Verbatim, "AsItIs"},
                                         NameRow{"", NameCase::Camel, ""}));

}  // namespace
}  // namespace ninja3cx::json
