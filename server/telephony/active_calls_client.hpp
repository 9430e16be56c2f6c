#pragma once

#include "server/telephony/pbx_follower.hpp"
#include "server/telephony/pbx_pause.hpp"
#include "server/telephony/pbx_requests.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace ninja3cx::telephony {

struct ActiveCallsOptions {
    std::string callsPath;                // "/xapi/v1/ActiveCalls", "/api/activeCalls"
    std::string extensionsPath;           // who has a telephone; asked for where `extensions` is empty
    std::vector<std::string> extensions;  // that matter; empty: all there are
    PauseLimits pauses;
    std::chrono::milliseconds pollInterval{1'000};  // while calls go on
    std::chrono::milliseconds idleInterval{2'000};
    bool endsWhenRefused = false;  // once the PBX says that it has no such list for us
};
/// For PBXs without Call Control API for us, and for those before V20.
ActiveCallsOptions xapiCalls();
ActiveCallsOptions legacyCalls();

/// Follows a PBX by asking for its list of calls again and again. Holds are not seen, nor what begins and ends between two
/// looks; an end is noticed one look late, and said to be estimated.
class ActiveCallsClient final : public PbxFollower {
public:
    /// `access` and `login` outlive it.
    ActiveCallsClient(PbxParts parts, ActiveCallsOptions options, const PbxAccess& access, PbxLogin& login,
                      PbxHandlers handlers, std::vector<std::string> openKeys);
    ~ActiveCallsClient() override;

    net::asio::awaitable<Error> run() override;
    void stop() override;
    bool hasCalls() const override;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::telephony
