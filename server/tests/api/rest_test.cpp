#include "server/api/notes.hpp"
#include "server/tests/api/world.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <spdlog/logger.h>

#include <utility>

namespace ninja3cx::api {
namespace {

class Rest : public testing::Test, public World {
protected:
    /// No coroutine itself, so that what it makes is gone before anybody waits.
    asio::awaitable<net::HttpResponse> logIn(std::string_view key, const net::Headers& headers) {
        return http("POST", "/api/session", headers, R"({"key":")" + std::string{key} + R"("})");
    }
    asio::awaitable<net::HttpResponse> logIn(std::string_view key) { return logIn(key, net::Headers{}); }
};

/// Not a braced list: GCC 12 cannot keep one alive in a coroutine.
net::Headers with(std::string name, std::string value) {
    net::Headers headers;
    headers.set(std::move(name), std::move(value));
    return headers;
}
std::string cookieOf(const net::HttpResponse& response) {
    const std::string cookie = response.headers.get("Set-Cookie").value_or("");
    return cookie.substr(0, cookie.find(';'));
}

TEST_F(Rest, WithoutAKeyNotOneByteAboutCallsComesOut) {
    ringing("201", "+33612345678", protocol::CallState::Connected);
    const std::string callId = callOf("201").value();
    const std::vector<std::string> paths{"/api/state",           "/api/state?extension=201",   "/api/calls",
                                         "/api/drafts",          "/api/contacts?query=martin", "/metrics",
                                         "/api/calls/" + callId, "/api/calls/call-none",       "/api/audit"};
    const std::vector<net::Headers> attempts{{},
                                             bearer("wrong"),
                                             with("X-API-Key", ""),
                                             with("Cookie", "ninja3cx_session=guess"),
                                             with("Authorization", "Basic abc")};
    const std::vector<std::string> secrets{"call-", "33612", "Secret", "201", "Martin"};
    run([&]() -> asio::awaitable<void> {
        for (const net::Headers& headers : attempts) {
            std::string first;
            for (const std::string& path : paths) {
                const auto response = co_await http("GET", path, headers);
                const bool isBlocked = response.status == 429;
                EXPECT_TRUE(response.status == 401 || isBlocked) << path;
                for (const std::string& secret : secrets)
                    EXPECT_EQ(response.body.find(secret), std::string::npos) << path << ": " << response.body;
                if (first.empty()) first = response.body;
                EXPECT_TRUE(response.body == first || isBlocked) << path << ": every refusal reads the same";
            }
        }
        const auto health = co_await http("GET", "/health");
        EXPECT_EQ(health.status, 200);
        EXPECT_EQ(
            health.body,
            R"({"program":"3cx-ninja-server","status":"ok","version":"1.2.3","ninja":"notConfigured"})");
    });
}

TEST_F(Rest, APageThatIsNotLoggedInIsToldSoWithoutAnError) {
    run([&]() -> asio::awaitable<void> {
        const auto fresh = co_await http("GET", "/api/session");
        EXPECT_EQ(fresh.status, 204);
        EXPECT_EQ(fresh.body, "");
        const net::Headers expired = with("Cookie", "ninja3cx_session=guess");
        EXPECT_EQ((co_await http("GET", "/api/session", expired)).status, 204);
        const net::Headers wrongKey = bearer("wrong");
        EXPECT_EQ((co_await http("GET", "/api/session", wrongKey)).status, 401);
    });
}

TEST_F(Rest, WhatIsWrongInNinjaOneThoughTheLinkWorksIsSaidByHealthWithoutDegradingIt) {
    ninjaWarning_ = "ninja.boardId shows deleted tickets";
    run([&]() -> asio::awaitable<void> {
        const auto health = co_await http("GET", "/health");
        EXPECT_NE(health.body.find(R"("ninjaWarning":"ninja.boardId shows deleted tickets")"),
                  std::string::npos)
            << health.body;
        EXPECT_NE(health.body.find(R"("status":"ok")"), std::string::npos) << health.body;
    });
}

TEST_F(Rest, ADatabaseThatCannotBeWrittenIsSaidAndLogged) {
    auto other = storage::openDatabase(dataDir()).value();
    run([&]() -> asio::awaitable<void> {
        const auto good = co_await http("GET", "/metrics", bearer(keys_["supervisor"]));
        EXPECT_NE(good.body.find("ninja3cx_database_up 1"), std::string::npos) << good.body;
        EXPECT_TRUE(other.run("ALTER TABLE audit RENAME TO elsewhere"));
        const auto failed = co_await http("GET", "/api/calls?text=fax", bearer(keys_["supervisor"]));
        EXPECT_EQ(failed.status, 500);
        EXPECT_EQ(failed.body.find("audit"), std::string::npos) << failed.body;
        EXPECT_NE(log_.str().find("a request failed: "), std::string::npos) << log_.str();
        EXPECT_NE(log_.str().find("no such table"), std::string::npos) << log_.str();
        const auto degraded = co_await http("GET", "/health");
        EXPECT_EQ(degraded.status, 200);
        EXPECT_NE(degraded.body.find(R"("status":"degraded")"), std::string::npos) << degraded.body;
        const auto bad = co_await http("GET", "/metrics", bearer(keys_["supervisor"]));
        EXPECT_NE(bad.body.find("ninja3cx_database_up 0"), std::string::npos) << bad.body;
    });
}

struct Door {
    const char* path;
    std::map<std::string, int> statuses;  // by key
};

TEST_F(Rest, EachRoleOpensItsDoorsOnly) {
    const std::vector<Door> doors{
        {"/api/state",
         {{"agent201", 200}, {"site", 200}, {"dashboard", 200}, {"supervisor", 200}, {"admin", 200}}},
        {"/api/state?extension=202", {{"agent201", 403}, {"agent202", 200}, {"site", 200}}},
        {"/api/drafts",
         {{"agent201", 200}, {"site", 200}, {"dashboard", 200}, {"supervisor", 200}, {"admin", 200}}},
        {"/api/calls",
         {{"agent201", 403}, {"site", 403}, {"dashboard", 403}, {"supervisor", 200}, {"admin", 200}}},
        {"/api/calls/x",
         {{"agent201", 403}, {"site", 403}, {"dashboard", 403}, {"supervisor", 404}, {"admin", 404}}},
        {"/api/audit",
         {{"agent201", 403}, {"site", 403}, {"dashboard", 403}, {"supervisor", 403}, {"admin", 200}}},
        {"/api/audit?before=x", {{"admin", 400}}},
        {"/api/calls?category=nonsense", {{"supervisor", 400}}},
        {"/api/calls?limit=-1", {{"supervisor", 400}}},
        {"/api/calls?text=vpn&from=0&to=9&hasTicket=true&category=network_vpn", {{"supervisor", 200}}},
        {"/api/contacts?query=martin",
         {{"agent201", 200}, {"site", 200}, {"dashboard", 403}, {"supervisor", 200}}},
        {"/api/contacts?query=m", {{"agent201", 400}}},
        {"/metrics",
         {{"agent201", 403}, {"site", 200}, {"dashboard", 200}, {"supervisor", 200}, {"admin", 200}}},
        {"/api/nothing", {{"admin", 404}}}};
    run([&]() -> asio::awaitable<void> {
        for (const Door& door : doors) {
            for (const auto& [who, status] : door.statuses) {
                const auto response = co_await http("GET", door.path, bearer(keys_.at(who)));
                EXPECT_EQ(response.status, status) << who << " at " << door.path << ": " << response.body;
            }
        }
    });
}

TEST_F(Rest, AnAgentsKeySeesItsOwnExtensionOnly) {
    ringing("201", "+33611111111", protocol::CallState::Connected);
    ringing("202", "+33622222222", protocol::CallState::Connected);
    run([&]() -> asio::awaitable<void> {
        const auto own = co_await http("GET", "/api/state", bearer(keys_["agent201"]));
        EXPECT_NE(own.body.find("+33611111111"), std::string::npos);
        EXPECT_EQ(own.body.find("+33622222222"), std::string::npos);
        const auto all = co_await http("GET", "/api/state", bearer(keys_["dashboard"]));
        EXPECT_NE(all.body.find("+33611111111"), std::string::npos);
        EXPECT_NE(all.body.find("+33622222222"), std::string::npos);
    });
}

TEST_F(Rest, ReadingACallIsInItsAuditTrail) {
    ringing("201", "+33611111111", protocol::CallState::Connected);
    const std::string path = "/api/calls/" + callOf("201").value();
    run([&]() -> asio::awaitable<void> {
        const auto response = co_await http("GET", path, bearer(keys_["supervisor"]));
        EXPECT_EQ(response.status, 200) << response.body;
        EXPECT_NE(response.body.find("call.read"), std::string::npos) << response.body;
        EXPECT_NE(response.body.find("supervisor:key-supervisor"), std::string::npos) << response.body;
    });
}

TEST_F(Rest, WhatWasHeardAfterTheCallIsReadWithTheCallAndByNobodyElse) {
    ringing("201", "+33611111111", protocol::CallState::Connected);
    const CallId callId = callOf("201");
    calls::TranscriptVersion version;
    version.model = "large-v3-turbo";
    version.utterances.emplace_back().text = "ici Madame Quenouille";
    store_->commit({calls::SaveVersion{callId, version}}, [](const Result<void>&) {});
    const std::string path = "/api/calls/" + callId.value();
    run([&]() -> asio::awaitable<void> {
        for (const char* who : {"agent201", "site", "dashboard"}) {
            const auto refused = co_await http("GET", path, bearer(keys_[who]));
            EXPECT_EQ(refused.status, 403) << who;
            EXPECT_EQ(refused.body.find("Quenouille"), std::string::npos) << who;
        }
        const auto read = co_await http("GET", path, bearer(keys_["supervisor"]));
        EXPECT_NE(read.body.find("\"versions\":[{\"version\":2,\"model\":\"large-v3-turbo\""),
                  std::string::npos)
            << read.body;
        EXPECT_NE(read.body.find("ici Madame Quenouille"), std::string::npos) << read.body;
        EXPECT_NE(read.body.find("call.read"), std::string::npos) << read.body;
    });
}

TEST_F(Rest, TheAuditTrailTakesNoWordsFromAnAddress) {
    run([&]() -> asio::awaitable<void> {
        const auto none = co_await http("GET", "/api/calls/Madame-Quenouille", bearer(keys_["supervisor"]));
        EXPECT_EQ(none.status, 404) << none.body;
        const auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        EXPECT_EQ(trail.status, 200) << trail.body;
        EXPECT_EQ(trail.body.find("Quenouille"), std::string::npos) << trail.body;
    });
}

TEST_F(Rest, ASearchIsInTheAuditTrailWithoutItsWords) {
    ringing("201", "+33611111111", protocol::CallState::Connected);
    const CallId callId = callOf("201");
    protocol::Utterance said;
    said.callId = callId;
    said.utteranceId = UtteranceId{"customer-0000000"};
    said.channel = protocol::Speaker::Customer;
    said.isFinal = true;
    said.text = "ici Madame Quenouille";
    run([&]() -> asio::awaitable<void> {
        std::vector<calls::Change> changes;
        changes.emplace_back(calls::SaveUtterance{said});
        store_->commit(std::move(changes), [](const Result<void>& stored) { EXPECT_TRUE(stored); });
        const auto found = co_await http("GET", "/api/calls?text=quenouille", bearer(keys_["supervisor"]));
        EXPECT_EQ(found.status, 200) << found.body;
        const auto listed = co_await http("GET", "/api/calls", bearer(keys_["supervisor"]));
        EXPECT_EQ(listed.status, 200) << listed.body;
        const auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        const std::vector<std::string> wanted{
            R"("actor":"supervisor:key-supervisor","action":"history.search","about":"1 of 1 calls")",
            R"("action":"call.found","about":")" + callId.value() + R"(")",
            R"("action":"history.list","about":"1 of 1 calls")"};
        for (const std::string& line : wanted)
            EXPECT_NE(trail.body.find(line), std::string::npos) << trail.body;
        EXPECT_EQ(trail.body.find("uenouille"), std::string::npos) << trail.body;
        const auto again = co_await http("GET", "/api/audit?limit=1", bearer(keys_["admin"]));
        EXPECT_NE(again.body.find("audit.read"), std::string::npos) << again.body;
        EXPECT_NE(again.body.find(R"("next":)"), std::string::npos) << again.body;
    });
}

/// How many lines of the trail hold this.
int linesWith(const net::HttpResponse& trail, const std::string& wanted) {
    int found = 0;
    for (auto at = trail.body.find(wanted); at != std::string::npos; at = trail.body.find(wanted, at + 1))
        ++found;
    return found;
}

TEST_F(Rest, WhoPollsTheBoardIsInTheAuditTrailOnceAnHourForEachKey) {
    const std::string wall =
        R"("actor":"dashboard:key-dashboard","action":"board.opened","about":"127.0.0.1")";
    const std::vector<std::string> readers{"dashboard", "supervisor", "agent201"};
    run([&]() -> asio::awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            for (const std::string& who : readers)
                (void)co_await http("GET", "/api/state", bearer(keys_[who]));
            (void)co_await http("GET", "/api/drafts", bearer(keys_["dashboard"]));
        }
        (void)co_await http("GET", "/api/state?extension=201", bearer(keys_["site"]));
        auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        EXPECT_EQ(linesWith(trail, wall), 1) << trail.body;
        EXPECT_EQ(linesWith(trail, "board.opened"), 2) << trail.body;
        clock_.advance(std::chrono::hours{1});
        (void)co_await http("GET", "/api/state", bearer(keys_["dashboard"]));
        trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        EXPECT_EQ(linesWith(trail, wall), 2) << trail.body;
    });
}

