#include "server/net/http.hpp"
#include "server/net/target.hpp"

#include <algorithm>

namespace ninja3cx::net {
namespace {

using Parameters = std::map<std::string, std::string>;

/// A request made by hand (a test, an internal call) may have a path only.
std::vector<std::string> segmentsOf(const HttpRequest& request) {
    if (!request.target.empty()) {
        auto target = parseTarget(request.target);
        return target ? std::move(target->segments) : std::vector<std::string>{};
    }
    std::vector<std::string> segments;
    std::string_view rest = request.path;
    while (rest.starts_with('/')) {
        rest.remove_prefix(1);
        const auto end = std::min(rest.find('/'), rest.size());
        segments.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return segments;
}

std::string join(const std::vector<std::string>& segments, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < segments.size(); ++i) text += (i == from ? "" : "/") + segments[i];
    return text;
}

/// What the pattern's {names} stand for, or nothing when it does not match. A {name} matches one segment that
/// is not empty, {name*} any rest.
std::optional<Parameters> match(std::string_view pattern, const std::vector<std::string>& segments) {
    Parameters parameters;
    std::size_t index = 0;
    while (pattern.starts_with('/')) {
        pattern.remove_prefix(1);
        const auto end = std::min(pattern.find('/'), pattern.size());
        const auto part = pattern.substr(0, end);
        pattern.remove_prefix(end);
        const bool isName = part.size() > 2 && part.front() == '{' && part.back() == '}';
        if (isName && part[part.size() - 2] == '*') {
            parameters[std::string{part.substr(1, part.size() - 3)}] = join(segments, index);
            return parameters;
        }
        if (index == segments.size()) return std::nullopt;
        const auto& segment = segments[index++];
        if (isName && !segment.empty())
            parameters[std::string{part.substr(1, part.size() - 2)}] = segment;
        else if (isName || part != segment)
            return std::nullopt;
    }
    if (index != segments.size()) return std::nullopt;
    return parameters;
}

void addMethod(std::vector<std::string>& methods, const std::string& method) {
    if (std::find(methods.begin(), methods.end(), method) == methods.end()) methods.push_back(method);
}

std::string listOf(const std::vector<std::string>& methods) {
    std::string text;
    for (const auto& method : methods) text += (text.empty() ? "" : ", ") + method;
    return text;
}

}  // namespace

void Router::add(std::string method, std::string pattern, HttpHandler handler) {
    routes_.push_back({std::move(method), std::move(pattern), std::move(handler)});
}

void Router::addWebSocket(std::string pattern, WebSocketGate gate, WebSocketHandler handler) {
    webSockets_.push_back({std::move(pattern), std::move(gate), std::move(handler)});
}

void Router::addFilter(Filter filter) {
    filters_.push_back(std::move(filter));
}

void Router::answerErrorsWith(ErrorAnswer answer) {
    errorAnswer_ = std::move(answer);
}

HttpResponse Router::errorAnswer(int status, const std::string& message) const {
    if (errorAnswer_) return errorAnswer_(status, message);
    HttpResponse response{status, {}, message + "\n"};
    response.headers.set("Content-Type", "text/plain; charset=utf-8");
    return response;
}

asio::awaitable<HttpResponse> Router::handle(HttpRequest request) const {
    return runFrom(0, std::move(request));
}

asio::awaitable<HttpResponse> Router::runFrom(std::size_t filter, HttpRequest request) const {
    if (filter == filters_.size()) co_return co_await dispatch(std::move(request));
    const HttpHandler next = [this, filter](HttpRequest passedOn) {
        return runFrom(filter + 1, std::move(passedOn));
    };
    co_return co_await filters_[filter](std::move(request), next);
}

asio::awaitable<HttpResponse> Router::dispatch(HttpRequest request) const {
    const auto segments = segmentsOf(request);
    // Before the patterns that take any address.
    for (const auto& route : webSockets_) {
        auto parameters = match(route.pattern, segments);
        if (!parameters) continue;
        request.pathParameters = std::move(*parameters);
        if (route.gate)
            if (auto refused = route.gate(request)) co_return std::move(*refused);
        auto response = errorAnswer(426, "this address is a WebSocket");
        response.headers.set("Upgrade", "websocket");
        co_return response;
    }
    std::vector<std::string> allowed;
    for (const auto& route : routes_) {
        auto parameters = match(route.pattern, segments);
        if (!parameters) continue;
        if (route.method != request.method && !(route.method == "GET" && request.method == "HEAD")) {
            addMethod(allowed, route.method);
            if (route.method == "GET") addMethod(allowed, "HEAD");
            continue;
        }
        request.pathParameters = std::move(*parameters);
        co_return co_await route.handler(std::move(request));
    }
    if (!allowed.empty()) {
        auto response = errorAnswer(405, "this address knows other methods only");
        response.headers.set("Allow", listOf(allowed));
        co_return response;
    }
    co_return errorAnswer(404, "nothing is at this address");
}

const Router::WebSocketRoute* Router::webSocketFor(HttpRequest& request) const {
    const auto segments = segmentsOf(request);
    for (const auto& route : webSockets_) {
        auto parameters = match(route.pattern, segments);
        if (!parameters) continue;
        request.pathParameters = std::move(*parameters);
        return &route;
    }
    return nullptr;
}

}  // namespace ninja3cx::net
