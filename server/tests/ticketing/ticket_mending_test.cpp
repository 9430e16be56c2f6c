#include "server/tests/ticketing/delivery_fixture.hpp"

/// What technicians mend of a refused ticket or comment, and decide of what is there already.
namespace ninja3cx::ticketing {
namespace {

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

/// A stop in between: the attempt that goes on is of what was sent, and is looked for where that was to be.
TEST_F(DeliveryTest, AnAmendmentOfWhatIsNotRefusedAnyMoreIsNotTakenUpAtTheStart) {
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}});
    boardShows({boardRows("")});
    delivery->deliver(entry());
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    calls::OutboxEntry stored = store.history.back();
    stored.amended = calls::Amendment{stored.fields, stored.description, ""};
    stored.amended->fields.commentOn = TicketId{77};
    delivery.reset();
    scheduler.run();
    start();
    delivery->deliver(stored);
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_FALSE(store.history.back().fields.commentOn);
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
    ninja.on("log-entry", {answer(200, R"([{"id":1,"body":"Résumé <b> Ref: 3CX-7f3a9c21"}])")});
    ticketExists(1042);
    calls::OutboxEntry mended = entry();
    mended.fields.isPublic = true;  // which the ticket does not say of itself
    mended.fields.severity = protocol::Severity::Minor;
    delivery->amend(mended);
    scheduler.run();
    EXPECT_EQ(posts, 2) << "nothing was sent once more";
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
    EXPECT_EQ(last.at(draft).problem,
              "ticket 1042 is an earlier attempt's: what was changed since may not be in it");
}

/// Refused after an attempt that may be there, and mended since: all that the row says is of the earlier attempt.
struct AMendedCustomer : DeliveryTest {
    void isMendedWhileThereIs(const std::string& rows) {
        ready();
        creates({answer(502, "bad gateway"),
                 answer(400, R"({"resultCode":"FAILURE","errorMessage":"severity is not known"})"),
                 answer(200, R"({"id":1099})")});
        ninja.on("/run", [this, rows](const net::ClientRequest&) -> Result<net::HttpResponse> {
            return boardRows(isShown ? rows : "");
        });
        ninja.on("/log-entry", {answer(200, "[" + log + "]")});
        ticketExists(1042);
        calls::OutboxEntry made = entry();
        made.fields.requesterName = "Claire Martin";
        delivery->deliver(made);
        scheduler.run();
        delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
        scheduler.run();
        ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
        isShown = true;
        made.fields.organizationId = 13;
        made.fields.organizationName = "Autre SA";
        made.fields.requesterUid = "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a22";
        made.fields.requesterName = "Paul Petit";
        made.fields.subject = "Imprimante – Paul Petit";
        delivery->amend(made);
        scheduler.run();
    }
    bool isShown = false;
    std::string log;
};

constexpr const char* kFormerCustomersRow =
    R"({"id":1042,"createTime":1767225601.5,"summary":"Imprimante","organization":"Exemple SARL",)"
    R"("requester":"Claire Martin"})";

TEST_F(AMendedCustomer, FindsTheEarlierAttemptInTheFormerOnesName) {
    log = R"({"id":1,"body":"Ref: 3CX-7f3a9c21"})";
    isMendedWhileThereIs(kFormerCustomersRow);
    EXPECT_EQ(posts, 2) << "nothing was sent once more";
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_NE(last.at(draft).problem.find("ticket 1042 carries this call's reference"), std::string::npos)
        << last.at(draft).problem;
    EXPECT_NE(last.at(draft).problem.find("is to be deleted there if it was made for this call"),
              std::string::npos)
        << last.at(draft).problem;
    ninja.dropRules();
    ready();
    creates({answer(200, R"({"id":1099})")});
    ninja.on("/run", [](const net::ClientRequest&) -> Result<net::HttpResponse> { return boardRows(""); });
    ninja.on("/log-entry", {answer(200, "[]")});
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1099}) << "it is no longer on the board";
}

