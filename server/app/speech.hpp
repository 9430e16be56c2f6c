#pragma once

#include "server/config/settings.hpp"
#include "server/transcription/local_transcriber.hpp"
#include "server/transcription/speech_decoder.hpp"
#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::app {

/// "base" and the like, or the name of a file without its folder and its ending.
std::string modelName(const std::filesystem::path& modelFile);
/// Silero's file, if it was configured or pulled.
std::optional<std::filesystem::path> voiceModelOf(const config::WhisperSettings& whisper);
/// What to do where whisper.vadModel names a file that does not exist.
inline constexpr const char* kVoiceModelRemedy =
    "Correct whisper.vadModel, or set it to \"\" and get Silero with `3cx-ninja-server models pull silero`";
/// The same, but refused where whisper.vadModel names a file that does not exist. The error ends with the remedy.
Result<std::optional<std::filesystem::path>> findVoiceModel(const config::WhisperSettings& whisper);
transcription::Device deviceOf(config::Device device);

/// The file of whisper.afterCall.model.
struct AfterCallModel {
    std::filesystem::path file;  // checked, not loaded
    std::string why;             // where "auto" took it; else empty
};

/// What a LocalTranscriber is made of.
struct Speech {
    std::filesystem::path modelFile;
    std::filesystem::path
        partialModelFile;  // empty: the final model makes partial text too, or there is none
    std::optional<AfterCallModel> afterCall;
    bool takesPrompt = true;  // not the demo model
    transcription::TranscriberOptions options;
    std::vector<transcription::SpeechWorker> workers;
    transcription::LocalTranscriber::MakeDetector makeDetector;
    bool isOff = false;  // serve --no-speech: nothing of the above is there
};
/// Loads the model; blocks for up to some seconds. The error says how to get it.
Result<Speech> loadSpeech(const config::WhisperSettings& whisper);

/// Of whisper.afterCall.model, which is not empty. The error says how to get it.
Result<AfterCallModel> findAfterCallModel(const config::WhisperSettings& whisper,
                                          const std::filesystem::path& liveFile);
/// A decoder with a model of its own; blocks while that is loaded.
Result<std::unique_ptr<transcription::SpeechDecoder>> loadDecoder(const std::filesystem::path& modelFile,
                                                                  const config::WhisperSettings& whisper);

}  // namespace ninja3cx::app
