#pragma once

#include "server/net/http.hpp"
#include "server/telephony/pbx_messages.hpp"
#include "shared/core/clock.hpp"

#include <optional>
#include <string>

namespace ninja3cx::telephony {

struct PbxAccess {
    std::string baseUrl;  // https://pbx.example.com
    std::string clientId;
    std::string clientSecret;
    net::ClientTls tls;
};

/// The one live token of this API client: minting a new one kills the old one, so it is renewed at 85 % of
/// its life and never in a loop (repeated failures get the address block-listed by the PBX).
///
/// Threads: network thread. Concurrent `get`s share one request.
class PbxToken {
public:
    PbxToken(const PbxAccess& access, net::HttpTransport& http, const Clock& clock);

    /// Errors: Unauthorized (wrong id or key), NotFound (no V20: /connect/token is absent), Busy (asked again
    /// within the pause after a failure), Unreachable.
    net::asio::awaitable<Result<std::string>> get();
    /// The PBX answered 401 to this token: the next `get` mints another.
    void refused(const std::string& token);

private:
    net::asio::awaitable<Result<std::string>> mint();

    const PbxAccess& access_;
    net::HttpTransport& http_;
    const Clock& clock_;
    std::optional<Token> token_;
    SteadyTime renewAt_{};
    SteadyTime mayMintAt_{};
    std::chrono::milliseconds pause_{0};
    bool isMinting_ = false;
};

}  // namespace ninja3cx::telephony
