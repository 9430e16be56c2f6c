#pragma once

#include "bench/sample_call.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace ninja3cx::bench {

/// When something is said, in samples of the call.
struct Stretch {
    std::int64_t start = 0;
    std::int64_t end = 0;

    std::int64_t middle() const { return (start + end) / 2; }
    bool operator==(const Stretch&) const = default;
};

struct TimedWord : Stretch {
    std::string_view text;  // of the turn; a mark that stands alone ("?") belongs to the word before it
    bool operator==(const TimedWord&) const = default;
};

/// The words of a turn, spread evenly over its time.
std::vector<TimedWord> timedWords(const SampleCall::Turn& turn);

using SampleCalls = std::shared_ptr<const std::vector<SampleCall>>;

/// A call as long as wanted: the sample calls one after another, over and over, without gaps.
class CallTape {
public:
    /// Begins at the sample `offset` of the call `first`. None of `calls` may be empty.
    CallTape(SampleCalls calls, std::size_t first, std::int64_t offset, std::int64_t length);

    std::int64_t length() const { return length_; }
    /// Up to the tape's end.
    std::vector<std::int16_t> sound(std::size_t channel, std::int64_t from, std::int64_t count) const;
    /// Those whose middle is on the tape, in order.
    const std::vector<TimedWord>& words(std::size_t channel) const { return words_[channel]; }
    /// Those whose middle lies within a part.
    std::vector<TimedWord> wordsWithin(std::size_t channel, std::int64_t from, std::int64_t to) const;
    /// Those that are on the tape from beginning to end.
    const std::vector<Stretch>& turns(std::size_t channel) const { return turns_[channel]; }
    /// Of both channels together, in samples.
    std::int64_t speech() const { return speech_; }

private:
    struct Part {  // of one sample call
        std::int64_t start = 0;
        const SampleCall* call = nullptr;
        std::int64_t from = 0;
        std::int64_t end = 0;  // on the tape
    };
    void addTurns(const Part& part);

    SampleCalls calls_;
    std::int64_t length_;
    std::vector<Part> parts_;
    std::vector<TimedWord> words_[2];
    std::vector<Stretch> turns_[2];
    std::int64_t speech_ = 0;
};

}  // namespace ninja3cx::bench
