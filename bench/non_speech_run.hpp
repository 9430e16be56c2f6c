#pragma once

#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace ninja3cx::bench {

struct NonSpeechRun {
    transcription::WhisperModel model;
    std::optional<std::filesystem::path> voiceModel;  // Silero; absent: the built-in detector
    std::string language = "fr";
    double minutes = 60;
    std::size_t workers = 0;  // 0: defaultWorkers
};

/// What the engine writes where nobody speaks: {minutes, insertedWords, utterances, byKind: [{kind, minutes, utterances,
/// words, text}]}. As fast as it goes; progress on standard error.
Result<boost::json::object> measureNonSpeech(const NonSpeechRun& run);

}  // namespace ninja3cx::bench
