#include "server/tests/ticketing/fake_ninja.hpp"
#include "server/ticketing/delivery_flow.hpp"
#include "server/ticketing/ticket_delivery.hpp"
#include "shared/json/codec.hpp"
#include "shared/protocol/delivery_rules.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::ticketing {
namespace {

using namespace std::chrono_literals;
using protocol::DeliveryDecision;
using protocol::DeliveryState;

const std::string kCreate = "ticketing/ticket";  // ends the URL: see isCreate
const char* const kBoards =
    R"([{"id":5,"name":"Deleted tickets","system":true,"ticketCount":9},
        {"id":2,"name":"All tickets","system":true,"ticketCount":3}])";

net::HttpResponse boardRows(const std::string& rows) {
    return answer(200, R"({"data":[)" + rows + R"(],"metadata":{"lastCursorId":0}})");
}
std::string row(int id, const std::string& description) {
    return R"({"id":)" + std::to_string(id) +
           R"(,"createTime":1767225600.5,"summary":"Imprimante","description":")" + description +
           R"(","tags":[],"attributeValues":[]})";
}

struct DeliveryTest : testing::Test {
    DeliveryTest()
        : tokens{account(), folder.path, clock, ninja, io.get_executor()},
          client{account(), tokens, clock, ninja} {
        start();
    }
    static NinjaAccount account() {
        NinjaAccount account;
        account.apiUrl = "https://app.ninjarmm.com/api/v2";
        account.seedRefreshToken = "seed-token";
        account.clientId = "client";
        account.clientSecret = "very-secret";
        return account;
    }
    void start() {
        TicketDelivery::Options options;
        options.jitter = 0;
        options.technicianFor = [](const Extension& extension) -> std::optional<std::int64_t> {
            if (extension == Extension{"201"}) return 4;
            return std::nullopt;
        };
        delivery = std::make_unique<TicketDelivery>(
            io.get_executor(), options,
            TicketDelivery::Ports{client, store, clock, scheduler,
                                  [this](const std::string& problem) { problems.push_back(problem); }},
            [this](const DraftId& draftId, const protocol::Delivery& seen) {
                if (seen.state == breaksAt) {
                    breaksAt = DeliveryState::None;
                    throw std::runtime_error{"surprise"};
                }
                states.push_back(seen.state);
                last[draftId] = seen;
            });
    }
    /// The server stops and starts again with what is stored.
    void restart() {
        const calls::OutboxEntry stored = store.history.back();
        delivery.reset();
        scheduler.run();
        start();
        delivery->deliver(stored);
    }
    calls::OutboxEntry entry(const std::string& id = "draft-1", const std::string& note = "") {
        calls::OutboxEntry made;
        made.draftId = DraftId{id};
        made.callId = CallId{"call-1"};
        made.extension = Extension{"201"};
        made.marker = "3CX-7f3a9c21";
        made.fields.subject = "Imprimante";
        made.fields.organizationId = 12;
        made.fields.organizationName = "Exemple SARL";
        made.fields.requesterUid = "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11";
        made.fields.priority = protocol::Priority::Medium;
        made.fields.type = protocol::TicketType::ServiceRequest;
        made.fields.tags = {"appel"};
        made.description = "Résumé <b>\n\nRef: 3CX-7f3a9c21";
        made.transcriptNote = note;
        made.createdAtMs = toEpochMs(clock.now());
        return made;
    }
    /// Rules in order; what is given first wins.
    void ready() {
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":86400})")});
        ninja.on("trigger/boards", {answer(200, kBoards)});
        ninja.on("ticket-form", {answer(200,
                                        R"([{"id":3,"default":true,"active":false},
                        {"id":1,"default":true,"active":true,"content":{"fields":[54]}}])")});
        ninja.on("statuses",
                 {answer(200, R"([{"statusId":1000,"parentId":1000},{"statusId":5001,"parentId":5000}])")});
        ninja.on("ticketing/attributes",
                 {answer(200, R"([{"id":54,"attributeType":"TEXT","name":"Call ID","active":true}])")});
    }
    void creates(std::vector<Result<net::HttpResponse>> replies) {
        auto queue = std::make_shared<std::deque<Result<net::HttpResponse>>>(replies.begin(), replies.end());
        ninja.on("POST https://app.ninjarmm.com/api/v2/ticketing/ticket",
                 [this, queue](const net::ClientRequest& request) {
                     if (request.url.ends_with("/comment")) return noteReply(request);
                     ++posts;
                     ticketBody = request.body;
                     const auto reply = queue->front();
                     if (queue->size() > 1) queue->pop_front();
                     return reply;
                 });
    }
    void boardShows(std::vector<Result<net::HttpResponse>> replies) { ninja.on("/run", std::move(replies)); }
    void ticketExists(int id) {
        ninja.on(
            "GET https://app.ninjarmm.com/api/v2/ticketing/ticket/" + std::to_string(id),
            {answer(
                200,
                R"({"id":)" + std::to_string(id) +
                    R"(,"clientId":12,"subject":"Imprimante","requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11"})")});
    }

    TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    FakeScheduler scheduler{io, clock};
    FakeStore store{io};
    NinjaTokens tokens;
    NinjaClient client;
    std::unique_ptr<TicketDelivery> delivery;
    std::vector<DeliveryState> states;
    std::map<DraftId, protocol::Delivery> last;
    std::vector<std::string> problems;
    DeliveryState breaksAt = DeliveryState::None;  // the first report of this state throws
    int posts = 0;
    std::string ticketBody;
    std::function<Result<net::HttpResponse>(const net::ClientRequest&)> noteReply =
        [](const net::ClientRequest&) { return answer(204, "", ""); };
    const DraftId draft{"draft-1"};
};

