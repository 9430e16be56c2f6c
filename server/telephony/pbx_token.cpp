#include "server/telephony/pbx_token.hpp"

#include "server/net/throttle.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds kFirstPause = 1s;
constexpr std::chrono::milliseconds kLongestPause = 60s;
constexpr std::chrono::milliseconds kLongestRefusedPause = 30min;  // 3CX blocks addresses that guess
constexpr std::chrono::milliseconds kLongestEndedPause = 30s;
constexpr std::chrono::milliseconds kSoonEnded = 60s;  // twice within it: somebody else mints too
constexpr std::chrono::milliseconds kProblemLasts = 10min;

/// Whichever says more: a proxy's date may be right where the PBX's is not.
std::optional<std::chrono::milliseconds> clockAhead(const net::HttpResponse& answer,
                                                    std::optional<SystemTime> issuedAt, SystemTime now) {
    const auto written = answer.headers.get("Date");
    const auto date = written ? net::readHttpDate(*written) : std::nullopt;
    std::optional<std::chrono::milliseconds> most;
    for (const auto& theirs : {date, issuedAt}) {
        if (!theirs) continue;
        const std::chrono::milliseconds ahead = *theirs - now;
        if (!most || std::chrono::abs(ahead) > std::chrono::abs(*most)) most = ahead;
    }
    return most;
}

}  // namespace

PbxToken::PbxToken(const PbxAccess& access, net::HttpTransport& http, const Clock& clock)
    : access_(access), http_(http), clock_(clock) {}

net::asio::awaitable<Result<std::string>> PbxToken::get() {
    if (token_ && clock_.steady() < renewAt_) co_return token_->value;
    if (const auto request = request_; request->isUnderWay()) {
        if (isValid()) co_return token_->value;
        auto ending = SharedRequest::ended(request);
        const bool isOver = co_await std::move(ending);
        if (!isOver) co_return Error{ErrorKind::Cancelled, "3CX: stopped while waiting for a token"};
        if (isValid()) co_return token_->value;
        co_return request->failure.value_or(Error{ErrorKind::Busy, "3CX: no token was to be had"});
    }
    if (access_.clientId.empty())
        co_return Error{ErrorKind::Unauthorized,
                        "3CX: no API client is set: PBX_CLIENT_ID, PBX_CLIENT_SECRET"};
    if (clock_.steady() < mayMintAt_) {
        if (isValid()) co_return token_->value;
        co_return Error{ErrorKind::Busy, "3CX: waiting before the next attempt at a token"};
    }
    const auto executor = co_await net::asio::this_coro::executor;
    const auto request = request_ = std::make_shared<SharedRequest>();
    const SharedRequest::Making making{request, executor};
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
        const bool isRefused = minted.error().kind == ErrorKind::Unauthorized;
        pause_ = std::clamp<std::chrono::milliseconds>(pause_ * 2, kFirstPause,
                                                       isRefused ? kLongestRefusedPause : kLongestPause);
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
    if (answer)
        lastAnswer_ = {answer->status, answer->status == 200 ? std::string{} : answer->body,
                       clockAhead(*answer, std::nullopt, clock_.now())};
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
    hasWorked_ = false;
    lastAnswer_.clockAhead = clockAhead(*answer, token->issuedAt, clock_.now());
    const std::chrono::milliseconds lifetime = token->lifetime;
    renewAt_ = clock_.steady() + lifetime * 85 / 100;
    expiresAt_ = clock_.steady() + lifetime;
    co_return token_->value;
}

void PbxToken::sign(net::Headers& headers, const std::string& token) const {
    headers.set("Authorization", "Bearer " + token);
}

void PbxToken::worked(const std::string& token) {
    if (token_ && token_->value == token) hasWorked_ = true;
}

void PbxToken::discard(const std::string& token) {
    if (token_ && token_->value == token) token_.reset();
}

void PbxToken::refused(const std::string& token) {
    if (!token_ || token_->value != token) return;
    const SteadyTime now = clock_.steady();
    const bool wasEnded = hasWorked_ && now < renewAt_;
    token_.reset();
    if (!wasEnded) return;
    const bool isAgain = endedAt_ && now - *endedAt_ <= kSoonEnded + endedPause_;
    endedAt_ = now;
    endedPause_ =
        isAgain ? std::clamp<std::chrono::milliseconds>(endedPause_ * 2, kFirstPause, kLongestEndedPause)
                : 0ms;
    if (!isAgain) return;
    isSharedSince_ = now;
    mayMintAt_ = std::max(mayMintAt_, now + endedPause_);
}

std::optional<std::string> PbxToken::problem() const {
    if (!isSharedSince_ || clock_.steady() - *isSharedSince_ > kProblemLasts) return std::nullopt;
    return "client id used twice: another program asks for tokens of API client " + access_.clientId +
           " too, and each new token ends the other's; give every program an API client of its own in 3CX";
}

}  // namespace ninja3cx::telephony
