#pragma once

#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conversation/conversation.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ninja3cx::analysis {

struct CategoryFinding {
    Conclusion<protocol::Category> main;
    /// A second problem that is raised in the call.
    std::optional<Conclusion<protocol::Category>> secondary;
    /// What else the category could be.
    std::optional<protocol::Category> runnerUp;
    /// The turn that raises a matter of its own beside the main one, whatever its category.
    std::optional<std::int32_t> secondMatter = std::nullopt;
};

CategoryFinding findCategory(const CallReading& reading);

/// The same for a call of which is known that something does not work: not surer than likely, and where it is taken for a
/// movement or for no support at all, what the customer's turns show most plainly instead.
CategoryFinding asTrouble(const CallReading& reading, CategoryFinding finding);

/// What the texts may be about: of a call that is no matter for support, nothing else that no turn speaks of.
CategoryFinding categoryToTell(const CallReading& reading, const CategoryFinding& category);

/// "category.email": the head that finds the turns about it.
std::string turnHeadOf(protocol::Category category);

}  // namespace ninja3cx::analysis
