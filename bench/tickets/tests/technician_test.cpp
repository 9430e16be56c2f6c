#include "bench/tickets/technician.hpp"

#include "bench/tickets/tests/people.hpp"
#include "shared/protocol/codes.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

using protocol::DeliveryState;
using protocol::DraftState;

TicketCase aCase(bool isNamedByHand = false) {
    for (const TicketCase& one : makeTicketWorld(test::people(), 100, 1, 1, 1'767'225'600'000).cases)
        if (one.isNamedByHand == isNamedByHand) return one;
    return {};
}

Wish wishWhen(DeliveryState state, std::optional<TicketId> ticket = {}, std::string problem = {}) {
    const TicketCase about = aCase();
    protocol::Draft draft = about.draft;
    draft.state = DraftState::Confirmed;
    draft.delivery.state = state;
    draft.delivery.ticketId = ticket;
    draft.delivery.problemCode = std::move(problem);
    return wishFor(draft, about);
}

TEST(Technician, ConfirmsWhatIsInTheRightName) {
    const TicketCase known = aCase();
    EXPECT_EQ(wishFor(known.draft, known), Wish::Confirm);
    const TicketCase unknown = aCase(true);
    EXPECT_EQ(wishFor(unknown.draft, unknown), Wish::NameRequester);
    protocol::Draft named = unknown.draft;
    named.fields.requesterUid = unknown.requester.uid;
    EXPECT_EQ(wishFor(named, unknown), Wish::Confirm);
}

TEST(Technician, DecidesOnlyWhereTheServerAsks) {
    for (const DeliveryState state :
         {DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Unknown, DeliveryState::Waiting})
        EXPECT_EQ(wishWhen(state), Wish::Wait);
    EXPECT_EQ(wishWhen(DeliveryState::Created, TicketId{7}), Wish::Nothing);
    EXPECT_EQ(wishWhen(DeliveryState::Rejected), Wish::SendAgain);
    EXPECT_EQ(wishWhen(DeliveryState::Rejected, {}, "givenUp"), Wish::Nothing);
    EXPECT_EQ(wishWhen(DeliveryState::Unconfirmed), Wish::LookAtBoard);
    EXPECT_EQ(wishWhen(DeliveryState::Unconfirmed, TicketId{7}), Wish::SendAgain) << "its note";
}

TEST(Technician, NamesTheTicketOrLetsItBeSentAgain) {
    const TicketCase about = aCase();
    std::vector<BoardLine> board{{9, "Cabinet ailleurs", "…\n\nRef: 3CX-000000000000"}};
    auto decision = decisionAfter(about, board);
    EXPECT_EQ(decision.decision, protocol::DeliveryDecision::SendAgain);
    EXPECT_FALSE(decision.ticketId);
    EXPECT_EQ(ticketOfSomebodyElse(about, board), 9);
    board.push_back({8, about.requester.organizationName, "…\n\nRef: " + about.marker});
    decision = decisionAfter(about, board);
    EXPECT_EQ(decision.decision, protocol::DeliveryDecision::AlreadyThere);
    EXPECT_EQ(decision.ticketId, TicketId{8});
    EXPECT_EQ(decision.draftId, about.draft.draftId);
}

}  // namespace
}  // namespace ninja3cx::bench
