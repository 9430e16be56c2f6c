#include "bench/sample_call.hpp"

#include "shared/audio/audio_file.hpp"
#include "shared/json/codec.hpp"

#include <boost/describe.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ninja3cx::bench {
namespace {

struct TurnOfFile {
    std::string channel;
    double start = 0;
    double end = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(TurnOfFile, (), (channel, start, end, text))

struct CallFile {
    std::string file;
    std::vector<TurnOfFile> turns;
};
BOOST_DESCRIBE_STRUCT(CallFile, (), (file, turns))

}  // namespace

double SampleCall::seconds() const {
    return static_cast<double>(channels.front().size()) / audio::kRateHz;
}

Result<std::vector<SampleCall>> readSampleCalls(const std::filesystem::path& folder) {
    std::error_code failure;
    std::vector<std::filesystem::path> descriptions;
    for (const auto& entry : std::filesystem::directory_iterator{folder, failure}) {
        if (entry.path().extension() == ".json") descriptions.push_back(entry.path());
    }
    if (descriptions.empty())
        return Error{ErrorKind::NotFound, folder.string() + ": holds no sample calls (*.json)"};
    std::sort(descriptions.begin(), descriptions.end());

    std::vector<SampleCall> calls;
    for (const auto& path : descriptions) {
        std::ifstream in{path};
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        const auto described = json::decodeText<CallFile>(text);
        if (!described) return inContext(path.string(), described.error());
        auto sound = audio::readAudioFile(folder / described->file);
        if (!sound) return sound.error();
        if (sound->channels.size() != 2)
            return Error{ErrorKind::BadMessage, described->file + ": wants two channels"};
        SampleCall call;
        call.name = path.stem().string();
        call.channels = std::move(sound->channels);
        for (const auto& turn : described->turns) {
            call.turns.push_back({turn.channel == "agent" ? 0U : 1U, turn.start, turn.end, turn.text});
        }
        calls.push_back(std::move(call));
    }
    return calls;
}

}  // namespace ninja3cx::bench
