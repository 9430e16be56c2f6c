#include "server/telephony/pbx_requests.hpp"

#include "server/net/throttle.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;

/// Why an answer says nothing about what was asked; the same question may be asked later.
std::optional<Error> troubleIn(const Result<net::HttpResponse>& answer) {
    if (!answer) return answer.error();
    const int status = answer->status;
    if (status == 401) return Error{ErrorKind::Unauthorized, "3CX answered 401, to a fresh login too"};
    if (status == 408 || status == 429 || status >= 500)
        return Error{status == 429 ? ErrorKind::Busy : ErrorKind::Unreachable,
                     "3CX answered " + std::to_string(status)};
    if (status < 400 && net::isWebPage(*answer))
        return Error{ErrorKind::Busy, "3CX answered a web page instead of data"};
    return std::nullopt;
}

}  // namespace

PbxRequests::PbxRequests(PbxParts parts, const PbxAccess& access, PbxLogin& login, PauseLimits pauses,
                         Hooks hooks)
    : parts_(std::move(parts)),
      access_(access),
      login_(login),
      pauses_(pauses),
      hooks_(std::move(hooks)),
      hold_(parts_.executor, parts_.time) {}

void PbxRequests::stop() {
    isStopped_ = true;
    hold_.cancel();
}

std::chrono::milliseconds PbxRequests::held() const {
    return isHolding_ ? hold_.left() : 0ms;
}

void PbxRequests::holdOff(const Error& why, std::optional<std::chrono::milliseconds> told) {
    if (isHolding_ && !told) return;  // several questions met the same refusal
    if (!isHolding_) ++refusals_;
    const auto wait = std::max(pauseAfter(refusals_, told, jitter(), pauses_), held());
    parts_.log->warn("3CX: {}; nothing is asked for {} ms", why.detail, wait.count());
    isHolding_ = true;
    hold_.expireAfter(wait);
    hold_.then([this] {
        isHolding_ = false;
        hooks_.onRelease();
    });
    hooks_.onHold();
}

void PbxRequests::noteProblem() {
    auto problem = login_.problem();
    if (problem && problem != problem_) parts_.log->warn("3CX: {}", *problem);
    problem_ = std::move(problem);
}

asio::awaitable<Result<net::HttpResponse>> PbxRequests::get(std::string path) {
    for (int attempt = 0;; ++attempt) {
        const auto proof = co_await login_.get();
        if (!proof) {
            if (!isFinal(proof.error())) holdOff(proof.error(), std::nullopt);
            co_return proof.error();
        }
        net::ClientRequest request;
        request.url = access_.baseUrl + path;
        request.tls = access_.tls;
        request.totalTimeout = 10s;
        request.maxBodyBytes = 4U << 20;
        login_.sign(request.headers, *proof);
        request.headers.set("Accept", "application/json");
        auto answer = co_await parts_.http.send(std::move(request));
        const auto state = co_await asio::this_coro::cancellation_state;
        if (isStopped_ || state.cancelled() != asio::cancellation_type::none)
            co_return Error{ErrorKind::Cancelled, "stopped"};
        if (answer && answer->status == 401) {
            login_.refused(*proof);
            noteProblem();
            if (attempt == 0) continue;
        }
        if (const auto trouble = troubleIn(answer)) {
            if (!isFinal(*trouble))
                holdOff(*trouble,
                        answer ? net::retryAfterOf(*answer, parts_.time.clock().now()) : std::nullopt);
            co_return *trouble;
        }
        login_.worked(*proof);
        co_return answer;
    }
}

}  // namespace ninja3cx::telephony
