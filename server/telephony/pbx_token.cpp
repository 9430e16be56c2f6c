#include "server/telephony/pbx_token.hpp"

#include <algorithm>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds kFirstPause = 1s;
constexpr std::chrono::milliseconds kLongestPause = 60s;

}  // namespace

PbxToken::PbxToken(const PbxAccess& access, net::HttpTransport& http, const Clock& clock)
    : access_(access), http_(http), clock_(clock) {}

net::asio::awaitable<Result<std::string>> PbxToken::get() {
    const SteadyTime now = clock_.steady();
    if (token_ && now < renewAt_) co_return token_->value;
    if (isMinting_) {
        if (token_) co_return token_->value;  // still valid: only due for renewal
        co_return Error{ErrorKind::Busy, "3CX: a token is already being fetched"};
    }
    if (now < mayMintAt_) co_return Error{ErrorKind::Busy, "3CX: waiting before the next attempt at a token"};
    isMinting_ = true;
    auto minted = co_await mint();
    isMinting_ = false;
    if (minted) {
        pause_ = 0ms;
        mayMintAt_ = clock_.steady() + kFirstPause;
    } else {
        pause_ = std::clamp<std::chrono::milliseconds>(pause_ * 2, kFirstPause, kLongestPause);
        mayMintAt_ = clock_.steady() + pause_;
    }
    co_return minted;
}

net::asio::awaitable<Result<std::string>> PbxToken::mint() {
    net::ClientRequest request;
    request.method = "POST";
    request.url = access_.baseUrl + "/connect/token";
    request.tls = access_.tls;
    request.totalTimeout = 10s;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.headers.set("Accept", "application/json");
    request.body = net::formEncode({{"grant_type", "client_credentials"},
                                    {"client_id", access_.clientId},
                                    {"client_secret", access_.clientSecret}});
    auto answer = co_await http_.send(std::move(request));
    if (!answer) co_return inContext("3CX token", answer.error());
    if (answer->status == 404)
        co_return Error{ErrorKind::NotFound,
                        "3CX: no /connect/token here; the PBX is older than V20 or not a 3CX"};
    if (answer->status == 400 || answer->status == 401 || answer->status == 403)
        co_return Error{ErrorKind::Unauthorized, "3CX refuses the client id or its key (status " +
                                                     std::to_string(answer->status) +
                                                     "): check PBX_CLIENT_ID, PBX_CLIENT_SECRET"};
    if (answer->status != 200)
        co_return Error{ErrorKind::Unreachable,
                        "3CX answered " + std::to_string(answer->status) + " to the token request"};
    auto token = parseToken(answer->body);
    if (!token) co_return token.error();
    token_ = *token;
    renewAt_ =
        clock_.steady() + std::chrono::duration_cast<std::chrono::milliseconds>(token->lifetime) * 85 / 100;
    co_return token_->value;
}

void PbxToken::refused(const std::string& token) {
    if (token_ && token_->value == token) token_.reset();
}

}  // namespace ninja3cx::telephony
