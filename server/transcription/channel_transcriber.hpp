#pragma once

#include "server/calls/ports.hpp"
#include "server/transcription/arrival_clock.hpp"
#include "server/transcription/decode_pool.hpp"
#include "server/transcription/language_lock.hpp"
#include "server/transcription/stream_cutter.hpp"
#include "server/transcription/transcriber_options.hpp"
#include "server/transcription/utterance_policy.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::transcription {

/// What a ChannelTranscriber wants done.
class ChannelPorts {
public:
    virtual ~ChannelPorts() = default;
    /// The result comes back through `ChannelTranscriber::decoded(id, …)`.
    virtual void decode(std::uint64_t id, const std::shared_ptr<DecodeTask>& task) = 0;
    virtual void cancel(const std::shared_ptr<DecodeTask>& task) = 0;
    virtual void say(protocol::Utterance utterance) = 0;
    virtual void fail(const UtteranceId& id, const Error& error) = 0;
    virtual void drained() = 0;
};

/// One channel of one call on its way from sound to text: cuts it, follows its policy, and keeps the order of its
/// final texts. No thread, no clock: each call says what time it is. One thread at a time.
///
/// Failure: what throws is told once (`fail`), its final text is `kInaudible`, and the stream goes on and drains. Sound
///          that the detector or the cutter failed on is one such utterance until a new detector works.
/// Memory:  where there is none even to tell a failure, the text alone tells it. Where a port throws, what it was to
///          take is not lost: it is told with the next text or the next `deliver`.
class ChannelTranscriber {
public:
    ChannelTranscriber(calls::Transcriber::Stream stream, MakeDetector makeDetector,
                       const TranscriberOptions& options, ChannelPorts& ports);

    /// It may have waited since it came. Texts are due from then on; their lag counts from when it was heard.
    void feed(std::int64_t callClockMs, std::span<const std::int16_t> samples, const Arrival& arrival,
              SteadyTime at);
    /// This sound could not be brought here. What was being said before it ends there.
    void lose(std::int64_t callClockMs, std::size_t samples, const Error& error, SteadyTime at);
    /// No more sound. `drained` follows when every final text has been said.
    void finish(SteadyTime at);
    void decoded(std::uint64_t id, Result<Decoded> decoded, SteadyTime at);
    void setStep(std::optional<std::chrono::milliseconds> step) { policy_.setStep(step); }
    /// Tells what is due: final texts whose turn it is, and `drained`. Most are told without being asked for.
    void deliver();
    /// Nothing of it is wanted any more.
    void abandon();

    /// Nothing is still to come of what was heard; after `finish`: `drained` has been told.
    bool isIdle() const { return places_.empty() && !isFinished_; }
    /// When the oldest speech that waits for its final text was heard; of speech that was cut, when the cut was decided.
    std::optional<SteadyTime> waitingSince() const;
    std::int64_t leftOut() const { return leftOut_ + (cutter_ ? cutter_->leftOut() : 0); }

private:
    /// An utterance that has ended, in the order of speech.
    struct Place {
        std::uint64_t id = 0;
        Finish finish;
        SteadyTime heardAt{};  // the end of its speech, or the sound that decided where to cut it
        bool isDone = false;
        protocol::Utterance hole;  // its text where there is no memory for another
        std::optional<protocol::Utterance> said;
    };
    struct Speculated {
        std::uint64_t id = 0;
        Decoded decoded;
    };

    /// Samples that could not be cut, so far.
    struct Lost {
        std::int64_t start = 0;
        std::int64_t end = 0;
    };

    StreamCutter& cutter();
    void cut(std::int64_t callClockMs, std::span<const std::int16_t> samples, const Arrival& arrival,
             SteadyTime at);
    void followEnded(std::vector<Segment> ended, SteadyTime at);
    void followOpen(SteadyTime at);
    void loseAsOne(std::int64_t callClockMs, std::size_t samples, const Error& error);
    void endSpeech(SteadyTime at);
    void endLoss(SteadyTime at);
    bool isKnown(std::int64_t end) const;
    void perform(const PolicyActions& actions, const Segment* ended, SteadyTime at);
    void start(const DecodeJob& job, const Segment* ended, SteadyTime at);
    void finishUtterance(const Finish& finish, const Segment& ended, SteadyTime at);
    void show(const ShowPartial& partial, SteadyTime at);
    void take(std::uint64_t id, const DecodeTask& task, Result<Decoded> decoded, SteadyTime at);
    Place placeOf(const Finish& finish, SteadyTime heardAt) const;
    Place* unsettled(std::uint64_t id);
    void settle(Place& place, Decoded decoded, SteadyTime at);
    void settleInaudible(Place& place, const std::vector<Token>& committed, SteadyTime at);
    void giveUp(Place& place, const char* doing, const std::vector<Token>& committed, SteadyTime at);
    void hearLanguage(const Decoded& decoded, std::int64_t samples);
    protocol::Utterance utterance(std::int64_t start, std::int64_t end) const;
    Arrival arrivalOf(std::int64_t sample, SteadyTime now) const;
    Arrival awaitedFrom(std::int64_t end, bool wasCut, SteadyTime now) const;
    SteadyTime heardAt(std::int64_t sample, SteadyTime now) const { return arrivalOf(sample, now).heardAt; }

    const CallId callId_;
    const protocol::Speaker channel_;
    const std::int64_t finalUntil_;  // samples
    const TranscriberOptions options_;
    const std::string prompt_;
    ChannelPorts& ports_;

    const MakeDetector makeDetector_;
    std::optional<StreamCutter> cutter_;  // from the first sound on, and anew after a failure
    std::int64_t leftOut_ = 0;            // by those before
    std::int64_t cutUntil_ = 0;           // what comes next begins there at the earliest
    std::optional<Lost> lost_;
    UtterancePolicy policy_;
    LanguageLock language_;
    std::deque<std::pair<std::int64_t, Arrival>> arrivals_;  // end of a piece in samples, when it came
    std::map<std::uint64_t, std::shared_ptr<DecodeTask>> tasks_;
    std::optional<Speculated> speculated_;
    std::deque<Place> places_;
    bool isFinished_ = false;
};

}  // namespace ninja3cx::transcription
