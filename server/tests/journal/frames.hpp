#pragma once

#include "shared/protocol/audio_frame.hpp"

namespace ninja3cx::test {

/// A frame of 20 ms whose samples tell which one it is.
inline protocol::AudioFrame frameOf(std::uint64_t sequence,
                                    protocol::Speaker channel = protocol::Speaker::Agent,
                                    std::size_t samples = 320) {
    protocol::AudioFrame frame;
    frame.channel = channel;
    frame.sequence = sequence;
    frame.callClockMs = static_cast<std::int64_t>(sequence) * 20;
    frame.samples.assign(samples, static_cast<std::int16_t>(sequence * 7 + 1));
    return frame;
}

}  // namespace ninja3cx::test