TEST_F(Rest, WhoReadsAnExtensionWithTheSitesKeyIsInTheAuditTrailOnceAnHourForEach) {
    const std::vector<std::string> paths{"/api/state?extension=201", "/api/state?extension=202",
                                         "/api/drafts?extension=201"};
    run([&]() -> asio::awaitable<void> {
        for (int i = 0; i < 2; ++i)
            for (const std::string& path : paths) (void)co_await http("GET", path, bearer(keys_["site"]));
        (void)co_await http("GET", "/api/state?extension=201", bearer(keys_["agent201"]));
        auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        EXPECT_EQ(linesWith(trail, R"("action":"extension.opened","about":"201")"), 1) << trail.body;
        EXPECT_EQ(linesWith(trail, R"("action":"extension.opened","about":"202")"), 1) << trail.body;
        EXPECT_EQ(linesWith(trail, "extension.opened"), 2) << trail.body;
        EXPECT_EQ(linesWith(trail, ":API_KEY"), 2) << trail.body;
        clock_.advance(std::chrono::hours{1});
        (void)co_await http("GET", "/api/state?extension=201", bearer(keys_["site"]));
        const std::string words = "/api/state?extension=Madame%20Quenouille";
        EXPECT_EQ((co_await http("GET", words, bearer(keys_["site"]))).status, 400);
        trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        EXPECT_EQ(linesWith(trail, "extension.opened"), 3) << trail.body;
        EXPECT_EQ(linesWith(trail, "Quenouille"), 0) << trail.body;
    });
}

