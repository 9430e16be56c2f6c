#include "bench/analysis/labelled_set.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <functional>

namespace ninja3cx::bench {
namespace {

using boost::json::object;
using boost::json::value;
using ::testing::HasSubstr;

constexpr const char* kCall = R"({"id":"ana-x001","language":"fr","duration_s":9,
  "turns":[{"speaker":"agent","t0":0,"t1":2,"text":"support bonjour"},
           {"speaker":"customer","t0":3,"t1":5,"text":"mon code c'est mille"},
           {"speaker":"agent","t0":6,"t1":8,"text":"je vous rappelle"}],
  "labels":{"category":"printer_scanner","secondary_category":null,"sentiment":"neutral",
    "sentiment_start":"neutral","sentiment_end":"neutral","priority":"LOW","resolved":false,
    "ticket_warranted":true,"callback_promised":true,"subject":"Imprimante","summary":"Elle est en panne.",
    "actions":[{"kind":"callback","text":"rappeler","owner":"agent","due":null,"status":"todo"}],
    "entities":{"person":[],"company":[],"phone":[],"email":[],"device":[],"software":[],"error_code":[],
                "ticket_number":[],"site":["Dinan"]},
    "pii":[{"kind":"password","text":"mille","value":"1000"}],"tags":["pii"]}})";

constexpr const char* kText =
    "@ txt001 en category=email secondary=hardware sentiment=negative start=neutral end=negative impact=I1 "
    "urgency=U2 priority=MEDIUM resolved=yes ticket=yes callback=no\n"
    "A: Hello.\nC [neg]: No mail.\nA [reboot:done]: Restarted.\n";

TEST(LabelledSet, ReadsACallWithItsLabels) {
    const auto call = readEvaluatedCall(kCall);
    ASSERT_TRUE(call) << call.error().detail;
    EXPECT_EQ(call->input.id, "ana-x001");
    EXPECT_EQ(call->input.turns.size(), 3u);
    EXPECT_EQ(call->labels.category, protocol::Category::PrinterScanner);
    EXPECT_TRUE(call->labels.isWhole);
    EXPECT_EQ(call->labels.pii.at(0).value, "1000");
    EXPECT_EQ(call->labels.entities.at("site"), std::vector<std::string>{"Dinan"});
}

