#include "bench/tickets/technician.hpp"

#include "shared/protocol/codes.hpp"

namespace ninja3cx::bench {

using protocol::DeliveryState;
using protocol::DraftState;

Wish wishFor(const protocol::Draft& draft, const TicketCase& about) {
    if (draft.state == DraftState::Discarded) return Wish::Nothing;
    if (draft.state != DraftState::Confirmed)
        return about.isNamedByHand && draft.fields.requesterUid != about.requester.uid ? Wish::NameRequester
                                                                                       : Wish::Confirm;
    const protocol::Delivery& delivery = draft.delivery;
    if (delivery.state == DeliveryState::Created ||
        delivery.problemCode == wordOf(protocol::DeliveryProblem::GivenUp))
        return Wish::Nothing;
    if (delivery.state == DeliveryState::Rejected) return Wish::SendAgain;
    if (delivery.state == DeliveryState::Unconfirmed)
        return delivery.ticketId ? Wish::SendAgain : Wish::LookAtBoard;
    return Wish::Wait;
}

std::optional<std::int64_t> ticketOf(const TicketCase& about, const std::vector<BoardLine>& board) {
    for (const BoardLine& line : board)
        if (line.description.find("Ref: " + about.marker) != std::string::npos) return line.ticketId;
    return std::nullopt;
}

std::optional<std::int64_t> ticketOfSomebodyElse(const TicketCase& about,
                                                 const std::vector<BoardLine>& board) {
    for (const BoardLine& line : board)
        if (line.organization != about.requester.organizationName) return line.ticketId;
    return std::nullopt;
}

protocol::DeliveryDecide decisionAfter(const TicketCase& about, const std::vector<BoardLine>& board) {
    const auto found = ticketOf(about, board);
    if (!found) return {about.draft.draftId, protocol::DeliveryDecision::SendAgain, std::nullopt};
    return {about.draft.draftId, protocol::DeliveryDecision::AlreadyThere, TicketId{*found}};
}

}  // namespace ninja3cx::bench
