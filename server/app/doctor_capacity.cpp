#include "server/app/findings.hpp"
#include "server/app/speech.hpp"
#include "server/models/catalog.hpp"
#include "server/transcription/gpu.hpp"
#include "server/transcription/processor.hpp"
#include "server/transcription/worker_count.hpp"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

namespace ninja3cx::app {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Together with loading under 5 s; 12 s where nothing was decoded yet.
constexpr transcription::MeasuringTime kTime{milliseconds{4200}, milliseconds{12'000}};
constexpr std::size_t kUsualCalls = 8;
/// As for hearing calls again. At 19 a thread beside others that never rest gets 2 % of a core, and decodes nothing.
constexpr int kNice = 10;
constexpr double kBusyShare = 0.75;

milliseconds processorTime() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::duration_cast<milliseconds>(std::chrono::seconds{time.tv_sec} +
                                                    std::chrono::nanoseconds{time.tv_nsec});
}

std::vector<transcription::ModelCost> measureHere(transcription::Device device, MeasuringEffort& effort) {
    const bool isOnGpu = transcription::runsOnGpu(device);
    const auto measure = [&](const transcription::ModelShape& shape,
                             const transcription::MeasuringTime& time) -> Result<transcription::ModelCost> {
        const auto start = Clock::now();
        const auto model = transcription::makeRandomModel(shape, device);
        if (!model) return model.error();
        const auto loading = std::chrono::duration_cast<milliseconds>(Clock::now() - start);
        return transcription::measureModel(*model, shape.name, isOnGpu,
                                           {time.usual - loading, time.atMost - loading});
    };
    std::vector<transcription::ModelCost> costs;
    // A thread of its own can stand behind a server that runs: its calls come first.
    std::thread{[&] {
        ::setpriority(PRIO_PROCESS, 0, kNice);
        const auto start = Clock::now();
        costs = transcription::costsOfModels(kTime, measure, [] { return Clock::now(); });
        effort.wall = std::chrono::duration_cast<milliseconds>(Clock::now() - start);
        effort.processor = processorTime();
    }}.join();
    return costs;
}

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string wholeCalls(double calls) {
    return calls < 1 ? "not one" : std::to_string(static_cast<std::int64_t>(calls));
}

std::string inSeconds(double ms) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), ms < 10'000 ? "%.1f s" : "%.0f s", ms / 1000);
    return text.data();
}

}  // namespace

transcription::CoresFor coresWith(const MachineRoom& machine, std::int32_t workers) {
    return [=](const std::string& model) -> std::size_t {
        // On a GPU the decoders take turns.
        if (machine.isOnGpu) return 1;
        if (workers > 0) return std::min(machine.cores, static_cast<std::size_t>(workers));
        const auto& shapes = transcription::modelShapes();
        const auto shape =
            std::find_if(shapes.begin(), shapes.end(), [&](const auto& one) { return one.name == model; });
        if (shape == shapes.end()) return machine.cores;
        const std::uint64_t partials = shape == shapes.begin() ? 0 : scratchMemory(shapes.front(), false);
        return transcription::defaultWorkers(
            {machine.cores, false, machine.memory, scratchMemory(*shape, false) + partials});
    };
}

std::string busyness(const Capacity& capacity) {
    const auto wall = static_cast<double>(capacity.effort.wall.count());
    const auto processor = static_cast<double>(capacity.effort.processor.count());
    // A thread that waits for a GPU uses no processor either.
    if (capacity.isOnGpu || processor >= kBusyShare * wall) return "";
    return "the machine is busy: measuring got " + inSeconds(processor) + " of a core in " + inSeconds(wall);
}

