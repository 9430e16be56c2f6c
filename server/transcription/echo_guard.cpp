#include "server/transcription/echo_guard.hpp"

#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ninja3cx::transcription {
namespace {

constexpr float kMemory = 0.9F;            // of the balance: some 10 windows, 0.3 s
constexpr float kFigureMemory = 0.99F;     // 3 s
constexpr std::size_t kLongestDoubt = 45;  // windows, 1.4 s
// An echo about as faint as the noise takes longer to find: what is 20 dB below the far end may wait for that.
constexpr float kFaint = 0.01F;
constexpr std::size_t kLongestFaintDoubt = 110;  // windows, 3.5 s
static_assert(kLongestFaintDoubt < FarEnd::kHistory, "what waits can be looked at again");
constexpr std::size_t kForgetsDoubt = 30;  // windows without any
constexpr std::size_t kSpeaking = 10;      // of the windows in which an echo may lie
constexpr std::size_t kQuietEnough = 60;   // windows, 2 s
constexpr std::size_t kQuietMost = 200;
constexpr std::size_t kBeforeOnset = 3;  // windows of a voice before it is sure
constexpr float kExplained = 0.4F;       // 4 dB less with the echo taken out: there is one
constexpr float kLoudest = 2.0F;         // energy of an echo: 3 dB over the far end
constexpr std::size_t kEnoughWindows = 6;
constexpr std::size_t kFailsAfter = 40;  // windows that a path is given to explain something
constexpr float kFirstLeak = 0.4F;
constexpr float kLeastLeak = 0.02F;
constexpr float kMostLeak = 0.4F;
constexpr float kLeakRise = 0.3F;
constexpr float kLeakFall = 0.05F;
constexpr float kOwnAbove = 4.0F;   // times the noise is what cannot be echo: a voice of its own
constexpr float kOwnShare = 0.35F;  // of what is left
constexpr float kOwnShareOfEcho = 0.01F;
constexpr std::size_t kAfterVoice = 2;  // windows that still belong to it
constexpr int kPasses = 2;
constexpr float kRoomDecay = 0.4F;  // of energy, for each window

FloatWindow toFloats(std::span<const std::int16_t, kWindow> samples) {
    FloatWindow window;
    std::transform(samples.begin(), samples.end(), window.begin(), audio::toFloat);
    return window;
}

}  // namespace

void EchoGuard::push(std::span<const std::int16_t, kWindow> near, std::span<const std::int16_t, kWindow> far,
                     std::vector<GuardedWindow>& out) {
    far_.push(toFloats(far));
    if (isWaiting_) process(waiting_);
    std::copy(near.begin(), near.end(), waiting_.begin());
    isWaiting_ = true;
    release(out);
}

void EchoGuard::flush(std::vector<GuardedWindow>& out) {
    if (isWaiting_) {
        far_.push(FloatWindow{});
        process(waiting_);
        isWaiting_ = false;
    }
    endDoubt();
    while (!pending_.empty()) {
        out.push_back(finished(pending_.front()));
        pending_.pop_front();
    }
    for (std::size_t i = 0; i < FarEnd::kDelays; ++i) far_.push(FloatWindow{});
}

void EchoGuard::endDoubt() {
    for (Pending& pending : pending_) {
        if (pending.verdict == Verdict::Unsure) pending.verdict = Verdict::Own;
    }
}

/// Of a window that may be echo or not. Doubt has its time; when that is over, it must not delay what is said.
EchoGuard::Verdict EchoGuard::doubt(bool isFaint) {
    if (quiet_ >= kQuietEnough) return Verdict::Own;
    if (sinceDoubt_ > kForgetsDoubt) doubted_ = 0;
    sinceDoubt_ = 0;
    return ++doubted_ <= (isFaint ? kLongestFaintDoubt : kLongestDoubt) ? Verdict::Unsure : Verdict::Own;
}