struct BreakRow {
    const char* name;
    DeliveryState at;
};
class BrokenOff : public DeliveryTest, public testing::WithParamInterface<BreakRow> {};
TEST_P(BrokenOff, ADeliveryGoesOnAndMakesOneTicket) {
    ready();
    creates({answer(200, R"({"id":1042,"version":1})")});
    boardShows({boardRows("")});
    breaksAt = GetParam().at;
    delivery->deliver(entry());
    scheduler.run();
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0], "draft-1 broke off, to go on in 5 s: surprise");
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(posts, 1);
}
INSTANTIATE_TEST_SUITE_P(Rows, BrokenOff,
                         testing::Values(BreakRow{"Queued", DeliveryState::Queued},
                                         BreakRow{"Created", DeliveryState::Created}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST_F(DeliveryTest, CreatesTheTicketAsNinjaWantsIt) {
    ready();
    creates({answer(200, R"({"id":1042,"version":1})")});
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
    EXPECT_EQ(last.at(draft).ticketUrl, "https://app.ninjarmm.com/#/ticketing/ticket/1042");
    const auto sent = boost::json::parse(ticketBody).as_object();
    EXPECT_EQ(sent.at("clientId"), 12);
    EXPECT_EQ(sent.at("ticketFormId"), 1);
    EXPECT_EQ(sent.at("status"), "1000");
    EXPECT_EQ(sent.at("type"), "SERVICE_REQUEST");
    EXPECT_EQ(sent.at("priority"), "MEDIUM");
    EXPECT_EQ(sent.at("severity"), "NONE");
    EXPECT_EQ(sent.at("assignedAppUserId"), 4);
    EXPECT_EQ(sent.at("requesterUid"), "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11");
    EXPECT_EQ(sent.at("tags"), boost::json::parse(R"(["appel"])"));
    EXPECT_EQ(sent.at("attributes"), boost::json::parse(R"([{"attributeId":54,"value":"3CX-7f3a9c21"}])"));
    EXPECT_EQ(sent.at("description").at("public"), false);
    EXPECT_EQ(sent.at("description").at("htmlBody"), "<p>Résumé &lt;b&gt;</p><p>Ref: 3CX-7f3a9c21</p>");
}

TEST_F(DeliveryTest, StoresTheIntentBeforeItSends) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    store.onCommit = [&] {
        if (store.history.back().delivery.state == DeliveryState::Sending) {
            EXPECT_EQ(posts, 0);
        }
    };
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(states, (std::vector{DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Created}));
    EXPECT_EQ(store.history.size(), 3U);
}

TEST_F(DeliveryTest, SendsNothingWhileTheStoreRefuses) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    store.refusals = 3;
    delivery->deliver(entry());
    scheduler.run(2);
    EXPECT_EQ(posts, 0);
    scheduler.run();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(DeliveryTest, LooksUpAfterAnUnknownOutcomeAndNeverPostsTwice) {
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "no answer within 20 s"}});
    boardShows({boardRows(row(7, "autre")), answer(500, "{}"), boardRows(row(9, "x Ref: 3CX-7f3a9c21"))});
    ticketExists(9);
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{9});
    EXPECT_EQ(scheduler.slept, (std::vector<std::chrono::milliseconds>{2s, 3s}));
    EXPECT_EQ(ninja.countOf("board/2/run"), 3);
}

TEST_F(DeliveryTest, AsksATechnicianWhenItStaysAbsent) {
    ready();
    creates({answer(502, "bad gateway"), answer(200, R"({"id":1043})")});
    boardShows({boardRows(row(7, "autre"))});
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_NE(last.at(draft).problem.find("Ticket 7 looks alike"), std::string::npos)
        << last.at(draft).problem;
    EXPECT_EQ(scheduler.slept, (std::vector<std::chrono::milliseconds>{2s, 3s, 10s, 45s}));

    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1043});
}

TEST_F(DeliveryTest, ADoubleHandOverMakesOneTicket) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(entry());
    delivery->deliver(entry());
    scheduler.run();
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(posts, 1);
}

TEST_F(DeliveryTest, AStopWhileSendingIsLookedUpAfterTheStart) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    boardShows({boardRows(row(1042, "Ref: 3CX-7f3a9c21"))});
    ticketExists(1042);
    calls::OutboxEntry stored = entry();
    FlowState state;
    state.phase = Phase::Sending;
    state.attempts = 1;
    state.firstSentAtMs = stored.createdAtMs;
    stored.step = json::encodeText(state);
    stored.delivery.state = DeliveryState::Sending;
    delivery->deliver(stored);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
}

TEST_F(DeliveryTest, FindsATicketThatWasSentWhileOurClockWasADayAhead) {
    auto statuses = answer(200, R"([{"statusId":1000,"parentId":1000}])");
    statuses.headers.set("Date", "Thu, 01 Jan 2026 00:00:00 GMT");
    ninja.on("statuses", {statuses});
    ready();
    clock.jumpDate(24h);
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}});
    ninja.on("ticket/9/log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
    boardShows(
        {answer(500, "{}"),
         boardRows(R"({"id":9,"createTime":1767225601.5,"summary":"Imprimante","description":null})")});
    ticketExists(9);
    delivery->deliver(entry());
    scheduler.run(0);
    clock.jumpDate(-24h);
    restart();
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{9});
    EXPECT_EQ(posts, 1);
}

TEST_F(DeliveryTest, ATicketThatStaysWithoutTextIsNeverSentAgainByItself) {
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}});
    ninja.on("ticket/9/log-entry", {answer(200, "[]")});
    boardShows({boardRows(R"({"id":9,"createTime":1767225601.5,"summary":"Imprimante"})")});
    ticketExists(9);
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_NE(last.at(draft).problem.find("ticket 9 shows no description"), std::string::npos);
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(posts, 1);
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{9});
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{9});
}

TEST_F(DeliveryTest, AnUnreadableStepIsLookedUpNotSent) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    boardShows({boardRows("")});
    calls::OutboxEntry stored = entry();
    stored.step = "{damaged";
    delivery->deliver(stored);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
}

TEST_F(DeliveryTest, AnUnreadableStepOfAKnownTicketIsAboutItsNoteAlone) {
    ready();
    creates({answer(200, R"({"id":1043})")});
    ninja.on("ticket/1042/log-entry", {answer(200, "[]")});
    calls::OutboxEntry stored = entry("draft-1", "texte");
    stored.step = "{damaged";
    stored.delivery.state = DeliveryState::Unknown;
    stored.delivery.ticketId = TicketId{1042};
    delivery->deliver(stored);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(ninja.countOf("/run"), 0);
    EXPECT_GE(ninja.countOf("ticket/1042/log-entry"), 3);
    EXPECT_EQ(ninja.countOf("ticket/1042/comment"), 1);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
}

TEST_F(DeliveryTest, AnUnconfirmedTicketSurvivesARestart) {
    ready();
    creates({answer(500, R"({"resultCode":"FAILURE","errorMessage":"NullPointerException"})")});
    boardShows({boardRows("")});
    delivery->deliver(entry());
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    restart();
    scheduler.run();
    EXPECT_EQ(posts, 1);
    ninja.on("ticket/77/log-entry", {answer(200, "[]")});
    ticketExists(77);
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{77});
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77});
    EXPECT_EQ(posts, 1);
}

