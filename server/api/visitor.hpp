#pragma once

#include "server/auth/access.hpp"
#include "server/net/http.hpp"
#include "shared/core/result.hpp"
#include "shared/protocol/codes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::api {

/// Who sent a request, and how we know.
struct Visitor {
    auth::Principal principal;
    std::optional<std::string> sessionToken;  // came with a browser's cookie
};

/// Recognises requests by "Authorization: Bearer KEY", "X-API-Key: KEY" or the session cookie. A browser
/// sends its cookie by itself, so with a cookie a write or a WebSocket must also come from one of our own
/// pages.
class Reception {
public:
    Reception(auth::Access& access, std::vector<std::string> corsOrigins)
        : access_(access), corsOrigins_(std::move(corsOrigins)) {}

    /// Unauthorized (401), Rejected (403: foreign page), Busy (429).
    Result<Visitor> identify(const net::HttpRequest& request, bool isWebSocket = false) const;
    bool isStillWelcome(const Visitor& visitor) const;

    /// No Origin header, one of the configured origins, or the server's own address.
    bool isOwnPage(const net::HttpRequest& request) const;
    bool isCorsOrigin(std::string_view origin) const;

private:
    auth::Access& access_;
    std::vector<std::string> corsOrigins_;
};

std::optional<std::string> sessionTokenOf(const net::HttpRequest& request);
std::string sessionCookie(const std::string& token, const auth::Principal& principal, bool isTls);
std::string expiredCookie(bool isTls);

/// {"error":{"code":"…","message":"…"}} with the status that fits the kind.
net::HttpResponse errorResponse(const Error& error);
net::HttpResponse errorResponse(int status, const std::string& code, const std::string& message);
/// What server/net answers by itself: no such address, a body too large, a request that cannot be read …
net::HttpResponse layerErrorResponse(int status, const std::string& message);
/// Something broke in here: the visitor learns nothing of it, the log must.
bool isServerError(ErrorKind kind);
/// The code of ErrorReply and of error responses.
protocol::RefusalCode codeOf(ErrorKind kind);

}  // namespace ninja3cx::api
