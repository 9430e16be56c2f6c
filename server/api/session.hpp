#pragma once

#include "server/api/metrics.hpp"
#include "server/api/visitor.hpp"
#include "server/broadcast/event_hub.hpp"
#include "server/calls/call_hub.hpp"
#include "server/net/http.hpp"
#include "shared/protocol/messages.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

namespace spdlog {
class logger;
}

namespace ninja3cx::api {

class Session;

/// What all sessions share.
struct SessionSurroundings {
    calls::CallHub& hub;
    broadcast::EventHub& events;
    Counters& counters;
    spdlog::logger& log;
    std::string version;
    /// A session has been granted a call's audio: from now on it alone streams it.
    std::function<void(Session&, const CallId&)> onStreaming;
    /// Another session of the extension that waits for this call and has not had its turn; or none.
    std::function<Session*(const CallId&)> nextToStream;
    /// A call of this extension that is live no more; nothing when there is none or it cannot be read.
    std::function<void(const Extension&, const CallId&, std::function<void(std::optional<protocol::Call>)>)>
        findPastCall;
    std::uint64_t sessionsMade = 0;
};

/// One client at /ws, from its Hello on: says what it may, refuses the rest to it alone. Network thread only.
class Session {
public:
    /// Answered errors in a row after which a client is sent away.
    static constexpr int kPatience = 100;

    Session(SessionSurroundings& around, Visitor visitor,
            std::shared_ptr<net::WebSocketConnection> connection);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void onText(const std::string& text);
    void onBinary(const std::string& bytes);

    bool hasGreeted() const { return face_.has_value(); }
    std::optional<protocol::Face> face() const { return face_; }
    const std::optional<Extension>& extension() const { return extension_; }
    const Visitor& visitor() const { return visitor_; }

    /// Calls whose audio this session streams: what it sends is taken, and acknowledged.
    std::set<CallId> streaming() const;
    void acknowledge(const CallId& callId, const protocol::ChannelPositions& next);
    /// Where to start over: at the begin of a stream, or when what was sent could not be stored.
    void startFrom(const CallId& callId, const calls::AudioGrant& grant);

    /// Another program of the extension streams the call now: what this one sends of it is ignored, and it waits.
    void yield(const CallId& callId);
    bool waitsFor(const CallId& callId) const { return waiting_.contains(callId); }
    /// It waits, and may have audio that no other program has sent.
    bool wantsItsTurn(const CallId& callId) const;
    /// Grows with each session.
    std::uint64_t number() const { return number_; }
    /// The other program has gone: this one goes on where the server is.
    void takeOver(const CallId& callId);
    /// Tells of calls it waits for whose audio is complete without it; forgets calls that are no more.
    void sweepCalls();

    /// Whether anything came since this was last asked.
    bool takeHeard();
    void ping() { connection_->ping(); }

    void sendAway(std::uint16_t closeCode, const std::string& code, const std::string& message);

private:
    Result<void> greet(const protocol::Hello& hello);
    Result<void> act(const protocol::ClientMessage& message);
    Result<void> watchCall(const protocol::CallWatch& watch);
    Result<void> actAsAgent(const protocol::ClientMessage& message);
    Result<void> endAudio(const protocol::AudioEnd& end);
    Result<void> actOnDraft(const DraftId& draftId, const protocol::ClientMessage& message);
    Result<void> mayTouch(const DraftId& draftId) const;
    void answerForPastCall(const CallId& callId);
    void send(const protocol::ServerMessage& message);
    void refuse(const Error& error, std::optional<std::string> about, const std::string& code = "");

    SessionSurroundings& around_;
    Visitor visitor_;
    std::shared_ptr<net::WebSocketConnection> connection_;
    std::optional<protocol::Face> face_;
    std::optional<Extension> extension_;  // of an agent
    /// A call that another program of the extension streams now.
    struct Waiting {
        bool hasHadItsTurn = false;  // it has sent all it has
    };
    std::map<std::uint32_t, CallId> streaming_;  // by stream id
    std::map<CallId, Waiting> waiting_;
    std::set<std::uint32_t> ignored_;  // streams that were taken from this session
    std::uint64_t number_;
    std::uint64_t heardCount_ = 0;
    std::set<CallId> watching_;
    int refusals_ = 0;
    broadcast::EventHub::Seat seat_;
};

}  // namespace ninja3cx::api
