#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>

namespace ninja3cx {

enum class ErrorKind {
    Unreachable = 1,  // no connection, nothing was sent
    TimedOut,         // sent, no answer in time
    OutcomeUnknown,   // the other side may or may not have done it: look before any repeat
    Rejected,         // understood and refused
    Unauthorized,     // the other side wants another key or token
    BadMessage,       // what came is not what was agreed (JSON, frames, files, configuration)
    Busy,             // a bounded queue is full, or the other side throttles
    NotFound,
    Io,        // disk or operating system
    Conflict,  // somebody else changed it first
    Cancelled,
};

/// An expected failure. `detail` says what, where and what to do; it is for logs and for the person at the
/// terminal, and never parsed. It holds no personal data and no secret.
struct Error {
    ErrorKind kind;
    std::string detail;
    bool operator==(const Error&) const = default;
};

/// A value, or why there is none. Use only what std::expected has as well: `if (!r)`, `*r`, `r->`, `r.error()`.
template <class T>
using Result = boost::system::result<T, Error>;

/// Called by Result::value() on a failure; Boost finds it by argument.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error{error.detail};
}

/// `error` with the place it happened put before its text.
inline Error inContext(const std::string& where, Error error) {
    error.detail = where + ": " + error.detail;
    return error;
}

}  // namespace ninja3cx