void EchoGuard::process(const std::array<std::int16_t, kWindow>& near) {
    ++sinceDoubt_;
    const FloatWindow samples = toFloats(near);
    pending_.emplace_back();
    Pending& pending = pending_.back();
    pending.near = near;
    const float level = nearLevel_.energy(samples);
    nearLevel_.follow(level);
    const bool isSound = level > SoundLevel::kAboveFloor * nearLevel_.floor();
    const bool isFaint = level < kFaint * far_.loudest();
    pending.isLoud = isSound && !isFaint;
    // The far end speaks and nothing comes back: a headset.
    if (isSound)
        quiet_ = quiet_ > 0 && far_.sounding() >= kSpeaking ? quiet_ - 1 : quiet_;
    else if (far_.sounding() >= kSpeaking)
        quiet_ = std::min(quiet_ + 1, kQuietMost);
    if (!isAimed_) {
        if (!isSound || !far_.isSounding(0, FarEnd::kDelays)) return;
        pending.verdict = doubt(isFaint);
        lookForPath(samples, level);
        return;
    }
    if (!canceller_.isHeard(far_, 0)) {
        lingering_ = 0;
        return;
    }
    const bool wasKnown = isKnown_;
    Energies energies = cancel(samples, 0, pending.cleaned, true);
    energies.near = level;
    weigh(energies);
    if (!isKnown_) {
        pending.verdict = isSound ? doubt(isFaint) : Verdict::Own;
    } else if (!wasKnown) {
        judgePending();
    } else {
        pending.isCleaned = true;
        pending.verdict = judge(energies);
    }
}

void EchoGuard::lookForPath(const FloatWindow& near, float level) {
    locator_.add(far_, near);
    balance_.near = kMemory * balance_.near + level;
    balance_.far = kMemory * balance_.far + far_.energy();
    const auto delay = locator_.delay();
    // Above all the agent's own voice that comes back from the line is no path for the customer's.
    if (!delay || balance_.near > kLoudest * balance_.far) return;
    delay_ = *delay;
    isAimed_ = true;
    locator_.forget();
    gainLimit_ = balance_.near / balance_.far;
    canceller_.aim(delay_, gainLimit_);
    balance_ = {};
    echoEnergy_ = farEnergy_ = 0;
    learnFromPending();
}

/// What waits was spoken over this path too.
void EchoGuard::learnFromPending() {
    const std::size_t count = std::min(pending_.size(), FarEnd::kHistory);
    for (int pass = 0; pass < kPasses; ++pass) {
        if (pass > 0) canceller_.doubtAgain();
        for (std::size_t age = count; age-- > 0;) {
            if (!canceller_.isHeard(far_, age)) continue;
            FloatWindow cleaned;
            const FloatWindow near = toFloats(pending_[pending_.size() - 1 - age].near);
            cancel(near, age, cleaned, true);
        }
    }
}

EchoGuard::Energies EchoGuard::cancel(const FloatWindow& near, std::size_t age, FloatWindow& cleaned,
                                      bool learns) {
    CancelledWindow window;
    canceller_.cancel(far_, age, near, window);
    cleaned = window.cleaned;
    const float gain = balance_.far > 0 ? balance_.echo / balance_.far : gainLimit_;
    const float unexplained = canceller_.unexplained(leak_, gain);
    if (learns) canceller_.learn(far_, age);
    return {0, errorLevel_.energy(window.cleaned), echoLevel_.energy(window.echo), unexplained};
}

void EchoGuard::weigh(const Energies& energies) {
    const float least = SoundLevel::kAboveFloor * nearLevel_.floor();
    if (energies.near < least && energies.echo < least) return;
    balance_.near = kMemory * balance_.near + energies.near;
    balance_.error = kMemory * balance_.error + energies.error;
    balance_.echo = kMemory * balance_.echo + energies.echo;
    balance_.far = kMemory * balance_.far + far_.energy();
    ++balance_.count;
    echoEnergy_ = kFigureMemory * echoEnergy_ + energies.echo;
    farEnergy_ = kFigureMemory * farEnergy_ + far_.energy();
    if (balance_.count < kEnoughWindows) return;
    // What is louder than its source is not its echo, but the agent's voice that comes back from the line.
    const bool isLouder = balance_.echo > kLoudest * balance_.far;
    if (!isKnown_ && !isLouder && balance_.error < kExplained * balance_.near) {
        isKnown_ = true;
        quiet_ = 0;
        leak_ = kFirstLeak;
    }
    // Taking out what is not there makes it worse: the path has changed. A new one is given its time to explain
    // something; what it never does there was none.
    const bool isWorse =
        balance_.error > balance_.near + 0.25F * balance_.echo && balance_.echo > 0.1F * balance_.near;
    if (isKnown_ ? isWorse : balance_.count > kFailsAfter) losePath();
}

