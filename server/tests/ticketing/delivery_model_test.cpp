#include "server/ticketing/delivery_flow.hpp"
#include "shared/json/codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

/// Walks through every order in which a delivery can go wrong: NinjaOne stores or not, answers or not, shows what it
/// stored late or not; look-ups fail; the server stops at any point, and an entry is handed over again while its
/// delivery runs; events come late; technicians decide, or make of a refused ticket a comment and of a refused
/// comment a ticket; somebody else changes the ticket while it is closed, or deletes the one to comment on, at any time and
/// for good. In each state it counts tickets, or comments, at either place, and notes.
///
/// How deep: every sequence of events, however long, until no new state comes, within `Bounds` and
///  - a ticket that is shown as late as one likes, a note that its ticket shows within kNoteLag;
///  - decisions other than 'send again' without limit.
/// How many states that must at least be stands in the tests: a model that shrinks by mistake proves nothing.
namespace ninja3cx::ticketing {
namespace {

constexpr std::int64_t kDownTime = 60'000;
constexpr std::int64_t kNoteLag = 30'000;
constexpr std::int64_t kMuchTime = 60'000;

struct Bounds {
    const char* name;
    int stops;      // of the server, each before or after anything it does, each of no time or of kDownTime
    int handOvers;  // while something is under way, whose outcome is then lost
    int agains;     // decisions 'send again' on the ticket, as many on the note, and as many on closing
    bool hasNote;
    bool isSolved;
    bool isComment;
    bool mayMove;  // once, to the other kind
    std::size_t statesAtLeast;
    bool isRestored = false;  // from a backup: on its way, or refused; it may be there, or have been moved
};

struct World {
    /// Of the running server, and what a restart finds: it is stored before anything is done.
    FlowState memory;
    ActionKind inHand = ActionKind::None;
    FlowTime now{1'000'000, 1'000'000};
    int tickets = 0;           // made by us, in NinjaOne; or comments
    int elsewhere = 0;         // the same at the place that it moved away from
    int notes = 0;             // in the ticket
    std::int64_t noteAge = 0;  // of the last
    int repeatsAllowed = 0;    // 'send again' of what may exist
    int ticketAgains = 0;
    int noteAgains = 0;
    bool didLook = false;        // found nothing since the last pause, stop or decision
    bool isNoteGivenUp = false;  // by a technician
    bool didCheck = false;       // the ticket to comment on was right, since the last pause, stop or decision
    bool isMoving = false;       // to be sent elsewhere once nothing is left here
    bool isMoved = false;
    bool didLookHere = false;   // found nothing since something was stored here
    bool isOtherSeen = false;   // another one in doubt than was named
    bool isDismissed = false;   // who was told that it may be ours decided; until an outcome is unknown
    bool isTargetGone = false;  // with all comments on it
    bool isClosed = false;      // in NinjaOne
    bool isLeftOpen = false;    // by a technician, or it is another call's
    bool isAnothers = false;    // the ticket: this call is in it
    int closeAgains = 0;
    int stops = 0;
    int handOvers = 0;

    void pass(std::int64_t ms) {
        now.wallMs += ms;
        now.steadyMs += ms;
        if (notes > 0) noteAge = std::min(noteAge + ms, kNoteLag);
        if (ms > 0) didLook = didCheck = false;
    }

