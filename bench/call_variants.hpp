#pragma once

#include "bench/sample_call.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::bench {

enum class Noise { White = 1, Pink, Office };  // Office: a fan, hum, keys and doors; nobody speaks in it

/// How the customer's voice comes back through the technician's loudspeaker and microphone.
struct EchoPath {
    double levelDb = -12;  // in the agent's channel, against the customer's
    int delayMs = 120;
    double roomMs = 90;  // until its reverberation has fallen by 60 dB
};

/// What is done to a call before it is heard, in the order of the fields.
struct CallVariant {
    std::string name;
    std::string group;
    double overlapSeconds = 0;  // so long before the agent's end the customer's answer begins
    std::optional<EchoPath> echo = std::nullopt;
    std::optional<Noise> noise = std::nullopt;
    double snrDb = 0;  // of a channel's speech against its noise
    bool isTelephone = false;
};

/// Those of a group (clean, telephone, noisy, echo, double-talk), one by its name, or "all". Empty where there is
/// no such name.
std::vector<CallVariant> variantsOf(std::string_view name);

/// Makes the variants of one call.
///
/// State: pure; the same seed gives the same sound. The script stays true: where speech moves, its times do.
class CallVariants {
public:
    /// `call` must outlive it.
    CallVariants(const SampleCall& call, unsigned seed) : call_{call}, seed_{seed} {}

    SampleCall make(const CallVariant& variant) const;

private:
    /// Customer turns that answer the agent begin before the agent's end.
    SampleCall overlapping(double seconds) const;
    void addEcho(SampleCall& call, const EchoPath& path) const;
    void addNoise(SampleCall& call, Noise noise, double snrDb) const;

    const SampleCall& call_;
    unsigned seed_;
};

/// Of power 1.
std::vector<float> makeNoise(Noise noise, std::size_t samples, unsigned seed);
/// A direct sound, early reflections, a decaying rest; of energy 1.
std::vector<float> roomResponse(double milliseconds, unsigned seed);
/// Mean square, of samples between -1 and 1, while somebody speaks on the channel.
double speechPower(const SampleCall& call, std::size_t channel);

}  // namespace ninja3cx::bench
