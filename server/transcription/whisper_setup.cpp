#include "server/transcription/whisper_setup.hpp"

#include "server/transcription/gpu.hpp"

#include <ggml-backend.h>
#include <whisper.h>

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

// Present when ggml was built with OpenBLAS: then each worker must stay on its own thread.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

namespace ninja3cx::transcription {
namespace {

/// The device's place among those that whisper counts as GPUs.
Result<int> gpuOf(const char* backend, const char* option) {
    if (ggml_backend_reg_by_name(backend) == nullptr)
        return Error{ErrorKind::Rejected, std::string{"this build has no "} + backend +
                                              ": configure it with -D" + option +
                                              "=ON, or set the device to auto or cpu"};
    const auto all = gpus();
    for (std::size_t place = 0; place < all.size(); ++place)
        if (std::string_view{ggml_backend_reg_name(ggml_backend_dev_backend_reg(all[place]))} == backend)
            return static_cast<int>(place);
    return Error{ErrorKind::Rejected, std::string{"this machine has no device for "} + backend +
                                          ": check its driver, or set the device to auto or cpu"};
}

/// Which GPU to take; whisper falls back to the processor where Auto finds none.
Result<int> placeOf(Device device) {
    switch (device) {
        case Device::Cuda:
            return gpuOf("CUDA", "PROJECT_WHISPER_CUDA");
        case Device::Vulkan:
            return gpuOf("Vulkan", "PROJECT_WHISPER_VULKAN");
        case Device::Auto:
        case Device::Cpu:
            break;
    }
    return 0;
}

}  // namespace

void quietWhisper() {
    static std::once_flag once;
    std::call_once(once, [] {
        whisper_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
        if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
    });
}

Result<void> checkDevice(Device device) {
    if (auto params = contextParams(device); !params) return params.error();
    return {};
}

Result<whisper_context_params> contextParams(Device device) {
    quietWhisper();
    const auto gpu = placeOf(device);
    if (!gpu) return gpu.error();
    auto params = whisper_context_default_params();
    params.use_gpu = device != Device::Cpu;
    params.gpu_device = *gpu;
    // With flash attention and a fitted context the result depends on what the state held before, even of
    // another call.
    params.flash_attn = false;
    return params;
}

whisper_full_params greedyParams() {
    auto params = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
    params.n_threads = 1;
    params.greedy.best_of = 1;
    params.temperature_inc = 0;
    params.no_context = true;
    params.no_timestamps = true;
    params.print_progress = false;
    params.print_realtime = false;
    params.print_special = false;
    params.print_timestamps = false;
    return params;
}

}  // namespace ninja3cx::transcription
