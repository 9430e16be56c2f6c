#include "server/storage/sqlite_store.hpp"

#include "server/tests/storage/samples.hpp"

#include <sys/resource.h>

#include <csignal>

namespace ninja3cx::storage {
namespace {

using protocol::CallStage;
using protocol::DeliveryState;
using protocol::DraftState;

class SqliteStoreTest : public test::StoreFixture {};

TEST_F(SqliteStoreTest, WhatWasCommittedIsThereAfterReopening) {
    protocol::Call call = test::endedCall("call-1");
    call.stage = CallStage::Analysing;
    const auto first = test::said("call-1", 100, "bonjour");
    auto second = test::said("call-1", 2'000, "l'imprimante de Nordconfort est en panne");
    second.corrections = {{17, 11, "nord confor"}};
    const auto draft = test::draftOf("call-1", DraftState::Confirmed);
    const auto entry = test::outboxOf("call-1", DeliveryState::Queued);
    ASSERT_TRUE(commit({calls::SaveCall{call, "3cx/201/7/9"}, calls::SaveUtterance{second},
                        calls::SaveUtterance{first},
                        calls::SaveAnalysis{CallId{"call-1"}, test::printerAnalysis("call-1")},
                        calls::SaveDraft{draft}, calls::SaveOutbox{entry}}));
    open();
    const auto work = store_->loadOpenWork({}).value();
    ASSERT_EQ(work.calls.size(), 1U);
    EXPECT_EQ(work.calls[0].call, call);
    EXPECT_EQ(work.calls[0].phoneKey, "3cx/201/7/9");
    EXPECT_EQ(work.calls[0].utterances, (std::vector{first, second}));
    EXPECT_EQ(work.calls[0].analysis, test::printerAnalysis("call-1"));
    EXPECT_EQ(work.drafts, std::vector{draft});
    EXPECT_EQ(work.outbox, std::vector{entry});
}

TEST_F(SqliteStoreTest, ClosingLeavesNothingInTheLogAlone) {
    auto reader = openDatabase(dataDir()).value();  // while it is open SQLite leaves the log at closing
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}}));
    const auto log = databaseFile(dataDir()).string() + "-wal";
    EXPECT_GT(std::filesystem::file_size(log), 0U);
    store_.reset();
    EXPECT_EQ(std::filesystem::file_size(log), 0U);
}

TEST_F(SqliteStoreTest, ANoteThatFollowsAfterARestartIsToldByTheDraft) {
    auto draft = test::draftOf("call-1", DraftState::Confirmed);
    auto entry = test::outboxOf("call-1", DeliveryState::Created);
    draft.delivery = entry.delivery = test::created(4711);
    draft.delivery.hasTranscriptNote = entry.delivery.hasTranscriptNote = false;
    ASSERT_TRUE(commit(
        {calls::SaveCall{test::endedCall("call-1"), ""}, calls::SaveDraft{draft}, calls::SaveOutbox{entry}}));
    open();
    const auto work = store_->loadOpenWork({}).value();
    EXPECT_TRUE(work.drafts.empty());
    ASSERT_EQ(work.outbox.size(), 1U);
    entry.delivery.hasTranscriptNote = true;
    entry.transcriptNote.clear();
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}}));
    EXPECT_EQ(detail("call-1").value().draft->delivery, entry.delivery);
}

TEST_F(SqliteStoreTest, AStopBetweenOutboxAndDraftIsMadeGoodAtTheNextStart) {
    auto draft = test::draftOf("call-1", DraftState::Confirmed);
    auto entry = test::outboxOf("call-1", DeliveryState::Created);
    entry.delivery = test::created(4711);
    entry.transcriptNote.clear();
    draft.delivery = entry.delivery;
    draft.delivery.hasTranscriptNote = false;
    ASSERT_TRUE(commit(
        {calls::SaveCall{test::endedCall("call-1"), ""}, calls::SaveOutbox{entry}, calls::SaveDraft{draft}}));
    EXPECT_FALSE(detail("call-1").value().draft->delivery.hasTranscriptNote);
    open();
    ASSERT_TRUE(store_->loadOpenWork({}));
    EXPECT_EQ(detail("call-1").value().draft->delivery, entry.delivery);
}

