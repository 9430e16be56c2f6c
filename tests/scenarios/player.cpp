#include "tests/scenarios/player.hpp"

#include "server/telephony/pbx_link.hpp"
#include "server/telephony/site_watch.hpp"
#include "server/tests/doubles/hub_world.hpp"
#include "shared/protocol/call_states.hpp"
#include "tests/scenarios/simulated_link.hpp"
#include "tests/scenarios/timeline.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

namespace ninja3cx::scenarios {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using calls::doubles::World;
using protocol::CallState;
using std::chrono::milliseconds;
using telephony::PbxLink;
using telephony::PbxMode;
using telephony::SiteWatch;

constexpr milliseconds kTick = 100ms;
constexpr milliseconds kAfterwards =
    65s;  // two looks of the safety net, and the draft of a call without audio

milliseconds seconds(double s) {
    return milliseconds{static_cast<std::int64_t>(s * 1000)};
}

simulators::AudioInfo noAudio(const std::string& audio) {
    return {audio, std::nullopt};
}

Result<PbxMode> modeOf(const std::string& word) {
    if (word == "auto") return PbxMode::Auto;
    if (word == "callControl") return PbxMode::CallControl;
    if (word == "activeCalls") return PbxMode::ActiveCalls;
    if (word == "legacy") return PbxMode::Legacy;
    return Error{ErrorKind::BadMessage,
                 "server.pbx.mode: '" + word + "' is none of auto, callControl, activeCalls, legacy"};
}

calls::HubOptions hubOptions(const ServerSetup& server) {
    calls::HubOptions options;
    if (server.recording) {
        options.recordsInternalCalls = server.recording->internalCalls;
        for (const DoNotRecordKeys& rule : server.recording->doNotRecord)
            options.doNotRecord.push_back(
                {rule.number.value_or(""), "", rule.extension.value_or(""), rule.direction.value_or("")});
    }
    if (server.pbx && server.pbx->longWaitSeconds)
        options.longWait = std::chrono::seconds{*server.pbx->longWaitSeconds};
    return options;
}

Result<telephony::PbxSetup> setupOf(const ServerSetup& server, const simulators::Site& site) {
    telephony::PbxSetup setup;
    setup.access = {"http://pbx.example", site.clientId, site.clientSecret, {}, "admin", site.clientSecret};
    if (!server.pbx) return setup;
    const auto mode = modeOf(server.pbx->mode.value_or("auto"));
    if (!mode) return mode.error();
    setup.mode = *mode;
    setup.extensions = setup.expected = server.pbx->extensions;
    return setup;
}

/// Where the row's own words end.
milliseconds endOf(const Row& row) {
    if (row.untilS) return seconds(*row.untilS);
    milliseconds last{0};
    for (const std::string& line : row.timeline)
        if (const auto read = readLine(line)) last = std::max(last, read->to);
    return last + kAfterwards;
}

/// Holds what telephony says to its promise: each call ends once, and nothing comes after.
class KeyWatch {
public:
    void look(const calls::PhoneEvent& event, std::vector<std::string>& faults) {
        if (ended_.contains(event.key)) faults.push_back("something comes after the end of " + event.key);
        if (protocol::isOver(event.state)) ended_.insert(event.key);
    }

private:
    std::set<std::string> ended_;
};

class Player {
public:
    Player(const Row& row, ServerSetup server, simulators::PbxScenario scenario, telephony::PbxSetup setup)
        : row_(row),
          server_(std::move(server)),
          setup_(std::move(setup)),
          world_(hubOptions(server_)),
          time_(world_.clock),
          start_(world_.clock.steady()),
          pbx_(world_.clock, std::move(scenario), noAudio, 1),
          link_(context_.get_executor(), time_, pbx_),
          tick_(context_.get_executor(), time_) {}

    Played play() {
        passUntil(seconds(server_.startsAt.value_or(0)));
        startServer({});
        if (server_.diesAt) {
            passUntil(seconds(*server_.diesAt));
            endServer("server dies");
            passUntil(seconds(*server_.diesAt + server_.isDeadFor.value_or(3)));
            restartServer();
        }
        passUntil(endOf(row_));
        const std::size_t told = teller_.told().size();
        endServer("");
        if (teller_.told().size() > told) played_.faults.push_back("the end of the server tells of calls");
        checkCalls();
        countRequests();
        played_.told = teller_.told();
        played_.log = log_.str();
        return std::move(played_);
    }

private:
    milliseconds sinceStart() const { return world_.clock.steady() - start_; }

    void startServer(std::vector<std::string> openKeys) {
        auto sink = std::make_shared<spdlog::sinks::ostream_sink_st>(log_, true);
        const auto log = std::make_shared<spdlog::logger>("server", sink);
        telephony::PbxHandlers handlers;
        handlers.onPhone = [this](const calls::PhoneEvent& event) {
            keys_.look(event, played_.faults);
            world_.hub->onPhone(event);
        };
        handlers.onResync = [this](const std::string& prefix, const std::vector<std::string>& live) {
            liveKeys_[prefix] = live;
            world_.hub->onPhoneResync(prefix, live);
        };
        handlers.onLink = [this](protocol::LinkState state) { world_.hub->onPbxLink(state); };
        pbxLink_ = std::make_unique<PbxLink>(
            telephony::PbxParts{context_.get_executor(), link_, time_, log}, setup_,
            [this](net::WebSocketClientOptions options) { return link_.connect(std::move(options)); },
            handlers, std::move(openKeys));
        hasLinkEnded_ = false;
        asio::co_spawn(context_, pbxLink_->run(), [this](std::exception_ptr thrown) {
            hasLinkEnded_ = true;
            if (thrown) played_.faults.emplace_back("an exception ended the link to the PBX");
        });
        if (server_.looksAtQueues) watchSite(log);
        keepTicking();
        settle();
    }

