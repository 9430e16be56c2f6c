#pragma once

#include "server/net/http.hpp"
#include "server/net/stream.hpp"

namespace ninja3cx::net {

/// An address, taken apart.
struct Url {
    bool isTls = false;
    std::string host;    // a name or an IP address, without brackets
    std::string port;    // digits
    std::string origin;  // for the Host field: with brackets, with the port if it is not the usual one
    std::string target;  // path and query, at least "/"
};

/// `scheme` is "http" or "ws"; with an "s" it means TLS. BadMessage when it is no such address.
Result<Url> parseUrl(std::string_view text, std::string_view scheme);

/// BadMessage when the authorities cannot be read.
Result<std::shared_ptr<asio::ssl::context>> makeClientContext(const ClientTls& tls);

/// A connection, TLS handshake done; all failures are Unreachable. `context` is null for plain ones.
asio::awaitable<Result<Stream>> dial(asio::any_io_executor executor, Url url,
                                     std::shared_ptr<asio::ssl::context> context,
                                     std::chrono::milliseconds timeout);

}  // namespace ninja3cx::net
