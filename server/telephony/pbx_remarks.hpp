#pragma once

#include "server/telephony/monitored.hpp"
#include "server/telephony/pbx_messages.hpp"

#include <spdlog/fwd.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::telephony {

/// Tells the log, once each, what an administrator should know of the PBX's answers.
class PbxRemarks {
public:
    PbxRemarks(std::vector<std::string> expectedExtensions, std::shared_ptr<spdlog::logger> log);

    /// Extensions that are not monitored; states that this program does not know.
    void look(const std::vector<Dn>& dns);
    void look(const Participant& participant);
    /// The PBX answered 403 about it: whether it is monitored shows in the next look at all.
    void doubt(const std::string& dn) { monitored_.doubt(dn); }

private:
    Monitored monitored_;
    std::set<std::string> unknownStatuses_;
    std::shared_ptr<spdlog::logger> log_;
};

}  // namespace ninja3cx::telephony
