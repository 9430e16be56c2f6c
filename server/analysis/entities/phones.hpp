#pragma once

#include "server/analysis/entities/entities.hpp"

#include <vector>

namespace ninja3cx::analysis {

/// The telephone numbers of a call in their national form, "05 36 49 07 12", in the order they were said. One that is
/// dictated over several turns is put together: what the other says in between ("oui", the pair once more) is passed
/// over, and it is likely only. Expects lines with `mendedNumbers`.
std::vector<FoundEntity> findPhones(const Conversation& conversation);

}  // namespace ninja3cx::analysis
