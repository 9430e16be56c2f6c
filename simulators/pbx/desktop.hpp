#pragma once

#include "simulators/pbx/desktop_setup.hpp"
#include "simulators/pbx/pipe_frames.hpp"
#include "simulators/pbx/switchboard.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

/// The softphone's end of its pipe.
class PipeSink {
public:
    virtual ~PipeSink() = default;
    virtual void send(std::string bytes) = 0;
};
using PipeId = int;

/// What the programs of 3CX do on the technicians' computers: they open contact addresses and tell of calls over
/// softphone pipes. An extension's first phone is the one on the computer.
class Desktop {
public:
    using OpenUrl = std::function<void(const std::string& url)>;

    Desktop(Timeline& timeline, const Site& site, Switchboard& switchboard);
    Desktop(const Desktop&) = delete;
    Desktop& operator=(const Desktop&) = delete;

    void openUrlsWith(OpenUrl open) { open_ = std::move(open); }
    void add(const ContactUrl& hook) { hooks_[hook.extension] = hook; }  // in place of the one before
    void add(const SoftphonePipe& pipe) { pipes_[pipe.extension] = pipe; }
    std::vector<SoftphonePipe> pipes() const;

    PipeId openPipe(const std::string& extension, std::shared_ptr<PipeSink> sink);
    void pipeBytes(PipeId id, std::string_view bytes);
    void pipeClosed(PipeId id) { phones_.erase(id); }

    boost::json::object state() const;  // addresses opened, pipes that are open

private:
    struct Softphone {
        std::string extension;
        std::shared_ptr<PipeSink> sink;
        PipeReader reader;
        bool isGreeted = false;           // nothing is told before
        std::map<int, std::string> told;  // by leg: its last word and its party
    };

    void legChanged(const Participant& leg, bool isGone);
    void openContact(const Participant& leg);
    void tell(Softphone& phone, const Participant& leg, bool isGone);
    void obey(Softphone& phone, const PipeFields& message);
    bool isOnTheComputer(const Participant& leg) const;

    Timeline& timeline_;
    const Site& site_;
    Switchboard& switchboard_;
    OpenUrl open_;
    std::map<std::string, ContactUrl> hooks_;     // by extension
    std::map<std::string, SoftphonePipe> pipes_;  // by extension
    std::map<PipeId, Softphone> phones_;
    PipeId lastPipe_ = 0;
    std::int64_t opened_ = 0;
};

}  // namespace ninja3cx::simulators