TEST_F(Rest, AnAgentProgramWithTheSitesKeyIsInTheAuditTrailOnceAnHour) {
    NotedAt notedAt;
    const auth::Principal site{auth::Role::Dashboard, std::nullopt, true, "API_KEY"};
    const auth::Principal own{auth::Role::Agent, Extension{"202"}, false, "key-agent202"};
    const auto log = std::make_shared<spdlog::logger>("test");
    run([&]() -> asio::awaitable<void> {
        for (int i = 0; i < 2; ++i) noteAgent({*store_, clock_, notedAt, log}, site, Extension{"201"});
        noteAgent({*store_, clock_, notedAt, log}, own, Extension{"202"});
        const auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        const std::string line = R"("actor":"dashboard:API_KEY","action":"extension.opened","about":"201")";
        EXPECT_EQ(linesWith(trail, line), 1) << trail.body;
        EXPECT_EQ(linesWith(trail, "extension.opened"), 1) << trail.body;
    });
}

TEST_F(Rest, TwoPollsAtOnceAreOneLine) {
    using namespace asio::experimental::awaitable_operators;
    run([&]() -> asio::awaitable<void> {
        auto first = http("GET", "/api/state", bearer(keys_["dashboard"]));
        auto second = http("GET", "/api/state", bearer(keys_["dashboard"]));
        auto both = std::move(first) && std::move(second);
        const auto answers = co_await std::move(both);
        EXPECT_EQ(std::get<0>(answers).status, 200);
        EXPECT_EQ(std::get<1>(answers).status, 200);
        const auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        EXPECT_EQ(linesWith(trail, "board.opened"), 1) << trail.body;
    });
}