    /// All that decides what may come next. Counters that only grow decide nothing beyond the values kept here, and of what
    /// is only to be closed the past decides nothing.
    std::string key() const {
        const FlowState& state = memory;
        const bool isOnlyToClose = state.phase == Phase::Closing || state.phase == Phase::CloseRefreshing ||
                                   state.phase == Phase::CloseWaiting || state.phase == Phase::CloseHeld ||
                                   state.phase == Phase::Done;
        const auto past = [&](std::int64_t part) { return isOnlyToClose ? 0 : part; };
        const bool isKnownClosed = state.wantsClose.value_or(false) && state.isClosed.value_or(false);
        std::string all;
        for (const std::int64_t part : {static_cast<std::int64_t>(state.phase),
                                        past(state.mayExist),
                                        std::int64_t{state.didRefresh},
                                        past(state.startsOpen),
                                        static_cast<std::int64_t>(state.goal),
                                        std::int64_t{std::min(state.lookUps, 5)},
                                        std::int64_t{std::min(state.absences, 3)},
                                        std::int64_t{state.failures},
                                        std::min<std::int64_t>(state.watchedMs, kMuchTime),
                                        state.watchedAtMs ? now.steadyMs - *state.watchedAtMs : -1,
                                        state.delayMs,
                                        state.delayMs == 0 ? 0 : state.dueAtMs - now.wallMs,
                                        std::int64_t{state.ticketId.has_value()},
                                        std::int64_t{state.hasNote},
                                        past(std::min(state.noteAttempts, 3)),
                                        state.heldAs ? static_cast<std::int64_t>(*state.heldAs) : 0,
                                        past(state.noteMayExist.value_or(false)),
                                        past(state.noteRefusals.value_or(0)),
                                        static_cast<std::int64_t>(inHand),
                                        past(tickets),
                                        past(elsewhere),
                                        std::int64_t{isMoving},
                                        past(isMoved),
                                        past(didLookHere),
                                        past(isTargetGone),
                                        past(isDismissed),
                                        past(isOtherSeen),
                                        past(state.named.has_value()),
                                        past(state.lookAt.has_value()),
                                        past(state.dismissed.has_value()),
                                        std::int64_t{notes},
                                        past(noteAge),
                                        past(repeatsAllowed),
                                        past(ticketAgains),
                                        past(noteAgains),
                                        past(didLook),
                                        std::int64_t{isNoteGivenUp},
                                        std::int64_t{isKnownClosed},
                                        std::int64_t{state.conflicts.value_or(0)},
                                        past(didCheck),
                                        std::int64_t{isClosed},
                                        std::int64_t{isLeftOpen},
                                        std::int64_t{isAnothers},
                                        std::int64_t{closeAgains},
                                        std::int64_t{stops},
                                        std::int64_t{handOvers}})
            all.append(reinterpret_cast<const char*>(&part), 4);
        return all;
    }
};

class Explorer {
public:
    explicit Explorer(const Bounds& bounds) : bounds_(bounds) {}

    void run() {
        begin();
        while (!open_.empty() && !testing::Test::HasFailure()) {
            const World world = std::move(open_.front().world);
            from_ = open_.front().number;
            open_.pop_front();
            follow(world);
        }
    }
    std::size_t seen() const { return phases_.size(); }
    std::size_t countOf(Phase phase) const {
        return static_cast<std::size_t>(std::count(phases_.begin(), phases_.end(), phase));
    }

    /// How many of the states are looked up before a move, and how many are moved.
    std::size_t moving() const { return moving_; }
    std::size_t moved() const { return moved_; }
    std::size_t gone() const { return gone_; }

    /// The longest way to where nothing is left to do but for a technician, if from now on the server runs and no
    /// technician decides; -1 if some state has no such way.
    int longestWayToRest() const {
        std::vector<std::vector<std::uint32_t>> before(phases_.size());
        for (const auto& [from, to] : steps_) before[to].push_back(from);
        std::vector<int> way(phases_.size(), -1);
        std::deque<std::uint32_t> reached;
        for (std::uint32_t state = 0; state < phases_.size(); ++state) {
            if (!isRest(phases_[state])) continue;
            way[state] = 0;
            reached.push_back(state);
        }
        int longest = 0;
        std::size_t count = 0;
        while (!reached.empty()) {
            const std::uint32_t state = reached.front();
            reached.pop_front();
            ++count;
            longest = way[state];
            for (const std::uint32_t earlier : before[state]) {
                if (way[earlier] >= 0) continue;
                way[earlier] = way[state] + 1;
                reached.push_back(earlier);
            }
        }
        return count == phases_.size() ? longest : -1;
    }

private:
    struct Open {
        World world;
        std::uint32_t number;
    };
    enum class By { Events = 1, Mishaps, Technician };

