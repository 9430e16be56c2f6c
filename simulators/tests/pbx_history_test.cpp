#include "simulators/tests/pbx_harness.hpp"

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::PbxHarness;

std::string callWith(const std::string& more) {
    return R"({"calls":[{"at":1,"extension":"201","callerNumber":"+33142345678","callerName":"Dupont","did":"+33170000000",
        "ringS":6,"durationS":60)" +
           more + "}]}";
}

/// Remembers what it was asked for.
class Recorder {
public:
    RecordingReader reader() {
        return [this](const RecordingSource& source) -> Result<RecordingFile> {
            asked.push_back(source);
            if (source.audio == "broken.flac") return Error{ErrorKind::Io, "broken.flac: cannot be read"};
            return RecordingFile{"audio/x-wav", "RIFF"};
        };
    }
    std::vector<RecordingSource> asked;
};

TEST(PbxRecordings, ComeSomeTimeAfterTheEnd) {
    PbxHarness pbx{callWith(R"(,"recorded":true,"audio":"a.flac")")};
    pbx.signIn();
    pbx.pass(76s);  // rings at 1, talks at 7, ends at 67
    EXPECT_TRUE(pbx.rows("/xapi/v1/Recordings").empty());
    pbx.pass(2s);
    const boost::json::array rows = pbx.rows("/xapi/v1/Recordings?$orderby=Id%20desc&$top=50");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("Id"), 1);
    EXPECT_EQ(rows[0].at("CallType"), "InboundExternal");
    EXPECT_EQ(rows[0].at("FromDn"), "10001");
    EXPECT_EQ(rows[0].at("FromCallerNumber"), "+33142345678");
    EXPECT_EQ(rows[0].at("FromDisplayName"), "Dupont");
    EXPECT_EQ(rows[0].at("ToDn"), "201");
    EXPECT_EQ(rows[0].at("ToDidNumber"), "+33170000000");
    EXPECT_EQ(rows[0].at("StartTime"), "2026-01-01T00:00:07.000Z");
    EXPECT_EQ(rows[0].at("EndTime"), "2026-01-01T00:01:07.020Z");
    for (const char* field : {"RecordingUrl", "FromCrmContact", "ToIdParticipant", "RefParticipantId",
                              "IsArchived", "CanBeTranscribed", "IsTranscribed", "Transcription", "Summary",
                              "SentimentScore", "TranscriptionResult", "ArchivedUrl"})
        EXPECT_TRUE(rows[0].as_object().contains(field)) << field;
}

TEST(PbxRecordings, AreThereForTheCallsThatSaySo) {
    PbxHarness pbx{R"({"calls":[
        {"extension":"201","callerNumber":"+331","ringS":1,"durationS":5},
        {"extension":"202","callerNumber":"+332","ringS":1,"variant":"missed","recorded":true},
        {"extension":"203","callerNumber":"0600000000","direction":"outbound","ringS":1,"durationS":5,"recorded":true,"recordingDelayS":1},
        {"extension":"204","callerNumber":"205","direction":"internal","ringS":1,"durationS":7,"recorded":true,"recordingDelayS":1}]})"};
    pbx.signIn();
    pbx.pass(30s);
    const boost::json::array rows =
        pbx.rows("/xapi/v1/Recordings?$select=CallType,FromDn,ToDn,ToCallerNumber");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0], (boost::json::value{{"CallType", "OutboundExternal"},
                                           {"FromDn", "203"},
                                           {"ToDn", "10001"},
                                           {"ToCallerNumber", "0600000000"}}));
    EXPECT_EQ(rows[1].at("CallType"), "Local");
    EXPECT_EQ(rows[1].at("FromDn"), "205");
    EXPECT_EQ(rows[1].at("ToDn"), "204");
}

