#include "agent/softphone/conversation.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::agent {
namespace {

using protocol::CallState;
using protocol::Direction;
using namespace std::string_literals;

constexpr SteadyTime kNow{std::chrono::seconds{7}};

TEST(PipeFrames, AreALengthAndUtf16) {
    EXPECT_EQ(frameOf("a=é"), "\x06\x00\x61\x00\x3d\x00\xe9\x00"s);
    EXPECT_EQ(frameOf(""), "\x00\x00"s);
    EXPECT_EQ(frameOf("😀"), "\x04\x00\x3d\xd8\x00\xde"s);
}

TEST(PipeFrames, AreReadHoweverTheyAreCut) {
    const std::string stream = frameOf("cmd=RINGING") + frameOf("") + frameOf("名=😀,é");
    for (std::size_t size = 1; size <= stream.size(); ++size) {
        FrameReader reader;
        std::vector<std::string> read;
        for (std::size_t at = 0; at < stream.size(); at += size) {
            reader.feed(std::string_view{stream}.substr(at, size));
            while (auto text = reader.next()) read.push_back(*text);
        }
        EXPECT_EQ(read, (std::vector<std::string>{"cmd=RINGING", "", "名=😀,é"})) << size;
    }
}

TEST(PipeFrames, OfBrokenTextAreStillRead) {
    FrameReader reader;
    reader.feed("\x05\x00\x61\x00\x3d\xd8\x62"s);
    EXPECT_EQ(reader.next(), "a\xEF\xBF\xBD");
    reader.feed("\x02\x00\x00\xde"s);
    EXPECT_EQ(reader.next(), "\xEF\xBF\xBD");
}

TEST(PipeFrames, HoldNoMoreThanTheirLengthCanSay) {
    FrameReader reader;
    reader.feed(frameOf(std::string(40'000, 'x')));
    EXPECT_EQ(reader.next(), std::string(kMaxFrameUnits, 'x'));
    EXPECT_EQ(reader.next(), std::nullopt);
}

TEST(PipeMessages, AreReadLeniently) {
    const PipeMessage message = PipeMessage::read(
        "CMD=RINGING, callid = 7 ,junk,originator_name=Dupont, Jean,=x,a=b=c,,originator=06");
    EXPECT_EQ(message["cmd"], "RINGING");
    EXPECT_EQ(message["callid"], "7");
    EXPECT_EQ(message["originator_name"], "Dupont, Jean");
    EXPECT_EQ(message["a"], "b=c");
    EXPECT_EQ(message["originator"], "06");
    EXPECT_EQ(message["junk"], "");
    EXPECT_FALSE(message.isReply());
    EXPECT_TRUE(PipeMessage::read("__answ#=1").isReply());
}

TEST(PipeMessages, AreWrittenSoThatAValueStaysOne) {
    EXPECT_EQ(writePipeMessage({{"cmd", "MAKE-CALL"}, {"number", "06,cmd=DROP-CALL\n1"}}),
              "cmd=MAKE-CALL,number=06cmdDROP-CALL1");
}

/// What is told of one message, as "state direction number name #id".
struct Row {
    const char* name;
    std::vector<const char*> heard;
    std::vector<const char*> told;
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}
class Softphone : public testing::TestWithParam<Row> {};

std::string written(const Observation& seen) {
    EXPECT_EQ(seen.source, Source::Softphone);
    EXPECT_EQ(seen.at, kNow);
    std::string text = seen.state == CallState::Ringing     ? "rings"
                       : seen.state == CallState::Dialing   ? "dials"
                       : seen.state == CallState::Connected ? "connected"
                       : seen.state == CallState::Held      ? "held"
                                                            : "ended";
    text += !seen.direction ? " ?" : *seen.direction == Direction::Inbound ? " in" : " out";
    return text + " '" + seen.number + "' '" + seen.name + "' #" + seen.sourceId;
}

TEST_P(Softphone, IsUnderstood) {
    SoftphoneConversation conversation{"201"};
    std::vector<std::string> told;
    for (const char* text : GetParam().heard)
        for (const Observation& seen : conversation.hear(frameOf(text), kNow)) told.push_back(written(seen));
    EXPECT_EQ(told, (std::vector<std::string>{GetParam().told.begin(), GetParam().told.end()}));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Softphone,
    testing::Values(
        Row{"Inbound",
            {"cmd=RINGING,callid=7,originator=0612345678,originator_name=Dupont,called_number=201",
             "cmd=CONNECTED,callid=7,originator=0612345678,originator_name=Dupont,called_number=201",
             "cmd=DISCONNECTED,callid=7"},
            {"rings in '0612345678' 'Dupont' #7", "connected in '0612345678' 'Dupont' #7",
             "ended in '' '' #7"}},
        Row{"Outbound",
            {"cmd=RINGBACK,callid=8,originator=201,called_number=0612345678,called_name=Dupont",
             "cmd=CONNECTED,callid=8,originator=201,called_number=0612345678", "cmd=DROP-CALL,callid=8"},
            {"dials out '0612345678' 'Dupont' #8", "connected out '0612345678' '' #8", "ended out '' '' #8"}},
        Row{"CaseAndRequestNumbers",
            {"__reqId=4,cmd=ringing,CallId=7,Originator=205"},
            {"rings in '205' '' #7"}},
        Row{"ConnectedAtFirstSightByWhoCalls",
            {"cmd=CONNECTED,callid=1,originator=201,called_number=0612345678",
             "cmd=CONNECTED,callid=2,originator=0698765432,called_number=201",
             "cmd=CONNECTED,callid=3,originator=0698765432"},
            {"connected out '0612345678' '' #1", "connected in '0698765432' '' #2",
             "connected ? '0698765432' '' #3"}},
        Row{"InfoTellsWhoItIs",
            {"cmd=RINGING,callid=7", "cmd=CALL-INFO,callid=7,originator=0612345678,originator_name=Dupont"},
            {"rings in '' '' #7", "rings in '0612345678' 'Dupont' #7"}},
        Row{"InfoOfAnUnknownCallIsNothing", {"cmd=CALL-INFO,callid=7,originator=0612345678"}, {}},
        Row{"InfoMayTellAHold",
            {"cmd=CONNECTED,callid=7,originator=06123456,called_number=201",
             "cmd=CALL-INFO,callid=7,status=OnHold", "cmd=CALL-INFO,callid=7,status=Talking"},
            {"connected in '06123456' '' #7", "held in '' '' #7", "connected in '' '' #7"}},
        Row{"Withheld", {"cmd=RINGING,callid=7,originator=anonymous"}, {"rings in '' '' #7"}},
        Row{"RepliesAreNoCalls",
            {"__reqId=1,cmd=SRVHELLO,__answ#=1,reply=CLIHELLO", "__reqId=2,cmd=DROP-CALL,callid=7,__answ#=2"},
            {}},
        Row{"UnknownAndEmpty", {"", "cmd=", "cmd=SOMETHING-NEW,callid=7", ",,,", "RINGING"}, {}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(SoftphoneConversations, BeginWithAGreeting) {
    SoftphoneConversation conversation{"201"};
    EXPECT_EQ(conversation.hello(), frameOf("__reqId=1,cmd=SRVHELLO"));
    EXPECT_FALSE(conversation.isGreeted());
    conversation.hear(frameOf("__reqId=1,cmd=SRVHELLO,__answ#=1,reply=CLIHELLO"), kNow);
    EXPECT_TRUE(conversation.isGreeted());
    EXPECT_EQ(conversation.makeCall("+33612345678"),
              frameOf("__reqId=2,cmd=MAKE-CALL,callid=1,number=+33612345678"));
}

TEST(SoftphoneConversations, ForgetTheOldestOfManyCalls) {
    SoftphoneConversation conversation{""};
    for (int i = 0; i < 40; ++i) conversation.hear(frameOf("cmd=RINGING,callid=" + std::to_string(i)), kNow);
    EXPECT_TRUE(conversation.hear(frameOf("cmd=CALL-INFO,callid=1,originator=0612345678"), kNow).empty());
    EXPECT_EQ(conversation.hear(frameOf("cmd=CALL-INFO,callid=39,originator=0612345678"), kNow).size(), 1U);
}

}  // namespace
}  // namespace ninja3cx::agent
