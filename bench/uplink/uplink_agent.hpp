#pragma once

#include "agent/app/headless_agent.hpp"
#include "agent/app/terminal_face.hpp"
#include "agent/link/server_link.hpp"
#include "agent/link/spool.hpp"
#include "bench/uplink/pattern_source.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

namespace ninja3cx::bench {

/// The product's agent, without a face, in one call that it notices by itself and whose sound is a pattern.
///
/// Threads: the executor's one.
class UplinkAgent {
public:
    struct Options {
        std::size_t number = 0;
        std::string server;  // http://127.0.0.1:3000
        std::string key;
        std::filesystem::path folder;  // of its spool
        std::chrono::milliseconds length{};
    };
    /// Errors: no spool can be made there.
    static Result<std::unique_ptr<UplinkAgent>> make(boost::asio::any_io_executor executor,
                                                     const Clock& clock, const Options& options);
    UplinkAgent(const UplinkAgent&) = delete;
    UplinkAgent& operator=(const UplinkAgent&) = delete;

    boost::asio::awaitable<void> run() { return link_.run(); }
    void stop();
    /// About once a second.
    void tick() { agent_.tick(); }

    std::size_t number() const { return number_; }
    /// Once the server has named the call.
    const std::optional<CallId>& callId() const { return callId_; }
    std::uint64_t captured() const { return source_.frames(); }  // of each channel
    bool hasCaptured() const { return source_.isOver(); }        // all of its sound
    bool isDelivered() const;                                    // and all of it is acknowledged

    struct Tally {
        std::size_t reconnects = 0;
        /// Frames that were captured and not on the server's disk when it was ready again: without a spool, lost.
        std::size_t replayed = 0;
        std::size_t refused = 0;
    };
    const Tally& tally() const { return tally_; }

private:
    UplinkAgent(boost::asio::any_io_executor executor, const Clock& clock, const Options& options,
                agent::Spool spool);
    agent::LinkHandlers handlers();
    void take(const protocol::ServerMessage& message);
    void detect();

    const std::size_t number_;
    std::ostream nothing_{nullptr};  // what a technician would read
    agent::Spool spool_;
    PatternSource source_;
    agent::TerminalFace face_;
    agent::HeadlessAgent agent_;
    agent::ServerLink link_;
    std::optional<CallId> callId_;
    protocol::ChannelPositions acknowledged_;
    bool wasReady_ = false;
    Tally tally_;
};

}  // namespace ninja3cx::bench
