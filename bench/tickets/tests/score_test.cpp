#include "bench/tickets/score.hpp"

#include "bench/tickets/tests/people.hpp"
#include "server/calls/draft_maker.hpp"

#include <boost/json/object.hpp>

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

using boost::json::array;
using boost::json::object;

constexpr int kFirst = 101;

class Scoring : public testing::Test {
protected:
    static object entry(const char* type, const std::string& body) {
        return {{"type", type}, {"body", body}, {"publicEntry", false}};
    }
    static std::string noteOf(const TicketCase& one) {
        return calls::makeTranscriptNote(one.call, one.utterances) + "\n\nRef: " + one.noteMarker();
    }
    object ticketOf(std::size_t number) const {
        const TicketCase& one = world.cases[number];
        return {{"clientId", one.requester.organizationId},
                {"requesterUid", one.requester.uid},
                {"subject", one.draft.fields.subject},
                {"status", {{"parentId", one.draft.fields.isSolved ? 5000 : 1000}}},
                {"assignedAppUserId", kFirst + static_cast<int>(number % 2)},
                {"logEntries", array{entry("DESCRIPTION", "Résumé\n\nRef: " + one.marker),
                                     entry("SAVE", "Ticket created"), entry("COMMENT", noteOf(one))}}};
    }
    array allTickets() const {
        array all;
        for (std::size_t i = 0; i < world.cases.size(); ++i) all.push_back(ticketOf(i));
        return all;
    }
    TicketScore score(const array& tickets) const { return scoreTickets(world, tickets, kFirst); }
    static array& logOf(boost::json::value& ticket) { return ticket.as_object().at("logEntries").as_array(); }

    const TicketWorld world = makeTicketWorld(test::people(), 10, 2, 1, 1'767'225'600'000);
};

TEST_F(Scoring, FindsNothingWrongWhereEachDraftHasItsTicket) {
    const TicketScore all = score(allTickets());
    EXPECT_EQ(all, (TicketScore{10, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    EXPECT_TRUE(failsOfTickets(all, 10, 0).empty());
    EXPECT_EQ(failsOfTickets(all, 10, 1).size(), 1U) << "one that the product does not know to be done";
}

TEST_F(Scoring, CountsWhatIsLostThereTwiceOrNobodys) {
    array tickets = allTickets();
    tickets[0] = ticketOf(1);
    tickets.push_back(ticketOf(1));
    object stranger = ticketOf(2);
    stranger["logEntries"] = array{entry("DESCRIPTION", "Ref: 3CX-000000000000")};
    tickets.push_back(stranger);
    const TicketScore counted = score(tickets);
    EXPECT_EQ(counted.tickets, 12U);
    EXPECT_EQ(counted.lost, 1U);
    EXPECT_EQ(counted.doubled, 2U);
    EXPECT_EQ(counted.unknown, 1U);
    EXPECT_EQ(failsOfTickets(counted, 10, 0).size(), 4U);
}

TEST_F(Scoring, CountsTicketsInAnotherName) {
    array tickets = allTickets();
    tickets[0].as_object()["clientId"] = 77;
    tickets[1].as_object()["requesterUid"] = "uid-of-somebody-else";
    tickets[2].as_object()["requesterUid"] = nullptr;
    tickets[3].as_object()["assignedAppUserId"] = nullptr;
    logOf(tickets[4]).push_back(entry("COMMENT", noteOf(world.cases[5])));
    const TicketScore counted = score(tickets);
    EXPECT_EQ(counted.wrongRequester, 4U) << "with the one that holds another call's words";
    EXPECT_EQ(counted.wrongAssignee, 1U);
    EXPECT_EQ(counted.withoutNote, 0U);
    EXPECT_EQ(failsOfTickets(counted, 10, 0).size(), 2U);
}

TEST_F(Scoring, CountsTicketsThatAreNotAsSolvedAsTheCall) {
    array tickets = allTickets();
    for (std::size_t i : {std::size_t{0}, std::size_t{1}}) {
        const bool isSolved = world.cases[i].draft.fields.isSolved;
        tickets[i].as_object()["status"] = object{{"parentId", isSolved ? 1000 : 5000}};
    }
    const TicketScore counted = score(tickets);
    EXPECT_EQ(counted.wrongStatus, 2U);
    EXPECT_EQ(failsOfTickets(counted, 10, 0).size(), 1U);
}

TEST_F(Scoring, CountsNotesThatAreMissingTwiceThereOrPublic) {
    array tickets = allTickets();
    logOf(tickets[0]).pop_back();
    logOf(tickets[1]).back() = entry("COMMENT", "Ref: " + world.cases[1].noteMarker());
    logOf(tickets[2]).push_back(entry("COMMENT", noteOf(world.cases[2])));
    logOf(tickets[3]).back().as_object()["publicEntry"] = true;
    const TicketScore counted = score(tickets);
    EXPECT_EQ(counted.withoutNote, 2U) << "a note without its words is none";
    EXPECT_EQ(counted.doubledNotes, 1U);
    EXPECT_EQ(counted.publicTexts, 1U);
    EXPECT_EQ(failsOfTickets(counted, 10, 0).size(), 3U);
}

}  // namespace
}  // namespace ninja3cx::bench