TEST_F(AMendedCustomer, MayBeSentOnceTheTicketInTheFormerOnesNameIsNamed) {
    log = R"({"id":1,"body":"Ref: 3CX-7f3a9c21"})";
    isMendedWhileThereIs(kFormerCustomersRow);
    ASSERT_EQ(posts, 2);
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{1042});
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed) << "it is of another organisation";
    EXPECT_EQ(posts, 2);
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(posts, 3);
}

TEST_F(AMendedCustomer, IsInDoubtOfATicketOfTheFormerOneWithoutText) {
    isMendedWhileThereIs(kFormerCustomersRow);
    EXPECT_EQ(posts, 2) << "nothing was sent once more";
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_NE(last.at(draft).problem.find("ticket 1042 shows no description"), std::string::npos)
        << last.at(draft).problem;
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
    EXPECT_EQ(last.at(draft).problemCode, "notThisCalls");
    EXPECT_EQ(last.at(draft).comparedTicketId, TicketId{78});
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

TEST_F(DeliveryTest, KeepsARefusedNoteAndSendsItAloneWhenAsked) {
    ready();
    bool isAllowed = false;
    ticketExists(1042);
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
    ticketExists(1042);
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

TEST_F(ClosingTest, ATicketMadeACommentIsFoundAtItsFormerPlaceAndSaysSo) {
    ready();
    ticketExists(1042);
    has(77);
    bool isShown = false;
    ninja.on("/run", [&](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return boardRows(isShown ? row(1042, "Ref: 3CX-7f3a9c21") : "");
    });
    creates({answer(502, "bad gateway"), answer(400, R"({"errorMessage":"priority: bad"})")});
    delivery->deliver(entry());
    scheduler.run();
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
    isShown = true;
    delivery->amend(comment());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
    EXPECT_EQ(ninja.countOf("/comment"), 0);
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
    log = R"({"id":2,"type":"COMMENT","body":"écrit à la main, Ref: 3CX-7f3a9c21"})";
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
    EXPECT_EQ(last.at(draft).problemCode, "notMoved") << last.at(draft).problem;
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

/// It was refused, and a technician has changed it since.
struct AlreadyThereTest : DeliveryTest {
    void refuse(const std::function<void(calls::OutboxEntry&)>& put) {
        ready();
        creates({answer(400, R"({"resultCode":"FAILURE","errorMessage":"severity is not known"})")});
        ninja.on("log-entry", {answer(200, "[]")});
        ticketExists(88);
        calls::OutboxEntry refused = entry("draft-1", "Transcription\n[00:00] Client : moi");
        put(refused);
        delivery->deliver(refused);
        scheduler.run();
        ASSERT_TRUE(protocol::isMendable(last.at(draft)));
        posts = 0;
        states.clear();
    }
    void isThereAs(int ticketId, calls::OutboxEntry present) {
        delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{ticketId}, std::move(present));
        scheduler.run();
    }
};

TEST_F(AlreadyThereTest, TheTicketGetsNoWordOfACallThatPartedSince) {
    refuse([](calls::OutboxEntry& joint) {
        joint.joined = {{CallId{"call-0"}, "3CX-0", 1'000, "Avant", "\n[00:00] Client : avant"}};
    });
    calls::OutboxEntry parted = entry("draft-1", "Transcription\n[00:00] Client : moi");
    parted.joined = std::vector<calls::JoinedCall>{};
    isThereAs(88, parted);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    const std::string note = ninja.lastBodyOf("/comment");
    EXPECT_NE(note.find("Client : moi"), std::string::npos) << note;
    EXPECT_EQ(note.find("Client : avant"), std::string::npos) << note;
    EXPECT_EQ(posts, 0);
}

TEST_F(AlreadyThereTest, TheTicketIsComparedWithTheFieldsAsTheyAreNow) {
    refuse([](calls::OutboxEntry& other) { other.fields.organizationId = 13; });
    isThereAs(88, entry());
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(ninja.countOf("/comment"), 0) << "no transcript is wanted any more";
    EXPECT_EQ(posts, 0);
}

TEST_F(AlreadyThereTest, AWrongNumberLeadsBackToTheRefusalWithWhatTheDraftSaysNow) {
    refuse([](calls::OutboxEntry&) {});
    calls::OutboxEntry present = entry();
    present.fields.subject = "Imprimante du rez-de-chaussée";
    present.fields.organizationId = 13;
    isThereAs(88, present);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_TRUE(protocol::isMendable(last.at(draft)));
    EXPECT_EQ(store.history.back().fields, present.fields);
    restart();
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Rejected);
    EXPECT_EQ(posts, 0);
}

TEST_F(AlreadyThereTest, TheFirstThatIsStoredOfTheDecisionSaysWhatTheDraftSaysNow) {
    refuse([](calls::OutboxEntry&) {});
    const std::size_t before = store.history.size();
    calls::OutboxEntry present = entry();
    present.fields.subject = "Imprimante du rez-de-chaussée";
    isThereAs(88, present);
    ASSERT_GT(store.history.size(), before);
    for (std::size_t i = before; i < store.history.size(); ++i)
        EXPECT_EQ(store.history[i].fields.subject, present.fields.subject) << i;
}

/// It may be there, was refused since, and a technician has changed its text.
struct AlreadyThereAfterADoubt : DeliveryTest {
    AlreadyThereAfterADoubt() {
        ready();
        creates({answer(502, "bad gateway"),
                 answer(400, R"({"resultCode":"FAILURE","errorMessage":"severity is not known"})")});
        ninja.on("/run", [this](const net::ClientRequest&) -> Result<net::HttpResponse> {
            return boardRows(isShown ? row(1042, "Ref: 3CX-7f3a9c21") : "");
        });
        ninja.on("/log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
        ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/78",
                 {answer(200, R"({"id":78,"clientId":13,"subject":"Imprimante"})")});
        ticketExists(1042);
        delivery->deliver(entry());
        scheduler.run();
        delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
        scheduler.run();
        present = entry();
        present.description = "Tout autre chose\n\nRef: 3CX-7f3a9c21";
    }
    void isThereAs(int ticketId) {
        delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{ticketId}, present);
        scheduler.run();
    }
    bool isShown = false;
    calls::OutboxEntry present;
};

TEST_F(AlreadyThereAfterADoubt, ItSaysThatTheTicketMayLackWhatWasChanged) {
    isThereAs(1042);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
}

TEST_F(AlreadyThereAfterADoubt, ItSaysSoAlsoWhereAWrongNumberWasNamedFirst) {
    isThereAs(78);
    ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
    isShown = true;
    delivery->amend(present);
    scheduler.run();
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042}) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
}

