#include "server/app/commands.hpp"
#include "server/app/options.hpp"
#include "server/net/http.hpp"
#include "server/storage/data_dir.hpp"
#include "server/ticketing/ninja_tokens.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <charconv>
#include <chrono>
#include <iostream>

namespace ninja3cx::app {

namespace asio = boost::asio;

/// Waits on loopback for the browser to come back from NinjaOne's consent page.
int ninjaLogin(const Setting& setting) {
    if (!hasNinja(setting.secrets))
        return complain(
            "NINJA_CLIENT_ID and NINJA_CLIENT_SECRET are needed in the environment or server/.env",
            kBadUsage);
    const std::string portText = setting.arguments.value("port").value_or("8765");
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(portText.data(), portText.data() + portText.size(), port);
    if (failure != std::errc{} || end != portText.data() + portText.size())
        return complain("--port must be 0 to 65535", kBadUsage);
    if (auto prepared = storage::prepareDataDir(setting.dataDir); !prepared)
        return complain(prepared.error().detail);

    const RealClock clock;
    asio::io_context context{1};
    asio::thread_pool disk{1};
    net::HttpClient http{context.get_executor()};
    ticketing::NinjaTokens tokens{ninjaAccount(setting), setting.dataDir, clock, http, disk.get_executor()};
    const std::string state = randomHex(16);
    int code = kFailed;
    std::string redirectUri;
    asio::steady_timer finish{context};
    std::unique_ptr<net::HttpServer> server;
    const auto endSoon = [&] {
        finish.expires_after(std::chrono::milliseconds{100});  // the answer reaches the browser first
        finish.async_wait([&](boost::system::error_code cancelled) {
            if (!cancelled) server->stop(std::chrono::milliseconds{500});
        });
    };
    net::Router router;
    router.add("GET", "/callback", [&](net::HttpRequest request) -> asio::awaitable<net::HttpResponse> {
        net::HttpResponse response{400, {}, "This is not the answer that was waited for. Start again.\n"};
        response.headers.set("Content-Type", "text/plain; charset=utf-8");
        if (request.query["state"] != state) co_return response;
        auto done = co_await tokens.login(request.query["code"], redirectUri);
        if (done) {
            code = kDone;
            response.status = 200;
            response.body = "3cx-ninja-server is connected to NinjaOne. You may close this page.\n";
        } else {
            complain(tokens.redact(done.error().detail));
            response.body = "NinjaOne refused; the terminal says why.\n";
        }
        endSoon();
        co_return response;
    });
    net::ServerOptions options;
    options.port = port;
    server = std::make_unique<net::HttpServer>(context.get_executor(), options, std::move(router));
    redirectUri = "http://localhost:" + std::to_string(server->port()) + "/callback";
    std::cout << "Redirect URI (as registered in NinjaOne): " << redirectUri
              << "\nOpen this page, log in as the technician who shall write the tickets, and agree:\n\n  "
              << tokens.authorizeUrl(redirectUri, state) << "\n"
              << std::endl;
    asio::co_spawn(context, server->run(), [](std::exception_ptr) {});
    finish.expires_after(std::chrono::minutes{10});
    finish.async_wait([&](boost::system::error_code cancelled) {
        if (!cancelled) server->stop(std::chrono::milliseconds{0});
    });
    context.run();
    disk.join();
    if (code == kDone) std::cout << "Connected. A running server uses the new login at its next attempt.\n";
    return code;
}

}  // namespace ninja3cx::app
