#pragma once

#include "shared/protocol/messages.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace ninja3cx::calls {

/// The value of one channel.
std::int64_t& of(protocol::ChannelPositions& positions, protocol::Speaker channel);
std::int64_t of(const protocol::ChannelPositions& positions, protocol::Speaker channel);

/// Which frames of one call have come, which are on disk, which are still to come. Positions are the next
/// sequence.
class AudioIntake {
public:
    /// Stale: sent before the sender could know of a `rewind`; it comes again.
    enum class Verdict { Next = 1, Repeat, Gap, BeyondEnd, Stale };

    /// What the journal holds after a restart.
    void restore(const protocol::ChannelPositions& onDisk);
    /// Judges a frame and, when it is the next, counts it as received.
    Verdict offer(protocol::Speaker channel, std::uint64_t sequence);
    /// False: known already, or not the next.
    bool markDurable(protocol::Speaker channel, std::uint64_t sequence);
    /// The journal failed: what is not on disk must be sent again.
    void rewind() {
        received_ = durable_;
        isRewound_ = true;
        isStale_ = {true, true};
    }
    /// Whether it was rewound since this was last asked: the sender is then told to start over.
    bool takeRewind() { return std::exchange(isRewound_, false); }

    /// The sender made `total` frames and no more; forgotten by `reopen`.
    void expect(const protocol::ChannelPositions& total);
    void reopen() { total_.reset(); }
    /// The sender's total is known and all of it is on disk.
    bool isComplete() const;

    const protocol::ChannelPositions& received() const { return received_; }
    const protocol::ChannelPositions& durable() const { return durable_; }
    bool isEmpty() const { return durable_ == protocol::ChannelPositions{}; }
    /// The durable positions if they moved since this was last asked.
    std::optional<protocol::ChannelPositions> takeAck();

private:
    protocol::ChannelPositions received_;
    protocol::ChannelPositions durable_;
    protocol::ChannelPositions acknowledged_;
    std::optional<protocol::ChannelPositions> total_;
    bool isRewound_ = false;
    std::array<bool, 2> isStale_{};  // of a channel: until the frame wanted comes
};

/// The stretches of a call, on its clock, during which the technician wanted nothing recorded.
class Pauses {
public:
    void begin(std::int64_t atMs);
    void end(std::int64_t atMs);
    std::size_t count() const { return stretches_.size(); }
    bool covers(std::int64_t fromMs, std::int64_t toMs) const;

private:
    struct Stretch {
        std::int64_t fromMs = 0;
        std::optional<std::int64_t> toMs;
    };
    std::vector<Stretch> stretches_;
};

}  // namespace ninja3cx::calls
