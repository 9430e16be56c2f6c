#include "server/transcription/partial_pace.hpp"

#include <algorithm>

namespace ninja3cx::transcription {

Load loadBetween(const PoolFigures& before, const PoolFigures& after, std::chrono::milliseconds time,
                 std::size_t workers) {
    const auto available = static_cast<double>(time.count()) * static_cast<double>(workers);
    return {static_cast<double>((after.busy - before.busy).count()) / available,
            static_cast<int>(after.partialsShed - before.partialsShed),
            after.finalsLate > before.finalsLate || after.finalsOverdue > 0};
}

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