TEST_F(DeliveryTest, ReplacesARefusedTokenOnceAndReplays) {
    ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":86400})"),
                             answer(200, R"({"access_token":"AT-2","expires_in":86400})")});
    ready();
    creates({answer(401, R"({"error":"not_authenticated","error_code":10})"), answer(200, R"({"id":1042})")});
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(ninja.countOf("oauth/token"), 2);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(DeliveryTest, KeepsTheTicketQueuedUntilSomebodyLogsIn) {
    ninja.on("oauth/token", {answer(400, R"({"error":"invalid_token"})"),
                             answer(200, R"({"access_token":"AT-2","expires_in":86400})")});
    ready();
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(entry());
    scheduler.run(0);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Waiting);
    EXPECT_EQ(last.at(draft).problemCode, "needsLogin");
    EXPECT_EQ(client.link(), protocol::LinkState::NeedsLogin);
    ASSERT_TRUE(TokenVault{folder.path}.save("RT-new"));
    delivery->onLogin();
    scheduler.run(0);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(client.link(), protocol::LinkState::Connected);
}

TEST_F(DeliveryTest, WaitsAsLongAsNinjaAsks) {
    ready();
    net::HttpResponse throttled = answer(429, "{}");
    throttled.headers.set("Retry-After", "17");
    creates({throttled, answer(200, R"({"id":1042})")});
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(scheduler.slept, (std::vector<std::chrono::milliseconds>{17s}));
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(ninja.countOf("/run"), 0);
}

TEST_F(DeliveryTest, AWebPageIsFollowedByLookUpsAndLeftToATechnician) {
    ready();
    creates({answer(200, "<!doctype html><title>busy</title>", "text/html")});
    boardShows({boardRows("")});
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(posts, 1);
    EXPECT_GE(ninja.countOf("/run"), 3);
    EXPECT_EQ(last.at(draft).state, protocol::DeliveryState::Unconfirmed);
}

TEST_F(DeliveryTest, AWebPageInALookUpIsNotAnEmptyList) {
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}});
    boardShows({answer(200, "<html></html>", "text/html")});
    delivery->deliver(entry());
    scheduler.run(8);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unknown);
    EXPECT_EQ(posts, 1);
}

TEST_F(DeliveryTest, NamesTheFieldThatWasRefused) {
    ready();
    creates({answer(
        400, R"({"resultCode":"FAILURE","errorMessage":"requesterUid is not known","incidentId":"I-1"})")});
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_EQ(last.at(draft).problemCode, "fieldRefused");
    EXPECT_NE(last.at(draft).problem.find("field requesterUid"), std::string::npos);
    EXPECT_NE(last.at(draft).problem.find("I-1"), std::string::npos);
    EXPECT_EQ(last.at(draft).field, "requesterUid");
}

TEST_F(DeliveryTest, SendsAMendedTicketOnceItIsStored) {
    ready();
    creates({answer(400, R"({"resultCode":"FAILURE","errorMessage":"severity is not known"})"),
             answer(200, R"({"id":1042})")});
    delivery->deliver(entry());
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
    calls::OutboxEntry mended = entry();
    mended.fields.subject = "Imprimante du hall";
    const std::size_t stored = store.history.size();
    delivery->amend(mended);
    delivery->amend(mended);
    scheduler.run();
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_NE(ticketBody.find("Imprimante du hall"), std::string::npos);
    ASSERT_GT(store.history.size(), stored);
    EXPECT_EQ(store.history[stored].fields.subject, "Imprimante du hall");
    EXPECT_EQ(store.history[stored].delivery.state, DeliveryState::Queued) << "before it is sent";
    delivery->amend(mended);
    scheduler.run();
    EXPECT_EQ(posts, 2) << "it is there";
}

TEST_F(DeliveryTest, AnAmendmentThatIsStoredWithARefusedTicketIsSentAtTheStart) {
    ready();
    creates({answer(400, R"({"resultCode":"FAILURE","errorMessage":"severity is not known"})"),
             answer(200, R"({"id":1042})")});
    delivery->deliver(entry());
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
    calls::Amendment amendment{entry().fields, entry().description, entry().transcriptNote, {}};
    amendment.fields.subject = "Imprimante du hall";
    store.history.back().amended = amendment;
    restart();
    scheduler.run();
    EXPECT_FALSE(store.history.back().amended);
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_NE(ticketBody.find("Imprimante du hall"), std::string::npos);
}

TEST_F(DeliveryTest, LooksUpWhatMayExistBeforeAMendedTicketIsSent) {
    ready();
    creates({answer(502, "bad gateway"),
             answer(400, R"({"resultCode":"FAILURE","errorMessage":"severity is not known"})")});
    bool isShown = false;
    ninja.on("/run", [&](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return boardRows(isShown ? row(1042, "Ref: 3CX-7f3a9c21") : "");
    });
    delivery->deliver(entry());
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
    isShown = true;  // it was only late
    ticketExists(1042);
    calls::OutboxEntry mended = entry();
    mended.fields.severity = protocol::Severity::Minor;
    delivery->amend(mended);
    scheduler.run();
    EXPECT_EQ(posts, 2) << "nothing was sent once more";
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
}

TEST_F(DeliveryTest, ADraftWithoutOrganisationIsNotSent) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    auto without = entry();
    without.fields.organizationId.reset();
    delivery->deliver(without);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_EQ(last.at(draft).field, "organizationId");
}

TEST_F(DeliveryTest, ASolvedCallStartsInTheResolvedBlockWhereNinjaAllowsIt) {
    ready();
    creates({answer(200, R"({"id":1042,"status":{"statusId":5001,"parentId":5000}})")});
    auto solved = entry();
    solved.fields.isSolved = true;
    delivery->deliver(solved);
    scheduler.run();
    EXPECT_EQ(boost::json::parse(ticketBody).at("status"), "5001");
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(ninja.countOf("PUT "), 0);
}

TEST_F(DeliveryTest, PutsTheTranscriptIntoAPrivateNote) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(entry("draft-1", "[00:00] Technicien : bonjour"));
    scheduler.run();
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
    const std::string body = ninja.lastBodyOf("/comment");
    EXPECT_NE(body.find("name=\"comment\"\r\nContent-Type: application/json\r\n\r\n{\"public\":false"),
              std::string::npos);
    EXPECT_NE(body.find("Ref: 3CX-7f3a9c21/t1"), std::string::npos);
    EXPECT_TRUE(store.history.back().transcriptNote.empty()) << "not kept longer than it is needed";
}

