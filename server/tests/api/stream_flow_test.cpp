#include "server/api/stream_flow.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace ninja3cx::api {
namespace {

using enum StreamState;
using enum StreamEvent;
using enum StreamAction;
using Others = OtherPrograms;

constexpr StreamState kStates[] = {Apart, Streams, Waits, HadItsTurn};
constexpr StreamEvent kEvents[] = {Asked, Granted, OtherGranted, EndSaid, Left, Checked, CallGone};
constexpr Others kOthers[] = {Others::None, Others::HadTheirTurn, Others::Wait, Others::Stream};

// ---- one program's side: every state and situation with every event ---------------------------------------

struct Row {
    const char* name;
    std::set<StreamState> from;
    std::set<Others> others;  // empty: whatever they are
    std::optional<bool> isDelivered;
    StreamEvent event;
    std::vector<StreamAction> actions;
    std::optional<StreamState> next;  // none: stays

    bool covers(const StreamSituation& now, StreamEvent happened) const {
        return event == happened && from.contains(now.state) &&
               (others.empty() || others.contains(now.others)) &&
               isDelivered.value_or(now.isDelivered) == now.isDelivered;
    }
};

const std::set<StreamState> kAny{std::begin(kStates), std::end(kStates)};
const std::set<StreamState> kNotWaiting{Apart, Streams};

const Row kRows[] = {
    {"WhoAsksIsGrantedTheStreamIfTheHubAgrees", kAny, {}, false, Asked, {Ask}, {}},
    {"WhoAsksForWhatIsHereIsToldSo", kAny, {}, true, Asked, {TellDelivered}, {}},
    {"TheLastThatAskedStreams", kAny, {}, false, Granted, {SupersedeOthers, TellReady}, Streams},
    {"TheOneBeforeYieldsAndIsToldOnce", {Streams}, {}, {}, OtherGranted, {TellSuperseded}, Waits},
    {"TheLastOfThemSaysHowLongTheCallIs",
     kNotWaiting,
     {Others::None, Others::HadTheirTurn},
     {},
     EndSaid,
     {EndAudio},
     {}},
    {"WhoIsDoneLetsTheOneThatWaitsGoOn", {Streams}, {Others::Wait}, false, EndSaid, {PassOn}, HadItsTurn},
    {"WhoIsDoneWithADeliveredCallLetsNobodyGoOn", {Streams}, {Others::Wait}, true, EndSaid, {}, HadItsTurn},
    {"WhoNeverStreamedLetsTheOneThatWaitsGoOn",
     {Apart},
     {Others::Wait},
     false,
     EndSaid,
     {PassOn},
     HadItsTurn},
    {"WhoNeverStreamedADeliveredCallWaitsForTheWord", {Apart}, {Others::Wait}, true, EndSaid, {}, HadItsTurn},
    {"WhoNeverStreamedDoesNotEndWhatAnotherStreams", {Apart}, {Others::Stream}, {}, EndSaid, {}, HadItsTurn},
    // With another that streams, a program cannot stream itself; the table answers all the same.
    {"NoneEndsWhatAnotherStreams", {Streams}, {Others::Stream}, {}, EndSaid, {}, HadItsTurn},
    {"WhoLeavesHandsOver",
     {Streams},
     {Others::HadTheirTurn, Others::Wait, Others::Stream},
     false,
     Left,
     {PassOn},
     Apart},
    {"WhoLeavesAloneHandsOverToNobody", {Streams}, {Others::None}, false, Left, {}, Apart},
    {"WhoLeavesADeliveredCallHandsOverToNobody", {Streams}, {}, true, Left, {}, Apart},
    {"WhoLeavesWhileItWaitsIsForgotten", {Apart, Waits, HadItsTurn}, {}, {}, Left, {}, Apart},
    {"WhoWaitsIsToldThatAllIsHere", {Waits, HadItsTurn}, {}, true, Checked, {TellDelivered}, Apart},
    {"ACallThatIsGoneHasNoStream", {Streams}, {}, {}, CallGone, {ForgetStream}, Apart},
    {"ACallThatIsGoneIsNotWaitedFor", {Apart, Waits, HadItsTurn}, {}, {}, CallGone, {}, Apart},
};

template <class Do>
void forEverySituation(const Do& act) {
    for (const StreamState state : kStates)
        for (const Others others : kOthers)
            for (const bool isDelivered : {false, true}) act(StreamSituation{state, others, isDelivered});
}

class StreamFlow : public testing::TestWithParam<Row> {};

TEST_P(StreamFlow, Advances) {
    const Row& row = GetParam();
    forEverySituation([&](const StreamSituation& now) {
        if (!row.covers(now, row.event)) return;
        const StreamStep expected{row.next.value_or(now.state), row.actions};
        EXPECT_EQ(advanceStream(now, row.event), expected)
            << static_cast<int>(now.state) << " with others " << static_cast<int>(now.others);
    });
}

INSTANTIATE_TEST_SUITE_P(Rows, StreamFlow, testing::ValuesIn(kRows),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(StreamFlowTable, EveryCellHasOneRowOrIsIgnored) {
    forEverySituation([](const StreamSituation& now) {
        for (const StreamEvent event : kEvents) {
            const auto rows =
                std::ranges::count_if(kRows, [&](const Row& row) { return row.covers(now, event); });
            EXPECT_LE(rows, 1);
            if (rows == 0) {
                EXPECT_EQ(advanceStream(now, event), (StreamStep{now.state, {}}))
                    << static_cast<int>(now.state) << " " << static_cast<int>(event);
            }
        }
    });
}

// ---- all programs of a call together ----------------------------------------------------------------------

TEST(StreamTurnsTable, TheLatestThatWaitsGoesOnBeforeAnyThatHadItsTurn) {
    const StreamTurns turns{{1, Waits}, {2, Waits}, {3, HadItsTurn}, {4, Streams}};
    EXPECT_EQ(advanceTurns(turns, 4, Left, false),
              (TurnsStep{{{1, Waits}, {2, Waits}, {3, HadItsTurn}}, {{2, Ask}}}));
    EXPECT_EQ(advanceTurns({{1, HadItsTurn}, {3, HadItsTurn}, {4, Streams}}, 4, Left, false),
              (TurnsStep{{{1, HadItsTurn}, {3, HadItsTurn}}, {{3, Ask}}}));
}

TEST(StreamTurnsTable, TheOneBeforeIsToldBeforeTheNextIsReady) {
    EXPECT_EQ(
        advanceTurns({{1, HadItsTurn}, {2, Streams}}, 3, Granted, false),
        (TurnsStep{{{1, HadItsTurn}, {2, Waits}, {3, Streams}}, {{2, TellSuperseded}, {3, TellReady}}}));
}

/// A call and its programs, as far as what may happen next depends on it.
struct Scene {
    StreamTurns turns;
    std::set<std::uint64_t> connected;
    bool isDelivered = false;
    auto operator<=>(const Scene&) const = default;
};

std::vector<std::uint64_t> programsThatAre(StreamState state, const StreamTurns& turns) {
    std::vector<std::uint64_t> programs;
    for (const auto& [program, is] : turns)
        if (is == state) programs.push_back(program);
    return programs;
}

/// Who has to go on when the one that streams leaves: said once more, in another way than the flow does.
std::optional<std::uint64_t> heir(const StreamTurns& turns) {
    const auto waiting = programsThatAre(Waits, turns);
    const auto others = programsThatAre(HadItsTurn, turns);
    if (!waiting.empty()) return waiting.back();
    return others.empty() ? std::nullopt : std::optional{others.back()};
}

/// Every order in which up to three programs come, ask, end and leave, while the audio becomes complete, the call is
/// forgotten or the hub refuses: until nothing new can be reached.
class StreamTurnsExplored : public testing::Test {
protected:
    void explore() {
        reach({{}, {}, false});
        while (!fresh_.empty()) {
            const Scene scene = *fresh_.begin();
            fresh_.erase(fresh_.begin());
            for (const bool doesHubAgree : {true, false}) {
                doesHubAgree_ = doesHubAgree;
                leadOn(scene);
            }
        }
    }
    std::size_t scenes() const { return known_.size(); }
    std::size_t handOvers() const { return handOvers_; }

private:
    void leadOn(const Scene& scene) {
        if (scene.connected.size() < 3) {
            Scene joined = scene;
            joined.connected.insert(scene.connected.empty() ? 1 : *scene.connected.rbegin() + 1);
            reach(joined);
        }
        Scene delivered = scene;
        delivered.isDelivered = true;
        reach(delivered);
        for (const std::uint64_t program : scene.connected) {
            for (const StreamEvent event : {Asked, EndSaid, Checked, CallGone}) {
                Scene later = scene;
                happen(later, program, event);
                reach(later);
            }
            leave(scene, program);
        }
    }
    void leave(const Scene& scene, std::uint64_t program) {
        Scene later = scene;
        later.connected.erase(program);
        const bool didStream = streamStateOf(scene.turns, program) == Streams;
        happen(later, program, Left);
        EXPECT_FALSE(later.turns.contains(program));
        if (didStream && !scene.isDelivered && doesHubAgree_) {
            const auto wanted = heir(scene.turns);
            const auto streaming = programsThatAre(Streams, later.turns);
            EXPECT_EQ(streaming, wanted ? std::vector{*wanted} : std::vector<std::uint64_t>{});
            if (wanted) ++handOvers_;
        }
        reach(later);
    }
    void happen(Scene& scene, std::uint64_t program, StreamEvent event) {
        const StreamTurns before = scene.turns;
        const TurnsStep step = advanceTurns(before, program, event, scene.isDelivered);
        scene.turns = step.next;
        for (const StreamOrder& order : step.orders) {
            EXPECT_TRUE(scene.connected.contains(order.program)) << "an order to one that has gone";
            if (order.action == Ask || order.action == TellReady) {
                EXPECT_FALSE(scene.isDelivered) << "streamed again";
            }
            if (order.action == EndAudio) {
                EXPECT_TRUE(programsThatAre(Waits, before).empty()) << "another has more";
            }
            if (order.action == Ask && doesHubAgree_) happen(scene, order.program, Granted);
        }
        EXPECT_LE(programsThatAre(Streams, scene.turns).size(), 1U);
        if (scene.isDelivered) {
            for (const std::uint64_t streaming : programsThatAre(Streams, scene.turns))
                EXPECT_EQ(streamStateOf(before, streaming), Streams) << "streamed again";
        }
    }
    /// Only the programs' order counts, not their numbers.
    void reach(const Scene& scene) {
        Scene ranked{{}, {}, scene.isDelivered};
        std::uint64_t rank = 0;
        for (const std::uint64_t program : scene.connected) {
            ranked.connected.insert(++rank);
            const StreamState state = streamStateOf(scene.turns, program);
            if (state != Apart) ranked.turns[rank] = state;
        }
        if (known_.insert(ranked).second) fresh_.insert(ranked);
    }

    bool doesHubAgree_ = true;
    std::size_t handOvers_ = 0;
    std::set<Scene> known_;
    std::set<Scene> fresh_;
};

TEST_F(StreamTurnsExplored, OneStreamsItsHeirGoesOnAndNothingDeliveredIsStreamedAgain) {
    explore();
    EXPECT_GT(scenes(), 100U) << "up to three programs in four states, delivered or not";
    EXPECT_GT(handOvers(), 20U);
}

}  // namespace
}  // namespace ninja3cx::api
