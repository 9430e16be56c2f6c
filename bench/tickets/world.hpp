#pragma once

#include "shared/protocol/records.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// The calls whose drafts are confirmed: what a day of support leaves behind. Pure; the same for the same seed.
namespace ninja3cx::bench {

/// One call that became a draft, and what its ticket has to be.
struct TicketCase {
    protocol::Call call;
    std::vector<protocol::Utterance> utterances;
    protocol::Analysis analysis;
    protocol::Draft draft;
    protocol::Contact requester;  // in whose name the ticket has to be
    bool isNamedByHand = false;   // the number told nobody: the technician names the requester
    std::string marker;           // that the product puts into the ticket
    std::string spoken;           // words of this call alone: they are in its note and in no other
    std::string noteMarker() const { return marker + "/t1"; }
};

struct TicketWorld {
    std::vector<TicketCase> cases;  // the agents' in turn
};

/// The extension of the nth agent.
Extension agentExtension(std::size_t agent);

/// `people` must not be empty. Several calls are of one organisation and have one subject; some have a
/// transcript that is too long for one comment.
TicketWorld makeTicketWorld(const std::vector<protocol::Contact>& people, std::size_t count,
                            std::size_t agents, std::uint64_t seed, std::int64_t nowMs);

}  // namespace ninja3cx::bench
