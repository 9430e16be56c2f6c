#include "server/ticketing/ninja_tokens.hpp"

#include "server/tests/ticketing/fake_ninja.hpp"
#include "server/tests/ticketing/simulated_ninja.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "server/ticketing/token_keeper.hpp"
#include "shared/core/files.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <optional>

namespace ninja3cx::ticketing {
namespace {

using namespace std::chrono_literals;

std::string tokens(int number, const std::string& refresh) {
    return R"({"access_token":"AT-)" + std::to_string(number) +
           R"(","token_type":"Bearer","expires_in":3600)" +
           (refresh.empty() ? "" : R"(,"refresh_token":")" + refresh + '"') + "}";
}
const std::string kInvalid = R"({"error":"invalid_token","error_description":"no"})";

std::string shown(const Result<std::string>& token) {
    return token ? *token : "failed: " + token.error().detail;
}

struct TokensTest : testing::Test {
    NinjaTokens make(const std::string& seed = "seed-token") {
        NinjaAccount account;
        account.apiUrl = "https://eu.ninjarmm.com/api/v2";
        account.clientId = "client";
        account.clientSecret = "very-secret";
        account.seedRefreshToken = seed;
        return NinjaTokens{account, folder.path, clock, ninja, io.get_executor()};
    }
    Result<std::string> get(NinjaTokens& from, Use use = Use::Write, const std::string& refused = "") {
        std::optional<Result<std::string>> got;
        asio::co_spawn(
            io, [](NinjaTokens& t, Use u, std::string r) { return t.replace(u, r); }(from, use, refused),
            [&](std::exception_ptr failure, Result<std::string> token) {
                if (failure) std::rethrow_exception(failure);
                got = std::move(token);
            });
        io.restart();
        io.run();
        return got.value_or(Error{ErrorKind::Cancelled, "never answered"});
    }
    std::optional<std::string> stored() const { return *TokenVault{folder.path}.load(); }

    TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
};

TEST_F(TokensTest, SeedsFromTheEnvironmentAndStoresWhatCameBack) {
    ninja.on("token", {answer(200, tokens(1, "RT-2"))});
    NinjaTokens ours = make();
    EXPECT_EQ(shown(get(ours)), "AT-1");
    EXPECT_EQ(stored(), "RT-2");
    EXPECT_EQ(ninja.requests.at(0).url, "https://eu.ninjarmm.com/ws/oauth/token");
    EXPECT_NE(ninja.requests.at(0).body.find("refresh_token=seed-token"), std::string::npos);
}

TEST_F(TokensTest, PrefersTheStoredTokenToTheSeed) {
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-9"));
    ninja.on("token", {answer(200, tokens(1, "RT-10"))});
    NinjaTokens ours = make();
    ASSERT_TRUE(get(ours));
    EXPECT_NE(ninja.requests.at(0).body.find("refresh_token=RT-9"), std::string::npos);
}

TEST_F(TokensTest, FallsBackToTheSeedOnceWhenTheStoredTokenHasDied) {
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-9"));
    ninja.on("token", {answer(400, kInvalid), answer(200, tokens(1, "RT-2"))});
    NinjaTokens ours = make();
    EXPECT_EQ(shown(get(ours)), "AT-1");
    EXPECT_EQ(stored(), "RT-2");
}

TEST_F(TokensTest, NeedsALoginWhenAllHaveDiedAndThenAsksNoMore) {
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-9"));
    ninja.on("token", {answer(400, kInvalid)});
    NinjaTokens ours = make();
    EXPECT_EQ(get(ours).error().kind, ErrorKind::Unauthorized);
    EXPECT_EQ(get(ours).error().kind, ErrorKind::Unauthorized);
    EXPECT_EQ(ninja.requests.size(), 2U) << "each dead token is tried once";
}

TEST_F(TokensTest, TakesUpATokenThatAnotherProcessStored) {
    ninja.on("token", {answer(400, kInvalid), answer(200, tokens(1, "RT-21"))});
    NinjaTokens ours = make();
    ASSERT_FALSE(get(ours));
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-20"));
    EXPECT_TRUE(get(ours));
}

