#pragma once

#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace ninja3cx::bench {

/// Plain whisper.cpp, without anything of ours: what the product is measured against.
class WhisperBaseline {
public:
    static Result<std::unique_ptr<WhisperBaseline>> make(transcription::WhisperModel model);
    ~WhisperBaseline();

    /// One `whisper_full`, greedy, whole context.
    Result<std::string> decode(std::span<const std::int16_t> samples, const std::string& language);
    /// One step of the stream example: a window of at most 10 s, at most 32 tokens.
    Result<std::string> decodeStreamStep(std::span<const std::int16_t> samples, const std::string& language);

private:
    struct State;
    explicit WhisperBaseline(std::unique_ptr<State> state);
    Result<std::string> run(std::span<const std::int16_t> samples, const std::string& language,
                            int maxTokens);

    std::unique_ptr<State> state_;
};

}  // namespace ninja3cx::bench