TEST_F(AlreadyThereAfterADoubt, ItSaysNothingOfWhatIsAsItWasSent) {
    present = entry();
    isThereAs(1042);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).problemCode, "");
}

/// The mended words were sent, and no answer came: what is there may be either attempt's.
struct AMendedAttemptWithoutAnswer : DeliveryTest {
    void isLostWhileThereIs(const std::string& description) {
        ready();
        creates({answer(502, "bad gateway"),
                 answer(400, R"({"resultCode":"FAILURE","errorMessage":"severity is not known"})"),
                 answer(502, "bad gateway")});
        ninja.on("/run", [this, description](const net::ClientRequest&) -> Result<net::HttpResponse> {
            return boardRows(posts < 3 ? "" : row(1042, description));
        });
        ninja.on("/log-entry", {answer(200, R"([{"id":1,"body":")" + description + R"("}])")});
        ticketExists(1042);
        delivery->deliver(entry());
        scheduler.run();
        delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
        scheduler.run();
        ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
        calls::OutboxEntry present = entry();
        present.description = "Tout autre chose\n\nRef: 3CX-7f3a9c21";
        delivery->amend(present);
        scheduler.run();
        EXPECT_EQ(posts, 3);
        EXPECT_EQ(last.at(draft).ticketId, TicketId{1042}) << last.at(draft).problem;
    }
};

TEST_F(AMendedAttemptWithoutAnswer, SaysNothingWhereTheTicketSaysWhatWasMended) {
    isLostWhileThereIs("Tout autre chose Ref: 3CX-7f3a9c21");
    EXPECT_EQ(last.at(draft).problemCode, "");
}

