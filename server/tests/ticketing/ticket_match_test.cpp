#include "server/ticketing/ticket_match.hpp"

#include "server/ticketing/board_pass.hpp"
#include "server/ticketing/ticket_payload.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ninja3cx::ticketing {
namespace {

calls::OutboxEntry entry() {
    calls::OutboxEntry made;
    made.marker = "3CX-7f3a9c210a11";
    made.fields.subject = "Imprimante";
    made.fields.organizationName = "Exemple SARL";
    made.fields.type = protocol::TicketType::Incident;
    made.fields.priority = protocol::Priority::High;
    made.fields.deviceId = 41;
    made.description = "Résumé : l'encre <b>\n\nRef: 3CX-7f3a9c210a11";
    return made;
}

struct SayingRow {
    const char* name;
    void (*change)(Ticket& ticket, LogEntry& log);
    bool says;
};
class ATicket : public testing::TestWithParam<SayingRow> {};
Ticket ticketOfEntry() {
    Ticket ticket;
    ticket.subject = "Imprimante";
    ticket.type = "INCIDENT";
    ticket.priority = "HIGH";
    ticket.deviceId = 41;
    return ticket;
}
LogEntry logOf(const calls::OutboxEntry& sent) {
    LogEntry log;
    log.body = descriptionToSend(sent);
    return log;
}

TEST_P(ATicket, SaysAllOfTheEntry) {
    Ticket ticket = ticketOfEntry();
    LogEntry log = logOf(entry());
    GetParam().change(ticket, log);
    EXPECT_EQ(saysAllOf(ticket, {log}, entry()), GetParam().says);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ATicket,
    testing::Values(
        SayingRow{"AsItWasSent", [](Ticket&, LogEntry&) {}, true},
        SayingRow{"SetAnew",
                  [](Ticket&, LogEntry& log) { log.body = "Résumé : l'encre <b>  Ref: 3CX-7f3a9c210a11\n"; },
                  true},
        SayingRow{"InHtmlAlone",
                  [](Ticket&, LogEntry& log) {
                      log.htmlBody = toHtml(log.body);
                      log.body.clear();
                  },
                  true},
        SayingRow{"WithoutAWordForIt", [](Ticket& ticket, LogEntry&) { ticket.priority = ""; }, true},
        SayingRow{"OfAnotherPriority", [](Ticket& ticket, LogEntry&) { ticket.priority = "LOW"; }, false},
        SayingRow{"OfAnotherType", [](Ticket& ticket, LogEntry&) { ticket.type = "PROBLEM"; }, false},
        SayingRow{"OfAnotherDevice", [](Ticket& ticket, LogEntry&) { ticket.deviceId = 42; }, false},
        SayingRow{"OfNoDevice", [](Ticket& ticket, LogEntry&) { ticket.deviceId = 0; }, false},
        SayingRow{"InItsDefaultLocation", [](Ticket& ticket, LogEntry&) { ticket.locationId = 9; }, true},
        SayingRow{"WithAnotherSubject", [](Ticket& ticket, LogEntry&) { ticket.subject = "Écran"; }, false},
        SayingRow{"WithAWordMore", [](Ticket&, LogEntry& log) { log.body += " et plus"; }, false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ATicketWithoutPriority, IsNinjaOnesNone) {
    calls::OutboxEntry open = entry();
    open.fields.priority.reset();
    Ticket told = ticketOfEntry();
    told.priority = "NONE";
    EXPECT_TRUE(saysAllOf(told, {logOf(open)}, open));
    told.priority = "LOW";
    EXPECT_FALSE(saysAllOf(told, {logOf(open)}, open));
}

SeenPage changed(const std::vector<std::pair<std::int64_t, std::optional<double>>>& rows,
                 const std::string& organization = "Exemple SARL") {
    SeenPage page;
    for (const auto& [id, lastUpdated] : rows) {
        SeenTicket seen;
        seen.id = id;
        seen.lastUpdated = lastUpdated;
        seen.organization = organization;
        page.rows.push_back(seen);
    }
    return page;
}

TEST(ChangedPass, EndsBelowWhatIsWanted) {
    ChangedPass pass{"Exemple SARL", 100};
    EXPECT_TRUE(pass.take(changed({{3, 300}, {2, 100}})));
    EXPECT_FALSE(pass.take(changed({{1, 99}})));
    EXPECT_EQ(pass.tickets, (std::vector<std::int64_t>{3, 2}));
}

TEST(ChangedPass, NeverEndsAListThatIsNotSorted) {
    ChangedPass pass{"Exemple SARL", 100};
    EXPECT_TRUE(pass.take(changed({{3, 50}, {2, 300}})));
    EXPECT_EQ(pass.tickets, std::vector<std::int64_t>{2});
    ChangedPass untold{"Exemple SARL", 100};
    EXPECT_TRUE(untold.take(changed({{3, std::nullopt}, {2, 50}})));
    EXPECT_EQ(untold.tickets, std::vector<std::int64_t>{3});
}

TEST(ChangedPass, TakesThoseThatDoNotSayWhoseTheyAre) {
    ChangedPass pass{"Exemple SARL", 100};
    (void)pass.take(changed({{1, 300}}, "Autre SA"));
    (void)pass.take(changed({{2, 300}}, ""));
    (void)pass.take(changed({{3, 300}}, "EXEMPLE  sarl"));
    EXPECT_EQ(pass.tickets, (std::vector<std::int64_t>{2, 3}));
}

TEST(BoardPass, EndsWhereTheMarkerStands) {
    const calls::OutboxEntry sent = entry();
    BoardPass pass{sent, {}, false};
    BoardRow row;
    row.id = 7;
    row.createTime = 300;
    row.description = "Ref: " + sent.marker;
    BoardPage page;
    page.rows = {row};
    EXPECT_FALSE(pass.take(page));
    ASSERT_EQ(pass.marked.size(), 1U);
    EXPECT_EQ(pass.marked.front().id, 7);
}

}  // namespace
}  // namespace ninja3cx::ticketing
