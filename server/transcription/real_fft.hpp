#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace ninja3cx::transcription {

/// The spectrum of 1024 real samples: bins 0 … 512, real and imaginary parts apart so that loops over them
/// become vector instructions.
struct Spectrum {
    static constexpr std::size_t kBins = 513;
    std::array<float, kBins> re{};
    std::array<float, kBins> im{};
};

/// Fourier transform of 1024 real samples. Allocates nothing; its tables are shared.
inline constexpr std::size_t kTransform = 1024;
void transform(std::span<const float, kTransform> samples, Spectrum& spectrum);
/// The exact inverse of `transform`.
void transformBack(const Spectrum& spectrum, std::span<float, kTransform> samples);

}  // namespace ninja3cx::transcription
