#include "server/analysis/training/labelled_call.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis::training {
namespace {

using ::testing::HasSubstr;

constexpr const char* kHeading =
    "@ a1 fr category=email secondary=- sentiment=neutral start=neutral end=neutral impact=I1 urgency=U2 "
    "priority=MEDIUM resolved=yes ticket=yes callback=no";

TEST(LabelledCall, IsReadWithItsTags) {
    const auto calls = readLabelledCalls(std::string{kHeading} +
                                             "\nA: Bonjour.\nC [top, neg]: Outlook : plus rien.\n"
                                             "A [reboot:done,callback:todo]: C'est relancé.\n\n",
                                         "one.txt");
    ASSERT_TRUE(calls) << calls.error().detail;
    ASSERT_EQ(calls->size(), 1u);
    const LabelledCall& call = calls->front();
    EXPECT_EQ(call.id, "a1");
    EXPECT_EQ(call.language, "fr");
    EXPECT_EQ(call.hand, "one.txt");
    EXPECT_EQ(call.label("category"), "email");
    ASSERT_EQ(call.turns.size(), 3u);
    EXPECT_TRUE(call.turns[0].isAgent);
    EXPECT_EQ(call.turns[1].text, " Outlook : plus rien.");
    EXPECT_TRUE(call.turns[1].has("neg"));
    EXPECT_TRUE(call.hasTags());
    EXPECT_TRUE(call.hasAction("reboot"));
    EXPECT_TRUE(call.hasAction("callback"));
    EXPECT_FALSE(call.hasAction("monitor"));
}

TEST(LabelledCall, MayHaveItsActionsAsAWhole) {
    const auto calls = readLabelledCalls(
        std::string{kHeading} + " actions=monitor:todo,reboot:done\nA: Bonjour.\n", "one.txt");
    ASSERT_TRUE(calls) << calls.error().detail;
    EXPECT_FALSE(calls->front().hasTags());
    EXPECT_TRUE(calls->front().hasAction("monitor"));
    EXPECT_FALSE(calls->front().hasAction("callback"));
}

struct Row {
    const char* name;
    std::string text;
    const char* says;
};
class BrokenCall : public testing::TestWithParam<Row> {};
TEST_P(BrokenCall, IsNamedWithItsLine) {
    const auto calls = readLabelledCalls(GetParam().text, "one.txt");
    ASSERT_FALSE(calls);
    EXPECT_THAT(calls.error().detail, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, BrokenCall,
    testing::Values(Row{"NoId", "@", "line 1: a call needs an id"},
                    Row{"NoPriority", "@ a fr category=email", "line 1: the call has no secondary"},
                    Row{"UnknownLabel", "@ a fr category=emails", "no such label: category=emails"},
                    Row{"UnknownTag", std::string{kHeading} + "\nC [angry]: Non.",
                        "line 2: no such tag: angry"},
                    Row{"UnknownStatus", std::string{kHeading} + "\nC [reboot:maybe]: Non.", "reboot:maybe"},
                    Row{"TagsWithoutEnd", std::string{kHeading} + "\nC [neg: Non.", "the tags have no end"},
                    Row{"NoColon", std::string{kHeading} + "\nC Non.", "a colon before its text"},
                    Row{"NoSpeaker", std::string{kHeading} + "\nBonjour.", "a turn begins with A or C"},
                    Row{"TurnOutside", std::string{kHeading} + "\n\nA: Allô ?", "line 3: a turn outside"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::analysis::training
