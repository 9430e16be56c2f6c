#pragma once

#include "server/calls/call_hub.hpp"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// Doubles of the hub's ports. What they hold as "disk" survives the hub, as a disk survives a process.
namespace ninja3cx::calls::doubles {

/// A database in memory. Commits wait until `run`; `crashAfter` makes it die.
class FakeStore final : public Store {
public:
    struct Disk {
        std::map<CallId, protocol::Call> calls;
        std::map<CallId, std::string> phoneKeys;
        std::map<CallId, std::map<UtteranceId, protocol::Utterance>> utterances;
        std::map<CallId, std::vector<TranscriptVersion>> versions;
        std::map<CallId, std::int32_t> hearings;
        std::map<CallId, protocol::Analysis> analyses;
        std::map<DraftId, protocol::Draft> drafts;
        std::map<DraftId, OutboxEntry> outbox;
        std::vector<AuditEntry> audit;
        std::map<DraftId, int> outboxWrites;
        int utteranceRewrites = 0;  // finals written twice
        std::optional<std::int64_t> restoredAtMs;
        /// Late audio is waited for without end here; the hub knows its limit.
        OpenWork openWork(const std::set<CallId>& withAudio = {}) const;
        std::optional<HearingFacts> hearing(const CallId& callId) const;
    };
    enum class Death { BeforeStoring, AfterStoring };

    explicit FakeStore(Disk& disk) : disk_(disk) {}
    void commit(std::vector<Change> changes, Done done) override;
    /// Performs what waits; true if there was something.
    bool run();
    void crashAfter(int commits, Death death) {
        commitsLeft_ = commits;
        death_ = death;
    }
    bool isDead() const { return isDead_; }

    int commits = 0;
    int failures = 0;  // so many next commits fail

private:
    void apply(const Change& change);

    Disk& disk_;
    std::deque<std::pair<std::vector<Change>, Done>> waiting_;
    int commitsLeft_ = -1;
    Death death_ = Death::BeforeStoring;
    bool isDead_ = false;
};

class FakeJournal final : public AudioJournal {
public:
    using Disk = std::map<CallId, std::vector<protocol::AudioFrame>>;
    explicit FakeJournal(Disk& disk) : disk_(disk) {}
    void append(const CallId& callId, protocol::AudioFrame frame) override {
        waiting_.emplace_back(callId, std::move(frame));
    }
    void remove(const CallId& callId) override {
        disk_.erase(callId);
        removed.push_back(callId);
    }
    void erase(const CallId& callId) override {
        disk_.erase(callId);
        erased.push_back(callId);
    }
    /// Puts what waits on disk and tells the hub; true if there was something.
    bool run(CallHub& hub);

    std::vector<CallId> removed;
    std::vector<CallId> erased;
    bool fails = false;

private:
    Disk& disk_;
    std::deque<std::pair<CallId, protocol::AudioFrame>> waiting_;
};

/// Hears one utterance in each frame whose first sample is not zero: "agent 200" at 200 ms.
class FakeTranscriber final : public Transcriber {
public:
    void open(Stream stream) override;
    void feed(const CallId& callId, protocol::Speaker channel, std::int64_t callClockMs,
              std::vector<std::int16_t> samples) override;
    void finish(const CallId& callId, protocol::Speaker channel) override;
    void drop(const CallId& callId) override;
    bool run(CallHub& hub);

    int decoded = 0;
    int opened = 0;
    int misuse = 0;  // feed or finish without an open stream
    std::vector<CallId> dropped;
    std::vector<Stream> streams;                                 // all that were opened
    std::map<protocol::Speaker, std::vector<std::int64_t>> fed;  // where each piece begins, whatever its call
    std::string says;                                            // instead of "agent 200", if not empty

private:
    struct Open {
        Stream stream;
        bool isFinished = false;
        bool isDrained = false;
        std::deque<protocol::Utterance> texts;
    };
    std::map<std::pair<CallId, protocol::Speaker>, Open> streams_;
};

class FakeAnalyser final : public Analyser {
public:
    FakeAnalyser();
    void analyse(protocol::AnalysisInput input, Done done, Better better) override;
    /// Of each call: unhappy since a customer's text with "non", and each text with "danger" is an alert of its own.
    std::unique_ptr<CallReader> follow(const std::string& language) const override;
    Masked mask(const std::string& text, const std::string& language,
                const std::string& before) const override;
    std::span<const std::string_view> revealingEndings() const override { return {}; }
    bool run();

