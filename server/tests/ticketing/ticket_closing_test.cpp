#include "server/tests/ticketing/delivery_fixture.hpp"

/// How a call becomes a comment on a ticket that is there, and how a ticket is closed.
namespace ninja3cx::ticketing {
namespace {

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
    EXPECT_EQ(last.at(draft).problem, "it is of another organisation (number 13, the call's is 12)");
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

TEST_F(ClosingTest, AnUnreadableStepOfASolvedTicketClosesItWhenAsked) {
    ready();
    has(1042);
    creates({answer(200, R"({"id":1043})")});
    calls::OutboxEntry stored = solved();
    stored.step = "{damaged";
    stored.delivery.state = DeliveryState::Sending;
    stored.delivery.ticketId = TicketId{1042};
    delivery->deliver(stored);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{}) << "it may have been opened again since";
    EXPECT_EQ(last.at(draft).problemCode, "closeRefused");
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{"put"});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, ATicketThatWasClosedMeanwhileNeedsNobodysWordAfterARestore) {
    ready();
    has(1042);
    status = "6000";
    creates({answer(200, R"({"id":1043})")});
    calls::OutboxEntry restored = solved();
    restored.delivery.state = DeliveryState::Unknown;
    restored.delivery.ticketId = TicketId{1042};
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, ATicketThatSomebodyTookUpWhileItsClosingWaitedStaysOpen) {
    ready();
    has(1042);
    startsOpen();
    reads.emplace_back(answer(200, shown()));
    status = "2000";
    net::HttpResponse busy = answer(429, "{}");
    busy.headers.set("Retry-After", "120");
    putReplies = {busy};
    delivery->deliver(solved());
    scheduler.run();
    EXPECT_EQ(puts.size(), 1U);
    EXPECT_EQ(last.at(draft).problemCode, "closeRefused");
    EXPECT_NE(last.at(draft).problem.find("somebody may have taken it up"), std::string::npos)
        << last.at(draft).problem;
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(puts.size(), 2U) << "a technician wants it closed";
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

TEST_F(ClosingTest, ANoteThatWaitedDoesNotGoToWhatBecameAnotherOrganisationsTicket) {
    ready();
    has(1042);
    creates({answer(200, R"({"id":1042})")});
    noteReply = [this](const net::ClientRequest&) -> Result<net::HttpResponse> {
        clientId = 13;
        return answer(403, "{}");
    };
    delivery->deliver(entry("draft-1", "texte"));
    scheduler.run();
    EXPECT_EQ(sentInOrder(), (std::vector<std::string>{"create", "comment"}));
    EXPECT_EQ(last.at(draft).problemCode, "noteRefused");
    EXPECT_NE(last.at(draft).problem.find("another organisation"), std::string::npos)
        << last.at(draft).problem;
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(ninja.countOf("/comment"), 1) << last.at(draft).problem;
}

TEST_F(ClosingTest, ATicketThatSomebodyTookUpWhileItsNoteWaitedStaysOpen) {
    ready();
    has(1042);
    startsOpen();
    noteReply = [this](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return std::exchange(status, "2000") == "2000" ? answer(204, "", "") : answer(403, "{}");
    };
    delivery->deliver(solved("texte"));
    scheduler.run();
    EXPECT_TRUE(puts.empty());
    EXPECT_EQ(last.at(draft).problemCode, "closeRefused") << last.at(draft).problem;
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
}

TEST_F(ClosingTest, ANoteThatWasWaitingAtTheBackupIsSentOnlyWhenAsked) {
    ready();
    has(1042);
    creates({answer(200, R"({"id":1043})")});
    calls::OutboxEntry restored = entry("draft-1", "texte");
    restored.delivery.state = DeliveryState::Unknown;
    restored.delivery.ticketId = TicketId{1042};
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_EQ(last.at(draft).problemCode, "noteMissing");
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{"comment"});
}

TEST_F(ClosingTest, ATargetIsLookedAtAgainWhereAFullDiskHeldTheCommentUp) {
    ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/77",
             [this](const net::ClientRequest&) -> Result<net::HttpResponse> {
                 if (std::exchange(clientId, 13) == 12) {
                     store.refusals = 3;
                     id = 77;
                     return answer(200, R"({"id":77,"clientId":12,"subject":"x","requesterUid":")" +
                                            requester + R"(","status":{"statusId":2000,"parentId":2000}})");
                 }
                 return answer(200, R"({"id":77,"clientId":13,"subject":"x","requesterUid":")" + requester +
                                        R"(","status":{"statusId":2000,"parentId":2000}})");
             });
    ready();
    creates({answer(200, R"({"id":1043})")});
    delivery->deliver(comment());
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_EQ(last.at(draft).problemCode, "targetGone") << last.at(draft).problem;
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

TEST_F(ClosingTest, ATicketWhoseAnswerWasLostIsClosedFromTheStatusThatItWasMadeWith) {
    ninja.on("statuses", {answer(200, R"([{"statusId":1000,"parentId":1000},{"statusId":2001,"parentId":2000},
                {"statusId":5001,"parentId":5000}])")});
    ready();
    has(1042);
    status = "2001";
    log = R"({"id":1,"type":"DESCRIPTION","body":"Ref: 3CX-7f3a9c21"})";
    creates(
        {answer(400, R"({"errorMessage":"status not allowed"})"), Error{ErrorKind::OutcomeUnknown, "reset"}});
    boardShows({boardRows(row(1042, "Ref: 3CX-7f3a9c21"))});
    auto made = solved();
    made.fields.status = "2001";
    delivery->deliver(made);
    scheduler.run();
    EXPECT_EQ(puts.size(), 1U) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
}

struct CommentedRow {
    const char* name;
    const char* statusAfter;
    std::size_t closings;
};
class ACommentWhoseAnswerWasLost : public ClosingTest, public testing::WithParamInterface<CommentedRow> {};
TEST_P(ACommentWhoseAnswerWasLost, ClosesItsTicketFromTheStatusThatItWasSentIn) {
    ready();
    has(77);
    status = "2000";
    noteReply = [this](const net::ClientRequest&) -> Result<net::HttpResponse> {
        log = R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21"})";
        status = GetParam().statusAfter;
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1043})")});
    auto made = comment();
    made.fields.isSolved = true;
    delivery->deliver(made);
    scheduler.run();
    EXPECT_EQ(puts.size(), GetParam().closings) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77});
}
INSTANTIATE_TEST_SUITE_P(Rows, ACommentWhoseAnswerWasLost,
                         testing::Values(CommentedRow{"NobodyElse", "2000", 1},
                                         CommentedRow{"SomebodyTookItUp", "3001", 0}),
                         [](const auto& info) { return std::string{info.param.name}; });

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
