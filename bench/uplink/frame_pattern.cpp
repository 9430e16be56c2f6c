#include "bench/uplink/frame_pattern.hpp"

#include <random>

namespace ninja3cx::bench {

std::vector<std::int16_t> patternOf(std::size_t agent, protocol::Speaker channel, std::uint64_t sequence) {
    constexpr std::size_t kSamples = 1600;
    constexpr std::uint64_t kMaxFrames = std::uint64_t{1} << 32U;
    const std::uint64_t place =
        (agent * 2 + (channel == protocol::Speaker::Agent ? 0 : 1)) * kMaxFrames + sequence;
    std::mt19937_64 random{place};
    std::vector<std::int16_t> samples(kSamples);
    for (std::size_t at = 0; at < kSamples; at += 4) {
        std::uint64_t four = random();
        for (std::size_t next = 0; next < 4; ++next, four >>= 16U)
            samples[at + next] = static_cast<std::int16_t>(static_cast<std::uint16_t>(four));
    }
    return samples;
}

}  // namespace ninja3cx::bench
