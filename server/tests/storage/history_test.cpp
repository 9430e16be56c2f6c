#include "server/storage/history.hpp"

#include "server/tests/storage/samples.hpp"
#include "shared/json/codec.hpp"

namespace ninja3cx::storage {
namespace {

std::vector<std::string> idsOf(const HistoryPage& page) {
    std::vector<std::string> ids;
    for (const auto& item : page.items) ids.push_back(item.call.callId.value());
    return ids;
}

using Ids = std::vector<std::string>;

class History : public test::StoreFixture {
protected:
    History() {
        auto other = test::endedCall("call-3", 3'000);
        other.extension = Extension{"202"};
        auto draft = test::draftOf("call-2", protocol::DraftState::Confirmed);
        draft.delivery = test::created(4711);
        auto missed = test::endedCall("call-4", 4'000);
        missed.state = protocol::CallState::Missed;
        auto done = commit({
            calls::SaveCall{test::endedCall("call-1", 1'000), ""},
            calls::SaveCall{test::endedCall("call-2", 2'000), ""},
            calls::SaveCall{other, ""},
            calls::SaveCall{missed, ""},
            calls::SaveUtterance{
                test::said("call-1", 0, "Bonjour, l'été arrive et le réseau ne répond plus.")},
            calls::SaveUtterance{
                test::said("call-2", 0, "L'imprimante <b>du</b> deuxième étage est en panne.")},
            calls::SaveUtterance{test::said("call-2", 5'000, "Oui, l'imprimante HP.")},
            calls::SaveAnalysis{CallId{"call-2"}, test::printerAnalysis("call-2")},
            calls::SaveDraft{draft},
            calls::AuditEntry{10, "agent:201", "draft.confirm", "draft-call-2"},
            calls::AuditEntry{20, "supervisor:key-1", "call.read", "call-2"},
            calls::AuditEntry{30, "server", "purge", "call-9"},
        });
        EXPECT_TRUE(done);
    }
    Ids found(const std::string& text) {
        HistoryFilter filter;
        filter.text = text;
        auto page = history(filter);
        EXPECT_TRUE(page) << page.error().detail;
        return page ? idsOf(*page) : Ids{"failed"};
    }
};

TEST_F(History, ListsTheNewestFirstAndCountsAllPages) {
    HistoryFilter filter;
    filter.limit = 2;
    EXPECT_EQ(idsOf(history(filter).value()), (Ids{"call-4", "call-3"}));
    filter.offset = 2;
    EXPECT_EQ(idsOf(history(filter).value()), (Ids{"call-2", "call-1"}));
    EXPECT_EQ(history(filter).value().total, 4);
    filter.offset = -5;
    filter.limit = -1;
    EXPECT_EQ(history(filter).value().items.size(), 1U);
}

TEST_F(History, FiltersByTimeExtensionTicketAndCategory) {
    HistoryFilter time;
    time.fromMs = 2'000;
    time.toMs = 3'000;
    EXPECT_EQ(idsOf(history(time).value()), Ids{"call-2"});
    HistoryFilter extension;
    extension.extension = Extension{"202"};
    EXPECT_EQ(idsOf(history(extension).value()), Ids{"call-3"});
    HistoryFilter ticket;
    ticket.hasTicket = true;
    EXPECT_EQ(idsOf(history(ticket).value()), Ids{"call-2"});
    ticket.hasTicket = false;
    EXPECT_EQ(idsOf(history(ticket).value()), (Ids{"call-4", "call-3", "call-1"}));
    HistoryFilter category;
    category.category = protocol::Category::PrinterScanner;
    EXPECT_EQ(idsOf(history(category).value()), Ids{"call-2"});
}

TEST_F(History, FindsWordsWithoutTheirAccentsAndByTheirBeginning) {
    EXPECT_EQ(found("ete"), Ids{"call-1"});
    EXPECT_EQ(found("ÉTÉ"), Ids{"call-1"});
    EXPECT_EQ(found("imprim"), Ids{"call-2"});
    EXPECT_EQ(found("étage DEUXIEME"), Ids{"call-2"});
    EXPECT_EQ(found("l'imprimante"), Ids{"call-2"});
    EXPECT_EQ(found("imprimante réseau"), Ids{});
}

TEST_F(History, FindsNoMoreWhatWasMaskedAfterwards) {
    protocol::Utterance masked = test::said("call-2", 5'000, "Oui, l'imprimante [password].");
    masked.revision = 9;
    ASSERT_TRUE(commit({calls::MaskUtterance{masked}, calls::MaskUtterance{test::said("call-2", 77, "x")}}));
    EXPECT_EQ(found("HP"), Ids{});
    EXPECT_EQ(found("password"), Ids{"call-2"});
    EXPECT_EQ(found("x"), Ids{}) << "what is not there is not made";
}

TEST_F(History, NothingThatIsTypedIsAnError) {
    for (const std::string typed : {"\"",         "\"\"",      "imprimante\"",
                                    "\" OR 1 --", "NEAR(",     "text:imprimante",
                                    "*",          "^",         "-",
                                    "(((",        "AND",       "OR NOT",
                                    "a AND",      "{text}: x", "'; DROP TABLE calls; --",
                                    "\xff\xfe",   "\xc3",      "—",
                                    "«»",         "%",         "_",
                                    "\t\n",       "+",         ":"}) {
        HistoryFilter filter;
        filter.text = typed;
        EXPECT_TRUE(history(filter)) << typed;
    }
    HistoryFilter zero;
    zero.text = std::string{"imprimante\0panne", 16};
    EXPECT_EQ(idsOf(history(zero).value()), Ids{"call-2"});
    HistoryFilter longOne;
    for (int i = 0; i < 10'000; ++i) longOne.text += "é\" ";
    EXPECT_TRUE(history(longOne));
    EXPECT_EQ(found("---"), Ids{});
    EXPECT_EQ(history({}).value().total, 4);
}

TEST_F(History, ShowsWhereTheWordsWereFound) {
    HistoryFilter filter;
    filter.text = "imprimante";
    const auto page = history(filter).value();
    ASSERT_EQ(page.items.size(), 1U);
    ASSERT_EQ(page.items[0].snippets.size(), 2U);
    const Snippet& first = page.items[0].snippets[0];
    EXPECT_EQ(first.utteranceId, UtteranceId{"customer-0"});
    ASSERT_EQ(first.parts.size(), 3U);
    EXPECT_EQ(first.parts[0], (SnippetPart{"L'", false}));
    EXPECT_EQ(first.parts[1], (SnippetPart{"imprimante", true}));
    EXPECT_EQ(first.parts[2].text, " <b>du</b> deuxième étage est en panne.");  // text, not markup
}

TEST_F(History, AnItemTellsWhatBecameOfTheCall) {
    HistoryFilter filter;
    filter.hasTicket = true;
    const auto item = history(filter).value().items.at(0);
    EXPECT_EQ(item.category, protocol::Category::PrinterScanner);
    EXPECT_EQ(item.priority, protocol::Priority::High);
    EXPECT_EQ(item.subject, "Imprimante du 2e étage");
    ASSERT_TRUE(item.delivery);
    EXPECT_EQ(item.delivery->ticketId, TicketId{4711});
    const auto json = json::encode(item);
    EXPECT_EQ(json.at("category"), boost::json::value("printer_scanner"));
}

TEST_F(History, ItemAndDetailTellTheTicketsPresentStatus) {
    const protocol::TicketProgress resolved{5001, 5000, "Réglé", false, 12'000, 13'000};
    ASSERT_TRUE(commit({calls::SaveProgress{TicketId{4711}, resolved}}));
    HistoryFilter filter;
    filter.hasTicket = true;
    const auto item = history(filter).value().items.at(0);
    ASSERT_TRUE(item.delivery);
    EXPECT_EQ(item.delivery->progress, resolved);
    EXPECT_EQ(json::encode(item).at("delivery").at("progress").at("status"), boost::json::value("Réglé"));
    EXPECT_EQ(detail("call-2").value().draft->delivery.progress, resolved);
}

TEST_F(History, DetailHoldsTheCallAndItsOwnAuditTrail) {
    const auto detail = this->detail("call-2").value();
    EXPECT_EQ(detail.utterances.size(), 2U);
    EXPECT_EQ(detail.analysis, test::printerAnalysis("call-2"));
    ASSERT_TRUE(detail.draft);
    EXPECT_EQ(detail.draft->generated.subject, "Imprimante en panne");
    EXPECT_EQ(detail.draft->fields.subject, "Imprimante du 2e étage");
    ASSERT_EQ(detail.audit.size(), 2U);
    EXPECT_EQ(detail.audit[0].action, "draft.confirm");
    EXPECT_EQ(detail.audit[1].action, "call.read");
    EXPECT_EQ(this->detail("call-9").error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace ninja3cx::storage
