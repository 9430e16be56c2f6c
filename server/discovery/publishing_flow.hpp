#pragma once

#include <vector>

namespace ninja3cx::discovery {

/// What the network's naming service tells.
enum class PublishEvent {
    BusAbsent = 1,  // this computer has no system bus, so no daemon
    DaemonAbsent,   // it may come: the library waits for it
    DaemonBusy,     // it looks for a host name; what was published is to be withdrawn
    DaemonRuns,
    DaemonLost,   // it ended, or the bus did: the client is of no use any more
    NameTaken,    // another service of this network has our name
    Established,  // we can be found
    Refused       // by the daemon, for whatever reason
};

/// What is to be done, in this order.
enum class PublishAction {
    Register = 1,
    Withdraw,
    TakeOtherName,
    ReconnectSoon,   // with a new client
    ReconnectLater,  // the same, when nothing will have changed for a while
    SayPublished,
    SayAbsent,
    SayLost,
    SayRefused
};

/// What people were told last: they are told what changes.
enum class PublishNews { None = 1, Published, Absent, Lost, Refused };

struct PublishState {
    bool isRegistering = false;  // or registered
    PublishNews told = PublishNews::None;
    bool operator==(const PublishState&) const = default;
};

struct PublishStep {
    PublishState next;
    std::vector<PublishAction> actions;
    bool operator==(const PublishStep&) const = default;
};

/// How a server comes to be found and stays so, through restarts of the daemon and of the bus and through names that
/// are taken. An event that makes no sense in a state changes nothing.
PublishStep advance(const PublishState& state, PublishEvent event);

}  // namespace ninja3cx::discovery
