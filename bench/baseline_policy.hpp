#pragma once

#include "bench/bench_model.hpp"
#include "bench/call_tape.hpp"

#include <chrono>
#include <string>

namespace ninja3cx::bench {

/// How others stream with whisper.cpp: every `step` the last `window` of each channel, speech or not, as a whole.
struct WindowPolicy {
    std::chrono::seconds step;
    std::chrono::seconds window;
    int maxTokens;  // 0: as many as come
};
inline constexpr WindowPolicy kNaive{std::chrono::seconds{1}, std::chrono::seconds{30}, 0};
/// whisper.cpp's examples/stream with its defaults.
inline constexpr WindowPolicy kStream{std::chrono::seconds{3}, std::chrono::seconds{10}, 32};

/// Processor time for a second of one call, in the steady state: the first window is full. `seconds`: how much of the
/// call it is measured on; as fast as it goes.
Result<double> measureWindowPolicy(const WindowPolicy& policy, const BenchModel& model,
                                   const SampleCalls& samples, std::chrono::seconds seconds);

}  // namespace ninja3cx::bench
