#include "server/tests/ticketing/delivery_fixture.hpp"

/// What may be in NinjaOne already: attempts without an answer, and calls of before a restored backup.
namespace ninja3cx::ticketing {
namespace {

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

struct SilentTickets : DeliveryTest {
    /// Rows without a text, of tickets that show none either.
    void rowsAre(const std::vector<int>& tickets) {
        rows.clear();
        for (const int id : tickets)
            rows += (rows.empty() ? "" : ",") + (R"({"id":)" + std::to_string(id)) +
                    R"(,"createTime":1767225601.5,"summary":"Autre"})";
    }
    void sendIntoTheVoid() {
        ready();
        creates({Error{ErrorKind::OutcomeUnknown, "reset"}, answer(200, R"({"id":1043})")});
        ninja.on("/log-entry", {answer(200, "[]")});
        ninja.on("/run",
                 [this](const net::ClientRequest&) -> Result<net::HttpResponse> { return boardRows(rows); });
        for (const int id : {9, 12}) ticketExists(id);
        delivery->deliver(entry());
        scheduler.run();
        ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    }
    void sendAgain() {
        delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
        scheduler.run();
    }
    std::string rows;
};

TEST_F(SilentTickets, AreNamedAndWhoeverLookedAtThemMaySendItAgain) {
    rowsAre({9});
    sendIntoTheVoid();
    sendAgain();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(last.at(draft).problemCode, "inDoubt");
    EXPECT_EQ(last.at(draft).ticketsInDoubt, std::vector<TicketId>{TicketId{9}}) << last.at(draft).problem;
    restart();
    scheduler.run();
    EXPECT_EQ(posts, 1) << "nobody has decided";
    sendAgain();
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1043});
}

TEST_F(SilentTickets, AreNamedFirstWhereOthersCame) {
    rowsAre({9});
    sendIntoTheVoid();
    sendAgain();
    rowsAre({12, 9});
    sendAgain();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(last.at(draft).ticketsInDoubt, (std::vector<TicketId>{TicketId{12}, TicketId{9}}))
        << last.at(draft).problem;
    sendAgain();
    EXPECT_EQ(posts, 2);
}

TEST_F(SilentTickets, ThatWereLookedAtCountAnewWhenTheNextAttemptIsUnclear) {
    rowsAre({9});
    sendIntoTheVoid();
    sendAgain();
    ninja.dropRules();
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}});
    ninja.on("/log-entry", {answer(200, "[]")});
    boardShows({boardRows(rows)});
    ticketExists(9);
    sendAgain();
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    sendAgain();
    EXPECT_EQ(posts, 2) << "the second attempt may be in it";
}

TEST_F(SilentTickets, OfTheCallsJoinedWithARestoredOneAreAllNamed) {
    rows =
        R"({"id":12,"createTime":1767225601.5,"summary":"Autre"},)"
        R"({"id":9,"createTime":1767222600,"summary":"Autre"})";  // before this call, within the earlier one
    ready();
    creates({answer(200, R"({"id":1043})")});
    ninja.on("/log-entry", {answer(200, "[]")});
    boardShows({boardRows(rows)});
    for (const int id : {9, 12}) ticketExists(id);
    calls::OutboxEntry restored = entry();
    restored.joined = {
        {CallId{"call-0"}, "3CX-0123456789ab", restored.createdAtMs - 3'600'000, "Avant.", ""}};
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    sendAgain();
    EXPECT_EQ(posts, 0);
    EXPECT_NE(last.at(draft).problem.find("ticket 12 "), std::string::npos) << last.at(draft).problem;
    EXPECT_NE(last.at(draft).problem.find("tickets 12, 9 "), std::string::npos) << last.at(draft).problem;
    sendAgain();
    EXPECT_EQ(posts, 1);
}

TEST_F(SilentTickets, OfAnotherCallAreNotInDoubt) {
    rows = R"({"id":9,"createTime":1767225601.5,"summary":"Autre",
               "attributeValues":[{"attributeId":54,"value":"3CX-0123456789ab"}]})";
    sendIntoTheVoid();
    sendAgain();
    EXPECT_EQ(posts, 2);
}

