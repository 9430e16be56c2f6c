#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ninja3cx::analysis {

/// The turn in which the technician asks "autre chose ?": what follows is rarely why the customer called. The number of
/// turns where nobody asks so, or too early to mean it.
std::size_t asideFrom(const Conversation& conversation);

/// A second matter that the customer comes to when the first is told: "Au fait, l'imprimante …".
struct AsideMatter {
    std::int32_t turn = 0;            // in which it is opened
    std::int32_t begin = 0;           // where in the turn's text, in bytes
    std::vector<std::int32_t> later;  // turns behind it that are of it
};

/// The first one that is opened in words and complains or asks of a thing. Words that go on with a matter as often
/// ("et", "par contre", "aussi") open one only where they name other things than were named before.
std::optional<AsideMatter> asideMatter(const Conversation& conversation);

/// The same lines, without the words that are of the second matter.
Conversation withoutAside(Conversation conversation, const AsideMatter& aside);

}  // namespace ninja3cx::analysis
