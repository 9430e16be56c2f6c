#include "simulators/app/scenarios.hpp"

#include "simulators/app/audio_lookup.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace ninja3cx::simulators {
namespace {

Result<PbxScenario> sampleCalls() {
    auto scenario = demoScenario(audioOnDisk(std::nullopt));
    if (!scenario)
        return inContext("the demo's sample calls (samples/calls, looked for in the current folder)",
                         scenario.error());
    return scenario;
}

}  // namespace

Result<std::string> readFile(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return Error{ErrorKind::NotFound, path + ": there is no such file"};
    if (std::filesystem::is_directory(path, ignored))
        return Error{ErrorKind::Io, path + ": is a folder, not a file"};
    std::ifstream file{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file) return Error{ErrorKind::Io, path + ": cannot be read"};
    return text;
}

Result<PbxScenario> pbxScenario(const Arguments& arguments) {
    if (!arguments.scenario) return arguments.command == Command::Demo ? sampleCalls() : PbxScenario{};
    auto text = readFile(*arguments.scenario);
    if (!text) return text.error();
    auto scenario =
        parsePbxScenario(*text, audioOnDisk(std::filesystem::path{*arguments.scenario}.parent_path()));
    if (!scenario) return inContext(*arguments.scenario, scenario.error());
    return scenario;
}

}  // namespace ninja3cx::simulators
