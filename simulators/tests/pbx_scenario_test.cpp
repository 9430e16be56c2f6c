#include "simulators/pbx/scenario.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::simulators {
namespace {

AudioInfo sixtySeconds(const std::string& audio) {
    return {"/found/" + audio, 60.0};
}
AudioInfo unknownLength(const std::string& audio) {
    return {audio, std::nullopt};
}

TEST(PbxScenarios, TakeWhatTheyLeaveOutFromTheBuiltInSite) {
    const auto scenario = parsePbxScenario(
        R"({"calls":[{"at":1.5,"extension":"201","callerNumber":"+33639981001","audio":"a.flac"}]})",
        sixtySeconds);
    ASSERT_TRUE(scenario) << scenario.error().detail;
    EXPECT_EQ(scenario->site.monitored.size(), 6U);
    ASSERT_EQ(scenario->calls.size(), 1U);
    EXPECT_EQ(scenario->calls[0].durationS, 60);
    EXPECT_EQ(scenario->calls[0].audio, "/found/a.flac");
    EXPECT_EQ(scenario->calls[0].direction, "inbound");
}

struct BadRow {
    const char* name;
    const char* text;
    const char* field;
};
class BadPbxScenario : public ::testing::TestWithParam<BadRow> {};

TEST_P(BadPbxScenario, NamesTheField) {
    const auto scenario = parsePbxScenario(GetParam().text, unknownLength);
    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().detail.find(GetParam().field), 0U) << scenario.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadPbxScenario,
    ::testing::Values(
        BadRow{"NotJson", "{", "no valid JSON"}, BadRow{"UnknownField", R"({"call":[]})", "call:"},
        BadRow{"UnknownFieldOfACall",
               R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"ring":3}]})",
               "calls[0].ring:"},
        BadRow{"MissingExtension", R"({"calls":[{"callerNumber":"1","durationS":1}]})",
               "calls[0].extension:"},
        BadRow{"UnknownExtension", R"({"calls":[{"extension":"999","callerNumber":"1","durationS":1}]})",
               "calls[0].extension:"},
        BadRow{"WrongType", R"({"calls":[{"extension":201,"callerNumber":"1","durationS":1}]})",
               "calls[0].extension:"},
        BadRow{"UnknownVariant",
               R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"variant":"lost"}]})",
               "calls[0].variant:"},
        BadRow{"NoDuration", R"({"calls":[{"extension":"201","callerNumber":"1","audio":"x.flac"}]})",
               "calls[0].durationS:"},
        BadRow{"NegativeDuration", R"({"calls":[{"extension":"201","callerNumber":"1","durationS":-1}]})",
               "calls[0].durationS:"},
        BadRow{"TransferToNobody",
               R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"variant":"transfer"}]})",
               "calls[0].transferTo:"},
        BadRow{
            "InternalFromOutside",
            R"({"calls":[{"extension":"201","callerNumber":"+331","durationS":1,"direction":"internal"}]})",
            "calls[0].callerNumber:"},
        BadRow{
            "TransferToOneself",
            R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"variant":"attended-transfer","transferTo":"201"}]})",
            "calls[0].transferTo:"},
        BadRow{"ConferenceWithNobody",
               R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"variant":"conference"}]})",
               "calls[0].conferenceWith:"},
        BadRow{
            "PickedUpByNobody",
            R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"variant":"park","pickedUpBy":"9"}]})",
            "calls[0].pickedUpBy:"},
        BadRow{
            "UnknownQueue",
            R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"variant":"queue","queueDn":"801"}]})",
            "calls[0].queueDn:"},
        BadRow{
            "WaitsBackwards",
            R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"variant":"queue","waitS":-1}]})",
            "calls[0].waitS:"},
        BadRow{"GivesUpWithoutAQueue",
               R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"givesUpAfterS":3}]})",
               "calls[0].givesUpAfterS:"},
        BadRow{"MusicWithoutHold",
               R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"holdMusic":"a.flac"}]})",
               "calls[0].holdMusic:"},
        BadRow{
            "ThreeChannels",
            R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"recorded":true,"recordingChannels":3}]})",
            "calls[0].recordingChannels:"},
        BadRow{"FileOfNoRecording",
               R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"recordingFile":"a.mp3"}]})",
               "calls[0].recordingFile:"},
        BadRow{"UnknownCallIdRule",
               R"({"calls":[{"extension":"201","callerNumber":"1","durationS":1,"consultCallId":"new"}]})",
               "calls[0].consultCallId:"},
        BadRow{"QueueWithoutName", R"({"queues":[{"dn":"800"}]})", "queues[0].name:"},
        BadRow{"QueueTwice", R"({"queues":[{"dn":"800","name":"A"},{"dn":"800","name":"B"}]})",
               "queues[1].dn:"},
        BadRow{"QueueOfStrangers", R"({"queues":[{"dn":"800","name":"A","members":["201","999"]}]})",
               "queues[0].members[1]:"},
        BadRow{"ExtensionThatIsAPath",
               R"({"extensions":[{"number":"../x","firstName":"","lastName":"","email":""}]})",
               "extensions[0].number:"},
        BadRow{"UnknownUser", R"({"users":[{"at":1,"number":"999"}]})", "users[0].number:"},
        BadRow{"UnknownQueueStatus", R"({"users":[{"number":"201","queueStatus":"Away"}]})",
               "users[0].queueStatus:"},
        BadRow{"UserInThePast", R"({"users":[{"number":"201","at":-1}]})", "users[0].at:"},
        BadRow{"HookElsewhere",
               R"({"contactUrls":[{"extension":"201","url":"http://127.0.0.1.evil.example/"}]})",
               "contactUrls[0].url:"},
        BadRow{"HookThreeTimes",
               R"({"contactUrls":[{"extension":"201","url":"http://127.0.0.1:1/","times":3}]})",
               "contactUrls[0].times:"},
        BadRow{"HookOfNobody", R"({"contactUrls":[{"extension":"9","url":"http://127.0.0.1:1/"}]})",
               "contactUrls[0].extension:"},
        BadRow{"PipeWithoutAPath", R"({"softphonePipes":[{"extension":"201","path":"x.sock"}]})",
               "softphonePipes[0].path:"},
        BadRow{"PipeOfNobody", R"({"softphonePipes":[{"extension":"9","path":"/tmp/x.sock"}]})",
               "softphonePipes[0].extension:"},
        BadRow{"UnknownFault", R"({"faults":[{"kind":"earthquake"}]})", "faults[0].kind:"},
        BadRow{"UnknownParameter", R"({"faults":[{"kind":"slow","params":{"seconds":3}}]})",
               "faults[0].params.seconds:"},
        BadRow{"FaultOfNoRequest", R"({"faults":[{"kind":"ws-reset","match":{"method":"GET"}}]})",
               "faults[0].match:"},
        BadRow{"FaultWithABadPath", R"({"faults":[{"kind":"500","match":{"pathRegex":"("}}]})",
               "faults[0].match.pathRegex:"},
        BadRow{"FaultBefore", R"({"faults":[{"kind":"500","at":-1}]})", "faults[0].at:"},
        BadRow{"UnknownTls", R"({"profile":{"tls":"on"}})", "profile.tls:"},
        BadRow{"UnknownLicence", R"({"profile":{"licence":"half"}})", "profile.licence:"},
        BadRow{"SkewOfAYear", R"({"profile":{"clockSkewS":31536000}})", "profile.clockSkewS:"},
        BadRow{"UnknownProfile", R"({"profile":{"hold":"music"}})", "profile.hold:"},
        BadRow{"MonitorsNobody", R"({"monitored":["999"]})", "monitored[0]:"},
        BadRow{"RepeatsWithoutPause", R"({"repeatEveryS":0})", "repeatEveryS:"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxScenarios, ForTheDemoUseTheSampleCalls) {
    const auto demo = demoScenario(sixtySeconds);
    ASSERT_TRUE(demo) << demo.error().detail;
    EXPECT_EQ(demo->calls.size(), 7U);
    EXPECT_TRUE(demo->repeatEveryS);
}

}  // namespace
}  // namespace ninja3cx::simulators