TEST_F(SqliteStoreTest, OneBadChangeUndoesTheWholeCommit) {
    auto done = commit({calls::SaveCall{test::endedCall("call-1"), ""},
                        calls::SaveUtterance{test::said("call-of-nobody", 0, "bonjour")}});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(history({}).value().total, 0);
    EXPECT_TRUE(commit({calls::SaveCall{test::endedCall("call-2"), ""}}));
}

TEST_F(SqliteStoreTest, AFinalTextIsNeverReplacedNorDoubled) {
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""},
                        calls::SaveUtterance{test::said("call-1", 0, "bonjour")}}));
    ASSERT_TRUE(commit({calls::SaveUtterance{test::said("call-1", 0, "au revoir")}}));
    const auto detail = this->detail("call-1").value();
    ASSERT_EQ(detail.utterances.size(), 1U);
    EXPECT_EQ(detail.utterances[0].text, "bonjour");
}

TEST_F(SqliteStoreTest, WhatIsHeardAfterTheCallStandsBesideTheFinalTexts) {
    const auto live = test::said("call-1", 0, "le vé pé aine est en panne");
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}, calls::SaveUtterance{live}}));
    EXPECT_EQ(detail("call-1").value().versions, std::vector<calls::TranscriptVersion>{});
    const auto better = test::heardAgain("call-1", "le VPN est en panne");
    ASSERT_TRUE(commit({better}));
    auto again = better;
    again.version.utterances[0].text = "le VPN est en peine";
    ASSERT_TRUE(commit({again}));  // as after a crash between storing and deleting the audio
    const auto known = detail("call-1").value();
    EXPECT_EQ(known.versions, std::vector{better.version});
    ASSERT_EQ(known.utterances.size(), 1U);
    EXPECT_EQ(known.utterances[0].text, live.text);
    HistoryFilter filter;
    filter.text = "VPN";  // the search knows the final texts alone
    EXPECT_EQ(history(filter).value().total, 0);
}

TEST_F(SqliteStoreTest, AVersionOfNoWordsIsOneToo) {
    auto silent = test::heardAgain("call-1", "");
    silent.version.utterances.clear();
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}, silent}));
    EXPECT_EQ(detail("call-1").value().versions, std::vector{silent.version});
}

TEST_F(SqliteStoreTest, VersionsGoWithTheirCallAndNoneComesAfterIt) {
    const auto version = test::heardAgain("call-1", "le VPN est en panne");
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}, version}));
    ASSERT_TRUE(commit({calls::DeleteCall{CallId{"call-1"}}}));
    ASSERT_TRUE(commit({version, calls::NoteHearing{CallId{"call-1"}, 1}}));
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}}));
    EXPECT_TRUE(detail("call-1").value().versions.empty());
    auto database = openDatabase(dataDir()).value();
    EXPECT_EQ(database.integer("SELECT count(*) FROM version_utterances").value(), 0);
    EXPECT_EQ(database.integer("SELECT count(*) FROM hearings").value(), 0);
}

