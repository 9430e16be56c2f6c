#pragma once

#include <cstdint>
#include <optional>

namespace ninja3cx::agent {

/// How fast a capturing device's clock runs against this computer's, from when its pieces came. Pieces come late by
/// what the computer was busy with: one line is laid through all of them. Where one clock has jumped against the other
/// (a hold, a device that was opened again) another line of the same slope begins.
class DriftEstimator {
public:
    /// Of each piece, in order. A device time of 0 is unknown and says nothing.
    void add(std::int64_t deviceTimeUs, std::int64_t callClockMs);
    /// Parts in a million, above 0 where the device is fast. Nothing before a minute was heard: the pieces' delays
    /// would be taken for drift.
    std::optional<double> ppm() const;

    static constexpr std::int64_t kShortestMs = 60'000;
    static constexpr std::int64_t kJumpMs = 150;  // from one piece to the next, more than they are late

private:
    /// Of the points of one line, about their means; in ms.
    struct Line {
        double count = 0;
        double meanClock = 0;
        double meanAhead = 0;  // device minus clock
        double spread = 0;     // sum of squares of the clock
        double common = 0;     // sum of products
        void add(double clock, double ahead);
    };
    struct Point {
        std::int64_t deviceUs;
        std::int64_t clockMs;
    };

    std::optional<Point> first_;  // of the line
    std::optional<Point> last_;
    Line line_;
    double spread_ = 0;  // of the lines before
    double common_ = 0;
    std::int64_t heardMs_ = 0;
};

}  // namespace ninja3cx::agent