    bool isComment(const World& world) const { return bounds_.isComment != world.isMoved; }
    void begin() {
        World start;
        start.memory = firstState(start);
        if (!bounds_.isRestored) return happen(start, Started{});
        start.memory.attempts = 1;
        start.memory.firstSentAtMs = start.now.wallMs;
        start.memory.mayExist = true;
        start.memory.noteMayExist = true;
        start.memory.mayBeElsewhere = true;
        for (const Phase phase : {Phase::Sending, Phase::Rejected}) {
            start.memory.phase = phase;
            for (start.tickets = 0; start.tickets <= 1; ++start.tickets) begin(start, By::Mishaps);
        }
    }

    FlowState firstState(const World& world) const {
        FlowState state;
        state.wantsNote = bounds_.hasNote;
        state.wantsClose = bounds_.isSolved;
        if (isComment(world)) state.commentsOn = 1;
        return state;
    }

    static bool isRest(Phase phase) {
        FlowState state;
        state.phase = phase;
        return isAtRest(state);
    }

    void add(World world, By by) {
        const FlowState& state = world.memory;
        // Whoever moves it was told that it may be there.
        ASSERT_LE(world.tickets + world.elsewhere, 1 + world.repeatsAllowed) << json::encodeText(state);
        ASSERT_LE(world.notes, 1) << "a note was posted twice: " << json::encodeText(state);
        ASSERT_TRUE(!state.ticketId || state.ticketId == 1)
            << "somebody else's ticket: " << json::encodeText(state);
        if (state.phase == Phase::Done) {
            ASSERT_TRUE(!bounds_.hasNote || state.hasNote || world.isNoteGivenUp)
                << "the note is lost: " << json::encodeText(state);
            ASSERT_TRUE(!state.hasNote || world.notes == 1) << json::encodeText(state);
            ASSERT_TRUE(!bounds_.isSolved || world.isClosed || world.isLeftOpen)
                << "left open and nobody was asked: " << json::encodeText(state);
        }
        const auto [known, isNew] =
            numbers_.try_emplace(world.key(), static_cast<std::uint32_t>(phases_.size()));
        const std::uint32_t number = known->second;
        if (isNew) phases_.push_back(state.phase);
        if (by == By::Events && from_) steps_.emplace_back(*from_, number);
        if (!isNew) return;
        moving_ += world.isMoving ? 1 : 0;
        moved_ += world.isMoved ? 1 : 0;
        gone_ += world.isTargetGone ? 1 : 0;
        ASSERT_LT(phases_.size(), 5'000'000U) << "the model does not end";
        world.memory.problem.clear();  // words decide nothing
        open_.push_back({std::move(world), number});
    }

    /// Stored first, then done; the server may stop between.
    void happen(World world, const Event& event, By by = By::Events) {
        const FlowStep step = advance(world.memory, event, world.now);
        const bool isIgnored = step.next == world.memory && step.action.kind == ActionKind::None;
        if (isIgnored) return;
        interrupt(world);  // before the state was stored
        if (world.isMoving && step.next.phase == Phase::Rejected && !mayHaveLeft(step.next))
            return beginElsewhere(std::move(world), by);
        world.memory = step.next;
        world.inHand = step.action.kind;
        world.isMoving = world.isMoving && step.next.phase == Phase::Unknown;
        const bool isNowUnknown = step.next.phase == Phase::Unknown && step.next.goal == LookUpGoal::Settle;
        if (isNowUnknown || isAtRest(step.next)) world.isDismissed = false;
        add(std::move(world), by);
    }

    /// Nothing of it is known to be at the former place.
    void beginElsewhere(World world, By by) {
        ASSERT_TRUE(world.tickets == 0 || world.didLookHere)
            << "moved without a look: " << json::encodeText(world.memory);
        world.isMoving = world.didLookHere = false;
        world.isMoved = true;
        world.isClosed = false;
        world.elsewhere = std::exchange(world.tickets, 0);
        world.memory = firstState(world);
        begin(std::move(world), by);
    }

