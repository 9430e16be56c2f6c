#pragma once

#include "server/api/metrics.hpp"
#include "server/api/stream_flow.hpp"
#include "server/api/visitor.hpp"
#include "server/broadcast/event_hub.hpp"
#include "server/calls/call_hub.hpp"
#include "server/net/http.hpp"
#include "shared/opus/opus_codec.hpp"
#include "shared/protocol/codes.hpp"
#include "shared/protocol/messages.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
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
    std::optional<std::string> serverId;
    /// None when it has gone.
    std::function<Session*(std::uint64_t)> sessionOfNumber;
    /// A call of this extension that is live no more; nothing when there is none or it cannot be read.
    std::function<void(const Extension&, const CallId&, std::function<void(std::optional<protocol::Call>)>)>
        findPastCall;
    std::uint64_t sessionsMade = 0;
    std::map<CallId, StreamTurns> turns{};  // of calls that somebody streams or waits for
};

/// What came with a StreamEvent, for the actions it leads to.
struct StreamDetail {
    std::optional<calls::AudioGrant> grant{};
    std::optional<protocol::AudioEnd> end{};
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

    /// Grows with each session.
    std::uint64_t number() const { return number_; }

    /// Calls whose audio this session streams: what it sends is taken, and acknowledged.
    std::set<CallId> streaming() const;
    void acknowledge(const CallId& callId, const protocol::ChannelPositions& next);
    /// Where to start over: at the begin of a stream, or when what was sent could not be stored.
    void startFrom(const CallId& callId, const calls::AudioGrant& grant);
    /// Tells of calls it waits for whose audio is complete without it; forgets calls that are no more.
    void sweepCalls();
    /// The connection has gone: another program goes on with what this one streamed.
    void leaveStreams();

    /// Whether anything came since this was last asked.
    bool takeHeard();
    void ping() { connection_->ping(); }

    void sendAway(std::uint16_t closeCode, protocol::RefusalCode code, const std::string& message);

private:
    Result<void> greet(const protocol::Hello& hello);
    Result<void> act(const protocol::ClientMessage& message);
    Result<void> watchCall(const protocol::CallWatch& watch);
    Result<void> actAsAgent(const protocol::ClientMessage& message);
    /// Performs what stream_flow decides. What fails for another program is not this one's error.
    Result<void> advanceStream(const CallId& callId, StreamEvent event, const StreamDetail& detail = {});
    Result<void> perform(StreamAction action, const CallId& callId, const StreamDetail& detail);
    /// Puts samples in the place of an Opus packet.
    Result<void> unpack(protocol::AudioFrame& frame);
    StreamState streamStateOf(const CallId& callId) const;
    std::set<CallId> callsInTurn() const;
    Result<void> actOnDraft(const DraftId& draftId, const protocol::ClientMessage& message);
    Result<void> mayTouch(const DraftId& draftId) const;
    void answerForPastCall(const CallId& callId);
    void send(const protocol::ServerMessage& message);
    void refuse(const Error& error, std::optional<std::string> about,
                std::optional<protocol::RefusalCode> code = std::nullopt);

    SessionSurroundings& around_;
    Visitor visitor_;
    std::shared_ptr<net::WebSocketConnection> connection_;
    std::optional<protocol::Face> face_;
    std::optional<Extension> extension_;  // of an agent
    std::map<std::uint32_t, CallId>
        granted_;  // streams it was granted, by id; others may have taken them over
    std::map<std::pair<std::uint32_t, protocol::Speaker>, opus::Decoder> decoders_;  // of granted streams
    std::uint64_t number_;
    std::uint64_t heardCount_ = 0;
    std::set<CallId> watching_;
    int refusals_ = 0;
    broadcast::EventHub::Seat seat_;
};

}  // namespace ninja3cx::api
