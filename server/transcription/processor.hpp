#pragma once

#include "shared/core/result.hpp"

#include <vector>

namespace ninja3cx::transcription {

struct Instructions {
    const char* name;  // "AVX2"
    bool isUsed;       // whisper was built with them
    bool isThere;      // this processor and its operating system have them
};

/// Rejected, naming what lacks and how to build without it, when something is used that is not there.
Result<void> compareProcessor(const std::vector<Instructions>& instructions);

/// Whether this processor has the instructions of whisper.cpp that are compared: up to AVX-512. AVX_VNNI and AMX, which
/// only a build for its own machine (PROJECT_WHISPER_NATIVE) may use, are not among them. Ask before any other call of whisper
/// or ggml: without them the program dies of an illegal instruction.
Result<void> checkProcessor();

}  // namespace ninja3cx::transcription
