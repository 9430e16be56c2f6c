#pragma once

#include "shared/core/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <vector>

namespace ninja3cx::network_tests {

/// One direction of a bad network: a packet comes out so much later, in order, or by chance never. Pure: time is told.
class LossyLine {
public:
    using Packet = std::vector<std::uint8_t>;
    struct Options {
        std::chrono::milliseconds delay{0};
        double loss = 0;  // 0 to 1
        std::uint64_t seed = 1;
    };
    explicit LossyLine(const Options& options)
        : options_(options), random_(options.seed), isLost_(options.loss) {}

    void put(Packet packet, SteadyTime now);
    /// The next packet, where its time has come.
    std::optional<Packet> take(SteadyTime now);
    std::optional<SteadyTime> nextDue() const;

    /// While it is away nothing comes through, and what was under way does not either.
    void setAway(bool isAway);

    std::size_t carried() const { return carried_; }  // taken
    std::size_t lost() const { return lost_; }

    static constexpr std::size_t kMaxBytes = 1U
                                             << 20;  // under way; what does not fit is lost, as in a router

private:
    struct UnderWay {
        Packet packet;
        SteadyTime due;
    };

    Options options_;
    std::mt19937_64 random_;
    std::bernoulli_distribution isLost_;
    std::deque<UnderWay> underWay_;
    std::size_t bytes_ = 0;
    bool isAway_ = false;
    std::size_t carried_ = 0;
    std::size_t lost_ = 0;
};

}  // namespace ninja3cx::network_tests
