#pragma once

#include "server/app/commands.hpp"
#include "server/transcription/capacity.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ninja3cx::app {

enum class Verdict { Ok = 1, Warning, Failed, Skipped };

/// What `doctor` says of one thing.
struct Finding {
    std::string what;
    Verdict verdict{};
    std::string detail;  // what was found
    std::string remedy;  // what to do about it; each failure has one
};
using Findings = std::vector<Finding>;
/// What they name need be no text: a folder's name is any bytes. What is printed of them is.
Findings printable(Findings findings);

/// Whether a process serves (or erases, or restores) that data directory just now.
bool isServing(const std::filesystem::path& dataDir);

/// What measuring took; a busy machine gives it less of a core than the whole.
struct MeasuringEffort {
    std::chrono::milliseconds wall{};
    std::chrono::milliseconds processor{};
};

/// How many calls this machine carries with each model.
struct Capacity {
    bool isOnGpu = false;
    std::size_t cores = 0;  // at most whisper.workers; each model says how many work with it
    std::size_t wantedCalls = 0;
    bool isWantedUsual = false;                        // no technicians are configured
    std::vector<transcription::ModelCapacity> models;  // empty when nothing was measured
    MeasuringEffort effort{};
};
/// What there is to work with.
struct MachineRoom {
    std::size_t cores = 1;
    std::uint64_t memory = 0;  // bytes; 0: not known
    bool isOnGpu = false;
};
/// As many as `workers` says; 0: as many as the server starts by itself, fewer where the memory does not carry one for each.
transcription::CoresFor coresWith(const MachineRoom& machine, std::int32_t workers);
/// Measures for at most 5 s, 12 s on a busy machine, behind everything else that runs.
Capacity checkCapacity(const Setting& setting, Findings& findings);
/// That the machine has little time, where it has; else empty.
std::string busyness(const Capacity& capacity);
/// In words. `configured` is the name of the model of whisper.model, or its file.
Findings describe(const Capacity& capacity, const std::string& configured);

/// Each looks at one thing and tells what it found.
void checkModel(const Setting& setting, Findings& findings);
void checkData(const Setting& setting, Findings& findings);
void checkPort(const Setting& setting, Findings& findings);
void checkTls(const Setting& setting, Findings& findings);
void checkReach(const Setting& setting, Findings& findings);
/// These ask others. While a server runs they ask neither 3CX nor NinjaOne, where a token for us would end the one it works
/// with; of NinjaOne the running server says what it knows.
void checkPbx(const Setting& setting, Findings& findings);
void checkNinja(const Setting& setting, Findings& findings);
/// Nothing of a call is sent: the models that are there are asked for.
void checkLanguageModel(const Setting& setting, Findings& findings);

}  // namespace ninja3cx::app
