#include "agent/link/call_uplink.hpp"

#include "shared/protocol/audio_gaps.hpp"

#include <algorithm>

namespace ninja3cx::agent {
namespace {

constexpr std::int64_t kFrameMs = 100;
constexpr std::size_t kFrameSamples = kFrameMs * protocol::kSampleRateHz / 1000;

constexpr protocol::Speaker kChannels[] = {protocol::Speaker::Agent, protocol::Speaker::Customer};

std::int64_t durationMs(const protocol::AudioFrame& frame) {
    return static_cast<std::int64_t>(frame.samples.size()) * 1000 / protocol::kSampleRateHz;
}

}  // namespace

CallUplink::CallUplink(CallId callId, Spool& spool, UplinkCodec codec)
    : callId_(std::move(callId)), spool_(spool), codec_(codec) {
    if (const auto label = spool_.labelOf(callId_))
        gaps_ = label->gaps.value_or(std::vector<protocol::AudioGap>{});
}

void CallUplink::add(protocol::AudioFrame frame) {
    const protocol::ChannelPositions next = spool_.next(callId_);
    frame.sequence =
        static_cast<std::uint64_t>(frame.channel == protocol::Speaker::Agent ? next.agent : next.customer);
    const auto kept = spool_.append(callId_, frame);
    if (kept) return keepGaps();
    wasRefused_ = true;
    onLoss(kept.error(), frame.callClockMs, durationMs(frame));
}

void CallUplink::onLoss(const Error& why, std::int64_t startMs, std::int64_t durationMs) {
    if (!std::exchange(hasLoss_, true)) loss_ = why;
    const auto before = gaps_;
    protocol::addGap(gaps_, {startMs, startMs + durationMs});
    areGapsKept_ = areGapsKept_ && gaps_ == before;
}

/// At the end of a gap, not with each frame of it: then there is room again.
void CallUplink::keepGaps() {
    if (!std::exchange(areGapsKept_, true)) spool_.keepGaps(callId_, gaps_);
}

void CallUplink::end() {
    // A failure leaves no mark: the next run then resends the end only after the server has closed the call
    // itself.
    (void)spool_.markEnd(callId_);
}

void CallUplink::onReady(const protocol::AudioReady& ready) {
    streamId_ = ready.streamId;
    sendNext_[0] = ready.next.agent;
    sendNext_[1] = ready.next.customer;
    spool_.begin(callId_, ready.next);
    acknowledged_[0] = ready.next.agent;
    acknowledged_[1] = ready.next.customer;
    sentClockMs_[0].reset();
    sentClockMs_[1].reset();
    didSendEnd_ = false;
    const auto formats = ready.audioFormats.value_or(std::vector<std::string>{});
    takesPackets_ = std::find(formats.begin(), formats.end(), "opus") != formats.end();
    for (auto& encoder : encoders_) encoder.reset();
    spool_.acknowledge(callId_, ready.next);
}

void CallUplink::onAck(const protocol::AudioAck& ack) {
    acknowledged_[0] = std::max(acknowledged_[0], ack.next.agent);
    acknowledged_[1] = std::max(acknowledged_[1], ack.next.customer);
    spool_.acknowledge(callId_, ack.next);
}

void CallUplink::onDisconnected() {
    streamId_.reset();
}

std::optional<protocol::AudioFrame> CallUplink::nextFrame() {
    if (!streamId_) return std::nullopt;
    const protocol::ChannelPositions made = spool_.next(callId_);
    const std::int64_t madeNext[2] = {made.agent, made.customer};
    const bool packs = isPacked();
    const std::int64_t window = packs ? kPackedWindow : kWindow;
    // The channel that is behind goes first, so that both sides of a talk arrive together.
    const std::size_t first = sendNext_[0] <= sendNext_[1] ? 0 : 1;
    for (std::size_t i : {first, 1 - first}) {
        if (sendNext_[i] >= madeNext[i] || sendNext_[i] - acknowledged_[i] >= window) continue;
        const std::int64_t sequence = sendNext_[i]++;
        auto frame = spool_.read(callId_, kChannels[i], sequence);
        if (frame) {
            keepGaps();
        } else {
            protocol::AudioFrame silence;
            silence.channel = kChannels[i];
            silence.sequence = static_cast<std::uint64_t>(sequence);
            silence.callClockMs = clockOfLost(i, sequence);
            onLoss(frame.error(), silence.callClockMs, kFrameMs);
            silence.samples.assign(kFrameSamples, 0);
            frame = std::move(silence);
        }
        frame->streamId = *streamId_;
        sentClockMs_[i] = frame->callClockMs;
        if (packs) pack(i, *frame);
        return std::move(*frame);
    }
    return std::nullopt;
}

/// A network that did not keep up with samples would not the next time either.
bool CallUplink::isPacked() {
    isBehind_ = isBehind_ || outstanding() > kBehind;
    return takesPackets_ && (codec_ == UplinkCodec::Opus || (codec_ == UplinkCodec::Auto && isBehind_));
}

/// What Opus has no packet for goes as it is; the packets after it begin anew.
void CallUplink::pack(std::size_t channel, protocol::AudioFrame& frame) {
    auto& encoder = encoders_[channel];
    frame.beginsPackets = !encoder;
    if (!encoder)
        if (auto made = opus::Encoder::make()) encoder.emplace(std::move(*made));
    auto packet = encoder ? encoder->encode(frame.samples) : std::nullopt;
    if (!packet) {
        encoder.reset();
        frame.beginsPackets = false;
        return;
    }
    frame.format = protocol::AudioFormat::Opus;
    frame.packet = std::move(*packet);
    frame.samples.clear();
}

/// One frame after the one before it, else one before the one after it.
std::int64_t CallUplink::clockOfLost(std::size_t channel, std::int64_t sequence) const {
    if (sentClockMs_[channel]) return *sentClockMs_[channel] + kFrameMs;
    if (const auto before = spool_.read(callId_, kChannels[channel], sequence - 1))
        return before->callClockMs + kFrameMs;
    const protocol::ChannelPositions made = spool_.next(callId_);
    const std::int64_t end = std::min(channel == 0 ? made.agent : made.customer, sequence + kWindow);
    for (std::int64_t later = sequence + 1; later < end; ++later)
        if (const auto after = spool_.read(callId_, kChannels[channel], later))
            return std::max<std::int64_t>(0, after->callClockMs - (later - sequence) * kFrameMs);
    return sequence * kFrameMs;
}

std::optional<protocol::AudioEnd> CallUplink::endMessage() {
    const protocol::ChannelPositions made = spool_.next(callId_);
    if (!streamId_ || didSendEnd_ || !spool_.hasEnded(callId_) || sendNext_[0] < made.agent ||
        sendNext_[1] < made.customer)
        return std::nullopt;
    didSendEnd_ = true;
    keepGaps();
    return protocol::AudioEnd{callId_, made, gaps_.empty() ? std::nullopt : std::optional{gaps_}};
}

bool CallUplink::isDelivered() const {
    return spool_.hasEnded(callId_) && didSendEnd_ && outstanding() == 0;
}

std::int64_t CallUplink::outstanding() const {
    const protocol::ChannelPositions made = spool_.next(callId_);
    return std::max<std::int64_t>(0, made.agent - acknowledged_[0]) +
           std::max<std::int64_t>(0, made.customer - acknowledged_[1]);
}

}  // namespace ninja3cx::agent
