#pragma once

#include "shared/core/clock.hpp"
#include "simulators/pbx/pbx.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

/// A simulated PBX and an app that talks to it, without a socket.
namespace ninja3cx::simulators::testing {

inline AudioInfo noAudio(const std::string& audio) {
    return {audio, std::nullopt};
}

inline PbxScenario scenarioOf(const std::string& text) {
    auto scenario = parsePbxScenario(text, noAudio);
    EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().detail);
    return scenario ? *scenario : PbxScenario{};
}

inline std::string headerOf(const Reply& reply, const std::string& name) {
    for (const auto& [key, value] : reply.headers)
        if (key == name) return value;
    return {};
}

/// As an event's frame is written.
inline std::string eventFrame(int sequence, int type, const std::string& entity) {
    return "{\"sequence\":" + std::to_string(sequence) +
           ",\"event\":{\"event_type\":" + std::to_string(type) + ",\"entity\":\"" + entity +
           "\",\"attached_data\":null}}";
}

class RecordingSink final : public SocketSink {
public:
    void text(std::string frame) override { frames.push_back(std::move(frame)); }
    void binary(std::string frame) override { frames.push_back("binary:" + std::move(frame)); }
    void close(std::uint16_t code) override { end = "closed " + std::to_string(code); }
    void breakLink() override { end = "broken"; }
    void playDead() override { end = "dead"; }

    std::vector<std::string> frames;
    std::string end;
};

class PbxHarness {
public:
    explicit PbxHarness(const std::string& scenario, RecordingReader recordings = {})
        : pbx{clock, scenarioOf(scenario), noAudio, 1, std::move(recordings)} {}

    Reply send(std::string method, std::string path, std::string body = "") {
        Request request;
        request.method = std::move(method);
        const std::size_t question = path.find('?');
        request.path = percentDecode(path.substr(0, question), false);
        if (question != std::string::npos)
            request.query = decodeForm(std::string_view{path}.substr(question + 1));
        if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
        if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
        request.body = std::move(body);
        return pbx.handle(request);
    }
    Reply askForToken(const std::string& secret = "sim-key") {
        return pbx.handle({"POST",
                           "/connect/token",
                           {},
                           {{"Content-Type", "application/x-www-form-urlencoded"}},
                           "grant_type=client_credentials&client_id=900&client_secret=" + secret});
    }
    void signIn() {
        token = std::string{boost::json::parse(askForToken().body).at("access_token").as_string()};
    }
    std::shared_ptr<RecordingSink> listen() {
        auto sink = std::make_shared<RecordingSink>();
        pbx.openSocket(sink);
        return sink;
    }
    boost::json::value get(const std::string& path) { return boost::json::parse(send("GET", path).body); }
    boost::json::value call(std::size_t index) { return get("/_sim/state").at("calls").at(index); }
    boost::json::array rows(const std::string& path) { return get(path).at("value").as_array(); }
    void control(const std::string& path, const std::string& body) {
        const Reply reply = send("POST", path, body);
        EXPECT_EQ(reply.status, 200) << reply.body;
    }
    /// Time passes in steps, as with a real timer.
    void pass(std::chrono::milliseconds time) {
        const SteadyTime end = clock.steady() + time;
        while (pbx.nextDue() && *pbx.nextDue() <= end) {
            clock.advance(std::max(*pbx.nextDue() - clock.steady(), std::chrono::milliseconds{0}));
            pbx.run();
        }
        clock.advance(end - clock.steady());
        pbx.run();
    }

    ManualClock clock;
    Pbx pbx;
    std::string token;
};

}  // namespace ninja3cx::simulators::testing
