#include "server/analysis/read_call.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

std::string callWith(const std::string& turns) {
    return R"({"id":"c1","language":"fr","duration_s":12.5,"labels":{"category":"email"},"turns":[)" + turns +
           "]}";
}

constexpr const char* kTurn = R"({"speaker":"customer","t0":0,"t1":2.5,"text":"Bonjour"})";

TEST(ReadCall, TakesACallAndIgnoresWhatItDoesNotKnow) {
    const auto call = readCall(callWith(kTurn));
    ASSERT_TRUE(call) << call.error().detail;
    EXPECT_EQ(call->id, "c1");
    ASSERT_EQ(call->turns.size(), 1U);
    EXPECT_EQ(call->turns[0].speaker, protocol::Speaker::Customer);
    EXPECT_EQ(call->turns[0].t1, 2.5);
    EXPECT_TRUE(readCall("\xEF\xBB\xBF" + callWith(kTurn))) << "Windows editors put a mark before it";
    EXPECT_TRUE(readCall(callWith(""))) << "nobody spoke";
}

struct Row {
    const char* name;
    std::string text;
    const char* problem;  // how the error begins
};
class BrokenCalls : public testing::TestWithParam<Row> {};
TEST_P(BrokenCalls, AreRefusedWithTheirPlace) {
    const auto call = readCall(GetParam().text);
    ASSERT_FALSE(call);
    EXPECT_EQ(call.error().kind, ErrorKind::BadMessage);
    EXPECT_TRUE(call.error().detail.starts_with(GetParam().problem)) << call.error().detail;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, BrokenCalls,
    testing::Values(
        Row{"Nothing", "", "is empty"}, Row{"Blanks", " \n\t", "is empty"},
        Row{"NoJson", "Bonjour", "no valid JSON near byte 0"},
        Row{"Truncated", callWith(kTurn).substr(0, 100), "no valid JSON near byte 100: incomplete JSON"},
        Row{"MoreBehindIt", callWith(kTurn) + "{}", "JSON ends at byte "},
        Row{"NoUtf8", callWith("\n{\"speaker\":\"customer\",\"t0\":0,\"t1\":1,\"text\":\"caf\xE9 noir\"}"),
            "is no UTF-8 in line 2; save it as UTF-8"},
        Row{"BytesOfAPicture", "\x89PNG\r\n", "is no UTF-8 in line 1"},
        Row{"HalfASurrogate", callWith(R"({"speaker":"customer","t0":0,"t1":1,"text":"\ud800"})"),
            "no valid JSON near byte "},
        Row{"DeeperThanAnyCall", std::string(100, '['), "no valid JSON near byte "},
        Row{"AList", "[]", "must be a JSON object"}, Row{"ANumber", "7", "must be a JSON object"},
        Row{"NoTurns", R"({"id":"c1","language":"fr","duration_s":1})", "turns: is missing"},
        Row{"NoId", R"({"language":"fr","duration_s":1,"turns":[]})", "id: is missing"},
        Row{"TurnsOfAnotherType", R"({"id":"c1","language":"fr","duration_s":1,"turns":{}})",
            "turns: must be an array"},
        Row{"DurationOfAnotherType", R"({"id":"c1","language":"fr","duration_s":"1","turns":[]})",
            "duration_s: must be a number"},
        Row{"NegativeDuration", R"({"id":"c1","language":"fr","duration_s":-1,"turns":[]})",
            "duration_s: -1 is negative"},
        Row{"StartInWords",
            R"({"id":"c1","language":"fr","duration_s":1,"started_at":"yesterday","turns":[]})",
            "started_at: is no date and time in ISO 8601"},
        Row{"StartInTheThirteenthMonth",
            R"({"id":"c1","language":"fr","duration_s":1,"started_at":"2026-13-01","turns":[]})",
            "started_at: is no date and time in ISO 8601"},
        Row{"StartOnADayThatIsNot",
            R"({"id":"c1","language":"fr","duration_s":1,"started_at":"2026-02-30T10:00:00Z","turns":[]})",
            "started_at: is no date and time in ISO 8601"},
        Row{"TurnOfAnotherType", callWith(std::string{kTurn} + ",\"Bonjour\""),
            "turns[1]: must be an object"},
        Row{"TurnWithoutText", callWith(R"({"speaker":"customer","t0":0,"t1":1})"),
            "turns[0].text: is missing"},
        Row{"TextOfAnotherType", callWith(R"({"speaker":"customer","t0":0,"t1":1,"text":null})"),
            "turns[0].text: is missing"},
        Row{"UnknownSpeaker", callWith(R"({"speaker":"robot","t0":0,"t1":1,"text":"a"})"),
            "turns[0].speaker: 'robot' is none of agent, customer"},
        Row{"NegativeTime", callWith(R"({"speaker":"agent","t0":-0.5,"t1":1,"text":"a"})"),
            "turns[0].t0: -0.5 is negative"},
        Row{"TimesTheWrongWayRound", callWith(R"({"speaker":"agent","t0":3,"t1":1,"text":"a"})"),
            "turns[0].t1: 1 is before t0, 3"},
        Row{"Milliseconds", callWith(R"({"speaker":"agent","t0":192000,"t1":193500,"text":"a"})"),
            "turns[0].t0: 192000 is more than 48 hours; times are in seconds"},
        Row{"NaN", callWith(R"({"speaker":"agent","t0":NaN,"t1":1,"text":"a"})"), "no valid JSON near byte "},
        Row{"Infinity", callWith(R"({"speaker":"agent","t0":0,"t1":1e999,"text":"a"})"),
            "turns[0].t1: is no finite number of seconds"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(HugeCalls, AreRefusedBeforeTheyCost) {
    const auto problemOf = [](const std::string& text) { return readCall(text).error().detail; };
    EXPECT_EQ(problemOf(std::string(kMaxCallBytes + 1, ' ')), "is larger than 16 MiB; this is no call");
    std::string turns{kTurn};
    for (std::size_t i = 0; i < kMaxCallTurns; ++i) turns.append(",").append(kTurn);
    EXPECT_EQ(problemOf(callWith(turns)), "turns: there are 20001; at most 20000 are analysed");
    const std::string speech(kMaxTurnBytes + 1, 'a');
    EXPECT_TRUE(problemOf(callWith(R"({"speaker":"agent","t0":0,"t1":1,"text":")" + speech + "\"}"))
                    .starts_with("turns[0].text: has 16385 bytes"));
    turns.clear();
    const std::string much =
        R"({"speaker":"agent","t0":0,"t1":1,"text":")" + std::string(kMaxTurnBytes, 'a') + "\"}";
    for (int i = 0; i < 65; ++i) turns.append(i > 0 ? "," : "").append(much);
    EXPECT_EQ(problemOf(callWith(turns)),
              "turns: there are more than 1 MiB of text up to turns[64]; that is no call");
}

}  // namespace
}  // namespace ninja3cx::analysis