TEST_F(DeliveryTest, SendsTheTranscriptOfAnEarlierCallAlsoWhereItsOwnHasNone) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    calls::OutboxEntry joint = entry();
    joint.joined = {{CallId{"call-0"}, "3CX-0", 1'000, "Avant", "\n[00:00] Client : avant"}};
    delivery->deliver(joint);
    scheduler.run();
    EXPECT_NE(ticketBody.find("Ref: 3CX-7f3a9c21, 3CX-0"), std::string::npos) << ticketBody;
    EXPECT_NE(ninja.lastBodyOf("/comment").find("Client : avant"), std::string::npos);
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
    EXPECT_EQ(store.history.back().joined->front().transcript, "") << "not kept longer than it is needed";
}

TEST_F(DeliveryTest, LooksForTheNoteBeforeItIsSentAgain) {
    ready();
    noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1042})")});
    ninja.on("log-entry", {answer(200, "[]"),
                           answer(200, R"([{"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21/t1"}])")});
    delivery->deliver(entry("draft-1", "texte"));
    scheduler.run();
    EXPECT_EQ(ninja.countOf("/comment"), 1);
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
    EXPECT_EQ(posts, 1);
}

TEST_F(DeliveryTest, PutsNoNoteIntoATicketOfAnotherOrganisation) {
    ready();
    creates({answer(502, "bad gateway")});
    boardShows({boardRows("")});
    ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/78",
             {answer(200, R"({"id":78,"clientId":13,"subject":"Imprimante"})")});
    ninja.on("log-entry", {answer(200, "[]")});
    ticketExists(77);
    delivery->deliver(entry("draft-1", "texte"));
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);

    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{78});
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(last.at(draft).problem,
              "ticket 78 is of another organisation (number 13, the call's is 12): nothing was added to it");
    EXPECT_EQ(ninja.countOf("/comment"), 0);

    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{77});
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77});
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
    EXPECT_EQ(ninja.countOf("ticket/77/comment"), 1);
    EXPECT_EQ(posts, 1);
}

TEST_F(DeliveryTest, SaysThatADecisionChangedNothing) {
    ready();
    creates({answer(502, "bad gateway")});
    boardShows({boardRows("")});
    delivery->deliver(entry());
    scheduler.run();
    const auto reports = states.size();
    delivery->decide(draft, DeliveryDecision::AlreadyThere, std::nullopt);
    scheduler.run();
    ASSERT_EQ(states.size(), reports + 1) << "the hub shows it as under way since the click";
    EXPECT_EQ(states.back(), DeliveryState::Unconfirmed);
}

TEST_F(DeliveryTest, SendAgainPostsNothingWhileNinjaCannotBeAsked) {
    ready();
    creates({answer(502, "bad gateway"), answer(200, R"({"id":1043})")});
    boardShows(
        {boardRows(""), boardRows(""), boardRows(""), boardRows(""), boardRows(""), answer(500, "{}")});
    delivery->deliver(entry());
    scheduler.run();
    ASSERT_EQ(last.at(draft).problemCode, "unconfirmed");
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(last.at(draft).problemCode, "lookUpFails");
}

TEST_F(DeliveryTest, SettlesAnUnknownTicketThoughTheServerStopsEachTenSeconds) {
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}});
    boardShows({boardRows("")});
    delivery->deliver(entry());
    const auto began = clock.steady();
    const auto isHeld = [&] { return last[draft].state == DeliveryState::Unconfirmed; };
    for (int starts = 0; starts < 100 && !isHeld(); ++starts) {
        const auto stopAt = clock.steady() + 10s;
        scheduler.runUntil(stopAt);
        if (!isHeld()) restart();
    }
    EXPECT_TRUE(isHeld());
    EXPECT_EQ(posts, 1);
    EXPECT_LE(clock.steady() - began, 80s);
}

TEST_F(DeliveryTest, FindsALateTicketThoughTheServerStopsEachTenSeconds) {
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}});
    const auto began = clock.steady();
    ninja.on("/run", [&](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return boardRows(clock.steady() - began < 30s ? "" : row(9, "Ref: 3CX-7f3a9c21"));
    });
    ticketExists(9);
    delivery->deliver(entry());
    const auto isCreated = [&] { return last[draft].state == DeliveryState::Created; };
    for (int starts = 0; starts < 100 && !isCreated(); ++starts) {
        const auto stopAt = clock.steady() + 10s;
        scheduler.runUntil(stopAt);
        if (!isCreated()) restart();
    }
    EXPECT_EQ(last.at(draft).ticketId, TicketId{9});
    EXPECT_EQ(posts, 1);
    EXPECT_LE(clock.steady() - began, 80s);
}

TEST_F(DeliveryTest, KeepsARefusedNoteAndSendsItAloneWhenAsked) {
    ready();
    bool isAllowed = false;
    noteReply = [&](const net::ClientRequest&) -> Result<net::HttpResponse> {
        if (isAllowed) return answer(204, "", "");
        return answer(403, R"({"resultCode":"forbidden","errorMessage":"no comments"})");
    };
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(entry("draft-1", "texte"));
    scheduler.run();
    EXPECT_EQ(ninja.countOf("/comment"), 4);
    EXPECT_EQ(scheduler.slept, (std::vector<std::chrono::milliseconds>{60s, 300s, 1'800s}));
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_EQ(last.at(draft).problemCode, "noteRefused");
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
    EXPECT_EQ(store.history.back().transcriptNote, "texte");

    restart();
    scheduler.run();
    EXPECT_EQ(ninja.countOf("/comment"), 4);
    isAllowed = true;
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
    EXPECT_NE(ninja.lastBodyOf("/comment").find("texte"), std::string::npos);
    EXPECT_TRUE(store.history.back().transcriptNote.empty());
    EXPECT_EQ(posts, 1);
}

TEST_F(DeliveryTest, KeepsANoteThatCannotBeConfirmed) {
    ready();
    noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1042})")});
    ninja.on("log-entry", {answer(200, "[]")});
    delivery->deliver(entry("draft-1", "texte"));
    scheduler.run();
    EXPECT_EQ(ninja.countOf("/comment"), 3);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(last.at(draft).problemCode, "noteMissing");
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
    EXPECT_EQ(store.history.back().transcriptNote, "texte");
    EXPECT_EQ(posts, 1);

    delivery->decide(draft, DeliveryDecision::GiveUp, std::nullopt);
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_TRUE(store.history.back().transcriptNote.empty());
}

TEST_F(DeliveryTest, ARestoredBackupLooksForTheNoteBeforeItIsSent) {
    ready();
    creates({answer(200, R"({"id":1043})")});
    boardShows({boardRows(row(1042, "Ref: 3CX-7f3a9c21"))});
    ninja.on("ticket/1042/log-entry",
             {answer(200, R"([{"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21/t1"}])")});
    ticketExists(1042);
    calls::OutboxEntry restored = entry("draft-1", "texte");
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(ninja.countOf("/comment"), 0);
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
}

TEST_F(DeliveryTest, ASecondHandOverWhileItWaitsOrIsHeldChangesNothing) {
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}});
    boardShows({boardRows("")});
    delivery->deliver(entry());
    for (std::size_t sleeps = 0; sleeps < 6; ++sleeps) {
        delivery->deliver(entry());
        scheduler.run(1);
    }
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(ninja.countOf("/run"), 5);
}

