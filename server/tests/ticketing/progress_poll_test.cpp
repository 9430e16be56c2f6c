#include "server/ticketing/progress_poll.hpp"

#include "server/tests/ticketing/fake_ninja.hpp"
#include "server/tests/ticketing/simulated_ninja.hpp"

#include <boost/asio/co_spawn.hpp>

#include <gtest/gtest.h>

#include <optional>

namespace ninja3cx::ticketing {
namespace {

using namespace std::chrono_literals;
using protocol::TicketProgress;

const std::string kClaire = "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11";

/// The simulator, with a note of what was asked when.
class WatchedNinja final : public SimulatedNinja {
public:
    explicit WatchedNinja(const Clock& clock) : SimulatedNinja(clock), clock_(clock) {}
    net::asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override {
        if (request.url.find("/oauth/") == std::string::npos)
            asked.push_back({clock_.steady(), request.method + " " + request.url});
        co_return co_await SimulatedNinja::send(std::move(request));
    }
    struct Asked {
        SteadyTime at;
        std::string what;
    };
    int countOf(const std::string& part) const {
        return static_cast<int>(std::ranges::count_if(
            asked, [&](const Asked& one) { return one.what.find(part) != std::string::npos; }));
    }
    std::vector<Asked> asked;

private:
    const Clock& clock_;
};

struct ProgressPollTest : testing::Test {
    ProgressPollTest()
        : tokens{account(), folder.path, clock, ninja, io.get_executor()},
          client{account(), tokens, clock, ninja} {
        start();
    }
    static NinjaAccount account() {
        NinjaAccount account;
        account.apiUrl = "https://ninja.test/api/v2";
        account.clientId = "sim-client";
        account.clientSecret = "sim-secret";
        account.seedRefreshToken = "sim-refresh-token";
        return account;
    }
    void start(std::chrono::milliseconds interval = 60s) {
        poll = std::make_unique<ProgressPoll>(
            io.get_executor(), interval,
            ProgressPoll::Ports{client, clock, scheduler, [this] { return isSending; },
                                [this](const std::string& problem) { problems.push_back(problem); },
                                [this] { ++openNews; }},
            [this](TicketId ticketId, const TicketProgress& progress) {
                told.emplace_back(ticketId.value(), progress);
            });
        poll->start();
    }
    void stop() {
        poll->stop();
        scheduler.run(1);
        poll.reset();
        scheduler.run(1);
    }
    /// Somebody, or a call, made a ticket in NinjaOne.
    std::int64_t create(const std::string& subject, const std::string& requesterUid = kClaire,
                        int organization = 11) {
        const boost::json::value payload{
            {"clientId", organization},     {"ticketFormId", 1},
            {"subject", subject},           {"status", "1000"},
            {"requesterUid", requesterUid}, {"tags", boost::json::array{"appel"}}};
        std::optional<Reply> reply;
        asio::co_spawn(io, client.createTicket(boost::json::serialize(payload)),
                       [&](std::exception_ptr, Reply got) { reply = std::move(got); });
        while (!reply) {
            io.restart();
            io.poll();
        }
        EXPECT_EQ(reply->kind, ReplyKind::Ok) << reply->detail;
        ninja.asked.clear();
        return readTicket(reply->body).value_or(Ticket{}).id;
    }
    void follow(std::int64_t ticketId, const std::optional<TicketProgress>& known = std::nullopt) {
        poll->follow(TicketId{ticketId}, clock.now(), known);
    }
    void work(std::int64_t ticketId, const std::string& what) {
        ninja.control("POST", "/__sim/work", R"({"ticket":)" + std::to_string(ticketId) + "," + what + "}");
    }
    void fault(const std::string& what) { ninja.control("POST", "/__sim/faults", what); }
    void wait(std::chrono::milliseconds time) { scheduler.runUntil(clock.steady() + time); }

    TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    WatchedNinja ninja{clock};
    FakeScheduler scheduler{io, clock};
    NinjaTokens tokens;
    NinjaClient client;
    bool isSending = false;
    std::unique_ptr<ProgressPoll> poll;
    std::vector<std::pair<std::int64_t, TicketProgress>> told;
    int openNews = 0;
    std::vector<std::string> problems;
};

TEST_F(ProgressPollTest, WhatIsDoneInNinjaComesBackOnce) {
    const auto ours = create("Imprimante");
    const auto other = create("Écran");
    follow(ours);
    wait(30s);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].first, ours);
    EXPECT_EQ(told[0].second.status, "New");
    EXPECT_EQ(told[0].second.parentId, 1000);
    work(ours, R"("status":"2001")");
    work(other, R"("status":"6000")");
    const std::int64_t changedAtMs = toEpochMs(clock.now());
    wait(90s);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].first, ours);
    EXPECT_EQ(told[1].second.status, "Planifié");
    EXPECT_EQ(told[1].second.statusId, 2001);
    EXPECT_EQ(told[1].second.parentId, 2000);
    EXPECT_EQ(told[1].second.changedAtMs, changedAtMs);
    EXPECT_GE(told[1].second.seenAtMs, changedAtMs);
    wait(10min);
    EXPECT_EQ(told.size(), 2U);
    EXPECT_TRUE(problems.empty());
}

TEST_F(ProgressPollTest, ADeletedTicketIsToldAndOneThatIsTakenBackToo) {
    const auto ours = create("Imprimante");
    follow(ours);
    wait(30s);
    work(ours, R"("deleted":true)");
    wait(2min);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_TRUE(told[1].second.isDeleted);
    EXPECT_EQ(told[1].second.status, "New");
    EXPECT_TRUE(poll->openTicketsOf(kClaire).empty());
    work(ours, R"("deleted":false)");
    wait(2min);
    ASSERT_EQ(told.size(), 3U);
    EXPECT_FALSE(told[2].second.isDeleted);
}

TEST_F(ProgressPollTest, AFailedLookIsNeverNothingChanged) {
    const auto ours = create("Imprimante");
    follow(ours);
    wait(30s);
    ASSERT_EQ(told.size(), 1U);
    fault(R"({"kind":"lookup-400","times":12})");
    work(ours, R"("status":"5000")");
    // Later changes of others push it down the board.
    for (int i = 0; i < 3; ++i) create("Écran " + std::to_string(i));
    wait(3h);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].second.parentId, 5000);
    ASSERT_EQ(problems.size(), 1U) << "one line for all that fail in a row";
    EXPECT_NE(problems[0].find("400"), std::string::npos) << problems[0];
}

TEST_F(ProgressPollTest, ANinjaThatFailsIsAskedLessAndLess) {
    fault(R"({"kind":"503","times":-1})");
    wait(1h);
    const auto first = ninja.asked.size();
    EXPECT_LE(first, 8U);
    wait(24h);
    EXPECT_LE(ninja.asked.size() - first, 25U);
    EXPECT_EQ(problems.size(), 1U);
    EXPECT_FALSE(poll->lookedAt());
}

TEST_F(ProgressPollTest, AskingIsPutOffAsLongAsNinjaWants) {
    fault(R"({"kind":"429","times":1,"params":{"retryAfter":900}})");
    wait(10s);
    ASSERT_EQ(ninja.asked.size(), 1U);
    wait(14min);
    EXPECT_EQ(ninja.asked.size(), 1U);
    wait(2min);
    EXPECT_GT(ninja.asked.size(), 1U);
}

TEST_F(ProgressPollTest, ARestartCatchesUpWhatChangedMeanwhile) {
    const auto changed = create("Imprimante");
    const auto same = create("Écran");
    const auto gone = create("Clavier");
    for (const auto id : {changed, same, gone}) follow(id);
    wait(30s);
    ASSERT_EQ(told.size(), 3U);
    const TicketProgress asNew = told[0].second;
    stop();
    told.clear();
    work(changed, R"("status":"5000")");
    work(gone, R"("deleted":true)");
    clock.advance(20min);
    start();
    for (const auto id : {changed, same, gone}) follow(id, asNew);
    wait(30s);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].first, changed);
    EXPECT_EQ(told[0].second.status, "Resolved");
    EXPECT_EQ(told[1].first, gone);
    EXPECT_TRUE(told[1].second.isDeleted);
}

