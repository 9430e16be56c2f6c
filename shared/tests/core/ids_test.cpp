#include "shared/core/ids.hpp"

#include <gtest/gtest.h>

#include <set>
#include <unordered_set>

namespace ninja3cx {
namespace {

TEST(RandomHex, HasTwoLowerCaseDigitsForEachByte) {
    const std::string hex = randomHex(16);
    EXPECT_EQ(hex.size(), 32U);
    EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_EQ(randomHex(0), "");
}

TEST(MakeId, CarriesItsPrefixAndDoesNotRepeat) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = makeId("call");
        EXPECT_EQ(id.substr(0, 5), "call-");
        EXPECT_EQ(id.size(), 25U);
        seen.insert(id);
    }
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(StrongId, ComparesAndHashesByItsValue) {
    EXPECT_EQ(CallId{"a"}, CallId{"a"});
    EXPECT_LT(TicketId{9}, TicketId{10});
    std::unordered_set<CallId> calls{CallId{"a"}, CallId{"b"}, CallId{"a"}};
    EXPECT_EQ(calls.size(), 2U);
    static_assert(!std::is_convertible_v<std::string, CallId>);
    static_assert(!std::is_convertible_v<CallId, DraftId>);
}

}  // namespace
}  // namespace ninja3cx