TEST_F(SilentTickets, OfOthersByTheirRowsAreNotEvenRead) {
    for (int id = 2000; id < 2300; ++id)
        rows += std::string{rows.empty() ? "" : ","} + R"({"id":)" + std::to_string(id) +
                R"(,"createTime":1767225601.5,"summary":"Autre","organization":"Autre SARL",)" +
                R"("requester":"Jean Autre"})";
    ready();
    creates({Error{ErrorKind::OutcomeUnknown, "reset"}, answer(200, R"({"id":1043})")});
    bool isServed = false;
    ninja.on("/run", [&](const net::ClientRequest&) -> Result<net::HttpResponse> {
        isServed = !isServed;
        return boardRows(isServed ? rows : "");
    });
    auto made = entry();
    made.fields.requesterName = "Claire Martin";
    delivery->deliver(made);
    scheduler.run();
    EXPECT_EQ(last.at(draft).problemCode, "unconfirmed");
    EXPECT_EQ(ninja.countOf("log-entry"), 0);
}

TEST_F(SilentTickets, MadeLongAfterTheAttemptAreNotInDoubt) {
    ninja.date = "Thu, 01 Jan 2026 00:00:00 GMT";                          // as our clock says
    rows = R"({"id":12,"createTime":1767232800,"summary":"Imprimante"})";  // two hours later
    sendIntoTheVoid();
    EXPECT_EQ(last.at(draft).problemCode, "unconfirmed");
    sendAgain();
    EXPECT_EQ(posts, 2);
    EXPECT_EQ(ninja.countOf("log-entry"), 0);
}

TEST_F(SilentTickets, MadeLongAfterTheAttemptAreInDoubtWhereNinjaDoesNotSayItsTime) {
    rows = R"({"id":12,"createTime":1767232800,"summary":"Imprimante"})";
    sendIntoTheVoid();
    sendAgain();
    EXPECT_EQ(posts, 1);
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
    int notes;  // sent now
};
constexpr const char* kJoined = R"([{"id":1,"body":"Ref: 3CX-0123456789ab, 3CX-7f3a9c21"}])";
/// A backup knows a draft of it, NinjaOne a comment or a part of another call's ticket.
class ARestoredCall : public ClosingTest, public testing::WithParamInterface<HeldRow> {
protected:
    /// Neither a ticket nor a change of one, and its note where its lines are not there.
    void expectNotes() const {
        EXPECT_EQ(sentInOrder(),
                  std::vector<std::string>(static_cast<std::size_t>(GetParam().notes), "comment"));
        if (GetParam().notes == 0) return;
        EXPECT_NE(ninja.lastBodyOf("/comment").find("Ref: 3CX-7f3a9c21/t1"), std::string::npos);
    }
};
constexpr const char* kNoteText =
    "Transcription de l'appel (données sensibles masquées)\n\n[00:00] Client : avant\n[00:03] Client : "
    "l'encre";
