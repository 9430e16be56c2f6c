#pragma once

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/protocol/messages.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace ninja3cx::transcription {

/// A token of a model and what it writes. A piece that begins a word begins with a blank.
struct Token {
    int id = 0;
    std::string piece;
    bool operator==(const Token&) const = default;
};

std::string textOf(const std::vector<Token>& tokens);

enum class DecodeKind {
    Partial = 1,  // of speech that goes on; by the partial model
    Speculative,  // of speech that may have ended, by the final model: becomes the final text if it has
    Final,        // of a whole utterance
};

struct DecodeRequest {
    std::span<const std::int16_t> samples;           // of one utterance, 16 kHz
    std::string language;                            // "fr", or "auto"
    const std::atomic<bool>* isCancelled = nullptr;  // looked at often; true ends the work with Cancelled
    DecodeKind kind = DecodeKind::Final;             // Partial: no second try, cost counts more than doubt
    std::vector<Token> prefix = {};                  // of this decoder's model: the text begins with it
    std::string prompt = {};                         // names that may be said; steers spelling, costs time
    // Where the sound comes from.
    CallId callId{""};
    protocol::Speaker channel = protocol::Speaker::Agent;
    std::int64_t start = 0;  // samples since the answer of the call
    bool isLive = true;      // somebody reads along: a second try for the sake of quality must be short …
    const std::atomic<std::size_t>* finalsWaiting = nullptr;  // … and is left out while there are any
    std::function<void()> onHeardTwice = {};  // a second try begins, which takes long; may be empty
};

struct Decoded {
    std::string text;               // tidied; empty when nothing was said
    std::string language;           // as recognised when asked for "auto", else as asked
    float languageProbability = 0;  // when asked for "auto"
    std::vector<Token> tokens;      // what the text was made of, with the prefix; empty where the text is
};

/// Turns one utterance into text. One object for each worker; blocks; one thread at a time.
class SpeechDecoder {
public:
    virtual ~SpeechDecoder() = default;
    virtual Result<Decoded> decode(const DecodeRequest& request) = 0;
};

}  // namespace ninja3cx::transcription
