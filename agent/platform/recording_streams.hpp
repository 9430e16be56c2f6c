#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::agent {

/// One stream that a program records with, as the sound server describes it.
struct RecordingStream {
    std::uint32_t index = 0;
    std::string binary;  // of the program: "chrome"
    bool isPaused = false;
    bool isOurs = false;  // this very program captures calls as well
};

/// Whether one of the phone programs records. Pure.
class RecordingStreams {
public:
    /// `programs`: how the names of their binaries begin, in lower case.
    explicit RecordingStreams(std::vector<std::string> programs) : programs_(std::move(programs)) {}

    void note(const RecordingStream& stream);
    void remove(std::uint32_t index) { recording_.erase(index); }
    bool isRecording() const { return !recording_.empty(); }

private:
    bool isPhone(std::string_view binary) const;

    std::vector<std::string> programs_;
    std::set<std::uint32_t> recording_;
};

}  // namespace ninja3cx::agent
