#pragma once

#include "simulators/pbx/route_table.hpp"
#include "simulators/pbx/switchboard.hpp"

namespace ninja3cx::simulators {

/// What is below /callcontrol, for a request whose token is good.
class CallControl {
public:
    CallControl(const Site& site, const Profile& profile, Switchboard& switchboard);
    CallControl(const CallControl&) = delete;
    CallControl& operator=(const CallControl&) = delete;

    const RouteTable& routes() const { return routes_; }
    /// New fields and nulls in what it shows.
    void setOddities(bool hasOddities) { hasOddities_ = hasOddities; }

private:
    using Ids = RouteTable::Ids;
    void addRoutes();
    Reply shown(const boost::json::value& body) const;
    Reply result(const Switchboard::Done& outcome) const;
    Reply all() const;
    Reply makeCall(const Request& request, const std::string& dn, const std::string& device);
    Reply act(const Request& request, const Ids& ids);
    Reply perform(int leg, const std::string& action, const std::string& destination);
    boost::json::array devicesJson(const std::string& dn) const;
    boost::json::array legsJson(const std::string& dn) const;
    boost::json::object dnJson(const std::string& dn) const;
    const Participant* legOf(const Ids& ids) const;
    std::optional<Reply> refusalOf(const std::string& dn) const;
    RouteTable::Handler ofDn(std::function<Reply(const Request&, const Ids&)> handler) const;

    const Site& site_;
    const Profile& profile_;
    Switchboard& switchboard_;
    RouteTable routes_;
    bool hasOddities_ = false;
};

}  // namespace ninja3cx::simulators
