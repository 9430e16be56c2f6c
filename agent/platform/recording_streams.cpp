#include "agent/platform/recording_streams.hpp"

#include "shared/core/text.hpp"

#include <algorithm>

namespace ninja3cx::agent {

void RecordingStreams::note(const RecordingStream& stream) {
    if (isPhone(stream.binary) && !stream.isPaused && !stream.isOurs)
        recording_.insert(stream.index);
    else
        recording_.erase(stream.index);
}

bool RecordingStreams::isPhone(std::string_view binary) const {
    const std::string name = lowered(binary);
    return std::ranges::any_of(programs_,
                               [&](const std::string& program) { return name.starts_with(program); });
}

}  // namespace ninja3cx::agent
