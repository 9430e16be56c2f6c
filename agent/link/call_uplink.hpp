#pragma once

#include "agent/link/spool.hpp"
#include "shared/opus/opus_codec.hpp"

#include <optional>
#include <utility>

namespace ninja3cx::agent {

/// What audio is on the wire; the spool has PCM either way.
enum class UplinkCodec {
    Pcm = 1,  // 32 kB/s for each channel
    Opus,     // 3 kB/s, where the server takes it
    Auto,     // Pcm until the network falls behind, then Opus to the end of the call
};
BOOST_DESCRIBE_ENUM(UplinkCodec, Pcm, Opus, Auto)

/// One call's audio on its way: made, spooled, sent, acknowledged. Pure but for the spool; the caller moves
/// bytes.
///
/// A reconnect is `onReady` again: sending starts over at what the server wants next.
class CallUplink {
public:
    CallUplink(CallId callId, Spool& spool, UplinkCodec codec = UplinkCodec::Pcm);

    /// Makes the next frame of a channel and spools it. What the spool cannot keep is told by takeLoss.
    /// `frame` needs its channel, clock, device time and samples.
    void add(protocol::AudioFrame frame);
    /// No more audio will be added.
    void end();

    void onReady(const protocol::AudioReady& ready);
    void onAck(const protocol::AudioAck& ack);
    void onDisconnected();

    /// What may be sent now: frames in order, at most `kWindow` (of Opus `kPackedWindow`) beyond the last acknowledged one of a
    /// channel. In the place of a frame that the spool cannot give back stands one of silence: the server
    /// takes no gap.
    std::optional<protocol::AudioFrame> nextFrame();
    /// Why frames are replaced by silence; once for the call, at the first of them.
    std::optional<Error> takeLoss() { return std::exchange(loss_, std::nullopt); }
    /// What of the call is known to be lost, also by an earlier run.
    const std::vector<protocol::AudioGap>& gaps() const { return gaps_; }
    /// Some of it because there was no room on this PC.
    bool wasRefused() const { return wasRefused_; }
    /// Once, after the last frame has been given out.
    std::optional<protocol::AudioEnd> endMessage();
    /// The server takes it now.
    bool isStreaming() const { return streamId_.has_value(); }
    /// Ended, and the server has it all.
    bool isDelivered() const;
    /// Frames not yet acknowledged: what the technician's face shows as 'not yet delivered'.
    std::int64_t outstanding() const;

    static constexpr std::int64_t kWindow = 100;  // 10 s of 100 ms frames
    /// Of Opus, which takes a tenth: on a bad network an acknowledgement is seconds away.
    static constexpr std::int64_t kPackedWindow = 400;
    static constexpr std::int64_t kBehind = 40;  // frames of both channels, 2 s: the network does not keep up

private:
    void onLoss(const Error& why, std::int64_t startMs, std::int64_t durationMs);
    void keepGaps();
    bool isPacked();
    /// A packet in the place of the samples, where both sides want that.
    void pack(std::size_t channel, protocol::AudioFrame& frame);
    std::int64_t clockOfLost(std::size_t channel, std::int64_t sequence) const;

    CallId callId_;
    Spool& spool_;
    UplinkCodec codec_;
    bool takesPackets_ = false;                 // as the server said
    bool isBehind_ = false;                     // has been, in this call
    std::optional<opus::Encoder> encoders_[2];  // each since it began anew
    std::optional<std::uint32_t> streamId_;     // while the server is ready
    std::int64_t sendNext_[2] = {0, 0};
    std::int64_t acknowledged_[2] = {0, 0};
    std::optional<std::int64_t> sentClockMs_[2];  // of the last frame given out, since the server was ready
    bool didSendEnd_ = false;
    bool hasLoss_ = false;
    std::optional<Error> loss_;  // not yet reported
    std::vector<protocol::AudioGap> gaps_;
    bool areGapsKept_ = true;  // in the spool, for a later run
    bool wasRefused_ = false;
};

}  // namespace ninja3cx::agent
