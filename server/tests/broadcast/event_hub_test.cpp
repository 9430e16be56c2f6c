#include "server/broadcast/event_hub.hpp"

#include "server/calls/live_view.hpp"
#include "shared/core/clock.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <set>
#include <utility>

namespace ninja3cx::broadcast {
namespace {

using namespace protocol;

const Extension kOne{"201"};
const Extension kTwo{"202"};

/// A client as the programs are: folds a snapshot and the events after it, and remembers the last one it has.
class Client {
public:
    Client(EventHub& hub, const calls::LiveView& view, EventHub::Audience audience)
        : hub_(hub), view_(view), audience_(std::move(audience)) {}

    void connect() {
        seat_ = hub_.attach(
            audience_, position_, [this] { return view_.snapshot(audience_); },
            [this](const std::string& text) { return take(text); });
    }
    void disconnect() { seat_.leave(); }
    bool isConnected() const { return seat_.isAttached(); }

    /// What it shows, in the order a snapshot has.
    Snapshot state() const {
        Snapshot state = folded_->snapshot(audience_);
        state.serverTimeMs = 0;
        return state;
    }
    int snapshots = 0;
    int events = 0;
    bool refusesNext = false;

private:
    bool take(const std::string& text) {
        if (std::exchange(refusesNext, false)) return false;
        const auto message = decodeServerMessage(text);
        EXPECT_TRUE(message) << text;
        if (const auto* snapshot = std::get_if<Snapshot>(&*message)) {
            ++snapshots;
            EXPECT_EQ(snapshot->epoch, hub_.epoch());
            fold(*snapshot);
            position_ = EventPosition{snapshot->epoch, snapshot->sequence};
        } else {
            ++events;
            const Event& event = std::get<Event>(*message);
            EXPECT_TRUE(position_);
            EXPECT_EQ(event.sequence, position_->sequence + 1) << "a gap or a repeat";
            folded_->apply({audience_, true, true}, event.event);
            position_->sequence = event.sequence;
        }
        return true;
    }
    void fold(const Snapshot& snapshot) {
        folded_ = std::make_unique<calls::LiveView>(clock_);
        for (const Call& call : snapshot.calls) folded_->apply({audience_}, CallChanged{call});
        for (const Utterance& utterance : snapshot.utterances)
            folded_->apply({audience_}, UtteranceChanged{utterance});
        for (const Draft& draft : snapshot.drafts) folded_->apply({audience_}, DraftChanged{draft});
        for (const Agent& agent : snapshot.agents) folded_->apply({audience_}, AgentChanged{agent});
        folded_->apply({audience_, true, true}, SystemChanged{snapshot.system});
    }

    EventHub& hub_;
    const calls::LiveView& view_;
    EventHub::Audience audience_;
    ManualClock clock_;
    std::unique_ptr<calls::LiveView> folded_ = std::make_unique<calls::LiveView>(clock_);
    std::optional<EventPosition> position_;
    EventHub::Seat seat_;
};

class Publisher {
public:
    Publisher(EventHub& hub, calls::LiveView& view, std::uint32_t seed)
        : hub_(hub), view_(view), random_(seed) {}

