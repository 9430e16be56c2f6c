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
        auto draft = test::draftOf(callId, draftState);
        draft.fields.summary = kSpoken;
        auto analysis = test::printerAnalysis(callId);
        analysis.summary = kSpoken;
        auto entry = test::outboxOf(callId, protocol::DeliveryState::Created);
        entry.transcriptNote = kSpoken;
        entry.delivery = test::created(4711);
        std::vector<calls::Change> changes{calls::SaveCall{call, ""}, calls::SaveDraft{draft},
                                           calls::SaveAnalysis{CallId{callId}, analysis},
                                           calls::SaveOutbox{entry}};
        for (int i = 0; i < 200; ++i) {
            changes.push_back(calls::SaveUtterance{
                test::said(callId, i * 1'000, "mot " + kSpoken + " numéro " + std::to_string(i))});
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
        return answerOf<ErasureReport>([&](auto done) { store_->sweep(rules, nowMs, done); });
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
    EXPECT_TRUE(readOpenWork(database, 0).value().drafts.empty());
}

TEST_F(Erasure, RetentionTakesTranscriptsFirstAndCallsLater) {
    plant("call-1", 0, "+33123456789");
    const RetentionRules rules{days{30}, days{90}, days{365}};
    auto report = sweepAt(rules, 29 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->transcriptsErased, 0);
    EXPECT_EQ(hits(), 1);
    report = sweepAt(rules, 31 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->transcriptsErased, 1);
    EXPECT_EQ(hits(), 0);
    EXPECT_TRUE(detail("call-1").value().isTranscriptErased);
    EXPECT_TRUE(detail("call-1").value().utterances.empty());
    EXPECT_TRUE(detail("call-1").value().analysis);
    EXPECT_EQ(test::filesWith(dataDir(), kIndexed), std::vector<std::string>{});
    report = sweepAt(rules, 32 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->transcriptsErased, 0);
    report = sweepAt(rules, 91 * kDayMs);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->erased, std::vector{CallId{"call-1"}});
    EXPECT_EQ(filesWithTheWord(), std::vector<std::string>{});
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