TEST_P(ARestoredCall, IsAcceptedWhereItIsAndNothingOfItIsSentAgain) {
    ready();
    ninja.on("ticket/77/log-entry?type=DESCRIPTION", {answer(200, GetParam().description)});
    ninja.on("ticket/77/log-entry?type=COMMENT", {answer(200, GetParam().comments)});
    ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/77",
             {answer(200, R"({"id":77,"clientId":12,"subject":"Autre","status":{"statusId":2000}})")});
    creates({answer(200, R"({"id":1042})")});
    boardShows({boardRows("")});
    calls::OutboxEntry restored = solved(kNoteText);
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{77});
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77});
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
    expectNotes();
}
/// The board shows it, with the subject that many calls share.
TEST_P(ARestoredCall, IsFoundWhereItIsAndNothingOfItIsSentAgain) {
    ready();
    ninja.on("ticket/77/log-entry?type=COMMENT", {answer(200, GetParam().comments)});
    ninja.on("ticket/77/log-entry?type=DESCRIPTION", {answer(200, GetParam().description)});
    ticketExists(77);
    creates({answer(200, R"({"id":1042})")});
    const bool isComment = GetParam().name == std::string_view{"AsAComment"};
    boardShows({boardRows(row(77, isComment ? "x" : "x Ref: 3CX-0123456789ab, 3CX-7f3a9c21"))});
    calls::OutboxEntry restored = solved(kNoteText);
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    if (isComment) {  // on a ticket that is not its own: for a technician
        EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
        EXPECT_EQ(last.at(draft).problem,
                  "a comment on ticket 77 carries this call's reference: look there, then decide");
        delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
        scheduler.run();
        ASSERT_EQ(last.at(draft).state, DeliveryState::Unconfirmed) << "it is named first";
        delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{77});
        scheduler.run();
    }
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77});
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
    expectNotes();
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ARestoredCall,
    testing::Values(
        HeldRow{"AsAComment", R"([{"id":1,"body":"Ref: 3CX-0123456789ab"}])",
                R"([{"id":2,"body":"Ref: 3CX-7f3a9c21"},{"id":3,"body":"Ref: 3CX-7f3a9c21/t1"}])", 0},
        HeldRow{
            "JoinedWithAnother", kJoined,
            R"([{"id":2,"body":"Transcription des appels\n\nAppel du 1\n[00:00] Client : avant\n[00:03] Client : l'encre\n\nAppel du 2\n[00:00] Client : moi\n\nRef: 3CX-0123456789ab/t1"}])",
            0},
        HeldRow{"JoinedWithAnotherInHtml", kJoined,
                R"([{"id":2,"htmlBody":"<p>Appel du 1<br>[00:00] Client : avant<br>)"
                R"([00:03] Client : l&#39;encre</p><p>Ref: 3CX-0123456789ab/t1</p>"}])",
                0},
        HeldRow{"JoinedWithAnotherWhoseNoteIsCut", kJoined,
                R"([{"id":2,"body":"[00:00] Client : avant [00:03] Cli…\n\nRef: 3CX-0123456789ab/t1"}])", 0},
        HeldRow{"JoinedWithAnotherWhoseNoteIsItsOwn", kJoined,
                R"([{"id":2,"body":"[00:00] Client : moi\n\nRef: 3CX-0123456789ab/t1"}])", 1},
        HeldRow{"JoinedWithAnotherWithoutNote", kJoined, "[]", 1}),
    [](const auto& info) { return std::string{info.param.name}; });

/// Refused before the backup; what became of it since nobody knows.
struct ARefusedTicketThatIsRestored : DeliveryTest {
    void isRestored() {
        ready();
        creates({answer(200, R"({"id":1042})")});
        calls::OutboxEntry restored = entry();
        restored.delivery.state = DeliveryState::Rejected;
        restored.delivery.problem = "field severity: is not known";
        restored.delivery.problemCode = "fieldRefused";
        restored.delivery.field = "severity";
        delivery->deliver(restored);
        scheduler.run();
        EXPECT_TRUE(protocol::isMendable(last.at(draft)));
        EXPECT_EQ(last.at(draft).field, "severity");
        EXPECT_EQ(ninja.countOf("/run"), 0) << "nothing is done before somebody asks for it";
        calls::OutboxEntry mended = entry();
        mended.description = "Tout autre chose\n\nRef: 3CX-7f3a9c21";
        delivery->amend(mended);
        scheduler.run();
    }
};

TEST_F(ARefusedTicketThatIsRestored, IsLookedUpAndThenSentAsItIsMended) {
    boardShows({boardRows("")});
    isRestored();
    EXPECT_GT(ninja.countOf("/run"), 0);
    EXPECT_EQ(posts, 1);
    EXPECT_NE(ticketBody.find("Tout autre chose"), std::string::npos) << ticketBody;
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
}

TEST_F(ARefusedTicketThatIsRestored, IsNotSentWhereItWasMadeSince) {
    boardShows({boardRows(row(1042, "Ref: 3CX-7f3a9c21"))});
    ninja.on("log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
    ticketExists(1042);
    isRestored();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042});
    EXPECT_EQ(last.at(draft).problemCode, "changesMissing");
}