    void publishOne() {
        const Extension owner = pick(2) == 0 ? kOne : kTwo;
        const CallId callId{"call-" + owner.value() + "-" + std::to_string(pick(4))};
        switch (pick(7)) {
            case 0:
            case 1: {
                Call call;
                call.callId = callId;
                call.extension = owner;
                call.startedAtMs = pick(1000);
                known_.insert(callId);
                return publish({owner}, CallChanged{call});
            }
            case 2:
                known_.erase(callId);
                return publish({owner}, CallRemoved{callId});
            case 3: {
                if (!known_.contains(callId)) return;
                Utterance utterance;
                utterance.callId = callId;
                utterance.utteranceId = UtteranceId{"agent-" + std::to_string(pick(5))};
                utterance.startMs = pick(5);
                utterance.text = "mot " + std::to_string(pick(1000));
                return publish({owner}, UtteranceChanged{utterance});
            }
            case 4: {  // of a call that has left the view, on the boards alone
                Draft draft;
                draft.draftId = DraftId{"draft-" + callId.value()};
                draft.callId = callId;
                draft.extension = owner;
                draft.revision = pick(1000);
                if (known_.contains(callId)) return publish({owner}, DraftChanged{draft});
                return publish({std::nullopt, true, false}, DraftChanged{draft});
            }
            case 5: {
                Agent agent;
                agent.extension = owner;
                agent.sinceMs = pick(1000);
                return publish({owner}, AgentChanged{agent});
            }
            default: {
                SystemStatus status;
                status.lagMs = pick(1000);
                return publish({std::nullopt, true, true}, SystemChanged{status});
            }
        }
    }
    int pick(int below) { return std::uniform_int_distribution<int>{0, below - 1}(random_); }

private:
    void publish(const calls::Audience& audience, const EventBody& event) {
        view_.apply(audience, event);
        hub_.publish(audience, event);
    }
    EventHub& hub_;
    calls::LiveView& view_;
    std::mt19937 random_;
    std::set<CallId> known_;
};

TEST(EventHub, WhoComesBackSeesTheSameAsWhoStayed) {
    int snapshots = 0;
    int resumed = 0;
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        ManualClock clock;
        calls::LiveView view{clock};
        EventHub hub{"epoch-1", {8, 1U << 20U}};
        Publisher publisher{hub, view, seed};
        for (const EventHub::Audience& audience : {EventHub::Audience{}, EventHub::Audience{kOne}}) {
            Client stayed{hub, view, audience};
            std::vector<std::unique_ptr<Client>> others;
            for (int i = 0; i < 3; ++i) others.push_back(std::make_unique<Client>(hub, view, audience));
            stayed.connect();
            for (int step = 0; step < 150; ++step) {
                Client& other = *others[static_cast<std::size_t>(publisher.pick(3))];
                switch (publisher.pick(6)) {
                    case 0:
                        if (!other.isConnected()) other.connect();
                        break;
                    case 1:
                        other.disconnect();
                        break;
                    case 2:
                        other.refusesNext = other.isConnected();
                        break;
                    default:
                        publisher.publishOne();
                }
            }
            EXPECT_EQ(stayed.snapshots, 1);
            for (const auto& other : others) {
                other->refusesNext = false;
                if (!other->isConnected()) other->connect();
                ASSERT_EQ(other->state(), stayed.state()) << "seed " << seed;
                snapshots += other->snapshots;
                resumed += other->events;
            }
            Snapshot truth = view.snapshot(audience);
            truth.serverTimeMs = 0;
            ASSERT_EQ(stayed.state(), truth) << "seed " << seed;
        }
    }
    EXPECT_GT(snapshots, 100);
    EXPECT_GT(resumed, 1000);
}

class EventHubRules : public testing::Test {
protected:
    EventHub::Seat attach(const EventHub::Audience& audience,
                          std::optional<EventPosition> last = std::nullopt) {
        return hub.attach(
            audience, last, [] { return Snapshot{}; },
            [this](const std::string& text) {
                texts.push_back(text);
                return true;
            });
    }
    bool gotSnapshot() const {
        return !texts.empty() && std::holds_alternative<Snapshot>(*decodeServerMessage(texts.front()));
    }
    EventHub hub{"now", {3, 1U << 20U}};
    std::vector<std::string> texts;
};

TEST_F(EventHubRules, AnotherEpochMeansASnapshot) {
    const auto seat = attach(std::nullopt, EventPosition{"before", 0});
    EXPECT_TRUE(gotSnapshot());
}

TEST_F(EventHubRules, ANumberFromTheFutureMeansASnapshot) {
    const auto seat = attach(std::nullopt, EventPosition{"now", 1});
    EXPECT_TRUE(gotSnapshot());
}

TEST_F(EventHubRules, ANegativeNumberMeansASnapshot) {
    const auto seat = attach(std::nullopt, EventPosition{"now", -1});
    EXPECT_TRUE(gotSnapshot());
}

TEST_F(EventHubRules, WhoHasEverythingGetsNothing) {
    hub.publish({kOne}, CallRemoved{CallId{"a"}});
    const auto seat = attach(kOne, EventPosition{"now", 1});
    EXPECT_TRUE(texts.empty());
    hub.publish({kOne}, CallRemoved{CallId{"b"}});
    EXPECT_EQ(texts.size(), 1U);
}

TEST_F(EventHubRules, WhoMissedMoreThanIsKeptGetsASnapshot) {
    for (int i = 0; i < 4; ++i) hub.publish({kOne}, CallRemoved{CallId{"a"}});
    {
        const auto seat = attach(kOne, EventPosition{"now", 0});
        EXPECT_TRUE(gotSnapshot());
    }
    texts.clear();
    const auto seat = attach(kOne, EventPosition{"now", 1});
    EXPECT_FALSE(gotSnapshot());
    EXPECT_EQ(texts.size(), 3U);
}

TEST_F(EventHubRules, OneExtensionHearsNothingOfAnother) {
    const auto seat = attach(kTwo);
    texts.clear();
    hub.publish({kOne}, CallRemoved{CallId{"a"}});
    hub.publish({std::nullopt, true, false}, SystemChanged{});
    EXPECT_TRUE(texts.empty());
    hub.publish({std::nullopt, false, true}, SystemChanged{});
    EXPECT_EQ(texts.size(), 1U);
}

TEST_F(EventHubRules, WhoLeftOrRefusedIsServedNoMore) {
    auto seat = attach(std::nullopt);
    EXPECT_EQ(hub.clientCount(), 1U);
    seat.leave();
    EXPECT_EQ(hub.clientCount(), 0U);
    texts.clear();
    hub.publish({kOne}, CallRemoved{CallId{"a"}});
    EXPECT_TRUE(texts.empty());
    const auto slow = hub.attach(
        std::nullopt, std::nullopt, [] { return Snapshot{}; }, [](const std::string&) { return false; });
    EXPECT_FALSE(slow.isAttached());
    EXPECT_EQ(hub.clientCount(), 0U);
}

TEST_F(EventHubRules, ASeatMayOutliveTheHub) {
    EventHub::Seat seat;
    {
        EventHub shortLived{"then"};
        seat = shortLived.attach(
            std::nullopt, std::nullopt, [] { return Snapshot{}; }, [](const std::string&) { return true; });
    }
    seat.leave();
    EXPECT_FALSE(seat.isAttached());
}

}  // namespace
}  // namespace ninja3cx::broadcast