TEST_F(Rest, WhileTheDatabaseCannotBeWrittenTheBoardIsGivenFromMemoryAndNotedAfterwards) {
    auto other = storage::openDatabase(dataDir()).value();
    run([&]() -> asio::awaitable<void> {
        EXPECT_TRUE(other.run("ALTER TABLE audit RENAME TO elsewhere"));
        for (const char* path : {"/api/state", "/api/drafts", "/api/state", "/api/drafts"}) {
            const auto unnoted = co_await http("GET", path, bearer(keys_["supervisor"]));
            EXPECT_EQ(unnoted.status, 200) << path;
        }
        EXPECT_TRUE(store_->problem());
        const std::string log = log_.str();
        const auto said = log.find("not in the audit trail: board.opened");
        EXPECT_NE(said, std::string::npos) << log;
        EXPECT_EQ(log.find("not in the audit trail", said + 1), std::string::npos) << "once: " << log;

        EXPECT_TRUE(other.run("ALTER TABLE elsewhere RENAME TO audit"));
        const auto noted = co_await http("GET", "/api/state", bearer(keys_["supervisor"]));
        EXPECT_EQ(noted.status, 200);
        const auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        EXPECT_EQ(linesWith(trail, "board.opened"), 1) << trail.body;
    });
}

TEST_F(Rest, APollNeitherHidesAFailingDatabaseNorWaitsForIt) {
    auto other = storage::openDatabase(dataDir()).value();
    run([&]() -> asio::awaitable<void> {
        EXPECT_EQ((co_await http("GET", "/api/state", bearer(keys_["supervisor"]))).status, 200);
        EXPECT_TRUE(other.run("ALTER TABLE audit RENAME TO elsewhere"));
        EXPECT_EQ((co_await http("GET", "/api/calls?text=fax", bearer(keys_["supervisor"]))).status, 500);
        EXPECT_TRUE(store_->problem());
        EXPECT_TRUE(other.script("BEGIN IMMEDIATE"));  // longer than the store would wait
        EXPECT_EQ((co_await http("GET", "/api/state", bearer(keys_["supervisor"]))).status, 200);
        EXPECT_EQ((co_await http("GET", "/api/state", bearer(keys_["dashboard"]))).status, 200);
        EXPECT_TRUE(store_->problem()) << "nothing was written";
        EXPECT_TRUE(other.script("ROLLBACK"));
    });
}

