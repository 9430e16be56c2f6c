#include "server/transcription/gpu.hpp"

#include "server/transcription/processor.hpp"
#include "server/transcription/whisper_setup.hpp"

#include <ggml-backend.h>

namespace ninja3cx::transcription {
namespace {

bool isGpu(ggml_backend_dev_t device) {
    const auto type = ggml_backend_dev_type(device);
    return type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU;
}

}  // namespace

bool runsOnGpu(Device device) {
    if (device == Device::Cpu || !checkProcessor() || !checkDevice(device)) return false;
    if (device != Device::Auto) return true;
    for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i)
        if (isGpu(ggml_backend_dev_get(i))) return true;
    return false;
}

std::uint64_t freeGpuMemory(Device device) {
    const auto params = contextParams(device);
    if (!params || !runsOnGpu(device)) return 0;
    int place = 0;
    for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i) {
        ggml_backend_dev_t one = ggml_backend_dev_get(i);
        if (!isGpu(one) || place++ != params->gpu_device) continue;
        std::size_t free = 0;
        std::size_t total = 0;
        ggml_backend_dev_memory(one, &free, &total);
        return free;
    }
    return 0;
}

}  // namespace ninja3cx::transcription
