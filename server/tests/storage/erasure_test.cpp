#include "server/storage/erasure.hpp"

#include "server/storage/backup.hpp"
#include "server/storage/records.hpp"
#include "server/tests/storage/samples.hpp"

namespace ninja3cx::storage {
namespace {

using protocol::DraftState;
using std::chrono::days;

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

/// A word as it is spoken, and as the index keeps it.
const std::string kSpoken = "Zébulonquark";
const std::string kIndexed = "zebulonquark";

class Erasure : public test::StoreFixture {
protected:
    void plant(const std::string& callId, std::int64_t startedAtMs, const std::string& number,
               DraftState draftState = DraftState::Discarded) {
        auto call = test::endedCall(callId, startedAtMs);
        call.remoteNumber = number;
        call.remoteName = kSpoken;
        call.insight = protocol::CallInsight{};
        call.insight->alerts = {{"cancellation", "", UtteranceId{"customer-1000"}, 1'000}};
        auto draft = test::draftOf(callId, draftState);
        draft.fields.summary = kSpoken;
        auto analysis = test::printerAnalysis(callId);
        analysis.summary = kSpoken;
        auto entry = test::outboxOf(callId, protocol::DeliveryState::Created);
        entry.transcriptNote = kSpoken;
        entry.delivery = test::created(4711);
        std::vector<calls::Change> changes{
            calls::SaveCall{call, ""}, calls::SaveDraft{draft}, calls::SaveAnalysis{CallId{callId}, analysis},
            calls::SaveOutbox{entry}, test::heardAgain(callId, "encore " + kSpoken)};
        for (int i = 0; i < 200; ++i) {
            auto said = test::said(callId, i * 1'000, "mot " + kSpoken + " numéro " + std::to_string(i));
            said.corrections = {{0, 3, kSpoken}};
            changes.push_back(calls::SaveUtterance{std::move(said)});
        }
        ASSERT_TRUE(commit(std::move(changes)));
    }
    std::vector<std::string> filesWithTheWord() {
        auto files = test::filesWith(dataDir(), kSpoken);
        for (const auto& file : test::filesWith(dataDir(), kIndexed)) files.push_back(file);
        return files;
    }
    Result<ErasureReport> eraseAll(Erase what) {
        auto database = openDatabase(dataDir());
        if (!database) return database.error();
        return erase(*database, dataDir(), what, {"command:test", 7'000});
    }
    Result<ErasureReport> sweepAt(RetentionRules rules, std::int64_t nowMs) {
        auto database = openDatabase(dataDir());
        if (!database) return database.error();
        return sweep(*database, dataDir(), rules, {"command:test", nowMs}, ClockTrust::Given);
    }
    /// As the server does it by itself.
    Result<ErasureReport> sweepByItself(std::int64_t nowMs) {
        const RetentionRules rules{days{90}, days{365}, days{365}};
        return answerOf<ErasureReport>([&](auto done) { store_->sweep(rules, nowMs, done); });
    }
    void call(const std::string& callId, std::int64_t startedAtMs) {
        ASSERT_TRUE(commit({calls::SaveCall{test::endedCall(callId, startedAtMs), ""}}));
    }
    std::int64_t hits() {
        HistoryFilter filter;
        filter.text = kSpoken;
        return history(filter).value().total;
    }
};

TEST_F(Erasure, APurgedCallLeavesNoByteInAnyFile) {
    plant("call-1", 1'000, "+33123456789");
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-2"), ""},
                        calls::SaveUtterance{test::said("call-2", 0, "tout va bien")}}));
    ASSERT_FALSE(filesWithTheWord().empty());
    auto report = eraseAll(OneCall{CallId{"call-1"}});
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->erased, std::vector{CallId{"call-1"}});
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
    HistoryFilter filter;
    filter.text = "bien";
    EXPECT_EQ(history(filter).value().total, 1);
    EXPECT_EQ(eraseAll(OneCall{CallId{"call-1"}}).error().kind, ErrorKind::NotFound);
}

TEST_F(Erasure, AContactIsErasedHoweverItsNumberIsWritten) {
    plant("call-1", 1'000, "+33 1 23 45 67 89");
    plant("call-2", 2'000, "0123456789");
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-3"), ""}}));
    auto stranger = test::endedCall("call-4");
    stranger.remoteNumber = "+33123456780";
    ASSERT_TRUE(commit({calls::SaveCall{stranger, ""}}));
    auto report = eraseAll(Contact{"0033123456789"});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->erased, (std::vector{CallId{"call-1"}, CallId{"call-3"}, CallId{"call-2"}}));
    EXPECT_EQ(history({}).value().total, 1);
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
    EXPECT_EQ(eraseAll(Contact{"anonymous"}).error().kind, ErrorKind::BadMessage);
}

TEST_F(Erasure, AnErasureIsInTheTrailWithoutWhoseCallsTheyWere) {
    plant("call-1", 1'000, "+33 1 23 45 67 89");
    ASSERT_TRUE(eraseAll(Contact{"0033123456789"}));
    const auto lines = answerOf<AuditPage>([&](auto done) { store_->audit({}, done); }).value().lines;
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1], (AuditLine{lines[1].id, 7'000, "command:test", "purge.contact", "1 calls"}));
    EXPECT_EQ(lines[0], (AuditLine{lines[0].id, 7'000, "command:test", "call.erase", "call-1"}));
}

TEST_F(Erasure, UnfinishedCallsAreKeptAndNamed) {
    plant("call-1", 1'000, "+33123456789", DraftState::Inbox);
    plant("call-2", 1'000, "+33123456789");
    auto report = eraseAll(OlderThan{5'000});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->erased, std::vector{CallId{"call-2"}});
    EXPECT_EQ(report->keptUnfinished, std::vector{CallId{"call-1"}});
    EXPECT_EQ(history({}).value().total, 1);
}

TEST_F(Erasure, UnfinishedCallsGoTooWhenThatIsAsked) {
    plant("call-1", 1'000, "+33123456789", DraftState::Inbox);
    store_.reset();
    auto database = openDatabase(dataDir()).value();
    auto report = erase(database, dataDir(), OlderThan{5'000}, {"command:test", 7'000}, Unfinished::Erased);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->erased, std::vector{CallId{"call-1"}});
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
    EXPECT_TRUE(readOpenWork(database, {}).value().drafts.empty());
}

TEST_F(Erasure, RetentionTakesTranscriptsFirstAndCallsLater) {
    plant("call-1", 0, "+33123456789");
    const RetentionRules rules{days{30}, days{90}, days{365}};
    auto report = sweepAt(rules, 29 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->wordsErased.empty());
    EXPECT_EQ(hits(), 1);
    EXPECT_EQ(detail("call-1").value().call.insight->alerts.size(), 1u);
    report = sweepAt(rules, 31 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->wordsErased, std::vector{CallId{"call-1"}});
    EXPECT_EQ(hits(), 0);
    EXPECT_TRUE(detail("call-1").value().isTranscriptErased);
    EXPECT_TRUE(detail("call-1").value().utterances.empty());
    EXPECT_FALSE(detail("call-1").value().call.insight) << "it names utterances";
    EXPECT_TRUE(detail("call-1").value().analysis);
    EXPECT_EQ(test::filesWith(dataDir(), kIndexed), std::vector<std::string>{});
    report = sweepAt(rules, 32 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->wordsErased.empty());
    report = sweepAt(rules, 91 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->erased, std::vector{CallId{"call-1"}});
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
}

/// All that analysis and draft say in words, in one word.
void fillWith(const std::string& word, protocol::Analysis& analysis, protocol::Draft& draft) {
    analysis.subject = analysis.summary = word;
    analysis.actions = {{"callback", word, word, std::nullopt, "todo"}};
    analysis.entities["person"] = {word};
    analysis.evidence = {{"category", word, {0}, protocol::Confidence::Sure}};
    draft.fields.subject = draft.fields.summary = word;
    draft.generated.subject = draft.generated.summary = word;
    draft.actions = analysis.actions;
    draft.discardReason = word;
}

TEST_F(Erasure, WhatWasHeardAfterTheCallGoesWithItsWordsAndDoesNotComeBack) {
    plant("call-1", 1'000, "+33123456789");
    ASSERT_EQ(detail("call-1").value().versions.size(), 1U);
    ASSERT_TRUE(sweepAt({days{90}, days{365}, days{365}}, 100 * kDayMs));
    EXPECT_TRUE(detail("call-1").value().isTranscriptErased);
    EXPECT_TRUE(detail("call-1").value().versions.empty());
    ASSERT_TRUE(commit({test::heardAgain("call-1", kSpoken)}));  // was being heard meanwhile
    EXPECT_TRUE(detail("call-1").value().versions.empty());
    EXPECT_TRUE(test::filesWith(dataDir(), "encore " + kSpoken).empty());
}

TEST_F(Erasure, TheWordsOfAnalysisAndDraftGoWithTheTranscriptAndFiguresStay) {
    const std::string word = "Quaternolphe";
    auto analysis = test::printerAnalysis("call-1");
    auto draft = test::draftOf("call-1", DraftState::Confirmed);
    fillWith(word, analysis, draft);
    draft.delivery = test::created(4711);
    auto entry = test::outboxOf("call-1", protocol::DeliveryState::Created);
    entry.delivery = draft.delivery;
    entry.description = word;
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1", 0), ""}, calls::SaveOutbox{entry},
                        calls::SaveDraft{draft}, calls::SaveAnalysis{CallId{"call-1"}, analysis},
                        calls::SaveUtterance{test::said("call-1", 0, word)}}));
    ASSERT_FALSE(test::filesWith(dataDir(), word).empty());
    ASSERT_TRUE(sweepAt({days{30}, std::nullopt, std::nullopt}, 31 * kDayMs));
    EXPECT_EQ(test::filesWith(dataDir(), word), std::vector<std::string>{});
    const auto left = detail("call-1").value();
    ASSERT_TRUE(left.analysis && left.draft);
    EXPECT_EQ(left.analysis->category, protocol::Category::PrinterScanner);
    EXPECT_EQ(left.analysis->sentiment, protocol::Sentiment::Negative);
    EXPECT_EQ(left.analysis->priority, protocol::Priority::High);
    EXPECT_EQ(left.analysis->actions.at(0).kind, "callback");
    EXPECT_EQ(left.draft->delivery.ticketId, TicketId{4711});
    EXPECT_EQ(left.call.remoteNumber, "+33123456789");
}

TEST_F(Erasure, ADraftThatWaitsLosesItsTranscriptAndKeepsItsOwnWordsUntilItIsDecided) {
    const std::string word = "Quaternolphe";
    auto call = test::endedCall("call-1", 0);
    call.stage = protocol::CallStage::Drafted;
    auto analysis = test::printerAnalysis("call-1");
    auto draft = test::draftOf("call-1", DraftState::Inbox);
    fillWith("Imprimante", analysis, draft);
    analysis.summary = word;
    ASSERT_TRUE(commit({calls::SaveCall{call, ""}, calls::SaveDraft{draft},
                        calls::SaveAnalysis{CallId{"call-1"}, analysis},
                        calls::SaveUtterance{test::said("call-1", 0, word)}}));
    const RetentionRules rules{days{30}, std::nullopt, std::nullopt};
    auto report = sweepAt(rules, 31 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->wordsErased, std::vector{CallId{"call-1"}});
    EXPECT_EQ(test::filesWith(dataDir(), word), std::vector<std::string>{});
    EXPECT_EQ(detail("call-1").value().draft->fields.summary, "Imprimante");
    EXPECT_TRUE(sweepAt(rules, 32 * kDayMs).value().wordsErased.empty());

    draft.state = DraftState::Discarded;
    call.stage = protocol::CallStage::Closed;
    ASSERT_TRUE(commit({calls::SaveDraft{draft}, calls::SaveCall{call, ""}}));
    ASSERT_TRUE(sweepAt(rules, 33 * kDayMs));
    EXPECT_EQ(detail("call-1").value().draft->fields.summary, "");
    EXPECT_EQ(test::filesWith(dataDir(), "Imprimante"), std::vector<std::string>{});
}

TEST_F(Erasure, ATicketWhoseNoteIsNotYetSentKeepsIt) {
    const std::string word = "Quaternolphe";
    auto draft = test::draftOf("call-1", DraftState::Confirmed);
    draft.delivery.state = protocol::DeliveryState::Created;
    auto entry = test::outboxOf("call-1", protocol::DeliveryState::Created);
    entry.transcriptNote = word;
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1", 0), ""}, calls::SaveOutbox{entry},
                        calls::SaveDraft{draft}}));
    const RetentionRules rules{days{30}, days{60}, std::nullopt};
    EXPECT_EQ(sweepAt(rules, 90 * kDayMs).value().keptUnfinished, std::vector{CallId{"call-1"}});
    const auto work = store_->loadOpenWork({}).value();
    ASSERT_EQ(work.outbox.size(), 1U);
    EXPECT_EQ(work.outbox[0].transcriptNote, word);
    entry.delivery = test::created(4711);
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}}));
    EXPECT_EQ(sweepAt(rules, 91 * kDayMs).value().erased, std::vector{CallId{"call-1"}});
    EXPECT_EQ(test::filesWith(dataDir(), word), std::vector<std::string>{});
}

/// A later call whose ticket speaks of call-1, as it was sent or as it is mended, and whose draft was offered it.
class JoinedErasure : public Erasure {
protected:
    static calls::JoinedCall joined(const std::string& callId, const std::string& words) {
        return {CallId{callId}, "3CX-" + callId, 1'000, words, "\n[00:00] Client : " + words};
    }
    void plantBoth(protocol::DeliveryState state) {
        auto first = test::endedCall("call-1", 0);
        first.stage = state == protocol::DeliveryState::Created ? protocol::CallStage::Closed
                                                                : protocol::CallStage::Drafted;
        auto taken = test::draftOf("call-1", DraftState::Discarded);
        taken.fields.subject = taken.generated.subject = kSpoken;
        auto later = test::endedCall("call-2", 5 * kDayMs);
        later.stage = first.stage;
        later.remoteNumber = "+33999999999";
        auto draft = test::draftOf("call-2", DraftState::Confirmed);
        draft.fields.continues = taken.draftId;
        protocol::TicketOffer offer;
        offer.kind = protocol::OfferKind::Continue;
        offer.draftId = taken.draftId;
        offer.subject = kSpoken;
        draft.offers = {offer};
        auto entry = test::outboxOf("call-2", state);
        entry.joined = {joined("call-1", kSpoken), joined("call-0", "Autre appel")};
        if (state == protocol::DeliveryState::Created) {
            draft.delivery = entry.delivery = test::created(4711);
        } else {
            draft.delivery.state = state;
            entry.amended = calls::Amendment{entry.fields, "Mieux", "Client : bonjour", {}, entry.joined};
        }
        ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-0", 0), ""}, calls::SaveCall{first, ""},
                            calls::SaveDraft{taken}, calls::SaveCall{later, ""}, calls::SaveDraft{draft},
                            calls::SaveOutbox{entry}}));
        ASSERT_FALSE(filesWithTheWord().empty());
    }
    void eraseNow(const Erase& what) {
        store_.reset();
        auto database = openDatabase(dataDir()).value();
        ASSERT_TRUE(erase(database, dataDir(), what, {"command:test", 7'000}, Unfinished::Erased));
        EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
    }
    calls::OpenWork openWork() {
        auto database = openDatabase(dataDir()).value();
        return readOpenWork(database, {}).value();
    }
};

TEST_F(JoinedErasure, BeforeItIsSentTheCallIsInNoEntryAndNoOffer) {
    for (const Erase& what : {Erase{OneCall{CallId{"call-1"}}}, Erase{Contact{"0033123456789"}}}) {
        open();
        plantBoth(protocol::DeliveryState::Rejected);
        eraseNow(what);
        const calls::OpenWork work = openWork();
        ASSERT_EQ(work.outbox.size(), 1U);
        const bool isAlone = std::holds_alternative<OneCall>(what);  // call-0 has the same number
        const std::vector<calls::JoinedCall> left =
            isAlone ? std::vector{joined("call-0", "Autre appel")} : std::vector<calls::JoinedCall>{};
        EXPECT_EQ(work.outbox[0].joined, left);
        ASSERT_TRUE(work.outbox[0].amended);
        EXPECT_EQ(work.outbox[0].amended->joined, left);
        EXPECT_EQ(work.outbox[0].description, "Résumé") << "its own words stay";
        ASSERT_EQ(work.drafts.size(), 1U);
        ASSERT_TRUE(work.drafts[0].offers);
        EXPECT_EQ(work.drafts[0].offers->at(0).subject, "");
        EXPECT_EQ(work.drafts[0].offers->at(0).draftId, DraftId{"draft-call-1"});
    }
}

TEST_F(JoinedErasure, AfterDeliveryTheCallIsInNoEntryAndNoOffer) {
    plantBoth(protocol::DeliveryState::Created);
    eraseNow(OneCall{CallId{"call-1"}});
    open();
    EXPECT_EQ(detail("call-2").value().draft->offers->at(0).subject, "");
}

TEST_F(JoinedErasure, RetentionTakesItsWordsFromALaterCallThatStays) {
    plantBoth(protocol::DeliveryState::Created);
    const auto report = sweepAt({days{30}, std::nullopt, std::nullopt}, 31 * kDayMs);
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->wordsErased, (std::vector{CallId{"call-0"}, CallId{"call-1"}}));
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
    EXPECT_EQ(detail("call-2").value().draft->fields.subject, "Imprimante du 2e étage");
}

TEST_F(JoinedErasure, RetentionWaitsForTheTicketThatItGoesOnIn) {
    plantBoth(protocol::DeliveryState::Rejected);
    const auto report = sweepAt({days{30}, days{60}, std::nullopt}, 400 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->keptUnfinished, (std::vector{CallId{"call-1"}, CallId{"call-2"}}));
    const calls::OpenWork work = openWork();
    ASSERT_EQ(work.outbox.size(), 1U);
    EXPECT_EQ(work.outbox[0].joined, std::vector{joined("call-1", kSpoken)});
    ASSERT_EQ(work.drafts.size(), 2U) << "the discarded one as well";
    EXPECT_EQ(work.drafts[0].state, DraftState::Discarded);
}

TEST_F(JoinedErasure, ACallComesBackWhenTheOneWhoseTicketItWaitsForIsErased) {
    plantBoth(protocol::DeliveryState::Rejected);
    store_.reset();
    auto database = openDatabase(dataDir()).value();
    ASSERT_TRUE(
        erase(database, dataDir(), OneCall{CallId{"call-2"}}, {"command:test", 7'000}, Unfinished::Erased));
    const calls::OpenWork work = readOpenWork(database, {}).value();
    EXPECT_TRUE(work.outbox.empty());
    ASSERT_EQ(work.drafts.size(), 1U);
    EXPECT_EQ(work.drafts[0].draftId, DraftId{"draft-call-1"});
    EXPECT_EQ(work.drafts[0].state, DraftState::Inbox);
    EXPECT_EQ(work.drafts[0].heldBecause, "returned");
    EXPECT_EQ(work.drafts[0].delivery.state, protocol::DeliveryState::Unknown) << "NinjaOne may have it";
    EXPECT_EQ(work.drafts[0].fields.subject, kSpoken);
}

/// The later call is erased, its ticket is there.
struct InTicketRow {
    const char* name;
    protocol::DeliveryState draft;
    protocol::DeliveryState entry;
    bool isNumberKnownToDraft;
    bool isNumberKnownToEntry;
};
class ACallInATicket : public JoinedErasure, public testing::WithParamInterface<InTicketRow> {};
TEST_P(ACallInATicket, DoesNotComeBackWhenTheLaterOneIsErased) {
    plantBoth(protocol::DeliveryState::Rejected);
    auto draft = openWork().drafts.at(1);
    auto entry = openWork().outbox.at(0);
    ASSERT_EQ(draft.draftId, entry.draftId);
    draft.delivery.state = GetParam().draft;
    entry.delivery.state = GetParam().entry;
    if (GetParam().isNumberKnownToDraft) draft.delivery.ticketId = TicketId{4711};
    if (GetParam().isNumberKnownToEntry) entry.delivery.ticketId = TicketId{4711};
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}, calls::SaveDraft{draft}}));
    store_.reset();
    auto database = openDatabase(dataDir()).value();
    ASSERT_TRUE(
        erase(database, dataDir(), OneCall{CallId{"call-2"}}, {"command:test", 7'000}, Unfinished::Erased));
    const calls::OpenWork work = readOpenWork(database, {}).value();
    ASSERT_EQ(work.drafts.size(), 1U);
    EXPECT_EQ(work.drafts[0].draftId, DraftId{"draft-call-1"});
    EXPECT_EQ(work.drafts[0].state, DraftState::Discarded) << "it is in ticket 4711";
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ACallInATicket,
    testing::Values(InTicketRow{"NoteRefused", protocol::DeliveryState::Rejected,
                                protocol::DeliveryState::Rejected, true, true},
                    InTicketRow{"NoteHeld", protocol::DeliveryState::Unconfirmed,
                                protocol::DeliveryState::Unconfirmed, true, true},
                    InTicketRow{"NoteUnderWayByTheDeskAlone", protocol::DeliveryState::Sending,
                                protocol::DeliveryState::Waiting, false, true},
                    InTicketRow{"CreatedByTheDeskAlone", protocol::DeliveryState::Sending,
                                protocol::DeliveryState::Created, false, true},
                    InTicketRow{"CreatedWithoutANumber", protocol::DeliveryState::Sending,
                                protocol::DeliveryState::Created, false, false}),
    [](const auto& info) { return std::string{info.param.name}; });

/// An earlier version made one text of call-1, call-2 and call-3, and closed the earlier ones.
class MergedErasure : public JoinedErasure {
protected:
    void plantMerged(protocol::DeliveryState state) {
        std::vector<calls::Change> changes;
        for (const int number : {1, 2, 3}) {
            const std::string id = "call-" + std::to_string(number);
            auto call = test::endedCall(id, number * kDayMs);
            auto draft = test::draftOf(id, number == 3 ? DraftState::Confirmed : DraftState::Discarded);
            if (number > 1) draft.fields.continues = DraftId{"draft-call-" + std::to_string(number - 1)};
            if (number == 3) {
                call.stage = state == protocol::DeliveryState::Created ? protocol::CallStage::Closed
                                                                       : protocol::CallStage::Drafted;
                draft.fields.summary = "Elle imprime en vert.";
                entry_ = test::outboxOf(id, state);
                entry_.fields = draft.fields;
                entry_.description = "Elle imprime en vert.\n\nAppel précédent\n" + std::string{kSpoken};
                entry_.transcriptNote = "Client : " + std::string{kSpoken};
                entry_.unwantedNote = kSpoken;
                entry_.amended = calls::Amendment{entry_.fields, entry_.description, entry_.transcriptNote};
                if (state == protocol::DeliveryState::Created) {
                    entry_.delivery = test::created(4711);
                    entry_.amended.reset();
                }
                draft.delivery = entry_.delivery;
            }
            changes.emplace_back(calls::SaveCall{call, ""});
            changes.emplace_back(calls::SaveDraft{draft});
        }
        changes.emplace_back(calls::SaveOutbox{entry_});
        ASSERT_TRUE(commit(std::move(changes)));
        ASSERT_FALSE(filesWithTheWord().empty());
    }
    calls::OutboxEntry entry_;
};

TEST_F(MergedErasure, AfterDeliveryNoWordIsLeftInTheEntry) {
    for (const char* erased : {"call-1", "call-2"}) {
        SCOPED_TRACE(erased);
        open();
        plantMerged(protocol::DeliveryState::Created);
        eraseNow(OneCall{CallId{erased}});
        std::filesystem::remove_all(dataDir());
    }
}

TEST_F(MergedErasure, WhatIsStillToBeSentKeepsItsOwnSummary) {
    plantMerged(protocol::DeliveryState::Rejected);
    eraseNow(OneCall{CallId{"call-1"}});
    for (const bool isStoredLate : {false, true}) {
        SCOPED_TRACE(isStoredLate);
        if (isStoredLate) {
            open();
            ASSERT_TRUE(
                commit({calls::SaveOutbox{entry_}, calls::SaveAmendment{entry_.draftId, *entry_.amended}}));
            store_.reset();
        }
        const calls::OpenWork work = openWork();
        ASSERT_EQ(work.outbox.size(), 1U);
        const calls::OutboxEntry& left = work.outbox[0];
        EXPECT_EQ(left.description, "Elle imprime en vert.\n\nRef: 3CX-call-3");
        EXPECT_EQ(left.transcriptNote, "");
        EXPECT_EQ(left.unwantedNote, std::nullopt);
        ASSERT_TRUE(left.amended);
        EXPECT_EQ(left.amended->description, left.description);
        EXPECT_EQ(left.amended->transcriptNote, "");
    }
}

TEST_F(MergedErasure, WhatIsOfNoErasedCallStaysAsItIs) {
    plantMerged(protocol::DeliveryState::Rejected);
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-0", 0), ""}}));
    store_.reset();
    auto database = openDatabase(dataDir()).value();
    ASSERT_TRUE(
        erase(database, dataDir(), OneCall{CallId{"call-0"}}, {"command:test", 7'000}, Unfinished::Erased));
    EXPECT_EQ(readOpenWork(database, {}).value().outbox.at(0), entry_);
}

TEST_F(JoinedErasure, AnEntryThatIsStoredLateBringsNothingBack) {
    plantBoth(protocol::DeliveryState::Rejected);
    auto entry = openWork().outbox.at(0);
    ASSERT_TRUE(commit({calls::DeleteCall{CallId{"call-1"}}, calls::SaveOutbox{entry},
                        calls::SaveAmendment{entry.draftId, *entry.amended}}));
    const calls::OpenWork work = openWork();
    EXPECT_EQ(work.outbox[0].joined, std::vector{joined("call-0", "Autre appel")});
    EXPECT_EQ(work.outbox[0].amended->joined, std::vector{joined("call-0", "Autre appel")});
}

TEST_F(JoinedErasure, ATicketOfAnErasedCallIsNotNamedWhereItWasOffered) {
    plant("call-1", 1'000, "+33123456789", DraftState::Confirmed);
    auto made = test::draftOf("call-1", DraftState::Confirmed);
    made.delivery = test::created(4711);
    auto other = test::draftOf("call-2", DraftState::Inbox);
    protocol::TicketOffer offer;
    offer.kind = protocol::OfferKind::Comment;
    offer.ticketId = TicketId{4711};
    offer.subject = kSpoken;
    other.offers = {offer, offer};
    other.offers->back().ticketId = TicketId{12};
    other.offers->back().subject = "Autre ticket";
    ASSERT_TRUE(commit(
        {calls::SaveDraft{made}, calls::SaveCall{test::endedCall("call-2"), ""}, calls::SaveDraft{other}}));
    eraseNow(OneCall{CallId{"call-1"}});
    open();
    const auto offers = detail("call-2").value().draft->offers.value();
    EXPECT_EQ(offers.at(0).subject, "");
    EXPECT_EQ(offers.at(1).subject, "Autre ticket");
}

TEST_F(Erasure, AClockThatJumpedAYearErasesNothing) {
    call("call-1", 0);
    call("call-2", 20 * kDayMs);
    auto report = sweepByItself(400 * kDayMs);
    ASSERT_TRUE(report) << report.error().detail;
    ASSERT_TRUE(report->clockDoubt);
    EXPECT_NE(report->clockDoubt->find("1971-02-05"), std::string::npos) << *report->clockDoubt;
    call("call-3", 400 * kDayMs);  // made by the same wrong clock, so it proves nothing yet
    EXPECT_TRUE(sweepByItself(401 * kDayMs).value().clockDoubt);
    EXPECT_EQ(history({}).value().total, 3);
}

TEST_F(Erasure, AServerThatWasOffForMonthsGoesOnAfterAWeekOfCalls) {
    call("call-1", 0);
    for (int day = 400; day <= 410; ++day) call("call-" + std::to_string(day), day * kDayMs);
    EXPECT_TRUE(sweepByItself(406 * kDayMs).value().clockDoubt);
    auto report = sweepByItself(410 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->clockDoubt);
    EXPECT_EQ(report->erased, std::vector{CallId{"call-1"}});
}

TEST_F(Erasure, ACallInTheFutureIsNamedAndHoldsTheSweep) {
    call("call-1", 0);
    call("call-2", 20 * kDayMs);
    auto report = sweepByItself(18 * kDayMs);
    ASSERT_TRUE(report && report->clockDoubt);
    EXPECT_NE(report->clockDoubt->find("purge --call call-2"), std::string::npos) << *report->clockDoubt;
    EXPECT_FALSE(sweepByItself(20 * kDayMs).value().clockDoubt);
}

TEST_F(Erasure, WithoutRulesNothingIsErased) {
    plant("call-1", 0, "+33123456789");
    ASSERT_TRUE(sweepAt({}, 10'000 * kDayMs));
    EXPECT_EQ(hits(), 1);
}

TEST_F(Erasure, ASweepFinishesWhatADeletionLeftInTheFile) {
    plant("call-1", 0, "+33123456789");
    ASSERT_TRUE(commit({calls::DeleteCall{CallId{"call-1"}}}));
    ASSERT_TRUE(sweepAt({}, 0));
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
}

TEST_F(Erasure, DatabasesThatARestoreKeptAreErasedToo) {
    plant("call-1", 1'000, "+33123456789");
    const auto backup = scratch_.path() / "backup.db";
    ASSERT_TRUE(backupTo(dataDir(), backup));
    store_.reset();
    ASSERT_TRUE(restoreFrom(backup, dataDir()));
    open();
    auto report = eraseAll(OneCall{CallId{"call-1"}});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->replacedDatabasesErased, 1);
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
}

/// Of a call that only they know, nothing else will ever be due.
TEST_F(Erasure, AReplacedDatabaseGoesWhenAPersonAsksAndByItselfAtTheAgeOfItsWords) {
    const auto backup = scratch_.path() / "backup.db";
    ASSERT_TRUE(backupTo(dataDir(), backup));
    const auto replace = [&] {
        plant("call-since", 0, "+33123456789");
        store_.reset();
        const auto restored = restoreFrom(backup, dataDir());
        ASSERT_TRUE(restored) << restored.error().detail;
        const auto cutShort = dataDir() / "ninja.db.restoring";
        std::filesystem::copy_file(restored->kept, cutShort);
        const auto when = std::filesystem::file_time_type::clock::from_sys(fromEpochMs(1'000 * kDayMs));
        for (const auto& file : {restored->kept, cutShort}) std::filesystem::last_write_time(file, when);
        open();
        ASSERT_FALSE(filesWithTheWord().empty());
    };
    replace();
    ASSERT_TRUE(sweepAt({days{90}, {}, {}}, 1'000 * kDayMs));
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
    replace();
    ASSERT_TRUE(sweepByItself(1'090 * kDayMs));
    EXPECT_FALSE(filesWithTheWord().empty());
    ASSERT_TRUE(sweepByItself(1'091 * kDayMs));
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
}

TEST(SameNumber, IsKnownInItsUsualForms) {
    EXPECT_TRUE(isSameNumber("+33 1 23 45 67 89", "0033123456789"));
    EXPECT_TRUE(isSameNumber("+33123456789", "0123456789"));
    EXPECT_TRUE(isSameNumber("33123456789", "+33123456789"));
    EXPECT_TRUE(isSameNumber("201", "201"));
    EXPECT_FALSE(isSameNumber("+33123456789", "0123456780"));
    EXPECT_FALSE(isSameNumber("+33123456789", "+32123456789"));
    EXPECT_FALSE(isSameNumber("201", "+33123456201"));
    EXPECT_FALSE(isSameNumber("", ""));
    EXPECT_FALSE(isSameNumber("anonymous", ""));
}

}  // namespace
}  // namespace ninja3cx::storage
