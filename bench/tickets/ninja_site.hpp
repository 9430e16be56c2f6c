#pragma once

#include "bench/tickets/technician.hpp"
#include "server/net/http.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace ninja3cx::bench {

inline constexpr const char* kNinjaClientId = "sim-client";
inline constexpr const char* kNinjaClientSecret = "sim-secret";
inline constexpr const char* kNinjaRefreshToken = "sim-refresh-token";

/// NinjaOne's simulator as people meet it: its pages, and what is inside. Who meets a failure tries again for a while.
/// Network thread only.
class NinjaSite {
public:
    NinjaSite(net::asio::any_io_executor executor, std::string origin)
        : http_(executor), origin_(std::move(origin)) {}

    const std::string& origin() const { return origin_; }

    /// Every contact of the tenant, with its organisation's name.
    net::asio::awaitable<Result<std::vector<protocol::Contact>>> contacts();
    /// The board 'All tickets', newest first, as far as it shows them by now.
    net::asio::awaitable<Result<std::vector<BoardLine>>> allTickets();
    net::asio::awaitable<Result<void>> addFault(boost::json::object fault);
    net::asio::awaitable<Result<void>> removeFaults();
    net::asio::awaitable<Result<boost::json::object>> state();
    /// A person agrees on the page that `ninja login` has printed. The error says at which step it failed.
    net::asio::awaitable<Result<void>> agree(std::string page);
    /// How often NinjaOne itself was asked, the controls left out.
    std::size_t requests() const { return requests_; }

private:
    net::asio::awaitable<Result<boost::json::value>> control(std::string method, std::string path,
                                                             std::string body = {});
    net::asio::awaitable<Result<void>> logIn();
    net::asio::awaitable<Result<boost::json::value>> ask(std::string method, std::string path,
                                                         std::string body = {});
    net::asio::awaitable<Result<net::HttpResponse>> get(std::string url);

    net::HttpClient http_;
    const std::string origin_;
    std::string token_;
    std::size_t requests_ = 0;
};

}  // namespace ninja3cx::bench
