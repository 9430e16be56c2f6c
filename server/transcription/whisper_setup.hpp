#pragma once

#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

struct whisper_context_params;
struct whisper_full_params;

/// How whisper.cpp is set up, the same wherever it runs: live, measured, and plain for comparison. For those that call
/// whisper.h themselves, and include it.
namespace ninja3cx::transcription {

/// No log lines, and no threads of OpenBLAS's own: each worker stays on its own thread.
void quietWhisper();

/// Of a model on this device; quietens whisper too. Rejected where this build or this machine has no such device.
Result<whisper_context_params> contextParams(Device device);

/// One thread, the likeliest token each time and no second try, no timestamps, nothing from the decoding before and
/// nothing printed.
whisper_full_params greedyParams();

}  // namespace ninja3cx::transcription