TEST_F(Rest, ABrowserLogsInWithAKeyAndOutAgain) {
    run([&]() -> asio::awaitable<void> {
        const auto wrong = co_await logIn("wrong");
        EXPECT_EQ(wrong.status, 401);
        EXPECT_FALSE(wrong.headers.get("Set-Cookie"));
        const net::Headers none;
        const auto broken = co_await http("POST", "/api/session", none, "{");
        EXPECT_EQ(broken.status, 400);
        const auto login = co_await logIn(keys_["supervisor"]);
        EXPECT_EQ(login.status, 200);
        EXPECT_EQ(login.body, R"({"role":"supervisor","version":"1.2.3"})");
        const std::string attributes = login.headers.get("Set-Cookie").value_or("");
        EXPECT_NE(attributes.find("HttpOnly"), std::string::npos);
        EXPECT_NE(attributes.find("SameSite=Strict"), std::string::npos);
        const std::string cookie = cookieOf(login);
        const auto loggedIn = co_await http("GET", "/api/calls", with("Cookie", "a=b; " + cookie));
        EXPECT_EQ(loggedIn.status, 200);
        // A write with a cookie must come from one of our pages.
        const auto logOutFrom = [&](std::optional<std::string> origin) -> asio::awaitable<int> {
            net::Headers headers = with("Cookie", cookie);
            if (origin) headers.set("Origin", *origin);
            co_return (co_await http("DELETE", "/api/session", headers)).status;
        };
        const auto withoutOrigin = co_await logOutFrom(std::nullopt);
        EXPECT_EQ(withoutOrigin, 403);
        const auto fromForeignPage = co_await logOutFrom("http://evil.example");
        EXPECT_EQ(fromForeignPage, 403);
        const auto fromSandbox = co_await logOutFrom("null");
        EXPECT_EQ(fromSandbox, 403);
        const auto fromOwnPage = co_await logOutFrom("http://localhost:4173");
        EXPECT_EQ(fromOwnPage, 204);
        const auto loggedOut = co_await http("GET", "/api/calls", with("Cookie", cookie));
        EXPECT_EQ(loggedOut.status, 401);
    });
}

