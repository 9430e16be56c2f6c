#include "simulators/tests/pbx_harness.hpp"

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::PbxHarness;

struct UrlRow {
    const char* name;
    bool plusAsSpace;
    const char* number;
    const char* caller;
    const char* url;
};
class ContactUrls : public ::testing::TestWithParam<UrlRow> {};
TEST_P(ContactUrls, CarryNumberAndNameEncoded) {
    const ContactUrl hook{"201", "http://127.0.0.1:9/r?number=%CallerNumber%&name=%CallerDisplayName%", 1,
                          GetParam().plusAsSpace};
    EXPECT_EQ(contactUrlOf(hook, GetParam().number, GetParam().caller),
              std::string{"http://127.0.0.1:9/r?"} + GetParam().url);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ContactUrls,
    ::testing::Values(UrlRow{"Plain", false, "+33142345678", "Dupont SARL",
                             "number=%2B33142345678&name=Dupont%20SARL"},
                      UrlRow{"PlusStays", true, "+33142345678", "A+B", "number=+33142345678&name=A+B"},
                      UrlRow{"Html", false, "0142", "<b>&\"%CallerNumber%",
                             "number=0142&name=%3Cb%3E%26%22%25CallerNumber%25"},
                      UrlRow{"Hidden", false, "", "", "number=&name="},
                      UrlRow{"Accents", false, "1", "H\xC3\xB4tel", "number=1&name=H%C3%B4tel"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxContactUrl, IsOpenedAtRingTimeOnceForEachCall) {
    PbxHarness pbx{R"({"profile":{"devices":2},
        "contactUrls":[{"extension":"201","url":"http://127.0.0.1:9/%CallerNumber%","times":2}],
        "calls":[{"at":1,"extension":"201","callerNumber":"0142","ringS":3,"durationS":9},
                 {"at":2,"extension":"202","callerNumber":"0143","ringS":3,"durationS":9},
                 {"at":3,"extension":"201","callerNumber":"0144","direction":"outbound","ringS":3,"durationS":9}]})"};
    std::vector<std::string> opened;
    pbx.pbx.openUrlsWith([&](const std::string& url) { opened.push_back(url); });
    pbx.pass(900ms);
    EXPECT_TRUE(opened.empty());
    pbx.pass(150ms);
    EXPECT_EQ(opened, std::vector<std::string>{"http://127.0.0.1:9/0142"});
    pbx.pass(30s);
    EXPECT_EQ(opened, (std::vector<std::string>(2, "http://127.0.0.1:9/0142")));
    pbx.control("/sim/scenario",
                R"({"contactUrls":[{"extension":"202","url":"http://localhost:8/%CallerNumber%"}],
        "calls":[{"extension":"202","callerNumber":"0145","ringS":1,"variant":"missed"}]})");
    EXPECT_EQ(opened.back(), "http://localhost:8/0145");
    EXPECT_EQ(opened.size(), 3U);
}

class RecordingPipe final : public PipeSink {
public:
    void send(std::string bytes) override {
        for (std::string& text : reader_.push(bytes)) texts.push_back(std::move(text));
    }
    std::vector<std::string> texts;

private:
    PipeReader reader_;
};

/// The agent's end of the pipe of 201.
class SoftphoneTest : public ::testing::Test {
protected:
    void open(const std::string& scenario) {
        pbx.emplace(scenario);
        pbx->signIn();
        sink = std::make_shared<RecordingPipe>();
        id = pbx->pbx.openPipe("201", sink);
    }
    void say(const std::string& text) { pbx->pbx.pipeBytes(id, encodePipeFrame(text)); }
    std::vector<std::string> heard() { return std::exchange(sink->texts, {}); }
    /// "cmd callid" of each.
    std::vector<std::string> commands() {
        std::vector<std::string> all;
        for (const std::string& text : heard()) {
            const PipeFields fields = fieldsOfText(text);
            all.push_back(fieldOf(fields, "cmd") + " " + fieldOf(fields, "callid"));
        }
        return all;
    }
    using Texts = std::vector<std::string>;

    std::optional<PbxHarness> pbx;
    std::shared_ptr<RecordingPipe> sink;
    PipeId id = 0;
};

TEST_F(SoftphoneTest, AnswersTheGreetingThenTellsOfACall) {
    open(
        R"({"calls":[{"at":1,"extension":"201","callerNumber":"+33142345678","callerName":"Dupont","ringS":3,"durationS":9}]})");
    say("__reqId=1,cmd=SRVHELLO");
    EXPECT_EQ(heard(), Texts{"__reqId=1,cmd=SRVHELLO,__answ#=1,reply=CLIHELLO"});
    pbx->pass(2s);
    EXPECT_EQ(
        heard(),
        Texts{"cmd=RINGING,callid=8106,originator=+33142345678,originator_name=Dupont,called_number=201,"
              "called_name=Julien Bernard,status=Ringing"});
    pbx->pass(3s);
    EXPECT_EQ(commands(), Texts{"CONNECTED 8106"});
    pbx->pass(10s);
    EXPECT_EQ(commands(), Texts{"DISCONNECTED 8106"});
}

