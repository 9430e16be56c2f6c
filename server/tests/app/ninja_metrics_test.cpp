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
        EXPECT_TRUE(tally.isSending());
    }
    note("b", DeliveryState::Waiting);
    note("c", DeliveryState::Unconfirmed);
    note("d", DeliveryState::Rejected);
    EXPECT_EQ(tally.queued(), 2U);
    EXPECT_EQ(tally.in(DeliveryState::Unconfirmed), 1U);
    EXPECT_EQ(tally.in(DeliveryState::Rejected), 1U);
    note("a", DeliveryState::Created);
    EXPECT_FALSE(tally.isSending()) << "those that wait hold nobody up";
    note("c", DeliveryState::Created);
    note("d", DeliveryState::Rejected, wordOf(protocol::DeliveryProblem::GivenUp));
    EXPECT_EQ(tally.queued(), 1U);
    EXPECT_EQ(tally.in(DeliveryState::Unconfirmed), 0U);
    EXPECT_EQ(tally.in(DeliveryState::Rejected), 0U);
}

TEST(NinjaMetrics, TellTheAgeOfTheLoginAndWhatIsNotKnownHasNoLine) {
    NinjaFacts known;
    ticketing::TokenFacts& facts = known.login;
    const SystemTime now = fromEpochMs(1'000'000'000);
    EXPECT_EQ(ninjaMetrics(known, now, {}).find("ninja3cx_ninjaone"), std::string::npos);
    known.directoryAtMs = 996'400'000;
    known.lookedAt = fromEpochMs(999'940'000);
    facts.login = ticketing::Login::Working;
    facts.storedAt = fromEpochMs(999'000'000);
    facts.refreshedAt = fromEpochMs(999'990'000);
    facts.endsAt = fromEpochMs(1'002'000'000);
    const std::string text = ninjaMetrics(known, now, {});
    for (const char* line :
         {"\nninja3cx_ninjaone_login 1\n", "\nninja3cx_ninjaone_token_age_seconds 1000\n",
          "\nninja3cx_ninjaone_last_refresh_seconds 10\n", "\nninja3cx_ninjaone_login_left_seconds 2000\n",
          "\nninja3cx_ninjaone_directory_age_seconds 3600\n", "\nninja3cx_ninjaone_tickets_age_seconds 60\n",
          "# TYPE ninja3cx_tickets_queued gauge\nninja3cx_tickets_queued 0\n",
          "\nninja3cx_tickets_unconfirmed 0\n", "\nninja3cx_tickets_rejected 0\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    facts.storedAt = fromEpochMs(1'000'100'000);
    EXPECT_NE(ninjaMetrics(known, now, {}).find("token_age_seconds 0\n"), std::string::npos)
        << "a date that jumped back";
}

}  // namespace
}  // namespace ninja3cx::app
