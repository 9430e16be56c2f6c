#pragma once

#include "shared/core/clock.hpp"
#include "simulators/pbx/route_table.hpp"
#include "simulators/pbx/switchboard.hpp"

#include <functional>

namespace ninja3cx::simulators {

struct RecordingFile {
    std::string contentType;
    std::string bytes;
};
/// Makes the file of a recording. What it needs of memory lasts for the call only.
using RecordingReader = std::function<Result<RecordingFile>(const RecordingSource&)>;

/// The part of the configuration API that is served, for a request whose token is good.
class Xapi {
public:
    Xapi(const SwitchboardParts& parts, const Switchboard& switchboard, RecordingReader recordings);
    Xapi(const Xapi&) = delete;
    Xapi& operator=(const Xapi&) = delete;

    const RouteTable& routes() const { return routes_; }
    boost::json::object systemStatus() const;
    boost::json::array extensionList() const;  // its rows in the older console; queues are not among them
    std::string build() const;                 // "20.0.9.995"

private:
    void addRoutes();
    void addHistoryRoutes();
    boost::json::array users() const;
    boost::json::array queues() const;
    Reply download(const std::string& function) const;
    Reply callLog(const Request& request, const std::string& function) const;

    const Site& site_;
    const Profile& profile_;
    const UserBoard& users_;
    const CallHistory& history_;
    const Switchboard& switchboard_;
    const RecordingReader recordings_;
    RouteTable routes_;
};

}  // namespace ninja3cx::simulators
