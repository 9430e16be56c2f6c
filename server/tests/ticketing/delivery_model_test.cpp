#include "server/ticketing/delivery_flow.hpp"
#include "shared/json/codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <unordered_set>
#include <vector>

/// Walks through every order in which a delivery can go wrong: NinjaOne stores or not, answers or not, shows
/// the ticket late or not; the server stops at any point; events come twice; technicians decide. In each
/// state it counts tickets.
namespace ninja3cx::ticketing {
namespace {

struct World {
    FlowState memory;  // of the running server, and what a restart finds
    ActionKind inHand = ActionKind::None;
    int tickets = 0;               // in NinjaOne
    int sentAgain = 0;             // decisions of technicians
    bool didLook = false;          // since the last pause or stop
    bool isPageCommitted = false;  // stored although NinjaOne answered 'too busy': visible within 15 s
    int notes = 0;
    int stops = 0;

    /// All that decides what may come next. Counters that only grow decide nothing beyond the values kept
    /// here; what is on disk is always what is in memory, for it is stored before anything is done.
    std::string key() const {
        const FlowState& state = memory;
        std::string all;
        for (const std::int64_t part : {static_cast<std::int64_t>(state.phase),
                                        std::int64_t{state.mayExist},
                                        std::int64_t{state.didRefresh},
                                        std::int64_t{state.startsOpen},
                                        static_cast<std::int64_t>(state.goal),
                                        std::int64_t{std::min(state.lookUps, 5)},
                                        std::int64_t{std::min(state.absences, 3)},
                                        std::int64_t{state.failures},
                                        std::min<std::int64_t>(state.watchedMs, 60'000),
                                        std::int64_t{state.delayMs != 0},
                                        std::int64_t{state.ticketId.has_value()},
                                        std::int64_t{state.hasNote},
                                        std::int64_t{std::min(state.noteAttempts, 3)},
                                        static_cast<std::int64_t>(inHand),
                                        std::int64_t{tickets},
                                        std::int64_t{sentAgain},
                                        std::int64_t{stops},
                                        std::int64_t{notes},
                                        std::int64_t{isPageCommitted},
                                        std::int64_t{didLook}})
            all.append(reinterpret_cast<const char*>(&part), 4);
        return all;
    }
};

class Explorer {
public:
    explicit Explorer(bool technicianSendsAgain) : sendsAgain_(technicianSendsAgain) {}

    void run() {
        World start;
        start.memory.wantsNote = true;
        happen(start, Started{});
        while (!open_.empty() && !testing::Test::HasFailure()) {
            const World world = open_.front();
            open_.pop_front();
            follow(world);
        }
    }
    std::size_t seen() const { return seen_.size(); }
    std::size_t unconfirmed = 0;
    std::size_t done = 0;

private:
    static constexpr std::int64_t kNow = 1'000'000;

    void add(World world) {
        ASSERT_LE(world.tickets, 1 + world.sentAgain) << json::encodeText(world.memory);
        if (!seen_.insert(world.key()).second) return;
        if (world.memory.phase == Phase::Unconfirmed) ++unconfirmed;
        if (world.memory.phase == Phase::Done) ++done;
        ASSERT_LT(seen_.size(), 2'000'000U) << "the model does not end";
        open_.push_back(std::move(world));
    }

    /// Stored first, then done; the server may stop between.
    void happen(World world, const Event& event) {
        const FlowStep step = advance(world.memory, event, kNow);
        const bool isIgnored = step.next == world.memory && step.action.kind == ActionKind::None;
        if (isIgnored) return;
        stop(world);  // before the state was stored
        world.memory = step.next;
        world.inHand = step.action.kind;
        add(world);
    }

    void stop(World world) {
        if (world.stops == 2) return;
        ++world.stops;
        world.didLook = false;
        const FlowStep step = advance(world.memory, Started{}, kNow);
        world.memory = step.next;
        world.inHand = step.action.kind;
        add(world);
    }

    void answer(World world, const Event& event) {
        world.inHand = ActionKind::None;
        stop(world);  // before the answer came
        const FlowStep step = advance(world.memory, event, kNow);
        ASSERT_TRUE(step.action.kind != ActionKind::None || isAtRest(step.next))
            << "forgotten with nothing in hand: " << json::encodeText(world.memory);
        happen(world, event);
    }

    static Replied replied(ReplyKind kind, std::optional<std::int64_t> ticketId = std::nullopt) {
        Replied event;
        event.kind = kind;
        event.ticketId = ticketId;
        return event;
    }

