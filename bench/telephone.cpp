#include "bench/telephone.hpp"

#include "shared/audio/pcm.hpp"
#include "shared/audio/resampler.hpp"

#include <algorithm>
#include <bit>

namespace ninja3cx::bench {
namespace {

constexpr int kBias = 0x84;
constexpr int kHighest = 32'635;
constexpr int kLineRateHz = 8'000;

std::vector<float> resampled(const std::vector<float>& samples, int fromHz, int toHz) {
    audio::Resampler resampler{fromHz, toHz};
    std::vector<float> out;
    resampler.push(samples, out);
    resampler.finish(out);
    return out;
}

}  // namespace

std::uint8_t toMuLaw(std::int16_t sample) {
    const int sign = sample < 0 ? 0x80 : 0;
    const int value =
        std::min(sample < 0 ? -static_cast<int>(sample) : static_cast<int>(sample), kHighest) + kBias;
    const int exponent =
        static_cast<int>(std::bit_width(static_cast<unsigned>(value))) - 8;  // value is 0x84 to 0x7FFF
    const int mantissa = (value >> (exponent + 3)) & 0x0F;
    return static_cast<std::uint8_t>(~(sign | exponent << 4 | mantissa));
}

std::int16_t fromMuLaw(std::uint8_t code) {
    const int bits = ~code & 0xFF;
    const int exponent = (bits >> 4) & 0x07;
    const int value = ((((bits & 0x0F) << 3) + kBias) << exponent) - kBias;
    return static_cast<std::int16_t>((bits & 0x80) != 0 ? -value : value);
}

std::vector<std::int16_t> throughTelephone(std::span<const std::int16_t> samples) {
    std::vector<float> sound(samples.size());
    std::transform(samples.begin(), samples.end(), sound.begin(), audio::toFloat);
    auto line = resampled(sound, audio::kRateHz, kLineRateHz);
    for (float& sample : line) sample = audio::toFloat(fromMuLaw(toMuLaw(audio::toInt16(sample))));
    const auto back = resampled(line, kLineRateHz, audio::kRateHz);
    std::vector<std::int16_t> out(samples.size(), 0);
    std::transform(back.begin(),
                   back.begin() + static_cast<std::ptrdiff_t>(std::min(back.size(), out.size())), out.begin(),
                   audio::toInt16);
    return out;
}

}  // namespace ninja3cx::bench
