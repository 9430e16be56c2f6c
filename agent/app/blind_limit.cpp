#include "agent/app/blind_limit.hpp"

#include <algorithm>

namespace ninja3cx::agent {

void BlindLimit::setBlind(bool isBlind) {
    if (!isBlind) {
        blindSince_.reset();
        reached_.reset();
    } else if (!blindSince_) {
        blindSince_ = clock_.steady();
    }
}

void BlindLimit::onCustomer(std::span<const std::int16_t> samples) {
    const auto isLoud = [](int sample) { return sample > kSilentPeak || sample < -kSilentPeak; };
    if (std::any_of(samples.begin(), samples.end(), isLoud)) onHeard();
}

std::optional<BlindEnd> BlindLimit::reached() {
    if (!blindSince_ || reached_) return reached_;
    const SteadyTime now = clock_.steady();
    if (now - *blindSince_ >= limits_.longest)
        reached_ = BlindEnd::TooLong;
    else if (now - std::max(*blindSince_, heardAt_) >= limits_.silence)
        reached_ = BlindEnd::Silent;
    return reached_;
}

}  // namespace ninja3cx::agent
