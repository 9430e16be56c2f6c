#include "server/api/visitor.hpp"

#include "server/auth/sessions.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>

namespace ninja3cx::api {
namespace {

using protocol::RefusalCode;

constexpr std::string_view kCookie = "ninja3cx_session";

std::optional<std::string> keyOf(const net::HttpRequest& request) {
    if (const auto header = request.headers.get("Authorization")) {
        constexpr std::string_view kBearer = "Bearer ";
        // Another scheme is no key of ours, and wrong rather than absent.
        return header->starts_with(kBearer) ? header->substr(kBearer.size()) : std::string{};
    }
    return request.headers.get("X-API-Key");
}

bool isWrite(const net::HttpRequest& request) {
    return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

}  // namespace

std::optional<std::string> sessionTokenOf(const net::HttpRequest& request) {
    const auto header = request.headers.get("Cookie");
    if (!header) return std::nullopt;
    std::string_view rest = *header;
    while (!rest.empty()) {
        const std::size_t end = rest.find(';');
        std::string_view pair = rest.substr(0, end);
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        if (pair.starts_with(kCookie) && pair.substr(kCookie.size()).starts_with('='))
            return std::string{pair.substr(kCookie.size() + 1)};
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
    return std::nullopt;
}

bool Reception::isCorsOrigin(std::string_view origin) const {
    return std::find(corsOrigins_.begin(), corsOrigins_.end(), origin) != corsOrigins_.end();
}

bool Reception::isOwnPage(const net::HttpRequest& request) const {
    const auto origin = request.headers.get("Origin");
    if (!origin) return true;
    if (isCorsOrigin(*origin)) return true;
    const auto host = request.headers.get("Host");
    // Only the authority counts: a proxy in front may speak TLS where we do not.
    const std::size_t authority = origin->find("://");
    return host && authority != std::string::npos && origin->substr(authority + 3) == *host;
}

Result<Visitor> Reception::identify(const net::HttpRequest& request, bool isWebSocket) const {
    if (const auto key = keyOf(request)) {
        auto principal = access_.byKey(*key, request.remoteAddress);
        if (!principal) return principal.error();
        return Visitor{std::move(*principal), std::nullopt};
    }
    const auto token = sessionTokenOf(request);
    auto principal = token ? access_.bySession(*token) : std::nullopt;
    if (!principal) return Error{ErrorKind::Unauthorized, "a key is needed: Authorization: Bearer KEY"};
    if (isWebSocket || isWrite(request)) {
        // Browsers name the page's origin with every write and every WebSocket; who names none is no browser
        // page.
        if (!request.headers.get("Origin") || !isOwnPage(request))
            return Error{ErrorKind::Rejected,
                         "this page may not act here; add its origin to server.cors.origins"};
    }
    return Visitor{std::move(*principal), token};
}

bool Reception::isStillWelcome(const Visitor& visitor) const {
    if (visitor.sessionToken) return access_.bySession(*visitor.sessionToken).has_value();
    return access_.isValid(visitor.principal);
}

std::string sessionCookie(const std::string& token, const auth::Principal& principal, bool isTls) {
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(auth::Sessions::ageLimit(principal));
    return std::string{kCookie} + "=" + token +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(age.count()) +
           (isTls ? "; Secure" : "");
}

std::string expiredCookie(bool isTls) {
    return std::string{kCookie} + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" +
           (isTls ? "; Secure" : "");
}

protocol::RefusalCode codeOf(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::BadMessage:
            return RefusalCode::BadMessage;
        case ErrorKind::NotFound:
            return RefusalCode::NotFound;
        case ErrorKind::Unauthorized:
            return RefusalCode::Unauthorized;
        case ErrorKind::Rejected:
            return RefusalCode::Forbidden;
        case ErrorKind::Conflict:
            return RefusalCode::Conflict;
        case ErrorKind::Busy:
            return RefusalCode::Busy;
        default:
            return RefusalCode::ServerError;
    }
}

bool isServerError(ErrorKind kind) {
    return codeOf(kind) == RefusalCode::ServerError;
}

net::HttpResponse errorResponse(int status, const std::string& code, const std::string& message) {
    boost::json::object error{{"code", code}, {"message", message}};
    return net::jsonResponse(status,
                             boost::json::serialize(boost::json::object{{"error", std::move(error)}}));
}

net::HttpResponse layerErrorResponse(int status, const std::string& message) {
    const auto code = [status]() -> std::string {
        switch (status) {
            case 404:
                return wordOf(RefusalCode::NotFound);
            case 405:
                return "methodNotAllowed";
            case 413:
                return "tooLarge";
            case 426:
                return "upgradeRequired";
            case 431:
                return "headerTooLarge";
            case 500:
                return wordOf(RefusalCode::ServerError);
            case 503:
                return "stopping";
            case 505:
                return "unknownVersion";
            default:
                return wordOf(RefusalCode::BadMessage);
        }
    };
    return errorResponse(status, code(), message);
}

net::HttpResponse errorResponse(const Error& error) {
    int status = 500;
    switch (error.kind) {
        case ErrorKind::BadMessage:
            status = 400;
            break;
        case ErrorKind::Unauthorized:
            status = 401;
            break;
        case ErrorKind::Rejected:
            status = 403;
            break;
        case ErrorKind::NotFound:
            status = 404;
            break;
        case ErrorKind::Conflict:
            status = 409;
            break;
        case ErrorKind::Busy:
            status = 429;
            break;
        default:
            break;
    }
    // What broke inside is for the log.
    auto response =
        errorResponse(status, wordOf(codeOf(error.kind)),
                      status == 500 ? "the server could not do this; its log says why" : error.detail);
    if (status == 401) response.headers.set("WWW-Authenticate", "Bearer");
    if (status == 429) response.headers.set("Retry-After", "60");
    return response;
}

}  // namespace ninja3cx::api