struct Outage {
    const char* name;
    Result<net::HttpResponse> answer;
    ErrorKind expected;
};
class TokenOutage : public TokensTest, public testing::WithParamInterface<Outage> {};
TEST_P(TokenOutage, NeverDiscardsTheStoredToken) {
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-9"));
    ninja.on("token", {GetParam().answer, answer(200, tokens(1, "RT-10"))});
    NinjaTokens ours = make();
    EXPECT_EQ(get(ours).error().kind, GetParam().expected);
    EXPECT_EQ(stored(), "RT-9");
    EXPECT_TRUE(get(ours));
    EXPECT_NE(ninja.requests.at(1).body.find("refresh_token=RT-9"), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, TokenOutage,
    testing::Values(
        Outage{"Throttled", answer(429, "{}"), ErrorKind::Busy},
        Outage{"ServerError", answer(500, R"({"resultCode":"FAILURE"})"), ErrorKind::OutcomeUnknown},
        Outage{"Unavailable", answer(503, ""), ErrorKind::Busy},
        Outage{"WebPage", answer(200, "<html>busy</html>", "text/html"), ErrorKind::Busy},
        Outage{"WebPageWith400", answer(400, "<html>invalid_token</html>", "text/html"), ErrorKind::Busy},
        Outage{"WrongSecret", answer(401, R"({"error":"invalid_client"})"), ErrorKind::Rejected},
        Outage{"WrongRegion", answer(404, R"({"resultCode":"Client app not exist"})"), ErrorKind::NotFound},
        Outage{"CutAnswer", answer(200, R"({"access_token":"AT)"), ErrorKind::OutcomeUnknown},
        Outage{"NoAccessToken", answer(200, "{}"), ErrorKind::OutcomeUnknown},
        Outage{"Reset", Error{ErrorKind::OutcomeUnknown, "reset"}, ErrorKind::OutcomeUnknown},
        Outage{"Unreachable", Error{ErrorKind::Unreachable, "no route"}, ErrorKind::Unreachable}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(TokensTest, RefreshesOnceForAllWhoAsk) {
    ninja.on("token", {answer(200, tokens(1, "RT-2"))});
    NinjaTokens ours = make();
    int got = 0;
    for (int i = 0; i < 5; ++i)
        asio::co_spawn(io, ours.accessToken(i % 2 ? Use::Read : Use::Write),
                       [&](std::exception_ptr, Result<std::string> token) { got += token ? 1 : 0; });
    io.run();
    EXPECT_EQ(got, 5);
    EXPECT_EQ(ninja.requests.size(), 1U);
}

TEST_F(TokensTest, FailsOnceForAllWhoAsk) {
    ninja.on("token", {answer(503, "")});
    NinjaTokens ours = make();
    int failed = 0;
    for (int i = 0; i < 5; ++i)
        asio::co_spawn(io, ours.accessToken(Use::Write),
                       [&](std::exception_ptr, Result<std::string> token) { failed += token ? 0 : 1; });
    io.run();
    EXPECT_EQ(failed, 5);
    EXPECT_EQ(ninja.requests.size(), 1U);
}

TEST_F(TokensTest, ReplacesARefusedTokenOnceForAllWhoWereRefused) {
    ninja.on("token", {answer(200, tokens(1, "RT-2")), answer(200, tokens(2, "RT-3"))});
    NinjaTokens ours = make();
    ASSERT_TRUE(get(ours));
    std::vector<std::string> got;
    for (int i = 0; i < 3; ++i)
        asio::co_spawn(io, ours.replace(Use::Write, "AT-1"),
                       [&](std::exception_ptr, Result<std::string> token) { got.push_back(*token); });
    io.restart();
    io.run();
    EXPECT_EQ(got, (std::vector<std::string>{"AT-2", "AT-2", "AT-2"}));
    EXPECT_EQ(ninja.requests.size(), 2U);
}

TEST_F(TokensTest, RefreshesTwoMinutesBeforeTheEnd) {
    ninja.on("token", {answer(200, tokens(1, "RT-2")), answer(200, tokens(2, "RT-3"))});
    NinjaTokens ours = make();
    ASSERT_TRUE(get(ours));
    clock.advance(57min);
    EXPECT_EQ(shown(get(ours)), "AT-1");
    clock.advance(90s);
    EXPECT_EQ(shown(get(ours)), "AT-2");
}

TEST_F(TokensTest, UsesATokenOfShortLifeForMostOfIt) {
    const auto brief = [](int number) {
        return answer(200, R"({"access_token":"AT-)" + std::to_string(number) + R"(","expires_in":60})");
    };
    ninja.on("token", {brief(1), brief(2)});
    NinjaTokens ours = make();
    EXPECT_EQ(shown(get(ours)), "AT-1");
    clock.advance(39s);
    EXPECT_EQ(shown(get(ours)), "AT-1");
    clock.advance(2s);
    EXPECT_EQ(shown(get(ours)), "AT-2");
}

TEST_F(TokensTest, KeepsTheOldTokenWhileNinjaGivesNoNewOne) {
    ninja.on("token", {answer(200, tokens(1, "RT-2")), answer(503, "")});
    NinjaTokens ours = make();
    ASSERT_TRUE(get(ours));
    clock.advance(59min);
    EXPECT_EQ(shown(get(ours)), "AT-1");
    clock.advance(2min);
    EXPECT_FALSE(get(ours));
}

TEST_F(TokensTest, HandsOutNothingUntilTheNewRefreshTokenIsOnDisk) {
    ninja.on("token", {answer(200, tokens(1, "RT-2"))});
    NinjaTokens ours = make();
    std::filesystem::create_directory(folder.path / "ninja-token.key.new");  // the key cannot be written
    EXPECT_EQ(get(ours).error().kind, ErrorKind::Io);
    EXPECT_EQ(get(ours).error().kind, ErrorKind::Io);
    std::filesystem::remove(folder.path / "ninja-token.key.new");
    EXPECT_EQ(shown(get(ours)), "AT-1");
    EXPECT_EQ(stored(), "RT-2");
    EXPECT_EQ(ninja.requests.size(), 1U) << "the token that came is kept, not asked for again";
}

TEST_F(TokensTest, SurvivesAStopBetweenRotationAndItsAnswer) {
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-9"));
    // NinjaOne has replaced RT-9, but the answer never came; only the seed is left.
    ninja.on("token", {Error{ErrorKind::OutcomeUnknown, "reset"}, answer(400, kInvalid),
                       answer(200, tokens(1, "RT-2"))});
    {
        NinjaTokens before = make();
        EXPECT_FALSE(get(before));
    }
    NinjaTokens after = make();
    EXPECT_EQ(shown(get(after)), "AT-1");
    EXPECT_EQ(stored(), "RT-2");
}

TEST_F(TokensTest, WorksWithATokenThatNeverChanges) {
    ninja.on("token", {answer(200, tokens(1, ""))});
    NinjaTokens ours = make();
    EXPECT_TRUE(get(ours));
    EXPECT_EQ(stored(), std::nullopt);
    clock.advance(2h);
    EXPECT_TRUE(get(ours));
}

TEST_F(TokensTest, ReadsWithTheMachinesTokenWhenThereIsNoUsers) {
    ninja.on("token", {answer(200, tokens(1, ""))});
    NinjaTokens ours = make("");
    EXPECT_EQ(shown(get(ours, Use::Read)), "AT-1");
    EXPECT_NE(ninja.requests.at(0).body.find("grant_type=client_credentials"), std::string::npos);
    EXPECT_EQ(get(ours, Use::Write).error().kind, ErrorKind::Unauthorized);
}

TEST_F(TokensTest, GoesOnReadingWithTheMachinesTokenWhenTheUsersHasDied) {
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-9"));
    ninja.on("token", [](const net::ClientRequest& request) -> Result<net::HttpResponse> {
        const bool isMachine = request.body.find("client_credentials") != std::string::npos;
        return isMachine ? answer(200, tokens(7, "")) : answer(400, kInvalid);
    });
    NinjaTokens ours = make("");
    EXPECT_EQ(get(ours, Use::Write).error().kind, ErrorKind::Unauthorized);
    EXPECT_EQ(shown(get(ours, Use::Read)), "AT-7");
    EXPECT_EQ(get(ours, Use::Write).error().kind, ErrorKind::Unauthorized);
    EXPECT_EQ(ours.facts().login, Login::Needed);
}

TEST_F(TokensTest, ReadersWhoWaitForALoginThatIsNotThereGetTheMachinesToken) {
    ninja.on("token", {answer(200, tokens(7, ""))});
    NinjaTokens ours = make("");
    std::vector<std::string> read;
    bool isWritable = true;
    asio::co_spawn(io, ours.accessToken(Use::Write),
                   [&](std::exception_ptr, const Result<std::string>& token) { isWritable = !!token; });
    for (int i = 0; i < 3; ++i)
        asio::co_spawn(io, ours.accessToken(Use::Read),
                       [&](std::exception_ptr, Result<std::string> token) { read.push_back(shown(token)); });
    io.run();
    EXPECT_FALSE(isWritable);
    EXPECT_EQ(read, (std::vector<std::string>{"AT-7", "AT-7", "AT-7"}));
    EXPECT_EQ(ninja.requests.size(), 1U);
}

TEST_F(TokensTest, ALoginThatAnotherProcessStoresDuringOurRefreshIsTakenUpNotOverwritten) {
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-9"));
    ninja.on("token", [&](const net::ClientRequest& request) -> Result<net::HttpResponse> {
        if (request.body.find("refresh_token=RT-9&") == std::string::npos)
            return answer(200, tokens(2, "RT-21"));
        EXPECT_TRUE(TokenVault{folder.path}.save("RT-20"));  // as `ninja login` does at this moment
        return answer(200, tokens(1, "RT-10"));
    });
    NinjaTokens ours = make();
    EXPECT_EQ(shown(get(ours)), "AT-2");
    EXPECT_NE(ninja.requests.at(1).body.find("refresh_token=RT-20&"), std::string::npos);
    EXPECT_EQ(stored(), "RT-21");
}

TEST_F(TokensTest, ATokenThatOurDiskRefusedGivesWayToANewerLogin) {
    ninja.on("token", {answer(200, tokens(1, "RT-2")), answer(200, tokens(2, "RT-21"))});
    NinjaTokens ours = make();
    const auto obstacle = folder.path / "ninja-token.key.new";
    std::filesystem::create_directory(obstacle);
    EXPECT_EQ(get(ours).error().kind, ErrorKind::Io);
    std::filesystem::remove(obstacle);
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-20"));
    EXPECT_EQ(shown(get(ours)), "AT-2");
    EXPECT_EQ(stored(), "RT-21");
}

TEST_F(TokensTest, ATokenThatDiedBecauseAnotherProcessUsedItIsNoNeedForALogin) {
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-9"));
    ninja.on("token", [&](const net::ClientRequest& request) -> Result<net::HttpResponse> {
        if (request.body.find("refresh_token=RT-9&") == std::string::npos)
            return answer(200, tokens(2, "RT-11"));
        EXPECT_TRUE(TokenVault{folder.path}.save("RT-10"));  // the other was faster
        return answer(400, kInvalid);
    });
    NinjaTokens ours = make("");
    EXPECT_EQ(shown(get(ours)), "AT-2");
    EXPECT_EQ(stored(), "RT-11");
}

struct KeeperTest : TokensTest {
    FakeScheduler scheduler{io, clock};
    int refreshes() const { return ninja.countOf("token"); }
};

TEST_F(KeeperTest, UsesAnIdleLoginWithinTwelveHours) {
    int number = 1;
    ninja.on("token", [&](const net::ClientRequest&) -> Result<net::HttpResponse> {
        ++number;
        return answer(200, tokens(number, "RT-" + std::to_string(number)));
    });
    NinjaTokens ours = make();
    TokenKeeper keeper{io.get_executor(), ours, scheduler};
    keeper.start();
    scheduler.run(1);
    EXPECT_EQ(refreshes(), 1) << "at once: whether somebody is logged in is wanted to be known";
    EXPECT_EQ(ours.facts().login, Login::Working);
    scheduler.run(10 * 60);
    EXPECT_EQ(refreshes(), 1);
    scheduler.run(2 * 60);
    EXPECT_EQ(refreshes(), 2);
    EXPECT_EQ(stored(), "RT-3");
    scheduler.run(12 * 60);
    EXPECT_EQ(refreshes(), 3);
    keeper.stop();
    scheduler.run();
}

TEST_F(KeeperTest, TakesUpALoginOfAnotherProcessWithinAMinute) {
    ninja.on("token", {answer(200, tokens(1, "RT-2")), answer(200, tokens(2, "RT-21"))});
    NinjaTokens ours = make();
    TokenKeeper keeper{io.get_executor(), ours, scheduler};
    keeper.start();
    scheduler.run(3);
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-20"));
    scheduler.run(1);
    EXPECT_NE(ninja.lastBodyOf("token").find("refresh_token=RT-20&"), std::string::npos);
    keeper.stop();
    scheduler.run();
    EXPECT_EQ(shown(get(ours)), "AT-2") << "not the old one for the rest of its hour";
}

TEST_F(KeeperTest, LooksForALoginEveryTwoSecondsWhereOneIsNeededAndAsksNinjaNothing) {
    ninja.on("token", {answer(400, kInvalid), answer(200, tokens(2, "RT-21"))});
    NinjaTokens ours = make();
    std::vector<Login> told;
    ours.onLogin([&](Login login) { told.push_back(login); });
    TokenKeeper keeper{io.get_executor(), ours, scheduler};
    keeper.start();
    scheduler.run(50);
    EXPECT_EQ(refreshes(), 1);
    EXPECT_EQ(told, (std::vector<Login>{Login::Needed}));
    EXPECT_EQ(scheduler.slept.back(), 2s);
    EXPECT_EQ(ours.facts().endsAt, std::nullopt);
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-20"));
    scheduler.run(1);
    EXPECT_EQ(told, (std::vector<Login>{Login::Needed, Login::Working}));
    keeper.stop();
    scheduler.run();
}

TEST_F(KeeperTest, LooksForALoginAtOnceWhenAnotherFindsThatItHasDied) {
    ninja.on("token", {answer(400, kInvalid), answer(200, tokens(2, "RT-21"))});
    NinjaTokens ours = make();
    TokenKeeper keeper{io.get_executor(), ours, scheduler};
    const auto begin = clock.steady();
    // Asked for first: the keeper finds a refresh under way and goes to sleep for a minute.
    asio::co_spawn(io, ours.accessToken(Use::Write), asio::detached);
    keeper.start();
    scheduler.run(0);
    ASSERT_EQ(ours.facts().login, Login::Needed);
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-20"));
    scheduler.run(1);
    EXPECT_EQ(ours.facts().login, Login::Working);
    EXPECT_LE(clock.steady() - begin, 2s);
    keeper.stop();
    scheduler.run();
}

TEST_F(KeeperTest, GivesABusyNinjaFiveMinutes) {
    ninja.on("token", {answer(503, "")});
    NinjaTokens ours = make();
    TokenKeeper keeper{io.get_executor(), ours, scheduler};
    keeper.start();
    scheduler.run(10);
    EXPECT_EQ(refreshes(), 3) << "at 0, 5 and 10 minutes";
    EXPECT_EQ(ours.facts().login, Login::Unknown);
    keeper.stop();
    scheduler.run();
}

TEST_F(TokensTest, KnowsHowOldALoginIsAndGuessesItsEnd) {
    ninja.on("token", {answer(200, tokens(1, "RT-2"))});
    NinjaTokens ours = make();
    EXPECT_EQ(ours.facts().refreshedAt, std::nullopt);
    ASSERT_TRUE(get(ours));
    EXPECT_EQ(ours.facts().refreshedAt, clock.now());
    ASSERT_TRUE(ours.facts().storedAt);
    EXPECT_GT(*ours.facts().storedAt, fromEpochMs(1'600'000'000'000));
    EXPECT_GE(*ours.facts().endsAt, clock.now() + std::chrono::days{29});
}

TEST_F(TokensTest, AUserWhoIsAMachineNeedsALoginUntilAnotherIsStored) {
    ninja.on("token", {answer(200, tokens(1, "RT-2")), answer(200, tokens(2, "RT-3")),
                       answer(200, tokens(3, "RT-21"))});
    NinjaTokens ours = make();
    ASSERT_TRUE(get(ours));
    ours.noteUserContext(false);
    EXPECT_EQ(ours.facts().login, Login::Needed);
    ASSERT_TRUE(get(ours, Use::Write, "AT-1"));
    EXPECT_EQ(ours.facts().login, Login::Needed) << "another token of the same login is no other login";
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-20"));
    ASSERT_TRUE(get(ours, Use::Write, "AT-2"));
    EXPECT_EQ(ours.facts().login, Login::Working);
}

NinjaAccount simulatedAccount(const std::string& clientSecret) {
    NinjaAccount account;
    account.apiUrl = "https://ninja.test/api/v2";
    account.clientId = "sim-client";
    account.clientSecret = clientSecret;
    return account;
}

TEST(ASecret, IsKeptOutOfTextsHoweverItIsSpelledOrCut) {
    const TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    SimulatedNinja ninja{clock};
    NinjaAccount account = simulatedAccount("p/lant+ed=secret&x%41");
    account.seedRefreshToken = "RT/of+the=seed";
    const NinjaTokens ours{account, folder.path, clock, ninja, io.get_executor()};
    EXPECT_EQ(ours.redact("bad p/lant+ed=secret&x%41!"), "bad [redacted]!");
    EXPECT_EQ(ours.redact("bad " + net::formEncode({{"client_secret", account.clientSecret}}) + "&x"),
              "bad client_secret=[redacted]&x");
    EXPECT_EQ(ours.redact("bad refresh_token=" + net::percentEncode(account.seedRefreshToken)),
              "bad refresh_token=[redacted]");
    EXPECT_EQ(ours.redact("cut p/lant+ed=sec"), "cut [redacted]");
    EXPECT_EQ(ours.redact("cut p%2Flant%2Bed%3Ds"), "cut [redacted]");
    EXPECT_EQ(ours.redact("the plan"), "the plan");
}

TEST(Login, FromTheConsentPageToATokenThatMayWriteAndItsRotation) {
    const TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    SimulatedNinja ninja{clock};
    const NinjaAccount account = simulatedAccount("sim-secret");
    NinjaTokens ours{account, folder.path, clock, ninja, io.get_executor()};
    const auto wait = [&]<class T>(asio::awaitable<T> work) {
        std::optional<T> got;
        asio::co_spawn(io, std::move(work),
                       [&](std::exception_ptr, T value) { got.emplace(std::move(value)); });
        io.restart();
        io.run();
        return std::move(*got);
    };
    EXPECT_EQ(wait(ours.accessToken(Use::Write)).error().kind, ErrorKind::Unauthorized);

    const std::string redirectUri = "http://localhost:8765/callback";
    net::ClientRequest consent;
    consent.method = "GET";
    consent.url = ours.authorizeUrl(redirectUri, "a state") + "&approve=1";
    const net::HttpResponse sentBack = ninja.handle(consent);
    ASSERT_EQ(sentBack.status, 302) << sentBack.body;
    const std::string location = sentBack.headers.get("Location").value_or("");
    ASSERT_TRUE(location.starts_with(redirectUri + "?")) << location;
    auto query = net::formDecode(location.substr(redirectUri.size() + 1));
    EXPECT_EQ(query["state"], "a state");
    const auto login = wait(ours.login(query["code"], redirectUri));
    ASSERT_TRUE(login) << login.error().detail;
    const auto first = wait(ours.accessToken(Use::Write));
    ASSERT_TRUE(first);

    // The next process has nothing but the file, and finds a login that rotates and that may write.
    NinjaTokens later{account, folder.path, clock, ninja, io.get_executor()};
    NinjaClient client{account, later, clock, ninja};
    const Reply made =
        wait(client.createTicket(R"({"clientId":1,"ticketFormId":1,"subject":"x","status":"1000"})"));
    EXPECT_NE(made.kind, ReplyKind::UserContext) << made.detail;
    EXPECT_NE(made.kind, ReplyKind::Expired) << made.detail;
    EXPECT_NE(made.kind, ReplyKind::NeedsLogin) << made.detail;
    EXPECT_EQ(client.link(), protocol::LinkState::Connected);
    const auto again = wait(ours.login(query["code"], redirectUri));
    ASSERT_FALSE(again) << "a code works once";
    EXPECT_EQ(again.error().kind, ErrorKind::Rejected) << "which is no refresh token that has died";
    EXPECT_NE(again.error().detail.find("invalid_grant: the code is unknown, used"), std::string::npos)
        << again.error().detail;
    EXPECT_EQ(again.error().detail.find("refresh token is no longer valid"), std::string::npos);
    EXPECT_TRUE(wait(ours.accessToken(Use::Write))) << "the login before it holds";
}

TEST_F(TokensTest, TradesACodeForTokens) {
    ninja.on("token", {answer(200, tokens(1, "RT-2"))});
    NinjaTokens ours = make("");
    std::optional<Result<void>> done;
    asio::co_spawn(io, ours.login("the-code", "http://localhost:4711/"),
                   [&](std::exception_ptr, Result<void> result) { done = result; });
    io.run();
    ASSERT_TRUE(done && *done);
    EXPECT_EQ(stored(), "RT-2");
    EXPECT_EQ(shown(get(ours)), "AT-1");
    EXPECT_NE(
        ours.authorizeUrl("http://localhost/", "s").find("scope=monitoring%20management%20offline_access"),
        std::string::npos);
}

TEST_F(TokensTest, KeepsSecretsOutOfErrors) {
    ninja.on("token",
             {answer(400, R"({"error":"odd","error_description":"bad seed-token and very-secret"})")});
    NinjaTokens ours = make();
    const std::string detail = get(ours).error().detail;
    EXPECT_EQ(detail.find("seed-token"), std::string::npos) << detail;
    EXPECT_EQ(detail.find("very-secret"), std::string::npos) << detail;
}

TEST(TokenVaultTest, IsReadableByThisAccountAloneAndEncrypted) {
    const TemporaryFolder folder;
    const TokenVault vault{folder.path};
    ASSERT_TRUE(vault.save("RT-plain-text"));
    EXPECT_EQ(*vault.load(), "RT-plain-text");
    for (const char* name : {"ninja-token", "ninja-token.key"}) {
        struct stat about {};
        ASSERT_EQ(::stat((folder.path / name).c_str(), &about), 0);
        EXPECT_EQ(about.st_mode & 0777U, 0600U);
        std::ifstream file{folder.path / name, std::ios::binary};
        const std::string content{std::istreambuf_iterator<char>{file}, {}};
        EXPECT_EQ(content.find("RT-plain-text"), std::string::npos);
    }
}

/// Files of an earlier version stay readable: "N3T1", nonce, ciphertext, tag (GCM's test case 14).
TEST(TokenVaultTest, ReadsTheFilesThatAreOnDisks) {
    const TemporaryFolder folder;
    const std::string zeros(32, '\0');
    const std::string piece{
        "N3T1\0\0\0\0\0\0\0\0\0\0\0\0"
        "\xce\xa7\x40\x3d\x4d\x60\x6b\x6e\x07\x4e\xc5\xd3\xba\xf3\x9d\x18"
        "\xd0\xd1\xc8\xa7\x99\x99\x6b\xf0\x26\x5b\x98\xb5\xd4\x8a\xb9\x19",
        4 + 12 + 16 + 16};
    ASSERT_TRUE(writePrivateFile(folder.path / "ninja-token.key", zeros));
    ASSERT_TRUE(writePrivateFile(folder.path / "ninja-token", piece));
    EXPECT_EQ(*TokenVault{folder.path}.load(), std::string(16, '\0'));
}

TEST(TokenVaultTest, ReplacesOnlyWhatItsCallerKnows) {
    const TemporaryFolder folder;
    const TokenVault vault{folder.path};
    EXPECT_EQ(vault.storedAt(), std::nullopt);
    EXPECT_EQ(*vault.replace("RT-0", "RT-1"), Stored::Anothers) << "nothing is stored";
    EXPECT_EQ(*vault.replace(std::nullopt, "RT-1"), Stored::Ours);
    EXPECT_EQ(*vault.replace(std::nullopt, "RT-2"), Stored::Anothers);
    EXPECT_EQ(*vault.replace("RT-1", "RT-2"), Stored::Ours);
    EXPECT_EQ(*vault.load(), "RT-2");
    std::filesystem::resize_file(folder.path / "ninja-token", 20);
    EXPECT_EQ(*vault.replace(std::nullopt, "RT-3"), Stored::Ours) << "what cannot be opened is nobody's";
    EXPECT_EQ(*vault.load(), "RT-3");
    EXPECT_TRUE(vault.storedAt());
}

TEST(TokenVaultTest, SaysWhenWhatIsStoredCannotBeOpened) {
    const TemporaryFolder folder;
    const TokenVault vault{folder.path};
    EXPECT_EQ(*vault.load(), std::nullopt);
    ASSERT_TRUE(vault.save("RT-1"));
    std::filesystem::resize_file(folder.path / "ninja-token", 20);
    EXPECT_EQ(vault.load().error().kind, ErrorKind::BadMessage);
    ASSERT_TRUE(vault.save("RT-2"));
    std::filesystem::remove(folder.path / "ninja-token.key");
    EXPECT_EQ(vault.load().error().kind, ErrorKind::BadMessage);
    ASSERT_TRUE(vault.save("RT-3"));
    EXPECT_EQ(*vault.load(), "RT-3");
}

}  // namespace
}  // namespace ninja3cx::ticketing
