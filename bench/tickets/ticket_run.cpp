#include "bench/tickets/ticket_run.hpp"

#include "bench/programs/child_process.hpp"
#include "bench/programs/pause.hpp"
#include "bench/programs/workshop.hpp"
#include "bench/tickets/faults.hpp"
#include "bench/tickets/seeding.hpp"
#include "shared/core/clock.hpp"
#include "shared/json/codec.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <signal.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <random>
#include <sstream>
#include <utility>

namespace ninja3cx::bench {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using boost::json::object;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::int64_t kBoardLagMs = 30'000;  // the most; of the log entries, too
constexpr int kFirstTechnician = 101;         // of the simulator's tenant
constexpr milliseconds kStartPatience{30'000};
constexpr milliseconds kLoginPatience{10'000};
constexpr unsigned kKilledStartingIn = 4;  // so often it is killed again while it starts
constexpr std::uint64_t kMostStartMs = 600;
constexpr std::size_t kToldOpen = 20;
constexpr milliseconds kCalm{1'000};  // so long nothing must become unsettled again
/// After all is settled, for what may still come although it must not: the server is killed once more and waited for.
constexpr std::int64_t kAftermathMs = 120'000;

/// As scaled time has it, in ours.
milliseconds scaledDown(std::int64_t ms, double speed) {
    return milliseconds{static_cast<std::int64_t>(std::ceil(static_cast<double>(ms) / speed))};
}

std::string textOf(double number) {
    std::ostringstream text;
    text << number;
    return text.str();
}

class Run {
public:
    explicit Run(const TicketRunOptions& options)
        : options_(options), folder_(options.keepsFolder), random_(options.seed ^ 0x5EEDU) {}

    Result<TicketRunResult> measure() {
        if (folder_.path().empty()) return Error{ErrorKind::Io, "no temporary folder can be made"};
        asio::signal_set signals{context_, SIGINT, SIGTERM};
        signals.async_wait([this](boost::system::error_code cancelled, int) {
            if (cancelled) return;
            outcome_ = Error{ErrorKind::Cancelled, "interrupted"};
            context_.stop();
        });
        asio::co_spawn(context_, wholeRun(), [this](std::exception_ptr failure, Result<void> done) {
            if (failure) {
                outcome_ = Error{ErrorKind::Io, "ended unexpectedly"};
                try {
                    std::rethrow_exception(failure);
                } catch (const std::exception& thrown) {
                    outcome_ = Error{ErrorKind::Io, thrown.what()};
                } catch (...) {
                }
            } else {
                outcome_ = std::move(done);
            }
            context_.stop();
        });
        context_.run();
        if (!outcome_) return outcome_.error();
        return result_;
    }

private:
    awaitable<Result<void>> wholeRun() {
        auto faults = faultsFor(options_.faults, options_.faultRate);
        if (!faults) co_return faults.error();
        if (auto started = co_await startSimulator(); !started) co_return started;
        if (auto made = co_await makeWorld(); !made) co_return made;
        for (auto& fault : *faults)
            if (auto added = co_await ninja_->addFault(std::move(fault.as_object())); !added) co_return added;
        if (auto configured = configure(); !configured) co_return configured;
        const auto begin = steady_clock::now();
        if (auto started = co_await startServer(); !started) co_return started;
        makeAgents();
        asio::co_spawn(context_, killServer(), asio::detached);
        asio::co_spawn(context_, keepLoggedIn(), asio::detached);
        co_await waitForAgents();
        isOver_ = true;  // of what kills and logs in
        if (!serverFailure_) co_return serverFailure_;
        result_.seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
        std::cerr << "all is said and done; looking whether anything comes after it …\n";
        co_return co_await countTickets();
    }

    awaitable<Result<void>> startSimulator() {
        const object scenario{{"options",
                               {{"seed", options_.seed},
                                {"lagUpToMs", kBoardLagMs},
                                {"logLagMs", kBoardLagMs / 2},
                                {"mayBeginResolved", false}}},
                              {"tenant",
                               {{"organizations", 50},
                                {"contactsEach", 6},
                                {"technicians", options_.agents},
                                {"seed", options_.seed}}}};
        const auto file = folder_.path() / "ninja.json";
        if (auto written = writeJson(file, scenario); !written) co_return written;
        ChildProcess::Start start;
        start.program = options_.programs / "3cx-ninja-sim";
        start.arguments = {"ninja", "--scenario", file.string(), "--speed", textOf(options_.speed)};
        start.folder = folder_.path();
        start.errors = folder_.path() / "simulator.log";
        auto started = ChildProcess::start(start);
        if (!started) co_return started.error();
        simulator_.emplace(std::move(*started));
        const auto line = co_await simulator_->lineWith("\"ready\":true", kStartPatience);
        if (!line) co_return inContext(start.program.string(), line.error());
        const auto ready = json::parse(*line);
        if (!ready) co_return ready.error();
        const object& facts = ready->as_object();
        const std::string port = std::to_string(facts.at("port").to_number<int>());
        ninja_ = std::make_unique<NinjaSite>(context_.get_executor(), "http://127.0.0.1:" + port);
        // At speed 1 it does not say when it began, and the date is everybody's.
        const auto* origin = facts.if_contains("originMs");
        originMs_ = origin ? origin->to_number<std::int64_t>() : 0;
        co_return Result<void>{};
    }

    awaitable<Result<void>> makeWorld() {
        const auto people = co_await ninja_->contacts();
        if (!people) co_return people.error();
        if (people->empty()) co_return Error{ErrorKind::BadMessage, "the tenant has no contacts"};
        world_ = makeTicketWorld(*people, options_.count, options_.agents, options_.seed,
                                 toEpochMs(RealClock{}.now()));
        co_return seedDataFolder(world_, folder_.path() / "data");
    }

    Result<void> configure() {
        port_ = freePort();
        key_ = "bench-" + randomHex(16);
        object technicians;
        for (std::size_t agent = 0; agent < options_.agents; ++agent)
            technicians[agentExtension(agent).value()] = {
                {"name", "Technicien " + agentExtension(agent).value()},
                {"ninjaUserId", kFirstTechnician + static_cast<int>(agent)}};
        return writeJson(folder_.path() / "server.json",
                         {{"server", {{"port", port_}, {"address", "127.0.0.1"}}},
                          {"whisper",
                           {{"model", std::filesystem::absolute(options_.model).string()},
                            {"partialModel", "off"},
                            {"workers", 1}}},
                          {"ninja", {{"apiUrl", ninja_->origin() + "/api/v2"}, {"boardId", 2}}},
                          {"technicians", std::move(technicians)},
                          {"log", {{"directory", (folder_.path() / "logs").string()}}}});
    }

    ChildProcess::Start serverCommand(std::vector<std::string> words) const {
        ChildProcess::Start start;
        start.program = options_.programs / "3cx-ninja-server";
        start.arguments = std::move(words);
        for (const auto& [name, place] :
             {std::pair{"--config", "server.json"}, std::pair{"--data", "data"}}) {
            start.arguments.emplace_back(name);
            start.arguments.push_back((folder_.path() / place).string());
        }
        start.environment = {"API_KEY=" + key_, std::string{"NINJA_CLIENT_ID="} + kNinjaClientId,
                             std::string{"NINJA_CLIENT_SECRET="} + kNinjaClientSecret,
                             std::string{"NINJA_REFRESH_TOKEN="} + kNinjaRefreshToken};
        start.folder = folder_.path();  // where no server/.env is
        start.errors = folder_.path() / "server.log";
        return start;
    }

    Result<void> launchServer() {
        std::vector<std::string> words{"serve"};
        if (options_.speed != 1) {
            words.emplace_back("--ninja-speed");
            words.push_back(textOf(options_.speed) + "@" + std::to_string(originMs_));
        }
        auto started = ChildProcess::start(serverCommand(std::move(words)));
        if (!started) return started.error();
        server_.emplace(std::move(*started));
        return {};
    }

    awaitable<Result<void>> startServer() {
        if (auto launched = launchServer(); !launched) co_return launched;
        const auto end = steady_clock::now() + kStartPatience;
        while (steady_clock::now() < end && !server_->hasExited()) {
            const auto health = co_await askHealth();
            if (health) co_return Result<void>{};
            co_await pauseFor(20ms);
        }
        co_return Error{ErrorKind::TimedOut,
                        "3cx-ninja-server does not start: " + lastLineOf(folder_.path() / "server.log")};
    }

    /// How it stands with NinjaOne, says the server.
    awaitable<Result<std::string>> askHealth() {
        net::ClientRequest request;
        request.url = "http://127.0.0.1:" + std::to_string(port_) + "/health";
        request.totalTimeout = milliseconds{2'000};
        const auto answer = co_await http_.send(std::move(request));
        if (!answer) co_return answer.error();
        const auto body = json::parse(answer->body);
        if (!body || !body->is_object()) co_return Error{ErrorKind::BadMessage, "/health is no JSON"};
        const auto* ninja = body->get_object().if_contains("ninja");
        co_return ninja && ninja->is_string() ? std::string{ninja->get_string()} : std::string{};
    }

    void makeAgents() {
        for (std::size_t agent = 0; agent < options_.agents; ++agent) {
            TicketAgent::Options options;
            options.url = "ws://127.0.0.1:" + std::to_string(port_) + "/ws";
            options.key = key_;
            options.extension = agentExtension(agent);
            options.pause = milliseconds{static_cast<std::int64_t>(options_.pauseS * 1'000)};
            options.boardLag = scaledDown(kBoardLagMs + 1'000, options_.speed);
            options.isCareless = options_.areCareless;
            options.seed = options_.seed * 1'000 + agent;
            std::vector<const TicketCase*> cases;
            for (std::size_t i = agent; i < world_.cases.size(); i += options_.agents)
                cases.push_back(&world_.cases[i]);
            agents_.push_back(std::make_unique<TicketAgent>(context_.get_executor(), std::move(options),
                                                            std::move(cases), *ninja_));
            asio::co_spawn(context_, agents_.back()->run(), asio::detached);
        }
    }

    std::size_t settled() const {
        std::size_t count = 0;
        for (const auto& agent : agents_) count += agent->settled();
        return count;
    }

    awaitable<void> waitForAgents() {
        const auto begin = steady_clock::now();
        const auto end = begin + milliseconds{static_cast<std::int64_t>(options_.limitS * 1'000)};
        auto nextWord = begin;
        auto settledSince = steady_clock::time_point::max();  // all of them
        while (steady_clock::now() < end && serverFailure_) {
            if (server_->hasExited())  // who kills it starts it again at once
                serverFailure_ = Error{ErrorKind::Io, "3cx-ninja-server ended by itself, code " +
                                                          std::to_string(server_->exitCode()) + ": " +
                                                          lastLineOf(folder_.path() / "server.log")};
            const bool isSettled = settled() == options_.count;
            if (!isSettled) settledSince = steady_clock::time_point::max();
            if (isSettled && settledSince == steady_clock::time_point::max())
                settledSince = steady_clock::now();
            if (isSettled && steady_clock::now() - settledSince >= kCalm) break;
            if (steady_clock::now() >= nextWord) {
                nextWord += 5s;
                const auto seconds =
                    std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now() - begin).count();
                std::cerr << seconds << " s: " << settled() << " of " << options_.count << " settled, "
                          << result_.kills << " kills, " << result_.logins << " logins\n";
            }
            co_await pauseFor(50ms);
        }
        tellOpen();
    }

    void tellOpen() const {
        std::size_t told = 0;
        for (const auto& agent : agents_)
            for (const std::string& line : agent->describeOpen())
                if (told++ < kToldOpen) std::cerr << "open: " << line << "\n";
        if (told > kToldOpen) std::cerr << "… and " << told - kToldOpen << " more\n";
    }

    /// As a power cut does, as far as the server can tell.
    awaitable<void> killServer() {
        if (options_.killEveryS <= 0) co_return;
        std::uniform_real_distribution<double> share{0.8, 1.2};  // not always at the same moment of something
        while (!isOver_) {
            const double seconds = options_.killEveryS * share(random_);
            const auto due = steady_clock::now() + milliseconds{static_cast<std::int64_t>(seconds * 1'000)};
            while (steady_clock::now() < due && !isOver_) co_await pauseFor(10ms);
            if (isOver_) co_return;
            server_->kill();
            ++result_.kills;
            for (const auto& agent : agents_) result_.interrupted += agent->onTheWire();
            if (random_() % kKilledStartingIn == 0) {
                serverFailure_ = launchServer();
                const milliseconds lived{static_cast<std::int64_t>(random_() % kMostStartMs)};
                if (serverFailure_) co_await pauseFor(lived);
                if (!serverFailure_ || isOver_) co_return;
                server_->kill();
                ++result_.kills;
            }
            serverFailure_ = co_await startServer();
            if (!serverFailure_) co_return;
        }
    }

    /// The administrator: logs in again where the login is lost.
    awaitable<void> keepLoggedIn() {
        while (!isOver_) {
            co_await pauseFor(200ms);
            const auto health = co_await askHealth();
            if (!health || *health != "needsLogin") continue;
            const auto login = co_await logIn();
            if (login)
                ++result_.logins;
            else
                std::cerr << "login: " << login.error().detail << "\n";
            co_await pauseFor(scaledDown(5'000, options_.speed));  // the server takes it up by itself
        }
    }

    awaitable<Result<void>> logIn() {
        auto started = ChildProcess::start(serverCommand({"ninja", "login", "--port", "0"}));
        if (!started) co_return started.error();
        ChildProcess command{std::move(*started)};
        auto page = co_await command.lineWith("/ws/oauth/authorize?", kLoginPatience);
        if (!page) co_return page.error();
        page->erase(0, page->find("http"));
        if (auto agreed = co_await ninja_->agree(std::move(*page)); !agreed) co_return agreed;
        co_return co_await command.exited(kLoginPatience);
    }

    awaitable<Result<void>> countTickets() {
        for (const auto& agent : agents_) {
            const TicketAgent::Tally& one = agent->tally();
            TicketAgent::Tally& all = result_.agents;
            all.confirmed += one.confirmed;
            all.unconfirmed += one.unconfirmed;
            all.sentAgain += one.sentAgain;
            all.foundOnBoard += one.foundOnBoard;
            all.wrongNumbers += one.wrongNumbers;
            all.refused += one.refused;
            all.reconnects += one.reconnects;
        }
        if (options_.killEveryS > 0) {
            server_->kill();
            ++result_.kills;
            if (auto started = co_await startServer(); !started) co_return started;
        }
        co_await pauseFor(scaledDown(kAftermathMs, options_.speed));
        result_.unsettled = options_.count - settled();
        for (const auto& agent : agents_) agent->stop();
        server_->kill();
        const auto state = co_await ninja_->state();
        if (!state) co_return state.error();
        result_.score = scoreTickets(world_, state->at("tickets").as_array(), kFirstTechnician);
        for (const auto& [route, count] : state->at("requests").as_object())
            result_.requests += count.to_number<std::size_t>();
        result_.requests -= std::min(result_.requests, ninja_->requests());
        result_.violations = state->at("violations").as_object().at("count").to_number<std::size_t>();
        co_return Result<void>{};
    }

    const TicketRunOptions& options_;
    TemporaryFolder folder_;
    std::mt19937_64 random_;
    TicketWorld world_;
    asio::io_context context_{1};
    net::HttpClient http_{context_.get_executor()};
    std::optional<ChildProcess> simulator_;
    std::optional<ChildProcess> server_;
    std::unique_ptr<NinjaSite> ninja_;
    std::vector<std::unique_ptr<TicketAgent>> agents_;
    std::int64_t originMs_ = 0;
    std::uint16_t port_ = 0;
    std::string key_;
    bool isOver_ = false;
    Result<void> serverFailure_;
    Result<void> outcome_;
    TicketRunResult result_;
};

}  // namespace

Result<TicketRunResult> runTickets(const TicketRunOptions& options) {
    return Run{options}.measure();
}

}  // namespace ninja3cx::bench
