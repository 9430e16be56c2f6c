#pragma once

#include "server/transcription/segmenter.hpp"
#include "server/transcription/subtitles.hpp"
#include "server/transcription/vocabulary.hpp"
#include "server/transcription/whisper_decoder.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::transcription {

struct TranscribeOptions {
    std::vector<std::filesystem::path> files;  // WAV, FLAC, MP3; two channels: left agent, right customer
    Format format = Format::Text;
    bool isRealTime =
        false;  // as if the call went on now: with Format::Text each line comes when it is known
    std::filesystem::path model;
    Device device = Device::Cpu;
    std::optional<std::filesystem::path> voiceModel;  // Silero; absent: the built-in detector
    std::string language = "fr";
    std::shared_ptr<const CurrentVocabulary> vocabulary;
    std::size_t workers = 0;                                               // 0: defaultWorkers
    std::chrono::milliseconds endSilence = SegmenterOptions{}.endSilence;  // ends an utterance
};

/// The whole command `transcribe`, on the same way as a live call. Blocks. Files with more than two channels
/// are refused. What was written to `out` before an error stays. `notes` is for people: how many corrections each file
/// has, without their words.
Result<void> transcribeFiles(const TranscribeOptions& options, std::ostream& out, std::ostream& notes);

/// One file's channels (as PCM at 16 kHz) through `model`; what bench and tests use.
struct TranscribeRun {
    WhisperModel model;
    std::optional<std::filesystem::path> voiceModel;
    std::string language = "fr";
    std::shared_ptr<const CurrentVocabulary> vocabulary;
    std::size_t workers = 0;
    bool isRealTime = false;
    std::function<void(const protocol::Utterance&)> onUtterance;  // partials too, where there are any
    /// Partial text, as live: by the same model, or by `partialModel`. Without real time it is rarely in time.
    bool hasPartials = false;
    WhisperModel partialModel = {};
    DecoderOptions decoder = {};  // of the final texts
    std::chrono::milliseconds endSilence = SegmenterOptions{}.endSilence;
    Device device = Device::Cpu;  // where `model` is; for the number of workers
    /// Where `language` is "auto": the one that most of the speech is in, at the end. Not called where nobody spoke.
    std::function<void(const std::string&)> onLanguage = {};
};
Result<std::vector<protocol::Utterance>> transcribeChannels(
    const std::vector<std::vector<std::int16_t>>& channels, const TranscribeRun& run);

}  // namespace ninja3cx::transcription
