#pragma once

#include "server/transcription/model_file.hpp"
#include "server/transcription/speech_decoder.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct whisper_context;

namespace ninja3cx::transcription {

/// Loaded weights; shared by all workers, read-only.
using WhisperModel = std::shared_ptr<whisper_context>;

enum class Device { Auto = 1, Cpu, Cuda, Vulkan };  // Auto: the first GPU there is, else the processor

struct LoadOptions {
    Device device = Device::Cpu;
};

/// Whether this build and this machine have it; the error says what to do.
Result<void> checkDevice(Device device);

/// Checks the processor and the file, then loads. Blocks (0.1 s to some seconds).
Result<WhisperModel> loadWhisperModel(const std::filesystem::path& file, const LoadOptions& options = {});

/// Whether it was trained with text before the sound. The demo model was not: names that it is shown cost it words, so
/// its decoders leave the prompt out.
bool takesPrompt(const WhisperModel& model);

struct DecoderOptions {
    bool fitsContext = true;  // encoder works on the length of the utterance instead of 30 s
    /// For a model without meaning (random weights of a true shape): the tokens that are said in the place of the
    /// model's own choice, the prefix included. All is computed all the same; guards do not apply.
    std::function<std::vector<Token>(const DecodeRequest&)> script = {};
};

/// A worker's decoder: its own scratch memory (worker_count.hpp) on shared weights. One thread of CPU.
/// A text that runs in circles is decoded once more with the whole context, and so is a doubtful one in noise
/// where there is time: always where nobody reads along, else with models up to tiny while no final text waits; it then takes up to
/// five times as long. What Whisper writes on noise is dropped. Cancelling takes effect where whisper.cpp looks: after its encoder and at each token.
Result<std::unique_ptr<SpeechDecoder>> makeWhisperDecoder(WhisperModel model, DecoderOptions options = {});

/// How a model writes `text`, in tokens; the first begins a word.
std::vector<Token> tokensOf(const WhisperModel& model, const std::string& text);

/// "auto", or a language that Whisper knows ("fr", "en", …).
Result<void> checkLanguage(const std::string& language);

}  // namespace ninja3cx::transcription
