#include "server/telephony/legacy_login.hpp"

#include "server/net/throttle.hpp"
#include "shared/core/text.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds kFirstPause = 1s;  // PBX out of reach, session ended early
constexpr milliseconds kLongestPause = 60s;
constexpr milliseconds kFirstRefusedPause = 5min;
constexpr milliseconds kLongestRefusedPause = 1h;

}  // namespace

LoginAnswer readLoginAnswer(int status, std::string_view body) {
    const std::string word = lowered(trimmed(body));
    if (status == 200 && word.find("authsuccess") != word.npos) return LoginAnswer::Accepted;
    for (const char* const sign :
         {"2fa", "secondfactor", "second factor", "twofactor", "otp", "securitycode"})
        if (word.find(sign) != word.npos) return LoginAnswer::SecondFactor;
    if (status == 401 || status == 403 || word.find("authfailed") != word.npos)
        return LoginAnswer::WrongPassword;
    return LoginAnswer::Unknown;
}

std::string loginRemedy(LoginAnswer answer) {
    switch (answer) {
        case LoginAnswer::Accepted:
            return "";
        case LoginAnswer::WrongPassword:
            return "compare PBX_USER and PBX_PASSWORD with a user of the 3CX management console";
        case LoginAnswer::SecondFactor:
            return "this console user needs a second factor, which a program does not have: give PBX_USER "
                   "and "
                   "PBX_PASSWORD of a console user of its own without one";
        case LoginAnswer::Unknown:
            break;
    }
    return "log in to the management console with PBX_USER and PBX_PASSWORD in a browser, and see what it "
           "asks for";
}

std::string cookiesOf(const net::Headers& headers) {
    std::string cookies;
    for (const auto& [name, value] : headers.all()) {
        if (!isSameWord(name, "Set-Cookie")) continue;
        const std::string_view pair = trimmed(std::string_view{value}.substr(0, value.find(';')));
        if (pair.find('=') == pair.npos || pair.starts_with('=')) continue;
        cookies += (cookies.empty() ? "" : "; ") + std::string{pair};
    }
    return cookies;
}

LegacyLogin::LegacyLogin(const PbxAccess& access, net::HttpTransport& http, const Clock& clock)
    : access_(access), http_(http), clock_(clock) {}

asio::awaitable<Result<std::string>> LegacyLogin::get() {
    if (!cookie_.empty()) co_return cookie_;
    if (request_->isUnderWay()) {
        auto ending = SharedRequest::ended(request_);
        const bool isOver = co_await std::move(ending);
        if (!isOver) co_return Error{ErrorKind::Cancelled, "3CX: stopped while waiting for a login"};
        if (!cookie_.empty()) co_return cookie_;
        co_return failure_;
    }
    if (access_.user.empty() || access_.password.empty())
        co_return Error{
            ErrorKind::Unauthorized,
            "3CX: this PBX is older than V20; set PBX_USER and PBX_PASSWORD of its management console"};
    if (clock_.steady() < mayLogInAt_)
        co_return Error{ErrorKind::Busy, "3CX: waiting before the next login (" + failure_.detail + ")"};
    const auto executor = co_await asio::this_coro::executor;
    request_ = std::make_shared<SharedRequest>();
    const SharedRequest::Making making{request_, executor};
    mayLogInAt_ = clock_.steady() + std::max(pause_, kFirstPause);
    auto cookie = co_await logIn();
    if (cookie) {
        cookie_ = *cookie;
        problem_.reset();
    } else if (cookie.error().kind != ErrorKind::Cancelled) {
        const bool isRefused = cookie.error().kind == ErrorKind::Unauthorized;
        pause_ = isRefused ? std::clamp(pause_ * 2, kFirstRefusedPause, kLongestRefusedPause)
                           : std::clamp(pause_ * 2, kFirstPause, kLongestPause);
        mayLogInAt_ = std::max(mayLogInAt_, clock_.steady() + pause_);
        failure_ = cookie.error();
        if (isRefused) problem_ = cookie.error().detail;
    }
    co_return cookie;
}

asio::awaitable<Result<std::string>> LegacyLogin::logIn() {
    net::ClientRequest request;
    request.method = "POST";
    request.url = access_.baseUrl + "/api/login";
    request.tls = access_.tls;
    request.totalTimeout = 10s;
    request.headers.set("Content-Type", "application/json");
    request.body = boost::json::serialize(
        boost::json::object{{"Username", access_.user}, {"Password", access_.password}});
    auto answer = co_await http_.send(std::move(request));
    const auto state = co_await asio::this_coro::cancellation_state;
    if (!answer && state.cancelled() != asio::cancellation_type::none)
        co_return Error{ErrorKind::Cancelled, "3CX: stopped while logging in"};
    if (!answer) co_return inContext("3CX login", answer.error());
    if (answer->status == 404)
        co_return Error{ErrorKind::NotFound, "3CX: no /api/login here; the PBX is V20 or newer, or no 3CX"};
    if (answer->status == 429 || answer->status >= 500) {
        const auto told = net::retryAfterOf(*answer, clock_.now());
        if (told) mayLogInAt_ = clock_.steady() + *told;
        co_return Error{ErrorKind::Unreachable,
                        "3CX answered " + std::to_string(answer->status) + " to the login"};
    }
    const LoginAnswer said = readLoginAnswer(answer->status, answer->body);
    lastAnswer_ = said;
    std::string cookies = said == LoginAnswer::Accepted ? cookiesOf(answer->headers) : std::string{};
    if (!cookies.empty()) co_return cookies;
    const std::string what = said == LoginAnswer::SecondFactor
                                 ? "the management console wants a second factor"
                                 : "the management console refuses PBX_USER";
    co_return Error{ErrorKind::Unauthorized,
                    what + ": " + loginRemedy(said == LoginAnswer::Accepted ? LoginAnswer::Unknown : said)};
}

void LegacyLogin::sign(net::Headers& headers, const std::string& cookie) const {
    headers.set("Cookie", cookie);
}

void LegacyLogin::refused(const std::string& cookie) {
    if (cookie_ != cookie) return;
    cookie_.clear();
    // A session that is refused at once does not come of logging in again and again.
    const bool isEarly = clock_.steady() < mayLogInAt_;
    pause_ = isEarly ? std::clamp(pause_ * 2, kFirstPause, kLongestPause) : 0ms;
    if (isEarly) mayLogInAt_ = clock_.steady() + pause_;
}

}  // namespace ninja3cx::telephony
