#include "server/tests/ticketing/delivery_fixture.hpp"

/// How a call becomes one ticket with one note.
namespace ninja3cx::ticketing {
namespace {

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
    ticketExists(1042);
    calls::OutboxEntry stored = entry("draft-1", "texte");
    stored.step = "{damaged";
    stored.delivery.state = DeliveryState::Unknown;
    stored.delivery.ticketId = TicketId{1042};
    delivery->deliver(stored);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(ninja.countOf("/run"), 0);
    EXPECT_GE(ninja.countOf("ticket/1042/log-entry"), 3);
    EXPECT_EQ(ninja.countOf("ticket/1042/comment"), 0) << "it may have been withheld";
    EXPECT_EQ(last.at(draft).problemCode, "noteMissing");
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(ninja.countOf("ticket/1042/comment"), 1);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
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
    EXPECT_NE(last.at(draft).problem.find("I-1"), std::string::npos);
    EXPECT_EQ(last.at(draft).field, "requesterUid");
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

TEST_F(DeliveryTest, ANoteThatHasNothingLeftToSayIsNotSent) {
    for (const int refusals : {0, 1}) {  // before it was sent, and after
        SCOPED_TRACE(refusals);
        store.history.clear();
        ready();
        creates({answer(200, R"({"id":1042})")});
        noteReply = [](const net::ClientRequest&) { return answer(403, R"({"errorMessage":"no"})"); };
        calls::OutboxEntry joint = entry("draft-" + std::to_string(refusals));
        joint.joined = {{CallId{"call-0"}, "3CX-0", 1'000, "Avant", "\n[00:00] Client : avant"}};
        delivery->deliver(joint);
        scheduler.run();
        const auto kept = std::ranges::find_if(store.history, [&](const calls::OutboxEntry& stored) {
            const std::string phase = refusals == 0 ? "sending" : "noteWaiting";
            return stored.step.find("\"" + phase + "\"") != std::string::npos;
        });
        ASSERT_NE(kept, store.history.end());
        calls::OutboxEntry stored = *kept;
        stored.joined->clear();  // it is erased while the server is stopped
        delivery.reset();
        scheduler.run();
        start();
        ninja.on("log-entry", {answer(200, "[]")});
        ticketExists(1042);
        boardShows({boardRows(row(1042, "Ref: 3CX-7f3a9c21"))});
        const auto before = ninja.countOf("/comment");
        delivery->deliver(stored);
        scheduler.run();
        EXPECT_EQ(last.at(stored.draftId).state, DeliveryState::Created) << last.at(stored.draftId).problem;
        EXPECT_EQ(ninja.countOf("/comment"), before);
        EXPECT_FALSE(last.at(stored.draftId).hasTranscriptNote);
    }
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

TEST_F(DeliveryTest, AnAnswerWithAnotherOrganisationsTicketIsLookedUp) {
    ready();
    creates({answer(200, R"({"id":1001,"clientId":13,"subject":"Autre"})")});
    ninja.on("ticket/1042/log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
    ticketExists(1042);
    boardShows({boardRows(row(1042, "Ref: 3CX-7f3a9c21"))});
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042}) << last.at(draft).problem;
    EXPECT_EQ(posts, 1);
}

}  // namespace
}  // namespace ninja3cx::ticketing
