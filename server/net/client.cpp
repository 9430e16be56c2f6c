#include "server/net/dial.hpp"
#include "server/net/http.hpp"
#include "server/net/stream.hpp"

#include <boost/asio/ssl/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace ninja3cx::net {
namespace {

namespace http = boost::beast::http;
constexpr std::size_t kReadPart = 64U << 10;
constexpr std::uint32_t kMaxHeaderBytes = 64U << 10;

bool hasLineBreak(std::string_view text) {
    return text.find_first_of(std::string_view{"\r\n\0", 3}) != text.npos;
}

bool isSendable(const ClientRequest& request) {
    const auto& fields = request.headers.all();
    return !hasLineBreak(request.method) && std::none_of(fields.begin(), fields.end(), [](const auto& field) {
        return hasLineBreak(field.first) || hasLineBreak(field.second);
    });
}

std::string requestText(const ClientRequest& request, const Url& url) {
    auto headers = request.headers;
    headers.set("Host", url.origin);
    headers.set("Connection", "close");
    if (!headers.get("User-Agent")) headers.set("User-Agent", "3cx-ninja");
    const bool hasBody = !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
                         request.method == "PATCH";
    if (hasBody) headers.set("Content-Length", std::to_string(request.body.size()));
    std::string text = request.method + " " + url.target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : headers.all()) text += name + ": " + value + "\r\n";
    return text + "\r\n" + request.body;
}

Error unknown(const Url& url, const std::string& why) {
    return {ErrorKind::OutcomeUnknown, url.origin + ": " + why};
}

/// One whole answer, interim ones (1xx) skipped.
asio::awaitable<Result<HttpResponse>> readResponse(Stream stream, Url url, std::string method,
                                                   std::size_t maxBodyBytes) {
    boost::beast::flat_buffer buffer;
    for (;;) {
        http::response_parser<http::string_body> parser;
        parser.eager(true);
        parser.header_limit(kMaxHeaderBytes);
        parser.body_limit(maxBodyBytes);
        parser.skip(method == "HEAD");
        bool needsMore = buffer.size() == 0;
        while (!parser.is_done()) {
            error_code error;
            if (needsMore) {
                const auto [readError, count] = co_await stream.readSome(buffer.prepare(kReadPart));
                buffer.commit(count);
                if (readError == asio::error::eof && parser.is_header_done() && parser.need_eof())
                    parser.put_eof(error);
                else if (readError)
                    co_return unknown(url, "no complete answer: " + readError.message());
                if (error) co_return unknown(url, "no complete answer: " + error.message());
                if (readError) break;
            }
            buffer.consume(parser.put(buffer.data(), error));
            if (error && error != http::error::need_more)
                co_return unknown(url, "an answer that cannot be read: " + error.message());
            needsMore = true;
        }
        auto message = parser.release();
        if (message.result_int() / 100 == 1) continue;
        HttpResponse response;
        response.status = static_cast<int>(message.result_int());
        for (const auto& field : message)
            response.headers.add(std::string{field.name_string()}, std::string{field.value()});
        response.body = std::move(message.body());
        co_return response;
    }
}

/// Sends and reads the answer; ends within `left`.
asio::awaitable<Result<HttpResponse>> exchange(Stream stream, Url url, ClientRequest request,
                                               std::chrono::milliseconds left) {
    Deadline deadline{stream, left};
    const auto writeError = co_await writeAll(stream, requestText(request, url), left);
    // An early answer (413, 401) may come with the connection closed against our writing: it is worth
    // reading.
    auto response = co_await readResponse(stream, url, request.method, request.maxBodyBytes);
    if (!response && deadline.hasExpired()) co_return unknown(url, "no answer in time");
    if (!response && writeError) co_return unknown(url, "the request was cut off: " + writeError.message());
    stream.close();
    co_return response;
}

}  // namespace

/// One TLS context for each way of judging certificates; made anew when the CA file changes.
class HttpClient::Contexts {
public:
    Result<std::shared_ptr<asio::ssl::context>> contextFor(const ClientTls& tls) {
        std::error_code ignored;
        const auto changed = tls.caFile ? std::filesystem::last_write_time(*tls.caFile, ignored)
                                        : std::filesystem::file_time_type{};
        auto& entry = entries_[{tls.caFile.value_or(""), tls.acceptsAny}];
        if (!entry.context || entry.changed != changed) {
            auto made = makeClientContext(tls);
            if (!made) return made.error();
            entry = {std::move(*made), changed};
        }
        return entry.context;
    }

private:
    struct Entry {
        std::shared_ptr<asio::ssl::context> context;
        std::filesystem::file_time_type changed;
    };
    std::map<std::pair<std::filesystem::path, bool>, Entry> entries_;
};

HttpClient::HttpClient(asio::any_io_executor executor)
    : executor_(std::move(executor)), contexts_(std::make_shared<Contexts>()) {}

asio::awaitable<Result<HttpResponse>> HttpClient::send(ClientRequest request) {
    const auto executor = executor_;
    const auto contexts = contexts_;
    const auto start = std::chrono::steady_clock::now();
    const auto url = parseUrl(request.url, "http");
    if (!url) co_return Error{ErrorKind::Unreachable, url.error().detail};
    if (!isSendable(request)) co_return Error{ErrorKind::Unreachable, "a line break in a header field"};
    std::shared_ptr<asio::ssl::context> context;
    if (url->isTls) {
        auto made = contexts->contextFor(request.tls);
        if (!made) co_return Error{ErrorKind::Unreachable, made.error().detail};
        context = std::move(*made);
    }
    const Error cancelledBefore{ErrorKind::Unreachable, url->origin + ": cancelled before anything was sent"};
    auto dialling = whenCancelled(
        cancelledBefore, dial(executor, *url, context, std::min(request.connectTimeout, request.totalTimeout),
                              request.mayReach));
    auto stream = co_await std::move(dialling);
    if (!stream) co_return stream.error();
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return cancelledBefore;

    const auto used =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    const auto left = request.totalTimeout - used;
    if (left.count() <= 0) co_return Error{ErrorKind::Unreachable, url->origin + ": no connection in time"};
    auto exchanging = whenCancelled(unknown(*url, "cancelled before the answer was there"),
                                    exchange(*stream, *url, std::move(request), left));
    co_return co_await std::move(exchanging);
}

}  // namespace ninja3cx::net
