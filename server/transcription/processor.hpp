#pragma once

#include "shared/core/result.hpp"

namespace ninja3cx::transcription {

/// Whether this processor has the instructions that whisper.cpp was built with (AVX2, FMA, F16C, BMI2). Ask
/// before any call of whisper or ggml: without them the program dies of an illegal instruction.
Result<void> checkProcessor();

}  // namespace ninja3cx::transcription
