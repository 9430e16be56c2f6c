#include "server/transcription/gpu.hpp"

#include "server/transcription/processor.hpp"

#include <ggml-backend.h>

namespace ninja3cx::transcription {

bool runsOnGpu(Device device) {
    if (device == Device::Cpu || !checkProcessor() || !checkDevice(device)) return false;
    if (device != Device::Auto) return true;
    for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i) {
        const auto type = ggml_backend_dev_type(ggml_backend_dev_get(i));
        if (type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU) return true;
    }
    return false;
}

}  // namespace ninja3cx::transcription
