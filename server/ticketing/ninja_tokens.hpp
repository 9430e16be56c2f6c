#pragma once

#include "server/net/http.hpp"
#include "server/ticketing/token_vault.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
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

/// Whether tickets can be written: that takes a technician's login, whatever may be read without one.
enum class Login { Unknown = 1, Working, Needed };

/// What is known of the login. None of it is a secret.
struct TokenFacts {
    Login login = Login::Unknown;
    std::optional<SystemTime> storedAt;     // the refresh token; none: the seed is all there is, or nothing
    std::optional<SystemTime> refreshedAt;  // when NinjaOne last took it, in this run
    std::optional<SystemTime> endsAt;       // when NinjaOne may have forgotten it if it stays unused: a guess
};

/// Access tokens for NinjaOne, by its refresh token, which NinjaOne may replace at each use.
///
/// Safety:  a new refresh token is on disk before the access token that came with it is handed out.
/// Order:   the stored refresh token first; when it has died the seed once; then ErrorKind::Unauthorized
///          until the stored token is another one (`login`, also by another process). Reading goes on
///          meanwhile with the machine's own token.
/// Others:  a token that another process stored is never overwritten, but taken up in place of ours.
/// Failure: only 'invalid_token', 'invalid_grant' and 'expired_token' kill a refresh token. Busy,
///          Unreachable, OutcomeUnknown: try later. Io: the new token could not be stored; it is kept and
///          stored at the next call. Rejected: client id, secret or region are wrong.
/// Threads: network thread only; files are written on `disk`. One refresh runs for all who wait.
/// Lives:   as long as the executors run.
class NinjaTokens {
public:
    NinjaTokens(NinjaAccount account, std::filesystem::path folder, const Clock& clock,
                net::HttpTransport& transport, net::asio::any_io_executor disk);

    /// One that is valid for two more minutes (a third of its life, where that is short), or the old one while
    /// NinjaOne gives no new one.
    net::asio::awaitable<Result<std::string>> accessToken(Use use);
    /// Another one than `refused`, which NinjaOne answered with 401.
    net::asio::awaitable<Result<std::string>> replace(Use use, std::string refused);

    /// Where a technician's browser goes to log in.
    std::string authorizeUrl(const std::string& redirectUri, const std::string& state) const;
    /// Trades the code that came back for tokens and stores them.
    net::asio::awaitable<Result<void>> login(std::string code, std::string redirectUri);

    /// For a timer, every minute or sooner: takes up what another process stored, and uses the refresh token
    /// every 11 hours though nobody asks, for NinjaOne forgets one that is not used.
    net::asio::awaitable<void> keepAlive();
    /// NinjaOne let a user's token write, or said that it is a machine's (`user_context_required`).
    void noteUserContext(bool isThere);
    TokenFacts facts() const;
    /// Called when `facts().login` changes, each that was given, in their order.
    void onLogin(std::function<void(Login)> handler) { onLogin_.push_back(std::move(handler)); }

    /// `text` without any secret of ours.
    std::string redact(std::string text) const;

private:
    struct Access {
        std::string token;
        SteadyTime renewAt{};  // somewhat before it expires
        SteadyTime expiresAt{};
    };
    struct Grant {
        Access access;
        std::string refreshToken;  // empty: none came
    };
    struct Unsaved {
        Grant grant;
        std::optional<std::string> known;  // what was stored when it was asked for
    };
    bool isFresh(const std::optional<Access>& access, const std::string& refused) const;
    bool isUsable(const std::optional<Access>& access, const std::string& refused) const;
    bool isRefreshing() const;
    net::asio::awaitable<Result<std::string>> get(Use use, std::string refused);
    net::asio::awaitable<Result<Access>> refreshUser();
    net::asio::awaitable<Result<Access>> refreshMachine();
    net::asio::awaitable<Result<Stored>> keep(Grant grant, std::optional<std::string> known);
    net::asio::awaitable<Result<std::optional<std::string>>> load();
    void noteStored(std::optional<std::string> token, std::optional<SystemTime> at);
    void noteRefreshed();
    void setLogin(Login login);
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
    std::optional<Unsaved> unsaved_;    // came, but is not on disk yet
    std::optional<std::string> known_;  // what was last seen, or put, on disk
    bool hasLooked_ = false;            // there
    bool isMachines_ = false;           // what is on disk, NinjaOne says
    bool wantsRefresh_ = false;         // what is on disk is another's and was not used yet
    TokenFacts facts_;
    SteadyTime usedAt_{};         // the refresh token, well
    SteadyTime nextKeepAlive_{};  // not before
    std::vector<std::function<void(Login)>> onLogin_;
    std::vector<std::string> dead_;
    std::vector<std::string> secrets_;
    std::shared_ptr<Gate> refreshing_;  // the last time; open: it is over
    std::optional<Error> lastFailure_;
};

}  // namespace ninja3cx::ticketing