void EchoGuard::losePath() {
    isAimed_ = false;
    isKnown_ = false;
    balance_ = {};
    locator_.forget();
}

EchoGuard::Verdict EchoGuard::judge(const Energies& energies) {
    const float floor = nearLevel_.floor();
    lingering_ = std::max(energies.echo, kRoomDecay * lingering_);
    const bool isVoice = energies.unexplained > kOwnAbove * floor &&
                         energies.unexplained > kOwnShareOfEcho * lingering_ &&
                         energies.unexplained > kOwnShare * energies.error;
    // One window alone is chance; `release` lets a voice begin a little earlier.
    sinceOwn_ = isVoice && (wasVoice_ || sinceOwn_ <= kAfterVoice) ? 0 : sinceOwn_ + 1;
    wasVoice_ = isVoice;
    const Verdict verdict = sinceOwn_ <= kAfterVoice ? Verdict::Own : Verdict::Echo;
    if (verdict == Verdict::Echo && !isVoice && energies.echo > SoundLevel::kAboveFloor * floor) {
        const float left = energies.error / lingering_;
        leak_ += (left > leak_ ? kLeakRise : kLeakFall) * (left - leak_);
        leak_ = std::clamp(leak_, kLeastLeak, kMostLeak);
    }
    return verdict;
}

/// The echo has just been found: what waited in doubt is decided with what is known now.
void EchoGuard::judgePending() {
    lingering_ = 0;
    const std::size_t count = std::min(pending_.size(), FarEnd::kHistory);
    const SoundLevel errorLevel = std::exchange(errorLevel_, {});
    const SoundLevel echoLevel = std::exchange(echoLevel_, {});
    for (std::size_t age = count; age-- > 0;) {
        Pending& pending = pending_[pending_.size() - 1 - age];
        if (!canceller_.isHeard(far_, age)) continue;
        pending.isCleaned = true;
        pending.verdict = judge(cancel(toFloats(pending.near), age, pending.cleaned, false));
    }
    errorLevel_ = errorLevel;
    echoLevel_ = echoLevel;
}

void EchoGuard::release(std::vector<GuardedWindow>& out) {
    while (!pending_.empty()) {
        Pending& first = pending_.front();
        if (first.verdict == Verdict::Unsure) {
            // Somebody may be speaking among what is faint: he must not wait longer than others.
            const bool isLoud = std::any_of(pending_.begin(), pending_.end(),
                                            [](const Pending& pending) { return pending.isLoud; });
            if (pending_.size() <= (isLoud ? kLongestDoubt : kLongestFaintDoubt)) return;
            endDoubt();
        }
        if (first.verdict == Verdict::Echo) {
            // A voice begins softly: a little before what is surely one belongs to it.
            if (pending_.size() <= kBeforeOnset) return;
            for (std::size_t i = 1; i <= kBeforeOnset; ++i) {
                if (pending_[i].verdict == Verdict::Own) first.verdict = Verdict::Own;
            }
        }
        out.push_back(finished(first));
        pending_.pop_front();
    }
}

GuardedWindow EchoGuard::finished(const Pending& pending) {
    GuardedWindow window;
    window.isOnlyEcho = pending.verdict == Verdict::Echo;
    const float target = window.isOnlyEcho ? 0.0F : 1.0F;
    if (!pending.isCleaned && target == gain_) {
        window.samples = pending.near;
        return window;
    }
    for (std::size_t i = 0; i < kWindow; ++i) {
        const float sample = pending.isCleaned ? pending.cleaned[i] : audio::toFloat(pending.near[i]);
        const float share = static_cast<float>(i + 1) / static_cast<float>(kWindow);
        window.samples[i] = audio::toInt16(sample * (gain_ + (target - gain_) * share));
    }
    gain_ = target;
    return window;
}

EchoFigure EchoGuard::figure() const {
    if (!isKnown_) return {};
    return {true, 10.0 * std::log10(static_cast<double>(farEnergy_ / echoEnergy_)),
            static_cast<double>(delay_) / static_cast<double>(audio::kSamplesPerMs)};
}

}  // namespace ninja3cx::transcription
