#include "bench/tickets/faults.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <set>

namespace ninja3cx::bench {
namespace {

std::set<std::string> kindsOf(const boost::json::array& faults) {
    std::set<std::string> kinds;
    for (const auto& fault : faults) kinds.insert(std::string{fault.at("kind").as_string()});
    return kinds;
}

TEST(TicketFaults, AreAllNoneOrTheNamedKinds) {
    EXPECT_TRUE(faultsFor("none")->empty());
    EXPECT_EQ(kindsOf(*faultsFor("commit-reset,429")), (std::set<std::string>{"commit-reset", "429"}));
    const auto all = kindsOf(*faultsFor("all"));
    for (const char* kind :
         {"429", "html", "expired", "expired-forever", "refresh-dead", "token-5xx", "rotate-crash",
          "5xx-then-ok", "commit-timeout", "commit-502", "commit-reset", "commit-truncated", "lookup-400",
          "403-user-context", "403-permission", "conflict", "slow", "drop"})
        EXPECT_TRUE(all.contains(kind)) << kind;
}

TEST(TicketFaults, StrikeByChanceAndNotesAsWellAsTickets) {
    for (const auto& fault : *faultsFor("all")) {
        EXPECT_GT(fault.at("probability").as_double(), 0);
        EXPECT_LE(fault.at("probability").as_double(), 0.5);
    }
    const std::string resets = boost::json::serialize(*faultsFor("commit-reset"));
    EXPECT_NE(resets.find("/comment$"), std::string::npos);
    EXPECT_NE(resets.find("/ticketing/ticket$"), std::string::npos);
}

TEST(TicketFaults, StrikeAsOftenAsAskedAndAlwaysAtMost) {
    EXPECT_DOUBLE_EQ(faultsFor("drop", 3)->front().at("probability").as_double(), 0.03);
    EXPECT_DOUBLE_EQ(faultsFor("drop", 1'000)->front().at("probability").as_double(), 1);
}

TEST(TicketFaults, ThatNobodyKnowsAreRefused) {
    for (const char* list : {"", "comit-reset", "429,", "all,sometimes"}) {
        const auto faults = faultsFor(list);
        ASSERT_FALSE(faults) << list;
        EXPECT_NE(faults.error().detail.find("commit-reset"), std::string::npos);
    }
}

}  // namespace
}  // namespace ninja3cx::bench