TEST(PbxRecordings, AreFilteredByIdAndNotAddressedByIt) {
    PbxHarness pbx{callWith(R"(,"recorded":true)")};
    pbx.signIn();
    pbx.pass(90s);
    EXPECT_EQ(pbx.rows("/xapi/v1/Recordings?$filter=Id%20eq%201").size(), 1U);
    EXPECT_TRUE(pbx.rows("/xapi/v1/Recordings?$filter=Id%20eq%202").empty());
    EXPECT_EQ(
        pbx.rows(
               "/xapi/v1/Recordings?$filter=StartTime%20ge%202026-01-01T00:00:07Z%20and%20ToDn%20eq%20'201'")
            .size(),
        1U);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Recordings(1)").status, 404);
}

TEST(PbxRecordings, AreDownloadedWithTheirSoundOfTheCall) {
    Recorder recorder;
    PbxHarness pbx{callWith(R"(,"recorded":true,"audio":"a.flac","recordingChannels":2)"), recorder.reader()};
    pbx.signIn();
    pbx.pass(90s);
    const Reply file = pbx.send("GET", "/xapi/v1/Recordings/Pbx.DownloadRecording(recId=1)");
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.body, "RIFF");
    EXPECT_EQ(testing::headerOf(file, "Content-Type"), "audio/x-wav");
    ASSERT_EQ(recorder.asked.size(), 1U);
    EXPECT_EQ(recorder.asked[0].audio, "a.flac");
    EXPECT_EQ(recorder.asked[0].fromS, 0);
    EXPECT_NEAR(recorder.asked[0].lengthS, 60, 0.1);
    EXPECT_EQ(recorder.asked[0].channels, 2);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Recordings/Pbx.DownloadRecording(recId=2)").status, 404);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Recordings/Pbx.Delete(recId=1)").status, 404);
}

TEST(PbxRecordings, TakeTheTokenFromTheAddressAsWell) {
    Recorder recorder;
    PbxHarness pbx{callWith(R"(,"recorded":true)"), recorder.reader()};
    pbx.signIn();
    pbx.pass(90s);
    const std::string token = std::exchange(pbx.token, "");
    const std::string path = "/xapi/v1/Recordings/Pbx.DownloadRecording(recId=1)";
    EXPECT_EQ(pbx.send("GET", path).status, 401);
    EXPECT_EQ(pbx.send("GET", path + "?access_token=" + token).status, 200);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Recordings?access_token=" + token).status, 401);
}

TEST(PbxRecordings, OfATransferredCallAreTwo) {
    Recorder recorder;
    PbxHarness pbx{callWith(R"(,"recorded":true,"variant":"transfer","transferTo":"202","transferAtS":20)"),
                   recorder.reader()};
    pbx.signIn();
    pbx.pass(90s);
    const boost::json::array rows = pbx.rows("/xapi/v1/Recordings?$select=ToDn");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].at("ToDn"), "201");
    EXPECT_EQ(rows[1].at("ToDn"), "202");
    pbx.send("GET", "/xapi/v1/Recordings/Pbx.DownloadRecording(recId=2)");
    ASSERT_EQ(recorder.asked.size(), 1U);
    EXPECT_NEAR(recorder.asked[0].fromS, 22, 0.1);  // 202 rang for 2 s
    EXPECT_NEAR(recorder.asked[0].lengthS, 38, 0.1);
}

TEST(PbxRecordings, WhoseFileCannotBeReadAnswer500) {
    Recorder recorder;
    PbxHarness pbx{callWith(R"(,"recorded":true,"audio":"broken.flac")"), recorder.reader()};
    pbx.signIn();
    pbx.pass(90s);
    const Reply reply = pbx.send("GET", "/xapi/v1/Recordings/Pbx.DownloadRecording(recId=1)");
    EXPECT_EQ(reply.status, 500);
    EXPECT_NE(reply.body.find("broken.flac"), std::string::npos);
}

TEST(PbxRecordings, AreNotForEveryRole) {
    PbxHarness pbx{R"({"profile":{"role":"user"}})"};
    pbx.signIn();
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Recordings").status, 403);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Recordings/Pbx.DownloadRecording(recId=1)").status, 403);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Users").status, 200);
}

