#pragma once

#include "server/telephony/pbx_login.hpp"
#include "server/telephony/pbx_pause.hpp"
#include "shared/timer/timer.hpp"

#include <spdlog/fwd.h>

#include <functional>
#include <memory>
#include <random>
#include <string>

namespace ninja3cx::telephony {

/// What the links to a PBX work with; all of it outlives them.
struct PbxParts {
    net::asio::any_io_executor executor;
    net::HttpTransport& http;
    TimeSource& time;
    std::shared_ptr<spdlog::logger> log;
};

/// Asks the PBX, and leaves it alone for a while once it would not answer.
///
/// Threads: network thread only.
class PbxRequests {
public:
    struct Hooks {
        std::function<void()> onHold;     // nothing may be asked from now on
        std::function<void()> onRelease;  // it may be asked again
    };
    PbxRequests(PbxParts parts, const PbxAccess& access, PbxLogin& login, PauseLimits pauses, Hooks hooks);

    /// Once more with a fresh login after a 401. Any answer that tells something is a value, 403 and 404 too. What
    /// says nothing about the question (429, 5xx, a web page, no answer) is an error, and begins a hold.
    net::asio::awaitable<Result<net::HttpResponse>> get(std::string path);
    /// A new connection, with its new login, is the remedy.
    static bool isFinal(const Error& error) {
        return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Cancelled;
    }

    void holdOff(const Error& why, std::optional<std::chrono::milliseconds> told);
    bool isHolding() const { return isHolding_; }
    /// How long nothing must be asked.
    std::chrono::milliseconds held() const;
    /// The PBX tells what it is asked: refusals in a row are counted anew.
    void succeeded() { refusals_ = 0; }
    int refusals() const { return refusals_; }
    double jitter() { return std::uniform_real_distribution<double>{0.0, 1.0}(random_); }
    void stop();

private:
    void noteProblem();

    const PbxParts parts_;
    const PbxAccess& access_;
    PbxLogin& login_;
    const PauseLimits pauses_;
    const Hooks hooks_;
    Timer hold_;  // until the PBX may be asked again
    std::optional<std::string> problem_;
    std::mt19937 random_{std::random_device{}()};
    int refusals_ = 0;
    bool isHolding_ = false;
    bool isStopped_ = false;
};

}  // namespace ninja3cx::telephony
