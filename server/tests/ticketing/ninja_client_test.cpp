#include "server/ticketing/ninja_client.hpp"

#include "server/calls/ports.hpp"
#include "server/tests/ticketing/fake_ninja.hpp"
#include "server/ticketing/ninja_reply.hpp"
#include "server/ticketing/paced.hpp"
#include "server/ticketing/stoppable_transport.hpp"
#include "server/ticketing/ticket_lookup.hpp"
#include "server/ticketing/ticket_payload.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/thread_pool.hpp>

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>

namespace ninja3cx::ticketing {
namespace {

using namespace std::chrono_literals;

const SystemTime kNow = fromEpochMs(1'767'225'600'000);  // 2026-01-01T00:00:00Z

struct ReplyRow {
    const char* name;
    Result<net::HttpResponse> answer;
    ReplyKind kind;
    std::string detailHolds;
};
class ReadingAReply : public testing::TestWithParam<ReplyRow> {};
TEST_P(ReadingAReply, Means) {
    const Reply reply = readReply(GetParam().answer, kNow);
    EXPECT_EQ(reply.kind, GetParam().kind);
    EXPECT_NE(reply.detail.find(GetParam().detailHolds), std::string::npos) << reply.detail;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ReadingAReply,
    testing::Values(
        ReplyRow{"Ok", answer(200, "{}"), ReplyKind::Ok, "200"},
        ReplyRow{"CreatedWith201", answer(201, R"({"id":1})"), ReplyKind::Ok, ""},
        ReplyRow{"EmptyOk", answer(204, ""), ReplyKind::Ok, ""},
        ReplyRow{"Gateway",
                 answer(401, R"({"error":"not_authenticated","error_description":"Invalid credentials"})"),
                 ReplyKind::Expired, "not_authenticated: Invalid credentials"},
        ReplyRow{
            "Application",
            answer(
                400,
                R"({"resultCode":"FAILURE","errorMessage":"subject must not be null","incidentId":"I-7"})"),
            ReplyKind::Refused, "subject must not be null (incident I-7)"},
        ReplyRow{"ApplicationPut", answer(409, R"({"errorMessage":{"code":"version_conflict","params":{}}})"),
                 ReplyKind::Refused, "version_conflict"},
        ReplyRow{"Billing", answer(400, R"({"errorCode":"E1","message":"no"})"), ReplyKind::Refused,
                 "E1: no"},
        ReplyRow{"BareString", answer(400, R"("simply no")"), ReplyKind::Refused, "simply no"},
        ReplyRow{"NotEvenJson", answer(400, "no"), ReplyKind::Refused, "400"},
        ReplyRow{"UserContext", answer(403, R"({"resultCode":"user_context_required"})"),
                 ReplyKind::UserContext, ""},
        ReplyRow{"Forbidden", answer(403, R"({"resultCode":"forbidden"})"), ReplyKind::Forbidden, ""},
        ReplyRow{"WrongMedia", answer(415, ""), ReplyKind::Refused, ""},
        ReplyRow{"Throttled", answer(429, ""), ReplyKind::Throttled, ""},
        ReplyRow{"ThrottledPage", answer(429, "<html/>", "text/html"), ReplyKind::Throttled, ""},
        ReplyRow{"PageWith200", answer(200, "  <!DOCTYPE html>", "text/html"), ReplyKind::Page, "web page"},
        ReplyRow{"PageWithoutType", answer(200, "<html>", "application/json"), ReplyKind::Page, "web page"},
        ReplyRow{"Unavailable", answer(503, R"({"resultCode":"X"})"), ReplyKind::Page, ""},
        ReplyRow{"ServerBug", answer(500, R"({"errorMessage":"NullPointerException"})"), ReplyKind::Unclear,
                 "Null"},
        ReplyRow{"BadGateway", answer(502, ""), ReplyKind::Unclear, ""},
        ReplyRow{"HalfAnAnswer", answer(200, R"({"id":10)"), ReplyKind::Unclear, "no valid JSON"},
        ReplyRow{"Reset", Error{ErrorKind::OutcomeUnknown, "reset by peer"}, ReplyKind::Unclear,
                 "reset by peer"},
        ReplyRow{"TimedOut", Error{ErrorKind::TimedOut, "too late"}, ReplyKind::Unclear, ""},
        ReplyRow{"Unreachable", Error{ErrorKind::Unreachable, "no route"}, ReplyKind::Unreachable, ""}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(RefusedField, IsTheFirstThatTheTextNamesAsAWord) {
    EXPECT_EQ(fieldNamedIn("requesterUid must not be null"), "requesterUid");
    EXPECT_EQ(fieldNamedIn("Field 'status' is wrong, see subject"), "status");
    EXPECT_EQ(fieldNamedIn("mistyped"), "");
}

TEST(AllTicketsBoard, IsFoundByNameThenByCount) {
    const auto pick = [](std::vector<Board> boards) {
        const auto board = allTicketsBoard(boards);
        return board ? board->id : 0;
    };
    EXPECT_EQ(pick({{1, "Unassigned", true, 9}, {8, "Tous les tickets", true, 3}}), 8);
    EXPECT_EQ(
        pick({{1, "Nicht zugewiesen", true, 1}, {7, "Alles", true, 40}, {5, "Gelöschte Tickets", true, 90}}),
        7);
    EXPECT_EQ(pick({{1, "A", true, 0}, {2, "B", true, 0}, {1006, "C", false, 50}}), 2) << "a new tenant";
    EXPECT_EQ(pick({{1, "A", true, 0}, {3, "B", true, 0}}), 0) << "cannot be told";
    EXPECT_EQ(pick({{5, "Deleted tickets", true, 3}}), 0);
    EXPECT_EQ(pick({}), 0);
}

TEST(TicketPayload, CutsTheSubjectAsJavaCounts) {
    EXPECT_EQ(cutToUnits("éé", 1), "é");
    EXPECT_EQ(cutToUnits("😀a", 2), "😀");
    EXPECT_EQ(cutToUnits("😀a", 1), "");
    calls::OutboxEntry entry;
    entry.marker = "3CX-1";
    for (int i = 0; i < 300; ++i) entry.fields.subject += "é";
    const auto sent = boost::json::parse(ticketRequest(entry, {}, std::nullopt, false).json);
    EXPECT_EQ(std::string{sent.at("subject").as_string()}.size(), 400U);
}

TEST(TicketPayload, KeepsTheMarkerOfALongText) {
    calls::OutboxEntry entry;
    entry.marker = "3CX-1";
    entry.description = std::string(40'000, 'x') + "\n\nRef: 3CX-1";
    entry.transcriptNote = std::string(40'000, 'y');
    const auto sent = boost::json::parse(ticketRequest(entry, {}, std::nullopt, false).json);
    const std::string body{sent.at("description").at("body").as_string()};
    EXPECT_LT(body.size(), 30'100U);
    EXPECT_TRUE(body.ends_with("\n\nRef: 3CX-1"));
    const NoteRequest note = noteRequest(entry);
    ASSERT_TRUE(note.file);
    EXPECT_EQ(note.file->content.size(), 40'000U);
    EXPECT_TRUE(holdsMarker(std::string{boost::json::parse(note.json).at("body").as_string()}, "3CX-1/t1"));
}

TEST(TicketPayload, EndsWithTheMarkersOfAllCallsHoweverLongTheTextsAre) {
    calls::OutboxEntry entry;
    entry.marker = "3CX-1";
    for (const std::size_t length : {10U, 29'990U, 40'000U}) {
        entry.description = std::string(length, 'x') + "\n\nRef: 3CX-1";
        entry.joined = {{CallId{"call-2"}, "3CX-2", 2'000, std::string(length, 'y'), "\n[00:00] Client : b"},
                        {CallId{"call-3"}, "3CX-3", 1'000, "z", ""}};
        const auto sent = boost::json::parse(ticketRequest(entry, {}, std::nullopt, false).json);
        const std::string body{sent.at("description").at("body").as_string()};
        EXPECT_LT(body.size(), 30'100U);
        EXPECT_TRUE(body.ends_with("\n\nRef: 3CX-1, 3CX-2, 3CX-3")) << length;
        const NoteRequest comment = commentRequest(entry);
        EXPECT_EQ(std::string{boost::json::parse(comment.json).at("body").as_string()}, body);
        EXPECT_EQ(comment.file.has_value(), length > 10) << length;
        if (comment.file) {
            EXPECT_TRUE(comment.file->content.ends_with("z\n\nRef: 3CX-1, 3CX-2, 3CX-3"));
        }
    }
    const std::string note = noteRequest(entry).json;
    EXPECT_NE(note.find("Client : b"), std::string::npos) << "of the earlier call alone";
    EXPECT_NE(note.find("Ref: 3CX-1/t1"), std::string::npos);
}

TEST(Marker, IsAWordOfItsOwn) {
    EXPECT_TRUE(holdsMarker("Ref: 3CX-7f3a9c21.", "3CX-7f3a9c21"));
    EXPECT_TRUE(holdsMarker("<p>Ref: 3CX-7f3a9c21</p>", "3CX-7f3a9c21"));
    EXPECT_FALSE(holdsMarker("3CX-7f3a9c210", "3CX-7f3a9c21"));
    EXPECT_FALSE(holdsMarker("3CX-7f3a9c21/t10", "3CX-7f3a9c21/t1"));
    EXPECT_FALSE(holdsMarker("anything", ""));
}

TEST(Html, IsEscapedAndParagraphed) {
    EXPECT_EQ(toHtml("a & <b>\nc\n\n\"d\""), "<p>a &amp; &lt;b&gt;<br>c</p><p>&quot;d&quot;</p>");
    EXPECT_EQ(toHtml(""), "<p></p>");
}

TEST(FakeNinjaTest, KnowsWhatTheRealOneWouldRefuse) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = "https://app.ninjarmm.com/api/v2/ticketing/ticket";
    request.headers.set("Authorization", "Bearer AT-1");
    request.headers.set("Content-Type", "application/json");
    request.body = R"({"clientId":11,"ticketFormId":1,"subject":"VPN","status":"1000"})";
    EXPECT_EQ(violationsOf(request), "");
    request.body = R"({"clientId":11,"ticketFormId":1,"subject":"VPN","status":1000})";
    EXPECT_EQ(violationsOf(request), "status must be a string, not 1000");
    request.url += "?boardId=5";
    EXPECT_EQ(violationsOf(request),
              "query.boardId is no known parameter; status must be a string, not 1000");
}

struct ClientTest : testing::Test {
    ClientTest() {
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-secret-1","expires_in":3600})"),
                                 answer(200, R"({"access_token":"AT-secret-2","expires_in":3600})")});
    }
    template <class T>
    T wait(net::asio::awaitable<T> work) {
        std::optional<T> got;
        asio::co_spawn(io, std::move(work), [&](std::exception_ptr failure, T value) {
            if (failure) std::rethrow_exception(failure);
            got.emplace(std::move(value));
        });
        io.restart();
        io.run();
        return std::move(*got);
    }
    static NinjaAccount account() {
        NinjaAccount account;
        account.apiUrl = "https://app.ninjarmm.com/api/v2/";
        account.seedRefreshToken = "seed-token";
        account.clientId = "client";
        account.clientSecret = "very-secret";
        return account;
    }
    TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    NinjaTokens tokens{account(), folder.path, clock, ninja, io.get_executor()};
    NinjaClient client{account(), tokens, clock, ninja};
};

TEST_F(ClientTest, ReplaysAReadOnceWithANewToken) {
    ninja.on("/contacts",
             {answer(401, "{}"), answer(200, R"([{"id":71,"uid":"u","phone":null,"firstName":"Claire"}])")});
    const auto people = wait(client.contacts());
    ASSERT_TRUE(people);
    EXPECT_EQ(people->at(0).firstName, "Claire");
    EXPECT_EQ(ninja.requests.back().headers.get("Authorization"), "Bearer AT-secret-2");
    EXPECT_EQ(ninja.requests.back().url, "https://app.ninjarmm.com/api/v2/contacts");
}

TEST_F(ClientTest, GivesUpAReadAfterTheSecondRefusal) {
    ninja.on("/contacts", {answer(401, "{}")});
    EXPECT_EQ(wait(client.contacts()).error().kind, ReplyKind::Expired);
    EXPECT_EQ(ninja.countOf("/contacts"), 2);
}

TEST_F(ClientTest, ChangesATicketInOneAttempt) {
    ninja.on("/ticketing/ticket/1042", {answer(401, "{}"), answer(200, R"({"id":1042,"version":9})")});
    const std::string whole =
        R"({"version":7,"clientId":12,"ticketFormId":1,"subject":"x","status":"5000",
            "requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11"})";
    EXPECT_EQ(wait(client.putTicket(1042, whole)).kind, ReplyKind::Expired);
    EXPECT_EQ(ninja.countOf("PUT https://app.ninjarmm.com/api/v2/ticketing/ticket/1042"), 1);
    EXPECT_EQ(wait(client.putTicket(1042, whole)).kind, ReplyKind::Ok);
    EXPECT_EQ(ninja.requests.back().body, whole);
    EXPECT_EQ(ninja.requests.back().headers.get("Content-Type"), "application/json");
}

TEST_F(ClientTest, ReadsATicketWithAllThatIsSaidOfIt) {
    ninja.on("/ticketing/ticket/1042",
             {answer(200, R"({"id":1042,"of":"a later version"})"), answer(200, "[]")});
    const auto ticket = wait(client.wholeTicket(1042));
    ASSERT_TRUE(ticket);
    EXPECT_EQ(ticket->at("of"), "a later version");
    EXPECT_EQ(wait(client.wholeTicket(1042)).error().kind, ReplyKind::Unclear);
}

TEST_F(ClientTest, NeverTakesAnObjectForAnEmptyList) {
    ninja.on("/contacts", {answer(200, "{}"), answer(200, "null"), answer(200, "")});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(wait(client.contacts()).error().kind, ReplyKind::Unclear);
}

TEST_F(ClientTest, LeavesOutRowsWithoutANumber) {
    ninja.on("/organizations", {answer(200, R"([{"name":"x"},7,{"id":3,"name":null,"new":[]},{"id":"4"}])"),
                                answer(200, "[]")});
    const auto rows = wait(client.organizations());
    ASSERT_TRUE(rows);
    EXPECT_EQ(*rows, (std::vector<Organization>{{3, ""}}));
}

TEST_F(ClientTest, PagesOrganisationsUntilAnEmptyPage) {
    ninja.on("/organizations?pageSize=500&after=2", {answer(200, R"([{"id":9,"name":"C"}])")});
    ninja.on("/organizations?pageSize=500&after=9", {answer(200, "[]")});
    ninja.on("/organizations?pageSize=500", {answer(200, R"([{"id":1,"name":"A"},{"id":2,"name":"B"}])")});
    EXPECT_EQ(wait(client.organizations())->size(), 3U);
}

TEST_F(ClientTest, NeverTakesTheSamePageAgainForTheEndOfAList) {
    ninja.on("/locations", {answer(200, R"([{"id":1,"organizationId":7,"name":"A"}])")});
    EXPECT_EQ(wait(client.locations()).error().kind, ReplyKind::Unclear) << "'after' was ignored";
}

TEST_F(ClientTest, PagesDevicesAndReadsWhatIsShownOfThem) {
    ninja.on("/devices?pageSize=1000&after=2", {answer(200, "[]")});
    ninja.on("/devices?pageSize=1000",
             {answer(200, R"([{"id":1,"organizationId":7,"locationId":3,"displayName":"PC","systemName":"X",
                               "offline":true,"assignedOwnerUid":"u1"},
                              {"id":2,"organizationId":7,"displayName":"","systemName":"SRV"}])")});
    const auto devices = wait(client.devices());
    ASSERT_TRUE(devices);
    EXPECT_EQ(*devices, (std::vector<Device>{{1, 7, 3, "PC", "u1", true}, {2, 7, 0, "SRV", "", false}}));
}

TEST_F(ClientTest, FollowsAReportToItsLastPage) {
    ninja.on("device-health?pageSize=1000&cursor=next%2F1", {answer(200, R"({"results":[{"deviceId":2}]})")});
    ninja.on("device-health?pageSize=1000", {answer(200, R"({"cursor":{"name":"next/1","offset":0,"count":1},
                              "results":[{"deviceId":1,"healthStatus":"UNHEALTHY","pendingRebootReason":"r"}]})")});
    const auto health = wait(client.deviceHealth());
    ASSERT_TRUE(health);
    EXPECT_EQ(*health, (std::vector<DeviceHealth>{{1, "UNHEALTHY", "r"}, {2, "", ""}}));

    // The same cursor each time, as where NinjaOne keeps the place: the empty page is the end.
    ninja.on(
        "logged-on-users",
        {answer(200, R"({"cursor":{"name":"c"},"results":[{"deviceId":1,"userName":"a","logonTime":5.5}]})"),
         answer(200, R"({"cursor":{"name":"c"},"results":[{"deviceId":2,"userName":"b"},{"userName":"x"}]})"),
         answer(200, R"({"cursor":{"name":"c"},"results":[]})")});
    const auto loggedOn = wait(client.loggedOnUsers());
    ASSERT_TRUE(loggedOn);
    EXPECT_EQ(*loggedOn, (std::vector<LoggedOnUser>{{1, "a", 5.5}, {2, "b", 0}}));
}

TEST_F(ClientTest, TakesNoReportWithoutResultsForAnEmptyOne) {
    ninja.on("device-health", {answer(200, "[]"), answer(200, "{}"), answer(200, R"({"results":{}})")});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(wait(client.deviceHealth()).error().kind, ReplyKind::Unclear);
}

TEST_F(ClientTest, ReadsAlertsAndWhatIsAssignedToEndUsers) {
    ninja.on(
        "/alerts",
        {answer(200, R"([{"uid":"a1","deviceId":5,"message":"Disk full"},{"deviceId":5},{"uid":"a2"}])")});
    EXPECT_EQ(*wait(client.alerts()), (std::vector<Alert>{{"a1", 5, "Disk full"}}));
    ninja.on("/user/end-users", {answer(200, R"([{"id":1,"uid":"u","assignedDeviceIds":[3,"x",4]}])")});
    EXPECT_EQ(wait(client.endUsers())->at(0).deviceIds, (std::vector<std::int64_t>{3, 4}));
}

TEST_F(ClientTest, MakesSenseOfLargeAnswersElsewhere) {
    std::string large = "[";
    for (int i = 1; i <= 3000; ++i)
        large += (i > 1 ? "," : "") + std::string{R"({"id":)"} + std::to_string(i) +
                 R"(,"uid":"u","firstName":"F"})";
    ninja.on("/contacts",
             {answer(200, large + "]"), answer(200, large), answer(200, R"([{"id":1,"uid":"u"}])")});
    asio::io_context elsewhere;
    client.readLargeOn(elsewhere.get_executor());
    std::optional<Answer<std::vector<Person>>> got;
    const auto ask = [&] {
        got.reset();
        asio::co_spawn(io, client.contacts(), [&](std::exception_ptr, Answer<std::vector<Person>> answer) {
            got.emplace(std::move(answer));
        });
    };
    const auto turn = [](asio::io_context& context) {
        context.restart();
        return context.poll();
    };
    ask();
    turn(io);
    EXPECT_FALSE(got) << "the network thread has nothing left to do";
    while (turn(elsewhere) + turn(io) > 0) {
    }
    ASSERT_TRUE(got && *got);
    EXPECT_EQ((*got)->size(), 3000U);
    ask();
    while (turn(elsewhere) + turn(io) > 0) {
    }
    ASSERT_TRUE(got);
    EXPECT_EQ(got->error().kind, ReplyKind::Unclear) << "half a list";
    ask();
    turn(io);
    EXPECT_TRUE(got && *got) << "a small one at once";
}

/// As the server stops: what waits for a thread is cut off when those whose work it is are gone. To be run with the
/// address sanitizer.
struct StopTest : testing::Test {
    struct Side {
        Side(const std::filesystem::path& folder, const Clock& clock, FakeNinja& ninja,
             const asio::any_io_executor& disk)
            : tokens(ClientTest::account(), folder, clock, ninja, disk),
              client(ClientTest::account(), tokens, clock, ninja) {
            client.readLargeOn(disk);
        }
        NinjaTokens tokens;
        NinjaClient client;
    };

    StopTest() {
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":3600})")});
        ninja.on("/contacts", {answer(200, "[" + std::string(100'000, ' ') + "]")});
    }
    template <class T>
    void ask(net::asio::awaitable<T> work) {
        asio::co_spawn(*io, std::move(work), [this](std::exception_ptr, const T&) { ++answered; });
    }
    /// The thread has something else to do until it is released.
    void holdThread() {
        asio::post(disk, [held = released.get_future().share()] { held.wait(); });
    }
    void turn() {
        io->restart();
        io->poll();
    }
    void stop() {
        side.reset();
        released.set_value();
        disk.join();
        io.reset();
    }

    TemporaryFolder folder;
    ManualClock clock;
    FakeNinja ninja;
    int answered = 0;
    std::promise<void> released;
    std::unique_ptr<asio::io_context> io = std::make_unique<asio::io_context>();
    asio::thread_pool disk{1};
    std::unique_ptr<Side> side = std::make_unique<Side>(folder.path, clock, ninja, disk.get_executor());
};

TEST_F(StopTest, LargeAnswersThatWaitForTheirThreadOutliveTheClient) {
    ask(side->tokens.accessToken(Use::Read));
    while (answered == 0) turn();
    holdThread();
    for (int i = 0; i < 3; ++i) ask(side->client.contacts());  // two on the way, one waits for a seat
    while (ninja.countOf("/contacts") < 2) turn();
    turn();
    stop();
    EXPECT_EQ(answered, 1) << "cut off, all three";
}

TEST_F(StopTest, ALoginThatWaitsForTheDiskOutlivesTheTokens) {
    holdThread();
    for (int i = 0; i < 2; ++i) ask(side->tokens.accessToken(Use::Read));  // one refreshes for both
    turn();
    stop();
    EXPECT_EQ(answered, 0) << "cut off, both";
}

TEST_F(ClientTest, AFailedPageIsNotAShortList) {
    ninja.on("/organizations?pageSize=500&after=2", {answer(500, "{}")});
    ninja.on("/organizations?pageSize=500", {answer(200, R"([{"id":1,"name":"A"},{"id":2,"name":"B"}])")});
    EXPECT_FALSE(wait(client.organizations()));
}

TEST_F(ClientTest, KeepsTokensOutOfErrors) {
    ninja.on("/contacts", {answer(400, R"({"errorMessage":"bad header Bearer AT-secret-1"})")});
    EXPECT_EQ(wait(client.contacts()).error().detail, "NinjaOne answered 400: bad header Bearer [redacted]");
}

struct LinkRow {
    const char* name;
    Result<net::HttpResponse> answer;
    protocol::LinkState link;
    Trouble trouble;
};
class LinkAfter : public ClientTest, public testing::WithParamInterface<LinkRow> {};
TEST_P(LinkAfter, IsWhatTheAnswerMeans) {
    using protocol::LinkState;
    ninja.on("/statuses", {answer(200, "[]")});
    ninja.on("/contacts", {GetParam().answer});
    EXPECT_EQ(client.link(), LinkState::Connecting);
    ASSERT_TRUE(wait(client.statuses()));
    EXPECT_EQ(client.link(), LinkState::Connected);
    wait(client.contacts());
    wait(client.contacts());
    EXPECT_EQ(client.link(), GetParam().link);
    EXPECT_EQ(client.trouble(), GetParam().trouble);
    EXPECT_EQ(client.troubleDetail().empty(), GetParam().trouble == Trouble::None);
    wait(client.statuses());
    EXPECT_EQ(client.link(), LinkState::Connected) << "and well again";
}
INSTANTIATE_TEST_SUITE_P(
    Rows, LinkAfter,
    testing::Values(
        LinkRow{"Ok", answer(200, "[]"), protocol::LinkState::Connected, Trouble::None},
        LinkRow{"Refused", answer(400, "{}"), protocol::LinkState::Connected, Trouble::None},
        LinkRow{"Throttled", answer(429, "{}"), protocol::LinkState::Connected, Trouble::None},
        LinkRow{"RefusedToken", answer(401, "{}"), protocol::LinkState::Failed, Trouble::TokenRefused},
        LinkRow{"Forbidden", answer(403, "{}"), protocol::LinkState::Failed, Trouble::Forbidden},
        LinkRow{"ServerError", answer(500, "{}"), protocol::LinkState::Failed, Trouble::Failing},
        LinkRow{"Page", answer(200, "<html>", "text/html"), protocol::LinkState::Failed, Trouble::Failing},
        LinkRow{"Reset", Error{ErrorKind::OutcomeUnknown, "reset"}, protocol::LinkState::Failed,
                Trouble::Unreachable},
        LinkRow{"Unreachable", Error{ErrorKind::Unreachable, "no route"}, protocol::LinkState::Failed,
                Trouble::Unreachable}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(ClientTest, OneForbiddenListAmongOthersIsNoFailedLink) {
    ninja.on("/contacts", {answer(403, "{}")});
    ninja.on("/statuses", {answer(200, "[]")});
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(wait(client.statuses()));
        EXPECT_FALSE(wait(client.contacts()));
        EXPECT_EQ(client.link(), protocol::LinkState::Connected);
    }
}

constexpr const char* kTicket = R"({"clientId":1,"ticketFormId":1,"subject":"x","status":"1000"})";

TEST_F(ClientTest, AWriteThatIsRefusedWithTheNewTokenTooIsAFailedLink) {
    ninja.on("/ticketing/ticket", {answer(401, "{}"), answer(401, "{}"), answer(200, R"({"id":1})")});
    EXPECT_EQ(wait(client.createTicket(kTicket)).kind, ReplyKind::Expired);
    EXPECT_NE(client.link(), protocol::LinkState::Failed) << "a token may have grown old";
    ASSERT_EQ(wait(client.prepareToWrite()).kind, ReplyKind::Ok);
    EXPECT_EQ(wait(client.createTicket(kTicket)).kind, ReplyKind::Expired);
    EXPECT_EQ(client.link(), protocol::LinkState::Failed);
    EXPECT_EQ(client.trouble(), Trouble::TokenRefused);
    EXPECT_EQ(wait(client.createTicket(kTicket)).kind, ReplyKind::Ok);
    EXPECT_EQ(client.link(), protocol::LinkState::Connected);
}

/// A link without a token: what NinjaOne's token endpoint answers at the first request.
struct NoTokenTest : testing::TestWithParam<LinkRow> {};
TEST_P(NoTokenTest, TellsWhatIsWrong) {
    const TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    ninja.on("oauth/token", {GetParam().answer});
    const NinjaAccount account = testAccount();
    NinjaTokens tokens{account, folder.path, clock, ninja, io.get_executor()};
    NinjaClient client{account, tokens, clock, ninja};
    asio::co_spawn(io, client.contacts(), [](std::exception_ptr, const auto&) {});
    io.run();
    EXPECT_EQ(client.link(), GetParam().link);
    EXPECT_EQ(client.trouble(), GetParam().trouble);
    EXPECT_FALSE(textOf(client.trouble()).empty());
}
INSTANTIATE_TEST_SUITE_P(
    Rows, NoTokenTest,
    testing::Values(LinkRow{"DeadLogin", answer(400, R"({"error":"invalid_token"})"),
                            protocol::LinkState::NeedsLogin, Trouble::NeedsLogin},
                    LinkRow{"WrongRegion", answer(404, R"({"resultCode":"Client app not exist"})"),
                            protocol::LinkState::Failed, Trouble::WrongRegion},
                    LinkRow{"WrongSecret", answer(401, R"({"error":"invalid_client"})"),
                            protocol::LinkState::Failed, Trouble::WrongSecret},
                    LinkRow{"Busy", answer(503, ""), protocol::LinkState::Failed, Trouble::Failing},
                    LinkRow{"Unreachable", Error{ErrorKind::Unreachable, "no route"},
                            protocol::LinkState::Failed, Trouble::Unreachable}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ABusyTokenEndpoint, IsToldOfOnceItStaysBusy) {
    const TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":60})"), answer(503, "")});
    ninja.on("/contacts", {answer(200, "[]")});
    const NinjaAccount account = testAccount();
    NinjaTokens tokens{account, folder.path, clock, ninja, io.get_executor()};
    NinjaClient client{account, tokens, clock, ninja};
    const auto read = [&] {
        asio::co_spawn(io, client.contacts(), [](std::exception_ptr, const auto&) {});
        io.restart();
        io.run();
        clock.advance(120s);
        return client.link();
    };
    EXPECT_EQ(read(), protocol::LinkState::Connected);
    EXPECT_EQ(read(), protocol::LinkState::Connected) << "busy once";
    EXPECT_EQ(read(), protocol::LinkState::Connected);
    EXPECT_EQ(read(), protocol::LinkState::Failed);
    EXPECT_EQ(client.trouble(), Trouble::Failing);
}

TEST(NeedingALogin, StaysWhateverIsReadUntilSomebodyLogsIn) {
    using protocol::LinkState;
    const TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    ninja.on("oauth/token", [](const net::ClientRequest& request) -> Result<net::HttpResponse> {
        const bool isLogin = request.body.find("RT-20") != std::string::npos ||
                             request.body.find("client_credentials") != std::string::npos;
        return isLogin ? answer(200, R"({"access_token":"AT-1","expires_in":3600})")
                       : answer(400, R"({"error":"invalid_token"})");
    });
    ninja.on("/contacts", {answer(200, "[]")});
    ninja.on("/ticketing/ticket", {answer(403, R"({"resultCode":"user_context_required"})")});
    const NinjaAccount account = testAccount();
    NinjaTokens tokens{account, folder.path, clock, ninja, io.get_executor()};
    NinjaClient client{account, tokens, clock, ninja};
    std::vector<LinkState> told;
    client.onLink([&](LinkState state) { told.push_back(state); });
    const auto read = [&] {
        bool isRead = false;
        asio::co_spawn(io, client.contacts(), [&](std::exception_ptr, const auto& got) { isRead = !!got; });
        io.restart();
        io.run();
        return isRead;
    };
    EXPECT_TRUE(read());
    EXPECT_TRUE(read());
    EXPECT_EQ(told, (std::vector<LinkState>{LinkState::NeedsLogin}));

    ASSERT_TRUE(TokenVault{folder.path}.save("RT-20"));
    asio::co_spawn(io, tokens.keepAlive(), [](std::exception_ptr) {});
    io.restart();
    io.run();
    EXPECT_EQ(told.back(), LinkState::Connected);

    asio::co_spawn(io, client.createTicket(kTicket), [](std::exception_ptr, const auto&) {});
    io.restart();
    io.run();
    EXPECT_EQ(told.back(), LinkState::NeedsLogin) << "a machine's token where a user's is wanted";
    EXPECT_TRUE(read());
    EXPECT_EQ(told.back(), LinkState::NeedsLogin);
}

TEST(PacedTransport, HasLessTimeTheFasterNinjaOneLives) {
    asio::io_context io;
    struct Noting final : net::HttpTransport {
        std::vector<net::ClientRequest> requests;
        net::asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override {
            requests.push_back(std::move(request));
            co_return net::HttpResponse{};
        }
    } seen;
    PacedTransport transport{seen, 20};
    net::ClientRequest request;
    request.totalTimeout = std::chrono::seconds{30};
    request.connectTimeout = std::chrono::seconds{5};
    asio::co_spawn(io, transport.send(std::move(request)), [](std::exception_ptr, const auto&) {});
    io.run();
    ASSERT_EQ(seen.requests.size(), 1U);
    EXPECT_EQ(seen.requests[0].totalTimeout, std::chrono::milliseconds{1500});
    EXPECT_EQ(seen.requests[0].connectTimeout, std::chrono::milliseconds{250});
}

TEST(PacedScheduler, EndsWaitsSoonerTheFasterNinjaOneLives) {
    asio::io_context io;
    ManualClock clock;
    FakeScheduler waits{io, clock};
    PacedScheduler paced{waits, 20};
    const auto sleep = paced.makeSleep();
    asio::co_spawn(io, sleep->run(std::chrono::minutes{1}), asio::detached);
    waits.run();
    EXPECT_EQ(waits.slept, std::vector{std::chrono::milliseconds{3000}});
}

TEST(StoppableTransport, EndsWhatIsUnderWayAndSendsNothingMore) {
    asio::io_context io;
    struct Silent final : net::HttpTransport {
        int requests = 0;
        net::asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest) override {
            ++requests;
            asio::steady_timer timer{co_await asio::this_coro::executor,
                                     asio::steady_timer::time_point::max()};
            boost::system::error_code cancelled;
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
            co_return Error{ErrorKind::OutcomeUnknown, "hung up"};
        }
    } silent;
    StoppableTransport transport{silent};
    std::vector<ErrorKind> ended;
    const auto send = [&] {
        asio::co_spawn(io, transport.send({}), [&](std::exception_ptr failure, const auto& answer) {
            ASSERT_FALSE(failure);
            ended.push_back(answer.error().kind);
        });
        io.restart();
        io.poll();
    };
    send();
    send();
    EXPECT_TRUE(ended.empty());
    transport.stop();
    io.restart();
    io.poll();
    EXPECT_EQ(ended, (std::vector<ErrorKind>{ErrorKind::OutcomeUnknown, ErrorKind::OutcomeUnknown}));
    send();
    EXPECT_EQ(ended.back(), ErrorKind::Unreachable);
    EXPECT_EQ(silent.requests, 2);
}

struct LookUpTest : ClientTest {
    LookUpTest() {
        ninja.on("trigger/boards",
                 {answer(200, R"([{"id":2,"name":"All tickets","system":true,"ticketCount":3}])")});
        entry.marker = "3CX-7f3a9c21";
        entry.fields.subject = "Imprimante";
        entry.fields.organizationId = 12;
        entry.fields.organizationName = "Exemple SARL";
    }
    void ticketIs(int id, const std::string& rest = R"("clientId":12,"subject":"Imprimante")") {
        ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/" + std::to_string(id),
                 {answer(200, R"({"id":)" + std::to_string(id) + "," + rest + "}")});
    }
    Checked check(std::int64_t ticketId) { return wait(checkTicket(client, entry, ticketId)); }
    LookedUp look() {
        return wait(lookUpTicket(client, entry, SentBetween{.first = {toEpochMs(clock.now())}}));
    }
    std::string rows(int from, int count, double ageSeconds = 0) {
        std::string all;
        for (int i = 0; i < count; ++i)
            all += (i ? "," : "") + std::string{R"({"id":)"} + std::to_string(from - i) +
                   R"(,"createTime":)" + std::to_string(1'767'225'600.0 - ageSeconds - i) +
                   R"(,"summary":"s","description":"d"})";
        return all;
    }
    net::HttpResponse page(const std::string& content, int cursor) {
        return answer(200, R"({"data":[)" + content + R"(],"metadata":{"lastCursorId":)" +
                               std::to_string(cursor) + "}}");
    }
    calls::OutboxEntry entry;
};

TEST_F(LookUpTest, StopsFiveMinutesBeforeTheFirstRequest) {
    ninja.on("/run", {page(rows(900, 100), 100), page(rows(800, 100, 250), 200)});
    EXPECT_EQ(look().kind, LookedUp::Kind::Absent);
    EXPECT_EQ(ninja.countOf("/run"), 2);
}

TEST_F(LookUpTest, GoesOnThroughAListThatIsNotSorted) {
    ninja.on("/run", {page(rows(900, 50, 9'000) + "," + rows(800, 50), 100), page("", 100)});
    EXPECT_EQ(look().kind, LookedUp::Kind::Absent);
    EXPECT_EQ(ninja.countOf("/run"), 2);
}

TEST_F(LookUpTest, AListThatEndsInTheMiddleIsAFailedLookUp) {
    ninja.on("/run", {answer(200, R"({"data":[)" + rows(900, 100) + R"(],"metadata":{}})")});
    EXPECT_EQ(look().kind, LookedUp::Kind::Failed);
}

TEST_F(LookUpTest, AFailedSecondPageIsAFailedLookUp) {
    ninja.on("/run", {page(rows(900, 100), 100), answer(400, R"({"errorMessage":"HTTP 400 Bad Request"})")});
    EXPECT_EQ(look().kind, LookedUp::Kind::Failed);
}

TEST_F(LookUpTest, ReadsTheDescriptionWhereTheBoardDoesNotShowIt) {
    ninja.on("/run", {page(R"({"id":9,"createTime":1767225601.1,"summary":"Imprimante"})", 0)});
    ninja.on("ticket/9/log-entry",
             {answer(200, R"([{"id":1,"type":"DESCRIPTION","htmlBody":"<p>Ref: 3CX-7f3a9c21</p>"}])")});
    ticketIs(9);
    const LookedUp seen = look();
    EXPECT_EQ(seen.kind, LookedUp::Kind::Found);
    EXPECT_EQ(seen.ticketId, 9);
}

TEST_F(LookUpTest, TakesTheFirstOfTwoThatCarryTheMarker) {
    ninja.on("/run", {page(R"({"id":12,"createTime":1767225609,"description":"> Ref: 3CX-7f3a9c21"},
                             {"id":9,"createTime":1767225601,"attributeValues":[{"attributeId":54,"value":"3CX-7f3a9c21"}]})",
                           0)});
    ticketIs(9);
    EXPECT_EQ(look().ticketId, 9);
}

struct MarkedRow {
    const char* name;
    const char* ticket;
    LookedUp::Kind seen;
    const char* detail;
};
class MarkedTicket : public LookUpTest, public testing::WithParamInterface<MarkedRow> {};
TEST_P(MarkedTicket, IsFoundOnlyAsItWasSent) {
    ninja.on("/run", {page(R"({"id":9,"createTime":1767225601,"description":"Ref: 3CX-7f3a9c21"})", 0)});
    ticketIs(9, GetParam().ticket);
    const LookedUp seen = look();
    EXPECT_EQ(seen.kind, GetParam().seen);
    EXPECT_NE(seen.detail.find(GetParam().detail), std::string::npos) << seen.detail;
    if (seen.kind == LookedUp::Kind::Found)
        EXPECT_EQ(seen.ticketId, 9);
    else
        EXPECT_EQ(seen.similarTicketId, 9);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, MarkedTicket,
    testing::Values(MarkedRow{"AsSent", R"("clientId":12,"subject":"Imprimante")", LookedUp::Kind::Found, ""},
                    MarkedRow{"WithOtherBlanks", R"("clientId":12,"subject":" Imprimante ")",
                              LookedUp::Kind::Found, ""},
                    MarkedRow{"OfAnotherOrganisation", R"("clientId":13,"subject":"Imprimante")",
                              LookedUp::Kind::Doubtful, "another organisation"},
                    MarkedRow{"WithAnotherSubject", R"("clientId":12,"subject":"Écran")",
                              LookedUp::Kind::Doubtful, "another subject"},
                    MarkedRow{"WithoutOrganisation", R"("subject":"Imprimante")", LookedUp::Kind::Doubtful,
                              "another organisation"},
                    MarkedRow{"Deleted", R"("clientId":12,"subject":"Imprimante","deleted":true)",
                              LookedUp::Kind::Absent, ""}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(LookUpTest, PassesOverATicketThatOnlyQuotesTheMarker) {
    ninja.on("/run", {page(R"({"id":12,"createTime":1767225609,"description":"Ref: 3CX-7f3a9c21"},
                             {"id":9,"createTime":1767225601,"description":"> Ref: 3CX-7f3a9c21"})",
                           0)});
    ticketIs(9, R"("clientId":13,"subject":"Re: Imprimante")");
    ticketIs(12);
    EXPECT_EQ(look().ticketId, 12);
}

struct NamedRow {
    const char* name;
    int status;
    const char* ticket;
    const char* description;
    Checked::Kind seen;
    const char* detail;
};
class NamedTicket : public LookUpTest, public testing::WithParamInterface<NamedRow> {};
TEST_P(NamedTicket, IsTakenOnlyIfItCanBeTheCalls) {
    ninja.on("ticket/9/log-entry", {answer(200, GetParam().description)});
    ninja.on("ticket/9", {answer(GetParam().status, GetParam().ticket)});
    const Checked seen = check(9);
    EXPECT_EQ(seen.kind, GetParam().seen);
    EXPECT_NE(seen.detail.find(GetParam().detail), std::string::npos) << seen.detail;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, NamedTicket,
    testing::Values(
        NamedRow{"WithItsSubject", 200, R"({"id":9,"clientId":12,"subject":"Imprimante"})", "[]",
                 Checked::Kind::Ours, ""},
        NamedRow{"WithItsMarker", 200, R"({"id":9,"clientId":12,"subject":"Autre"})",
                 R"([{"id":1,"type":"DESCRIPTION","body":"Ref: 3CX-7f3a9c21"}])", Checked::Kind::Ours, ""},
        NamedRow{"WithNeither", 200, R"({"id":9,"clientId":12,"subject":"Autre"})",
                 R"([{"id":1,"type":"DESCRIPTION","body":"Ref: 3CX-7f3a9c2"}])", Checked::Kind::NotOurs,
                 "neither this call's reference (3CX-7f3a9c21) nor its subject"},
        NamedRow{"OfAnotherOrganisation", 200, R"({"id":9,"clientId":13,"subject":"Imprimante"})", "[]",
                 Checked::Kind::NotOurs, "another organisation (number 13, the call's is 12)"},
        NamedRow{"OfAnotherOrganisationWithItsMarker", 200,
                 R"({"id":9,"clientId":13,"subject":"Imprimante"})",
                 R"([{"id":1,"type":"DESCRIPTION","body":"Ref: 3CX-7f3a9c21"}])", Checked::Kind::NotOurs,
                 "another organisation"},
        NamedRow{"InAnotherPersonsName", 200,
                 R"({"id":9,"clientId":12,"subject":"Imprimante","requesterUid":"5b0c8c52-0000"})", "[]",
                 Checked::Kind::NotOurs, "another person's name"},
        NamedRow{"InAnotherPersonsNameWithItsMarker", 200,
                 R"({"id":9,"clientId":12,"subject":"Imprimante","requesterUid":"5b0c8c52-0000"})",
                 R"([{"id":1,"type":"DESCRIPTION","body":"Ref: 3CX-7f3a9c21"}])", Checked::Kind::Ours, ""},
        NamedRow{"OfAnotherCall", 200, R"({"id":9,"clientId":12,"subject":"Imprimante"})",
                 R"([{"id":1,"type":"DESCRIPTION","body":"Ref: 3CX-0123456789ab"}])", Checked::Kind::NotOurs,
                 "another call's"},
        NamedRow{"Deleted", 200, R"({"id":9,"clientId":12,"subject":"Imprimante","deleted":true})", "[]",
                 Checked::Kind::NotOurs, "deleted"},
        NamedRow{"ThatDoesNotExist", 404, R"({"resultCode":"ticket_not_found"})", "[]",
                 Checked::Kind::NotOurs, "does not exist"},
        NamedRow{"ThatIsAnotherOne", 200, R"({"id":8,"clientId":12,"subject":"Imprimante"})", "[]",
                 Checked::Kind::Failed, "another ticket"},
        NamedRow{"ThatCannotBeRead", 500, "{}", "[]", Checked::Kind::Failed, "500"},
        NamedRow{"WhoseTextCannotBeRead", 200, R"({"id":9,"clientId":12,"subject":"Autre"})", "{}",
                 Checked::Kind::Failed, ""}),
    [](const auto& info) { return std::string{info.param.name}; });

struct ClockRow {
    const char* name;
    const char* date;  // of NinjaOne's answers, while ours says 2026-01-01 at noon; null: none
    std::optional<std::int64_t> sentThereS;  // since midnight
    LookedUp::Kind seen;
};
/// The ticket was made at midnight by NinjaOne's clock, and the board does not show its text.
class AClockOfOurs : public LookUpTest, public testing::WithParamInterface<ClockRow> {};
TEST_P(AClockOfOurs, ThatIsAheadHidesNoTicket) {
    clock.advance(std::chrono::hours{12});
    FakeNinja dated;
    auto boards = answer(200, R"([{"id":2,"name":"All tickets","system":true,"ticketCount":3}])");
    if (GetParam().date) boards.headers.set("Date", GetParam().date);
    dated.on("trigger/boards", {boards});
    dated.on("/run", {page(R"({"id":9,"createTime":1767225601.1,"summary":"Imprimante"})", 0)});
    dated.on("ticket/9/log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
    dated.on("ticket/9", {answer(200, R"({"id":9,"clientId":12,"subject":"Imprimante"})")});
    NinjaClient other{account(), tokens, clock, dated};
    SentBetween sent{{toEpochMs(clock.now())}};
    if (GetParam().sentThereS) sent.first.thereMs = 1'767'225'600'000 + *GetParam().sentThereS * 1000;
    EXPECT_EQ(wait(lookUpTicket(other, entry, sent)).kind, GetParam().seen);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, AClockOfOurs,
    testing::Values(
        ClockRow{"SeenWhenItWasSent", nullptr, 0, LookedUp::Kind::Found},
        ClockRow{"SeenWhenItIsLookedUp", "Thu, 01 Jan 2026 00:04:59 GMT", {}, LookedUp::Kind::Found},
        ClockRow{"WhateverTheirsSaysNow", "Thu, 01 Jan 2026 12:00:00 GMT", 10, LookedUp::Kind::Found},
        ClockRow{"NotKnownToBe", nullptr, {}, LookedUp::Kind::Absent},
        ClockRow{"NotByTheirs", "Thu, 01 Jan 2026 12:00:00 GMT", {}, LookedUp::Kind::Absent},
        ClockRow{"NotByOneThatWasNeverSet", "Thu, 01 Jan 1970 00:00:00 GMT", {}, LookedUp::Kind::Absent},
        ClockRow{"NotByNoDate", "soon", {}, LookedUp::Kind::Absent}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(LookUpTest, AClockOfTheirsThatIsAheadHidesNoTicketEither) {
    ninja.on("/run", {page(R"({"id":9,"createTime":1767225601.1,"summary":"Imprimante"})", 0)});
    ninja.on("ticket/9/log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
    ticketIs(9);
    const SentBetween sent{{toEpochMs(clock.now()), toEpochMs(clock.now()) + 86'400'000}};
    EXPECT_EQ(wait(lookUpTicket(client, entry, sent)).kind, LookedUp::Kind::Found);
}

TEST_F(LookUpTest, NinjasClockIsToldByItsLastAnswerThatWasUnderstood) {
    const auto dated = [](int status, const char* date) {
        auto made = answer(status, "[]");
        made.headers.set("Date", date);
        return made;
    };
    ninja.on("statuses",
             {answer(200, "[]"), dated(200, "Thu, 01 Jan 2026 00:10:00 GMT"), answer(200, "[]"),
              dated(502, "Thu, 01 Jan 2026 05:00:00 GMT"), dated(200, "Wed, 31 Dec 2025 23:50:00 GMT")});
    const auto ask = [&] { (void)wait(client.statuses()); };
    ask();
    EXPECT_EQ(client.clockAhead(), std::nullopt);
    ask();
    EXPECT_EQ(client.clockAhead(), std::chrono::minutes{10});
    clock.advance(std::chrono::hours{1});
    clock.jumpDate(std::chrono::hours{24});
    EXPECT_EQ(client.clockAhead(), std::chrono::minutes{10} - std::chrono::hours{24});
    ask();
    ask();
    EXPECT_EQ(client.clockAhead(), std::chrono::minutes{10} - std::chrono::hours{24});
    ask();
    EXPECT_EQ(client.clockAhead(), std::chrono::minutes{-70} - std::chrono::hours{24});
}

struct SilentRow {
    const char* name;
    const char* shown;  // in the row
    const char* log;
    const char* ticket;
    LookedUp::Kind seen;
};
class TicketWithoutText : public LookUpTest, public testing::WithParamInterface<SilentRow> {};
TEST_P(TicketWithoutText, IsNotAbsentWhereItMayBeTheCalls) {
    entry.fields.requesterUid = "5b0c8c52-0000";
    ninja.on("/run",
             {page(R"({"id":9,"createTime":1767225601.1,"summary":"s")" + std::string{GetParam().shown} + "}",
                   0)});
    ninja.on("ticket/9/log-entry", {answer(200, GetParam().log)});
    ticketIs(9, GetParam().ticket);
    const LookedUp seen = look();
    EXPECT_EQ(seen.kind, GetParam().seen) << seen.detail;
    const bool isHeld = seen.kind == LookedUp::Kind::Failed;
    EXPECT_EQ(seen.detail, isHeld ? "ticket 9 shows no description, and may be this call's" : "");
}
INSTANTIATE_TEST_SUITE_P(
    Rows, TicketWithoutText,
    testing::Values(
        SilentRow{"AsSent", "", "[]",
                  R"("clientId":12,"subject":"Imprimante","requesterUid":"5b0c8c52-0000")",
                  LookedUp::Kind::Failed},
        SilentRow{"WithAnEmptyEntry", R"(,"description":" ")", R"([{"id":1,"body":" ","htmlBody":""}])",
                  R"("clientId":12,"subject":"Imprimante","requesterUid":"5b0c8c52-0000")",
                  LookedUp::Kind::Failed},
        SilentRow{"OfItsOrganisation", "", "[]", R"("clientId":12,"subject":"s","requesterUid":"x")",
                  LookedUp::Kind::Failed},
        SilentRow{"WithItsSubject", "", "[]", R"("clientId":13,"subject":"Imprimante","requesterUid":"x")",
                  LookedUp::Kind::Failed},
        SilentRow{"OfItsRequester", "", "[]", R"("clientId":13,"subject":"s","requesterUid":"5b0c8c52-0000")",
                  LookedUp::Kind::Failed},
        SilentRow{"UnlessAllOfItIsAnothers", "", "[]", R"("clientId":13,"subject":"s")",
                  LookedUp::Kind::Absent},
        SilentRow{"UnlessItWasDeleted", "", "[]", R"("clientId":12,"subject":"Imprimante","deleted":true)",
                  LookedUp::Kind::Absent},
        SilentRow{"UnlessItsTextIsThere", "", R"([{"id":1,"htmlBody":"<p>Bonjour</p>"}])",
                  R"("clientId":12,"subject":"Imprimante")", LookedUp::Kind::Absent},
        SilentRow{"UnlessTheBoardShowsIt", R"(,"description":"Bonjour")", "[]",
                  R"("clientId":12,"subject":"Imprimante")", LookedUp::Kind::Absent}),
    [](const auto& info) { return std::string{info.param.name}; });

struct PlacedRow {
    const char* name;
    const char* description;
    const char* comments;
    Checked::Kind seen;
    Place place;
};
/// It has another subject: a restored backup knows nothing of what the call became.
class TicketOfAnotherCall : public LookUpTest, public testing::WithParamInterface<PlacedRow> {};
TEST_P(TicketOfAnotherCall, IsTakenWhereItHoldsTheCall) {
    ninja.on("ticket/9/log-entry?type=DESCRIPTION", {answer(200, GetParam().description)});
    ninja.on("ticket/9/log-entry?type=COMMENT", {answer(200, GetParam().comments)});
    ticketIs(9, R"("clientId":12,"subject":"Autre")");
    const Checked seen = check(9);
    EXPECT_EQ(seen.kind, GetParam().seen);
    EXPECT_EQ(seen.place, GetParam().place);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, TicketOfAnotherCall,
    testing::Values(
        PlacedRow{"AsAComment", R"([{"id":1,"body":"Ref: 3CX-0123456789ab"}])",
                  R"([{"id":2,"body":"Merci"},{"id":3,"htmlBody":"<p>Ref: 3CX-7f3a9c21</p>"}])",
                  Checked::Kind::Ours, Place::Comment},
        PlacedRow{"InACommentOfTheCallItWasJoinedWith", R"([{"id":1,"body":"Ref: 3CX-0123456789ab"}])",
                  R"([{"id":3,"body":"Ref: 3CX-000000000000 3CX-7f3a9c21"}])", Checked::Kind::Ours,
                  Place::Joined},
        PlacedRow{"AmongTheCallsItWasJoinedWith",
                  R"([{"id":1,"body":"Ref: 3CX-0123456789ab 3CX-7f3a9c21 3CX-000000000000"}])", "[]",
                  Checked::Kind::Ours, Place::Joined},
        PlacedRow{"AmongThemInHtmlAlone",
                  R"([{"id":1,"htmlBody":"<p>x</p><p>Ref: 3CX-0123456789ab 3CX-7f3a9c21</p>"}])", "[]",
                  Checked::Kind::Ours, Place::Joined},
        PlacedRow{"AsTheOneThatOthersWereJoinedWith",
                  R"([{"id":1,"body":"Ref: 3CX-0123456789ab\n\nRef: 3CX-7f3a9c21 3CX-0123456789ab"}])", "[]",
                  Checked::Kind::Ours, Place::Own},
        PlacedRow{"NotWhereItHoldsOthers", R"([{"id":1,"body":"Ref: 3CX-0123456789ab"}])",
                  R"([{"id":2,"body":"Ref: 3CX-7f3a9c2"}])", Checked::Kind::NotOurs, Place::Own},
        PlacedRow{"NotWhereItsCommentsCannotBeRead", R"([{"id":1,"body":"Ref: 3CX-0123456789ab"}])", "{}",
                  Checked::Kind::Failed, Place::Own}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(LookUpTest, ATicketIsNotAnotherCallsWhereMoreCommentsMayFollow) {
    std::string comments;
    for (int i = 1; i <= 500; ++i)
        comments += (i > 1 ? "," : "") + std::string{R"({"id":)"} + std::to_string(i) + R"(,"body":"x"})";
    ninja.on("log-entry?type=DESCRIPTION", {answer(200, R"([{"id":1,"body":"Ref: 3CX-0123456789ab"}])")});
    ninja.on("log-entry?type=COMMENT", {answer(200, "[" + comments + "]")});
    ticketIs(9);
    const Checked seen = check(9);
    EXPECT_EQ(seen.kind, Checked::Kind::Failed);
    EXPECT_EQ(seen.detail, "the ticket holds more comments than can be looked through");
}

TEST_F(LookUpTest, ADraftWithoutOrganisationIsInNoTicket) {
    entry.fields.organizationId.reset();
    ticketIs(9);
    EXPECT_EQ(check(9).kind, Checked::Kind::NotOurs);
}

TEST_F(LookUpTest, ANoteIsNotAbsentWhereMoreCommentsMayFollow) {
    std::string comments;
    for (int i = 1; i <= 500; ++i)
        comments += (i > 1 ? "," : "") + std::string{R"({"id":)"} + std::to_string(i) + R"(,"body":"x"})";
    ninja.on("log-entry", {answer(200, "[" + comments + "]"), answer(200, "[]")});
    EXPECT_EQ(wait(lookUpNote(client, entry, 9)).kind, LookedUp::Kind::Failed);
    EXPECT_EQ(wait(lookUpNote(client, entry, 9)).kind, LookedUp::Kind::Absent);
}

TEST_F(LookUpTest, WithoutABoardOfAllTicketsNothingIsAbsent) {
    FakeNinja other;
    ninja.on("/run", {page("", 0)});
    NinjaClient blind{account(), tokens, clock, other};
    other.on("trigger/boards",
             {answer(200, R"([{"id":5,"name":"Deleted tickets","system":true,"ticketCount":3}])")});
    EXPECT_EQ(wait(lookUpTicket(blind, entry, SentBetween{.first = {toEpochMs(clock.now())}})).kind,
              LookedUp::Kind::Failed);
}

}  // namespace
}  // namespace ninja3cx::ticketing
