#include "server/transcription/partial_pace.hpp"

#include <algorithm>

namespace ninja3cx::transcription {

PartialPace::Step PartialPace::observe(const Load& load) {
    const bool isStrained = load.busyShare > kHigh || load.shedPartials > 0 || load.isFinalLate;
    if (isStrained) {
        calm_ = 0;
        if (!step_) return step_;
        const auto longer = *step_ * 3 / 2;
        if (*step_ >= kLongest)
            step_.reset();
        else
            step_ = std::min<std::chrono::milliseconds>(longer, kLongest);
        return step_;
    }
    if (load.busyShare > kLow || ++calm_ < kCalmBefore) return step_;
    calm_ = 0;
    step_ = step_ ? std::max<std::chrono::milliseconds>(*step_ * 2 / 3, shortest_) : kLongest;
    return step_;
}

}  // namespace ninja3cx::transcription