    /// As TicketDelivery does with what a technician mended.
    void move(World world) {
        world.didLook = world.didCheck = false;
        world.isDismissed = world.memory.named.has_value();
        const bool wasNeverAsked = bounds_.isRestored && world.repeatsAllowed == 0;
        if (wasNeverAsked && world.memory.mayExist) ++world.repeatsAllowed;
        if (!mayHaveLeft(world.memory)) return beginElsewhere(std::move(world), By::Technician);
        world.isMoving = true;
        happen(std::move(world), Moved{}, By::Technician);
    }

    /// The server stops, or the entry is handed over once more; what was under way is not heard of again.
    void interrupt(const World& world) {
        if (world.stops < bounds_.stops) {
            for (const std::int64_t down : {std::int64_t{0}, kDownTime}) {
                World stopped = world;
                ++stopped.stops;
                stopped.pass(down);
                start(std::move(stopped));
            }
        }
        if (world.handOvers < bounds_.handOvers && world.inHand != ActionKind::None) {
            World again = world;
            ++again.handOvers;
            start(std::move(again));
        }
    }
    void start(World world) {
        world.isMoving = false;  // it is not stored
        begin(std::move(world), By::Mishaps);
    }
    void begin(World world, By by) {
        world.didLook = world.didCheck = false;
        if (world.isAnothers && !world.memory.ticketId) {  // it was not heard: the next answer may be another
            world.isAnothers = world.isLeftOpen = false;
            world.notes = 0;
            world.noteAge = 0;
        }
        const FlowStep step = advance(world.memory, Started{}, world.now);
        world.memory = step.next;
        world.inHand = step.action.kind;
        add(std::move(world), by);
    }

    void answer(World world, const Event& event, By by = By::Events) {
        interrupt(world);  // before the answer came
        world.inHand = ActionKind::None;
        const FlowStep step = advance(world.memory, event, world.now);
        ASSERT_TRUE(step.action.kind != ActionKind::None || isAtRest(step.next))
            << "forgotten with nothing in hand: " << json::encodeText(world.memory);
        happen(std::move(world), event, by);
    }

    /// The target is gone, or was deleted just now: which is no way that a delivery has to take.
    void answerGone(World world, const Event& event) {
        const By by = world.isTargetGone ? By::Events : By::Mishaps;
        world.isTargetGone = true;
        world.tickets = 0;
        answer(std::move(world), event, by);
    }

    static Replied replied(ReplyKind kind, std::optional<std::int64_t> ticketId = std::nullopt) {
        Replied event;
        event.kind = kind;
        event.ticketId = ticketId;
        return event;
    }

    void create(const World& world) {
        ASSERT_FALSE(world.memory.ticketId) << "a second ticket: " << json::encodeText(world.memory);
        ASSERT_EQ(world.inHand, isComment(world) ? ActionKind::PostComment : ActionKind::Create);
        ASSERT_EQ(world.didCheck, isComment(world))
            << "whose ticket was not asked: " << json::encodeText(world.memory);
        if (world.memory.mayExist) {
            ASSERT_GT(world.repeatsAllowed, 0) << "sent again by itself: " << json::encodeText(world.memory);
            ASSERT_TRUE(world.didLook) << "sent again without a look: " << json::encodeText(world.memory);
        }
        for (const ReplyKind kind :
             {ReplyKind::Unreachable, ReplyKind::NeedsLogin, ReplyKind::Expired, ReplyKind::Throttled,
              ReplyKind::Refused, ReplyKind::UserContext, ReplyKind::Page, ReplyKind::Unclear})
            answer(world, replied(kind));                        // nothing stored
        if (isComment(world)) answerGone(world, notOurs(true));  // or just after it was taken
        if (world.isTargetGone) return;
        World stored = world;
        ++stored.tickets;
        stored.didLookHere = false;
        if (isComment(world)) {
            answer(world, notOurs());  // moved to another organisation just before
            answer(stored, replied(ReplyKind::Ok));
        } else {
            answer(stored, replied(ReplyKind::Ok, 1));
            answer(stored, replied(ReplyKind::Ok));  // an answer without a ticket
        }
        answer(stored, replied(ReplyKind::Unclear));
        answer(stored, replied(ReplyKind::Page));
        if (!bounds_.isSolved || isComment(world)) return;
        Replied statusRefused = replied(ReplyKind::Refused);
        statusRefused.field = "status";
        statusRefused.wasResolvedStatus = !world.memory.startsOpen;
        answer(world, statusRefused);
        if (world.memory.startsOpen) return;
        stored.isClosed = true;  // it is taken with its resolved status
        Replied closed = replied(ReplyKind::Ok, 1);
        closed.isClosed = true;
        answer(stored, closed);
        answer(stored, replied(ReplyKind::Unclear));
    }

