#pragma once

#include "shared/core/result.hpp"

#include <atomic>
#include <cstdint>
#include <span>
#include <string>

namespace ninja3cx::transcription {

struct DecodeRequest {
    std::span<const std::int16_t> samples;           // one utterance, 16 kHz
    std::string language;                            // "fr", or "auto"
    const std::atomic<bool>* isCancelled = nullptr;  // looked at often; true ends the work with Cancelled
};

struct Decoded {
    std::string text;      // tidied; empty when nothing was said
    std::string language;  // as recognised when asked for "auto"
};

/// Turns one utterance into text. One object for each worker; blocks; one thread at a time.
class SpeechDecoder {
public:
    virtual ~SpeechDecoder() = default;
    virtual Result<Decoded> decode(const DecodeRequest& request) = 0;
};

}  // namespace ninja3cx::transcription