TEST_F(DeliveryTest, ARestoredCallInAnotherCustomersTicketIsForATechnicianAtOnce) {
    ready();
    creates({answer(200, R"({"id":1099})")});
    boardShows({boardRows(row(1042, "Ref: 3CX-7f3a9c21"))});
    ninja.on("log-entry", {answer(200, "[]")});
    ninja.on("GET https://app.ninjarmm.com/api/v2/ticketing/ticket/1042",
             {answer(200, R"({"id":1042,"clientId":13,"subject":"Imprimante"})")});
    calls::OutboxEntry restored = entry();
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(last.at(draft).problemCode, "unconfirmed");
    EXPECT_EQ(last.at(draft).ticketsInDoubt, std::vector{TicketId{1042}});
    EXPECT_TRUE(scheduler.slept.empty());
}

TEST_F(DeliveryTest, WhatWasMendedAndNotSentYetIsRestoredAsItWasMended) {
    ready();
    creates({answer(200, R"({"id":1099})")});
    boardShows({boardRows("")});
    calls::OutboxEntry restored = entry();
    restored.delivery.state = DeliveryState::Unknown;
    restored.amended = calls::Amendment{restored.fields, restored.description, ""};
    restored.amended->fields.organizationId = 13;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(posts, 0);
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(boost::json::parse(ticketBody).at("clientId"), 13);
}

TEST_F(DeliveryTest, ARestoredCallThatIsDatedAheadIsLookedForInAllTickets) {
    ready();
    creates({answer(200, R"({"id":1099})")});
    boardShows({boardRows(R"({"id":1042,"createTime":1767225600.5,"summary":"Imprimante"})")});
    ninja.on("log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
    ticketExists(1042);
    calls::OutboxEntry restored = entry();
    restored.createdAtMs += 365LL * 86'400'000;
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1042}) << last.at(draft).problem;
    EXPECT_EQ(posts, 0);
}

TEST_F(ClosingTest, ARestoredCallThatIsToBeACommentOnItsOwnTicketIsInIt) {
    ready();
    log = R"({"id":1,"type":"DESCRIPTION","body":"Résumé <b> Ref: 3CX-7f3a9c21"})";
    ninja.on("log-entry?type=COMMENT", {answer(200, "[]")});
    has(77);
    boardShows({boardRows(row(77, "Ref: 3CX-7f3a9c21"))});
    creates({answer(200, R"({"id":1042})")});
    calls::OutboxEntry restored = comment();
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).ticketId, TicketId{77});
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
}

TEST_F(DeliveryTest, ARedirectedTicketMayBeThere) {
    ready();
    creates({answer(302, "")});
    boardShows({boardRows("")});
    delivery->deliver(entry());
    scheduler.run();
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
}

/// What a restored call may have become: rows of the list of changed tickets, and the comments of each.
struct ARestoredCallInComments : ClosingTest {
    void isLookedFor(const std::string& rows, const std::string& comments, calls::OutboxEntry restored) {
        ready();
        ninja.on("log-entry?type=COMMENT", {answer(200, comments)});
        has(77);
        creates({answer(200, R"({"id":1042})")});
        boardShows({boardRows(rows)});
        restored.delivery.state = DeliveryState::Unknown;
        delivery->deliver(restored);
        scheduler.run();
        EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    }
    static std::string changed(int ticket, const std::string& organization) {
        return R"({"id":)" + std::to_string(ticket) +
               R"(,"lastUpdated":1767225600.5,"description":"x","organization":")" + organization + R"("})";
    }
};

TEST_F(ARestoredCallInComments, OfAnotherOrganisationAreNotRead) {
    isLookedFor(changed(78, "Autre SA"), R"([{"id":2,"body":"Ref: 3CX-7f3a9c21"}])", entry());
    EXPECT_EQ(ninja.countOf("ticket/78"), 0);
    EXPECT_FALSE(last.at(draft).ticketsInDoubt);
}

