#include "server/app/port_check.hpp"

#include "server/app/wait_for.hpp"
#include "server/net/http.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace ninja3cx::app {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

std::string textIn(const boost::json::object& object, std::string_view name) {
    const auto* found = object.if_contains(name);
    return found && found->is_string() ? std::string{found->get_string()} : std::string{};
}

/// Nothing when it is none of ours.
std::optional<RunningServer> healthAt(const std::string& origin) {
    asio::io_context context{1};
    net::HttpClient http{context.get_executor()};
    net::ClientRequest request;
    request.url = origin + "/health";
    request.tls.acceptsAny = true;  // nothing is told, and the answer decides nothing but a sentence
    request.connectTimeout = std::chrono::seconds{2};
    request.totalTimeout = std::chrono::seconds{3};
    const auto answer = waitFor(context, http.send(std::move(request)));
    if (!answer || answer->status != 200) return std::nullopt;
    error_code failure;
    const auto health = boost::json::parse(answer->body, failure);
    if (failure || !health.is_object()) return std::nullopt;
    const auto& body = health.get_object();
    RunningServer running{origin,
                          textIn(body, "version"),
                          textIn(body, "status"),
                          textIn(body, "problem"),
                          textIn(body, "ninja"),
                          textIn(body, "ninjaWarning")};
    if (textIn(body, "program") != "3cx-ninja-server" || running.version.empty()) return std::nullopt;
    return running;
}

std::optional<RunningServer> ask(const asio::ip::address& address, std::uint16_t port) {
    std::string host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
    if (address.is_unspecified()) host = address.is_v6() ? "[::1]" : "127.0.0.1";
    const std::string place = host + ":" + std::to_string(port);
    // The running server may have been started with other files, with or without TLS. The wrong guess costs a
    // server with TLS a warning in its log, one without it nothing.
    for (const char* scheme : {"https://", "http://"})
        if (auto running = healthAt(scheme + place)) return running;
    return std::nullopt;
}

}  // namespace

PortUse portUseOf(const error_code& failure) {
    namespace errc = boost::system::errc;
    if (!failure) return PortUse::Free;
    if (failure == errc::address_in_use) return PortUse::OtherProgram;
    if (failure == errc::permission_denied || failure == errc::operation_not_permitted)
        return PortUse::NotAllowed;
    if (failure == errc::address_not_available) return PortUse::NotOurAddress;
    return PortUse::Unknown;
}

PortState lookAtPort(const config::ServerSettings& server) {
    error_code failure;
    const auto address = asio::ip::make_address(server.address, failure);
    if (failure) return {PortUse::Unknown, failure.message()};
    {
        asio::io_context context;
        using asio::ip::tcp;
        tcp::acceptor acceptor{context};
        const tcp::endpoint endpoint{address, server.port};
        acceptor.open(endpoint.protocol(), failure);
        if (!failure) acceptor.set_option(tcp::acceptor::reuse_address{true}, failure);
        if (!failure) acceptor.bind(endpoint, failure);
        if (!failure) acceptor.listen(1, failure);
    }
    const PortUse use = portUseOf(failure);
    if (use != PortUse::OtherProgram) return {use, use == PortUse::Free ? "" : failure.message()};
    if (auto running = ask(address, server.port)) return {PortUse::OurServer, running->version};
    return {use, failure.message()};
}

std::optional<RunningServer> askRunningServer(const config::ServerSettings& server) {
    error_code failure;
    const auto address = asio::ip::make_address(server.address, failure);
    if (failure) return std::nullopt;
    return ask(address, server.port);
}

bool isLoopback(const std::string& address) {
    error_code failure;
    const auto parsed = asio::ip::make_address(address, failure);
    return !failure && parsed.is_loopback();
}

std::optional<std::string> warningOfReach(const config::ServerSettings& server) {
    if (isLoopback(server.address) || !server.tls.certificateFile.empty()) return std::nullopt;
    return "other computers reach this server without encryption: keys and calls can be read on the network; "
           "'3cx-ninja-server tls selfsign' makes what server.tls needs";
}

}  // namespace ninja3cx::app
