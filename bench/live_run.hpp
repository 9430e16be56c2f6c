#pragma once

#include "bench/bench_model.hpp"
#include "bench/call_tape.hpp"
#include "bench/decode_meter.hpp"
#include "bench/speech_record.hpp"
#include "server/transcription/local_transcriber.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>

namespace ninja3cx::bench {

/// Some calls at once through the engine, in real time.
struct LiveRun {
    BenchModel model;
    std::optional<BenchModel> partialModel;  // absent: `model`
    bool hasPartials = true;
    std::size_t calls = 1;
    double seconds = 60;
    std::size_t workers = 1;
    std::optional<std::filesystem::path> voiceModel;
    SampleCalls samples;
    bool tellsTexts = false;  // each message on standard error
    /// Once a minute, with the latencies of the final texts that came in it.
    std::function<void(std::span<const std::int64_t>)> onMinute = {};
};

struct LiveResult {
    SpeechFigures texts;
    double callSeconds = 0;  // of all calls together
    double speechSeconds = 0;
    double cpuSeconds = 0;
    double peakMemoryMb = 0;
    std::chrono::milliseconds droppedAudio{0};
    std::chrono::milliseconds maxLag{0};
    std::uint64_t partialsShed = 0;
    DecodeCosts decoding;
};

/// The call with this number: each begins in another sample, at another place of it.
CallTape tapeOfCall(const SampleCalls& samples, std::size_t number, double seconds);

/// Blocks until every text of every call has come. An error is a decoder or detector that cannot be made, or an
/// engine that does not come to an end.
Result<LiveResult> runLive(const LiveRun& run);

}  // namespace ninja3cx::bench