TEST_F(ARestoredCallInComments, ThatAreMoreThanOneAnswerHoldsCountAsUnread) {
    std::string comments;
    for (int id = 1; id <= 500; ++id)
        comments += (id == 1 ? "[" : ",") + (R"({"id":)" + std::to_string(id)) + R"(,"body":"autre"})";
    isLookedFor(changed(78, "Exemple SARL"), comments + "]", entry());
    EXPECT_EQ(last.at(draft).problemCode, "lookUpFails");
}

TEST_F(ARestoredCallInComments, AreReadOnWhereNinjaOneAsksToWait) {
    ninja.on("ticket/78/log-entry?type=COMMENT",
             {answer(429, "{}"), answer(429, "{}"), answer(200, R"([{"id":2,"body":"Ref: 3CX-7f3a9c21"}])")});
    isLookedFor(changed(78, "Exemple SARL"), "[]", entry());
    EXPECT_EQ(last.at(draft).ticketsInDoubt, std::vector{TicketId{78}});
    EXPECT_EQ(scheduler.slept, (std::vector<std::chrono::milliseconds>{30s, 30s}));
}

TEST_F(ARestoredCallInComments, AreReadToTheEndWhereFewComeAtOnce) {
    std::string first;
    for (int id = 1; id <= 50; ++id)
        first += (id == 1 ? "[" : ",") + (R"({"id":)" + std::to_string(id)) + R"(,"body":"autre"})";
    ninja.on("anchorId=50", {answer(200, R"([{"id":51,"body":"Ref: 3CX-7f3a9c21"}])")});
    isLookedFor(changed(78, "Exemple SARL"), first + "]", entry());
    EXPECT_EQ(last.at(draft).ticketsInDoubt, std::vector{TicketId{78}});
}

TEST_F(ARestoredCallInComments, ThatCannotBeReadCountAsUnread) {
    for (const char* odd : {R"({"id":"2","body":"Ref: 3CX-7f3a9c21"})", R"({"id":null,"body":"x"})",
                            R"({"id":2,"body":{"text":"x"}})", "7"})
        EXPECT_FALSE(
            readLogEntries(boost::json::parse(std::string{"[{\"id\":1,\"body\":null},"} + odd + "]")))
            << odd;
    isLookedFor(changed(78, "Exemple SARL"), R"([{"id":"2","body":"Ref: 3CX-7f3a9c21"}])", entry());
    EXPECT_EQ(last.at(draft).problemCode, "lookUpFails");
}

TEST_F(ARestoredCallInComments, OfTheTargetMayBeOfACallThatWasJoinedSince) {
    calls::OutboxEntry restored = comment();
    restored.joined = {{CallId{"call-0"}, "3CX-0123456789ab", restored.createdAtMs, "Avant.", ""}};
    isLookedFor(changed(77, "Exemple SARL"), R"([{"id":2,"body":"Ref: 3CX-0123456789ab"}])", restored);
    EXPECT_EQ(last.at(draft).ticketsInDoubt, std::vector{TicketId{77}});
}

TEST_F(ARestoredCallInComments, AnyOfThoseThatAreToBeLookedAtMayBeNamed) {
    const std::string rows = changed(78, "Exemple SARL") + "," + changed(79, "Exemple SARL");
    ninja.on("log-entry?type=DESCRIPTION", {answer(200, "[]")});
    ninja.on("ticket/77/log-entry", {answer(200, "[]")});
    ninja.on("ticket/79/log-entry", {answer(200, R"([{"id":2,"body":"Ref: 3CX-7f3a9c21"}])")});
    ticketExists(79);
    isLookedFor(rows, R"([{"id":2,"body":"Ref: 3CX-7f3a9c21"}])", comment());
    EXPECT_EQ(last.at(draft).ticketsInDoubt, (std::vector{TicketId{78}, TicketId{79}}));
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{80});
    scheduler.run();
    EXPECT_EQ(last.at(draft).problemCode, "notThisCalls");
    EXPECT_EQ(last.at(draft).ticketsInDoubt, (std::vector{TicketId{78}, TicketId{79}})) << "told again";
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{79});
    scheduler.run();
    EXPECT_EQ(last.at(draft).ticketId, TicketId{79}) << last.at(draft).problem;
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
}

