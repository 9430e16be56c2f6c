#pragma once

#include "server/calls/call_hub.hpp"
#include "shared/audio/audio_file.hpp"
#include "shared/audio/pcm.hpp"

#include <cstddef>
#include <optional>

namespace ninja3cx::telephony {

/// How much sound the recording of this call may be, whatever its file says: two channels, and as long as the call, with
/// a margin for a recording that begins in the queue or goes on after an end that the server had to estimate.
audio::ReadLimits recordingLimits(const calls::SilentCall& call);

/// A recording cut into a call's audio frames of 100 ms, the same each time. Pure.
///
/// One channel, or two alike, is the customer's: whose voice it is at a moment nobody knows. Of two the first is the
/// caller's, so the technician's where the extension called.
class RecordingFrames {
public:
    /// Compares the channels whole: not for the network thread.
    RecordingFrames(audio::Pcm pcm, bool hasExtensionCalled);

    /// How many of each channel there are.
    protocol::ChannelPositions total() const;
    /// The next frame after `next`, the channels in turn, in the order of the call's clock; none: that was all.
    std::optional<protocol::AudioFrame> after(const protocol::ChannelPositions& next) const;

private:
    const std::vector<std::int16_t>* samplesOf(protocol::Speaker channel) const;

    audio::Pcm pcm_;
    std::optional<std::size_t> agent_;  // places in pcm_.channels
    std::optional<std::size_t> customer_;
};

}  // namespace ninja3cx::telephony