    void watchSite(const std::shared_ptr<spdlog::logger>& log) {
        telephony::SiteWatchOptions options;
        options.extensions = setup_.extensions;
        telephony::SiteWatchHandlers handlers{
            [this](std::map<Extension, calls::PbxUser> users) { world_.hub->onPbxUsers(std::move(users)); },
            {},
            [this](std::optional<std::vector<protocol::QueueState>> queues) {
                world_.hub->onQueues(std::move(queues));
            }};
        site_ = std::make_unique<SiteWatch>(context_.get_executor(), options, pbxLink_->asker(), world_.clock,
                                            std::move(handlers), log);
    }

    void keepTicking() {
        tick_.expireAfter(kTick);
        tick_.then([this] {
            world_.hub->tick();
            if (site_) site_->tick();
            keepTicking();
        });
    }

    void endServer(const std::string& said) {
        tick_.cancel();
        if (site_) site_->stop();
        pbxLink_->stop();
        settle();
        if (!hasLinkEnded_) played_.faults.emplace_back("the link to the PBX does not end");
        site_.reset();
        pbxLink_.reset();
        if (!said.empty()) teller_.note(sinceStart(), said);
    }

    /// What was in memory is gone; what was stored is taken up.
    void restartServer() {
        std::vector<std::string> openKeys;
        for (const auto& [callId, call] : world_.disk.calls)
            if (const std::string& key = world_.disk.phoneKeys.at(callId);
                !key.empty() && !protocol::isOver(call.state))
                openKeys.push_back(key);
        world_.restart();
        eventsRead_ = 0;
        keys_ = {};
        teller_.note(sinceStart(), "server starts");
        startServer(std::move(openKeys));
    }

    /// Everything that can happen at this moment.
    void settle() {
        for (bool goesOn = true; goesOn;) {
            context_.restart();
            goesOn = context_.poll() > 0;
            world_.settle();
            const auto& events = world_.events->events;
            for (; eventsRead_ < events.size(); ++eventsRead_)
                teller_.tell(sinceStart(), events[eventsRead_].second);
        }
    }

    void passUntil(milliseconds moment) {
        if (moment > sinceStart()) time_.advance(moment - sinceStart(), [this] { settle(); });
    }

    void checkCalls() {
        std::size_t wanted = 0;
        for (const auto& [callId, call] : world_.disk.calls)
            if (call.state == CallState::Ended && call.answeredAtMs &&
                call.recording != protocol::Recording::Blocked)
                ++wanted;
        if (world_.disk.drafts.size() != wanted)
            played_.faults.push_back(std::to_string(wanted) + " calls were answered and are over, but " +
                                     std::to_string(world_.disk.drafts.size()) + " drafts were made");
        for (const auto& [prefix, live] : liveKeys_)
            for (const std::string& key : live)
                if (!isAnyCallLive()) played_.faults.push_back(key + " is followed, but the PBX has no call");
    }

    boost::json::value stateOfPbx() {
        simulators::Request request;
        request.method = "GET";
        request.path = "/_sim/state";
        return boost::json::parse(pbx_.handle(request).body);
    }
    bool isAnyCallLive() {
        const boost::json::value state = stateOfPbx();
        return std::ranges::any_of(state.at("calls").as_array(),
                                   [](const auto& call) { return call.at("state") != "ended"; });
    }
    void countRequests() {
        const boost::json::value state = stateOfPbx();
        for (const auto& [route, count] : state.at("requests").as_object())
            played_.requests[std::string{route}] = static_cast<int>(count.as_int64());
    }

    const Row& row_;
    const ServerSetup server_;
    const telephony::PbxSetup setup_;
    World world_;
    ManualTime time_;
    const SteadyTime start_;
    asio::io_context context_{1};
    simulators::Pbx pbx_;
    SimulatedLink link_;
    Timer tick_;
    Teller teller_;
    KeyWatch keys_;
    std::map<std::string, std::vector<std::string>> liveKeys_;  // by prefix, as last told
    std::ostringstream log_;
    std::unique_ptr<PbxLink> pbxLink_;
    std::unique_ptr<SiteWatch> site_;
    std::size_t eventsRead_ = 0;
    bool hasLinkEnded_ = false;
    Played played_;
};

}  // namespace

Result<Played> play(const Row& row) {
    auto scenario = simulators::parsePbxScenario(boost::json::serialize(row.pbx), noAudio);
    if (!scenario) return inContext("pbx", scenario.error());
    const ServerSetup server = row.server.value_or(ServerSetup{});
    auto setup = setupOf(server, scenario->site);
    if (!setup) return setup.error();
    return Player{row, server, std::move(*scenario), std::move(*setup)}.play();
}

}  // namespace ninja3cx::scenarios
