#include "server/api/filters.hpp"

namespace ninja3cx::api {

net::Router::Filter securityHeaders() {
    return [](net::HttpRequest request,
              const net::HttpHandler& next) -> net::asio::awaitable<net::HttpResponse> {
        net::HttpResponse response = co_await next(std::move(request));
        response.headers.set("X-Content-Type-Options", "nosniff");
        response.headers.set("X-Frame-Options", "DENY");
        response.headers.set("Referrer-Policy", "no-referrer");
        response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
        response.headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.headers.set(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
            "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        co_return response;
    };
}

net::Router::Filter crossOrigin(const Reception& reception) {
    return [&reception](net::HttpRequest request,
                        const net::HttpHandler& next) -> net::asio::awaitable<net::HttpResponse> {
        const auto origin = request.headers.get("Origin");
        const bool isAllowed = origin && reception.isCorsOrigin(*origin);
        const bool isPreflight = request.method == "OPTIONS" && origin;
        net::HttpResponse response{204, {}, {}};
        if (!isPreflight) response = co_await next(std::move(request));
        response.headers.add("Vary", "Origin");
        if (isAllowed) {
            response.headers.set("Access-Control-Allow-Origin", *origin);
            response.headers.set("Access-Control-Allow-Credentials", "true");
            if (isPreflight) {
                response.headers.set("Access-Control-Allow-Methods", "GET, POST, DELETE");
                response.headers.set("Access-Control-Allow-Headers",
                                     "Authorization, Content-Type, X-API-Key");
                response.headers.set("Access-Control-Max-Age", "600");
            }
        }
        co_return response;
    };
}

}  // namespace ninja3cx::api
