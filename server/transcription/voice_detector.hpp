#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace ninja3cx::transcription {

/// Samples that a voice detector judges at a time: 32 ms.
inline constexpr std::size_t kWindow = 512;

/// Says how likely somebody speaks, window by window, for one channel of one call.
///
/// State:   depends on nothing but the windows given so far: a replay gives the same answers.
/// Threads: one at a time.
class VoiceDetector {
public:
    virtual ~VoiceDetector() = default;
    /// Of the next kWindow samples: 0 (surely not) to 1.
    virtual float judge(std::span<const std::int16_t, kWindow> window) = 0;
};

/// Makes one for a channel.
using MakeDetector = std::function<std::unique_ptr<VoiceDetector>()>;

/// Needs no model: the level against a noise floor that it learns, and hints of a voice that speaks
/// (speech_likeness.hpp). Takes any steady loud sound for noise; what shows no hint of speech for 1.5 s it lets
/// through no longer.
std::unique_ptr<VoiceDetector> makeEnergyDetector();

/// The Silero network through whisper.cpp (4 ms of CPU for each second of sound, 4.5 MB), if its file is whole
/// (checkSileroFile). The level is evened out first, for the network misses quiet speech. checkProcessor() must have
/// said yes.
Result<std::unique_ptr<VoiceDetector>> makeSileroDetector(const std::filesystem::path& model);

/// Silero of this file, or the built-in one where there is none. Silero is made once here and now, for an error must not wait
/// for a call; should it fail later, for want of memory, that channel has the built-in one.
Result<MakeDetector> detectorsOf(const std::optional<std::filesystem::path>& silero);

}  // namespace ninja3cx::transcription
