#pragma once

#include "agent/app/face.hpp"
#include "agent/app/open_calls.hpp"
#include "agent/call_tracking/call_tracker.hpp"
#include "agent/call_tracking/caller.hpp"
#include "agent/link/server_line.hpp"
#include "shared/core/clock.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::agent {

/// Follows this PC's calls from every source: reports to the server what it cannot know, and shows the technician what
/// the server does not show.
///
/// A report may be lost with the connection. What goes on is therefore said again after each reconnect, and so is each end
/// until the connection on which it was said has outlived it by `kHeard`: to the server a repeat is nothing new. An end says
/// when its call began and was answered, so that one that began and ended while the server was away is known there as well.
///
/// Threads: the network thread only.
class PhoneWatch {
public:
    /// Places a call through the softphone; false: it is not connected.
    using Dial = std::function<bool(const std::string& number)>;

    PhoneWatch(const Clock& clock, Face& face, InternalCalls internalCalls);

    void use(ServerLine& line) { link_ = &line; }
    /// Where the next run finds what this one leaves open; those that an earlier run left are ended once connected.
    void use(OpenCalls openCalls);
    void useSoftphone(Dial dial) { dial_ = std::move(dial); }

    void onWelcome();
    void onDown();
    void onServerCall(const protocol::Call& call);
    void onServerCallRemoved(const CallId& callId);

    void onHook(Source source, const Caller& caller);
    void onSoftphone(const std::vector<Observation>& seen);
    void onSoftphoneGone();
    /// The phone program opened or closed its recording.
    void onPhoneAudio(bool isRecording);

    /// The technician's words.
    void start(const std::string& number);
    void stop();
    void dial(const std::string& number);

    /// About once a second.
    void tick();

    /// A connection on which nothing comes is dead after 10 s, so that it has brought what it outlives by this.
    static constexpr std::chrono::minutes kHeard{1};
    /// Ends that are kept for a server that is away; then the oldest of those calls are forgotten that it never heard of,
    /// and the technician is told.
    static constexpr std::size_t kEndsKept = 500;

private:
    struct Ended {
        protocol::CallDetected report;  // its ages as of then:
        SteadyTime notedAt{};
        SystemTime notedOn{};
        std::optional<SteadyTime> saidAt = {};  // on this connection
    };
    void follow(const std::vector<CallNews>& news);
    void report(const protocol::CallDetected& report);
    bool say(const protocol::CallDetected& report);
    protocol::CallDetected asOfNow(const Ended& ended) const;
    void forgetHeard();
    void keepFew();

    const Clock& clock_;
    Face& face_;
    ServerLine* link_ = nullptr;
    CallTracker tracker_;
    OpenCalls openCalls_;
    std::deque<Ended> ended_;  // not certainly heard
    Dial dial_;
    bool isServerAway_ = true;
};

}  // namespace ninja3cx::agent
