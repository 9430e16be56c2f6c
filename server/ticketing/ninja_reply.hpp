#pragma once

#include "server/net/http.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <boost/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What an answer of NinjaOne means for the caller. Pure; read leniently, for the API has four error shapes
/// and sometimes a web page.
namespace ninja3cx::ticketing {

enum class ReplyKind {
    Ok = 1,
    Unreachable,  // nothing was sent
    NeedsLogin,   // nothing was sent: no usable refresh token
    Expired,      // 401: the access token was refused, before anything was handled
    Throttled,    // 429: refused before it was handled
    Page,         // 503, or a web page where JSON belongs: throttled as a rule, but not for certain
    UserContext,  // 403 user_context_required: a machine token where a user's is wanted
    Forbidden,    // another 403
    Refused,      // understood and refused (400, 404, 409, 415 …)
    Unclear,      // 5xx, reset, timed out, or an answer that cannot be read: it may have been handled
};

struct Reply {
    ReplyKind kind{};
    int status = 0;
    boost::json::value body;
    std::size_t bytes = 0;  // of a large body; else 0
    std::optional<std::chrono::milliseconds> retryAfter;
    std::string resultCode;
    std::string field;   // of the request that the refusal names, e.g. "subject"; empty: none known
    std::string detail;  // status, NinjaOne's own text and its incident number; at most some hundred bytes
};

/// `now` turns a Retry-After that is a date into a wait.
Reply readReply(const Result<net::HttpResponse>& answer, SystemTime now);

/// The field of a new ticket that an error text speaks of, or empty.
std::string fieldNamedIn(std::string_view text);

/// A failed read as an error of ours.
Error toError(const Reply& reply, const std::string& where);

}  // namespace ninja3cx::ticketing
