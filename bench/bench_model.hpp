#pragma once

#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

#include <filesystem>
#include <string>

namespace ninja3cx::bench {

/// The model whose vocabulary shaped models have.
inline constexpr const char* kDemoModel = "models/ggml-demo-fr-q8_0.bin";

struct BenchModel {
    std::string name;
    transcription::WhisperModel model;
    bool isShaped = false;  // random weights: what it says is scripted
};

/// `name`: a file, or a shape ("shape:base:q8_0"), which is written to a temporary file, loaded and removed.
Result<BenchModel> loadBenchModel(const std::string& name);

}  // namespace ninja3cx::bench
