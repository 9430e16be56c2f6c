#include "bench/uplink/uplink_run.hpp"

#include "bench/programs/child_process.hpp"
#include "bench/programs/pause.hpp"
#include "bench/programs/workshop.hpp"
#include "bench/uplink/cutting_proxy.hpp"
#include "server/journal/journal_files.hpp"
#include "server/net/http.hpp"
#include "shared/core/ids.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <signal.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace ninja3cx::bench {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using protocol::Speaker;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr milliseconds kStartPatience{60'000};
constexpr milliseconds kBeat{100};

double secondsSince(steady_clock::time_point moment) {
    return std::chrono::duration<double>(steady_clock::now() - moment).count();
}

milliseconds asMs(double seconds) {
    return milliseconds{static_cast<std::int64_t>(seconds * 1'000)};
}

class Run {
public:
    explicit Run(const UplinkRunOptions& options) : options_(options), folder_(options.keepsFolder) {}

    Result<UplinkRunResult> measure() {
        if (folder_.path().empty()) return Error{ErrorKind::Io, "no temporary folder can be made"};
        asio::signal_set signals{context_, SIGINT, SIGTERM};
        signals.async_wait([this](boost::system::error_code cancelled, int) {
            if (cancelled) return;
            outcome_ = Error{ErrorKind::Cancelled, "interrupted"};
            context_.stop();
        });
        const auto begin = steady_clock::now();
        asio::co_spawn(context_, wholeRun(), [this](std::exception_ptr failure, Result<void> done) {
            if (failure)
                outcome_ = Error{ErrorKind::Io, "ended unexpectedly"};
            else
                outcome_ = std::move(done);
            context_.stop();
        });
        context_.run();
        agents_.clear();  // before what they run on
        if (!outcome_) return outcome_.error();
        result_.seconds = secondsSince(begin);
        return result_;
    }

private:
    awaitable<Result<void>> wholeRun() {
        port_ = freePort();
        key_ = "bench-" + randomHex(16);
        auto configured = writeJson(folder_.path() / "server.json",
                                    {{"server", {{"port", port_}, {"address", "127.0.0.1"}}},
                                     {"log", {{"directory", (folder_.path() / "logs").string()}}}});
        if (!configured) co_return configured;
        if (auto started = co_await startServer(); !started) co_return started;
        proxy_ = std::make_unique<CuttingProxy>(context_.get_executor(), port_, options_.seed);
        asio::co_spawn(context_, proxy_->run(), asio::detached);
        if (auto made = makeAgents(); !made) co_return made;
        if (auto sent = co_await sendAll(); !sent) co_return sent;
        if (auto delivered = co_await waitUntilDelivered(); !delivered) co_return delivered;
        endServer();
        for (const auto& agent : agents_) agent->stop();
        proxy_->stop();
        co_return score();
    }

    Result<void> makeAgents() {
        const std::string address = "http://127.0.0.1:" + std::to_string(proxy_->port());
        for (std::size_t number = 0; number < options_.agents; ++number) {
            auto agent =
                UplinkAgent::make(context_.get_executor(), clock_,
                                  {number, address, key_, folder_.path() / "agents" / std::to_string(number),
                                   asMs(options_.seconds)});
            if (!agent) return agent.error();
            agents_.push_back(std::move(*agent));
            asio::co_spawn(context_, agents_.back()->run(), asio::detached);
        }
        return {};
    }

    /// Until every agent has captured all of its sound and the server was killed as often as it is to be, however short
    /// the sound. Each second some connections are cut; the server is killed when a share of the sound is there.
    awaitable<Result<void>> sendAll() {
        const auto begin = steady_clock::now();
        auto nextSecond = begin + 1s;
        double toCut = 0;
        const auto hasCaptured = [](const auto& agent) { return agent->hasCaptured(); };
        while (!std::ranges::all_of(agents_, hasCaptured) || result_.restarts < options_.kills) {
            co_await pauseFor(kBeat);
            if (auto well = checkServer(); !well) co_return well;
            const double share = shareCaptured();
            if (result_.restarts < options_.kills && share * static_cast<double>(options_.kills + 1) >=
                                                         static_cast<double>(result_.restarts + 1)) {
                endServer();
                ++result_.restarts;
                if (auto started = co_await startServer(); !started) co_return started;
            }
            if (steady_clock::now() < nextSecond) continue;
            nextSecond += 1s;
            toCut += options_.cutRate * static_cast<double>(options_.agents);
            const auto now = static_cast<std::size_t>(toCut);
            toCut -= static_cast<double>(now);
            result_.cuts += proxy_->cut(now);
            for (const auto& agent : agents_) agent->tick();
            tellProgress(share, begin);
            if (secondsSince(begin) > options_.seconds + options_.limitS)
                co_return Error{ErrorKind::TimedOut, "the agents do not get to capture all of their sound: " +
                                                         lastLineOf(folder_.path() / "server.log")};
        }
        co_return Result<void>{};
    }

    awaitable<Result<void>> waitUntilDelivered() {
        const auto begin = steady_clock::now();
        const auto isDelivered = [](const auto& agent) { return agent->isDelivered(); };
        while (!std::ranges::all_of(agents_, isDelivered) && secondsSince(begin) < options_.limitS) {
            co_await pauseFor(kBeat);
            if (auto well = checkServer(); !well) co_return well;
        }
        result_.deliveryS = secondsSince(begin);
        result_.undelivered = static_cast<std::size_t>(
            std::ranges::count_if(agents_, [](const auto& agent) { return !agent->isDelivered(); }));
        co_return Result<void>{};
    }

    double shareCaptured() const {
        double captured = 0;
        for (const auto& agent : agents_) captured += static_cast<double>(agent->captured());
        const double wanted = options_.seconds * 10 * static_cast<double>(options_.agents);
        return captured / wanted;
    }

    void tellProgress(double share, steady_clock::time_point begin) {
        const auto seconds = static_cast<std::int64_t>(secondsSince(begin));
        if (seconds % 10 != 0) return;
        std::cerr << seconds << " s: " << static_cast<int>(share * 100) << " % captured, " << result_.cuts
                  << " cuts, " << result_.restarts << " restarts\n";
    }

    // ---- the server -------------------------------------------------------------------------------------

    awaitable<Result<void>> startServer() {
        ChildProcess::Start start;
        start.program = options_.programs / "3cx-ninja-server";
        start.arguments = {"serve",    "--no-speech",
                           "--config", (folder_.path() / "server.json").string(),
                           "--data",   (folder_.path() / "data").string()};
        start.environment = {"API_KEY=" + key_};
        start.folder = folder_.path();  // where no server/.env is
        start.errors = folder_.path() / "server.log";
        auto started = ChildProcess::start(start);
        if (!started) co_return started.error();
        server_.emplace(std::move(*started));
        serverStartedAt_ = steady_clock::now();
        const auto end = serverStartedAt_ + kStartPatience;
        while (steady_clock::now() < end && !server_->hasExited()) {
            net::ClientRequest request;
            request.url = "http://127.0.0.1:" + std::to_string(port_) + "/health";
            request.totalTimeout = milliseconds{2'000};
            if (co_await http_.send(std::move(request))) co_return Result<void>{};
            co_await pauseFor(20ms);
        }
        co_return Error{ErrorKind::TimedOut,
                        "3cx-ninja-server does not start: " + lastLineOf(folder_.path() / "server.log")};
    }

    Result<void> checkServer() {
        if (!server_->hasExited()) return {};
        return Error{ErrorKind::Io, "3cx-ninja-server ended by itself, code " +
                                        std::to_string(server_->exitCode()) + ": " +
                                        lastLineOf(folder_.path() / "server.log")};
    }

    /// As a power cut does, as far as the server can tell.
    void endServer() {
        result_.networkThreadS += server_->firstThreadSeconds();  // the network thread is its first
        result_.serverS += secondsSince(serverStartedAt_);
        server_->kill();
    }

    // ---- the journals -----------------------------------------------------------------------------------

    Result<void> score() {
        for (const auto& agent : agents_) {
            for (const Speaker channel : {Speaker::Agent, Speaker::Customer}) {
                std::vector<std::uint8_t> bytes;
                if (agent->callId())
                    bytes = bytesOf(
                        journal::journalFile(folder_.path() / "data" / "journal", *agent->callId(), channel));
                result_.journals += scoreJournal(bytes, agent->number(), channel, agent->captured());
            }
            const UplinkAgent::Tally& one = agent->tally();
            result_.agents.reconnects += one.reconnects;
            result_.agents.replayed += one.replayed;
            result_.agents.refused += one.refused;
        }
        return {};
    }

    static std::vector<std::uint8_t> bytesOf(const std::filesystem::path& file) {
        std::ifstream in{file, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    }

    const UplinkRunOptions& options_;
    TemporaryFolder folder_;
    RealClock clock_;
    asio::io_context context_{1};
    net::HttpClient http_{context_.get_executor()};
    std::uint16_t port_ = 0;
    std::string key_;
    std::optional<ChildProcess> server_;
    steady_clock::time_point serverStartedAt_;
    std::unique_ptr<CuttingProxy> proxy_;
    std::vector<std::unique_ptr<UplinkAgent>> agents_;
    Result<void> outcome_;
    UplinkRunResult result_;
};

}  // namespace

Result<UplinkRunResult> runUplink(const UplinkRunOptions& options) {
    return Run{options}.measure();
}

}  // namespace ninja3cx::bench
