#include "bench/sample_call.hpp"

#include "shared/audio/audio_file.hpp"
#include "shared/json/codec.hpp"

#include <boost/describe.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ninja3cx::bench {
namespace {

struct ScriptTurn {
    std::string channel;
    double start = 0;
    double end = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(ScriptTurn, (), (channel, start, end, text))

struct Script {
    std::string file;
    std::vector<ScriptTurn> turns;
};
BOOST_DESCRIBE_STRUCT(Script, (), (file, turns))

}  // namespace

double SampleCall::seconds() const {
    return static_cast<double>(channels.front().size()) / audio::kRateHz;
}

Result<std::vector<SampleCall>> readSampleCalls(const std::filesystem::path& folder) {
    std::error_code failure;
    std::vector<std::filesystem::path> scripts;
    for (const auto& entry : std::filesystem::directory_iterator{folder, failure}) {
        if (entry.path().extension() == ".json") scripts.push_back(entry.path());
    }
    if (scripts.empty())
        return Error{ErrorKind::NotFound, folder.string() + ": holds no sample calls (*.json)"};
    std::sort(scripts.begin(), scripts.end());

    std::vector<SampleCall> calls;
    for (const auto& path : scripts) {
        std::ifstream in{path};
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        const auto script = json::decodeText<Script>(text);
        if (!script) return inContext(path.string(), script.error());
        auto sound = audio::readAudioFile(folder / script->file);
        if (!sound) return sound.error();
        if (sound->channels.size() != 2)
            return Error{ErrorKind::BadMessage, script->file + ": wants two channels"};
        SampleCall call;
        call.name = path.stem().string();
        call.channels = std::move(sound->channels);
        for (const auto& turn : script->turns) {
            call.turns.push_back({turn.channel == "agent" ? 0U : 1U, turn.start, turn.end, turn.text});
        }
        calls.push_back(std::move(call));
    }
    return calls;
}

}  // namespace ninja3cx::bench
