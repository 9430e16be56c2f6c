#pragma once

#include "server/net/http.hpp"
#include "server/ticketing/token_vault.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::ticketing {

class Gate;

/// How this site reaches its NinjaOne tenant.
struct NinjaAccount {
    std::string apiUrl = "https://app.ninjarmm.com/api/v2";
    std::string clientId;
    std::string clientSecret;
    std::string seedRefreshToken;  // NINJA_REFRESH_TOKEN: first start, and when the stored token has died
    std::string userAgent = "3cx-ninja-realtime";
    net::ClientTls tls;
};

/// "https://host[:port]" of a URL.
std::string originOf(const std::string& url);

/// What a call is for: tickets and comments need a user's token, reading does with a machine's.
enum class Use { Read = 1, Write };

/// Access tokens for NinjaOne, by its refresh token, which NinjaOne may replace at each use.
///
/// Safety:  a new refresh token is on disk before the access token that came with it is handed out.
/// Order:   the stored refresh token first; when it has died the seed once; then ErrorKind::Unauthorized
///          until the stored token is another one (`login`, also by another process).
/// Failure: only 'invalid_token', 'invalid_grant' and 'expired_token' kill a refresh token. Busy,
///          Unreachable, OutcomeUnknown: try later. Io: the new token could not be stored; it is kept and
///          stored at the next call. Rejected: client id, secret or region are wrong.
/// Threads: network thread only; files are written on `disk`. One refresh runs for all who wait.
/// Lives:   as long as the executors run.
class NinjaTokens {
public:
    NinjaTokens(NinjaAccount account, std::filesystem::path folder, const Clock& clock,
                net::HttpTransport& transport, net::asio::any_io_executor disk);

    /// One that is valid for two more minutes, or the old one while NinjaOne gives no new one.
    net::asio::awaitable<Result<std::string>> accessToken(Use use);
    /// Another one than `refused`, which NinjaOne answered with 401.
    net::asio::awaitable<Result<std::string>> replace(Use use, std::string refused);

    /// Where a technician's browser goes to log in.
    std::string authorizeUrl(const std::string& redirectUri, const std::string& state) const;
    /// Trades the code that came back for tokens and stores them.
    net::asio::awaitable<Result<void>> login(std::string code, std::string redirectUri);

    /// `text` without any secret of ours.
    std::string redact(std::string text) const;

private:
    struct Access {
        std::string token;
        SteadyTime expiresAt{};
    };
    struct Grant {
        Access access;
        std::string refreshToken;  // empty: none came
    };
    bool isFresh(const std::optional<Access>& access, const std::string& refused) const;
    net::asio::awaitable<Result<std::string>> get(Use use, std::string refused);
    net::asio::awaitable<Result<Access>> refreshUser();
    net::asio::awaitable<Result<Access>> refreshMachine();
    net::asio::awaitable<Result<void>> store(std::string refreshToken);
    net::asio::awaitable<Result<std::optional<std::string>>> load();
    net::asio::awaitable<Result<Grant>> ask(std::vector<std::pair<std::string, std::string>> fields);
    bool isDead(const std::string& refreshToken) const;
    void remember(const std::string& secret);

    NinjaAccount account_;
    TokenVault vault_;
    const Clock& clock_;
    net::HttpTransport& transport_;
    net::asio::any_io_executor disk_;
    std::optional<Access> user_;
    std::optional<Access> machine_;
    std::optional<Grant> unsaved_;  // came, but is not on disk yet
    std::vector<std::string> dead_;
    std::vector<std::string> secrets_;
    std::shared_ptr<Gate> refreshing_;
    std::optional<Error> lastFailure_;
};

}  // namespace ninja3cx::ticketing