TEST_F(SqliteStoreTest, TellsWhetherACallIsToBeHeardAgain) {
    using Facts = std::optional<calls::HearingFacts>;
    const auto facts = [&](const std::string& callId) {
        return answerOf<Facts>([&](auto done) { store_->hearing(CallId{callId}, done); }).value();
    };
    auto blocked = test::endedCall("call-2");
    blocked.recording = protocol::Recording::Blocked;
    auto call = test::endedCall("call-1", 1'000);
    protocol::Contact contact;
    contact.name = "Claire Martin";
    contact.organizationName = "Exemple SARL";
    call.caller.contacts.push_back(contact);
    ASSERT_TRUE(commit({calls::SaveCall{call, ""}, calls::SaveCall{blocked, ""}}));
    EXPECT_FALSE(facts("call-unknown"));
    EXPECT_EQ(facts("call-1")->promptWords, (std::vector<std::string>{"Claire Martin", "Exemple SARL"}));
    EXPECT_FALSE(facts("call-2")->isWanted);
    EXPECT_TRUE(facts("call-1")->isWanted);
    EXPECT_FALSE(facts("call-1")->hasVersion);
    EXPECT_EQ(facts("call-1")->begun, 0);
    EXPECT_EQ(facts("call-1")->overAtMs, 6'000);  // the answer: its end is not known
    call.endedAtMs = 9'000;
    ASSERT_TRUE(commit({calls::SaveCall{call, ""}, calls::NoteHearing{call.callId, 2},
                        test::heardAgain("call-1", "le VPN est en panne")}));
    EXPECT_TRUE(facts("call-1")->hasVersion);
    EXPECT_EQ(facts("call-1")->begun, 2);
    EXPECT_EQ(facts("call-1")->overAtMs, 9'000);
}

TEST_F(SqliteStoreTest, SettledWorkIsNotTakenUpAgain) {
    auto discarded = test::draftOf("call-1", DraftState::Discarded);
    auto delivered = test::draftOf("call-2", DraftState::Confirmed);
    delivered.delivery = test::created(4711);
    auto deliveredEntry = test::outboxOf("call-2", DeliveryState::Queued);
    deliveredEntry.delivery = delivered.delivery;
    auto givenUp = test::draftOf("call-3", DraftState::Confirmed);
    givenUp.delivery.state = DeliveryState::Rejected;
    givenUp.delivery.problemCode = "givenUp";
    auto givenUpEntry = test::outboxOf("call-3", DeliveryState::Rejected);
    givenUpEntry.delivery = givenUp.delivery;
    for (const auto& draft : {discarded, delivered, givenUp})
        ASSERT_TRUE(
            commit({calls::SaveCall{test::endedCall(draft.callId.value()), ""}, calls::SaveDraft{draft}}));
    ASSERT_TRUE(commit({calls::SaveOutbox{deliveredEntry}, calls::SaveOutbox{givenUpEntry}}));
    const auto work = store_->loadOpenWork({}).value();
    EXPECT_EQ(work.createdToday, 1);
    EXPECT_EQ(store_->loadOpenWork({9'500}).value().createdToday, 0);
    EXPECT_TRUE(work.calls.empty());
    EXPECT_TRUE(work.drafts.empty());
    EXPECT_TRUE(work.outbox.empty());
}

TEST_F(SqliteStoreTest, ClosedCallsWhoseAudioIsNotTextYetAreTakenUpAgain) {
    auto missing = test::endedCall("call-missing", 5'000);
    auto old = test::endedCall("call-old", 4'999);
    auto complete = test::endedCall("call-complete", 5'000);
    complete.isAudioComplete = true;
    auto blocked = test::endedCall("call-blocked", 5'000);
    blocked.recording = protocol::Recording::Blocked;
    auto missed = test::endedCall("call-missed", 5'000);
    missed.answeredAtMs.reset();
    for (const auto& call : {missing, old, complete, blocked, missed})
        ASSERT_TRUE(commit({calls::SaveCall{call, ""}}));
    const auto idsOf = [](const calls::OpenWork& work) {
        std::vector<std::string> ids;
        for (const auto& open : work.calls) ids.push_back(open.call.callId.value());
        return ids;
    };
    EXPECT_EQ(idsOf(store_->loadOpenWork({0, 5'000, {}}).value()), std::vector<std::string>{"call-missing"});
    EXPECT_EQ(idsOf(store_->loadOpenWork({0, 6'000, {CallId{"call-complete"}, CallId{"call-none"}}}).value()),
              std::vector<std::string>{"call-complete"});
}

TEST_F(SqliteStoreTest, WorkThatSomebodyMustDecideIsTakenUpAgain) {
    auto draft = test::draftOf("call-1", DraftState::Confirmed);
    draft.delivery.state = DeliveryState::Unconfirmed;
    auto entry = test::outboxOf("call-1", DeliveryState::Unconfirmed);
    ASSERT_TRUE(commit(
        {calls::SaveCall{test::endedCall("call-1"), ""}, calls::SaveDraft{draft}, calls::SaveOutbox{entry}}));
    const auto work = store_->loadOpenWork({}).value();
    EXPECT_EQ(work.calls.size(), 1U);
    EXPECT_EQ(work.drafts, std::vector{draft});
    EXPECT_EQ(work.outbox, std::vector{entry});
}

TEST_F(SqliteStoreTest, ACreatedTicketWithoutItsNoteIsTakenUpAgain) {
    auto entry = test::outboxOf("call-1", DeliveryState::Created);
    entry.delivery.ticketId = TicketId{4711};
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}}));
    EXPECT_EQ(store_->loadOpenWork({}).value().outbox, std::vector{entry});
    entry.delivery.hasTranscriptNote = true;
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}}));
    EXPECT_TRUE(store_->loadOpenWork({}).value().outbox.empty());
}

TEST_F(SqliteStoreTest, WhatBecameOfATicketIsToldByItsSettledDraft) {
    protocol::Draft draft = test::draftOf("call-1", protocol::DraftState::Confirmed);
    draft.delivery = test::created(1042);
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}, calls::SaveDraft{draft}}));
    const protocol::TicketProgress resolved{5000, 5000, "Résolu", false, 12'000, 13'000};
    ASSERT_TRUE(commit({calls::SaveProgress{TicketId{1042}, resolved}}));
    ASSERT_TRUE(commit({calls::SaveProgress{TicketId{1043}, resolved}}));  // nobody's

    OpenWorkScope scope;
    EXPECT_TRUE(store_->loadOpenWork(scope).value().recent.empty());
    scope.recentSinceMs = draft.changedAtMs;
    const auto recent = store_->loadOpenWork(scope).value().recent;
    ASSERT_EQ(recent.size(), 1U);
    EXPECT_EQ(recent[0].draftId, draft.draftId);
    EXPECT_EQ(recent[0].delivery.progress, resolved);
}

TEST_F(SqliteStoreTest, TellsWhichCallsAnAgentProgramMaySayAgain) {
    const auto closed = [](const std::string& callId, std::int64_t startedAtMs) {
        protocol::Call call = test::endedCall(callId);
        call.stage = protocol::CallStage::Closed;
        call.startedAtMs = startedAtMs;
        return call;
    };
    ASSERT_TRUE(commit({calls::SaveCall{closed("call-1", 1'000), "agent/201/softphone/a1"},
                        calls::SaveCall{closed("call-2", 2'000), "agent/201/softphone/a2"},
                        calls::SaveCall{closed("call-3", 3'000), "3cx/201/4711/8106"}}));
    OpenWorkScope scope;
    EXPECT_TRUE(store_->loadOpenWork(scope).value().closedKeys.empty());
    scope.lateAudioSinceMs = 2'000;
    EXPECT_EQ(store_->loadOpenWork(scope).value().closedKeys,
              std::vector<std::string>{"agent/201/softphone/a2"});
}

TEST_F(SqliteStoreTest, AllTicketsOfTheTimeAreFollowedThoughNotAllAreOffered) {
    constexpr int kTickets = 2'100;
    const protocol::TicketProgress resolved{5000, 5000, "Résolu", false, 12'000, 13'000};
    protocol::Draft draft = test::draftOf("call-1", protocol::DraftState::Confirmed);
    draft.delivery = test::created(1042);
    std::vector<calls::Change> changes{calls::SaveCall{test::endedCall("call-1"), ""}};
    for (int i = 0; i < kTickets; ++i) {
        draft.draftId = DraftId{"draft-" + std::to_string(i)};
        draft.changedAtMs = 50'000 + i;
        draft.delivery.ticketId = TicketId{i + 1};
        changes.emplace_back(calls::SaveDraft{draft});
    }
    changes.emplace_back(calls::SaveProgress{TicketId{2}, resolved});
    ASSERT_TRUE(commit(std::move(changes)));

    OpenWorkScope scope;
    EXPECT_TRUE(store_->loadOpenWork(scope).value().tickets.empty());
    scope.recentSinceMs = 50'001;
    const auto work = store_->loadOpenWork(scope).value();
    EXPECT_EQ(work.recent.size(), 2'000U);
    ASSERT_EQ(work.tickets.size(), static_cast<std::size_t>(kTickets - 1));
    EXPECT_EQ(work.tickets.front(), (calls::OpenWork::Ticket{TicketId{kTickets}, 50'000 + kTickets - 1, {}}));
    EXPECT_EQ(work.tickets.back(), (calls::OpenWork::Ticket{TicketId{2}, 50'001, resolved}));
}

TEST_F(SqliteStoreTest, WhatBecameOfATicketStaysWhenItsDeliveryIsStoredAgain) {
    const protocol::TicketProgress resolved{5000, 5000, "Résolu", false, 12'000, 13'000};
    protocol::Draft draft = test::draftOf("call-1", protocol::DraftState::Confirmed);
    draft.delivery = test::created(1042);
    draft.delivery.hasTranscriptNote = false;
    auto entry = test::outboxOf("call-1", DeliveryState::Created);
    entry.delivery = draft.delivery;
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}, calls::SaveDraft{draft},
                        calls::SaveOutbox{entry}, calls::SaveProgress{TicketId{1042}, resolved}}));
    entry.delivery.hasTranscriptNote = true;
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}}));

    OpenWorkScope scope;
    scope.recentSinceMs = draft.changedAtMs;
    draft.delivery.hasTranscriptNote = true;
    draft.delivery.progress = resolved;
    EXPECT_EQ(store_->loadOpenWork(scope).value().recent, std::vector{draft});
}

TEST_F(SqliteStoreTest, WhatBecameOfATicketStaysWhenAStartTakesItsDeliveryFromTheOutbox) {
    const protocol::TicketProgress resolved{5000, 5000, "Résolu", false, 12'000, 13'000};
    protocol::Draft draft = test::draftOf("call-1", protocol::DraftState::Confirmed);
    draft.delivery = test::created(1042);
    draft.delivery.hasTranscriptNote = false;
    auto entry = test::outboxOf("call-1", DeliveryState::Created);
    entry.delivery = test::created(1042);
    // As a server that stopped between the two has left it.
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}, calls::SaveCall{test::endedCall("call-1"), ""},
                        calls::SaveDraft{draft}, calls::SaveProgress{TicketId{1042}, resolved}}));

    OpenWorkScope scope;
    scope.recentSinceMs = draft.changedAtMs;
    draft.delivery.hasTranscriptNote = true;
    draft.delivery.progress = resolved;
    EXPECT_EQ(store_->loadOpenWork(scope).value().recent, std::vector{draft});
}

TEST_F(SqliteStoreTest, AnAmendmentIsKeptBesideTheRefusedEntryUntilThatIsStoredAgain) {
    auto entry = test::outboxOf("call-1", DeliveryState::Rejected);
    entry.step = R"({"phase":"rejected"})";
    protocol::DraftFields fields = entry.fields;
    fields.subject = "Imprimante du hall";
    ASSERT_TRUE(commit({calls::SaveOutbox{entry},
                        calls::SaveAmendment{entry.draftId, {fields, "Description", "Transcription", {}}}}));
    const auto amended = store_->loadOpenWork({}).value().outbox;
    ASSERT_EQ(amended.size(), 1U);
    EXPECT_EQ(amended[0].step, entry.step) << "what the desk knows of earlier attempts";
    EXPECT_EQ(amended[0].fields, entry.fields);
    ASSERT_TRUE(amended[0].amended);
    EXPECT_EQ(amended[0].amended->fields, fields);
    EXPECT_EQ(amended[0].amended->transcriptNote, "Transcription");

    ASSERT_TRUE(commit({calls::SaveOutbox{calls::withAmendment(amended[0])}}));
    const auto begun = store_->loadOpenWork({}).value().outbox;
    EXPECT_FALSE(begun[0].amended);
    EXPECT_EQ(begun[0].description, "Description");
}

TEST_F(SqliteStoreTest, OneDraftHasOneOutboxRow) {
    auto entry = test::outboxOf("call-1", DeliveryState::Queued);
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}}));
    entry.delivery.state = DeliveryState::Sending;
    entry.step = R"({"phase":"sending"})";
    ASSERT_TRUE(commit({calls::SaveOutbox{entry}}));
    EXPECT_EQ(store_->loadOpenWork({}).value().outbox, std::vector{entry});
    auto sameMarker = test::outboxOf("call-2", DeliveryState::Queued);
    sameMarker.marker = entry.marker;
    EXPECT_EQ(commit({calls::SaveOutbox{sameMarker}}).error().kind, ErrorKind::Conflict);
}

TEST_F(SqliteStoreTest, AnswersComeInTheOrderOfTheCommits) {
    std::vector<int> order;
    constexpr int kCommits = 50;
    for (int i = 0; i < kCommits; ++i)
        store_->commit({calls::SaveCall{test::endedCall("call-" + std::to_string(i)), ""}},
                       [&order, i](Result<void> done) {
                           EXPECT_TRUE(done);
                           order.push_back(i);
                       });
    EXPECT_EQ(history({}).value().total, kCommits);  // a query sees every commit asked for before it
    ASSERT_EQ(order.size(), kCommits);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST_F(SqliteStoreTest, ClosingFinishesWhatWasAskedFor) {
    for (int i = 0; i < 20; ++i)
        store_->commit({calls::SaveCall{test::endedCall("call-" + std::to_string(i)), ""}},
                       [](Result<void>) {});
    open();
    EXPECT_EQ(history({}).value().total, 20);
}

TEST_F(SqliteStoreTest, ASecondStoreOnTheSameDirectoryIsRefused) {
    auto second = SqliteStore::open(dataDir(), io_.get_executor());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
}

/// While it lives no file of this process may grow further.
class FullDisk {
public:
    explicit FullDisk(std::uintmax_t bytes) : previous_(std::signal(SIGXFSZ, SIG_IGN)) {
        EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
        struct rlimit small = before_;
        small.rlim_cur = bytes;
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    }
    ~FullDisk() {
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &before_), 0);
        std::signal(SIGXFSZ, previous_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    struct rlimit before_ {};
    void (*previous_)(int);
};

TEST_F(SqliteStoreTest, OneThatWasKilledComesUpOnAFullDisk) {
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""},
                        calls::SaveUtterance{test::said("call-1", 0, std::string(1'000'000, 'x'))}}));
    const auto killed = scratch_.path() / "killed";
    std::filesystem::copy(dataDir(), killed, std::filesystem::copy_options::recursive);
    const auto size = std::filesystem::file_size(databaseFile(killed));
    ASSERT_GT(std::filesystem::file_size(databaseFile(killed).string() + "-wal"), size);
    {
        const FullDisk full{size};
        auto opened = SqliteStore::open(killed, io_.get_executor());
        ASSERT_TRUE(opened) << opened.error().detail;
        store_ = std::move(*opened);
        EXPECT_TRUE(store_->loadOpenWork({}));
        EXPECT_EQ(history({}).value().total, 1);
        EXPECT_FALSE(commit({calls::SaveCall{test::endedCall("call-2"), ""}}));
        EXPECT_TRUE(store_->problem());
    }
    EXPECT_TRUE(commit({calls::SaveCall{test::endedCall("call-2"), ""}}));
    EXPECT_FALSE(store_->problem());
}

TEST_F(SqliteStoreTest, ADiskThatTakesNoMoreFailsTheCommitAndLosesNothingElse) {
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}}));
    Result<void> done;
    {
        const FullDisk full{512UL * 1024};
        done = commit({calls::SaveCall{test::endedCall("call-2"), ""},
                       calls::SaveUtterance{test::said("call-2", 0, std::string(4'000'000, 'x'))}});
    }
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Io);
    EXPECT_EQ(history({}).value().total, 1);
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-3"), ""}}));
    open();
    EXPECT_EQ(history({}).value().total, 2);
}

