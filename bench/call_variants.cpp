#include "bench/call_variants.hpp"

#include "bench/telephone.hpp"
#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace ninja3cx::bench {
namespace {

using Sound = std::vector<std::int16_t>;

constexpr std::size_t kAgent = 0;
constexpr std::size_t kCustomer = 1;
constexpr double kOverlap = 1.2;       // seconds
constexpr double kAgentFirst = 0.3;    // seconds that the agent speaks before the customer falls in
constexpr double kBeforeTurn = 0.1;    // seconds of sound that belong to a turn
constexpr double kAfterTurn = 0.2;     // …
constexpr double kMicrophoneDb = -66;  // its own noise
constexpr double kLoudspeaker = 2;     // how far it is driven into its bend

double amplitude(double db) {
    return std::pow(10, db / 20);
}

std::size_t sampleAt(double seconds, std::size_t size) {
    return static_cast<std::size_t>(std::clamp(seconds * audio::kRateHz, 0.0, static_cast<double>(size)));
}

double power(const std::vector<float>& samples) {
    double sum = 0;
    for (const float sample : samples) sum += static_cast<double>(sample) * static_cast<double>(sample);
    return sum / static_cast<double>(std::max<std::size_t>(samples.size(), 1));
}

void scale(std::vector<float>& samples, double factor) {
    for (float& sample : samples) sample *= static_cast<float>(factor);
}

std::vector<float> white(std::size_t samples, std::mt19937& random) {
    std::normal_distribution<float> normal;
    std::vector<float> noise(samples);
    for (float& sample : noise) sample = normal(random);
    return noise;
}

/// Paul Kellet's filter: falls by 3 dB in each octave.
std::vector<float> pink(std::size_t samples, std::mt19937& random) {
    std::vector<float> noise = white(samples, random);
    float slow = 0;
    float middle = 0;
    float fast = 0;
    for (float& sample : noise) {
        const float fresh = sample;
        slow = 0.99765F * slow + fresh * 0.0990460F;
        middle = 0.96300F * middle + fresh * 0.2965164F;
        fast = 0.57000F * fast + fresh * 1.0526913F;
        sample = slow + middle + fast + fresh * 0.1848F;
    }
    return noise;
}

/// A burst of noise that dies away, as a key or a door makes it.
void addKnock(std::vector<float>& noise, std::size_t at, float level, double lengthMs, float smooth,
              std::mt19937& random) {
    std::normal_distribution<float> normal;
    const auto length = static_cast<std::size_t>(lengthMs * audio::kSamplesPerMs);
    float low = 0;
    for (std::size_t i = 0; i < length && at + i < noise.size(); ++i) {
        low += (normal(random) - low) * smooth;
        noise[at + i] += level * low * std::exp(-5.0F * static_cast<float>(i) / static_cast<float>(length));
    }
}

std::vector<float> office(std::size_t samples, std::mt19937& random) {
    std::vector<float> noise = pink(samples, random);
    scale(noise, 1 / std::sqrt(std::max(power(noise), 1e-9)));
    for (const double hertz : {50.0, 100.0, 150.0, 300.0}) {
        const double step = 2 * std::numbers::pi * hertz / audio::kRateHz;
        for (std::size_t i = 0; i < samples; ++i)
            noise[i] += static_cast<float>(0.25 * std::sin(step * static_cast<double>(i)));
    }
    std::uniform_real_distribution<double> any;
    for (double at = any(random); at < static_cast<double>(samples) / audio::kRateHz;) {
        const auto place = static_cast<std::size_t>(at * audio::kRateHz);
        const bool isDoor = any(random) < 0.03;
        if (isDoor) {
            addKnock(noise, place, 20.0F, 180, 0.03F, random);
        } else {
            addKnock(noise, place, 3.0F, 15, 0.6F, random);
        }
        at += any(random) < 0.1 ? 3 * any(random) : 0.09 + 0.15 * any(random);  // typing, with pauses
    }
    return noise;
}

void add(Sound& sound, const std::vector<float>& other) {
    for (std::size_t i = 0; i < sound.size(); ++i)
        sound[i] = audio::toInt16(audio::toFloat(sound[i]) + other[i]);
}

std::string named(std::string_view name, double figure) {
    return std::string{name} + std::to_string(static_cast<int>(figure));
}

std::vector<CallVariant> allVariants() {
    std::vector<CallVariant> all;
    const auto put = [&](std::string name, std::string group) -> CallVariant& {
        CallVariant variant;
        variant.name = std::move(name);
        variant.group = std::move(group);
        all.push_back(std::move(variant));
        return all.back();
    };
    put("clean", "clean");
    put("telephone", "telephone").isTelephone = true;
    for (const auto& [noise, name] : {std::pair{Noise::White, "white-"}, std::pair{Noise::Pink, "pink-"},
                                      std::pair{Noise::Office, "office-"}}) {
        for (const double snrDb : {15.0, 10.0}) {
            CallVariant& variant = put(named(name, snrDb) + "dB", "noisy");
            variant.noise = noise;
            variant.snrDb = snrDb;
        }
    }
    for (const double levelDb : {-3.0, -12.0, -30.0}) {
        for (const int delayMs : {20, 120, 300})
            put(named("echo", levelDb) + "dB-" + named("", delayMs) + "ms", "echo").echo =
                EchoPath{levelDb, delayMs};
    }
    put("double-talk", "double-talk").overlapSeconds = kOverlap;
    CallVariant& both = put("double-talk-echo-12dB", "double-talk");
    both.overlapSeconds = kOverlap;
    both.echo = EchoPath{};
    return all;
}

}  // namespace

