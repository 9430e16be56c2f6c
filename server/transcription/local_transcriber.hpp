#pragma once

#include "server/calls/ports.hpp"
#include "server/transcription/decode_pool.hpp"
#include "server/transcription/echo_guard.hpp"
#include "server/transcription/transcriber_options.hpp"
#include "server/transcription/utterance.hpp"
#include "server/transcription/voice_detector.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ninja3cx::transcription {

/// What the engine is doing, for metrics, doctor and benchmarks.
struct SpeechLoad {
    PoolFigures pool;
    std::optional<std::chrono::milliseconds> partialStep;  // absent: no partials at this load
};

/// Speech to text on this machine: takes the customer's echo out of the agent's microphone (EchoGate), cuts each
/// channel into utterances (StreamCutter), decides when to decode
/// (UtterancePolicy), and decodes on a fixed set of workers (DecodePool).
///
/// Ownership: owns its threads, the decoders and the detectors.
/// Threads:   one cuts all channels and follows their policies, one for each worker. `open`, `feed`, `finish`,
///            `drop` return at once and are called from one thread; the handlers run on the executor, that is, on
///            that same thread.
/// Order:     the final texts of a channel come out in the order of speech, and `onDrained` after the last. The
///            messages of an utterance have growing revisions, and none comes after its final text. A channel that is
///            opened while it is open is finished first: it drains once for each `open`.
/// Overload:  partial texts come more rarely, then not at all (PartialPace). Nothing else is dropped; utterances
///            wait and the lag grows, which `onLag` tells. `backlogBytes` lets whoever feeds faster than real
///            time (a replay) wait for its turn.
/// Failure:   an utterance that cannot be decoded is tried once more; then its final text is `kInaudible`,
///            and `onFailed` tells why. So it is with sound that a detector failed on. Nothing that a decoder or
///            a detector throws ends a thread, and each stream drains. What cannot be told for want of memory is
///            told when something else happens here; if nothing does, that stream drains no more.
/// Stop:      the destructor aborts what runs and joins; no handler runs after it.
class LocalTranscriber final : public calls::Transcriber {
public:
    struct Handlers {
        /// Partial and final texts. A final one is empty only if a partial was shown and nothing was said after all.
        std::function<void(protocol::Utterance)> onUtterance;
        std::function<void(const CallId&, protocol::Speaker)> onDrained;
        /// The sound of this utterance could not be cut or decoded; its text is `kInaudible`.
        std::function<void(const CallId&, protocol::Speaker, const UtteranceId&, const Error&)> onFailed;
        /// At a stream's end, if some of it lay behind what was heard before and is not in the text: another
        /// program's repetition, or a clock that was set back.
        std::function<void(const CallId&, protocol::Speaker, std::chrono::milliseconds)> onLeftOut = {};
        /// How long the oldest speech of a call has been waiting for its final text, now and then while that is
        /// more than a second; 0 once when that wait ends without a final text, which would say it.
        std::function<void(const CallId&, std::chrono::milliseconds)> onLag = {};
        /// The customer is heard in the agent's microphone, or no longer, or much more or less than before.
        std::function<void(const CallId&, const EchoFigure&)> onEcho = {};
        /// Something of this stream failed, for want of memory as a rule, that is no utterance's: none is marked.
        std::function<void(const CallId&, protocol::Speaker, const Error&)> onStumbled = {};
    };
    using MakeDetector = transcription::MakeDetector;

    LocalTranscriber(std::vector<SpeechWorker> workers, MakeDetector makeDetector, TranscriberOptions options,
                     boost::asio::any_io_executor executor, const Clock& clock, Handlers handlers);
    ~LocalTranscriber() override;
    LocalTranscriber(const LocalTranscriber&) = delete;
    LocalTranscriber& operator=(const LocalTranscriber&) = delete;

    void open(Stream stream) override;
    void feed(const CallId& callId, protocol::Speaker channel, std::int64_t callClockMs,
              std::vector<std::int16_t> samples) override;
    void finish(const CallId& callId, protocol::Speaker channel) override;
    void drop(const CallId& callId) override;

    /// Sound that waits in memory. Any thread.
    std::size_t backlogBytes() const;
    /// Any thread.
    SpeechLoad load() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::transcription
