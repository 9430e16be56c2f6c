#include "server/telephony/pbx_pause.hpp"

#include <algorithm>
#include <cstdint>

namespace ninja3cx::telephony {

using std::chrono::milliseconds;

milliseconds pauseAfter(int failures, std::optional<milliseconds> told, double jitter,
                        const PauseLimits& limits) {
    const auto part = [](milliseconds whole, double share) {
        return milliseconds{static_cast<std::int64_t>(static_cast<double>(whole.count()) * share)};
    };
    if (told) {
        const milliseconds least = failures > 1 ? limits.first : milliseconds{0};
        const milliseconds wait = std::max(std::min(*told, limits.longestTold), least);
        return wait + part(limits.first, jitter / 10);  // not all clients at the same moment
    }
    const milliseconds doubled = limits.first * (1LL << std::clamp(failures - 1, 0, 20));
    return part(std::min(doubled, limits.longest), 0.5 + jitter / 2);
}

}  // namespace ninja3cx::telephony
