#include "server/app/after_call_model.hpp"

#include "server/app/model_choice.hpp"
#include "server/app/speech.hpp"
#include "server/models/catalog.hpp"
#include "server/transcription/gpu.hpp"
#include "server/transcription/model_file.hpp"
#include "server/transcription/model_shape.hpp"
#include "server/transcription/worker_count.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <iterator>

namespace ninja3cx::app {
namespace {

/// The best one first.
constexpr std::array<const char*, 8> kByQuality{
    "large-v3", "large-v3-q5_0", "large-v3-turbo", "large-v3-turbo-q5_0", "medium", "small", "base", "tiny"};

std::size_t rankOf(const std::string& name) {
    const auto* const found = std::find(kByQuality.begin(), kByQuality.end(), name);
    return static_cast<std::size_t>(std::distance(kByQuality.begin(), found));
}

bool fits(std::uint64_t bytes, std::uint64_t memory) {
    return bytes <= memory / 2;
}

std::string inGigabytes(std::uint64_t bytes) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text.data();
}

const transcription::ModelShape* shapeOf(std::string name) {
    if (name.ends_with("-q5_0")) name.resize(name.size() - 5);
    const auto& shapes = transcription::modelShapes();
    const auto found =
        std::find_if(shapes.begin(), shapes.end(), [&](const auto& one) { return one.name == name; });
    return found != shapes.end() ? &*found : nullptr;
}

/// Of a file that `models pull NAME` makes or leaves.
std::uint64_t weightsOf(const std::string& name, const transcription::ModelShape& shape, bool isOnGpu) {
    // A block of 32 is one half and 32 bytes (q8_0), or one half, 4 bytes and 16 bytes (q5_0).
    const double perElement = name.ends_with("-q5_0") ? 22.0 / 32 : isOnGpu ? 2 : 34.0 / 32;
    double bytes = 0;
    for (const transcription::TensorPlan& tensor : tensorsOf(shape)) {
        const bool isMatrix = tensor.kind == transcription::TensorKind::Matrix;
        bytes += static_cast<double>(tensor.elements()) * (isMatrix ? perElement : 4);
    }
    return static_cast<std::uint64_t>(bytes);
}

/// A file of any other name counts as the best one of its size.
std::string knownName(const std::filesystem::path& file) {
    std::string name = modelName(file);
    if (name.ends_with("-q8_0")) name.resize(name.size() - 5);
    if (rankOf(name) < kByQuality.size()) return name;
    const auto info = transcription::inspectModelFile(file);
    if (!info) return name;
    return info->size == "large" ? kByQuality.front() : info->size;
}

std::vector<HearingModel> installedModels(const config::WhisperSettings& whisper, bool isOnGpu) {
    std::vector<HearingModel> installed;
    for (const char* name : kByQuality)
        for (const auto weights : {weightsFor(whisper), models::Weights::Q8_0}) {
            const auto file = models::findModel(name, whisper.modelsDir, weights);
            if (!file || (!installed.empty() && installed.back().file == *file)) continue;
            const auto info = transcription::inspectModelFile(*file);
            const std::uint64_t worker = transcription::scratchMemory(*shapeOf(name), isOnGpu);
            installed.push_back({name, *file, info ? info->bytes + worker : 0});
        }
    return installed;
}

std::uint64_t memoryFor(const config::WhisperSettings& whisper) {
    const transcription::Device device = deviceOf(whisper.device);
    return transcription::runsOnGpu(device) ? transcription::freeGpuMemory(device)
                                            : transcription::machineMemory();
}

}  // namespace

AfterCallChoice bestAfterCall(const HearingModel& live, const std::vector<HearingModel>& installed,
                              std::uint64_t memory) {
    const std::string room = "half of the memory (" + inGigabytes(memory / 2) + ")";
    const HearingModel* best = nullptr;
    std::string passedOver;
    for (const HearingModel& one : installed) {
        if (rankOf(one.name) >= rankOf(live.name)) continue;
        if (one.bytes == 0)
            passedOver += "; " + one.file.string() + " is damaged";
        else if (!fits(one.bytes, memory))
            passedOver += "; " + one.name + " takes " + inGigabytes(one.bytes);
        else if (!best || rankOf(one.name) < rankOf(best->name))
            best = &one;
    }
    if (!best)
        return {live.name, live.file,
                "the live model: no better one is installed that fits " + room + passedOver};
    return {best->name, best->file,
            best->name + ", the best that is installed and fits " + room + passedOver};
}

std::optional<std::string> betterThan(const std::string& name, std::uint64_t memory, bool isOnGpu) {
    for (std::size_t rank = 0; rank < std::min(rankOf(name), kByQuality.size()); ++rank) {
        const std::string better = kByQuality[rank];
        const transcription::ModelShape& shape = *shapeOf(better);
        if (fits(weightsOf(better, shape, isOnGpu) + transcription::scratchMemory(shape, isOnGpu), memory))
            return better;
    }
    return std::nullopt;
}

AfterCallChoice autoAfterCall(const config::WhisperSettings& whisper, const std::filesystem::path& liveFile) {
    const bool isOnGpu = transcription::runsOnGpu(deviceOf(whisper.device));
    return bestAfterCall({knownName(liveFile), liveFile, 0}, installedModels(whisper, isOnGpu),
                         memoryFor(whisper));
}

std::optional<std::string> betterToPull(const config::WhisperSettings& whisper, const std::string& name) {
    return betterThan(name, memoryFor(whisper), transcription::runsOnGpu(deviceOf(whisper.device)));
}

}  // namespace ninja3cx::app
