#pragma once

#include "server/net/http.hpp"
#include "server/tests/ticketing/fake_ninja.hpp"
#include "server/ticketing/ninja_tokens.hpp"
#include "shared/core/clock.hpp"
#include "simulators/ninja_one/ninja_one.hpp"

#include <string>

namespace ninja3cx::ticketing {

/// The simulator as this product's requests meet it, without a network. A request that the real one's interface does not
/// describe fails the test.
class SimulatedNinja : public net::HttpTransport {
public:
    explicit SimulatedNinja(const Clock& clock) : ninja_(clock, {}) {}
    net::asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override {
        if (const std::string wrong = violationsOf(request); !wrong.empty())
            ADD_FAILURE() << request.method << " " << request.url << ": " << wrong;
        co_return handle(request);
    }
    net::HttpResponse handle(const net::ClientRequest& request) {
        const std::string target = request.url.substr(originOf(request.url).size());
        simulators::Request asked;
        asked.method = request.method;
        asked.path = target.substr(0, target.find('?'));
        if (target.size() > asked.path.size())
            asked.query = net::formDecode(target.substr(asked.path.size() + 1));
        for (const auto& [name, value] : request.headers.all()) asked.headers.emplace_back(name, value);
        asked.body = request.body;
        const simulators::Reply reply = ninja_.handle(asked);
        net::HttpResponse response{reply.status, {}, reply.body};
        for (const auto& [name, value] : reply.headers) response.headers.set(name, value);
        return response;
    }
    /// One of the simulator's controls.
    std::string control(const std::string& method, const std::string& path, const std::string& body = {}) {
        simulators::Request asked;
        asked.method = method;
        asked.path = path;
        asked.body = body;
        return ninja_.handle(asked).body;
    }

private:
    simulators::NinjaOne ninja_;
};

}  // namespace ninja3cx::ticketing