TEST_F(DeliveryTest, KeepsAtMostTwoOnTheWire) {
    ready();
    creates({answer(200, R"({"id":1042})")});
    for (int i = 0; i < 12; ++i) delivery->deliver(entry("draft-" + std::to_string(i)));
    scheduler.run();
    EXPECT_EQ(posts, 12);
    EXPECT_LE(ninja.mostInFlight, 2);
    EXPECT_EQ(last.size(), 12U);
}

TEST_F(DeliveryTest, StopsInTheMiddleOfAWait) {
    ready();
    creates({Error{ErrorKind::Unreachable, "no route"}});
    delivery->deliver(entry());
    scheduler.run(1);
    delivery.reset();
    scheduler.run();
    EXPECT_GE(posts, 1);
}

/// NinjaOne has ticket 1042 or 77, shows it, lets it be changed, and keeps its comments.
struct ClosingTest : DeliveryTest {
    void has(int ticketId) {
        id = ticketId;
        const std::string ticket = "https://app.ninjarmm.com/api/v2/ticketing/ticket/" + std::to_string(id);
        ninja.on("GET " + ticket + "/log-entry", [this](const net::ClientRequest&) {
            return Result<net::HttpResponse>{isLogReadable ? answer(200, "[" + log + "]")
                                                           : answer(404, "{}")};
        });
        ninja.on("GET " + ticket, [this](const net::ClientRequest&) -> Result<net::HttpResponse> {
            if (!reads.empty()) {
                const auto reply = reads.front();
                reads.pop_front();
                return reply;
            }
            return answer(200, shown());
        });
        ninja.on("PUT " + ticket, [this](const net::ClientRequest& request) -> Result<net::HttpResponse> {
            const auto sent = boost::json::parse(request.body);
            puts.push_back(sent);
            std::optional<Result<net::HttpResponse>> reply;
            if (!putReplies.empty()) {
                reply = putReplies.front();
                putReplies.pop_front();
            }
            if (reply && !storesPut) return *reply;
            status = std::string{sent.at("status").as_string()};
            if (reply) return *reply;
            return answer(200, shown());
        });
    }
    std::string shown() const {
        return R"({"id":)" + std::to_string(id) + R"(,"version":)" + std::to_string(version) +
               R"(,"clientId":)" + std::to_string(clientId) +
               R"(,"subject":"Imprimante","ticketFormId":1,"requesterUid":")" + requester +
               R"(","status":{"statusId":)" + status + R"(,"parentId":)" + status.substr(0, 1) +
               R"(000},"tags":["vip"],"attributeValues":[{"id":1,"attributeId":54,"value":"3CX-7f3a9c21"}]})";
    }
    calls::OutboxEntry solved(const std::string& note = "") {
        auto made = entry("draft-1", note);
        made.fields.isSolved = true;
        return made;
    }
    calls::OutboxEntry comment(const std::string& note = "") {
        auto made = entry("draft-1", note);
        made.fields.commentOn = TicketId{77};
        return made;
    }
    /// A solved status is refused for a new ticket.
    void startsOpen() {
        creates({answer(400, R"({"errorMessage":"status not allowed"})"), answer(200, R"({"id":1042})")});
    }
    std::vector<std::string> sentInOrder() const {
        std::vector<std::string> sent;
        for (const auto& request : ninja.requests) {
            if (request.url.ends_with("ticketing/ticket")) sent.emplace_back("create");
            if (request.url.ends_with("/comment")) sent.emplace_back("comment");
            if (request.method == "PUT") sent.emplace_back("put");
        }
        return sent;
    }

    int id = 0;
    int version = 3;
    int clientId = 12;
    std::string requester = "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11";
    std::string status = "1000";
    std::string log;
    bool isLogReadable = true;
    std::deque<Result<net::HttpResponse>> reads;  // in place of the ticket
    std::deque<Result<net::HttpResponse>> putReplies;
    bool storesPut = false;  // although putReplies says something else
    std::vector<boost::json::value> puts;
};

TEST_F(ClosingTest, ASolvedTicketThatHadToStartOpenIsClosedAfterItsNote) {
    ready();
    has(1042);
    startsOpen();
    delivery->deliver(solved("texte"));
    scheduler.run();
    EXPECT_EQ(sentInOrder(), (std::vector<std::string>{"create", "create", "comment", "put"}));
    ASSERT_EQ(puts.size(), 1U);
    EXPECT_EQ(puts[0], boost::json::parse(
                           R"({"version":3,"clientId":12,"ticketFormId":1,"subject":"Imprimante",
                               "requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","status":"5001",
                               "tags":["vip"],"attributes":[{"id":1,"attributeId":54,"value":"3CX-7f3a9c21"}]})"));
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
}