struct Broken {
    const char* name;
    std::function<void(object& call, object& labels)> breakIt;
    const char* says;
};
class BrokenEvaluatedCall : public testing::TestWithParam<Broken> {};
TEST_P(BrokenEvaluatedCall, NamesTheField) {
    value call = boost::json::parse(kCall);
    GetParam().breakIt(call.as_object(), call.at("labels").as_object());
    const auto read = readEvaluatedCall(boost::json::serialize(call));
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().detail, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, BrokenEvaluatedCall,
    testing::Values(
        Broken{"NoLabels", [](object& call, object&) { call.erase("labels"); }, "labels: is missing"},
        Broken{"UnknownCategory", [](object&, object& labels) { labels["category"] = "cooking"; },
               "labels.category: 'cooking' is none of"},
        Broken{"NoBoolean", [](object&, object& labels) { labels.erase("resolved"); },
               "labels.resolved: is missing"},
        Broken{"WordForABoolean", [](object&, object& labels) { labels["resolved"] = "no"; },
               "labels.resolved: must be true or false"},
        Broken{"NoPriority", [](object&, object& labels) { labels.erase("priority"); },
               "labels.priority: is missing"},
        Broken{"OtherLanguage", [](object& call, object&) { call["language"] = "de"; }, "language: must be"},
        Broken{"TurnBeforeTheLast", [](object& call, object&) { call["turns"].at(2).as_object()["t0"] = 1; },
               "turns[2].t0:"},
        Broken{"TurnWithoutEnd", [](object& call, object&) { call["turns"].at(1).as_object().erase("t1"); },
               "turns[1].t1:"},
        Broken{"EmptyTurn", [](object& call, object&) { call["turns"].at(0).as_object()["text"] = " "; },
               "turns[0].text:"},
        Broken{"FewTurns", [](object& call, object&) { call["turns"].as_array().resize(2); }, "turns: fewer"},
        Broken{"ShortDuration", [](object& call, object&) { call["duration_s"] = 3; }, "duration_s:"},
        Broken{"UnknownAction",
               [](object&, object& labels) { labels["actions"].at(0).as_object()["kind"] = "pray"; },
               "labels.actions[0].kind: no such kind: 'pray'"},
        Broken{"NoEntityKind", [](object&, object& labels) { labels["entities"].as_object().erase("site"); },
               "labels.entities.site: is missing"},
        Broken{"PiiThatWasNotSaid",
               [](object&, object& labels) { labels["pii"].at(0).as_object()["text"] = "deux"; },
               "labels.pii[0].text:"},
        Broken{"PromiseWithoutAction", [](object&, object& labels) { labels["callback_promised"] = false; },
               "labels.callback_promised:"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(LabelledSet, ReadsTextsForWhatTheyAreLabelledWith) {
    const auto calls = readEvaluatedTexts(kText, "one.txt");
    ASSERT_TRUE(calls) << calls.error().detail;
    const EvaluatedCall& call = calls->at(0);
    EXPECT_EQ(call.input.language, "en");
    EXPECT_EQ(call.input.turns[1].text, "No mail.");
    EXPECT_EQ(call.input.turns[1].speaker, protocol::Speaker::Customer);
    EXPECT_LT(call.input.turns[1].t1, call.input.turns[2].t0);
    EXPECT_FALSE(call.labels.isWhole);
    EXPECT_EQ(call.labels.secondaryCategory, protocol::Category::Hardware);
    EXPECT_TRUE(call.labels.resolved);
    ASSERT_EQ(call.labels.actions.size(), 1u);
    EXPECT_EQ(call.labels.actions[0].kind, "reboot");
}

struct Range {
    const char* name;
    const char* text;
    std::vector<std::string> in;
    std::vector<std::string> out;
};
class IdRanges : public testing::TestWithParam<Range> {};
TEST_P(IdRanges, HoldTheirIds) {
    const auto range = readIdRange(GetParam().text);
    ASSERT_TRUE(range) << range.error().detail;
    for (const std::string& id : GetParam().in) EXPECT_TRUE(range->contains(id)) << id;
    for (const std::string& id : GetParam().out) EXPECT_FALSE(range->contains(id)) << id;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, IdRanges,
    testing::Values(Range{"Short",
                          "d001-d030",
                          {"ana-d001", "ana-d030", "d7"},
                          {"ana-d031", "ana-d000", "ana-x001", "README"}},
                    Range{"WithDashes", "ana-d002-ana-d003", {"ana-d002", "d003"}, {"d001"}},
                    Range{"One", "tst005", {"tst005"}, {"tst006", "ana-d005"}},
                    Range{"OneWithDash", "ana-d005", {"ana-d005"}, {"ana-d006", "tst005"}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(IdRanges, WithoutNumbersOrBackwardsAreRefused) {
    for (const char* text : {"", "d001-", "dev", "d030-d001", "d001-x030", "d001-d030-d050", "ana-dev"}) {
        const auto range = readIdRange(text);
        ASSERT_FALSE(range) << text;
        EXPECT_EQ(range.error().kind, ErrorKind::Rejected);
    }
}

class FolderOfCalls : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "bench-set-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream{folder / name, std::ios::binary} << text;
    }
    std::filesystem::path folder;
};

TEST_F(FolderOfCalls, IsReadWithItsTextsAndWithoutOtherFiles) {
    write("ana-x001.json", kCall);
    write("some.txt", kText);
    write("README.md", "no call");
    const auto calls = readEvaluatedSet(folder, std::nullopt);
    ASSERT_TRUE(calls) << calls.error().detail;
    EXPECT_EQ(describeIds(*calls), "ana-x001, txt001");
}

TEST_F(FolderOfCalls, DoesNotOpenWhatIsOutOfRange) {
    write("ana-x001.json", kCall);
    write("ana-x002.json", "this is no JSON: whoever opens it fails");
    const auto calls = readEvaluatedSet(folder, readIdRange("x001-x001").value());
    ASSERT_TRUE(calls) << calls.error().detail;
    EXPECT_EQ(calls->size(), 1u);
    const auto all = readEvaluatedSet(folder, std::nullopt);
    ASSERT_FALSE(all);
    EXPECT_THAT(all.error().detail, HasSubstr("ana-x002.json: no valid JSON"));
}

TEST_F(FolderOfCalls, HoldsEachCallOnce) {
    write("ana-x001.json", kCall);
    write("ana-x002.json", kCall);
    const auto calls = readEvaluatedSet(folder, std::nullopt);
    ASSERT_FALSE(calls);
    EXPECT_THAT(calls.error().detail, HasSubstr("ana-x002.json: id: ana-x001"));
}

TEST_F(FolderOfCalls, WithoutCallsIsRefused) {
    const auto calls = readEvaluatedSet(folder, std::nullopt);
    ASSERT_FALSE(calls);
    EXPECT_EQ(calls.error().kind, ErrorKind::Rejected);
    EXPECT_FALSE(readEvaluatedSet(folder / "nowhere", std::nullopt));
}

TEST(LabelledSet, TellsIdsAsRanges) {
    std::vector<EvaluatedCall> calls(4);
    calls[0].input.id = "ana-d001";
    calls[1].input.id = "ana-d002";
    calls[2].input.id = "ana-d003";
    calls[3].input.id = "ana-d007";
    EXPECT_EQ(describeIds(calls), "ana-d001 to ana-d003, ana-d007");
}

}  // namespace
}  // namespace ninja3cx::bench
