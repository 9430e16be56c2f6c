#pragma once

#include "server/net/http.hpp"
#include "server/telephony/pbx_messages.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
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
/// its life and never in a loop (repeated failures get the address block-listed by the PBX), and not before
/// the time that a Retry-After names (an hour at most).
///
/// Threads: network thread. Concurrent `get`s share one request and its failure. While a renewal fails, the old token serves to its end.
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
    bool isValid() const;

    /// One request for a token. Its coroutine may be ended later than this object: each of them holds it.
    struct Request {
        std::optional<net::asio::steady_timer> end;  // while it is under way: cancelled at its end
        Error failure{ErrorKind::Busy, "3CX: no token was to be had"};
    };
    class Minting;

    const PbxAccess& access_;
    net::HttpTransport& http_;
    const Clock& clock_;
    std::optional<Token> token_;
    SteadyTime renewAt_{};
    SteadyTime expiresAt_{};
    SteadyTime mayMintAt_{};
    std::chrono::milliseconds pause_{0};
    std::chrono::milliseconds told_{0};  // Retry-After of the last answer
    std::shared_ptr<Request> request_ = std::make_shared<Request>();
};

}  // namespace ninja3cx::telephony
