#include "server/telephony/pbx_token.hpp"

#include "server/net/throttle.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds kFirstPause = 1s;
constexpr std::chrono::milliseconds kLongestPause = 60s;

}  // namespace

/// Lets those who wait for the token go on, however the request ends.
class PbxToken::Minting {
public:
    Minting(std::shared_ptr<Request> request, const net::asio::any_io_executor& executor)
        : request_(std::move(request)) {
        request_->end.emplace(executor, net::asio::steady_timer::time_point::max());
    }
    ~Minting() { request_->end.reset(); }
    Minting(const Minting&) = delete;
    Minting& operator=(const Minting&) = delete;

private:
    std::shared_ptr<Request> request_;
};

PbxToken::PbxToken(const PbxAccess& access, net::HttpTransport& http, const Clock& clock)
    : access_(access), http_(http), clock_(clock) {}

net::asio::awaitable<Result<std::string>> PbxToken::get() {
    if (token_ && clock_.steady() < renewAt_) co_return token_->value;
    if (const auto request = request_; request->end) {
        if (isValid()) co_return token_->value;
        co_await request->end->async_wait(net::asio::as_tuple(net::asio::use_awaitable));
        const auto state = co_await net::asio::this_coro::cancellation_state;
        if (state.cancelled() != net::asio::cancellation_type::none)
            co_return Error{ErrorKind::Cancelled, "3CX: stopped while waiting for a token"};
        if (isValid()) co_return token_->value;
        co_return request->failure;
    }
    if (clock_.steady() < mayMintAt_) {
        if (isValid()) co_return token_->value;
        co_return Error{ErrorKind::Busy, "3CX: waiting before the next attempt at a token"};
    }
    const auto executor = co_await net::asio::this_coro::executor;
    const auto request = request_ = std::make_shared<Request>();
    const Minting minting{request, executor};
    told_ = 0ms;
    mayMintAt_ = clock_.steady() + kFirstPause;
    auto minted = co_await mint();
    if (minted) {
        pause_ = 0ms;
        mayMintAt_ = clock_.steady() + kFirstPause;
    } else if (minted.error().kind == ErrorKind::Cancelled) {
        // Who was stopped was stopped alone, and the PBX refused nothing; it may have been asked all the same.
        mayMintAt_ = clock_.steady() + std::max(pause_, kFirstPause);
    } else {
        pause_ = std::clamp<std::chrono::milliseconds>(pause_ * 2, kFirstPause, kLongestPause);
        mayMintAt_ = clock_.steady() + std::max(pause_, told_);
        request->failure = minted.error();
        if (isValid()) co_return token_->value;
    }
    co_return minted;
}

bool PbxToken::isValid() const {
    return token_ && clock_.steady() < expiresAt_;
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
    const auto state = co_await net::asio::this_coro::cancellation_state;
    if (!answer && state.cancelled() != net::asio::cancellation_type::none)
        co_return Error{ErrorKind::Cancelled, "3CX: stopped while asking for a token"};
    if (!answer) co_return inContext("3CX token", answer.error());
    told_ = net::retryAfterOf(*answer, clock_.now()).value_or(0ms);
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
    const std::chrono::milliseconds lifetime = token->lifetime;
    renewAt_ = clock_.steady() + lifetime * 85 / 100;
    expiresAt_ = clock_.steady() + lifetime;
    co_return token_->value;
}

void PbxToken::refused(const std::string& token) {
    if (token_ && token_->value == token) token_.reset();
}

}  // namespace ninja3cx::telephony
