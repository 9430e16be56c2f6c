#include "server/app/ninja_metrics.hpp"

#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::app {
namespace {

using protocol::DeliveryState;

TEST(TicketTally, CountsWhatIsOnItsWayAndWhatWaitsForAPerson) {
    TicketTally tally;
    const auto note = [&](const char* id, DeliveryState state, const std::string& code = "") {
        protocol::Delivery delivery;
        delivery.state = state;
        delivery.problemCode = code;
        tally.note(DraftId{id}, delivery);
    };
    for (const auto state : {DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Unknown}) {
        note("a", state);
        EXPECT_EQ(tally.queued(), 1U);
    }
    note("b", DeliveryState::Waiting);
    note("c", DeliveryState::Unconfirmed);
    note("d", DeliveryState::Rejected);
    EXPECT_EQ(tally.queued(), 2U);
    EXPECT_EQ(tally.in(DeliveryState::Unconfirmed), 1U);
    EXPECT_EQ(tally.in(DeliveryState::Rejected), 1U);
    note("a", DeliveryState::Created);
    note("c", DeliveryState::Created);
    note("d", DeliveryState::Rejected, wordOf(protocol::DeliveryProblem::GivenUp));
    EXPECT_EQ(tally.queued(), 1U);
    EXPECT_EQ(tally.in(DeliveryState::Unconfirmed), 0U);
    EXPECT_EQ(tally.in(DeliveryState::Rejected), 0U);
}

TEST(NinjaMetrics, TellTheAgeOfTheLoginAndWhatIsNotKnownHasNoLine) {
    ticketing::TokenFacts facts;
    const SystemTime now = fromEpochMs(1'000'000'000);
    EXPECT_EQ(ninjaMetrics(facts, now, {}).find("ninja3cx_ninjaone"), std::string::npos);
    facts.login = ticketing::Login::Working;
    facts.storedAt = fromEpochMs(999'000'000);
    facts.refreshedAt = fromEpochMs(999'990'000);
    facts.endsAt = fromEpochMs(1'002'000'000);
    const std::string text = ninjaMetrics(facts, now, {});
    for (const char* line :
         {"\nninja3cx_ninjaone_login 1\n", "\nninja3cx_ninjaone_token_age_seconds 1000\n",
          "\nninja3cx_ninjaone_last_refresh_seconds 10\n", "\nninja3cx_ninjaone_login_left_seconds 2000\n",
          "# TYPE ninja3cx_tickets_queued gauge\nninja3cx_tickets_queued 0\n",
          "\nninja3cx_tickets_unconfirmed 0\n", "\nninja3cx_tickets_rejected 0\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    facts.storedAt = fromEpochMs(1'000'100'000);
    EXPECT_NE(ninjaMetrics(facts, now, {}).find("token_age_seconds 0\n"), std::string::npos)
        << "a date that jumped back";
}

}  // namespace
}  // namespace ninja3cx::app
