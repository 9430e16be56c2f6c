#include "server/calls/audio_intake.hpp"

#include <algorithm>

namespace ninja3cx::calls {

using protocol::ChannelPositions;
using protocol::Speaker;

std::int64_t& of(ChannelPositions& positions, Speaker channel) {
    return channel == Speaker::Agent ? positions.agent : positions.customer;
}
std::int64_t of(const ChannelPositions& positions, Speaker channel) {
    return channel == Speaker::Agent ? positions.agent : positions.customer;
}

void AudioIntake::restore(const ChannelPositions& onDisk) {
    received_ = onDisk;
    durable_ = onDisk;
    acknowledged_ = onDisk;
}

AudioIntake::Verdict AudioIntake::offer(Speaker channel, std::uint64_t sequence) {
    const auto next = static_cast<std::uint64_t>(of(received_, channel));
    if (sequence < next) return Verdict::Repeat;
    bool& isStale = isStale_[channel == Speaker::Agent ? 0 : 1];
    if (sequence > next) return isStale ? Verdict::Stale : Verdict::Gap;
    isStale = false;
    if (total_ && sequence >= static_cast<std::uint64_t>(of(*total_, channel))) return Verdict::BeyondEnd;
    ++of(received_, channel);
    return Verdict::Next;
}

bool AudioIntake::markDurable(Speaker channel, std::uint64_t sequence) {
    if (sequence != static_cast<std::uint64_t>(of(durable_, channel))) return false;
    ++of(durable_, channel);
    of(received_, channel) = std::max(of(received_, channel), of(durable_, channel));
    return true;
}

void AudioIntake::expect(const ChannelPositions& total) {
    total_ = ChannelPositions{std::max(total.agent, received_.agent),
                              std::max(total.customer, received_.customer)};
}

bool AudioIntake::isComplete() const {
    return total_ && durable_.agent >= total_->agent && durable_.customer >= total_->customer;
}

std::optional<ChannelPositions> AudioIntake::takeAck() {
    if (durable_ == acknowledged_) return std::nullopt;
    acknowledged_ = durable_;
    return durable_;
}

void Pauses::begin(std::int64_t atMs) {
    if (stretches_.empty() || stretches_.back().toMs) stretches_.push_back({atMs, std::nullopt});
}

void Pauses::end(std::int64_t atMs) {
    if (!stretches_.empty() && !stretches_.back().toMs) stretches_.back().toMs = atMs;
}

bool Pauses::covers(std::int64_t fromMs, std::int64_t toMs) const {
    return std::any_of(stretches_.begin(), stretches_.end(), [&](const Stretch& stretch) {
        return toMs > stretch.fromMs && (!stretch.toMs || fromMs < *stretch.toMs);
    });
}

}  // namespace ninja3cx::calls
