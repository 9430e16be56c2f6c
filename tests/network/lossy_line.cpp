#include "tests/network/lossy_line.hpp"

#include <utility>

namespace ninja3cx::network_tests {

void LossyLine::put(Packet packet, SteadyTime now) {
    // Drawn for every packet: an outage does not shift the chances of those after it.
    const bool isUnlucky = isLost_(random_);
    if (isUnlucky || isAway_ || bytes_ + packet.size() > kMaxBytes) {
        ++lost_;
        return;
    }
    bytes_ += packet.size();
    underWay_.push_back({std::move(packet), now + options_.delay});
}

std::optional<LossyLine::Packet> LossyLine::take(SteadyTime now) {
    if (underWay_.empty() || underWay_.front().due > now) return std::nullopt;
    Packet packet = std::move(underWay_.front().packet);
    underWay_.pop_front();
    bytes_ -= packet.size();
    ++carried_;
    return packet;
}

std::optional<SteadyTime> LossyLine::nextDue() const {
    return underWay_.empty() ? std::nullopt : std::optional{underWay_.front().due};
}

void LossyLine::setAway(bool isAway) {
    isAway_ = isAway;
    if (!isAway) return;
    lost_ += underWay_.size();
    underWay_.clear();
    bytes_ = 0;
}

}  // namespace ninja3cx::network_tests
