#pragma once

#include "server/analysis/conclusions/asides.hpp"
#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conclusions/category.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/model/model.hpp"
#include "server/analysis/movements/movements.hpp"

#include <optional>
#include <span>

namespace ninja3cx::analysis {

struct CallCategory : CategoryFinding {
    /// The second matter, where the category is that of the first: no text tells it as why they called.
    std::optional<AsideMatter> aside = std::nullopt;
};

/// The category of a call before the company's own rules: what `findCategory` finds, held to what the words plainly say.
/// An address is no matter ("dash" and "dot co dot uk" decide no category), a complaint that opens politely is no wrong
/// number, and a colleague's trouble is no arrival where nobody moves, and what is raised by the way decides no
/// category. `names`, `movements`: those of the call; `model`: the
/// one it is read with.
CallCategory categoryOfCall(const CallReading& reading, const Names& names,
                            std::span<const Movement> movements, const Model& model);

}  // namespace ninja3cx::analysis
