#include "simulators/pbx/call_history.hpp"

#include <algorithm>
#include <cstdio>

namespace ninja3cx::simulators {
namespace {

constexpr std::size_t kMostKept = 2'000;

std::string isoDuration(std::chrono::milliseconds time) {
    char text[48];
    const auto ms = std::max<std::int64_t>(time.count(), 0);
    const int length =
        std::snprintf(text, sizeof text, "PT%lldH%lldM%lld.%03lldS", static_cast<long long>(ms / 3'600'000),
                      static_cast<long long>(ms / 60'000 % 60), static_cast<long long>(ms / 1'000 % 60),
                      static_cast<long long>(ms % 1'000));
    return {text, static_cast<std::size_t>(length)};
}

/// As 3CX writes ids: a GUID.
std::string guid(char kind, int number) {
    char text[40];
    const int length = std::snprintf(text, sizeof text, "0000000%c-0000-4000-8000-%012d", kind, number);
    return {text, static_cast<std::size_t>(length)};
}

const char* callTypeOf(const CallSegment& segment) {
    if (segment.direction == "internal") return "Local";
    return segment.direction == "outbound" ? "OutboundExternal" : "InboundExternal";
}

const char* directionOf(const CallSegment& segment) {
    if (segment.direction == "internal") return "Internal";
    return segment.direction == "outbound" ? "Outbound" : "Inbound";
}

std::string recordingUrl(const CallSegment& segment, int id) {
    const std::string& own = segment.direction == "outbound" ? segment.from.dn : segment.to.dn;
    return own + "/[" + segment.from.name + "]_" + segment.from.number + "-" + segment.to.number + "_" +
           std::to_string(id) + ".wav";
}

void addParty(boost::json::object& row, const std::string& prefix, const CallParty& party, int participant) {
    row[prefix + "Dn"] = party.dn;
    row[prefix + "DnType"] = static_cast<int>(party.kind);
    row[prefix + "CallerNumber"] = party.number;
    row[prefix + "DisplayName"] = party.name;
    row[prefix + "DidNumber"] = party.did;
    row[prefix + "CrmContact"] = nullptr;
    row[prefix + "IdParticipant"] = participant;
}

template <class T>
boost::json::value orNull(const std::optional<T>& value) {
    if (!value) return nullptr;
    return boost::json::value(*value);
}

}  // namespace

void CallHistory::add(const CallSegment& segment) {
    segments_.push_back({segment, ++lastId_, std::nullopt});
    if (segments_.size() > kMostKept) segments_.pop_front();
}

int CallHistory::addRecording(const CallSegment& segment, const CallScript& script) {
    RecordingSource source{script.audio, segment.audioFromS, segment.talkedS, script.recordingChannels,
                           script.recordingFile};
    recordings_.push_back({++lastRecording_, segment, std::move(source)});
    if (recordings_.size() > kMostKept) recordings_.pop_front();
    for (Kept& kept : segments_)
        if (kept.segment.callKey == segment.callKey && kept.segment.number == segment.number)
            kept.recording = lastRecording_;
    return lastRecording_;
}

boost::json::array CallHistory::logRows(SystemTime from, SystemTime to) const {
    boost::json::array rows;
    for (const Kept& kept : segments_) {
        const CallSegment& segment = kept.segment;
        if (segment.startedAt < from || segment.startedAt >= to) continue;
        const bool isAnswered = segment.answeredAt.has_value();
        const SystemTime ringingEnds = segment.answeredAt.value_or(segment.endedAt);
        const bool isOutbound = segment.direction == "outbound";
        boost::json::value url = nullptr;
        boost::json::array recordings;
        if (kept.recording) {
            url = boost::json::value(recordingUrl(segment, *kept.recording));
            recordings.push_back({{"Id", *kept.recording}, {"RecordingUrl", url}});
        }
        rows.push_back({{"CallId", segment.callId},
                        {"CallHistoryId", guid('1', kept.id)},
                        {"MainCallHistoryId", guid('2', segment.callKey)},
                        {"CdrId", guid('3', kept.id)},
                        {"SegmentId", kept.id},
                        {"Indent", segment.number - 1},
                        {"StartTime", toIso8601(segment.startedAt)},
                        {"Direction", directionOf(segment)},
                        {"CallType", callTypeOf(segment)},
                        {"Status", isAnswered ? "Answered" : "Unanswered"},
                        {"Answered", isAnswered},
                        {"Reason", segment.reason},
                        {"SourceDn", segment.from.dn},
                        {"SourceType", static_cast<int>(segment.from.kind)},
                        {"SourceCallerId", segment.from.number},
                        {"SourceDisplayName", segment.from.name},
                        {"DestinationDn", segment.to.dn},
                        {"DestinationType", static_cast<int>(segment.to.kind)},
                        {"DestinationCallerId", segment.to.number},
                        {"DestinationDisplayName", segment.to.name},
                        {"RingingDuration", isoDuration(ringingEnds - segment.startedAt)},
                        {"TalkingDuration", isoDuration(isAnswered ? segment.endedAt - ringingEnds
                                                                   : std::chrono::milliseconds{0})},
                        {"SrcRecId", isOutbound ? orNull(kept.recording) : boost::json::value{}},
                        {"DstRecId", isOutbound ? boost::json::value{} : orNull(kept.recording)},
                        {"RecordingUrl", url},
                        {"Recordings", std::move(recordings)},
                        {"Summary", nullptr},
                        {"SentimentScore", nullptr}});
    }
    return rows;
}

boost::json::array CallHistory::recordingRows() const {
    boost::json::array rows;
    for (const Recording& recording : recordings_) {
        const CallSegment& segment = recording.segment;
        boost::json::object row;
        row["Id"] = recording.id;
        row["RecordingUrl"] = recordingUrl(segment, recording.id);
        row["StartTime"] = toIso8601(segment.answeredAt.value_or(segment.startedAt));
        row["EndTime"] = toIso8601(segment.endedAt);
        row["CallType"] = callTypeOf(segment);
        addParty(row, "From", segment.from, 2 * recording.id - 1);
        addParty(row, "To", segment.to, 2 * recording.id);
        row["RefParticipantId"] = 2 * recording.id;
        row["CanBeTranscribed"] = false;
        row["IsTranscribed"] = false;
        for (const char* field : {"Transcription", "Summary", "SentimentScore", "TranscriptionResult"})
            row[field] = nullptr;
        row["IsArchived"] = false;
        row["ArchivedUrl"] = nullptr;
        rows.push_back(std::move(row));
    }
    return rows;
}

const RecordingSource* CallHistory::findRecording(std::int64_t id) const {
    const auto found = std::find_if(recordings_.begin(), recordings_.end(),
                                    [&](const Recording& recording) { return recording.id == id; });
    return found == recordings_.end() ? nullptr : &found->source;
}

}  // namespace ninja3cx::simulators
