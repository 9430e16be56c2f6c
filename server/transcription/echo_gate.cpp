#include "server/transcription/echo_gate.hpp"

#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::transcription {
namespace {

constexpr auto kWindowSamples = static_cast<std::int64_t>(kWindow);
constexpr std::int64_t kLongestWait = std::int64_t{1} * audio::kRateHz;
constexpr std::int64_t kShortGap = std::int64_t{2} * audio::kRateHz;  // is heard as silence, not skipped
constexpr std::size_t kFarKept = 320;                                 // windows, 10 s

}  // namespace

std::int64_t EchoGate::Channel::feed(std::int64_t callClockMs, std::span<const std::int16_t> samples) {
    const ChannelClock::Place place = clock.place(callClockMs, samples.size());
    if (place.silence <= kShortGap) {
        pushSilence(place.silence);
    } else {
        std::int64_t left = place.silence;
        const std::int64_t toWindow =
            (kWindowSamples - static_cast<std::int64_t>(partial.size())) % kWindowSamples;
        pushSilence(toWindow);
        left -= toWindow;
        nextIndex += left / kWindowSamples;
        pushSilence(left % kWindowSamples);
    }
    push(samples.subspan(static_cast<std::size_t>(place.repeated)));
    return place.repeated;
}

void EchoGate::Channel::push(std::span<const std::int16_t> samples) {
    while (!samples.empty()) {
        const std::size_t take = std::min(samples.size(), kWindow - partial.size());
        partial.insert(partial.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(take));
        samples = samples.subspan(take);
        if (partial.size() < kWindow) return;
        windows.emplace_back();
        windows.back().index = nextIndex++;
        std::copy(partial.begin(), partial.end(), windows.back().samples.begin());
        partial.clear();
    }
}

void EchoGate::Channel::pushSilence(std::int64_t samples) {
    push(std::vector<std::int16_t>(static_cast<std::size_t>(samples), 0));
}

void EchoGate::feedFar(std::int64_t callClockMs, std::span<const std::int16_t> samples,
                       std::vector<Piece>& out) {
    isFarOpen_ = true;
    isFarAwaited_ = true;
    far_.feed(callClockMs, samples);
    while (far_.windows.size() > kFarKept) far_.windows.pop_front();
    work(false, out);
}

void EchoGate::finishFar(std::vector<Piece>& out) {
    isFarOpen_ = false;
    work(false, out);
}

void EchoGate::feedNear(std::int64_t callClockMs, std::span<const std::int16_t> samples, SteadyTime heardAt,
                        std::vector<Piece>& out) {
    heardAt_ = heardAt;
    leftOut_ += near_.feed(callClockMs, samples);
    work(false, out);
}

void EchoGate::finishNear(std::vector<Piece>& out) {
    const std::size_t real = near_.partial.size();
    if (real > 0) near_.pushSilence(kWindowSamples - static_cast<std::int64_t>(real));
    work(true, out);
    // The cutter fills its last window itself.
    if (real > 0 && !out.empty()) out.back().samples.resize(out.back().samples.size() - (kWindow - real));
    // The padding was on no clock: what is heard next is placed by its own.
    near_ = {};
}

EchoGate::Stretch EchoGate::held() const {
    const std::int64_t oldest = !inGuard_.empty()        ? inGuard_.front().index
                                : !near_.windows.empty() ? near_.windows.front().index
                                                         : near_.nextIndex;
    // What only fills the last window was never heard, so it is on no clock.
    const std::int64_t end = near_.clock.position();
    return {std::min(oldest * kWindowSamples, end), end};
}

void EchoGate::forget() {
    EchoGate anew;
    anew.isFarOpen_ = isFarOpen_;
    anew.leftOut_ = leftOut_;
    *this = std::move(anew);
}

bool EchoGate::isFarThere(const Window& near) const {
    return !isFarOpen_ || !isFarAwaited_ || far_.nextIndex > near.index;
}

void EchoGate::work(bool isEnd, std::vector<Piece>& out) {
    windowHeardAt_.resize(near_.windows.size(), heardAt_);
    while (!near_.windows.empty()) {
        const Window& near = near_.windows.front();
        if (!isEnd && !isFarThere(near)) {
            if (near_.clock.position() - (near.index + 1) * kWindowSamples < kLongestWait) break;
            isFarAwaited_ = false;
        }
        if (near.index != next_) {
            guard_.flush(guarded_);
            give(out);
        }
        next_ = near.index + 1;
        while (!far_.windows.empty() && far_.windows.front().index < near.index) far_.windows.pop_front();
        Window far;  // silence, where nothing came
        if (!far_.windows.empty() && far_.windows.front().index == near.index) {
            far = far_.windows.front();
            far_.windows.pop_front();
        }
        inGuard_.push_back({near.index, windowHeardAt_.front()});
        guard_.push(near.samples, far.samples, guarded_);
        near_.windows.pop_front();
        windowHeardAt_.pop_front();
    }
    if (isEnd) guard_.flush(guarded_);
    give(out);
}

void EchoGate::give(std::vector<Piece>& out) {
    for (const GuardedWindow& window : guarded_) {
        const Place place = inGuard_.front();
        const std::int64_t at = place.index * kWindowSamples;
        const bool goesOn = !out.empty() && out.back().heardAt == place.heardAt &&
                            out.back().callClockMs * audio::kSamplesPerMs +
                                    static_cast<std::int64_t>(out.back().samples.size()) ==
                                at;
        if (!goesOn) out.push_back({at / audio::kSamplesPerMs, {}, place.heardAt});
        out.back().samples.insert(out.back().samples.end(), window.samples.begin(), window.samples.end());
        inGuard_.pop_front();
    }
    guarded_.clear();
}

}  // namespace ninja3cx::transcription