std::vector<CallVariant> variantsOf(std::string_view name) {
    std::vector<CallVariant> all = allVariants();
    if (name != "all")
        std::erase_if(all, [&](const CallVariant& one) { return one.group != name && one.name != name; });
    return all;
}

SampleCall CallVariants::make(const CallVariant& variant) const {
    SampleCall call = variant.overlapSeconds > 0 ? overlapping(variant.overlapSeconds) : call_;
    if (variant.echo) addEcho(call, *variant.echo);
    if (variant.noise) addNoise(call, *variant.noise, variant.snrDb);
    if (variant.isTelephone) {
        for (auto& channel : call.channels) channel = throughTelephone(channel);
    }
    return call;
}

SampleCall CallVariants::overlapping(double seconds) const {
    SampleCall call = call_;
    const Sound& before = call_.channels[kCustomer];
    Sound& after = call.channels[kCustomer];
    std::mt19937 random{seed_};
    std::vector<float> floor = white(after.size(), random);
    scale(floor, amplitude(kMicrophoneDb));
    std::transform(floor.begin(), floor.end(), after.begin(), audio::toInt16);
    for (std::size_t t = 0; t < call.turns.size(); ++t) {
        SampleCall::Turn& turn = call.turns[t];
        if (turn.channel != kCustomer) continue;
        double shift = 0;
        if (t > 0 && call.turns[t - 1].channel == kAgent) {
            const SampleCall::Turn& asked = call.turns[t - 1];
            shift = turn.start - std::max(asked.start + kAgentFirst, asked.end - seconds);
        }
        const std::size_t from = sampleAt(turn.start - kBeforeTurn, before.size());
        const std::size_t to = sampleAt(turn.end + kAfterTurn, before.size());
        const std::size_t earlier = sampleAt(shift, from);
        for (std::size_t i = from; i < to; ++i) after[i - earlier] = before[i];
        turn.start -= shift;
        turn.end -= shift;
    }
    return call;
}

void CallVariants::addEcho(SampleCall& call, const EchoPath& path) const {
    const Sound& far = call.channels[kCustomer];
    std::vector<float> response = roomResponse(path.roomMs, seed_);
    scale(response, amplitude(path.levelDb));
    std::mt19937 random{seed_ + 1};
    std::vector<float> echo = white(far.size(), random);
    scale(echo, amplitude(kMicrophoneDb));
    const auto delay = static_cast<std::size_t>(path.delayMs * audio::kSamplesPerMs);
    for (std::size_t i = 0; i + delay < far.size(); ++i) {
        const double sample = static_cast<double>(audio::toFloat(far[i]));
        // A small loudspeaker bends loud sounds, and not the same above as below.
        const auto played =
            static_cast<float>(std::tanh(kLoudspeaker * sample + 0.3 * sample * sample) / kLoudspeaker);
        const std::size_t length = std::min(response.size(), far.size() - i - delay);
        for (std::size_t k = 0; k < length; ++k) echo[i + delay + k] += played * response[k];
    }
    add(call.channels[kAgent], echo);
}

void CallVariants::addNoise(SampleCall& call, Noise noise, double snrDb) const {
    for (const std::size_t channel : {kAgent, kCustomer}) {
        std::vector<float> sound =
            makeNoise(noise, call.channels[channel].size(), seed_ * 2 + static_cast<unsigned>(channel));
        scale(sound, std::sqrt(speechPower(call, channel)) * amplitude(-snrDb));
        add(call.channels[channel], sound);
    }
}

std::vector<float> makeNoise(Noise noise, std::size_t samples, unsigned seed) {
    std::mt19937 random{seed};
    std::vector<float> sound = noise == Noise::White  ? white(samples, random)
                               : noise == Noise::Pink ? pink(samples, random)
                                                      : office(samples, random);
    scale(sound, 1 / std::sqrt(std::max(power(sound), 1e-9)));
    return sound;
}

std::vector<float> roomResponse(double milliseconds, unsigned seed) {
    std::mt19937 random{seed};
    std::normal_distribution<float> normal;
    std::vector<float> response(static_cast<std::size_t>(milliseconds * audio::kSamplesPerMs));
    const auto length = static_cast<float>(response.size());
    for (std::size_t i = 0; i < response.size(); ++i)
        response[i] = 0.25F * normal(random) * std::exp(-6.9F * static_cast<float>(i) / length);
    for (std::size_t i = 1; i < std::min<std::size_t>(response.size(), 4); ++i)
        response[i] += 0.4F * normal(random);
    if (!response.empty()) response[0] = 1;
    scale(response, 1 / std::sqrt(std::max(power(response) * static_cast<double>(response.size()), 1e-9)));
    return response;
}

double speechPower(const SampleCall& call, std::size_t channel) {
    const Sound& sound = call.channels[channel];
    double sum = 0;
    std::size_t count = 0;
    for (const SampleCall::Turn& turn : call.turns) {
        if (turn.channel != channel) continue;
        const std::size_t to = sampleAt(turn.end, sound.size());
        for (std::size_t i = sampleAt(turn.start, sound.size()); i < to; ++i, ++count) {
            const double sample = static_cast<double>(audio::toFloat(sound[i]));
            sum += sample * sample;
        }
    }
    return sum / static_cast<double>(std::max<std::size_t>(count, 1));
}

}  // namespace ninja3cx::bench