TEST_F(Rest, LoginsAreInTheAuditTrailAndRefusalsAreToldOf) {
    run([&]() -> asio::awaitable<void> {
        (void)co_await logIn(keys_["supervisor"]);
        (void)co_await logIn("wrong");
        (void)co_await http("GET", "/api/calls", bearer("wrong"));
        const auto trail = co_await http("GET", "/api/audit", bearer(keys_["admin"]));
        EXPECT_NE(
            trail.body.find(R"("actor":"supervisor:key-supervisor","action":"login","about":"127.0.0.1")"),
            std::string::npos)
            << trail.body;
    });
    EXPECT_EQ(refused_, std::vector<std::string>{"127.0.0.1"});  // the second one of an hour is not
}

TEST_F(Rest, AForeignPageCannotLogIn) {
    run([&]() -> asio::awaitable<void> {
        const net::Headers foreign = with("Origin", "http://evil.example");
        const auto login = co_await logIn(keys_["supervisor"], foreign);
        EXPECT_EQ(login.status, 403);
    });
}

TEST_F(Rest, ManyWrongKeysAreToldToWait) {
    run([&]() -> asio::awaitable<void> {
        for (int i = 0; i < auth::Failures::kAllowed; ++i) {
            const auto refused = co_await logIn("guess");
            EXPECT_EQ(refused.status, 401);
        }
        const auto blocked = co_await logIn("guess");
        EXPECT_EQ(blocked.status, 429);
        EXPECT_TRUE(blocked.headers.get("Retry-After"));
    });
}

TEST_F(Rest, TheOneTimeLinkLogsInOnceAndOnlyByItsButton) {
    const std::string once = access_->makeLink(auth::Role::Supervisor);
    run([&]() -> asio::awaitable<void> {
        for (int i = 0; i < 2; ++i) {  // a preview, then the person
            const auto page = co_await http("GET", "/login?once=" + once);
            EXPECT_EQ(page.status, 200);
            EXPECT_FALSE(page.headers.get("Set-Cookie"));
            EXPECT_EQ(page.headers.get("Cache-Control"), "no-store");
            EXPECT_NE(page.body.find("value=\"" + once + "\""), std::string::npos) << page.body;
        }
        const net::Headers asABrowser = with("Origin", "null");
        const auto login = co_await http("POST", "/login", asABrowser, "once=" + once);
        EXPECT_EQ(login.status, 303);
        EXPECT_EQ(login.headers.get("Location"), "/");
        EXPECT_NE(login.headers.get("Set-Cookie").value_or("").find("Max-Age=43200"), std::string::npos);
        const auto calls = co_await http("GET", "/api/calls", with("Cookie", cookieOf(login)));
        EXPECT_EQ(calls.status, 200);
        const auto again = co_await http("POST", "/login", asABrowser, "once=" + once);
        EXPECT_FALSE(again.headers.get("Set-Cookie"));
        const auto foreign = co_await http("GET", "/login?once=%22%3E%3Cscript%3E");
        EXPECT_EQ(foreign.status, 400);
        clock_.advance(auth::Sessions::kLinkAge + std::chrono::seconds{1});
        const auto late = co_await http("GET", "/api/calls", with("Cookie", cookieOf(login)));
        EXPECT_EQ(late.status, 401);
    });
}

