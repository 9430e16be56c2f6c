#pragma once

#include "server/transcription/segmenter.hpp"
#include "server/transcription/speech_decoder.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// When an open utterance is decoded and what of its text is shown: one channel of one call, as a pure function of what was
/// heard and decoded. No clock, no thread, no whisper.
namespace ninja3cx::transcription {

struct PolicyOptions {
    bool hasPartials = true;
    bool isSameModel = false;              // partials by the final model: what they commit is not provisional
    std::chrono::milliseconds step{850};   // of speech between two partials …
    double stepShare = 0.15;               // … and at least this share of the utterance: cost stays linear
    std::chrono::milliseconds pause{100};  // of silence, in which half of that is enough
    std::chrono::milliseconds firstAfter{700};      // of speech before the first partial
    std::chrono::milliseconds speculateAfter{200};  // of silence; not less than the segmenter's tail
};

struct DecodeJob {
    std::uint64_t id = 0;
    DecodeKind kind{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::vector<Token> prefix;  // committed already by the same model; the decoder is made to begin with it
    bool operator==(const DecodeJob&) const = default;
};

struct CancelJob {
    std::uint64_t id = 0;
    bool operator==(const CancelJob&) const = default;
};

/// The text of an utterance so far. `stableBytes` of it stay in every later partial.
struct ShowPartial {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int32_t revision = 0;
    std::int32_t stableBytes = 0;
    std::string text;
    bool isProvisional = false;
    bool operator==(const ShowPartial&) const = default;
};

/// The utterance has ended; the text of this job, done or still to come, is final.
struct Finish {
    std::uint64_t id = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int32_t revision = 0;
    bool operator==(const Finish&) const = default;
};

using PolicyAction = std::variant<DecodeJob, CancelJob, ShowPartial, Finish>;
using PolicyActions = std::vector<PolicyAction>;

/// Rules
///  - An utterance is decoded finally once: speculatively from `speculateAfter` of silence, and kept if nothing more is said;
///    else the text serves as a partial, and a later job is the final one.
///  - A partial shows what is committed and a tail. Committed is what two partials in a row agree on, whole words only
///    (LocalAgreement-2); it is forced upon the next partial, so it only grows.
///  - At most one partial is out; it is given up as soon as the final model has said the same, or is about to: one of the same
///    model at a pause, any when a speculation is done and when the utterance ends.
///  - Where a long utterance is cut, what was shown of the sound behind the cut is shown as the beginning of the next one.
class UtterancePolicy {
public:
    explicit UtterancePolicy(PolicyOptions options = {}, const SegmenterOptions& segmenter = {});

    /// A window of the open utterance was heard.
    PolicyActions heard(const OpenUtterance& open);
    /// The utterance ended. `goesOn`: it was cut, and the next one begins at `end`.
    PolicyActions ended(std::int64_t start, std::int64_t end, bool goesOn);
    /// A job is done. Jobs that were cancelled are ignored.
    PolicyActions decoded(std::uint64_t job, const std::vector<Token>& tokens);
    /// A partial was given up by the scheduler, or a job failed.
    PolicyActions lost(std::uint64_t job);
    /// The final text of an utterance that was cut is known: what was shown of the next one's sound stays visible. To be
    /// shown before that final text.
    PolicyActions settled(std::int64_t start, std::string_view text);

    /// Under load partials come more rarely, or not at all.
    void setStep(std::optional<std::chrono::milliseconds> step);

private:
    struct Speculation {
        std::uint64_t id = 0;
        std::int64_t voiceEnd = 0;
        std::int64_t end = 0;
        bool isDone = false;
    };
    struct CutOff {  // an utterance that was cut, until its final text is known
        std::int64_t start = 0;
        std::int64_t next = 0;
        std::string shown;
        std::int64_t shownEnd = 0;
        std::optional<std::int64_t> nextEnd = {};  // the next one has ended, and nothing of it was shown
    };

    /// Another utterance than the one before: nothing of that is wanted any more.
    void begin(std::int64_t start, PolicyActions& out);
    void giveUpPartial(PolicyActions& out);
    void giveUpSpeculation(PolicyActions& out);
    void show(const std::vector<Token>& hypothesis, std::int64_t end, PolicyActions& out);
    std::vector<Token> kept() const;
    bool isPartialDue(const OpenUtterance& open) const;

    PolicyOptions options_;
    std::int64_t tail_;  // samples of silence that belong to an utterance
    /// Samples. Same model: what is heard of an utterance beyond them is not committed, for a cut may make it the
    /// next one's.
    std::int64_t commitWithin_;
    std::optional<std::chrono::milliseconds> step_;
    std::uint64_t nextJob_ = 1;

    std::optional<std::int64_t> start_;  // of the open utterance
    std::int32_t revision_ = 0;
    std::vector<Token> committed_;
    std::vector<Token> hypothesis_;  // of the last partial
    std::string shown_;
    std::int32_t shownStable_ = 0;
    std::int64_t shownEnd_ = 0;    // of its sound
    std::int64_t partialEnd_ = 0;  // of the sound that the last partial was given
    std::optional<DecodeJob> partial_;
    std::optional<Speculation> speculation_;
    std::optional<CutOff> cutOff_;
};

/// The words of `shown` that stand behind what `text` says: both tell of the same sound, `shown` of more of it.
std::string behind(std::string_view shown, std::string_view text);

}  // namespace ninja3cx::transcription
