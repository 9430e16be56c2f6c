#include "server/discovery/publishing_flow.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::discovery {
namespace {

using enum PublishEvent;
using enum PublishAction;
using News = PublishNews;

struct Row {
    const char* name;
    PublishState from;
    PublishEvent event;
    PublishStep expected;
};
class PublishingFlow : public testing::TestWithParam<Row> {};
TEST_P(PublishingFlow, Advances) {
    EXPECT_EQ(advance(GetParam().from, GetParam().event), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PublishingFlow,
    testing::Values(
        Row{"ADaemonThatRuns", {}, DaemonRuns, {{true, News::None}, {Register}}},
        Row{"IsFound", {true, News::None}, Established, {{true, News::Published}, {SayPublished}}},
        Row{"IsFoundStill", {true, News::Published}, Established, {{true, News::Published}, {}}},
        Row{"NoDaemonIsSaidOnce", {}, DaemonAbsent, {{false, News::Absent}, {SayAbsent}}},
        Row{"NoDaemonIsNotSaidTwice", {false, News::Absent}, DaemonAbsent, {{false, News::Absent}, {}}},
        Row{"NoBusIsTriedAgain", {}, BusAbsent, {{false, News::Absent}, {ReconnectLater, SayAbsent}}},
        Row{"NoBusIsTriedAgainQuietly",
            {false, News::Absent},
            BusAbsent,
            {{false, News::Absent}, {ReconnectLater}}},
        Row{"ADaemonThatComes", {false, News::Absent}, DaemonRuns, {{true, News::Absent}, {Register}}},
        Row{"IsFoundLate", {true, News::Absent}, Established, {{true, News::Published}, {SayPublished}}},
        Row{"ADaemonThatEnds",
            {true, News::Published},
            DaemonLost,
            {{false, News::Lost}, {ReconnectSoon, SayLost}}},
        Row{"ADaemonThatEndsBeforeWeAreFound",
            {true, News::None},
            DaemonLost,
            {{false, News::None}, {ReconnectSoon}}},
        Row{"IsLostAndThenAbsent", {false, News::Lost}, DaemonAbsent, {{false, News::Lost}, {}}},
        Row{"TheBusIsGoneToo", {false, News::Lost}, BusAbsent, {{false, News::Lost}, {ReconnectLater}}},
        Row{"IsFoundAgain", {true, News::Lost}, Established, {{true, News::Published}, {SayPublished}}},
        Row{"AnotherHostName", {true, News::Published}, DaemonBusy, {{false, News::Published}, {Withdraw}}},
        Row{"ATakenName", {true, News::None}, NameTaken, {{true, News::None}, {TakeOtherName, Register}}},
        Row{"ATakenNameLater",
            {true, News::Published},
            NameTaken,
            {{true, News::Published}, {TakeOtherName, Register}}},
        Row{"ATakenNameOfBefore", {false, News::Lost}, NameTaken, {{false, News::Lost}, {}}},
        Row{"EstablishedOfBefore", {false, News::Lost}, Established, {{false, News::Lost}, {}}},
        Row{"ARefusal", {true, News::None}, Refused, {{false, News::Refused}, {ReconnectLater, SayRefused}}},
        Row{"ARefusalAgain", {true, News::Refused}, Refused, {{false, News::Refused}, {ReconnectLater}}}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::discovery
