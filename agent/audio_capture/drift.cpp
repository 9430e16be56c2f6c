#include "agent/audio_capture/drift.hpp"

#include <cstdlib>

namespace ninja3cx::agent {

void DriftEstimator::Line::add(double clock, double ahead) {
    count += 1;
    const double fromMean = clock - meanClock;
    meanClock += fromMean / count;
    meanAhead += (ahead - meanAhead) / count;
    spread += fromMean * (clock - meanClock);
    common += fromMean * (ahead - meanAhead);
}

void DriftEstimator::add(std::int64_t deviceTimeUs, std::int64_t callClockMs) {
    if (deviceTimeUs == 0) return;
    const Point point{deviceTimeUs, callClockMs};
    if (last_) {
        const std::int64_t stepUs = point.deviceUs - last_->deviceUs;
        const std::int64_t stepMs = point.clockMs - last_->clockMs;
        if (stepMs < 0 || stepUs < 0 || std::abs(stepUs - stepMs * 1000) > kJumpMs * 1000) {
            spread_ += line_.spread;
            common_ += line_.common;
            line_ = Line{};
            first_.reset();
        } else {
            heardMs_ += stepMs;
        }
    }
    if (!first_) first_ = point;
    last_ = point;
    // From the line's first point: differences of large numbers would lose the digits that matter.
    const std::int64_t clockMs = point.clockMs - first_->clockMs;
    const std::int64_t aheadUs = point.deviceUs - first_->deviceUs - clockMs * 1000;
    line_.add(static_cast<double>(clockMs), static_cast<double>(aheadUs) / 1000);
}

std::optional<double> DriftEstimator::ppm() const {
    if (heardMs_ < kShortestMs) return std::nullopt;
    return (common_ + line_.common) / (spread_ + line_.spread) * 1e6;
}

}  // namespace ninja3cx::agent