TEST_F(ProgressPollTest, TheOpenTicketsOfARequesterAreKnownWithFewRequests) {
    const auto first = create("Imprimante");
    const auto second = create("Écran");
    const auto resolved = create("Clavier");
    create("Souris", "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a12", 12);
    work(resolved, R"("status":"5000")");
    wait(30s);
    const auto tickets = poll->openTicketsOf(kClaire);
    ASSERT_EQ(tickets.size(), 2U);
    EXPECT_EQ(tickets[0].ticketId, TicketId{second});
    EXPECT_EQ(tickets[1].ticketId, TicketId{first});
    EXPECT_EQ(tickets[1].organizationId, 11);
    EXPECT_EQ(tickets[1].subject, "Imprimante");
    EXPECT_EQ(tickets[1].status, "New");
    EXPECT_EQ(tickets[1].tags, std::vector<std::string>{"appel"});
    EXPECT_EQ(ninja.countOf("GET https://ninja.test/api/v2/ticketing/ticket/"), 3);
    EXPECT_TRUE(poll->isClosed(TicketId{resolved}));
    EXPECT_FALSE(poll->isClosed(TicketId{first}));
    wait(5min);
    EXPECT_EQ(ninja.countOf("GET https://ninja.test/api/v2/ticketing/ticket/"), 3);
    const int before = openNews;
    work(first, R"("status":"6000")");
    wait(2min);
    EXPECT_EQ(poll->openTicketsOf(kClaire).size(), 1U);
    EXPECT_TRUE(poll->isClosed(TicketId{first}));
    EXPECT_EQ(openNews, before + 1);
    wait(5min);
    EXPECT_EQ(openNews, before + 1) << "nothing has changed";
}

TEST_F(ProgressPollTest, AsksOneThingASecondAtMost) {
    for (int i = 0; i < 30; ++i) create("Imprimante " + std::to_string(i));
    wait(10min);
    ASSERT_GT(ninja.asked.size(), 30U);
    for (std::size_t i = 1; i < ninja.asked.size(); ++i)
        EXPECT_GE(ninja.asked[i].at - ninja.asked[i - 1].at, 1s) << ninja.asked[i].what;
    const auto in = [&](SteadyTime from) {
        return std::ranges::count_if(ninja.asked,
                                     [&](const auto& one) { return one.at >= from && one.at < from + 60s; });
    };
    for (const auto& one : ninja.asked) EXPECT_LE(in(one.at), 60);
}

TEST_F(ProgressPollTest, ATicketThatIsBeingSentGoesFirst) {
    isSending = true;
    wait(50s);
    EXPECT_TRUE(ninja.asked.empty());
    isSending = false;
    wait(10s);
    EXPECT_FALSE(ninja.asked.empty());
    isSending = true;
    ninja.asked.clear();
    wait(10min);
    EXPECT_FALSE(ninja.asked.empty()) << "not for ever";
    EXPECT_LE(ninja.asked.size(), 10U);
}

TEST_F(ProgressPollTest, NeverLooksWhereItIsNotWanted) {
    stop();
    start(0ms);
    wait(24h);
    EXPECT_TRUE(ninja.asked.empty());
}

/// The simulator's boards are as they were published; this one is another tenant's.
struct OtherTenant : testing::Test {
    OtherTenant() {
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":86400})")});
        NinjaAccount account = testAccount();
        account.apiUrl = "https://ninja.test/api/v2";
        tokens = std::make_unique<NinjaTokens>(account, folder.path, clock, ninja, io.get_executor());
        client = std::make_unique<NinjaClient>(account, *tokens, clock, ninja);
        poll = std::make_unique<ProgressPoll>(
            io.get_executor(), 60s,
            ProgressPoll::Ports{*client,
                                clock,
                                scheduler,
                                {},
                                [this](const std::string& problem) { problems.push_back(problem); }},
            [this](TicketId ticketId, const TicketProgress& progress) {
                told.emplace_back(ticketId.value(), progress);
            });
    }
    void boards(const std::string& list) { ninja.on("trigger/boards", {answer(200, list)}); }
    TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    FakeScheduler scheduler{io, clock};
    std::unique_ptr<NinjaTokens> tokens;
    std::unique_ptr<NinjaClient> client;
    std::unique_ptr<ProgressPoll> poll;
    std::vector<std::pair<std::int64_t, TicketProgress>> told;
    std::vector<std::string> problems;
};

