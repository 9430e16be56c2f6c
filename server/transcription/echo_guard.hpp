#pragma once

#include "server/transcription/echo_canceller.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace ninja3cx::transcription {

/// What is known of the customer's voice in the agent's microphone.
struct EchoFigure {
    bool isThere = false;
    double attenuationDb = 0;  // below the customer's channel
    double delayMs = 0;
    bool operator==(const EchoFigure&) const = default;
};

/// A near-end window after the guard.
struct GuardedWindow {
    std::array<std::int16_t, kWindow> samples{};
    bool isOnlyEcho = false;  // then the samples are silence
};

/// Keeps one call's far end (the customer) out of its near end (the agent's microphone): windows with nothing
/// but echo become silence, from those where both are heard the echo is subtracted, and where there is no echo
/// the samples stay what they were. Knows nothing of words.
///
/// State:   depends on nothing but the windows given so far: a replay gives the same.
/// Order:   windows come out in their order, each of them once; most come out one window late, echo three more.
///          As long as it is not known whether the far end is heard in the near end, those with sound in both
///          wait, at most 1.5 s, or 3.5 s if all of it is 20 dB below the far end. Once the far end was heard
///          for two seconds and nothing came back, none waits.
/// Doubt:   is speech. What is not explained by the far end stays.
/// Threads: one at a time.
class EchoGuard {
public:
    /// The windows of both ends at the same time of the call. Appends what is decided.
    void push(std::span<const std::int16_t, kWindow> near, std::span<const std::int16_t, kWindow> far,
              std::vector<GuardedWindow>& out);
    /// Appends all that waits: the near end ends or pauses here.
    void flush(std::vector<GuardedWindow>& out);

    EchoFigure figure() const;

private:
    enum class Verdict { Own, Echo, Unsure };
    struct Pending {
        std::array<std::int16_t, kWindow> near{};
        FloatWindow cleaned{};
        Verdict verdict = Verdict::Own;
        bool isCleaned = false;
        bool isLoud = false;  // too loud to be a faint echo
    };
    struct Energies {
        float near = 0;
        float error = 0;
        float echo = 0;
        float unexplained = 0;
    };
    /// Sums in which the newest windows count most.
    struct Balance {
        float near = 0;
        float error = 0;
        float echo = 0;
        float far = 0;
        std::size_t count = 0;
    };

    void process(const std::array<std::int16_t, kWindow>& near);
    void lookForPath(const FloatWindow& near, float level);
    void learnFromPending();
    void judgePending();
    Energies cancel(const FloatWindow& near, std::size_t age, FloatWindow& cleaned, bool learns);
    void weigh(const Energies& energies);
    Verdict judge(const Energies& energies);
    void losePath();
    Verdict doubt(bool isFaint);
    void endDoubt();
    void release(std::vector<GuardedWindow>& out);
    GuardedWindow finished(const Pending& pending);

    FarEnd far_;
    EchoLocator locator_;
    EchoCanceller canceller_;
    std::array<std::int16_t, kWindow> waiting_{};  // its far end is known, the window after that is not
    bool isWaiting_ = false;
    std::deque<Pending> pending_;

    SoundLevel nearLevel_, errorLevel_, echoLevel_;
    bool isAimed_ = false;  // a path was found …
    bool isKnown_ = false;  // … and it explains what is heard
    std::ptrdiff_t delay_ = 0;
    Balance balance_;
    float gainLimit_ = 1;
    float leak_ = 1;               // what the prediction leaves of an echo
    float lingering_ = 0;          // energy of the echo, decaying as a room does
    bool wasVoice_ = false;        // in the last window that was judged
    std::size_t sinceOwn_ = 1000;  // windows
    std::size_t doubted_ = 0;      // windows, since there was none for a while
    std::size_t sinceDoubt_ = 0;
    std::size_t quiet_ = 0;  // windows in which only the far end spoke, less those in which both did
    float echoEnergy_ = 0;   // for the figure
    float farEnergy_ = 0;
    float gain_ = 1;  // of the last sample that went out
};

}  // namespace ninja3cx::transcription
