#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ninja3cx::audio {

/// Changes the sample rate of one channel as its samples arrive (windowed sinc, about 80 dB of stop band).
/// The output does not depend on how the input is cut into pieces, and is not delayed against it: sample n of
/// the output belongs to the moment n / toHz.
class Resampler {
public:
    /// Rates from 1 to 384 000 Hz.
    Resampler(int fromHz, int toHz);

    /// Appends to `out` what can be computed so far.
    void push(std::span<const float> in, std::vector<float>& out);
    /// Appends the rest; the input ends with silence. Afterwards the object is used up.
    void finish(std::vector<float>& out);

private:
    void produce(std::vector<float>& out, std::int64_t lastOutput);

    std::int64_t from_;
    std::int64_t to_;
    std::int64_t reach_;   // input samples on each side that one output sample looks at
    std::int64_t phases_;  // rows of the table: positions between two input samples
    std::vector<float> table_;
    std::vector<float> window_;     // the newest input samples
    std::int64_t windowStart_ = 0;  // index of window_[0] in the whole input; negative: leading silence
    std::int64_t received_ = 0;
    std::int64_t produced_ = 0;
};

}  // namespace ninja3cx::audio