TEST_F(Rest, OnlyConfiguredOriginsAreLetIn) {
    run([&]() -> asio::awaitable<void> {
        const auto own = co_await http("GET", "/health", with("Origin", "http://localhost:4173"));
        EXPECT_EQ(own.headers.get("Access-Control-Allow-Origin"), "http://localhost:4173");
        EXPECT_EQ(own.headers.get("Access-Control-Allow-Credentials"), "true");
        const auto foreign = co_await http("GET", "/health", with("Origin", "http://evil.example"));
        EXPECT_FALSE(foreign.headers.get("Access-Control-Allow-Origin"));
        const auto preflight =
            co_await http("OPTIONS", "/api/session", with("Origin", "http://localhost:4173"));
        EXPECT_EQ(preflight.status, 204);
        EXPECT_TRUE(preflight.headers.get("Access-Control-Allow-Methods"));
    });
}

TEST_F(Rest, TheDashboardIsServedWithItsPagesAndItsGuards) {
    run([&]() -> asio::awaitable<void> {
        const auto page = co_await http("GET", "/history/some-call");
        EXPECT_EQ(page.status, 200);
        EXPECT_EQ(page.body, "<!doctype html>");
        EXPECT_EQ(page.headers.get("Cache-Control"), "no-cache");
        EXPECT_NE(page.headers.get("Content-Security-Policy").value_or("").find("default-src 'self'"),
                  std::string::npos);
        EXPECT_EQ(page.headers.get("X-Content-Type-Options"), "nosniff");
        const auto script = co_await http("GET", "/assets/app-1f.js");
        EXPECT_EQ(script.headers.get("Content-Type"), "text/javascript; charset=utf-8");
        EXPECT_NE(script.headers.get("Cache-Control").value_or("").find("immutable"), std::string::npos);
        const auto oldScript = co_await http("GET", "/assets/old-2e.js");
        EXPECT_EQ(oldScript.status, 404);
        const auto outside = co_await http("GET", "/../data/server.db");
        EXPECT_GE(outside.status, 400);
        const auto outsideEncoded = co_await http("GET", "/%2e%2e/data/server.db");
        EXPECT_GE(outsideEncoded.status, 400);
    });
}

TEST_F(Rest, WhatNoHandlerAnswersHasTheDocumentedShapeToo) {
    run([&]() -> asio::awaitable<void> {
        const net::Headers none;
        const auto wrongMethod = co_await http("DELETE", "/api/calls", none);
        EXPECT_EQ(wrongMethod.status, 405);
        EXPECT_EQ(
            wrongMethod.body,
            R"({"error":{"code":"methodNotAllowed","message":"this address knows other methods only"}})");
        EXPECT_EQ(wrongMethod.headers.get("Allow"), "GET, HEAD");
        const auto noUpgrade = co_await http("POST", "/ws", none);
        EXPECT_TRUE(noUpgrade.body.starts_with(R"({"error":{"code":)")) << noUpgrade.body;
        const net::Headers large = with("X-Large", std::string(40'000, 'x'));
        const auto largeHeader = co_await http("GET", "/health", large);
        EXPECT_EQ(largeHeader.status, 431);
        EXPECT_TRUE(largeHeader.body.starts_with(R"({"error":{"code":"headerTooLarge","message":)"))
            << largeHeader.body;
    });
}

TEST_F(Rest, TheCodesOfTheHttpLayerAreThoseOfTheProtocol) {
    const std::map<int, std::string> codes{
        {400, "badMessage"},  {404, "notFound"},        {405, "methodNotAllowed"},
        {413, "tooLarge"},    {426, "upgradeRequired"}, {431, "headerTooLarge"},
        {500, "serverError"}, {503, "stopping"},        {505, "unknownVersion"}};
    for (const auto& [status, code] : codes) {
        const auto response = layerErrorResponse(status, "why");
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(response.body, R"({"error":{"code":")" + code + R"(","message":"why"}})");
    }
}

TEST_F(Rest, MetricsCountWhatHappened) {
    run([&]() -> asio::awaitable<void> {
        (void)co_await http("GET", "/api/state");
        const auto metrics = co_await http("GET", "/metrics", bearer(keys_["dashboard"]));
        EXPECT_NE(metrics.body.find("ninja3cx_http_answers_total{class=\"4xx\"} 1\n"), std::string::npos)
            << metrics.body;
        EXPECT_NE(metrics.body.find("# TYPE ninja3cx_live_calls gauge\n"), std::string::npos);
        EXPECT_NE(metrics.body.find("extra_metric 1\n"), std::string::npos);
    });
}

}  // namespace
}  // namespace ninja3cx::api
