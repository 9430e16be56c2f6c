#pragma once

#include "server/net/http.hpp"
#include "server/tests/net/loop.hpp"

#include <string>

namespace ninja3cx::net {

/// A server on a free port, and what it takes to talk to it.
struct RunningServer {
    RunningServer(Loop& network, Router router, ServerOptions options = {})
        : loop(network), server(network.executor(), std::move(options), std::move(router)) {
        asio::co_spawn(loop.context(), server.run(), [this](std::exception_ptr) { hasEnded = true; });
    }
    ~RunningServer() { stop(); }

    void stop(std::chrono::milliseconds grace = std::chrono::milliseconds{0}) {
        server.stop(grace);
        loop.runUntil([this] { return hasEnded; });
    }
    std::string url(const std::string& path, const std::string& scheme = "http") const {
        return scheme + "://127.0.0.1:" + std::to_string(server.port()) + path;
    }
    Result<HttpResponse> send(ClientRequest request) {
        HttpClient client{loop.executor()};
        return loop.get(client.send(std::move(request)));
    }
    Result<HttpResponse> get(const std::string& path, const std::string& method = "GET") {
        ClientRequest request;
        request.method = method;
        request.url = url(path);
        return send(std::move(request));
    }

    Loop& loop;
    HttpServer server;
    bool hasEnded = false;
};

inline HttpHandler answering(HttpResponse response) {
    return [response](HttpRequest) -> asio::awaitable<HttpResponse> { co_return response; };
}

/// Sends back what it gets.
inline WebSocketHandler echo() {
    return [](HttpRequest, std::shared_ptr<WebSocketConnection> socket) -> asio::awaitable<void> {
        for (;;) {
            auto message = co_await socket->receive();
            if (!message) co_return;
            if (message->isBinary)
                socket->sendBinary(std::move(message->data));
            else
                socket->sendText(std::move(message->data));
        }
    };
}

}  // namespace ninja3cx::net