Findings describe(const Capacity& capacity, const std::string& configured) {
    using transcription::ModelCapacity;
    Findings findings;
    const auto recommended = std::find_if(capacity.models.begin(), capacity.models.end(),
                                          [](const ModelCapacity& one) { return one.isRecommended; });
    const auto own = std::find_if(capacity.models.begin(), capacity.models.end(),
                                  [&](const ModelCapacity& one) { return one.model == configured; });
    const std::string wanted = std::to_string(capacity.wantedCalls) + " calls at once" +
                               (capacity.isWantedUsual ? "" : " (as many as there are technicians)");
    const bool carriesOwn =
        own == capacity.models.end() || own->calls >= static_cast<double>(capacity.wantedCalls);
    Finding summary{"capacity", carriesOwn ? Verdict::Ok : Verdict::Warning, "", ""};
    if (recommended == capacity.models.end()) {
        summary.verdict = Verdict::Warning;
        summary.detail = "no model carries " + wanted + " here";
        summary.remedy = "take the model that comes closest, and more processor cores or a GPU";
    } else {
        summary.detail = "for " + wanted + ": " + recommended->model;
        if (recommended->model != configured)
            summary.remedy = "3cx-ninja-server models pull " + recommended->model +
                             ", then set whisper.model to \"" + recommended->model + "\"";
    }
    const std::size_t cores = recommended == capacity.models.end() ? capacity.cores : recommended->cores;
    summary.detail += "; both sides of a call speaking 90 % of the time, 70 % of " +
                      (capacity.isOnGpu ? std::string{"the GPU"} : counted(cores, "core")) + " busy";
    // What a model costs is counted in processor time, and holds all the same.
    if (const std::string busy = busyness(capacity); !busy.empty()) summary.detail += "; " + busy;
    findings.push_back(summary);
    for (const ModelCapacity& one : capacity.models) {
        const std::string how = one.isMeasured ? "measured" : "estimated";
        findings.push_back({"capacity of " + one.model, Verdict::Ok,
                            wholeCalls(one.calls) + " at once with final text, " +
                                wholeCalls(one.callsWithPartials) + " with partial text by tiny; " +
                                inSeconds(one.utteranceMs) + " for an utterance of 4 s (" + how + ")" +
                                (one.cores < capacity.cores ? "; " + counted(one.cores, "worker") + " for " +
                                                                  counted(capacity.cores, "core")
                                                            : "") +
                                (one.isRecommended ? " <- recommended" : ""),
                            ""});
    }
    return findings;
}

Capacity checkCapacity(const Setting& setting, Findings& findings) {
    const config::WhisperSettings& whisper = setting.settings.whisper;
    Capacity capacity;
    const transcription::Device device = deviceOf(whisper.device);
    // What is wrong with them was said by checkModel.
    if (!transcription::checkProcessor() || !transcription::checkDevice(device)) return capacity;
    capacity.isOnGpu = transcription::runsOnGpu(device);
    const MachineRoom machine{transcription::machineCores(), transcription::machineMemory(),
                              capacity.isOnGpu};
    capacity.cores = machine.isOnGpu ? 1 : machine.cores;
    if (whisper.workers > 0)
        capacity.cores = std::min(capacity.cores, static_cast<std::size_t>(whisper.workers));
    const std::size_t technicians = setting.settings.technicians.size();
    capacity.isWantedUsual = technicians == 0;
    capacity.wantedCalls = technicians == 0 ? kUsualCalls : technicians;
    const auto costs = measureHere(device, capacity.effort);
    if (costs.empty()) {
        const std::string busy = busyness(capacity);
        findings.push_back({"capacity", Verdict::Skipped,
                            "this machine decoded no utterance in the 12 s that are taken for measuring" +
                                (busy.empty() ? "" : "; " + busy),
                            "run doctor again when it is not busy"});
        return capacity;
    }
    capacity.models = transcription::capacityOf(costs, coresWith(machine, whisper.workers),
                                                static_cast<double>(capacity.wantedCalls));
    const models::Model* known = models::modelNamed(whisper.model);
    const Findings described = describe(capacity, known ? known->name : whisper.model);
    findings.insert(findings.end(), described.begin(), described.end());
    return capacity;
}

}  // namespace ninja3cx::app
