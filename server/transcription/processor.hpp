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

/// Whether this processor has the instructions that whisper.cpp was built with. Ask before any other call of whisper
/// or ggml: without them the program dies of an illegal instruction.
Result<void> checkProcessor();

}  // namespace ninja3cx::transcription
