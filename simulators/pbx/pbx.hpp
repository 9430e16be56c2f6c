#pragma once

#include "shared/core/clock.hpp"
#include "simulators/exchange/exchange.hpp"
#include "simulators/pbx/desktop.hpp"
#include "simulators/pbx/event_feed.hpp"
#include "simulators/pbx/scenario.hpp"
#include "simulators/pbx/xapi.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::simulators {

/// A 3CX PBX: Call Control API, a small part of the XAPI, and scripted calls and troubles.
///
/// Pure: no socket, no thread; time only from `clock`. One thread. Whoever owns it calls `run` when `nextDue`
/// has come, and after every other call. Controls are below /sim, the state at /_sim/state.
class Pbx {
public:
    /// `audio` finds the sound files of scenarios that come at run time; without `recordings` none can be
    /// downloaded. Times are divided by `speed`.
    Pbx(const Clock& clock, PbxScenario scenario, AudioLookup audio, double speed,
        RecordingReader recordings = {});
    ~Pbx();

    Reply handle(const Request& request);

    /// Of an upgrade request to /callcontrol/ws: nothing, or the refusal.
    std::optional<Reply> socketRefusal(const Request& request);
    SocketId openSocket(std::shared_ptr<SocketSink> sink);
    void socketClosed(SocketId id);
    /// A text the client sent: a request over the socket.
    void socketText(SocketId id, const std::string& text);

    /// Opens the contact addresses of the scenario; they are on this machine. Without it none is opened.
    void openUrlsWith(std::function<void(const std::string& url)> open);
    /// Where softphones want to connect; more may come at run time.
    std::vector<SoftphonePipe> softphonePipes() const;
    PipeId openPipe(const std::string& extension, std::shared_ptr<PipeSink> sink);
    void pipeBytes(PipeId id, std::string_view bytes);
    void pipeClosed(PipeId id);

    void run();
    std::optional<SteadyTime> nextDue() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::simulators
