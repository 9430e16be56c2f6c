#pragma once

#include "server/net/http.hpp"
#include "server/net/reach.hpp"
#include "server/net/stream.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <utility>

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

/// A coroutine that was cancelled throws where it would wait next: then the error is this one.
template <class T>
asio::awaitable<Result<T>> whenCancelled(Error error, asio::awaitable<Result<T>> step) {
    try {
        co_return co_await std::move(step);
    } catch (const boost::system::system_error& thrown) {
        if (thrown.code() != asio::error::operation_aborted) throw;
    }
    co_return error;
}

/// A connection, or why there is none.
using Dialled = boost::system::result<Stream, ReachFailure>;
asio::awaitable<Dialled> dialOrSayWhy(asio::any_io_executor executor, Url url,
                                      std::shared_ptr<asio::ssl::context> context,
                                      std::chrono::milliseconds timeout, AddressRule mayReach);

/// A connection, TLS handshake done; all failures are Unreachable. `context` is null for plain ones, `mayReach` for any
/// address.
asio::awaitable<Result<Stream>> dial(asio::any_io_executor executor, Url url,
                                     std::shared_ptr<asio::ssl::context> context,
                                     std::chrono::milliseconds timeout, AddressRule mayReach);

}  // namespace ninja3cx::net
