#include "server/transcription/whisper_setup.hpp"

#include "server/transcription/gpu.hpp"

#include <gtest/gtest.h>
#include <whisper.h>

namespace ninja3cx::transcription {
namespace {

TEST(WhisperSetup, TakesTheDeviceThatWasAskedFor) {
    struct Row {
        Device device;
        bool usesGpu;
    };
    for (const Row& row : {Row{Device::Cpu, false}, Row{Device::Auto, true}, Row{Device::Cuda, true},
                           Row{Device::Vulkan, true}}) {
        const auto params = contextParams(row.device);
        EXPECT_EQ(params.has_value(), checkDevice(row.device).has_value());
        if (!params) {
            EXPECT_EQ(params.error().kind, ErrorKind::Rejected);
            EXPECT_FALSE(runsOnGpu(row.device));
            continue;
        }
        EXPECT_EQ(params->use_gpu, row.usesGpu);
        EXPECT_GE(params->gpu_device, 0);
        EXPECT_FALSE(params->flash_attn) << "a text must not depend on the one before";
    }
}

TEST(WhisperSetup, CountsGpusOnceAndForAll) {
    EXPECT_EQ(runsOnGpu(Device::Auto), !gpus().empty());
    for (const Device device : {Device::Cuda, Device::Vulkan})
        if (const auto params = contextParams(device)) {
            EXPECT_LT(static_cast<std::size_t>(params->gpu_device), gpus().size());
        }
}

TEST(WhisperSetup, DecodesOnceOnOneThreadAndPrintsNothing) {
    const auto params = greedyParams();
    EXPECT_EQ(params.n_threads, 1);
    EXPECT_EQ(params.strategy, WHISPER_SAMPLING_GREEDY);
    EXPECT_EQ(params.greedy.best_of, 1);
    EXPECT_EQ(params.temperature_inc, 0);
    EXPECT_TRUE(params.no_context && params.no_timestamps);
    EXPECT_FALSE(params.print_progress || params.print_realtime || params.print_special ||
                 params.print_timestamps);
}

}  // namespace
}  // namespace ninja3cx::transcription
