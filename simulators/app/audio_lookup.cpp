#include "simulators/app/audio_lookup.hpp"

#include "shared/json/codec.hpp"

#include <fstream>
#include <iterator>

namespace ninja3cx::simulators {
namespace {

std::optional<double> durationIn(const std::filesystem::path& script) {
    std::ifstream file{script, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const auto value = json::parse(text);
    if (!file || !value || !value->is_object()) return std::nullopt;
    const boost::json::value* duration = value->get_object().if_contains("duration");
    if (!duration || !duration->is_number()) return std::nullopt;
    return duration->to_number<double>();
}

}  // namespace

AudioLookup audioOnDisk(std::optional<std::filesystem::path> beside) {
    return [beside = std::move(beside)](const std::string& audio) -> AudioInfo {
        std::error_code ignored;
        std::filesystem::path path{audio};
        if (!std::filesystem::exists(path, ignored) && beside && path.is_relative()) path = *beside / path;
        AudioInfo info{audio, durationIn(std::filesystem::path{path}.replace_extension(".json"))};
        if (std::filesystem::exists(path, ignored))
            info.path = std::filesystem::absolute(path, ignored).lexically_normal().string();
        return info;
    };
}

}  // namespace ninja3cx::simulators
