#pragma once

#include "server/transcription/segmenter.hpp"
#include "server/transcription/utterance_policy.hpp"
#include "server/transcription/vocabulary.hpp"

#include <chrono>
#include <memory>

namespace ninja3cx::transcription {

struct TranscriberOptions {
    SegmenterOptions segmenter;
    PolicyOptions policy;
    /// After the end of speech came in here the final text should be there; what is due first is done first. A partial
    /// text is worth nothing after the policy's step, for the next one is due then.
    std::chrono::milliseconds finalWithin{1'000};
    /// Somebody reads along: none is decoded twice only because it is doubtful while a final text waits, nor ever by a
    /// model above tiny.
    bool isLive = true;
    std::shared_ptr<const CurrentVocabulary> vocabulary = {};  // absent: texts stay as they are heard
};

}  // namespace ninja3cx::transcription
