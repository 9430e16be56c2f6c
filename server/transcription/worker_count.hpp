#pragma once

#include "server/transcription/model_shape.hpp"
#include "server/transcription/whisper_decoder.hpp"

#include <cstddef>
#include <cstdint>

/// How many utterances are decoded at a time where nobody says (`whisper.workers` 0).
///
/// One for each core (as many as the container leaves, where one limits them), but: what the workers need beside the weights,
/// which they share, takes at most half of the memory there is (that of the container, where one limits it); and on a GPU, where decoders take turns, there are at most four,
/// in at most half of what its memory has left. At least one, at most `kMostWorkers` (shared/core/limits.hpp).
namespace ninja3cx::transcription {

struct WorkerRoom {
    std::size_t cores = 1;
    bool isOnGpu = false;
    std::uint64_t memory = 0;     // bytes, of the machine or of the GPU; 0: not known
    std::uint64_t forWorker = 0;  // bytes that each worker needs
};
std::size_t defaultWorkers(const WorkerRoom& room);

/// Bytes that a decoder needs for itself, at most: what it remembers of the sound and the text, and what its encoder works
/// with on a whole window. 0.12 GB with tiny, 0.7 GB with large-v3; utterances of some seconds touch half of it.
std::uint64_t scratchMemory(const WhisperModel& model, bool isOnGpu);
std::uint64_t scratchMemory(const ModelShape& shape, bool isOnGpu);

/// Bytes of this machine, or of the container if that is less (group_limits.hpp).
std::uint64_t machineMemory();

/// Cores of this machine; fewer where this thread may run on fewer, or the container is given the time of fewer.
std::size_t machineCores();

/// `partials` may be null, or the same as `finals`. After both were loaded.
WorkerRoom roomFor(const WhisperModel& finals, const WhisperModel& partials, Device device);
std::size_t defaultWorkers(const WhisperModel& finals, const WhisperModel& partials, Device device);

}  // namespace ninja3cx::transcription