TEST_F(DeliveryTest, ARestoredCallThatSaysSomethingElseThanItsTicketSaysSo) {
    for (const bool isSame : {true, false}) {
        const DraftId each{isSame ? "draft-1" : "draft-2"};
        ninja.dropRules();
        ready();
        creates({answer(200, R"({"id":1099})")});
        boardShows({boardRows(row(1042, "Ref: 3CX-7f3a9c21"))});
        ninja.on("log-entry", {answer(200, isSame ? R"([{"id":1,"body":"Résumé <b> Ref: 3CX-7f3a9c21"}])"
                                                  : R"([{"id":1,"body":"Autre Ref: 3CX-7f3a9c21"}])")});
        ticketExists(1042);
        calls::OutboxEntry restored = entry(each.value());
        restored.delivery.state = DeliveryState::Unknown;
        delivery->deliver(restored);
        scheduler.run();
        EXPECT_EQ(last.at(each).ticketId, TicketId{1042});
        EXPECT_EQ(last.at(each).problemCode, isSame ? "" : "changesMissing");
    }
}

TEST_F(ClosingTest, ARestoredCallThatIsToBeACommentIsLookedForAsATicket) {
    ready();
    ninja.on("ticket/1002/log-entry", {answer(200, R"([{"id":1,"body":"Ref: 3CX-7f3a9c21"}])")});
    ticketExists(1002);
    has(77);
    boardShows({boardRows(row(1002, "Ref: 3CX-7f3a9c21"))});
    creates({answer(200, R"({"id":1042})")});
    calls::OutboxEntry restored = comment();
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Unconfirmed);
    EXPECT_EQ(last.at(draft).problem, "ticket 1002 carries this call's reference: look there, then decide");
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_NE(last.at(draft).problem.find("ticket 1002 carries"), std::string::npos);
    delivery->decide(draft, DeliveryDecision::AlreadyThere, TicketId{1002});
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_EQ(last.at(draft).ticketId, TicketId{1002});
}

TEST_F(ClosingTest, TheCallsJoinedWithARestoredOneAreLookedForAsTickets) {
    ready();
    ninja.on("log-entry", {answer(200, "[]")});
    ticketExists(1003);
    boardShows({boardRows(row(1003, "Ref: 3CX-0123456789ab"))});
    creates({answer(200, R"({"id":1042})")});
    calls::OutboxEntry restored = entry();
    restored.joined = {{CallId{"call-0"}, "3CX-0123456789ab", restored.createdAtMs, "Avant.", ""}};
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    EXPECT_EQ(last.at(draft).problem, "ticket 1003 carries this call's reference: look there, then decide");
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(posts, 0);
    restart();
    delivery->decide(draft, DeliveryDecision::SendAgain, std::nullopt);
    scheduler.run();
    EXPECT_EQ(posts, 1) << "by somebody who looked at it";
}

TEST_F(ClosingTest, ARestoredCommentIsFoundInThatOfTheCallItWasJoinedWith) {
    ready();
    has(77);
    log = R"({"id":2,"type":"COMMENT","body":"Ref: 3CX-0123456789ab, 3CX-7f3a9c21"},
             {"id":3,"type":"COMMENT","body":"[00:00] Client : avant [00:03] Client : l'encre [00:09] Client : moi"})";
    creates({answer(200, R"({"id":1042})")});
    calls::OutboxEntry restored = comment(kNoteText);
    restored.fields.isSolved = true;
    restored.delivery.state = DeliveryState::Unknown;
    delivery->deliver(restored);
    scheduler.run();
    EXPECT_EQ(sentInOrder(), std::vector<std::string>{});
    EXPECT_EQ(last.at(draft).state, DeliveryState::Created) << last.at(draft).problem;
    EXPECT_TRUE(last.at(draft).hasTranscriptNote);
}

}  // namespace
}  // namespace ninja3cx::ticketing
