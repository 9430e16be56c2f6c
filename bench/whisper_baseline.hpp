#pragma once

#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// Plain whisper.cpp, without anything of ours: what the product is measured against.
class WhisperBaseline {
public:
    static Result<std::unique_ptr<WhisperBaseline>> make(transcription::WhisperModel model);
    ~WhisperBaseline();

    /// One `whisper_full`, greedy, whole context.
    Result<std::string> decode(std::span<const std::int16_t> samples, const std::string& language) {
        return decode(samples, {language, 0, std::nullopt});
    }
    struct Step {
        std::string language;
        int maxTokens = 0;  // 0: as many as come
        /// For a model of random weights: the tokens it is made to choose, so that their number, and with it the
        /// cost, is that of the words in the window. All logits are computed and looked at nevertheless.
        std::optional<std::vector<transcription::Token>> script;
    };
    Result<std::string> decode(std::span<const std::int16_t> samples, const Step& step);

private:
    struct State;
    explicit WhisperBaseline(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace ninja3cx::bench