TEST_F(AMendedAttemptWithoutAnswer, SaysThatTheTicketMayLackItWhereItDoes) {
    isLostWhileThereIs("Résumé <b> Ref: 3CX-7f3a9c21");
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
}

/// Its words are there; what else was mended is not compared.
TEST_F(AlreadyThereAfterADoubt, ItSaysThatTheTicketMayLackATag) {
    present = entry();
    present.fields.tags.emplace_back("urgent");
    isThereAs(1042);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
}

/// Its first attempt may be there though no board shows it; the second was refused.
struct RefusedAfterDoubt : ClosingTest {
    void isRefusedAfterDoubt(const calls::OutboxEntry& made) {
        creates({answer(502, "bad gateway"), answer(400, R"({"errorMessage":"severity is not known"})")});
        boardShows({boardRows("")});
        delivery->deliver(made);
        scheduler.run();
        delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
        scheduler.run();
        ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
    }
};

/// Refused after an attempt that may be there, and to become something elsewhere: the technician names its ticket.
TEST_F(RefusedAfterDoubt, ATicketThatIsToBecomeACommentIsFoundByItsNumberThoughNoBoardShowsIt) {
    ready();
    ninja.on("ticket/1042/log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
    ticketExists(1042);
    has(77);
    ASSERT_NO_FATAL_FAILURE(isRefusedAfterDoubt(entry()));
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{1042}, comment());
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042}) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(ninja.countOf("/comment"), 0);
}

/// Refused after an attempt that made ticket 1042 after all, and to become a comment.
struct ATicketThatIsToBecomeAComment : ClosingTest {
    void isRefused() {
        ready();
        ninja.on("ticket/1042/log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
        ticketExists(1042);
        has(77);
        creates({answer(502, "bad gateway"), answer(400, R"({"errorMessage":"severity is not known"})")});
        ninja.on("/run", [this](const net::ClientRequest&) -> Result<net::HttpResponse> {
            return boardRows(isShown ? row(1042, "Ref: 3CX-7f3a9c21") : "");
        });
        delivery->deliver(solved("texte"));
        scheduler.run();
        delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
        scheduler.run();
        ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected);
        isShown = true;
    }
    bool isShown = false;
};

TEST_F(ATicketThatIsToBecomeAComment, OfAnotherCustomerIsNotSettledInTheFormerOnesName) {
    isRefused();
    calls::OutboxEntry present = comment("texte");
    present.fields.organizationId = 13;
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{1042}, present);
    scheduler.run();
    EXPECT_EQ(last.at(draft).problemCode, "inDoubt") << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).ticketsInDoubt, std::vector{TicketId{1042}});
    delivery->amend(present);
    scheduler.run();
    EXPECT_FALSE(last.at(draft).ticketId);
    EXPECT_EQ(ninja.countOf("1042/comment"), 0);
    EXPECT_EQ(posts, 2);
}

TEST_F(ATicketThatIsToBecomeAComment, GetsNoNoteAndIsNotClosedWhereThatIsNotWantedAnyMore) {
    isRefused();
    delivery->amend(comment());
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042}) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
    EXPECT_EQ(ninja.countOf("/comment"), 0);
    EXPECT_TRUE(puts.empty());
}

/// Its subject is the call's, as of many tickets: that makes it neither the call's own, nor one to be closed.
TEST_F(RefusedAfterDoubt, ATicketThatIsToBeCommentedOnIsNotTakenForOneMadeByHand) {
    ready();
    has(77);
    ASSERT_NO_FATAL_FAILURE(isRefusedAfterDoubt(solved("texte")));
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{77}, comment("texte"));
    scheduler.run();
    EXPECT_EQ(last.at(draft).problemCode, "notThisCalls") << last.at(draft).problem;
    EXPECT_EQ(ninja.countOf("/comment"), 0);
    EXPECT_TRUE(puts.empty());
}

