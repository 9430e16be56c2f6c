#include "simulators/app/running.hpp"

#include "server/net/http.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/scaled_clock.hpp"
#include "simulators/app/audio_lookup.hpp"
#include "simulators/app/recording_reader.hpp"
#include "simulators/app/scenarios.hpp"
#include "simulators/app/test_certificates.hpp"
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

    std::uint16_t listen(std::uint16_t port, net::Router router, std::optional<net::ServerTls> tls = {}) {
        net::ServerOptions options;
        options.port = port;
        options.serverName = "3cx-ninja-sim";
        options.maxBodyBytes = 32U << 20;
        options.tls = std::move(tls);
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

/// What its profile wants for TLS; nothing without.
Result<std::optional<TestCertificates>> certificatesOf(const PbxScenario& scenario,
                                                       const Arguments& arguments) {
    const std::string& kind = scenario.profile.tls;
    if (kind == "off") return std::optional<TestCertificates>{};
    if (arguments.tlsCertificate)
        return Error{ErrorKind::BadMessage, "profile.tls and --tls-cert do not go together"};
    auto made = TestCertificates::make(kind);
    if (!made) return made.error();
    return std::optional<TestCertificates>{std::move(*made)};
}

/// A PBX and its service; they belong to one run.
struct PbxParts {
    PbxParts(Run& run, PbxScenario scenario, double speed, std::optional<TestCertificates> made)
        : certificates(std::move(made)),
          pbx(run.clock, std::move(scenario), audioOnDisk(std::nullopt), speed, readRecording),
          service(run.executor(), run.clock, pbx) {
        run.onStop.push_back([this] { service.stop(); });
    }
    std::uint16_t listen(Run& run, std::uint16_t port) {
        net::Router router;
        service.addTo(router);
        std::optional<net::ServerTls> tls;
        if (certificates) tls = net::ServerTls{certificates->certificateFile(), certificates->keyFile()};
        return run.listen(port, std::move(router), std::move(tls));
    }
    void tellFiles(boost::json::object& ready) const {
        if (!certificates) return;
        ready["certificateFile"] = certificates->certificateFile().string();
        ready["caFile"] = certificates->caFile().string();
    }

    const std::optional<TestCertificates> certificates;
    Pbx pbx;
    PbxService service;
};

Result<void> runPbx(const Arguments& arguments) {
    auto scenario = pbxScenario(arguments);
    if (!scenario) return scenario.error();
    auto certificates = certificatesOf(*scenario, arguments);
    if (!certificates) return certificates.error();
    Run run{arguments};
    PbxParts parts{run, std::move(*scenario), arguments.speed, std::move(*certificates)};
    boost::json::object ready{{"ready", true}, {"simulator", "pbx"}};
    ready["port"] = parts.listen(run, arguments.port);
    parts.tellFiles(ready);
    run.serve(ready);
    return {};
}

Result<void> runDemo(const Arguments& arguments) {
    auto scenario = pbxScenario(arguments);
    if (!scenario) return scenario.error();
    auto certificates = certificatesOf(*scenario, arguments);
    if (!certificates) return certificates.error();
    NinjaOneScenario tenant;
    tenant.seed.tickets = demoTickets();
    Run run{arguments};
    PbxParts parts{run, std::move(*scenario), arguments.speed, std::move(*certificates)};
    NinjaOne ninja{run.clock, std::move(tenant)};
    boost::json::object ready{{"ready", true}, {"simulator", "demo"}};
    ready["pbxPort"] = parts.listen(run, arguments.pbxPort);
    ready["ninjaPort"] = run.listen(arguments.ninjaPort, ninjaRouter(ninja, 1));
    parts.tellFiles(ready);
    run.serve(ready);
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