    static Checked notOurs(bool isGone = false) {
        Checked checked;
        checked.kind = Checked::Kind::NotOurs;
        checked.isGone = isGone;
        return checked;
    }

    /// Reads the ticket first: one that is closed is not changed.
    void close(World world) {
        ASSERT_EQ(world.memory.ticketId, 1) << "nothing to close: " << json::encodeText(world.memory);
        ASSERT_TRUE(bounds_.isSolved && !world.memory.isClosed) << json::encodeText(world.memory);
        ASSERT_FALSE(world.isAnothers) << "another call's was closed: " << json::encodeText(world.memory);
        for (const ReplyKind kind :
             {ReplyKind::Unreachable, ReplyKind::NeedsLogin, ReplyKind::Expired, ReplyKind::Throttled,
              ReplyKind::Refused, ReplyKind::Forbidden, ReplyKind::Page, ReplyKind::Unclear})
            answer(world, replied(kind));
        if (!world.isClosed) {
            Replied conflict = replied(ReplyKind::Refused);
            conflict.isConflict = true;
            answer(world, conflict);
            world.isClosed = true;
            answer(world, replied(ReplyKind::Page));
            answer(world, replied(ReplyKind::Unclear));
        }
        answer(world, replied(ReplyKind::Ok));
    }

    /// Somebody else's made it part of theirs; with its lines, or without.
    template <class Kind>
    void foundWithin(World within, Kind kind, By by) {
        within.isAnothers = true;
        within.isLeftOpen = bounds_.isSolved;
        std::conditional_t<std::is_same_v<Kind, LookedUp::Kind>, LookedUp, Checked> seen;
        seen.kind = kind;
        if constexpr (std::is_same_v<Kind, LookedUp::Kind>) seen.ticketId = 1;
        seen.place = Place::Joined;
        answer(within, seen, by);
        if (!bounds_.hasNote) return;
        seen.areLinesThere = true;
        within.notes = 1;
        within.noteAge = kNoteLag;
        answer(within, seen, by);
    }

    void lookUp(World world) {
        LookedUp seen;
        seen.kind = LookedUp::Kind::Failed;
        answer(world, seen);
        if (isComment(world)) {
            seen.kind = LookedUp::Kind::Gone;
            answerGone(world, seen);
            if (world.isTargetGone) return;
        }
        if (world.tickets > 0) {
            seen.kind = LookedUp::Kind::Doubtful;
            if (!isComment(world)) answer(world, seen);
            seen.kind = LookedUp::Kind::Found;
            seen.ticketId = 1;
            answer(world, seen);
        }
        foundWithin(world, LookedUp::Kind::Found, By::Mishaps);
        // Also where there is one: the board may show it as late as it likes. A look-up that fails is no look.
        world.didLook = true;
        world.didLookHere = bounds_.mayMove;
        seen = {};
        seen.kind = LookedUp::Kind::Absent;
        answer(world, seen);
        if (!isComment(world) || bounds_.isRestored) lookUpInDoubt(world);
    }

