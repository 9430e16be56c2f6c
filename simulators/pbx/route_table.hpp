#pragma once

#include "simulators/exchange/exchange.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

/// Handlers by method and pattern; the first that matches.
class RouteTable {
public:
    using Ids = std::vector<std::string>;  // the values of the pattern's braces
    using Handler = std::function<Reply(const Request&, const Ids&)>;

    void add(const char* method, const char* pattern, Handler handler) {
        routes_.push_back({method, pattern, std::move(handler)});
    }
    /// What the journal calls the request, or nothing if no route takes it.
    std::optional<std::string> patternOf(const Request& request) const {
        Ids ids;
        const Route* route = find(request, ids);
        return route ? std::optional<std::string>{route->pattern} : std::nullopt;
    }
    std::optional<Reply> dispatch(const Request& request) const {
        Ids ids;
        const Route* route = find(request, ids);
        if (!route) return std::nullopt;
        return route->handler(request, ids);
    }

private:
    struct Route {
        const char* method;
        const char* pattern;
        Handler handler;
    };
    const Route* find(const Request& request, Ids& ids) const {
        for (const Route& route : routes_) {
            if (request.method != route.method) continue;
            if (auto values = matchPath(route.pattern, request.path)) {
                ids = std::move(*values);
                return &route;
            }
        }
        return nullptr;
    }

    std::vector<Route> routes_;
};

inline Reply plainReply(int status) {
    Reply reply;
    reply.status = status;
    return reply;
}

}  // namespace ninja3cx::simulators