struct AskedRow {
    const char* name;
    std::optional<std::string> status;
    bool isSolved;
    std::vector<std::string> closedAs;
};
class AnAskedStatus : public ClosingTest, public testing::WithParamInterface<AskedRow> {};
TEST_P(AnAskedStatus, IsGivenAtTheEndWhereATicketMayNotBeginInIt) {
    ninja.on("statuses", {answer(200, R"([{"statusId":1000,"parentId":1000},
                {"statusId":3001,"parentId":3000,"name":"CONFIRM"},{"statusId":5001,"parentId":5000},
                {"statusId":5002,"parentId":5000,"name":"BY_PHONE"}])")});
    ready();
    has(1042);
    startsOpen();
    auto made = entry();
    made.fields.status = GetParam().status;
    made.fields.isSolved = GetParam().isSolved;
    delivery->deliver(made);
    scheduler.run();
    EXPECT_EQ(boost::json::parse(ticketBody).at("status"), "1000");
    std::vector<std::string> closedAs;
    for (const auto& put : puts) closedAs.emplace_back(put.at("status").as_string());
    EXPECT_EQ(closedAs, GetParam().closedAs);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}
INSTANTIATE_TEST_SUITE_P(Rows, AnAskedStatus,
                         testing::Values(AskedRow{"ByNumber", "5002", false, {"5002"}},
                                         AskedRow{"ByName", "BY_PHONE", false, {"5002"}},
                                         AskedRow{"OfASolvedCall", "5002", true, {"5002"}},
                                         AskedRow{"NoneOfASolvedCall", {}, true, {"5001"}}),
                         [](const auto& info) { return std::string{info.param.name}; });

struct MendedRow {
    const char* name;
    bool wasSolved, isSolved;
    std::vector<std::string> sent;
};
class ATickMendedAfterADoubt : public ClosingTest, public testing::WithParamInterface<MendedRow> {};
TEST_P(ATickMendedAfterADoubt, Counts) {
    ready();
    has(1042);
    boardShows({boardRows("")});
    creates({answer(502, "bad gateway"),
             answer(400, R"({"resultCode":"FAILURE","errorMessage":"severity is not known"})"),
             answer(200, R"({"id":1042,"status":{"statusId":1000,"parentId":1000}})")});
    auto mended = entry();
    mended.fields.isSolved = GetParam().wasSolved;
    delivery->deliver(mended);
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
    mended.fields.isSolved = GetParam().isSolved;
    mended.fields.severity = protocol::Severity::Minor;
    delivery->amend(mended);
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(sentInOrder(), GetParam().sent);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ATickMendedAfterADoubt,
    testing::Values(MendedRow{"Ticked", false, true, {"create", "create", "create", "put"}},
                    MendedRow{"Cleared", true, false, {"create", "create", "create"}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(ClosingTest, ATicketThatNinjaTookAsNewThoughItWasSentAsSolvedIsClosed) {
    ready();
    has(1042);
    creates({answer(200, R"({"id":1042,"status":{"statusId":1000,"parentId":1000}})")});
    delivery->deliver(solved());
    scheduler.run();
    EXPECT_EQ(puts.size(), 1U);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, AConflictIsMendedWithTheNewVersion) {
    ready();
    has(1042);
    startsOpen();
    putReplies = {answer(409, R"({"errorMessage":{"code":"ticket_version_conflict","params":{}}})")};
    reads = {answer(200, shown())};
    version = 6;
    delivery->deliver(solved());
    scheduler.run();
    ASSERT_EQ(puts.size(), 2U);
    EXPECT_EQ(puts[0].at("version"), 3);
    EXPECT_EQ(puts[1].at("version"), 6);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_TRUE(scheduler.slept.empty());
}

TEST_F(ClosingTest, ATicketThatOthersKeepChangingIsForATechnicianAndClosedWhenAsked) {
    ready();
    has(1042);
    startsOpen();
    putReplies = {answer(412, "{}"), answer(409, "{}"), answer(400, R"({"errorMessage":"stale version"})")};
    delivery->deliver(solved());
    scheduler.run();
    EXPECT_EQ(puts.size(), 3U);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_EQ(last.at(draft).problemCode, "closeRefused");
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});

    restart();
    scheduler.run();
    EXPECT_EQ(puts.size(), 3U);
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(puts.size(), 4U);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(status, "5001");
    EXPECT_EQ(posts, 2) << "the refused one and the ticket";
}

TEST_F(ClosingTest, AnUnclearClosingIsReadBeforeItIsRepeated) {
    ready();
    has(1042);
    startsOpen();
    putReplies = {Error{ErrorKind::OutcomeUnknown, "reset"}};
    storesPut = true;
    delivery->deliver(solved());
    scheduler.run();
    EXPECT_EQ(puts.size(), 1U);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, AStopWhileItIsClosedIsReadAfterTheStart) {
    ready();
    has(1042);
    startsOpen();
    putReplies = {Error{ErrorKind::OutcomeUnknown, "reset"}, Error{ErrorKind::OutcomeUnknown, "reset"}};
    delivery->deliver(solved());
    scheduler.run(1);
    restart();
    scheduler.run();
    EXPECT_EQ(puts.size(), 3U);
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, AStepOfAnEarlierVersionIsClosedAsWell) {
    ready();
    has(1042);
    calls::OutboxEntry stored = solved("texte");
    stored.step =
        R"({"phase":"noteSending","attempts":1,"firstSentAtMs":5,"mayExist":false,"didRefresh":false,
            "startsOpen":true,"goal":"settle","lookUps":0,"absences":0,"failures":0,"watchedMs":0,
            "backoff":0,"delayMs":0,"dueAtMs":0,"ticketId":1042,"wantsNote":true,"hasNote":false,
            "noteAttempts":1,"problem":"","problemCode":""})";
    log = R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21/t1"})";
    delivery->deliver(stored);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{"put"});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, ATicketThatWasMovedToAnotherOrganisationIsNotClosed) {
    ready();
    has(1042);
    startsOpen();
    clientId = 13;
    delivery->deliver(solved());
    scheduler.run();
    EXPECT_EQ(puts.size(), 0U);
    EXPECT_EQ(last.at(draft).problemCode, "closeRefused");
    EXPECT_EQ(last.at(draft).problem,
              "the ticket was not closed: it is of another organisation (number 13, the call's is 12)");
}

TEST_F(ClosingTest, ARefusedClosingNamesTheField) {
    ready();
    has(1042);
    startsOpen();
    putReplies = {answer(400, R"({"errorMessage":"locationId is required"})")};
    delivery->deliver(solved());
    scheduler.run();
    EXPECT_EQ(last.at(draft).problemCode, "closeRefused");
    EXPECT_EQ(last.at(draft).field, "locationId");
}

