#include "server/transcription/worker_count.hpp"

#include "server/tests/one_core.hpp"
#include "server/transcription/group_limits.hpp"
#include "server/transcription/random_model.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <thread>

namespace ninja3cx::transcription {
namespace {

constexpr std::uint64_t kMb = 1'000'000;
constexpr std::uint64_t kGb = 1'000 * kMb;

std::size_t allowedCores() {
    cpu_set_t own;
    return ::sched_getaffinity(0, sizeof own, &own) == 0 ? static_cast<std::size_t>(CPU_COUNT(&own)) : 1;
}

struct Row {
    const char* what;
    WorkerRoom room;
    std::size_t workers;
};

TEST(DefaultWorkers, AreOneForEachCoreAsFarAsMemoryGoes) {
    for (const Row& row : {
             Row{"a small machine, base and tiny", {2, false, 4 * kGb, 290 * kMb}, 2},
             Row{"a usual one, medium and tiny", {8, false, 16 * kGb, 610 * kMb}, 8},
             Row{"many cores, base and tiny", {64, false, 64 * kGb, 290 * kMb}, 64},
             Row{"more cores than workers may be", {128, false, 512 * kGb, 290 * kMb}, 64},
             Row{"more cores than workers may be, and a memory that is not known", {96, false, 0, 0}, 64},
             Row{"many cores, large-v3 and tiny", {64, false, 64 * kGb, 820 * kMb}, 39},
             Row{"many cores, little memory", {64, false, 8 * kGb, 820 * kMb}, 4},
             Row{"next to no memory", {64, false, 1 * kGb, 820 * kMb}, 1},
             Row{"a GPU takes turns", {64, true, 24 * kGb, 900 * kMb}, 4},
             Row{"a GPU that is nearly full", {64, true, 4 * kGb, 900 * kMb}, 2},
             Row{"a GPU and few cores", {2, true, 24 * kGb, 900 * kMb}, 2},
             Row{"a GPU that does not say", {64, true, 0, 900 * kMb}, 4},
             Row{"nothing is known", {0, false, 0, 0}, 1},
         })
        EXPECT_EQ(defaultWorkers(row.room), row.workers) << row.what;
}

TEST(DefaultWorkers, OfThisMachineAreNoMoreThanItsCores) {
    const auto model = makeRandomModel(modelShapes()[0], Device::Cpu);
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_EQ(defaultWorkers(*model, nullptr, Device::Cpu),
              defaultWorkers({machineCores(), false, machineMemory(), scratchMemory(*model, false)}));
    EXPECT_LE(machineCores(), std::max(1U, std::thread::hardware_concurrency()));
    const std::size_t limit = groupLimits().cores;
    if (limit == 0 || limit >= std::thread::hardware_concurrency()) {
        EXPECT_GE(machineCores(), allowedCores()) << "none of them is left out";
    }
}

TEST(DefaultWorkers, AreNoMoreThanTheCoresThatAreAllowed) {
    const test::OneCore oneCore;
    EXPECT_EQ(machineCores(), 1U);
}

TEST(DefaultWorkers, NeedMemoryForThePartialModelToo) {
    const auto tiny = makeRandomModel(modelShapes()[0], Device::Cpu);
    const auto base = makeRandomModel(modelShapes()[1], Device::Cpu);
    ASSERT_TRUE(tiny && base);
    const std::uint64_t forTiny = scratchMemory(*tiny, false);
    const std::uint64_t forBase = scratchMemory(*base, false);
    EXPECT_EQ(roomFor(*base, *tiny, Device::Cpu).forWorker, forBase + forTiny);
    EXPECT_EQ(roomFor(*base, nullptr, Device::Cpu).forWorker, forBase);
    EXPECT_EQ(roomFor(*base, *base, Device::Cpu).forWorker, forBase) << "one state serves both";
    const WorkerRoom room = roomFor(*base, *tiny, Device::Cpu);
    EXPECT_EQ(room.cores, machineCores());
    EXPECT_EQ(room.memory, machineMemory());
    EXPECT_FALSE(room.isOnGpu);
}

TEST(ScratchMemory, FollowsFromTheDimensionsOfAModel) {
    const auto tiny = makeRandomModel(modelShapes()[0], Device::Cpu);
    const auto base = makeRandomModel(modelShapes()[1], Device::Cpu);
    ASSERT_TRUE(tiny && base);
    // Measured after a window of 30 s: 114 and 156 MB.
    EXPECT_NEAR(static_cast<double>(scratchMemory(*tiny, false)) / kMb, 120, 6);
    EXPECT_NEAR(static_cast<double>(scratchMemory(*base, false)) / kMb, 169, 13);
    EXPECT_EQ(scratchMemory(*base, false), scratchMemory(modelShapes()[1], false)) << "loaded or not";
    EXPECT_NEAR(static_cast<double>(scratchMemory(modelShapes().back(), false)) / kMb, 700, 20);
    // whisper.cpp tells of its buffers: 232 MB.
    EXPECT_NEAR(static_cast<double>(scratchMemory(*base, true)) / kMb, 250, 20);
}

}  // namespace
}  // namespace ninja3cx::transcription
