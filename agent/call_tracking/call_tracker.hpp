#pragma once

#include "agent/call_tracking/tracked_calls.hpp"
#include "shared/protocol/messages.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::agent {

/// Calls between extensions. Reported: the server's `recording.internalCalls` decides whether they are captured.
enum class InternalCalls { Ignore, Report };

enum class NewsKind {
    Changed,         // a call began, changed or is over
    Transferred,     // the call went to the one that it was consulted about
    TalkUnannounced  // the phone program records, and no call is known: the technician may want to say so
};

/// What follows from an observation, or from time.
struct CallNews {
    NewsKind kind = NewsKind::Changed;
    TrackedCall call = {};                              // of TalkUnannounced: nothing
    std::optional<protocol::CallDetected> report = {};  // to the server; absent: it knows, or need not
};

/// Merges what all sources say of this PC's calls into one life for each: ringing or dialling, connected, held, ended or
/// missed. Pure: no clock, no port; whoever calls it sends the reports.
///
/// * What different sources say of the same number (its last 9 digits) within 5 s is one call; where one of them does
///   not know the number, time decides alone.
/// * A hook knows only that it rings: such a call is missed after 90 s, or when the same number rings anew.
/// * The softphone and the server, where it hears of calls from the PBX, see how a call ends. The technician's word
///   holds for what this program reported. The phone program's audio ends only what nobody else sees.
/// * What the server told first is not reported.
class CallTracker {
public:
    /// `makeLocalId` gives an id that this PC never used before.
    CallTracker(InternalCalls internalCalls, std::function<std::string()> makeLocalId)
        : internalCalls_(internalCalls), makeLocalId_(std::move(makeLocalId)) {}

    /// Of Server, Softphone, ContactUrl and Ring; of PhoneAudio: Connected (it records) and Ended.
    std::vector<CallNews> observe(const Observation& seen);
    /// The technician says that a call goes on; empty `number`: whatever rings, else an unknown one. Empty: a call is
    /// connected already.
    std::vector<CallNews> start(const Observation& said);
    /// The technician says that it is over. Empty: there is none that this program reported.
    std::vector<CallNews> stop(SteadyTime now);
    /// The source is not heard any more.
    std::vector<CallNews> lose(Source source, SteadyTime now);
    /// Time-outs; about once a second.
    std::vector<CallNews> pass(SteadyTime now);

    /// What goes on and is this program's to report, its ages as of the last word or `pass`: said again after a reconnect.
    std::vector<protocol::CallDetected> openReports() const;
    /// All that are not over, in the order they began.
    std::vector<TrackedCall> calls() const;

    static constexpr std::chrono::seconds kSame{5};
    static constexpr std::chrono::seconds kRingsAtMost{90};
    static constexpr std::chrono::seconds kSoftphoneReturns{15};
    static constexpr std::chrono::hours kUnwatched{4};      // a call whose end nobody sees
    static constexpr std::chrono::seconds kAudioBegins{2};  // shorter is no talk
    static constexpr std::chrono::seconds kAudioEnds{3};    // a headset is changed faster
    static constexpr std::chrono::seconds kFastestAnswer{1};

private:
    struct Audio {
        bool isOn = false;
        bool isCounted = false;  // what it hints at was said
        SteadyTime since{};
        std::optional<SteadyTime> quietSince;
    };

    std::vector<CallNews> onCall(const Observation& seen);
    void onAudio(const Observation& seen);
    void followAudio(SteadyTime now, std::vector<CallNews>& news);
    void audioBegan(std::vector<CallNews>& news);
    void audioEnded(SteadyTime now, std::vector<CallNews>& news);
    void timeOut(CallEntry& entry, SteadyTime now, std::vector<CallNews>& news);
    CallEntry& create(const Observation& seen);
    enum class Heard { Here, FromServer };  // what the server said is not said back to it

    void moveTo(CallEntry& entry, protocol::CallState state, SteadyTime at, std::vector<CallNews>& news,
                Heard heard = Heard::Here);
    void tell(CallEntry& entry, std::vector<CallNews>& news, Heard heard = Heard::Here);
    void noteTransfer(CallEntry& ended, std::vector<CallNews>& news);
    bool isToBeReported(const CallEntry& entry) const;
    protocol::CallDetected reportOf(const CallEntry& entry) const;

    InternalCalls internalCalls_;
    std::function<std::string()> makeLocalId_;
    std::vector<CallEntry> entries_;  // in the order they began; what is over stays for a while
    Audio audio_;
    SteadyTime now_{};
};

}  // namespace ninja3cx::agent
