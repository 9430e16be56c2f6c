#pragma once

#include "server/telephony/pbx_login.hpp"
#include "server/telephony/shared_request.hpp"
#include "shared/core/clock.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::telephony {

/// The word that a PBX before V20 answers to /api/login.
enum class LoginAnswer { Accepted = 1, WrongPassword, SecondFactor, Unknown };
LoginAnswer readLoginAnswer(int status, std::string_view body);
/// What to do about it. Empty for Accepted.
std::string loginRemedy(LoginAnswer answer);

/// The cookies that a PBX before V20 hands out: "name=value" of each Set-Cookie, as a Cookie field.
std::string cookiesOf(const net::Headers& headers);

/// A session at the management console of V16 or V18. After a 401 it logs in again, and never in a loop: a login that was
/// refused waits five minutes, then twice as long, an hour at most, since 3CX blocks addresses that guess.
///
/// Threads: network thread. Concurrent `get`s share one request.
class LegacyLogin final : public PbxLogin {
public:
    LegacyLogin(const PbxAccess& access, net::HttpTransport& http, const Clock& clock);

    /// NotFound: no /api/login here; the PBX is V20 or newer, or no 3CX.
    net::asio::awaitable<Result<std::string>> get() override;
    void sign(net::Headers& headers, const std::string& cookie) const override;
    void refused(const std::string& cookie) override;
    std::optional<std::string> problem() const override { return problem_; }
    /// Of the last login; none before the first that was answered.
    std::optional<LoginAnswer> lastAnswer() const { return lastAnswer_; }

private:
    net::asio::awaitable<Result<std::string>> logIn();

    const PbxAccess& access_;
    net::HttpTransport& http_;
    const Clock& clock_;
    std::string cookie_;  // empty: none
    std::optional<std::string> problem_;
    std::optional<LoginAnswer> lastAnswer_;
    Error failure_{ErrorKind::Busy, "3CX: waiting before the next login"};
    SteadyTime mayLogInAt_{};
    std::chrono::milliseconds pause_{0};
    std::shared_ptr<SharedRequest> request_ = std::make_shared<SharedRequest>();
};

}  // namespace ninja3cx::telephony
