#pragma once

#include "server/net/http.hpp"
#include "server/telephony/pbx_token.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace ninja3cx::telephony {

/// A GET to the PBX, beside the following of calls.
struct PbxQuestion {
    std::string path;  // "/xapi/v1/Users"
    std::size_t maxBytes = 4U << 20;
    std::chrono::milliseconds timeout{10'000};
    std::string accept = "application/json";
};
using AskPbx = std::function<net::asio::awaitable<Result<net::HttpResponse>>(PbxQuestion)>;

/// Asks with the one live token of the API client. A 401 is an answer like others: the token may be good for Call Control
/// alone, and a fresh one would kill the one that calls are followed with. `access`, `token` and `http` outlive it.
AskPbx askPbxWith(const PbxAccess& access, PbxToken& token, net::HttpTransport& http);

}  // namespace ninja3cx::telephony
