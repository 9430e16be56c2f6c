#include "simulators/app/running.hpp"

#include "server/net/http.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/scaled_clock.hpp"
#include "simulators/app/audio_lookup.hpp"
#include "simulators/app/scenarios.hpp"
#include "simulators/ninja_one/ninja_one.hpp"
#include "simulators/pbx/pbx.hpp"
#include "simulators/serve/pbx_service.hpp"
#include "simulators/serve/serve.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/json.hpp>

#include <iostream>
#include <list>

namespace ninja3cx::simulators {
namespace {

namespace asio = boost::asio;

/// The servers of one run, on one thread.
class Run {
public:
    explicit Run(const Arguments& arguments) : arguments_(arguments) {}

    std::uint16_t listen(std::uint16_t port, net::Router router) {
        net::ServerOptions options;
        options.port = port;
        options.serverName = "3cx-ninja-sim";
        options.maxBodyBytes = 32U << 20;
        if (arguments_.tlsCertificate)
            options.tls = net::ServerTls{*arguments_.tlsCertificate, *arguments_.tlsKey};
        options.onProblem = [](const std::string& problem) {
            std::cerr << "3cx-ninja-sim: " << problem << "\n";
        };
        servers_.emplace_back(context_.get_executor(), std::move(options), std::move(router));
        return servers_.back().port();
    }

    /// Returns when a signal has come and every connection has ended.
    void serve(const boost::json::object& readyLine) {
        asio::signal_set signals{context_, SIGTERM, SIGINT};
        signals.async_wait([this](boost::system::error_code, int) {
            for (auto& server : servers_) server.stop(std::chrono::milliseconds{100});
            for (auto& stop : onStop) stop();
        });
        for (auto& server : servers_) asio::co_spawn(context_, server.run(), asio::detached);
        std::cout << boost::json::serialize(readyLine) << std::endl;
        context_.run();
    }

    asio::any_io_executor executor() { return context_.get_executor(); }

    RealClock clock;
    std::list<std::function<void()>> onStop;

private:
    const Arguments& arguments_;
    asio::io_context context_{1};
    std::list<net::HttpServer> servers_;
};

Result<NinjaOneScenario> ninjaScenario(const Arguments& arguments) {
    if (!arguments.scenario) return NinjaOneScenario{};
    auto text = readFile(*arguments.scenario);
    if (!text) return text.error();
    auto scenario = parseNinjaOneScenario(*text);
    if (!scenario) return inContext(*arguments.scenario, scenario.error());
    return scenario;
}

net::Router ninjaRouter(NinjaOne& ninja, double speed) {
    net::Router router;
    addSimulator(router, [&ninja, speed](const Request& request) {
        Reply reply = ninja.handle(request);
        reply.delay = std::chrono::milliseconds{
            static_cast<std::int64_t>(static_cast<double>(reply.delay.count()) / speed)};
        return reply;
    });
    return router;
}

Result<void> runNinja(const Arguments& arguments) {
    auto scenario = ninjaScenario(arguments);
    if (!scenario) return scenario.error();
    Run run{arguments};
    const ScaledClock clock{run.clock, arguments.speed};
    NinjaOne ninja{clock, std::move(*scenario)};
    const auto port = run.listen(arguments.port, ninjaRouter(ninja, arguments.speed));
    boost::json::object ready{{"ready", true}, {"simulator", "ninja"}, {"port", port}};
    if (arguments.speed != 1) ready["originMs"] = toEpochMs(clock.origin());
    run.serve(ready);
    return {};
}

/// A PBX and its service; they belong to one run.
struct PbxParts {
    PbxParts(Run& run, PbxScenario scenario, double speed)
        : pbx(run.clock, std::move(scenario), audioOnDisk(std::nullopt), speed),
          service(run.executor(), run.clock, pbx) {
        run.onStop.push_back([this] { service.stop(); });
    }
    net::Router router() {
        net::Router made;
        service.addTo(made);
        return made;
    }

    Pbx pbx;
    PbxService service;
};

Result<void> runPbx(const Arguments& arguments) {
    auto scenario = pbxScenario(arguments);
    if (!scenario) return scenario.error();
    Run run{arguments};
    PbxParts parts{run, std::move(*scenario), arguments.speed};
    const auto port = run.listen(arguments.port, parts.router());
    run.serve({{"ready", true}, {"simulator", "pbx"}, {"port", port}});
    return {};
}

Result<void> runDemo(const Arguments& arguments) {
    auto scenario = pbxScenario(arguments);
    if (!scenario) return scenario.error();
    NinjaOneScenario tenant;
    tenant.seed.tickets = demoTickets();
    Run run{arguments};
    PbxParts parts{run, std::move(*scenario), arguments.speed};
    NinjaOne ninja{run.clock, std::move(tenant)};
    const auto pbxPort = run.listen(arguments.pbxPort, parts.router());
    const auto ninjaPort = run.listen(arguments.ninjaPort, ninjaRouter(ninja, 1));
    run.serve({{"ready", true}, {"simulator", "demo"}, {"pbxPort", pbxPort}, {"ninjaPort", ninjaPort}});
    return {};
}

}  // namespace

Result<void> runSimulators(const Arguments& arguments) {
    try {
        if (arguments.command == Command::Pbx) return runPbx(arguments);
        if (arguments.command == Command::Ninja) return runNinja(arguments);
        return runDemo(arguments);
    } catch (const std::runtime_error& problem) {  // the port is taken, the certificate unusable
        return Error{ErrorKind::Io, problem.what()};
    }
}

}  // namespace ninja3cx::simulators
