#pragma once

#include "agent/link/server_line.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/key_fingerprint.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ninja3cx::agent {

struct LinkOptions {
    std::string server = "http://localhost:3000";  // http(s):// or ws(s)://; the path is /ws
    std::string key;                               // secret: sent as a bearer, never logged
    std::optional<Extension> extension;
    std::optional<std::filesystem::path> caFile;  // for a certificate of the company's own
    /// The public key that the server must have, asked before each attempt; nothing: what the system or `caFile` vouches
    /// for is taken. An error is why there is no connection.
    std::function<Result<std::optional<crypto::KeyFingerprint>>()> findPin;
    std::string version;
    std::chrono::milliseconds firstRetry{500};
    std::chrono::milliseconds longestRetry{15'000};
    std::chrono::milliseconds longestSilence{10'000};  // then the connection is dead; half of it: a ping
};

/// The connection to the server: connects, says Hello, reconnects for ever with exponential backoff and
/// jitter, and resumes the event stream where it broke. A gap in the numbers is treated as a broken link.
///
/// Threads: the executor's one thread. `stop` ends `run` at once, and where there is a connection within a second.
class ServerLink final : public ServerLine {
public:
    /// Throws std::runtime_error for a server address or CA file that cannot be used.
    ServerLink(boost::asio::any_io_executor executor, LinkOptions options, LinkHandlers handlers);
    ~ServerLink() override;

    boost::asio::awaitable<void> run();
    void stop();
    /// A name is being looked up, on a thread of Asio's that cannot be stopped: after `stop` too, until the resolver gives up.
    bool isLookingUp() const;

    bool send(const protocol::ClientMessage& message) override;
    bool send(const protocol::AudioFrame& frame) override;
    void askForSnapshot() override;
    std::size_t backlogBytes() const override;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Errors: no address that a ServerLink takes.
Result<void> checkServerAddress(const std::string& server);

/// Why there is no WebSocket where `server` answered with this HTTP status. Busy: too many wrong keys came from this PC's
/// address. Cancelled: the server stops. NotFound: something else answers there.
Error declined(const std::string& server, unsigned status);

/// The version of audio frames to be sent to a server that answered so: an older one refuses newer frames.
std::uint8_t newestFrameFor(const protocol::AudioReady& ready);

/// The wait before attempt number `attempt` (from 0), with `jitter` in [0,1): doubles, capped, 50 to 100 %.
std::chrono::milliseconds retryDelay(const LinkOptions& options, int attempt, double jitter);

}  // namespace ninja3cx::agent
