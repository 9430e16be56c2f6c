#pragma once

#include "agent/link/server_trust.hpp"
#include "shared/protocol/audio_frame.hpp"
#include "shared/protocol/messages.hpp"

#include <chrono>
#include <cstddef>
#include <functional>

namespace ninja3cx::agent {

/// What the agent says to the server: the network's edge, replaced by a double in tests.
class ServerLine {
public:
    virtual ~ServerLine() = default;
    /// False when there is no connection: the caller says it again after the next welcome if it still
    /// matters.
    virtual bool send(const protocol::ClientMessage& message) = 0;
    virtual bool send(const protocol::AudioFrame& frame) = 0;
    /// While there is no connection: the next one begins with a snapshot, whatever was heard before.
    virtual void askForSnapshot() = 0;
    /// Bytes that wait to be written; the audio sender holds back above 256 KiB.
    virtual std::size_t backlogBytes() const = 0;
};

/// What the server says, in order. One that throws ends the connection; the next begins with a snapshot.
struct LinkHandlers {
    std::function<void(const protocol::Welcome&)> onWelcome;
    /// Every message but Welcome, in order; events without gap or repeat.
    std::function<void(const protocol::ServerMessage&)> onMessage;
    /// Why, and when the next attempt comes. Unauthorized: the key is wrong; attempts go on, slowly.
    std::function<void(const Error& why, std::chrono::milliseconds retryIn)> onDown;
    /// Just before onDown, where a server's certificate was not taken; at each attempt.
    std::function<void(const Distrust& distrust)> onDistrust = {};
};

}  // namespace ninja3cx::agent
