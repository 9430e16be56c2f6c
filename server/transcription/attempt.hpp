#pragma once

#include "server/transcription/speech_decoder.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ninja3cx::transcription {

/// What one run of the decoder made of an utterance.
struct Attempt {
    std::vector<Token> tokens;  // the prefix included
    std::string language;
    float languageProbability = 0;
    bool isCut = false;      // the number of tokens was not enough
    double meanLogProb = 0;  // of the tokens that were chosen; 0 where there are none
    bool isLikelySilence = false;

    std::string text() const;
    /// It must not stand: its tokens ran out, or it ran in circles.
    bool isBroken() const;
};

/// Whether the second try of a doubtful utterance is to stand in the place of a first one that is not broken. A high probability alone
/// says nothing: a loop, an invention and a text that ends at once are probable too.
bool isBetter(const Attempt& again, const Attempt& first, std::size_t prefixTokens);

}  // namespace ninja3cx::transcription
