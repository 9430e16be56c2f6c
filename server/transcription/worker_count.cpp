#include "server/transcription/worker_count.hpp"

#include "server/transcription/gpu.hpp"
#include "server/transcription/group_limits.hpp"
#include "shared/core/limits.hpp"

#include <sched.h>
#include <unistd.h>
#include <whisper.h>

#include <algorithm>
#include <thread>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kMostOnGpu = 4;

std::uint64_t unsignedOf(int value) {
    return static_cast<std::uint64_t>(std::max(value, 0));
}

/// As whisper.cpp rounds the lengths of what it remembers.
std::uint64_t padded(int length) {
    return (unsignedOf(length) + 255) / 256 * 256;
}

struct Dimensions {
    int vocabulary;
    int width;
    int heads;
    int decoderLayers;
    int audioContext;
    int textContext;
};

std::uint64_t bytesOf(const Dimensions& model, bool isOnGpu) {
    // Keys and values in halves; two tables of floats of each sound against each for each head of the encoder.
    const std::uint64_t memory = 4 * unsignedOf(model.decoderLayers) * unsignedOf(model.width) *
                                 (padded(model.audioContext) + padded(model.textContext));
    const std::uint64_t attention =
        8 * unsignedOf(model.heads) * unsignedOf(model.audioContext) * unsignedOf(model.audioContext);
    // A processor gives no page that nobody writes to, a GPU does: room for the words at each place of a text.
    const std::uint64_t words =
        isOnGpu ? 4 * unsignedOf(model.vocabulary) * unsignedOf(model.textContext) : 0;
    return memory + attention + words;
}

}  // namespace

std::size_t defaultWorkers(const WorkerRoom& room) {
    std::size_t workers = room.isOnGpu ? std::min(room.cores, kMostOnGpu) : room.cores;
    if (room.memory > 0 && room.forWorker > 0)
        workers = std::min<std::size_t>(workers, room.memory / 2 / room.forWorker);
    return std::clamp<std::size_t>(workers, 1, kMostWorkers);
}

std::uint64_t scratchMemory(const WhisperModel& model, bool isOnGpu) {
    whisper_context* const context = model.get();
    return bytesOf(
        {whisper_n_vocab(context), whisper_model_n_text_state(context), whisper_model_n_audio_head(context),
         whisper_model_n_text_layer(context), whisper_n_audio_ctx(context), whisper_n_text_ctx(context)},
        isOnGpu);
}

std::uint64_t scratchMemory(const ModelShape& shape, bool isOnGpu) {
    return bytesOf(
        {shape.vocabulary, shape.width, shape.heads, shape.decoderLayers, kAudioContext, kTextContext},
        isOnGpu);
}

std::uint64_t machineMemory() {
    const auto all = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 0L)) *
                     static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 0L));
    const std::uint64_t limit = groupLimits().memory;
    return limit > 0 ? std::min(all, limit) : all;
}

std::size_t machineCores() {
    std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    cpu_set_t own;
    if (::sched_getaffinity(0, sizeof own, &own) == 0)
        cores = std::min(cores, static_cast<std::size_t>(CPU_COUNT(&own)));
    const std::size_t limit = groupLimits().cores;
    return limit > 0 ? std::min(cores, limit) : cores;
}

WorkerRoom roomFor(const WhisperModel& finals, const WhisperModel& partials, Device device) {
    WorkerRoom room;
    room.cores = machineCores();
    room.isOnGpu = runsOnGpu(device);
    room.memory = room.isOnGpu ? freeGpuMemory(device) : machineMemory();
    room.forWorker = scratchMemory(finals, room.isOnGpu);
    if (partials && partials != finals) room.forWorker += scratchMemory(partials, room.isOnGpu);
    return room;
}

std::size_t defaultWorkers(const WhisperModel& finals, const WhisperModel& partials, Device device) {
    return defaultWorkers(roomFor(finals, partials, device));
}

}  // namespace ninja3cx::transcription