    protocol::Analysis answer;
    bool fails = false;
    bool isSlow = false;                    // answers only when this is false again
    mutable std::vector<std::string> read;  // texts, by all readers
    std::vector<protocol::AnalysisInput> inputs;
    Better better;                               // of the last call
    mutable std::vector<std::string> languages;  // of each text that was masked

private:
    std::deque<Done> waiting_;
};

class FakeDirectory final : public Directory {
public:
    protocol::CallerMatch match(const std::string& number) const override;
    std::optional<protocol::Contact> contact(const std::string& uid) const override;
    std::vector<protocol::Device> devicesOf(std::int64_t organizationId,
                                            const std::optional<std::string>& uid) const override;
    std::vector<protocol::Location> locationsOf(std::int64_t organizationId) const override;
    std::optional<protocol::Device> device(std::int64_t id) const override;
    bool knowsDevices() const override { return !devices.empty(); }
    std::optional<std::int64_t> readAtMs() const override { return atMs; }
    std::optional<std::int64_t> atMs;
    std::map<std::string, protocol::CallerMatch> known;
    std::vector<protocol::Contact> people;
    std::vector<protocol::Device> devices;
    std::map<std::int64_t, std::string> owners;                         // of devices: whose they are alone
    std::size_t screenful = 50;                                         // of devices
    std::map<std::int64_t, std::vector<protocol::Location>> locations;  // by organisation
};

/// Delivers on `run`; keeps the tickets as NinjaOne would, by marker. What was refused before a restart waits for a
/// technician.
class FakeDesk final : public TicketDesk {
public:
    explicit FakeDesk(std::map<std::string, int>& tickets) : tickets_(tickets) {}
    std::vector<protocol::FieldProblem> problemsOf(const protocol::DraftFields&) const override {
        return problems;
    }
    std::vector<OpenTicket> openTicketsOf(const std::string& requesterUid) const override;
    bool isSeenClosed(TicketId ticketId) const override { return closedTickets.contains(ticketId); }
    void deliver(OutboxEntry entry) override;
    void amend(OutboxEntry entry) override;
    void decide(const DraftId& draftId, protocol::DeliveryDecision decision, std::optional<TicketId> ticketId,
                std::optional<OutboxEntry> present) override;
    bool run(CallHub& hub, FakeStore::Disk& disk);

    std::vector<OutboxEntry> delivered;
    std::vector<OutboxEntry> amended;
    std::vector<protocol::FieldProblem> problems;
    std::vector<OpenTicket> openTickets;
    std::set<TicketId> closedTickets;
    std::vector<protocol::DeliveryDecision> decisions;
    std::vector<std::optional<OutboxEntry>> decidedAbout;
    std::optional<protocol::DeliveryState> outcome;  // instead of Created
    std::string problemCode;                         // with it
    std::optional<std::string> field;

private:
    std::map<std::string, int>& tickets_;
    std::deque<OutboxEntry> waiting_;
    std::deque<DraftId> givenUp_;
};

class RecordingSink final : public EventSink {
public:
    void publish(const Audience& audience, protocol::EventBody event) override {
        events.emplace_back(audience, std::move(event));
    }
    template <class Body>
    std::vector<Body> all() const {
        std::vector<Body> found;
        for (const auto& [audience, event] : events)
            if (const auto* body = std::get_if<Body>(&event)) found.push_back(*body);
        return found;
    }
    std::vector<std::pair<Audience, protocol::EventBody>> events;
};

}  // namespace ninja3cx::calls::doubles
