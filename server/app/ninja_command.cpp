#include "server/app/browser_wait.hpp"
#include "server/app/commands.hpp"
#include "server/app/options.hpp"
#include "server/net/http.hpp"
#include "server/storage/data_dir.hpp"
#include "server/ticketing/login_refusal.hpp"
#include "server/ticketing/ninja_tokens.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <charconv>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>

namespace ninja3cx::app {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::minutes kPatience{10};
constexpr std::size_t kMaxReason = 900;

constexpr const char* kOtherPort =
    "; run 'ninja login' again, if need be with --port N and that redirect URI in NinjaOne";
constexpr const char* kNoCode =
    "NinjaOne's answer holds neither a code nor an error: run 'ninja login' again, and compare ninja.apiUrl "
    "with the tenant's region";
constexpr const char* kAgain =
    "; run 'ninja login' again and agree within 10 minutes, in a browser on this machine; if "
    "NinjaOne showed an error, check the client id and the redirect URI there";

}  // namespace

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
    std::string redirectUri;
    Result<void> login;
    std::unique_ptr<net::HttpServer> server;
    BrowserWait wait{context, [&](std::chrono::milliseconds grace) { server->stop(grace); }};
    net::Router router;
    router.add("GET", "/callback", [&](net::HttpRequest request) -> asio::awaitable<net::HttpResponse> {
        net::HttpResponse response{400, {}, "This is not the answer that was waited for. Start again.\n"};
        response.headers.set("Content-Type", "text/plain; charset=utf-8");
        if (request.query["state"] != state) co_return response;
        const std::string code = request.query["code"];
        const std::string refusal = request.query["error"];
        if (!refusal.empty())
            login = ticketing::loginRefused(refusal, request.query["error_description"]);
        else if (code.empty())
            login = Error{ErrorKind::BadMessage, kNoCode};
        else
            login = co_await tokens.login(code, redirectUri);
        if (login) {
            response.status = 200;
            response.body = "3cx-ninja-server is connected to NinjaOne. You may close this page.\n";
        } else {
            response.body = "NinjaOne refused; the terminal says why.\n";
        }
        wait.answered();
        co_return response;
    });
    net::ServerOptions options;
    options.port = port;
    options.onProblem = [&](const std::string& problem) { complain(tokens.redact(problem)); };
    try {
        server = std::make_unique<net::HttpServer>(context.get_executor(), options, std::move(router));
    } catch (const std::runtime_error& failure) {
        return complain(std::string{failure.what()} + kOtherPort);
    }
    redirectUri = "http://localhost:" + std::to_string(server->port()) + "/callback";
    std::cout << "Redirect URI (as registered in NinjaOne): " << redirectUri
              << "\nOpen this page, log in as the technician who shall write the tickets, and agree:\n\n  "
              << tokens.authorizeUrl(redirectUri, state) << "\n"
              << std::endl;
    const Result<void> waited = wait.run(server->run(), kPatience);
    disk.join();
    if (!waited)
        return complain(waited.error().detail +
                        (waited.error().kind == ErrorKind::TimedOut ? kAgain : kOtherPort));
    if (!login) return complain(ticketing::plainLine(tokens.redact(login.error().detail), kMaxReason));
    std::cout << "Connected. A running server goes on with the new login within a minute.\n";
    return kDone;
}

}  // namespace ninja3cx::app
