#pragma once

#include "server/net/http.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>

namespace ninja3cx::net {

/// Why there is no connection.
enum class ReachProblem {
    BadAddress = 1,  // the URL, or the file of the authorities
    NoSuchName,
    Refused,   // nobody listens there
    NoAnswer,  // in time
    NoTls,     // what answers does not speak it, or broke the handshake off
    SelfSigned,
    UnknownAuthority,
    WrongName,
    Expired,
    NotYetValid,
    BadCertificate,  // for another reason
    Other,
};

struct ReachFailure {
    ReachProblem problem{};
    std::string detail;  // where and why, and what to do about a certificate
};

/// Called by result::value() on a failure; Boost finds it by argument.
[[noreturn]] inline void throw_exception_from_error(const ReachFailure& failure,
                                                    const boost::source_location&) {
    throw std::runtime_error{failure.detail};
}

/// Connects, does the TLS handshake where the URL is https, and hangs up. Nothing: it can be reached.
asio::awaitable<std::optional<ReachFailure>> reach(asio::any_io_executor executor, std::string url,
                                                   ClientTls tls, std::chrono::milliseconds timeout);

}  // namespace ninja3cx::net
