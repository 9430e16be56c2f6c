#pragma once

#include "agent/audio_capture/piece_placer.hpp"
#include "shared/core/clock.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace ninja3cx::agent {

struct BlindLimits {
    std::chrono::milliseconds longest{std::chrono::minutes{10}};
    std::chrono::milliseconds silence{std::chrono::minutes{2}};  // of the customer
};

enum class BlindEnd { TooLong, Silent };
BOOST_DESCRIBE_ENUM(BlindEnd, TooLong, Silent)

/// While the server or its PBX is out of reach nobody can see a hang-up. A talk that goes on is not lost to a short
/// outage, yet the microphone does not stay open behind a call that is over: capture ends after `longest`, or when
/// the customer has said nothing for `silence`, and stays ended until calls are seen again.
class BlindLimit {
public:
    BlindLimit(const Clock& clock, BlindLimits limits) : clock_(clock), limits_(limits) {}

    void setBlind(bool isBlind);
    /// What is captured of the customer.
    void onCustomer(std::span<const std::int16_t> samples);
    /// The customer was heard, or could not be: capture begins, or is paused.
    void onHeard() { heardAt_ = clock_.steady(); }

    /// Why nothing is to be captured now.
    std::optional<BlindEnd> reached();
    const BlindLimits& limits() const { return limits_; }

    /// Of 32767: above what a line without a voice carries, far below a quiet voice.
    static constexpr int kSilentPeak = PiecePlacer::kSilentPeak;

private:
    const Clock& clock_;
    BlindLimits limits_;
    std::optional<SteadyTime> blindSince_;
    SteadyTime heardAt_{};
    std::optional<BlindEnd> reached_;
};

}  // namespace ninja3cx::agent