    /// A ticket shows no text. It is the one that a technician looked at, or another.
    void lookUpInDoubt(World world) {
        LookedUp seen;
        seen.kind = LookedUp::Kind::Failed;
        seen.inDoubt = {2};
        world.didLook = world.didLookHere = world.isDismissed;
        answer(world, seen);
        seen.kind = LookedUp::Kind::Doubtful;
        answer(world, seen);
        if (!world.isDismissed || world.isOtherSeen) return;
        world.isOtherSeen = true;  // and is named with the first from then on
        seen.inDoubt = {2, 3};
        world.didLook = world.didLookHere = false;
        answer(world, seen);
    }

    void check(const World& world) {
        for (const auto kind : {Checked::Kind::Ours, Checked::Kind::NotOurs, Checked::Kind::Failed}) {
            Checked checked;
            checked.kind = kind;
            answer(world, checked);
        }
        if (isComment(world)) {
            Checked lacking;
            lacking.kind = Checked::Kind::Lacking;
            answer(world, lacking);
            return;
        }
        foundWithin(world, Checked::Kind::Ours, By::Events);  // a technician has said that it is in it
        World within = world;
        within.isLeftOpen = bounds_.isSolved;
        within.isAnothers = true;
        Checked checked;
        checked.kind = Checked::Kind::Ours;
        checked.place = Place::Comment;
        answer(within, checked);
    }

    void note(World world) {
        ASSERT_TRUE(world.memory.ticketId);
        for (const ReplyKind kind : {ReplyKind::Throttled, ReplyKind::Refused, ReplyKind::Unclear,
                                     ReplyKind::Page, ReplyKind::Expired})
            answer(world, replied(kind));  // nothing stored
        ++world.notes;
        world.noteAge = 0;
        answer(world, replied(ReplyKind::Ok));
        answer(world, replied(ReplyKind::Unclear));
        answer(world, replied(ReplyKind::Page));
    }

    void lookUpNote(const World& world) {
        LookedUp seen;
        seen.kind = LookedUp::Kind::Failed;
        answer(world, seen);
        seen.kind = LookedUp::Kind::Absent;
        if (world.notes == 0 || world.noteAge < kNoteLag) answer(world, seen);
        seen.kind = LookedUp::Kind::Found;
        if (world.notes > 0) answer(world, seen);
    }

    void decide(const World& world) {
        const Phase held = world.memory.phase;
        World settled = world;
        settled.isNoteGivenUp = world.isNoteGivenUp || held == Phase::NoteHeld;
        settled.isLeftOpen = world.isLeftOpen || held == Phase::CloseHeld;
        happen(settled, Decided{protocol::DeliveryDecision::GiveUp, std::nullopt}, By::Technician);
        happen(settled, Decided{protocol::DeliveryDecision::AlreadyThere, 1}, By::Technician);
        if (isComment(world) || world.memory.ticketId)
            happen(world, Decided{protocol::DeliveryDecision::AlreadyThere, 2}, By::Technician);
        if (bounds_.mayMove && held == Phase::Rejected && !world.isMoved) move(world);
        World again = world;
        again.didLook = again.didCheck = false;
        again.isDismissed = world.memory.named.has_value();
        int& count = held == Phase::NoteHeld    ? again.noteAgains
                     : held == Phase::CloseHeld ? again.closeAgains
                                                : again.ticketAgains;
        if (count == bounds_.agains) return;
        ++count;
        if (!world.memory.ticketId && world.memory.mayExist) ++again.repeatsAllowed;
        happen(again, Decided{protocol::DeliveryDecision::SendAgain, std::nullopt}, By::Technician);
    }