TEST_F(SqliteStoreTest, TellsOnceThatCommitsFailAndOnceThatTheySucceedAgain) {
    std::vector<std::string> told;
    store_->onProblem(
        [&](const std::optional<Error>& problem) { told.push_back(problem ? problem->detail : "good"); });
    const auto write = [&] { return commit({calls::SaveCall{test::endedCall("call-1"), ""}}).has_value(); };
    EXPECT_TRUE(write());
    EXPECT_TRUE(told.empty());
    auto other = openDatabase(dataDir()).value();
    ASSERT_TRUE(
        other.run("CREATE TRIGGER full BEFORE INSERT ON calls BEGIN"
                  " SELECT RAISE(ABORT, 'the disk is full'); END"));
    EXPECT_FALSE(write());
    EXPECT_FALSE(write());
    EXPECT_TRUE(commit({}));
    ASSERT_EQ(told.size(), 1U) << "a commit without changes is no sign of health";
    EXPECT_NE(told[0].find("the disk is full"), std::string::npos) << told[0];
    EXPECT_TRUE(store_->problem());
    ASSERT_TRUE(other.run("DROP TRIGGER full"));
    EXPECT_TRUE(write());
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1], "good");
    EXPECT_FALSE(store_->problem());
}

TEST_F(SqliteStoreTest, FindsOutByItselfThatTheDiskTakesWritesAgain) {
    int told = 0;
    store_->onProblem([&](const std::optional<Error>&) { ++told; });
    const auto probe = [&] {
        store_->probe();
        (void)history({});  // waits behind it
    };
    const auto wal = databaseFile(dataDir()).string() + "-wal";
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}}));
    const auto size = std::filesystem::file_size(wal);
    probe();
    EXPECT_EQ(std::filesystem::file_size(wal), size) << "all is well: nothing is asked";
    {
        const FullDisk full{size};
        EXPECT_FALSE(commit({calls::SaveCall{test::endedCall("call-2"), ""}}));
        probe();  // leaves it to those that commit
        probe();
        EXPECT_TRUE(store_->problem());
    }
    probe();
    EXPECT_FALSE(store_->problem());
    EXPECT_EQ(told, 2);
    EXPECT_EQ(history({}).value().total, 1);
}