TEST_F(RefusedAfterDoubt, AnotherTicketMayHaveBeenMadeByHandForWhatIsToBecomeAComment) {
    ready();
    has(77);
    ninja.on("ticket/1042/log-entry", {answer(200, "[]")});
    ticketExists(1042);
    ASSERT_NO_FATAL_FAILURE(isRefusedAfterDoubt(entry()));
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{1042}, comment());
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042}) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(ninja.countOf("/comment"), 0);
    EXPECT_EQ(posts, 2);
}

TEST_F(ClosingTest, AWrongNumberDoesNotMakeThatForgottenWhichMayBeThere) {
    ready();
    has(77);
    ninja.on("ticket/1042/log-entry", {answer(200, "[]")});
    ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/1042",
             {answer(200, R"({"id":1042,"clientId":13,"subject":"Autre"})")});
    int sent = 0;
    noteReply = [&sent](const net::ClientRequest&) -> Result<net::HttpResponse> {
        if (++sent == 1) return Error{ErrorKind::OutcomeUnknown, "reset"};
        return answer(400, R"({"errorMessage":"body is too long"})");
    };
    creates({answer(200, R"({"id":1043})")});
    boardShows({boardRows("")});
    delivery->deliver(comment());
    scheduler.run();
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Rejected) << last.at(draft).problem;
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{1042}, entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).problemCode, "notThisCalls") << last.at(draft).problem;
    log = R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21"})";  // it was only late
    delivery->amend(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77}) << last.at(draft).problem;
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(sent, 2);
}

struct LackingRow {
    const char* name;
    const char* log;
    DeliveryState state;
};
class ACommentThatIsSaidToBeThere : public ClosingTest, public testing::WithParamInterface<LackingRow> {};
TEST_P(ACommentThatIsSaidToBeThere, IsLookedFor) {
    ready();
    has(77);
    noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
        return Error{ErrorKind::OutcomeUnknown, "reset"};
    };
    creates({answer(200, R"({"id":1043})")});
    delivery->deliver(comment());
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    log = GetParam().log;
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{77});
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, GetParam().state) << last.at(draft).problem;
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{"comment"});
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ACommentThatIsSaidToBeThere,
    testing::Values(LackingRow{"AndIs", R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21"})",
                               DeliveryState::Created},
                    LackingRow{"WithThoseItWasJoinedWith",
                               R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-0123456789ab, 3CX-7f3a9c21"})",
                               DeliveryState::Created},
                    LackingRow{"AndIsNot", R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-0123456789ab"})",
                               DeliveryState::Unconfirmed}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(ClosingTest, ACommentThatMayBeThereIsLookedForBeforeItBecomesATicketThatIsThere) {
    for (const bool isCommentThere : {false, true}) {
        const DraftId each{isCommentThere ? "draft-1" : "draft-2"};
        ready();
        has(77);
        log.clear();
        isLogReadable = true;
        clientId = 12;
        ninja.on("ticket/1042/log-entry", {answer(200, "[]")});
        ticketExists(1042);
        creates({answer(200, R"({"id":1043})")});
        noteReply = [](const net::ClientRequest&) -> Result<net::HttpResponse> {
            return Error{ErrorKind::OutcomeUnknown, "reset"};
        };
        calls::OutboxEntry refused = comment();
        refused.draftId = each;
        delivery->deliver(refused);
        scheduler.run();
        clientId = 13;  // moved to another organisation
        delivery->decide(each, DeliveryDecision::SendAgain, std::nullopt);
        scheduler.run();
        ASSERT_EQ(last.at(each).problemCode, "targetGone");
        if (isCommentThere) log = R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-7f3a9c21"})";
        delivery->decide(each, DeliveryDecision::AlreadyThere, TicketId{1042}, entry(each.value()));
        scheduler.run();
        EXPECT_EQ(last.at(each).state, DeliveryState::Created) << last.at(each).problem;
        EXPECT_EQ(last.at(each).ticketId, TicketId{isCommentThere ? 77 : 1042});
        EXPECT_EQ(posts, 0);
    }
}

}  // namespace
}  // namespace ninja3cx::ticketing