TEST_F(OtherTenant, WithoutABoardOfAllTicketsTheTicketsAreReadByThemselves) {
    boards(R"([{"id":5,"name":"Deleted tickets","system":true,"ticketCount":9}])");
    ninja.on("/run", {answer(400, R"({"resultCode":"FAILURE","errorMessage":"HTTP 400 Bad Request"})")});
    ninja.on(
        "ticketing/ticket/1042",
        {answer(200, R"({"id":1042,"status":{"statusId":5000,"parentId":5000,"displayName":"Résolu"}})")});
    ninja.on("ticketing/ticket/1043",
             {answer(404, R"({"resultCode":"ticket_not_found","errorMessage":"no"})")});
    ninja.on("ticketing/ticket/1044",
             {answer(404, R"({"resultCode":"FAILURE","errorMessage":"HTTP 404 Not Found"})")});
    for (const int id : {1042, 1043, 1044}) poll->follow(TicketId{id}, clock.now());
    poll->start();
    scheduler.runUntil(clock.steady() + 30s);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].first, 1042);
    EXPECT_EQ(told[0].second.status, "Résolu");
    EXPECT_EQ(told[1].first, 1043);
    EXPECT_TRUE(told[1].second.isDeleted);
    EXPECT_EQ(problems.size(), 1U);
}

TEST_F(OtherTenant, AWebPageInPlaceOfABoardIsNoEmptyBoard) {
    boards(R"([{"id":2,"name":"All tickets","system":true,"ticketCount":9}])");
    ninja.on("/run", {answer(200, "<html>busy</html>", "text/html"),
                      answer(200, R"({"data":[{"id":1042,"lastUpdated":1767225000.5,"summary":"x",
                          "status":{"statusId":3000,"displayName":"En attente","parentId":3000}}],
                          "metadata":{"lastCursorId":0}})")});
    ninja.on("ticketing/ticket/1042", {answer(200, R"({"id":1042,"requesterUid":"uid","clientId":12})")});
    poll->follow(TicketId{1042}, clock.now());
    poll->start();
    scheduler.runUntil(clock.steady() + 30s);
    EXPECT_TRUE(told.empty());
    EXPECT_EQ(problems.size(), 1U);
    scheduler.runUntil(clock.steady() + 10min);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].second.status, "En attente");
    EXPECT_EQ(told[0].second.changedAtMs, 1'767'225'000'500);
}

/// Else the next look would go back to the newest row only, and never as far as what it did not see.
TEST_F(OtherTenant, ALookThatBrokeOffHalfwayIsMadeAgainAsAWhole) {
    boards(R"([{"id":2,"name":"All tickets","system":true,"ticketCount":101}])");
    const double now = static_cast<double>(toEpochMs(clock.now())) / 1000;
    const auto rowOf = [](int id, double lastUpdated) {
        return boost::json::value{
            {"id", id},
            {"lastUpdated", lastUpdated},
            {"status", {{"statusId", 6000}, {"parentId", 6000}, {"displayName", "Clos"}}}};
    };
    int secondPages = 0;
    ninja.on("/run", [&](const net::ClientRequest& request) -> Result<net::HttpResponse> {
        boost::json::array rows;
        const bool isFirst = boost::json::parse(request.body).at("lastCursorId") == 0;
        if (!isFirst && ++secondPages == 1) return answer(500, R"({"resultCode":"FAILURE"})");
        if (isFirst)
            for (int i = 0; i < 100; ++i) rows.push_back(rowOf(2000 + i, now - i * 60));
        else
            rows.push_back(rowOf(1042, now - 100 * 60));
        return answer(200,
                      boost::json::serialize(boost::json::value{
                          {"data", std::move(rows)}, {"metadata", {{"lastCursorId", isFirst ? 100 : 0}}}}));
    });
    poll->follow(TicketId{1042}, clock.now(), TicketProgress{1000, 1000, "Nouveau", false, 1, 2});
    poll->start();
    scheduler.runUntil(clock.steady() + 30s);
    EXPECT_TRUE(told.empty());
    scheduler.runUntil(clock.steady() + 10min);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].second.status, "Clos");
}

}  // namespace
}  // namespace ninja3cx::ticketing
