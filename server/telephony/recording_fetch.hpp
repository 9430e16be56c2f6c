#pragma once

#include "server/calls/call_hub.hpp"
#include "server/telephony/pbx_question.hpp"
#include "shared/core/clock.hpp"

#include <spdlog/fwd.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace ninja3cx::telephony {

struct RecordingFetchOptions {
    std::chrono::minutes limit{15};     // after the end of a call: then it has none
    std::size_t maxBytes = 128U << 20;  // of a file: more than two hours of 8 kHz, 16 bit
    std::size_t maxBacklog =
        16U << 20;  // bytes of sound that wait for the transcriber: nothing is added to more
};

/// Of calls without a sound from the PC: finds what the PBX has recorded (XAPI), downloads it, and hands it to the hub as
/// the call's audio; one at a time, behind the calls that go on. What is looked for, and when, recording_hunt.hpp says.
///
/// Restart:  the hub's calls are what is remembered; a recording that was taken in part is fetched again and goes on.
/// Audio:    in memory until the journal has it, and deleted with that.
/// Size:     a file of at most `maxBytes`; of sound what recording_frames.hpp allows its call. More is not read.
/// Threads:  the executor's one, but for the decoding, which `worker` does. `tick` often.
/// Lives:    `stop` calls off what is being asked; both executors end their work before this is destroyed.
class RecordingFetch {
public:
    struct Ports {
        calls::CallHub& hub;
        const Clock& clock;
        std::function<std::size_t()> backlogBytes;  // of the transcriber
        std::shared_ptr<spdlog::logger> log;
    };
    RecordingFetch(net::asio::any_io_executor executor, net::asio::any_io_executor worker,
                   RecordingFetchOptions options, AskPbx ask, Ports ports);
    ~RecordingFetch();
    RecordingFetch(const RecordingFetch&) = delete;
    RecordingFetch& operator=(const RecordingFetch&) = delete;

    void tick();
    void stop();

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::telephony