    void create(const World& world) {
        ASSERT_TRUE(!world.memory.mayExist || world.didLook)
            << "sent again without a look: " << json::encodeText(world.memory);
        for (const ReplyKind kind :
             {ReplyKind::Unreachable, ReplyKind::NeedsLogin, ReplyKind::Expired, ReplyKind::Throttled,
              ReplyKind::Refused, ReplyKind::UserContext, ReplyKind::Page, ReplyKind::Unclear})
            answer(world, replied(kind));  // nothing stored
        World stored = world;
        ++stored.tickets;
        answer(stored, replied(ReplyKind::Ok, 1));
        answer(stored, replied(ReplyKind::Ok));  // an answer without a ticket
        answer(stored, replied(ReplyKind::Unclear));
        stored.isPageCommitted = true;
        answer(stored, replied(ReplyKind::Page));
    }

    void lookUp(World world) {
        world.didLook = true;
        LookedUp seen;
        seen.kind = LookedUp::Kind::Failed;
        answer(world, seen);
        // The board may show a ticket as late as it likes, except after 'too busy': then within 15 s.
        const bool mustShow = world.isPageCommitted && world.memory.watchedMs >= 15'000;
        seen.kind = LookedUp::Kind::Absent;
        if (!mustShow) answer(world, seen);
        seen.kind = LookedUp::Kind::Found;
        seen.ticketId = 1;
        if (world.tickets > 0) answer(world, seen);
    }

    void note(World world) {
        for (const ReplyKind kind :
             {ReplyKind::Throttled, ReplyKind::Refused, ReplyKind::Unclear, ReplyKind::Expired})
            answer(world, replied(kind));
        ++world.notes;
        answer(world, replied(ReplyKind::Ok));
        answer(world, replied(ReplyKind::Unclear));
        answer(world, replied(ReplyKind::Page));
    }

    void lookUpNote(const World& world) {
        LookedUp seen;
        seen.kind = LookedUp::Kind::Failed;
        answer(world, seen);
        seen.kind = LookedUp::Kind::Absent;
        if (world.notes == 0) answer(world, seen);  // a ticket's own log is up to date
        seen.kind = LookedUp::Kind::Found;
        if (world.notes > 0) answer(world, seen);
        ASSERT_LE(world.notes, 1) << "a note was posted twice";
    }

    void follow(const World& world) {
        stop(world);
        switch (world.inHand) {
            case ActionKind::Prepare:
                answer(world, Prepared{});
                for (const ReplyKind kind : {ReplyKind::Throttled, ReplyKind::Refused, ReplyKind::NeedsLogin})
                    answer(world, replied(kind));
                break;
            case ActionKind::Create:
                create(world);
                break;
            case ActionKind::RefreshToken:
                answer(world, Refreshed{});
                answer(world, replied(ReplyKind::Throttled));
                break;
            case ActionKind::LookUp:
                lookUp(world);
                break;
            case ActionKind::PostNote:
                note(world);
                break;
            case ActionKind::LookUpNote:
                lookUpNote(world);
                break;
            case ActionKind::Wait: {
                World later = world;
                later.didLook = false;
                answer(later, TimeCame{});
                break;
            }
            case ActionKind::None: {  // nothing is under way: what comes now is late, or a person
                happen(world, TimeCame{});
                happen(world, replied(ReplyKind::Ok, 1));
                happen(world, replied(ReplyKind::Unclear));
                happen(world, Prepared{});
                happen(world, Refreshed{});
                happen(world, Decided{protocol::DeliveryDecision::GiveUp, std::nullopt});
                happen(world, Decided{protocol::DeliveryDecision::AlreadyThere, 1});
                if (sendsAgain_ && world.sentAgain < 1) {
                    World again = world;
                    ++again.sentAgain;
                    happen(again, Decided{protocol::DeliveryDecision::SendAgain, std::nullopt});
                }
                break;
            }
        }
    }

    bool sendsAgain_;
    std::unordered_set<std::string> seen_;
    std::deque<World> open_;
};

TEST(DeliveryModel, NeverMakesTwoTicketsWithoutATechnician) {
    Explorer explorer{false};
    explorer.run();
    EXPECT_GT(explorer.seen(), 500U);
    EXPECT_GT(explorer.unconfirmed, 0U);
    EXPECT_GT(explorer.done, 0U);
    RecordProperty("states", static_cast<int>(explorer.seen()));
}

TEST(DeliveryModel, MakesAtMostOneMoreForEachSendAgain) {
    Explorer explorer{true};
    explorer.run();
    EXPECT_GT(explorer.seen(), 1000U);
}

}  // namespace
}  // namespace ninja3cx::ticketing