TEST_F(SqliteStoreTest, KeysAreReachedOffTheNetworkThread) {
    ApiKey key;
    key.keyId = "key-1";
    key.hash = "abc";
    key.role = "admin";
    auto added = answerOf<void>(
        [&](auto done) { store_->withKeys<void>([key](ApiKeys& keys) { return keys.add(key); }, done); });
    ASSERT_TRUE(added);
    auto listed = answerOf<std::vector<ApiKey>>([&](auto done) {
        store_->withKeys<std::vector<ApiKey>>([](ApiKeys& keys) { return keys.list(); }, done);
    });
    EXPECT_EQ(listed.value(), std::vector{key});
}

TEST_F(SqliteStoreTest, ADeletedCallIsGoneButNeverGetsASecondTicket) {
    auto entry = test::outboxOf("call-1", DeliveryState::Created);
    ASSERT_TRUE(
        commit({calls::SaveCall{test::endedCall("call-1"), ""},
                calls::SaveUtterance{test::said("call-1", 0, "bonjour")},
                calls::SaveDraft{test::draftOf("call-1", DraftState::Confirmed)}, calls::SaveOutbox{entry}}));
    ASSERT_TRUE(commit({calls::DeleteCall{CallId{"call-1"}}}));
    EXPECT_EQ(detail("call-1").error().kind, ErrorKind::NotFound);
    HistoryFilter filter;
    filter.text = "bonjour";
    EXPECT_EQ(history(filter).value().total, 0);
    auto again = test::outboxOf("call-9", DeliveryState::Queued);
    again.marker = entry.marker;
    EXPECT_FALSE(commit({calls::SaveOutbox{again}}));
}

}  // namespace
}  // namespace ninja3cx::storage