TEST_F(SoftphoneTest, SaysNothingBeforeTheGreetingAndThenWhatGoesOn) {
    open(R"({"calls":[{"at":1,"extension":"201","callerNumber":"+331","ringS":3,"durationS":9}]})");
    pbx->pass(2s);
    EXPECT_TRUE(heard().empty());
    say("__reqId=1,cmd=SRVHELLO");
    EXPECT_EQ(commands(), (Texts{"SRVHELLO ", "RINGING 8106"}));
}

TEST_F(SoftphoneTest, TellsNothingOfHoldAndOfOtherPhones) {
    open(R"({"profile":{"hold":"status-held","devices":2},
        "calls":[{"at":1,"extension":"201","callerNumber":"+331","ringS":1,"durationS":20,"variant":"hold","holdAtS":5,"holdForS":5},
                 {"at":1,"extension":"202","callerNumber":"+332","ringS":1,"durationS":20}]})");
    say("__reqId=1,cmd=SRVHELLO");
    pbx->pass(30s);
    EXPECT_EQ(commands(), (Texts{"SRVHELLO ", "RINGING 8106", "CONNECTED 8106", "DISCONNECTED 8106"}));
}

TEST_F(SoftphoneTest, SaysWhenThePartyChanges) {
    open(
        R"({"calls":[{"at":1,"extension":"202","callerNumber":"+331","ringS":1,"durationS":40,"variant":"attended-transfer",
        "transferTo":"201","transferAtS":5,"consultForS":5}]})");
    say("__reqId=1,cmd=SRVHELLO");
    pbx->pass(20s);
    EXPECT_EQ(commands(), (Texts{"SRVHELLO ", "RINGING 8108", "CONNECTED 8108", "CALL-INFO 8108"}));
}

TEST_F(SoftphoneTest, MakesAndDropsCalls) {
    open("{}");
    say("__reqId=1,cmd=SRVHELLO");
    say("__reqId=2,cmd=MAKE-CALL,number=0612345678");
    pbx->pass(10s);
    const Texts all = heard();
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(
        all[1],
        "cmd=RINGBACK,callid=8106,originator=201,originator_name=Julien Bernard,called_number=0612345678,"
        "called_name=,status=Dialing");
    EXPECT_EQ(all[2], "__reqId=2,cmd=MAKE-CALL,number=0612345678,__answ#=1,reply=OK");
    say("__reqId=3,cmd=DROP-CALL,callid=8106");
    pbx->pass(1s);
    EXPECT_EQ(commands(), (Texts{"DROP-CALL 8106", "DISCONNECTED 8106"}));
    say("__reqId=4,cmd=DROP-CALL,callid=8106");
    say("__reqId=5,cmd=MAKE-CALL");
    say("nonsense,=,cmd=");
    const Texts refused = heard();
    ASSERT_EQ(refused.size(), 2U);
    EXPECT_EQ(fieldOf(fieldsOfText(refused[0]), "reply"), "FAILED");
    EXPECT_EQ(fieldOf(fieldsOfText(refused[1]), "reply"), "FAILED");
}

TEST(PipeFrames, AreLengthAndUtf16) {
    EXPECT_EQ(encodePipeFrame("a\xC3\xA9"), (std::string{"\x04\x00"
                                                         "a\x00\xE9\x00",
                                                         6}));
    EXPECT_EQ(encodePipeFrame(std::string(40'000, 'x')).size(), 2U + 65'534U);
}

TEST(PipeFrames, ComeInAnyPieces) {
    const std::string bytes =
        encodePipeFrame("cmd=RINGING") + encodePipeFrame("") + encodePipeFrame("\xF0\x9F\x93\x9E");
    for (const std::size_t step : {1U, 2U, 3U, 100U}) {
        PipeReader reader;
        std::vector<std::string> texts;
        for (std::size_t at = 0; at < bytes.size(); at += step)
            for (std::string& text : reader.push(std::string_view{bytes}.substr(at, step)))
                texts.push_back(std::move(text));
        EXPECT_EQ(texts, (std::vector<std::string>{"cmd=RINGING", "", "\xF0\x9F\x93\x9E"})) << step;
    }
}

TEST(PipeFrames, LeaveOutWhatIsNoPair) {
    EXPECT_EQ(fieldsOfText("a=1,,b,=2,c=x=y,"), (PipeFields{{"a", "1"}, {"c", "x=y"}}));
    EXPECT_EQ(textOfFields({{"a", "1"}, {"b", ""}}), "a=1,b=");
}

}  // namespace
}  // namespace ninja3cx::simulators
