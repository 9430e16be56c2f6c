#include "server/telephony/pbx_question.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;

asio::awaitable<Result<net::HttpResponse>> ask(const PbxAccess& access, PbxToken& token,
                                               net::HttpTransport& http, PbxQuestion question) {
    const auto live = co_await token.get();
    if (!live) co_return live.error();
    net::ClientRequest request;
    request.url = access.baseUrl + question.path;
    request.tls = access.tls;
    request.totalTimeout = question.timeout;
    request.maxBodyBytes = question.maxBytes;
    request.headers.set("Authorization", "Bearer " + *live);
    request.headers.set("Accept", question.accept);
    auto answer = co_await http.send(std::move(request));
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return Error{ErrorKind::Cancelled, "stopped"};
    co_return answer;
}

}  // namespace

AskPbx askPbxWith(const PbxAccess& access, PbxToken& token, net::HttpTransport& http) {
    return [&access, &token, &http](PbxQuestion question) {
        return ask(access, token, http, std::move(question));
    };
}

}  // namespace ninja3cx::telephony