TEST_F(ClosingTest, ACommentGoesToItsTicketAndNoTicketIsMade) {
    ready();
    has(77);
    creates({answer(200, R"({"id":1042})")});
    std::vector<std::string> comments;
    noteReply = [&](const net::ClientRequest& request) -> Result<net::HttpResponse> {
        EXPECT_TRUE(request.url.ends_with("/ticket/77/comment"));
        comments.push_back(request.body);
        return answer(204, "", "");
    };
    auto made = comment("texte");
    made.fields.timeTrackedS = 372;
    delivery->deliver(made);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    ASSERT_EQ(comments.size(), 2U);
    EXPECT_NE(comments[0].find(R"("public":false)"), std::string::npos);
    EXPECT_NE(comments[0].find("Ref: 3CX-7f3a9c21"), std::string::npos);
    EXPECT_NE(comments[0].find(R"("timeTracked":372)"), std::string::npos);
    EXPECT_NE(comments[1].find("Ref: 3CX-7f3a9c21/t1"), std::string::npos);
    EXPECT_EQ(comments[1].find("timeTracked"), std::string::npos);
    EXPECT_EQ(puts.size(), 0U);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77});
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
}

TEST_F(ClosingTest, TheTimeSpentIsNotSentAgainWithARepeatedNote) {
    ready();
    has(1042);
    bool isFirst = true;
    std::vector<std::string> comments;
    noteReply = [&](const net::ClientRequest& request) -> Result<net::HttpResponse> {
        comments.push_back(request.body);
        if (std::exchange(isFirst, false)) return Error{ErrorKind::OutcomeUnknown, "reset"};
        return answer(204, "", "");
    };
    creates({answer(200, R"({"id":1042})")});
    auto tracked = entry("draft-1", "texte");
    tracked.fields.timeTrackedS = 372;
    delivery->deliver(tracked);
    scheduler.run();
    EXPECT_EQ(boost::json::parse(ticketBody).at("description").at("timeTracked"), 372);
    ASSERT_EQ(comments.size(), 2U);
    for (const std::string& body : comments) EXPECT_EQ(body.find("timeTracked"), std::string::npos);
}

TEST_F(ClosingTest, TheIntentToCommentIsStoredBeforeItIsSent) {
    ready();
    has(77);
    creates({answer(200, R"({"id":1042})")});
    store.onCommit = [&] {
        if (store.history.back().delivery.state == DeliveryState::Sending) {
            EXPECT_EQ(ninja.countOf("/comment"), 0);
        }
    };
    delivery->deliver(comment());
    scheduler.run();
    EXPECT_EQ(states, (std::vector{DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Created}));
}

struct GoneRow {
    const char* name;
    int status;
    const char* ticket;
    const char* problem;
};
class AGoneTarget : public ClosingTest, public testing::WithParamInterface<GoneRow> {};
TEST_P(AGoneTarget, GetsNoComment) {
    ready();
    ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/77",
             {answer(GetParam().status, GetParam().ticket)});
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment("texte"));
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_EQ(last.at(draft).problemCode, "targetGone");
    EXPECT_EQ(last.at(draft).field, "commentOn");
    EXPECT_EQ(last.at(draft).problem, GetParam().problem);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, AGoneTarget,
    testing::Values(
        GoneRow{"ThatDoesNotExist", 404, R"({"resultCode":"ticket_not_found"})",
                "ticket 77 does not exist in NinjaOne: nothing was added to it"},
        GoneRow{
            "ThatWasDeleted", 200,
            R"({"id":77,"clientId":12,"requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","deleted":true})",
            "ticket 77 was deleted in NinjaOne: nothing was added to it"},
        GoneRow{
            "ThatIsResolved", 200,
            R"({"id":77,"clientId":12,"requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","status":{"statusId":6000,"parentId":6000}})",
            "ticket 77 is resolved already: nothing was added to it"},
        GoneRow{
            "OfAnotherOrganisation", 200,
            R"({"id":77,"clientId":13,"requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11"})",
            "ticket 77 is of another organisation (number 13, the call's is 12): nothing was added to it"},
        GoneRow{"OfAnotherRequester", 200,
                R"({"id":77,"clientId":12,"requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a12"})",
                "ticket 77 is of another requester: nothing was added to it"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(ClosingTest, ATargetThatIsGoneWhenItIsCommentedOnIsForATechnician) {
    ready();
    has(77);
    noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return answer(404, R"({"resultCode":"ticket_not_found"})");
    };
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment());
    scheduler.run();
    EXPECT_EQ(last.at(draft).problemCode, "targetGone");
    EXPECT_EQ(posts, 0);
}

struct DeletedRow {
    const char* name;
    int status;
};
class ATargetDeletedAfterItWasLookedAt : public ClosingTest,
                                         public testing::WithParamInterface<DeletedRow> {};