std::string logFrom(const std::string& from, const std::string& to, const std::string& options = "") {
    return "/xapi/v1/ReportCallLogData/Pbx.GetCallLogData(periodFrom=" + from + ",periodTo=" + to +
           ",sourceType=0,sourceFilter='',destinationType=0,destinationFilter='',callsType=0,"
           "callTimeFilterType=0,"
           "callTimeFilterFrom='0:00:0',callTimeFilterTo='0:00:0',hidePcalls=true)" +
           options;
}
constexpr const char* kFrom = "2026-01-01T00:00:00Z";
constexpr const char* kTo = "2026-01-02T00:00:00Z";

TEST(PbxCallLog, HasARowForEachPartOfACall) {
    PbxHarness pbx{R"({"calls":[
        {"at":1,"extension":"202","callerNumber":"+33142345678","callerName":"Dupont","ringS":6,"durationS":60,"variant":"queue",
         "members":["201","202"],"recorded":true},
        {"at":200,"extension":"203","callerNumber":"+332","ringS":8,"variant":"missed"}]})"};
    pbx.signIn();
    pbx.pass(300s);
    const boost::json::array rows = pbx.rows(logFrom(kFrom, kTo));
    ASSERT_EQ(rows.size(), 4U);  // the queue, who rang and did not answer, who answered; the missed call
    const auto rowOf = [&](const char* dn) {
        for (const auto& row : rows)
            if (row.at("DestinationDn") == dn) return row;
        return boost::json::value{};
    };
    const boost::json::value answered = rowOf("202");
    EXPECT_EQ(answered.at("Answered"), true);
    EXPECT_EQ(answered.at("Direction"), "Inbound");
    EXPECT_EQ(answered.at("SourceDn"), "10001");
    EXPECT_EQ(answered.at("SourceCallerId"), "+33142345678");
    EXPECT_EQ(answered.at("SourceDisplayName"), "Dupont");
    EXPECT_EQ(answered.at("StartTime"), "2026-01-01T00:00:01.000Z");
    EXPECT_EQ(answered.at("RingingDuration"), "PT0H0M6.000S");
    EXPECT_EQ(answered.at("TalkingDuration"), "PT0H1M0.020S");
    EXPECT_EQ(answered.at("DstRecId"), 1);
    EXPECT_EQ(rowOf("201").at("Answered"), false);
    EXPECT_EQ(rowOf("201").at("MainCallHistoryId"), answered.at("MainCallHistoryId"));
    EXPECT_EQ(rowOf("800").at("DestinationType"), 4);
    EXPECT_EQ(rowOf("203").at("Answered"), false);
    EXPECT_EQ(rowOf("203").at("Reason"), "missed");
}

TEST(PbxCallLog, IsOfThePeriodAndPagedBeforeItIsFiltered) {
    PbxHarness pbx{R"({"calls":[{"at":1,"extension":"201","callerNumber":"+331","ringS":1,"variant":"missed"},
                                {"at":70,"extension":"202","callerNumber":"+332","ringS":1,"variant":"missed"}]})"};
    pbx.signIn();
    pbx.pass(100s);
    EXPECT_EQ(pbx.rows(logFrom("2026-01-01T00:01:00Z", kTo)).size(), 1U);
    EXPECT_EQ(pbx.rows(logFrom(kFrom, "2026-01-01T00:01:00Z")).size(), 1U);
    EXPECT_EQ(pbx.rows(logFrom(kFrom, kTo, "?$top=1&$skip=1")).at(0).at("DestinationDn"), "202");
    EXPECT_TRUE(pbx.rows(logFrom(kFrom, kTo, "?$top=1&$filter=DestinationDn%20eq%20'202'")).empty());
}

TEST(PbxCallLog, RefusesWhatSomePbxsRefuse) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    EXPECT_EQ(pbx.send("GET", logFrom("2026-01-01T00:00:00.000Z", kTo)).status, 400);
    EXPECT_EQ(
        pbx.send("GET", "/xapi/v1/ReportCallLogData/Pbx.GetCallLogData(periodFrom=2026-01-01T00:00:00Z)")
            .status,
        400);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/ReportCallLogData/Pbx.Other()").status, 404);
}

}  // namespace
}  // namespace ninja3cx::simulators
