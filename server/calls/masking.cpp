#include "server/calls/masking.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::calls {
namespace {

/// Where something at `at` stands after masking; none: it is masked, in part at least.
std::optional<std::int64_t> placeAfter(const std::vector<Masked::Place>& places, std::int64_t at,
                                       std::int64_t length) {
    std::int64_t shift = 0;
    for (const Masked::Place& place : places) {
        const auto begin = static_cast<std::int64_t>(place.at);
        const auto end = begin + static_cast<std::int64_t>(place.length);
        if (begin >= at + length) break;
        if (end > at) return std::nullopt;
        shift += static_cast<std::int64_t>(place.replacedBy) - static_cast<std::int64_t>(place.length);
    }
    return at + shift;
}

}  // namespace

std::vector<protocol::Correction> masked(const std::vector<protocol::Correction>& corrections,
                                         const Masked& text, const Masked& asHeard) {
    std::vector<protocol::Correction> kept;
    std::int64_t heardShift = 0;
    for (const protocol::Correction& correction : corrections) {
        const auto heardLength = static_cast<std::int64_t>(correction.heard.size());
        const auto at = placeAfter(text.places, correction.at, correction.length);
        const auto heardAt = placeAfter(asHeard.places, correction.at + heardShift, heardLength);
        heardShift += heardLength - correction.length;
        if (!at || !heardAt) continue;
        kept.push_back({static_cast<std::int32_t>(*at), correction.length, correction.heard});
    }
    return kept;
}

}  // namespace ninja3cx::calls
