#pragma once

#include "server/net/http.hpp"
#include "shared/core/clock.hpp"

#include <chrono>
#include <optional>
#include <string_view>

/// How services and the proxies in front of them say 'not now', and what time it is where they are.
namespace ninja3cx::net {

/// Retry-After: seconds, or an HTTP date that `now` turns into a wait; at most one hour, never negative.
/// Nothing when it is neither.
std::optional<std::chrono::milliseconds> readRetryAfter(std::string_view header, SystemTime now);
/// The same of an answer; nothing when it names none.
std::optional<std::chrono::milliseconds> retryAfterOf(const HttpResponse& response, SystemTime now);

/// "Sun, 06 Nov 1994 08:49:37 GMT"; nothing where it is none.
std::optional<SystemTime> readHttpDate(std::string_view text);

/// Whether a body is a web page. Where data belongs, it comes from a proxy that throttles or has lost the
/// service.
bool isWebPage(const HttpResponse& response);

}  // namespace ninja3cx::net
