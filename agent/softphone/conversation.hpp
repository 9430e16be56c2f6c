#pragma once

#include "agent/call_tracking/observation.hpp"
#include "agent/softphone/pipe_frame.hpp"
#include "agent/softphone/pipe_message.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::agent {

/// What one connection of 3CX's Windows softphone says, and what is said to it. Pure: the caller moves the bytes. The
/// softphone needs no answers; it tells of calls by itself once it was greeted.
class SoftphoneConversation {
public:
    /// `extension`: whose softphone it is; empty where that is not known. Tells who called whom when only a connected call
    /// is seen.
    explicit SoftphoneConversation(std::string extension) : extension_(std::move(extension)) {}

    /// The first thing to send.
    std::string hello();
    /// What came; whole frames or parts of them.
    std::vector<Observation> hear(std::string_view bytes, SteadyTime now);
    /// It has greeted back.
    bool isGreeted() const { return isGreeted_; }

    std::string makeCall(const std::string& number);

private:
    struct KnownCall {
        protocol::CallState state{};
        std::optional<protocol::Direction> direction;
        std::size_t turn = 0;
    };
    std::optional<Observation> understand(const PipeMessage& message, SteadyTime now);
    std::optional<protocol::Direction> directionOf(const PipeMessage& message,
                                                   std::string_view command) const;
    void remember(const std::string& callId, const Observation& seen);

    std::string extension_;
    FrameReader frames_;
    std::map<std::string, KnownCall> calls_;
    std::size_t turn_ = 0;
    int lastRequest_ = 0;
    int lastMade_ = 0;
    bool isGreeted_ = false;
};

}  // namespace ninja3cx::agent
