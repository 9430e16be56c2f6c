#pragma once

#include "server/tests/doubles/hub_doubles.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace ninja3cx::calls::doubles {

inline const Extension kExtension{"201"};
inline const std::string kCustomer = "+33612345678";
inline constexpr std::int64_t kFrameMs = 100;

/// A hub with all its ports, a PBX and an agent program to play with. `restart` keeps the disks.
class World {
public:
    /// Makes what stands between the hub and its journal.
    using Interpose = std::function<std::unique_ptr<AudioJournal>(World&)>;
    explicit World(HubOptions options = {}, Interpose interpose = {});
    ~World();

    /// Lets everything that is under way come to its end.
    void settle();
    /// Time passes, in ticks of 100 ms, everything under way included.
    void pass(std::chrono::milliseconds by);
    /// The process dies and comes back; the journal is replayed.
    void restart();

    // the PBX
    void phone(protocol::CallState state, const std::string& key = "3cx/201/1",
               const std::string& number = kCustomer,
               protocol::Direction direction = protocol::Direction::Inbound,
               const Extension& extension = kExtension);
    // the agent program
    Result<void> sendFrame(const AudioGrant& grant, protocol::Speaker channel, std::int64_t sequence,
                           bool isSpoken = true);
    /// Sends what the server wants up to `frames` on both channels.
    void sendAudio(const AudioGrant& grant, std::int64_t frames);
    /// Rings, is answered, has `frames` of audio on each channel, and ends.
    CallId wholeCall(std::int64_t frames = 3, const std::string& key = "3cx/201/1");

    CallId callId() const;  // of the latest call
    protocol::Call call() const { return disk.calls.at(callId()); }
    std::optional<protocol::Draft> draft() const;
    protocol::Draft shownDraft();            // reports the popup
    std::vector<std::string> texts() const;  // of the latest call, as stored
    bool wasAudited(const std::string& actor, const std::string& action) const;

    HubOptions options;
    ManualClock clock;
    FakeStore::Disk disk;
    FakeJournal::Disk journalDisk;
    std::set<CallId> lostJournals;  // the next restart cannot read them
    std::map<std::string, int> tickets;
    bool isAgentHeard = true;  // as time passes: answers to pings
    FakeDirectory directory;
    std::function<bool()> alsoRuns;   // true if there was something
    std::function<void()> alsoTicks;  // after the hub

    std::unique_ptr<FakeStore> store;
    std::unique_ptr<FakeJournal> journal;
    std::unique_ptr<AudioJournal> between;  // none: the hub has the journal itself
    std::unique_ptr<FakeTranscriber> transcriber;
    std::unique_ptr<FakeAnalyser> analyser;
    std::unique_ptr<FakeDesk> desk;
    std::unique_ptr<RecordingSink> events;
    std::unique_ptr<CallHub> hub;

private:
    void build();
    const Interpose interpose_;
};

protocol::CallerMatch oneContact();

}  // namespace ninja3cx::calls::doubles
