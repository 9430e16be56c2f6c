#pragma once

#include "server/transcription/voice_detector.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace ninja3cx::transcription {

/// Sound that no detector bears.
inline constexpr std::int16_t kUnbearable = 666;

/// Loud windows are speech.
class LoudIsSpeech final : public VoiceDetector {
public:
    float judge(std::span<const std::int16_t, kWindow> window) override {
        if (std::ranges::find(window, kUnbearable) != window.end())
            throw std::runtime_error{"unbearable sound"};
        return window[0] != 0 ? 1.0F : 0.0F;
    }
};

inline std::unique_ptr<VoiceDetector> loudIsSpeech() {
    return std::make_unique<LoudIsSpeech>();
}

}  // namespace ninja3cx::transcription
