#pragma once

#include "shared/core/clock.hpp"
#include "simulators/pbx/call_script.hpp"

#include <boost/json.hpp>

#include <deque>

namespace ninja3cx::simulators {

struct CallParty {
    enum class Kind { Extension = 0, ExternalLine = 1, Queue = 4 };  // as 3CX numbers them

    std::string dn;
    Kind kind = Kind::Extension;
    std::string number;
    std::string name;
    std::string did;
};

/// One number's part in a call, once it is over.
struct CallSegment {
    int callKey;
    int callId;
    int number;  // within the call, from 1
    std::string direction;
    CallParty from, to;
    SystemTime startedAt;
    std::optional<SystemTime> answeredAt;
    SystemTime endedAt;
    std::string reason;
    double audioFromS = 0;  // where in the call's audio it was answered
    double talkedS = 0;     // of the audio
};

/// What a recording is made of.
struct RecordingSource {
    std::optional<std::string> audio;  // none: silence
    double fromS = 0;
    double lengthS = 0;
    int channels = 1;
    std::optional<std::string> file;  // given as it is instead
};

/// What the PBX remembers of calls that are over: the latest ones.
class CallHistory {
public:
    void add(const CallSegment& segment);
    /// Its id. The segment may have been added before: its row then names the recording.
    int addRecording(const CallSegment& segment, const CallScript& script);

    boost::json::array logRows(SystemTime from, SystemTime to) const;  // of XAPI's call log
    boost::json::array recordingRows() const;
    const RecordingSource* findRecording(std::int64_t id) const;

private:
    struct Kept {
        CallSegment segment;
        int id;
        std::optional<int> recording;
    };
    struct Recording {
        int id;
        CallSegment segment;
        RecordingSource source;
    };
    std::deque<Kept> segments_;
    std::deque<Recording> recordings_;
    int lastId_ = 0;
    int lastRecording_ = 0;
};

}  // namespace ninja3cx::simulators
