#include "server/transcription/real_fft.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kHalf = kTransform / 2;  // a complex transform of this length does the work

struct Tables {
    std::array<float, kHalf> re{};  // exp(-2 pi i k / kTransform)
    std::array<float, kHalf> im{};
    // The same for each stage of the complex transform, one after the other: length 2, 4, … kHalf.
    std::array<float, kHalf> stageRe{};
    std::array<float, kHalf> stageIm{};
    std::array<std::size_t, kHalf> reversed{};

    Tables() {
        for (std::size_t k = 0; k < kHalf; ++k) {
            const double angle =
                -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(kTransform);
            re[k] = static_cast<float>(std::cos(angle));
            im[k] = static_cast<float>(std::sin(angle));
        }
        std::size_t at = 0;
        for (std::size_t half = 1; half < kHalf; half *= 2) {
            for (std::size_t k = 0; k < half; ++k, ++at) {
                stageRe[at] = re[k * (kHalf / half)];
                stageIm[at] = im[k * (kHalf / half)];
            }
        }
        for (std::size_t i = 0; i < kHalf; ++i) {
            std::size_t turned = 0;
            for (std::size_t bit = 1; bit < kHalf; bit *= 2) turned = turned * 2 + ((i & bit) != 0 ? 1 : 0);
            reversed[i] = turned;
        }
    }
};

const Tables& tables() {
    static const Tables theTables;
    return theTables;
}

using Half = std::array<float, kHalf>;

/// In place; the input lies in bit-reversed order.
void transformComplex(Half& re, Half& im) {
    const Tables& table = tables();
    const float* stageRe = table.stageRe.data();
    const float* stageIm = table.stageIm.data();
    for (std::size_t half = 1; half < kHalf; half *= 2) {
        for (std::size_t base = 0; base < kHalf; base += 2 * half) {
            float* aRe = re.data() + base;
            float* aIm = im.data() + base;
            float* bRe = aRe + half;
            float* bIm = aIm + half;
            for (std::size_t k = 0; k < half; ++k) {
                const float tRe = bRe[k] * stageRe[k] - bIm[k] * stageIm[k];
                const float tIm = bRe[k] * stageIm[k] + bIm[k] * stageRe[k];
                bRe[k] = aRe[k] - tRe;
                bIm[k] = aIm[k] - tIm;
                aRe[k] += tRe;
                aIm[k] += tIm;
            }
        }
        stageRe += half;
        stageIm += half;
    }
}

}  // namespace

void transform(std::span<const float, kTransform> samples, Spectrum& spectrum) {
    const Tables& table = tables();
    Half re;
    Half im;
    for (std::size_t i = 0; i < kHalf; ++i) {
        re[i] = samples[2 * table.reversed[i]];
        im[i] = samples[2 * table.reversed[i] + 1];
    }
    transformComplex(re, im);
    spectrum.re[0] = re[0] + im[0];
    spectrum.im[0] = 0;
    spectrum.re[kHalf] = re[0] - im[0];
    spectrum.im[kHalf] = 0;
    for (std::size_t k = 1; k < kHalf; ++k) {
        const float evenRe = (re[k] + re[kHalf - k]) / 2;
        const float evenIm = (im[k] - im[kHalf - k]) / 2;
        const float oddRe = (im[k] + im[kHalf - k]) / 2;
        const float oddIm = (re[kHalf - k] - re[k]) / 2;
        spectrum.re[k] = evenRe + oddRe * table.re[k] - oddIm * table.im[k];
        spectrum.im[k] = evenIm + oddRe * table.im[k] + oddIm * table.re[k];
    }
}

void transformBack(const Spectrum& spectrum, std::span<float, kTransform> samples) {
    const Tables& table = tables();
    Half re;
    Half im;
    // The conjugate goes through the forward transform.
    for (std::size_t i = 0; i < kHalf; ++i) {
        const std::size_t k = table.reversed[i];
        const float evenRe = (spectrum.re[k] + spectrum.re[kHalf - k]) / 2;
        const float evenIm = (spectrum.im[k] - spectrum.im[kHalf - k]) / 2;
        const float diffRe = (spectrum.re[k] - spectrum.re[kHalf - k]) / 2;
        const float diffIm = (spectrum.im[k] + spectrum.im[kHalf - k]) / 2;
        const float oddRe = diffRe * table.re[k] + diffIm * table.im[k];
        const float oddIm = diffIm * table.re[k] - diffRe * table.im[k];
        re[i] = evenRe - oddIm;
        im[i] = -(evenIm + oddRe);
    }
    transformComplex(re, im);
    constexpr float kScale = 1.0F / static_cast<float>(kHalf);
    for (std::size_t i = 0; i < kHalf; ++i) {
        samples[2 * i] = re[i] * kScale;
        samples[2 * i + 1] = -im[i] * kScale;
    }
}

}  // namespace ninja3cx::transcription
