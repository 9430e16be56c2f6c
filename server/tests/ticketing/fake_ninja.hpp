#pragma once

#include "server/calls/ports.hpp"
#include "server/net/http.hpp"
#include "server/ticketing/ninja_tokens.hpp"
#include "server/ticketing/scheduler.hpp"
#include "shared/core/clock.hpp"
#include "simulators/ninja_schema/ninja_api.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ninja3cx::ticketing {

namespace asio = boost::asio;

inline net::HttpResponse answer(int status, std::string body, std::string contentType = "application/json") {
    net::HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    response.headers.set("Content-Type", std::move(contentType));
    return response;
}

inline NinjaAccount testAccount() {
    NinjaAccount account;
    account.clientId = "client";
    account.clientSecret = "very-secret";
    account.seedRefreshToken = "seed-token";
    return account;
}

/// What NinjaOne's interface has against a request; empty: nothing.
inline std::string violationsOf(const net::ClientRequest& sent) {
    simulators::Request request;
    request.method = sent.method;
    const std::size_t host = sent.url.find("://");
    const std::size_t path = sent.url.find('/', host == std::string::npos ? 0 : host + 3);
    const std::string target = path == std::string::npos ? "/" : sent.url.substr(path);
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = simulators::percentDecode(target.substr(0, question), false);
    if (question < target.size())
        request.query = simulators::decodeForm(std::string_view{target}.substr(question + 1));
    request.headers = sent.headers.all();
    request.body = sent.body;
    return textOf(simulators::NinjaApi::builtIn().check(request));
}

/// NinjaOne as tests want it. Answers by rule (path contains …), each a queue whose last entry repeats;
/// records all. A request that the real one's interface does not describe fails the test.
class FakeNinja final : public net::HttpTransport {
public:
    using Maker = std::function<Result<net::HttpResponse>(const net::ClientRequest&)>;

    void on(const std::string& part, Maker maker) { rules_.push_back({part, {std::move(maker)}}); }
    void on(const std::string& part, std::vector<Result<net::HttpResponse>> replies) {
        Rule rule{part, {}};
        for (auto& reply : replies)
            rule.makers.emplace_back([reply](const net::ClientRequest&) { return reply; });
        rules_.push_back(std::move(rule));
    }

    net::asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override {
        ++inFlight_;
        mostInFlight = std::max(mostInFlight, inFlight_);
        // An answer takes a turn of the loop, as from a network.
        co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
        requests.push_back(request);
        if (const std::string wrong = violationsOf(request); !wrong.empty())
            ADD_FAILURE() << request.method << " " << request.url << ": " << wrong;
        Result<net::HttpResponse> reply = Error{ErrorKind::Unreachable, "no rule for " + request.url};
        for (Rule& rule : rules_) {
            if ((request.method + " " + request.url).find(rule.part) == std::string::npos) continue;
            const Maker maker = rule.makers.front();
            if (rule.makers.size() > 1) rule.makers.pop_front();
            reply = maker(request);
            if (reply && !date.empty()) reply->headers.set("Date", date);
            break;
        }
        --inFlight_;
        co_return reply;
    }

    int countOf(const std::string& part) const {
        int count = 0;
        for (const auto& request : requests)
            if ((request.method + " " + request.url).find(part) != std::string::npos) ++count;
        return count;
    }
    std::string lastBodyOf(const std::string& part) const {
        std::string body;
        for (const auto& request : requests)
            if ((request.method + " " + request.url).find(part) != std::string::npos) body = request.body;
        return body;
    }

    std::vector<net::ClientRequest> requests;
    void dropRules() { rules_.clear(); }

    int mostInFlight = 0;
    std::string date;  // that every answer bears

private:
    struct Rule {
        std::string part;
        std::deque<Maker> makers;
    };
    std::vector<Rule> rules_;
    int inFlight_ = 0;
};

/// Waits end when nothing else is left to do: the clock is then moved to the earliest.
class FakeScheduler final : public Scheduler {
public:
    FakeScheduler(asio::io_context& io, ManualClock& clock) : io_(io), clock_(clock) {}

    std::shared_ptr<Sleep> makeSleep() override { return std::make_shared<FakeSleep>(*this); }

    /// Runs until everything waits for something that will not come, or `maxSleeps` waits have ended.
    void run(std::size_t maxSleeps = 10'000) {
        while (true) {
            io_.restart();
            io_.poll();
            if (sleepers_.empty() || maxSleeps-- == 0) return;
            auto earliest = sleepers_.begin();
            for (auto it = sleepers_.begin(); it != sleepers_.end(); ++it)
                if ((*it)->due < (*earliest)->due) earliest = it;
            if ((*earliest)->due > clock_.steady()) clock_.advance((*earliest)->due - clock_.steady());
            (*earliest)->timer.cancel();
            sleepers_.erase(earliest);
        }
    }

    /// The same, but no later than `end`, where the clock then stands.
    void runUntil(SteadyTime end) {
        while (true) {
            io_.restart();
            io_.poll();
            const bool isNextLater = std::all_of(sleepers_.begin(), sleepers_.end(),
                                                 [end](const FakeSleep* sleep) { return sleep->due > end; });
            if (isNextLater) break;
            run(1);
        }
        if (end > clock_.steady()) clock_.advance(end - clock_.steady());
    }

    std::vector<std::chrono::milliseconds> slept;

private:
    struct FakeSleep final : Sleep {
        explicit FakeSleep(FakeScheduler& of) : scheduler(of), timer(of.io_) {}
        asio::awaitable<void> run(std::chrono::milliseconds delay) override {
            if (std::exchange(isWoken, false)) co_return;
            scheduler.slept.push_back(delay);
            due = scheduler.clock_.steady() + delay;
            timer.expires_at(asio::steady_timer::time_point::max());
            scheduler.sleepers_.push_back(this);
            boost::system::error_code ignored;
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            isWoken = false;
        }
        void wake() override {
            isWoken = true;
            std::erase(scheduler.sleepers_, this);
            timer.cancel();
        }
        ~FakeSleep() override { std::erase(scheduler.sleepers_, this); }
        FakeScheduler& scheduler;
        asio::steady_timer timer;
        SteadyTime due{};
        bool isWoken = false;
    };

    asio::io_context& io_;
    ManualClock& clock_;
    std::vector<FakeSleep*> sleepers_;
};

/// A store that keeps outbox entries and can be told to refuse.
class FakeStore final : public calls::Store {
public:
    explicit FakeStore(asio::io_context& io) : io_(io) {}
    void commit(std::vector<calls::Change> changes, Done done) override {
        asio::post(io_, [this, changes = std::move(changes), done = std::move(done)] {
            if (refusals > 0) {
                --refusals;
                done(Error{ErrorKind::Io, "the disk is full"});
                return;
            }
            for (const calls::Change& change : changes)
                if (const auto* saved = std::get_if<calls::SaveOutbox>(&change))
                    history.push_back(saved->entry);
            if (onCommit) onCommit();
            done(Result<void>{});
        });
    }
    int refusals = 0;
    std::vector<calls::OutboxEntry> history;
    std::function<void()> onCommit;

private:
    asio::io_context& io_;
};

/// A folder of its own, gone afterwards.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "ninja3cx-XXXXXX").string();
        if (!::mkdtemp(name.data())) std::abort();
        path = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::filesystem::path path;
};

}  // namespace ninja3cx::ticketing
