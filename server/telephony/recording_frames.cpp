#include "server/telephony/recording_frames.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ninja3cx::telephony {
namespace {

using protocol::Speaker;

constexpr std::int64_t kFrameMs = 100;
constexpr std::size_t kFrameSamples = kFrameMs * audio::kSamplesPerMs;
constexpr int kMostChannels = 2;
constexpr std::chrono::minutes kLongerThanItsCall{5};

}  // namespace

audio::ReadLimits recordingLimits(const calls::SilentCall& call) {
    const std::chrono::milliseconds length{std::max<std::int64_t>(0, call.endedAtMs - call.answeredAtMs)};
    const auto wanted = std::chrono::ceil<std::chrono::seconds>(length) + kLongerThanItsCall;
    return {std::min(audio::ReadLimits{}.maxDuration, wanted), kMostChannels};
}

RecordingFrames::RecordingFrames(audio::Pcm pcm, bool hasExtensionCalled) : pcm_(std::move(pcm)) {
    if (pcm_.channels.empty()) return;
    const bool areTwo = pcm_.channels.size() >= 2 && pcm_.channels[0] != pcm_.channels[1];
    if (areTwo) agent_ = hasExtensionCalled ? 0 : 1;
    customer_ = areTwo && hasExtensionCalled ? 1 : 0;
}

const std::vector<std::int16_t>* RecordingFrames::samplesOf(Speaker channel) const {
    const auto& place = channel == Speaker::Agent ? agent_ : customer_;
    return place ? &pcm_.channels[*place] : nullptr;
}

protocol::ChannelPositions RecordingFrames::total() const {
    const auto count = [&](Speaker channel) {
        const auto* samples = samplesOf(channel);
        return samples ? static_cast<std::int64_t>((samples->size() + kFrameSamples - 1) / kFrameSamples) : 0;
    };
    return {count(Speaker::Agent), count(Speaker::Customer)};
}

std::optional<protocol::AudioFrame> RecordingFrames::after(const protocol::ChannelPositions& next) const {
    const protocol::ChannelPositions all = total();
    const bool hasAgent = next.agent < all.agent;
    const bool hasCustomer = next.customer < all.customer;
    if (!hasAgent && !hasCustomer) return std::nullopt;
    protocol::AudioFrame frame;
    frame.channel =
        hasAgent && (!hasCustomer || next.agent <= next.customer) ? Speaker::Agent : Speaker::Customer;
    const std::int64_t sequence = frame.channel == Speaker::Agent ? next.agent : next.customer;
    frame.sequence = static_cast<std::uint64_t>(sequence);
    frame.callClockMs = sequence * kFrameMs;
    const std::vector<std::int16_t>& samples = *samplesOf(frame.channel);
    const std::size_t begin = frame.sequence * kFrameSamples;
    const std::size_t end = std::min(begin + kFrameSamples, samples.size());
    frame.samples.assign(samples.begin() + static_cast<std::ptrdiff_t>(begin),
                         samples.begin() + static_cast<std::ptrdiff_t>(end));
    return frame;
}

}  // namespace ninja3cx::telephony