    void follow(const World& world) {
        interrupt(world);
        switch (world.inHand) {
            case ActionKind::Prepare: {
                World prepared = world;
                prepared.didCheck = isComment(world);
                if (!world.isTargetGone || !isComment(world)) answer(prepared, Prepared{});
                if (isComment(world)) answerGone(world, notOurs(true));
                if (isComment(world) && !world.isTargetGone) answer(world, notOurs());
                for (const ReplyKind kind : {ReplyKind::Throttled, ReplyKind::Refused, ReplyKind::NeedsLogin})
                    answer(world, replied(kind));
                break;
            }
            case ActionKind::Create:
            case ActionKind::PostComment:
                create(world);
                break;
            case ActionKind::RefreshToken:
                answer(world, Refreshed{});
                answer(world, replied(ReplyKind::Throttled));
                break;
            case ActionKind::LookUp:
            case ActionKind::LookUpComment:
                lookUp(world);
                break;
            case ActionKind::CheckTicket:
                check(world);
                break;
            case ActionKind::PostNote:
                note(world);
                break;
            case ActionKind::LookUpNote:
                lookUpNote(world);
                break;
            case ActionKind::Close:
                close(world);
                break;
            case ActionKind::Wait: {
                World later = world;
                later.pass(world.memory.delayMs);
                answer(later, TimeCame{});
                break;
            }
            case ActionKind::None:  // nothing is under way: what comes now is late, or a person
                for (const Event& late :
                     std::vector<Event>{TimeCame{}, replied(ReplyKind::Ok, 1), replied(ReplyKind::Unclear),
                                        Prepared{}, Refreshed{}, LookedUp{}, Checked{}})
                    happen(world, late);
                if (world.memory.phase != Phase::Rejected) happen(world, Moved{});
                decide(world);
                break;
        }
    }

    Bounds bounds_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<Phase> phases_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> steps_;  // of a server that runs
    std::deque<Open> open_;
    std::optional<std::uint32_t> from_;
    std::size_t moving_ = 0;
    std::size_t moved_ = 0;
    std::size_t gone_ = 0;
};

class DeliveryModel : public testing::TestWithParam<Bounds> {};

TEST_P(DeliveryModel, MakesOneTicketAndOneNoteAndNeverGetsStuck) {
    const Bounds& bounds = GetParam();
    Explorer explorer{bounds};
    explorer.run();
    ASSERT_FALSE(HasFailure());
    EXPECT_GE(explorer.seen(), bounds.statesAtLeast);
    std::vector<Phase> met{Phase::Unconfirmed, Phase::Rejected, Phase::Checking, Phase::Done, Phase::GivenUp};
    if (bounds.hasNote) met.push_back(Phase::NoteHeld);
    if (bounds.isSolved)
        met.insert(met.end(), {Phase::CloseRefreshing, Phase::CloseWaiting, Phase::CloseHeld});
    for (const Phase phase : met) EXPECT_GT(explorer.countOf(phase), 0U) << static_cast<int>(phase);
    if (bounds.mayMove) {
        EXPECT_GT(explorer.moving(), 0U);
        EXPECT_GT(explorer.moved(), 0U);
    }
    EXPECT_EQ(explorer.gone() > 0, bounds.isComment || bounds.mayMove);
    const int way = explorer.longestWayToRest();
    EXPECT_GE(way, 0) << "some state leads nowhere";
    EXPECT_LE(way, 15);
    RecordProperty("states", static_cast<int>(explorer.seen()));
    RecordProperty("longestWay", way);
}

INSTANTIATE_TEST_SUITE_P(
    Bounded, DeliveryModel,
    testing::Values(Bounds{"WithoutSendAgain", 2, 1, 0, true, false, false, false, 440'000},
                    Bounds{"SentAgainOnce", 2, 0, 1, true, false, false, false, 3'000'000},
                    Bounds{"SentAgainTwice", 0, 0, 2, true, false, false, false, 1'100'000},
                    Bounds{"Closed", 2, 0, 1, false, true, false, false, 85'000},
                    Bounds{"NotedAndClosed", 1, 1, 0, true, true, false, false, 590'000},
                    Bounds{"Comment", 2, 1, 1, false, true, true, false, 70'000},
                    Bounds{"CommentNotedAndClosed", 1, 0, 1, true, true, true, false, 720'000},
                    Bounds{"CommentMadeATicket", 1, 1, 1, false, false, true, true, 120'000},
                    Bounds{"TicketMadeAComment", 1, 1, 1, false, false, false, true, 120'000},
                    Bounds{"Restored", 1, 0, 1, true, false, false, false, 980'000, true},
                    Bounds{"RestoredComment", 1, 1, 1, false, false, true, true, 350'000, true}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::ticketing
