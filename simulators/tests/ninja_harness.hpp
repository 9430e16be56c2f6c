#pragma once

#include "shared/core/clock.hpp"
#include "simulators/ninja_one/ninja_one.hpp"
#include "simulators/ninja_schema/ninja_api.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

/// A simulated NinjaOne and somebody who talks to it, without a socket.
namespace ninja3cx::simulators::testing {

inline boost::json::value bodyOf(const Reply& reply) {
    return reply.body.empty() ? boost::json::value{} : boost::json::parse(reply.body);
}

class NinjaHarness {
public:
    explicit NinjaHarness(NinjaOneScenario scenario = {}) : ninja{clock, std::move(scenario)} {}

    Reply send(std::string method, std::string path, std::string body = "",
               std::string contentType = "application/json") {
        Request request;
        request.method = std::move(method);
        const std::size_t question = path.find('?');
        request.path = path.substr(0, question);
        if (question != std::string::npos)
            request.query = decodeForm(std::string_view{path}.substr(question + 1));
        if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
        if (!body.empty()) request.headers.emplace_back("Content-Type", std::move(contentType));
        request.body = std::move(body);
        const Reply reply = ninja.handle(request);
        checkAnswer(request, reply);
        return reply;
    }
    Reply refresh(const std::string& refreshToken) {
        return send("POST", "/ws/oauth/token",
                    "grant_type=refresh_token&client_id=sim-client&client_secret=sim-secret&refresh_token=" +
                        refreshToken,
                    "application/x-www-form-urlencoded");
    }
    /// A user token for the calls that follow.
    void signIn(const std::string& refreshToken = "sim-refresh-token") {
        const boost::json::value answer = bodyOf(refresh(refreshToken));
        token = std::string{answer.at("access_token").as_string()};
        if (const auto* next = answer.as_object().if_contains("refresh_token"))
            nextRefreshToken = std::string{next->as_string()};
    }
    void signInAsMachine(const std::string& scope = "monitoring%20management") {
        const Reply reply =
            send("POST", "/oauth/token",
                 "grant_type=client_credentials&client_id=sim-client&client_secret=sim-secret&scope=" + scope,
                 "application/x-www-form-urlencoded");
        token = std::string{bodyOf(reply).at("access_token").as_string()};
    }
    Reply fault(const std::string& json) { return send("POST", "/__sim/faults", json); }
    Reply create(const std::string& body = kTicket) { return send("POST", "/api/v2/ticketing/ticket", body); }
    boost::json::value state() { return bodyOf(send("GET", "/_sim/state")); }
    std::size_t ticketCount() { return state().at("tickets").as_array().size(); }
    boost::json::array board(int id, const std::string& run = "{}") {
        const Reply reply = send("POST", "/v2/ticketing/trigger/board/" + std::to_string(id) + "/run", run);
        return bodyOf(reply).at("data").as_array();
    }

    static constexpr const char* kTicket =
        R"({"clientId":11,"ticketFormId":1,"subject":"VPN","status":"1000","description":{"public":false,"body":"Ref: 3CX-1"},)"
        R"("requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","tags":["appel"],"attributes":[{"attributeId":54,"value":"3CX-1"}]})";

    ManualClock clock;
    NinjaOne ninja;
    std::string token;
    std::string nextRefreshToken;

private:
    /// What the simulator answers is what NinjaOne's interface promises.
    static void checkAnswer(const Request& request, const Reply& reply) {
        const bool isJson = !reply.headers.empty() && reply.headers.front().second == "application/json";
        if (reply.status >= 300 || !isJson) return;
        const std::string operation = NinjaApi::builtIn().check(request).operation;
        for (const Violation& lack : NinjaApi::builtIn().answerViolations(operation, bodyOf(reply)))
            ADD_FAILURE() << "answer to " << operation << ": " << textOf(lack);
    }
};

}  // namespace ninja3cx::simulators::testing
