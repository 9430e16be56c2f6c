#pragma once

#include "shared/core/clock.hpp"
#include "simulators/exchange/exchange.hpp"
#include "simulators/pbx/profile.hpp"
#include "simulators/pbx/site.hpp"

#include <map>
#include <string>

namespace ninja3cx::simulators {

/// Bearer tokens of the one API client: shaped like a JWT, one alive at a time.
class PbxTokens {
public:
    PbxTokens(const Clock& clock, const Site& site, const Profile& profile)
        : clock_(clock), site_(site), profile_(profile) {}
    Reply token(const Request& request);
    bool isAlive(const Request& request) const;
    void expireAll() { alive_.clear(); }
    /// Another program got a token for this client.
    void supersede();
    boost::json::object state() const;

private:
    std::string mint();

    const Clock& clock_;
    const Site& site_;
    const Profile& profile_;
    std::map<std::string, SteadyTime> alive_;  // until when
    std::int64_t issued_ = 0;
    std::int64_t refused_ = 0;
    std::int64_t superseded_ = 0;
};

}  // namespace ninja3cx::simulators
