#include "server/transcription/gpu.hpp"

#include "server/transcription/processor.hpp"
#include "server/transcription/whisper_setup.hpp"

#include <ggml-backend.h>
#include <whisper.h>

namespace ninja3cx::transcription {

std::vector<ggml_backend_device*> gpus() {
    std::vector<ggml_backend_device*> all;
    for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i) {
        ggml_backend_dev_t device = ggml_backend_dev_get(i);
        const auto type = ggml_backend_dev_type(device);
        if (type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU)
            all.push_back(device);
    }
    return all;
}

bool runsOnGpu(Device device) {
    if (device == Device::Cpu || !checkProcessor() || !checkDevice(device)) return false;
    return device != Device::Auto || !gpus().empty();
}

std::uint64_t freeGpuMemory(Device device) {
    const auto params = contextParams(device);
    if (!params || !runsOnGpu(device)) return 0;
    const auto all = gpus();
    const auto place = static_cast<std::size_t>(params->gpu_device);
    if (place >= all.size()) return 0;
    std::size_t free = 0;
    std::size_t total = 0;
    ggml_backend_dev_memory(all[place], &free, &total);
    return free;
}

}  // namespace ninja3cx::transcription
