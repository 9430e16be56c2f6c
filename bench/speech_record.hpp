#pragma once

#include "bench/call_tape.hpp"
#include "shared/protocol/messages.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// How the texts of some calls came.
struct SpeechFigures {
    std::vector<std::int64_t> finalLatencyMs;    // end of an utterance's last word to its final text
    std::vector<std::int64_t> stableLatencyMs;   // end of a word to a text that will keep it
    std::vector<std::int64_t> partialLatencyMs;  // end of a word to the first text that shows it
    std::size_t scriptedTurns = 0;
    std::size_t finals = 0;
    std::size_t finalsLost = 0;    // scripted turns that no final text overlaps
    std::size_t shownWords = 0;    // of partials, each time one appears
    std::size_t revisedWords = 0;  // of these: changed by a later text of the same utterance
    /// Messages that change a final text or text that the final model committed, whose revision does not grow, or
    /// final texts out of the order of speech.
    std::size_t violations = 0;

    void add(const SpeechFigures& other);
    double revisedWordsPct() const;
};

/// Follows the texts of one call against what is said in it. A latency runs from the moment that the frame with the
/// end of the word was fed, not from the sound's own moment: what a microphone gathers a frame for is not the
/// engine's.
class SpeechRecord {
public:
    static constexpr std::int64_t kFrameMs = 100;

    /// `tape` must outlive it.
    explicit SpeechRecord(const CallTape& tape);

    /// `arrivedMs`: since the call began.
    void add(const protocol::Utterance& said, std::int64_t arrivedMs);
    /// The call is over and all texts have come.
    const SpeechFigures& finish();
    const SpeechFigures& soFar() const { return figures_; }

private:
    struct Shown {  // what the last message of an utterance said
        std::int32_t revision = 0;
        bool isFinal = false;
        std::string text;
        std::string committed;  // by the final model
    };
    struct Channel {
        std::map<UtteranceId, Shown> utterances;
        std::vector<char> isShown;  // by word of the tape
        std::vector<char> isStable;
        std::vector<Stretch> finals;
    };

    void check(Channel& channel, const Shown& before, const protocol::Utterance& said);
    void countRevisions(const Shown& before, const protocol::Utterance& said);
    void timeWords(Channel& channel, const protocol::Utterance& said, std::int64_t arrivedMs);
    void timeFinal(const protocol::Utterance& said, std::int64_t arrivedMs);

    const CallTape& tape_;
    Channel channels_[2];
    SpeechFigures figures_;
};

}  // namespace ninja3cx::bench
