#pragma once

#include "server/storage/sqlite_store.hpp"
#include "server/tests/scratch.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

namespace ninja3cx::test {

inline protocol::Call endedCall(const std::string& id, std::int64_t startedAtMs = 1'000) {
    protocol::Call call;
    call.callId = CallId{id};
    call.extension = Extension{"201"};
    call.technician = "Alice Martin";
    call.direction = protocol::Direction::Inbound;
    call.state = protocol::CallState::Ended;
    call.stage = protocol::CallStage::Closed;
    call.recording = protocol::Recording::Active;
    call.remoteNumber = "+33123456789";
    call.startedAtMs = startedAtMs;
    call.answeredAtMs = startedAtMs + 5'000;
    return call;
}

inline protocol::Utterance said(const std::string& callId, std::int64_t startMs, const std::string& text) {
    protocol::Utterance utterance;
    utterance.callId = CallId{callId};
    utterance.utteranceId = UtteranceId{"customer-" + std::to_string(startMs)};
    utterance.channel = protocol::Speaker::Customer;
    utterance.revision = 3;
    utterance.isFinal = true;
    utterance.startMs = startMs;
    utterance.endMs = startMs + 900;
    utterance.text = text;
    return utterance;
}

inline protocol::Analysis printerAnalysis(const std::string& callId) {
    protocol::Analysis analysis;
    analysis.id = callId;
    analysis.category = protocol::Category::PrinterScanner;
    analysis.sentiment = protocol::Sentiment::Negative;
    analysis.priority = protocol::Priority::High;
    analysis.ticketWarranted = true;
    analysis.subject = "Imprimante en panne";
    analysis.entities["device"] = {"HP"};
    return analysis;
}

/// As a better model heard it after the call.
inline calls::SaveVersion heardAgain(const std::string& callId, const std::string& text) {
    calls::TranscriptVersion version;
    version.model = "large-v3-turbo-q8_0";
    version.madeAtMs = 20'000;
    version.utterances = {said(callId, 0, text)};
    version.utterances[0].revision = 1;
    version.utterances[0].stableBytes = static_cast<std::int32_t>(text.size());
    return {CallId{callId}, version};
}

inline protocol::Draft draftOf(const std::string& callId, protocol::DraftState state) {
    protocol::Draft draft;
    draft.draftId = DraftId{"draft-" + callId};
    draft.callId = CallId{callId};
    draft.extension = Extension{"201"};
    draft.state = state;
    draft.revision = 2;
    draft.fields.subject = "Imprimante du 2e étage";
    draft.generated.subject = "Imprimante en panne";
    draft.generated.category = protocol::Category::PrinterScanner;
    draft.changedAtMs = 9'000;
    return draft;
}

inline protocol::Delivery created(std::int64_t ticketId) {
    protocol::Delivery delivery;
    delivery.state = protocol::DeliveryState::Created;
    delivery.ticketId = TicketId{ticketId};
    delivery.hasTranscriptNote = true;
    return delivery;
}

inline calls::OutboxEntry outboxOf(const std::string& callId, protocol::DeliveryState state) {
    calls::OutboxEntry entry;
    entry.draftId = DraftId{"draft-" + callId};
    entry.callId = CallId{callId};
    entry.extension = Extension{"201"};
    entry.marker = "3CX-" + callId;
    entry.fields.subject = "Imprimante du 2e étage";
    entry.description = "Résumé";
    entry.transcriptNote = "Client : bonjour";
    entry.delivery.state = state;
    entry.step = R"({"phase":"queued"})";
    entry.createdAtMs = 8'000;
    return entry;
}

/// A data directory with an open store, whose answers are waited for.
class StoreFixture : public testing::Test {
protected:
    StoreFixture() { open(); }

    void open() {
        store_.reset();
        auto store = storage::SqliteStore::open(scratch_.path() / "data", io_.get_executor());
        ASSERT_TRUE(store) << store.error().detail;
        store_ = std::move(*store);
    }
    std::filesystem::path dataDir() const { return scratch_.path() / "data"; }

    /// Runs the executor until the handler given to `ask` has been called.
    template <class T, class Ask>
    Result<T> answerOf(Ask ask) {
        std::optional<Result<T>> answer;
        ask([&](Result<T> result) { answer = std::move(result); });
        while (!answer) {
            if (io_.run_one_for(std::chrono::seconds{60}) == 0)
                return Error{ErrorKind::TimedOut, "the store did not answer"};
        }
        return std::move(*answer);
    }
    Result<void> commit(std::vector<calls::Change> changes) {
        return answerOf<void>([&](auto done) { store_->commit(std::move(changes), done); });
    }
    Result<storage::HistoryPage> history(const storage::HistoryFilter& filter) {
        return answerOf<storage::HistoryPage>([&](auto done) { store_->history(filter, done); });
    }
    Result<storage::CallDetail> detail(const std::string& callId) {
        return answerOf<storage::CallDetail>([&](auto done) { store_->callDetail(CallId{callId}, done); });
    }

    Scratch scratch_;
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> working_{io_.get_executor()};
    std::unique_ptr<storage::SqliteStore> store_;
};

}  // namespace ninja3cx::test