TEST_P(ATargetDeletedAfterItWasLookedAt, IsForATechnicianToMend) {
    ready();
    has(77);
    ticketExists(1042);
    noteReply = [&](const net::ClientRequest&) -> Result<net::HttpResponse> {
        reads.assign(9, answer(200, R"({"id":77,"clientId":12,"deleted":true})"));
        if (GetParam().status == 0) {
            log = R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21"})";
            return Error{ErrorKind::OutcomeUnknown, "reset"};
        }
        return answer(GetParam().status, GetParam().status == 204 ? "" : R"({"resultCode":"FAILURE"})");
    };
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment("texte"));
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_EQ(last.at(draft).problemCode, "targetGone");
    EXPECT_EQ(last.at(draft).problem, "ticket 77 was deleted in NinjaOne: the call is in no ticket");
    EXPECT_EQ(ninja.countOf("/comment"), 1);
    EXPECT_TRUE(protocol::isMendable(last.at(draft)));
    noteReply = [](const net::ClientRequest&) { return answer(204, "", ""); };
    delivery->amend(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
}
INSTANTIATE_TEST_SUITE_P(Rows, ATargetDeletedAfterItWasLookedAt,
                         testing::Values(DeletedRow{"AndNinjaRefuses", 400},
                                         DeletedRow{"AndNinjaForbids", 403},
                                         DeletedRow{"AndNinjaTakesTheComment", 204},
                                         DeletedRow{"AndNobodyKnowsWhetherItTookIt", 0}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST_F(ClosingTest, AnUnclearCommentIsFoundByItsMarker) {
    ready();
    has(77);
    noteReply = [&](const net::ClientRequest&) -> Result<net::HttpResponse> {
        log = R"({"id":2,"type":"COMMENT","body":"Résumé\n\nRef: 3CX-7f3a9c21"})";
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment());
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{"comment"});
    EXPECT_EQ(ninja.countOf("/run"), 0);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, ARestoredBackupLooksForTheCommentBeforeItIsSent) {
    ready();
    has(77);
    log = R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21"},
             {"id":3,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21/t1"})";
    creates({answer(200, R"({"id":1042})")});
    calls::OutboxEntry restored = comment("texte");
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
}

struct HeldRow {
    const char* name;
    const char* description;
    const char* comments;
    bool hasNote;
};
/// A backup knows a draft of it, NinjaOne a comment or a part of another call's ticket.
class ARestoredCall : public ClosingTest, public testing::WithParamInterface<HeldRow> {};
TEST_P(ARestoredCall, IsAcceptedWhereItIsAndNothingOfItIsSentAgain) {
    ready();
    ninja.on("ticket/77/log-entry?type=DESCRIPTION", {answer(200, GetParam().description)});
    ninja.on("ticket/77/log-entry?type=COMMENT", {answer(200, GetParam().comments)});
    ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/77",
             {answer(200, R"({"id":77,"clientId":12,"subject":"Autre","status":{"statusId":2000}})")});
    creates({answer(200, R"({"id":1042})")});
    boardShows({boardRows("")});
    calls::OutboxEntry restored = solved("texte");
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{77});
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77});
    EXPECT_EQ(last.at(draft).hasTranscriptNote, GetParam().hasNote);
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ARestoredCall,
    testing::Values(HeldRow{"AsAComment", R"([{"id":1,"body":"Ref: 3CX-0123456789ab"}])",
                            R"([{"id":2,"body":"Ref: 3CX-7f3a9c21"},{"id":3,"body":"Ref: 3CX-7f3a9c21/t1"}])",
                            true},
                    HeldRow{"JoinedWithAnother", R"([{"id":1,"body":"Ref: 3CX-0123456789ab 3CX-7f3a9c21"}])",
                            "[]", false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(ClosingTest, AnUnreadableStepOfASolvedTicketClosesItAlone) {
    ready();
    has(1042);
    creates({answer(200, R"({"id":1043})")});
    calls::OutboxEntry stored = solved();
    stored.step = "{damaged";
    stored.delivery.state = DeliveryState::Sending;
    stored.delivery.ticketId = TicketId{1042};
    delivery->deliver(stored);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{"put"});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, ACommentThatCannotBeFoundIsNotRepeatedByItself) {
    ready();
    has(77);
    noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(last.at(draft).problem, "the comment is not in ticket 77: send it again?");
    EXPECT_FALSE(last.at(draft).ticketId);
    restart();
    scheduler.run();
    EXPECT_EQ(ninja.countOf("/comment"), 1);

    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{78});
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(last.at(draft).problem,
              "the call is for ticket 77, not for ticket 78: nothing was added to it");
    EXPECT_EQ(ninja.countOf("ticket/78"), 0);
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{77});
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(ninja.countOf("/comment"), 1);
}

struct ElsewhereRow {
    const char* name;
    int status;          // of the look at the former target
    const char* ticket;  // what it then is
    bool isCommentThere;
};
/// A comment whose outcome is unknown is sent again, its target is none any more, and the technician makes it a ticket.
class ACommentMadeATicket : public ClosingTest, public testing::WithParamInterface<ElsewhereRow> {};
TEST_P(ACommentMadeATicket, IsLookedForAtItsFormerPlaceFirst) {
    const ElsewhereRow& row = GetParam();
    ready();
    has(77);
    ticketExists(1042);
    noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment());
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    clientId = 13;  // moved to another organisation
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    ASSERT_EQ(last.at(draft).problemCode, "targetGone");
    reads.assign(40, answer(row.status, row.ticket));
    if (row.isCommentThere) log = R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21"})";
    isLogReadable = row.status == 200;
    states.clear();
    delivery->amend(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(posts, row.isCommentThere ? 0 : 1);
    EXPECT_EQ(ninja.countOf("/comment"), 1);
    EXPECT_EQ(std::ranges::count(states, DeliveryState::Rejected), 0) << "shown only where it stays so";
    EXPECT_EQ(last.at(draft).ticketId, TicketId{row.isCommentThere ? 77 : 1042});
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ACommentMadeATicket,
    testing::Values(ElsewhereRow{"WhereItsTargetIsGone", 404, "{}", false},
                    ElsewhereRow{"WhereItsTargetWasDeleted", 200, R"({"id":77,"clientId":12,"deleted":true})",
                                 false},
                    ElsewhereRow{"WhereItIsNotInItsTarget", 200, R"({"id":77,"clientId":13})", false},
                    ElsewhereRow{"NotWhereItIsInItsTarget", 200, R"({"id":77,"clientId":13})", true}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(ClosingTest, ACommentIsMadeNoTicketWhileItsTargetCannotBeAsked) {
    ready();
    has(77);
    noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment());
    scheduler.run();
    clientId = 13;
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    ASSERT_EQ(last.at(draft).problemCode, "targetGone");
    isLogReadable = false;
    delivery->amend(entry());
    scheduler.run();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_TRUE(last.at(draft).problem.ends_with("): nothing was sent elsewhere")) << last.at(draft).problem;
    EXPECT_TRUE(protocol::isMendable(last.at(draft)));
    isLogReadable = true;
    delivery->amend(entry());
    scheduler.run();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, ACommentWhoseTargetIsGoneWhileItIsLookedForMayBecomeATicket) {
    ready();
    has(77);
    noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment());
    scheduler.run();
    reads.assign(2, answer(404, "{}"));
    isLogReadable = false;
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(last.at(draft).problem, "ticket 77 does not exist in NinjaOne: the call is in no ticket");
    EXPECT_TRUE(protocol::isMendable(last.at(draft)));
    delivery->amend(entry());
    scheduler.run();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(ninja.countOf("/comment"), 1);
}

TEST_F(ClosingTest, ASolvedCallClosesTheTicketThatItIsACommentOn) {
    ready();
    has(77);
    status = "2000";
    creates({answer(200, R"({"id":1042})")});
    auto made = comment("texte");
    made.fields.isSolved = true;
    delivery->deliver(made);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), (std::vector<std::string>{"comment", "comment", "put"}));
    ASSERT_EQ(puts.size(), 1U);
    EXPECT_EQ(puts[0].at("status"), "5001");
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, ATicketThatCannotBeReadForNowIsAskedAgainBeforeItIsCommentedOn) {
    ready();
    has(77);
    reads = {answer(500, "{}"), answer(429, "{}")};
    creates({answer(200, R"({"id":1042})")});
    delivery->deliver(comment());
    scheduler.run();
    EXPECT_EQ(scheduler.slept.size(), 2U);
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{"comment"});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

}  // namespace
}  // namespace ninja3cx::ticketing
