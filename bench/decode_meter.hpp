#pragma once

#include "server/transcription/speech_decoder.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace ninja3cx::bench {

/// What decodings cost, in seconds of processor time, by what became of them.
struct DecodeCosts {
    struct Part {
        std::size_t count = 0;
        double seconds = 0;
    };
    Part finals;
    Part speculations;  // they become the final text, or serve as a partial where speech goes on
    Part partials;
    Part givenUp;  // of any kind: cancelled before they had a text, so for nothing

    /// {"finals": {"count", "seconds"}, "speculations", "partials", "givenUp"}
    boost::json::object json() const;
};

/// Measures decoders at work.
///
/// Threads: any; it must outlive the decoders that it has wrapped.
class DecodeMeter {
public:
    /// Processor time of the calling thread so far, in seconds.
    using ThreadSeconds = std::function<double()>;

    DecodeMeter();
    explicit DecodeMeter(ThreadSeconds now) : now_{std::move(now)} {}

    std::unique_ptr<transcription::SpeechDecoder> wrap(std::unique_ptr<transcription::SpeechDecoder> decoder);
    DecodeCosts costs() const;

private:
    class Metered;
    void add(transcription::DecodeKind kind, bool isGivenUp, double seconds);

    ThreadSeconds now_;
    mutable std::mutex mutex_;  // what follows
    DecodeCosts costs_;
};

}  // namespace ninja3cx::bench
